// The README tells the truth: its JavaScript and its commands run against the packed package, in
// the order in which they stand there, and its links lead somewhere. How is said in markdown.mjs.

import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { root } from '../../pkg-config/tool/run.mjs';
import { blocksOf, runBlock } from './markdown.mjs';
import { packed } from './packed.mjs';

const { project, installed } = await packed();
const sample = join(root, 'www/sample/b2b-software.json');
const [{ lead }] = JSON.parse(readFileSync(join(root, 'www/sample/leads/b2b-software.leads.json'), 'utf8'));

// What a reader who follows the README has in the folder; inside the project, so that `leadfit` is found.
const work = mkdtempSync(join(project, 'readme-'));
after(() => rmSync(work, { recursive: true, force: true }));
copyFileSync(sample, join(work, 'scorecard.json'));
writeFileSync(join(work, 'lead.json'), JSON.stringify(lead));

const readme = readFileSync(join(root, 'README.md'), 'utf8');

// One after the other: a command may use what the one before wrote.
for (const block of blocksOf(readme).filter(({ language }) => ['js', 'sh'].includes(language))) {
  test(`README.md:${block.line}: ${block.language}`, () => runBlock(block, { work, installed }));
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
  const block = (language, code) => runBlock({ language, line: 0, code }, { work, installed });
  await block('js', `import { start } from 'leadfit';\nawait start();\n1 + 1; // → 2\nconsole.log(['a']); // → ['a']\n`);
  await block('sh', 'npm install nothing\nnpx leadfit title "Head of Growth"\nnpx leadfit check lead.json # exit 1\n');
  await assert.rejects(block('js', '1 + 1; // → 3\n'), /Expected values to be strictly deep-equal/);
  await assert.rejects(block('js', 'missing();\n'), /missing is not defined/);
  await assert.rejects(block('js', '// → 3\n'), /cannot check/);
  await assert.rejects(block('sh', 'npx leadfit check none.json\n'), /cannot read none\.json/);
  assert.throws(() => blocksOf('```js\n'), /not closed/);
});
