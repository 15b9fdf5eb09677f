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
