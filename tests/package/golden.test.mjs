// The golden leads through the packed package: the same bytes as natively. What they are, and the
// rule for the names of the files, stands in tests/golden.rs.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { samples, strays } from '../golden.mjs';
import { packed } from './packed.mjs';

const { installed } = await packed();
const inside = (name) => import(pathToFileURL(join(installed, name)).href);
const { Scorecard } = await inside('entry-default.js');
const { compile } = await inside('entry-studio-inlined.js');
const work = mkdtempSync(join(tmpdir(), 'leadfit-golden-'));
after(() => rmSync(work, { recursive: true, force: true }));

/** Fails unless a value and everything in it is frozen. */
function assertFrozen(value, at = '') {
  if (typeof value !== 'object' || value === null) return;
  assert.ok(Object.isFrozen(value), `${at || 'the verdict'} is not frozen`);
  for (const [key, inner] of Object.entries(value)) assertFrozen(inner, `${at}/${key}`);
}

assert.ok(samples.length >= 3);

for (const { name: sample, text, leads, plans } of samples) {
  const bytes = await compile(text, { audience: 'page' });
  const file = join(work, `${sample}.leadfit`);
  writeFileSync(file, bytes);
  const card = await Scorecard.load(bytes);
  const others = { 'its file': await Scorecard.load(readFileSync(file)), 'its text': await Scorecard.parse(text) };

  for (const { name, lead, now, verdict: golden } of leads) {
    test(`${sample}: ${name}`, () => {
      assert.equal(card.verdictJson(lead, { now }), golden);
      for (const [what, other] of Object.entries(others)) assert.equal(other.verdictJson(lead, { now }), golden, `loaded from ${what}`);
      const verdict = card.evaluate(lead, { now });
      assert.deepEqual(verdict, JSON.parse(golden));
      assertFrozen(verdict);
    });
  }

  for (const { name, lead, options, plan: golden } of plans) {
    test(`${sample}: what to ask: ${name}`, () => {
      const plan = card.nextQuestions(lead, options);
      assert.equal(JSON.stringify(plan), golden);
      assertFrozen(plan);
    });
  }
}

test('every golden verdict has its lead', () => {
  const { expected, there } = strays();
  assert.deepEqual(there, expected);
});
