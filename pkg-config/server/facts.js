// What a lead said: for other systems, for people, and for tables.

import { isRecord } from './read.js';

/** @typedef {import('../leadfit.js').Scorecard} Scorecard */

/** @param {unknown} value @returns {string} */
function textOf(value) {
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(', ');
  if (isRecord(value)) return 'from' in value || 'to' in value ? `${value.from ?? ''}-${value.to ?? ''}` : '';
  return value === null || value === undefined ? '' : String(value).trim();
}

/**
 * The lead with the facts that its answers settle, as other systems know them; without events, which
 * stand in the submission.
 *
 * @param {Record<string, any>} lead
 * @param {Scorecard | null} scorecard
 * @returns {Record<string, any>}
 */
export function settled({ events, aggregates, ...lead }, scorecard) {
  for (const { id, fact } of scorecard?.questions ?? []) {
    const answer = isRecord(lead.answers) && Object.hasOwn(lead.answers, id) ? lead.answers[id] : undefined;
    if (textOf(answer) === '') continue;
    const [group, inner] = fact.split('.');
    if (inner === undefined) lead[group] ??= answer;
    else if (isRecord((lead[group] ??= {})) && !Object.hasOwn(lead[group], inner)) lead[group] = { ...lead[group], [inner]: answer };
  }
  return lead;
}

/**
 * Facts by id, and answers by question, as the scorecard reads them in a table; what it does not know by
 * the name of its field.
 *
 * @param {Record<string, any>} lead
 * @returns {Record<string, string>}
 */
export function factsIn(lead) {
  /** @type {Record<string, string>} */
  const facts = {};
  /** @param {string} name @param {unknown} value */
  const put = (name, value) => {
    const text = textOf(value);
    if (text !== '' && !Object.hasOwn(facts, name)) Object.defineProperty(facts, name, { value: text, enumerable: true });
  };
  for (const [key, value] of Object.entries(lead)) {
    if (!isRecord(value) || 'from' in value || 'to' in value) put(key, value);
    else for (const [inner, one] of Object.entries(value)) put(key === 'answers' || key === 'other' ? inner : `${key}.${inner}`, one);
  }
  return facts;
}

/**
 * Who it is: the address by which leads are one, how to call them, where they work, and the words by
 * which people look for them.
 *
 * @param {Record<string, any>} lead
 * @returns {{ email: string | null, name: string, place: string, words: string }}
 */
export function whoIs({ email: given, firstName, lastName, jobTitle, company: employer }) {
  const short = (/** @type {unknown} */ text) => textOf(text).slice(0, 200);
  const email = textOf(given).toLowerCase();
  const company = short(isRecord(employer) ? employer.name : employer);
  const name = [firstName, lastName].map(short).filter(Boolean).join(' ') || email.slice(0, 200) || company || 'Somebody without a name';
  const place = [short(jobTitle), company].filter(Boolean).join(', ');
  return { email: /^[^\s@]{1,64}@[^\s@]{1,255}$/.test(email) ? email : null, name, place, words: [name, email, place].join(' ').toLowerCase().slice(0, 600) };
}
