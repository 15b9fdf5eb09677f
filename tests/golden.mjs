// The golden leads and verdicts, for all tests in JavaScript. What they are stands in tests/golden.rs.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../pkg-config/tool/run.mjs';

const read = (...path) => readFileSync(join(root, ...path), 'utf8');

/** The file name that tests/golden.rs gives a lead. @param {string} name */
const slug = (name) => (name.match(/[a-z0-9]+/gi) ?? []).join('-').toLowerCase();

/**
 * @typedef {object} Golden
 * @property {string} name of the lead
 * @property {any} lead
 * @property {string} now
 * @property {string} verdict canonical JSON
 */

/** @param {string} sample @returns {Golden[]} */
function goldenOf(sample) {
  return JSON.parse(read('www/sample/leads', `${sample}.leads.json`)).map(({ name, lead, now }) => ({ name, lead, now, verdict: read('tests/golden/verdict', sample, `${slug(name)}.json`) }));
}

/**
 * @typedef {object} GoldenPlan
 * @property {string} name of the case
 * @property {any} lead
 * @property {any} options of `nextQuestions`
 * @property {string} plan canonical JSON
 */

/** What is asked next, with keys in order as canonical JSON has them. @param {string} sample @returns {GoldenPlan[]} */
function plansOf(sample) {
  return JSON.parse(read('tests/golden/plan', `${sample}.json`)).map(({ name, lead, now, asking, plan }) => ({ name, lead, options: { now, ...asking }, plan: JSON.stringify(plan) }));
}

/** Every sample scorecard by name: its text, its golden leads and plans. */
export const samples = readdirSync(join(root, 'www/sample'))
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))
  .sort()
  .map((name) => ({ name, text: read('www/sample', `${name}.json`), leads: goldenOf(name), plans: plansOf(name) }));

/** Golden verdicts of no lead, and samples without any: both must be empty. */
export function strays() {
  const expected = samples.flatMap(({ name, leads }) => leads.map((lead) => `${name}/${slug(lead.name)}.json`)).sort();
  const folder = join(root, 'tests/golden/verdict');
  const there = readdirSync(folder).flatMap((sample) => readdirSync(join(folder, sample)).map((file) => `${sample}/${file}`)).sort();
  return { expected, there };
}
