// The code in our documents: found, made into something that can be run, and run.
//
// A line `expression; // → value` is asserted, and so is `console.log(expression); // → value`; the
// value is JavaScript. A command ends with 0, or with N where `# exit N` stands behind it.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { attempt } from '../../pkg-config/tool/run.mjs';

/** The fenced blocks of a text, with the line on which each begins. @param {string} text */
export function blocksOf(text) {
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

/**
 * Runs one block; throws where it does not do what it says.
 *
 * @param {{ language: string, line: number, code: string }} block
 * @param {{ work: string, installed: string }} where folder to run it in, and the installed package
 */
export async function runBlock({ language, line, code }, { work, installed }) {
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
