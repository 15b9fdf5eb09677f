// A question as a field: its label, its hint, and the native control that fits best.

import { countries } from './countries.js';
import { h } from './tree.js';
import { filled } from './words.js';

/** @typedef {import('../types.js').Question} Question */
/** @typedef {import('./tree.js').Tree} Tree */
/** @typedef {'auto' | 'radio' | 'select'} Choices how one of several answers is chosen; `auto`: radio buttons while the answers are few */

/**
 * @typedef {object} Style
 * @property {(text: any) => string} read picks the language of a scorecard's text
 * @property {import('./texts.js').Texts} texts
 * @property {string} prefix of every id
 * @property {string} language of the page
 * @property {Choices} [choices]
 */

/** What browsers can fill in, by the fact that an answer settles (WCAG 1.3.5). @type {Record<string, string>} */
export const tokens = {
  email: 'work email',
  firstName: 'given-name',
  lastName: 'family-name',
  phone: 'work tel',
  jobTitle: 'organization-title',
  'company.name': 'organization',
  'company.domain': 'url',
  'company.country': 'country',
  'company.region': 'address-level1',
};

/** Most answers that stand as radio buttons. */
const mostRadios = 7;

/** @type {Record<string, Record<string, string>>} */
const inputs = {
  email: { type: 'email', inputmode: 'email', spellcheck: 'false', autocapitalize: 'off' },
  tel: { type: 'tel', inputmode: 'tel' },
  // No `type=number`: it changes when somebody scrolls over it, and takes no "1 000".
  number: { type: 'text', inputmode: 'decimal' },
  url: { type: 'url', inputmode: 'url', spellcheck: 'false', autocapitalize: 'off' },
  date: { type: 'date' },
};

/** What a required question carries beside its label. */
const mark = () => h('span', { class: 'leadfit-mark', 'aria-hidden': 'true' }, '*');

/**
 * @param {Question} question
 * @param {Style} style
 * @returns {Tree}
 */
export function fieldOf({ id, fact, required, view }, { read, texts, prefix, language, choices = 'auto' }) {
  const control = prefix + id;
  const help = read(view.help);
  const described = help ? `${control}-help` : undefined;
  const common = { id: control, name: id, required, autocomplete: tokens[fact], 'aria-describedby': described };
  const title = [read(view.label), required && ' ', required && mark()];
  const hint = help && h('p', { class: 'leadfit-help', id: described }, help);
  /** @param {string} kind @param {...(Tree | string | false | undefined)} parts */
  const field = (kind, ...parts) => h(kind === 'choices' ? 'fieldset' : 'div', { class: `leadfit-field leadfit-${kind}`, 'data-leadfit-question': id, ...(kind === 'choices' && { 'data-leadfit-required': required, 'aria-describedby': described }) }, ...parts);

  if (view.field === 'consent') {
    return field('consent', h('input', { ...common, type: 'checkbox', value: 'yes' }), h('label', { for: control }, ...title), hint);
  }

  const options = view.options.length > 0 || view.field !== 'country' ? view.options.map(({ value, label }) => ({ value, label: read(label) })) : countries(language);
  if (view.field === 'choices' || (options.length > 0 && radios(choices, options.length))) {
    const type = view.field === 'choices' ? 'checkbox' : 'radio';
    const boxes = options.map(({ value, label }, index) => h('label', { class: 'leadfit-option' }, h('input', { type, id: index === 0 ? control : `${control}-${index}`, name: id, value, required: required && type === 'radio' }), h('span', {}, label)));
    return field('choices', h('legend', {}, ...title), hint, h('div', { class: 'leadfit-options' }, ...boxes));
  }

  const label = h('label', { for: control }, ...title);
  if (options.length > 0) {
    const lines = options.map(({ value, label }) => h('option', { value }, label));
    return field('line', label, hint, h('select', { ...common, 'data-search': options.length > mostSeen && filled(texts.search, { n: options.length }) }, h('option', { value: '' }, texts.choose), ...lines));
  }
  return field('line', label, hint, h('input', { ...common, ...(inputs[view.field] ?? { type: 'text' }) }));
}

/** More answers than this are searched by typing. */
const mostSeen = 20;

/** @param {Choices} choices @param {number} count */
const radios = (choices, count) => choices === 'radio' || (choices === 'auto' && count <= mostRadios);
