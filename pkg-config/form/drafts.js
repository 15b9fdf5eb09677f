// What was typed outlives a reload and the way back, as it does in a form that a page comes with. It
// stands in the entry of the session's history, where browsers keep such things, so that it ends with
// the tab; nothing is stored on the device.

import { pairsOf } from '../outbox/submission.js';
import { controlsIn } from './controls.js';

const key = 'leadfit';

/** @param {string} name of the form */
const drafts = (name) => /** @type {any} */ (history.state)?.[key]?.[name];

/**
 * @param {string} name
 * @param {HTMLFormElement} form
 */
export function keep(name, form) {
  const state = typeof history.state === 'object' ? history.state : {};
  try {
    history.replaceState({ ...state, [key]: { ...state?.[key], [name]: pairsOf(form) } }, '');
  } catch {
    // Too often or too large for this browser: its own memory has to do.
  }
}

/**
 * Puts back what was typed before, where nothing stands yet.
 *
 * @param {string} name
 * @param {HTMLFormElement} form
 */
export function restore(name, form) {
  const pairs = /** @type {[string, string][] | undefined} */ (drafts(name));
  if (!Array.isArray(pairs)) return;
  for (const control of controlsIn(form)) {
    const values = pairs.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.type === 'hidden') continue;
    if (control.type === 'checkbox' || control.type === 'radio') {
      const box = /** @type {HTMLInputElement} */ (control);
      box.checked = values.includes(box.value);
    } else if (control.value === '' && values[0]) {
      control.value = values[0];
      if (control.hidden) control.dispatchEvent(new Event('change'));
    }
  }
}
