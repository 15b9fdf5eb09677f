// The format of submissions: its schema, its description and its example say the same.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import Ajv from 'ajv/dist/2020.js';

import { root } from '../../pkg-config/tool/run.mjs';
import { leadOf } from '../../pkg-config/outbox/submission.js';

const doc = readFileSync(join(root, 'docs/submission.md'), 'utf8');
const schema = JSON.parse(readFileSync(join(root, 'pkg-config/submission.schema.json'), 'utf8'));
const validate = new Ajv({ strict: true, strictTypes: false, strictTuple: false, allErrors: true }).compile(schema);
const [example, acknowledgement] = [...doc.matchAll(/```json\n(.*?)```/gs)].map(([, text]) => JSON.parse(text));

test('the schema takes the example of the document', () => {
  assert.ok(validate(example), JSON.stringify(validate.errors, undefined, 1));
  assert.equal(acknowledgement.id, example.id);
});

test('the document describes every key of the schema, and says which are needed', () => {
  const rows = [...doc.matchAll(/^\| `(\w+)` \| (yes)? ?\| /gm)];
  assert.deepEqual(rows.map(([, key]) => key), Object.keys(schema.properties));
  assert.deepEqual(rows.filter(([, , needed]) => needed).map(([, key]) => key), schema.required);
});

test('the example has all keys but those that say the rest', () => {
  assert.deepEqual(Object.keys(schema.properties).filter((key) => !(key in example)), ['replaces', 'verdict']);
});

test('the schema refuses what is no submission', () => {
  const faults = {
    'another version': (submission) => (submission.leadfit = 2),
    'no id': (submission) => delete submission.id,
    'an id that is none': (submission) => (submission.id = '7'),
    'a local time': (submission) => (submission.at = '2026-11-18 10:00'),
    'pairs as an object': (submission) => (submission.pairs = { email: 'a' }),
    'half a pair': (submission) => submission.pairs.push(['email']),
    'a value that is no text': (submission) => submission.pairs.push(['size', 7]),
    'an event without a date': (submission) => submission.events.push({ type: 'pageView' }),
    'a hash that is none': (submission) => (submission.card.hash = 'abc'),
    'a negative time': (submission) => (submission.guard.elapsedMs = -1),
  };
  for (const [what, spoil] of Object.entries(faults)) {
    const submission = structuredClone(example);
    spoil(submission);
    assert.ok(!validate(submission), what);
  }
});

test('a lead is made of a submission by one rule', () => {
  const card = (lead) => ({ leadFrom: () => lead });
  const known = { pairs: [], facts: { language: 'de', jobTitle: 'CEO' }, attribution: { source: 'google' }, answers: { size: '1-9', role: 'user' }, events: [] };
  assert.deepEqual(leadOf(card({ jobTitle: 'CMO', answers: { size: '' } }), known), {
    language: 'de',
    jobTitle: 'CMO',
    attribution: { source: 'google' },
    answers: { size: '', role: 'user' },
    events: [],
  });
  // Hidden fields that nothing filled say nothing; those that were filled speak for the whole.
  assert.deepEqual(leadOf(card({ attribution: { source: ' ', campaign: '' } }), known).attribution, { source: 'google' });
  assert.deepEqual(leadOf(card({ attribution: { campaign: 'spring' } }), known).attribution, { campaign: 'spring' });
  assert.equal('events' in leadOf(card({}), { pairs: [] }), false);
});
