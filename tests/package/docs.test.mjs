// docs/server.md tells the truth: its JavaScript runs one block after the other, as one program, and its
// settings are those of the command line.

import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { attempt, root } from '../../pkg-config/tool/run.mjs';
import { blocksOf, runBlock } from './markdown.mjs';
import { packed } from './packed.mjs';

const { project, installed } = await packed();
const text = readFileSync(join(root, 'docs/server.md'), 'utf8');
const work = mkdtempSync(join(project, 'docs-'));
after(() => rmSync(work, { recursive: true, force: true }));
copyFileSync(join(root, 'www/sample/b2b-software.json'), join(work, 'scorecard.json'));

const scripts = blocksOf(text).filter(({ language }) => language === 'js');
const named = (name) => scripts.find(({ code }) => code.startsWith(`// ${name}\n`));

test('the examples of the document hold', async () => {
  const code = scripts.filter(({ code }) => !/^\/\/ \w+\.js\n/.test(code)).map(({ code }) => code).join('\n');
  // The database driver is a package of whoever runs this, so it is looked for from here.
  await runBlock({ language: 'js', line: 1, code: `process.chdir(${JSON.stringify(root)})\n${code.replaceAll("'scorecard.json'", JSON.stringify(join(work, 'scorecard.json'))).replaceAll("'leads.sqlite'", JSON.stringify(join(work, 'leads.sqlite')))}` }, { work, installed });
});

test('the receivers of the document are receivers', async () => {
  writeFileSync(join(work, 'receivers.mjs'), named('receivers.js').code);
  const { default: receivers } = await import(pathToFileURL(join(work, 'receivers.mjs')).href);
  process.env.CRM_URL = 'https://crm.example/';
  const { url, body } = receivers[0].request({ submission: { id: 'x' } });
  assert.deepEqual([receivers[0].name, url, JSON.parse(body)], ['crm', 'https://crm.example/', { submission: { id: 'x' } }]);
});

test('every option that the document names is one', async () => {
  const { output } = await attempt(process.execPath, [join(installed, 'cli.js'), '--help']);
  const options = [...text.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)].map(([option]) => option);
  assert.ok(options.length > 4);
  for (const option of options) assert.ok(output.includes(option), option);
  const code = readFileSync(join(root, 'pkg-config/cli/serve.js'), 'utf8') + readFileSync(join(root, 'pkg-config/cli.js'), 'utf8');
  for (const [name] of text.matchAll(/LEADFIT_[A-Z]+/g)) assert.ok(code.includes(name), name);
});

test('every code of a difference is in the document', () => {
  const typed = /@typedef \{('.+')\} DifferenceCode/.exec(readFileSync(join(root, 'pkg-config/server/recheck.js'), 'utf8'))[1];
  for (const code of typed.replaceAll("'", '').split(' | ')) assert.ok(text.includes(`\`${code}\``), code);
});
