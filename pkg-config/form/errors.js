// Shows what has to be mended: the same words at each field and in a summary that takes the focus.

import { fieldAt, questionAt } from './controls.js';
import { grow, h } from './tree.js';

/** @typedef {import('./validate.js').Fault} Fault */

export class Errors {
  #summary;
  #prefix;
  /** @type {Fault[]} */
  #faults = [];
  #title = '';

  /**
   * @param {HTMLElement} summary the part that holds title and list
   * @param {string} prefix begins ids
   */
  constructor(summary, prefix) {
    this.#summary = summary;
    this.#prefix = prefix;
  }

  /**
   * @param {Fault[]} faults
   * @param {import('./texts.js').Texts} texts
   * @param {string} [general] what is wrong with no field
   */
  show(faults, texts, general) {
    this.clear();
    this.#faults = faults;
    for (const fault of faults) this.#mark(fault, texts.error);
    const [title, list] = /** @type {HTMLElement[]} */ ([...this.#summary.children]);
    title.textContent = texts.errors;
    list.replaceChildren(...(general ? [grow(h('li', {}, general))] : []), ...faults.map((fault) => this.#line(fault)));
    this.#summary.hidden = false;
    this.#summary.focus();
    this.#title = document.title;
    document.title = `${texts.error} ${document.title}`;
  }

  clear() {
    if (this.#summary.hidden) return;
    this.#summary.hidden = true;
    for (const { field } of this.#faults) unmark(field);
    this.#faults = [];
    document.title = this.#title;
  }

  /** What was mended is not wrong any longer. @param {HTMLElement} field @param {() => unknown} wrong */
  mended(field, wrong) {
    if (this.#faults.some((fault) => fault.field === field) && !wrong()) unmark(field);
  }

  /** @param {Element} control */
  #idOf(control) {
    return (control.id ||= `${this.#prefix}${questionAt(/** @type {HTMLElement} */ (fieldAt(control)))}`);
  }

  /** @param {Fault} fault @param {string} prefix for those who hear it */
  #mark({ field, control, message }, prefix) {
    const id = `${this.#idOf(control)}-error`;
    const line = grow(h('p', { class: 'leadfit-error', id }, h('span', { class: 'leadfit-unseen' }, `${prefix} `), message));
    // Above the control, where neither a keyboard on screen nor a list of suggestions covers it.
    const before = field.querySelector('.leadfit-options') ?? control;
    if (control.type === 'checkbox' || before.parentElement !== field) field.append(line);
    else before.before(line);
    control.setAttribute('aria-invalid', 'true');
    // Of radio buttons and boxes it is the group that is described.
    describe(field.matches('fieldset') ? field : control, id, true);
    field.toggleAttribute('data-leadfit-wrong', true);
  }

  /** A way to the field. @param {Fault} fault */
  #line({ field, control, message }) {
    const item = grow(h('li', {}, h('a', { href: `#${this.#idOf(control)}` }, message)));
    item.firstChild.addEventListener('click', (/** @type {Event} */ event) => {
      event.preventDefault();
      // The label too, so that one sees what is asked.
      field.scrollIntoView({ block: 'nearest' });
      control.focus();
    });
    return item;
  }
}

/** @param {Element} control @param {string} id @param {boolean} on */
function describe(control, id, on) {
  const ids = (control.getAttribute('aria-describedby') ?? '').split(' ').filter((one) => one && one !== id);
  if (on) ids.push(id);
  if (ids.length > 0) control.setAttribute('aria-describedby', ids.join(' '));
  else control.removeAttribute('aria-describedby');
}

/** @param {HTMLElement} field */
function unmark(field) {
  const line = field.querySelector('.leadfit-error');
  for (const control of [field, ...field.querySelectorAll('[aria-invalid]')]) {
    if (line) describe(control, line.id, false);
    control.removeAttribute('aria-invalid');
  }
  line?.remove();
  field.removeAttribute('data-leadfit-wrong');
}
