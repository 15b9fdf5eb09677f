// The fields of a scorecard as HTML, for servers and static pages: what stands there works without
// scripts, and `<lead-form>` takes it over as it is.

import { fieldOf } from './fields.js';
import { english } from './texts.js';
import { translator } from './words.js';

const empty = new Set(['input']);

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** @param {import('./tree.js').Tree | string} tree @returns {string} */
function written(tree) {
  if (typeof tree === 'string') return escaped(tree);
  const { tag, attributes, children } = tree;
  const pairs = Object.entries(attributes).filter(([, value]) => value !== undefined && value !== false);
  const words = pairs.map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(String(value))}"`)).join('');
  return `<${tag}${words}>${empty.has(tag) ? '' : `${children.map(written).join('')}</${tag}>`}`;
}

/**
 * The fields of a scorecard's questions, one after the other, to stand inside a `<form>`.
 *
 * @param {Pick<import('../leadfit.js').Scorecard, 'questions' | 'defaultLanguage'>} scorecard
 * @param {object} [options]
 * @param {string} [options.language] of the page; by default the scorecard's
 * @param {string} [options.form] the form that is meant, where questions are limited to forms
 * @param {string} [options.prefix] begins every id; give each form of a page its own
 * @param {Partial<import('./texts.js').Texts>} [options.texts] built-in words in another language than English
 * @param {import('./fields.js').Choices} [options.choices] how one of several answers is chosen
 * @returns {string}
 */
export function fieldsHtml(scorecard, { language = scorecard.defaultLanguage, form, prefix = 'lead-', texts = {}, choices } = {}) {
  const style = { read: translator(language, scorecard.defaultLanguage), texts: { ...english, ...texts }, prefix, choices, language };
  return scorecard.questions
    .filter(({ forms }) => forms.length === 0 || (form !== undefined && forms.includes(form)))
    .map((question) => written(fieldOf(question, style)))
    .join('\n');
}
