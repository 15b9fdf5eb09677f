// The model that every engine runs: 20 fields, two rules on each, and leads that fill in most of them.
// A rule says what it tests in data, so that each engine gets it in its own words.

import { fractions } from '../tests/engines/leads.js';

/**
 * @typedef {object} Rule
 * @property {string} id
 * @property {string} field
 * @property {'fit' | 'engagement'} axis
 * @property {number} points
 * @property {{ from?: number, to?: number } | { values: (string | boolean)[] }} test of numbers from (included) to (not), or of values
 */

const choices = ['alpha', 'beta', 'gamma', 'delta', 'other'];

/** @type {{ id: string, type: 'number' | 'choice' | 'boolean', axis: 'fit' | 'engagement' }[]} */
export const fields = Array.from({ length: 20 }, (_, index) => ({
  id: `f${index}`,
  type: index < 9 ? 'number' : index < 17 ? 'choice' : 'boolean',
  axis: index % 2 === 0 ? 'fit' : 'engagement',
}));

/** @type {Rule[]} */
export const rules = fields.flatMap(({ id, type, axis }, index) => {
  const tests = {
    number: [{ from: 10 + index, to: 50 }, { from: 50 }],
    choice: [{ values: [choices[index % 4]] }, { values: [choices[(index + 1) % 4], choices[(index + 2) % 4]] }],
    boolean: [{ values: [true] }, { values: [false] }],
  }[type];
  return tests.map((test, which) => ({ id: `${id}${'ab'[which]}`, field: id, axis, points: which === 0 ? 3 + (index % 5) : index % 3 === 0 ? -4 : 6 + (index % 4), test }));
});

/** Bands of each axis, best first; the last takes the rest. A grade is one of each, such as `B1`. */
export const bands = {
  fit: [{ name: 'A', from: 30 }, { name: 'B', from: 15 }, { name: 'C' }],
  engagement: [{ name: '1', from: 30 }, { name: '2', from: 15 }, { name: '3' }],
};

/** Routes by score, best first; the last takes the rest. */
export const routes = [{ id: 'sales', from: 50 }, { id: 'trial', from: 25 }, { id: 'newsletter' }];

/** Leads of which every fifth answer is missing; all have the same keys, as those of a form have. @param {number} count */
export function leads(count) {
  const random = fractions(40);
  const valueOf = { number: () => Math.floor(random() * 120), choice: () => choices[Math.floor(random() * choices.length)], boolean: () => random() < 0.5 };
  return Array.from({ length: count }, () => Object.fromEntries(fields.map(({ id, type }) => [id, random() < 0.2 ? null : valueOf[type]()])));
}

const message = (id) => ({ id, action: { thankYou: { message: id } } });

/** What the rules of a field leave over earns nothing. @param {{ id: string, type: string }} field @param {Rule[]} own */
const rest = ({ type }, own) => ({ number: () => [{ to: own[0].test.from, points: 0 }], choice: () => [{ else: true, points: 0 }], boolean: () => [] })[type]();

/** The model as a scorecard: one criterion per field, one bin per rule. */
export const scorecard = {
  leadfit: 1,
  id: 'bench',
  revision: 1,
  title: 'The model of the benchmark',
  facts: fields.map(({ id, type, axis }) => ({ id, type, axis, label: id, ...(type === 'choice' ? { choices: choices.map((value) => ({ value })) } : {}) })),
  criteria: fields.map((field) => {
    const own = rules.filter((rule) => rule.field === field.id);
    return { id: field.id, axis: field.axis, on: { fact: field.id }, bins: [...own.map(({ id, points, test }) => ({ label: id, points, ...test })), ...rest(field, own)] };
  }),
  bands,
  routes: routes.slice(0, -1).map(({ id, from }) => ({ ...message(id), when: { score: { atLeast: from } } })),
  fallback: { unmatched: message('newsletter'), disqualified: message('help') },
};
