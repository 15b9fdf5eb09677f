// The README tells the truth: its JavaScript and its commands run against the packed package, in
// the order in which they stand there, and its links lead somewhere.
//
// A line `expression; // → value` is asserted, and so is `console.log(expression); // → value`; the
// value is JavaScript. A command ends with 0, or with N where `# exit N` stands behind it.

import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { attempt, root } from '../../pkg-config/tool/run.mjs';
import { packed } from './packed.mjs';

const { project, installed } = await packed();
const sample = join(root, 'www/sample/b2b-software.json');
const [{ lead }] = JSON.parse(readFileSync(join(root, 'www/sample/leads/b2b-software.leads.json'), 'utf8'));

// What a reader who follows the README has in the folder; inside the project, so that `leadfit` is found.
const work = mkdtempSync(join(project, 'readme-'));
after(() => rmSync(work, { recursive: true, force: true }));
copyFileSync(sample, join(work, 'scorecard.json'));
writeFileSync(join(work, 'lead.json'), JSON.stringify(lead));

/** The fenced blocks of a text, with the line on which each begins. */
function blocksOf(text) {
  const blocks = [];
  let open;
  for (const [index, line] of text.split('\n').entries()) {
    if (open === undefined) {
      const language = /^```(\w+)/.exec(line)?.[1];
      if (language) open = { language, line: index + 2, code: '' };
    } else if (line.startsWith('```')) {
      blocks.push(open);
      open = undefined;
    } else {
      open.code += `${line}\n`;
    }
  }
  assert.equal(open, undefined, 'a block is not closed');
  return blocks;
}

/** JavaScript in which comments `// → value` are assertions; lines keep their numbers. */
function asserting(code) {
  const lines = code.split('\n').map((line) => {
    const said = /^(\s*)(?:console\.log\((.+)\)|(.+?));?\s*\/\/ → (.+)$/.exec(line);
    if (said === null) {
      assert.doesNotMatch(line, /\/\/ →/, `cannot check this line: ${line}`);
      return line;
    }
    const [, indent, logged, plain, value] = said;
    return `${indent}__same(${logged ?? plain}, ${value});`;
  });
  return `import { deepStrictEqual as __same } from 'node:assert/strict'; ${lines.join('\n')}`;
}

/** The words of a command line, as a shell splits them: quotes hold words together. */
const wordsOf = (line) => [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare);

/** The commands of a block that are ours, with the exit codes that are promised. */
function commandsOf(code) {
  return code
    .split('\n')
    .filter((line) => line.startsWith('npx leadfit'))
    .map((line) => {
      const [command, comment = ''] = line.split(/\s+#\s*/);
      return { line, args: wordsOf(command).slice(2), exit: Number(/^exit (\d+)/.exec(comment)?.[1] ?? 0) };
    });
}

/** Runs one block; throws where it does not do what it says. */
async function runBlock({ language, line, code }) {
  if (language === 'js') {
    const file = join(work, `line-${line}.mjs`);
    writeFileSync(file, asserting(code));
    const { code: exit, output } = await attempt(process.execPath, ['--no-warnings', file], { cwd: work });
    assert.equal(exit, 0, output);
  }
  if (language === 'sh') {
    for (const { line, args, exit } of commandsOf(code)) {
      const { code, output } = await attempt(process.execPath, [join(installed, 'cli.js'), ...args], { cwd: work });
      assert.equal(code, exit, `${line}\n${output}`);
    }
  }
}

const readme = readFileSync(join(root, 'README.md'), 'utf8');

// One after the other: a command may use what the one before wrote.
for (const block of blocksOf(readme).filter(({ language }) => ['js', 'sh'].includes(language))) {
  test(`README.md:${block.line}: ${block.language}`, () => runBlock(block));
}

test('links to files lead to files', () => {
  const links = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target).filter((target) => !/^(https?:|mailto:|#)/.test(target));
  assert.ok(links.length > 0);
  const broken = links.filter((target) => !existsSync(join(root, target.replace(/#.*/, ''))));
  assert.deepEqual(broken, []);
});

test('it is short', () => {
  const lines = readme.trimEnd().split('\n').length;
  assert.ok(lines <= 200, `README.md has ${lines} lines, at most 200`);
});

test('these checks find what is wrong', async () => {
  const block = (language, code) => runBlock({ language, line: 0, code });
  await block('js', `import { start } from 'leadfit';\nawait start();\n1 + 1; // → 2\nconsole.log(['a']); // → ['a']\n`);
  await block('sh', 'npm install nothing\nnpx leadfit title "Head of Growth"\nnpx leadfit check lead.json # exit 1\n');
  await assert.rejects(block('js', '1 + 1; // → 3\n'), /Expected values to be strictly deep-equal/);
  await assert.rejects(block('js', 'missing();\n'), /missing is not defined/);
  await assert.rejects(block('js', '// → 3\n'), /cannot check/);
  await assert.rejects(block('sh', 'npx leadfit check none.json\n'), /cannot read none\.json/);
  assert.throws(() => blocksOf('```js\n'), /not closed/);
});
