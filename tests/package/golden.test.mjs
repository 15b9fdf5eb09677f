// The golden leads through the packed package: the same bytes as natively. What they are, and the
// rule for the names of the files, stands in tests/golden.rs.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from './packed.mjs';

const { installed } = await packed();
const inside = (name) => import(pathToFileURL(join(installed, name)).href);
const { Scorecard } = await inside('entry-default.js');
const { compile } = await inside('entry-studio-inlined.js');
const read = (...path) => readFileSync(join(root, ...path), 'utf8');
const work = mkdtempSync(join(tmpdir(), 'leadfit-golden-'));
after(() => rmSync(work, { recursive: true, force: true }));

const slug = (name) => name.split(/[^A-Za-z0-9]+/).filter(Boolean).join('-').toLowerCase();

/** Fails unless a value and everything in it is frozen. */
function assertFrozen(value, at = '') {
  if (typeof value !== 'object' || value === null) return;
  assert.ok(Object.isFrozen(value), `${at || 'the verdict'} is not frozen`);
  for (const [key, inner] of Object.entries(value)) assertFrozen(inner, `${at}/${key}`);
}

const samples = readdirSync(join(root, 'www/sample')).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
assert.ok(samples.length >= 3);

for (const sample of samples) {
  const text = read('www/sample', `${sample}.json`);
  const bytes = await compile(text, { audience: 'page' });
  const file = join(work, `${sample}.leadfit`);
  writeFileSync(file, bytes);
  const card = await Scorecard.load(bytes);
  const others = { 'its file': await Scorecard.load(readFileSync(file)), 'its text': await Scorecard.parse(text) };
  const leads = JSON.parse(read('www/sample/leads', `${sample}.leads.json`));

  for (const { name, lead, now } of leads) {
    test(`${sample}: ${name}`, () => {
      const golden = read('tests/golden/verdict', sample, `${slug(name)}.json`);
      assert.equal(card.verdictJson(lead, { now }), golden);
      for (const [what, other] of Object.entries(others)) assert.equal(other.verdictJson(lead, { now }), golden, `loaded from ${what}`);
      const verdict = card.evaluate(lead, { now });
      assert.deepEqual(verdict, JSON.parse(golden));
      assertFrozen(verdict);
    });
  }

  test(`${sample}: every golden verdict has its lead`, () => {
    assert.deepEqual(readdirSync(join(root, 'tests/golden/verdict', sample)).sort(), leads.map(({ name }) => `${slug(name)}.json`).sort());
  });
}
