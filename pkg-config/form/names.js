// What a foreign form calls its fields, in the spelling that the scorecard knows: by its name, by
// what browsers fill in, by its label.

import { controlsIn } from './controls.js';
import { tokens } from './fields.js';

/** Facts by what browsers fill in: the last word counts, `work email` is `email`. */
const byToken = Object.fromEntries([...Object.entries(tokens).map(([fact, token]) => [token.split(' ').pop(), fact]), ['country-name', 'company.country']]);

/** HubSpot puts the id of a kind of object before a name: `0-1/email`. */
const plainOf = (/** @type {string} */ name) => name.replace(/^\d+-\d+\//, '');

/** @param {string} text */
const bare = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * @param {import('../leadfit.js').Scorecard} scorecard
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} fields names that the page maps by itself
 * @returns {(pairs: [string, string][]) => [string, string][]}
 */
export function renamer(scorecard, form, fields) {
  const known = (/** @type {string} */ name) => !('other' in scorecard.leadFrom([[name, 'x']]));
  const labels = new Map(scorecard.questions.flatMap(({ id, view: { label } }) => (typeof label === 'string' ? [label] : Object.values(label ?? {})).map((text) => [bare(text ?? ''), id])));
  /** @type {Map<string, string>} */
  const names = new Map();

  /** @param {string} name */
  function nameOf(name) {
    const own = fields[name] ?? plainOf(name);
    if (known(own)) return own;
    const control = controlsIn(form).find((each) => each.name === name);
    if (!control) return own;
    const token = byToken[(control.autocomplete ?? '').split(' ').pop() ?? ''];
    const label = [...(control.labels ?? [])].map(({ textContent }) => (textContent ?? '').replace(/\*/g, '').trim())[0] ?? control.getAttribute('aria-label') ?? '';
    return token ?? labels.get(bare(label)) ?? (known(label) ? label : own);
  }
  return (pairs) =>
    pairs.map(([name, value]) => {
      const found = names.get(name) ?? nameOf(name);
      // Fields of a foreign form come and go: only what was found is remembered.
      if (known(found)) names.set(name, found);
      return [found, value];
    });
}
