// What can be typed of one lead: what is common, what the scorecard reads, and what its form asks.

import { spaced, words } from './format.js';
import { countsOf } from './sample-columns.js';

/** @typedef {{ path: string, label: string, example?: string, choices?: { value: any, label: string }[] }} LeadField */

/** @type {LeadField[]} */
const common = [
  { path: 'jobTitle', label: 'Job title', example: 'Head of Marketing' },
  { path: 'email', label: 'Email', example: 'ada@alder-foods.example' },
  { path: 'company.name', label: 'Company', example: 'Alder Foods' },
  { path: 'company.employees', label: 'Employees', example: '120' },
  { path: 'company.country', label: 'Country', example: 'DE' },
  { path: 'attribution.source', label: 'utm_source' },
  { path: 'attribution.medium', label: 'utm_medium' },
];

const yesOrNo = [
  { value: true, label: 'Yes' },
  { value: false, label: 'No' },
];

/** What may be chosen, where not everything may be typed. @param {{ value?: any, label?: any }[]} options */
const choicesOf = (options) => (options?.length > 0 && options.every(({ value }) => value !== undefined) ? options.map(({ value, label }) => ({ value, label: words(label, spaced(`${value}`)) })) : undefined);

/** Where the answer to a question stands in a lead. @param {{ id: string, fact?: string }} question */
export const placeOf = ({ id, fact }) => fact ?? `answers.${id}`;

/** @param {any} card @returns {LeadField[]} */
export function leadFields(card) {
  const facts = (card.facts ?? []).map(({ id, label, type, choices }) => ({ path: id, label: words(label, spaced(id)), choices: type === 'boolean' ? yesOrNo : choicesOf(choices) }));
  const asked = (card.questions ?? []).map((question) => {
    // What somebody consents to is a sentence, or several.
    if (question.field === 'consent') return { path: placeOf(question), label: spaced(question.id), choices: yesOrNo };
    return { path: placeOf(question), label: words(question.label, spaced(question.id)), choices: choicesOf(question.options) };
  });
  const events = [...countsOf(card).keys()].map((name) => ({ path: `aggregates.${name}`, label: `${spaced(name)} (how many)` }));
  const taken = new Set();
  return [...common, ...facts, ...asked, ...events].filter(({ path }) => !taken.has(path) && taken.add(path));
}

/** The lead that was typed. @param {Record<string, any>} typed by place */
export function leadOf(typed) {
  const lead = {};
  for (const [path, value] of Object.entries(typed)) {
    if (value === '') continue;
    const [group, name] = path.split('.');
    if (name === undefined) lead[group] = value;
    else (lead[group] ??= {})[name] = value;
  }
  return lead;
}
