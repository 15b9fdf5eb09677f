// What sales reads of times, ids and what was said before.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { cell } from '../../pkg-config/csv.js';
import { dueWords, knownOf, lengthOf, wordsOf } from '../../pkg-config/server/sales/words.js';

const minute = 60_000;

test('lengths of time', () => {
  const lengths = { 0: 'less than a minute', 59_999: 'less than a minute', [minute]: '1 min', [-90 * minute]: '1 h 30 min', [120 * minute]: '2 h', [26 * 60 * minute]: '26 h', [72 * 60 * minute]: '3 days' };
  for (const [millis, words] of Object.entries(lengths)) assert.equal(lengthOf(Number(millis)), words, millis);
});

test('when a response is due', () => {
  assert.deepEqual(dueWords(null, 0), { text: 'No time promised', urgency: 'none' });
  assert.deepEqual(dueWords(30 * minute, 0), { text: 'Due in 30 min', urgency: 'soon' });
  assert.deepEqual(dueWords(61 * minute, 0), { text: 'Due in 1 h 1 min', urgency: 'later' });
  assert.deepEqual(dueWords(0, 5 * minute), { text: 'Late by 5 min', urgency: 'late' });
});

test('ids as words', () => {
  for (const [id, words] of Object.entries({ companySize: 'Company size', 'talk-to-sales': 'Talk to sales', decision_maker: 'Decision maker', 'company.employees': 'Company employees', '': '' })) assert.equal(wordsOf(id), words);
});

test('the newest value counts, and what was said before stays readable', () => {
  const said = (lead) => /** @type {any} */ ({ lead });
  const known = knownOf([said({ jobTitle: 'CMO', company: { name: 'Acme' }, answers: { company: 'Acme' } }), said({ jobTitle: 'VP', phone: '1' }), said({ jobTitle: 'CMO' })]);
  assert.deepEqual(known, [
    { fact: 'jobTitle', value: 'CMO', before: ['VP'] },
    { fact: 'company.name', value: 'Acme', before: [] },
    { fact: 'phone', value: '1', before: [] },
  ]);
});

test('no cell begins a formula, and numbers stay numbers', () => {
  for (const text of ['=1', '+1', '-x', '@a', '\t=1', '\r', '\n=1', ' =1', '\u200b=1', '\u0001=1', '＝1', '＋1']) assert.match(cell(text), /^"?'/, JSON.stringify(text));
  for (const text of ['-5', '12.50', 'a=1', '', 'x']) assert.equal(cell(text), text);
  assert.deepEqual([cell('a"b'), cell('a,b'), cell('a;b'), cell('a\r\nb'), cell(null), cell(7)], ['"a""b"', '"a,b"', '"a;b"', '"a\r\nb"', '', '7']);
});
