// What is missing or cannot be right, in words that say how to mend it.

import { answered, firstOf, labelOf } from './controls.js';
import { filled } from './words.js';

/** @typedef {{ field: HTMLElement, control: import('./controls.js').Control, message: string }} Fault */

/** Which words belong to which kind of field, by its type or what its keyboard has. @type {Record<string, keyof import('./texts.js').Texts>} */
const wrong = { email: 'email', tel: 'tel', number: 'number', decimal: 'number', numeric: 'number', url: 'url', date: 'date' };

const digits = /\d/;

/**
 * What is wrong with the answer in a field; empty where nothing is.
 *
 * @param {HTMLElement} field
 * @param {import('./texts.js').Texts} texts
 * @param {{ emailKind?: string | null }} signals of a verdict on what is in the form
 * @returns {string}
 */
export function faultIn(field, texts, { emailKind }) {
  const control = firstOf(field);
  if (!control) return '';
  const { type, validity, inputMode } = control;
  const label = labelOf(field);
  const own = control.dataset.error;
  const say = (/** @type {keyof import('./texts.js').Texts} */ key) => own ?? filled(texts[key], { label });

  if (control.validity.customError) return control.validationMessage;
  if (!answered(field) && !validity.badInput) {
    // No browser knows of several boxes that one of them is required.
    const required = control.required || field.hasAttribute('data-leadfit-required');
    // A field whose typed text is none of its answers holds nothing, but is not empty.
    if ('leadfitTyped' in control.dataset && control.value.trim()) return say('listed');
    if (!required) return '';
    if (type === 'checkbox' && !field.matches('fieldset')) return say('missingConsent');
    if (/^(checkbox|radio|select-one)$/.test(type) || 'leadfitTyped' in control.dataset) return say('missingChoice');
    return say(type === 'email' ? 'missingEmail' : (wrong[inputMode] ?? wrong[type] ?? 'missing'));
  }
  // A mistyped address is for its owner to mend; sent as it is, nobody could answer.
  if (type === 'email' && emailKind === 'invalid') return say('email');
  if (/^(tel|decimal|numeric)$/.test(inputMode || type) && !digits.test(control.value)) return say(wrong[inputMode || type]);
  if (validity.valid) return '';
  // What the author asked for beyond the type, the browser says best.
  if (validity.typeMismatch || validity.badInput) return say(wrong[type] ?? 'wrong');
  return own ?? (control.title || control.validationMessage || say('wrong'));
}

/**
 * Web addresses are typed without their beginning, and large numbers with spaces.
 *
 * @param {HTMLElement} field
 */
export function tidy(field) {
  const control = firstOf(field);
  if (control?.inputMode === 'decimal') control.value = control.value.replace(/(\d)[\s'’]+(?=\d{3}(?!\d))/g, '$1');
  if (control?.type !== 'url') return;
  const value = control.value.trim();
  if (value && !control.validity.valid && URL.canParse(`https://${value}`) && /\w\.\w/.test(value)) control.value = `https://${value}`;
}
