// `nextQuestions` of the packed package: its options, its limits and its cost. What it plans is told by
// tests/golden/plan, and proven by tests/questions.rs.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { samples } from '../golden.mjs';
import { packed } from './packed.mjs';

const { installed } = await packed();
const { Scorecard } = await import(pathToFileURL(join(installed, 'entry-default.js')).href);
const now = '2026-11-18T10:00:00Z';
const card = await Scorecard.parse(samples.find(({ name }) => name === 'b2b-software').text);
const ids = ({ ask }) => ask.map(({ id }) => id);
const start = { answers: { email: 'ada@firm.example' } };

test('one question at a time, or more', () => {
  assert.equal(card.nextQuestions(start, { now }).ask.length, 1);
  const all = ids(card.nextQuestions(start, { now, perStep: Infinity }));
  assert.deepEqual(ids(card.nextQuestions(start, { now, perStep: 2 })), all.slice(0, 2));
  assert.equal(new Set(all).size, all.length);
});

test('the form is that of the lead unless it is given', () => {
  const asks = (lead, form) => ids(card.nextQuestions(lead, { now, form, perStep: 50 })).includes('planningTool');
  assert.deepEqual([asks(start), asks({ ...start, form: 'demo' }), asks(start, 'demo'), asks({ ...start, form: 'demo' }, 'other')], [false, true, true, false]);
});

test('what was passed over is not asked again, and counts for the budget', () => {
  const [first] = ids(card.nextQuestions(start, { now }));
  assert.ok(!ids(card.nextQuestions(start, { now, skipped: [first], perStep: 50 })).includes(first));
  const optional = (options) => card.nextQuestions(start, { now, perStep: 50, ...options }).ask.filter(({ required }) => !required).length;
  assert.deepEqual([optional({ budget: 4 }), optional({ budget: 4, skipped: [first] }), optional({ budget: 2 }), optional({ budget: 0 })], [2, 1, 0, 0]);
});

test('odd options do no harm', () => {
  for (const odd of [NaN, -1, 2.5, 1e300, '3', null]) {
    const plan = card.nextQuestions(start, { now, budget: odd, perStep: odd });
    assert.ok(plan.ask.length <= 7 && plan.destinations.length > 1, String(odd));
  }
  const hostile = {
    get form() {
      throw new Error('no');
    },
    get answers() {
      throw new Error('no');
    },
  };
  assert.ok(card.nextQuestions(hostile, { now }).ask.length === 1);
  assert.throws(() => card.nextQuestions(null, { now }), { code: 'leadNotObject' });
  assert.throws(() => card.nextQuestions({}, { now: 'soon' }), { code: 'badNow' });
});

test('a visit ends, and each answer makes what remains less', () => {
  const answers = {};
  const skipped = [];
  let before = Infinity;
  for (;;) {
    const { ask, remaining } = card.nextQuestions({ answers }, { now, form: 'demo', skipped });
    assert.ok(remaining < before);
    before = remaining;
    if (ask.length === 0) break;
    const { id, options, required } = ask[0];
    if (options) answers[id] = options[0];
    else if (required) answers[id] = id === 'email' ? 'ada@firm.example' : true;
    else skipped.push(id);
  }
  assert.equal(before, 0);
});

test('12 questions with 10 options each are planned within a millisecond', async () => {
  const facts = Array.from({ length: 12 }, (_, index) => `fact${index}`);
  const values = Array.from({ length: 10 }, (_, index) => `value${index}`);
  const large = await Scorecard.parse(
    JSON.stringify({
      leadfit: 1,
      id: 'large',
      revision: 1,
      title: 'Large',
      facts: facts.map((id) => ({ id, type: 'choice', choices: values.map((value) => ({ value })) })),
      criteria: facts.map((fact, place) => ({ id: fact, axis: 'fit', on: { fact }, bins: values.map((value, index) => ({ values: [value], points: (index * (place + 3)) % 11 })) })),
      questions: facts.map((fact) => ({ id: `ask-${fact}`, fact, label: fact, options: values.map((value) => ({ value, label: value, share: 0.1 })) })),
      routes: [70, 50, 30].map((atLeast) => ({ id: `from-${atLeast}`, when: { fit: { atLeast } }, action: { show: { element: 'x' } } })),
      fallback: { unmatched: { id: 'rest', action: { show: { element: 'x' } } }, disqualified: { id: 'bye', action: { show: { element: 'x' } } } },
    }),
  );
  const plan = large.nextQuestions({}, { now });
  assert.deepEqual([plan.settled, plan.remaining, plan.destinations.length], [false, 12, 4]);
  let best = Infinity;
  for (let round = 0; round < 400; round++) {
    const begin = performance.now();
    large.nextQuestions({}, { now });
    best = Math.min(best, performance.now() - begin);
  }
  console.log(`12 questions with 10 options each: ${best.toFixed(3)} ms`);
  assert.ok(best <= 1, `${best} ms`);
});
