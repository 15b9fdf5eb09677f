// What is missing or cannot be right, in words that say how to mend it.

import { controlOf } from './fields.js';

/** @typedef {{ field: Element, control: HTMLElement, message: string }} Fault */

/** For an empty required field. */
const missing = {
  email: () => 'Enter your email address, such as name@company.com',
  checkbox: () => 'Tick the box so that we may contact you',
  'select-one': (label) => `Choose an answer to “${label}”`,
};

/** For a value that cannot be right. */
const wrong = {
  email: 'Check your email address: it needs a name, an @ and a domain, such as name@company.com',
  number: 'Enter a number in digits',
  url: 'Enter a web address that begins with https://',
  date: 'Enter a date with day, month and year',
};

/**
 * @param {HTMLFormElement} form
 * @param {import('/leadfit/types.js').Verdict} verdict on what is in the form
 * @returns {Fault[]} in the order of the form
 */
export function faultsOf(form, verdict) {
  const faults = [];
  for (const field of form.querySelectorAll('.field:not([hidden])')) {
    const control = controlOf(field);
    const label = field.querySelector('label, legend').textContent.replace(/\*$/, '').trim();
    const message = messageOf(control, label, verdict);
    if (message) faults.push({ field, control, message });
  }
  return faults;
}

/** @param {any} control @param {string} label @param {import('/leadfit/types.js').Verdict} verdict */
function messageOf(control, label, verdict) {
  const { type, validity } = control;
  const empty = type === 'checkbox' ? !control.checked : control.value.trim() === '';
  if (empty && !validity.badInput) return control.required ? (missing[type]?.(label) ?? `Enter your ${label.toLowerCase()}`) : undefined;
  // A mistyped address is for its owner to mend; sent as it is, nobody could answer.
  const unusable = type === 'email' && verdict.signals.emailKind === 'invalid';
  return validity.valid && !unusable ? undefined : (wrong[type] ?? `Check your answer to “${label}”`);
}
