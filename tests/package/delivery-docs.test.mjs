// The examples of docs/delivery.md and docs/handoff.md run, and their tables name what there is.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { root } from '../../pkg-config/tool/run.mjs';
import { blocksOf, runBlock } from './markdown.mjs';
import { packed } from './packed.mjs';

const { project, installed } = await packed();
const work = mkdtempSync(join(project, 'docs-'));
after(() => rmSync(work, { recursive: true, force: true }));
const doc = (name) => readFileSync(join(root, 'docs', name), 'utf8');
const exportsOf = async (entry) => Object.keys(await import(pathToFileURL(join(installed, entry, 'index.js')).href));

for (const name of ['delivery.md', 'handoff.md']) {
  for (const block of blocksOf(doc(name)).filter(({ language }) => language === 'js')) {
    test(`docs/${name}:${block.line}`, () => runBlock(block, { work, installed }));
  }
}

test('every adapter is in the table', async () => {
  const text = doc('handoff.md');
  for (const name of await exportsOf('adapters')) {
    // Field maps and their like are named where they are used.
    if (/Fields|Traits|Columns|talkingPoints|handoffDocument|hubspotConsent/.test(name)) continue;
    assert.match(text, new RegExp(`\`${name}\\b`), name);
  }
});

test('every state that a submission may have is described', () => {
  const typed = /state: (.+?) \}\} Submitted/.exec(readFileSync(join(root, 'pkg-config/outbox/outbox.js'), 'utf8'))?.[1].match(/\w+/g) ?? [];
  const rows = [...doc('delivery.md').matchAll(/^\| `(\w+)` \| /gm)].map(([, state]) => state);
  assert.deepEqual(rows.filter((state) => state !== 'state').sort(), typed.toSorted());
});

test('the permanent refusals that the document names are those of the code', () => {
  const code = /const permanent = \[(.*?)\]/.exec(readFileSync(join(root, 'pkg-config/outbox/send.js'), 'utf8'))?.[1];
  assert.ok(doc('submission.md').includes(`| ${code} |`));
});

test('every goal that the document claims has the tests that it names', () => {
  const rows = [...doc('delivery.md').matchAll(/^\| ([RS]\d+): .+? \| (.+) \|$/gm)];
  assert.deepEqual(rows.map(([, goal]) => goal), [...Array.from({ length: 16 }, (_, index) => `R${index + 1}`), 'S1', 'S4', 'S7', 'S8', 'S9', 'S10', 'S11']);
  for (const [, goal, tests] of rows) {
    for (const [, file, names] of tests.matchAll(/`([^`]+)`: ([^`]+)/g)) {
      const text = readFileSync(join(root, file), 'utf8');
      // Titles of tests and names of cases are texts in quotes.
      const titles = [...text.matchAll(/(['`])((?:(?!\1).)+)\1/g)].map(([, , title]) => title);
      for (const name of names.split(';').map((one) => one.trim()).filter(Boolean)) assert.ok(titles.some((title) => title.includes(name)), `${goal}: ${file} has no test called ${name}`);
    }
  }
});
