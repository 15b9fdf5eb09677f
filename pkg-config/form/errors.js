// Shows what has to be mended: the same words at each field and in a summary that takes the focus.

import { h, grow } from './tree.js';

/** @typedef {import('./validate.js').Fault} Fault */

/** The parts of a field that describe it. @param {Element} control @param {string} id @param {boolean} on */
function describe(control, id, on) {
  const ids = (control.getAttribute('aria-describedby') ?? '').split(' ').filter((one) => one && one !== id);
  if (on) ids.push(id);
  if (ids.length > 0) control.setAttribute('aria-describedby', ids.join(' '));
  else control.removeAttribute('aria-describedby');
}

/** Of radio buttons and boxes it is the group that is described. @param {Fault} fault */
const targetOf = ({ field, control }) => (field.matches('fieldset') ? field : control);

/**
 * @param {Fault} fault
 * @param {string} prefix begins the line for those who hear it
 * @param {(control: Element) => string} idOf
 */
export function mark(fault, prefix, idOf) {
  const { field, control, message } = fault;
  const id = `${idOf(control)}-error`;
  unmark(field);
  const line = grow(h('p', { class: 'leadfit-error', id }, h('span', { class: 'leadfit-unseen' }, `${prefix} `), message));
  // Above the control, where neither a keyboard on screen nor a list of suggestions covers it.
  const before = field.matches('fieldset') ? field.querySelector('.leadfit-options') : control;
  if (field.matches('.leadfit-consent') || !before || before.parentElement !== field) field.append(line);
  else before.before(line);
  control.setAttribute('aria-invalid', 'true');
  describe(targetOf(fault), id, true);
  field.toggleAttribute('data-leadfit-wrong', true);
}

/** @param {HTMLElement} field */
export function unmark(field) {
  if (!field.hasAttribute('data-leadfit-wrong')) return;
  const line = field.querySelector('.leadfit-error');
  for (const control of [field, ...field.querySelectorAll('[aria-invalid]')]) {
    if (line) describe(control, line.id, false);
    control.removeAttribute('aria-invalid');
  }
  line?.remove();
  field.removeAttribute('data-leadfit-wrong');
}

/**
 * The list of the summary, with ways to the fields.
 *
 * @param {Fault[]} faults
 * @param {string | undefined} general what is wrong with no field
 * @param {(control: Element) => string} idOf
 * @returns {HTMLElement[]}
 */
export function lines(faults, general, idOf) {
  const items = faults.map(({ field, control, message }) => {
    const item = grow(h('li', {}, h('a', { href: `#${idOf(control)}` }, message)));
    item.firstChild.addEventListener('click', (/** @type {Event} */ event) => {
      event.preventDefault();
      // The label too, so that one sees what is asked.
      field.scrollIntoView({ block: 'nearest' });
      control.focus();
    });
    return item;
  });
  return general ? [grow(h('li', {}, general)), ...items] : items;
}
