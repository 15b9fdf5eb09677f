// Fields and controls of a form: which belong to which question, what they hold, and how to fill them.

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/** What marks the field of a question. */
const marked = 'data-leadfit-question';

/** Kinds of input that hold no answer. */
const silent = new Set(['submit', 'button', 'reset', 'image', 'password', 'file']);

/**
 * The named controls at or inside an element.
 *
 * @param {ParentNode} inside
 * @returns {Control[]}
 */
export const controlsIn = (inside) => /** @type {Control[]} */ ([...inside.querySelectorAll('input[name], select[name], textarea[name]')]).filter((control) => !silent.has(control.type));

/**
 * The fields of questions: those that the author marked, and around controls that bear a question's
 * name.
 *
 * @param {HTMLFormElement} form
 * @param {readonly { id: string }[]} questions
 * @param {boolean} [named] also those that are not marked
 * @returns {Map<string, HTMLElement>}
 */
export function fieldsOf(form, questions, named = true) {
  /** @type {Map<string, HTMLElement>} */
  const fields = new Map();
  for (const { id } of questions) {
    const field = form.querySelector(`[${marked}="${CSS.escape(id)}"]`);
    const control = named && !field && form.querySelector(`[name="${CSS.escape(id)}"]:not([type=hidden])`);
    const found = field ?? (control && around(/** @type {Control} */ (control), form));
    if (found) fields.set(id, /** @type {HTMLElement} */ (found));
  }
  return fields;
}

/** The largest element around a control that holds no control of another name. @param {Control} control @param {Element} form */
function around(control, form) {
  /** @type {Element} */
  let field = control;
  for (let parent = field.parentElement; parent && parent !== form; parent = parent.parentElement) {
    if (controlsIn(parent).some(({ name }) => name !== control.name) || parent.querySelector('[type=submit], button')) break;
    field = parent;
  }
  field.setAttribute(marked, control.name);
  return field;
}

/** The field that an event comes from. @param {EventTarget | null} target @returns {HTMLElement | null} */
export const fieldAt = (target) => /** @type {Element} */ (target).closest?.(`[${marked}]`) ?? null;

/** The question of a field. @param {HTMLElement} field */
export const questionAt = (field) => field.getAttribute(marked) ?? '';

/** Whether a control holds an answer. @param {Control} control */
const holds = (control) => (control.type === 'checkbox' || control.type === 'radio' ? /** @type {HTMLInputElement} */ (control).checked : control.value.trim() !== '');

/** Whether a field holds an answer. @param {HTMLElement} field */
export const answered = (field) => controlsIn(field).some(holds);

/** The control that the keyboard comes to first. @param {HTMLElement} field @returns {Control | undefined} */
export const firstOf = (field) => /** @type {Control} */ (field.querySelector('[data-leadfit-typed]')) ?? controlsIn(field).find(holds) ?? controlsIn(field)[0];

/** The words of a field, without its star. @param {HTMLElement} field */
export function labelOf(field) {
  const label = field.querySelector('legend, label') ?? firstOf(field)?.labels?.[0];
  return (label?.textContent ?? firstOf(field)?.getAttribute('aria-label') ?? '').replace(/\s*\*\s*$/, '').trim();
}

/**
 * Shows or hides a field, with labels that stand beside it. What is no answer to any question any
 * more is not sent either.
 *
 * @param {HTMLElement} field
 * @param {boolean} shown
 * @param {boolean} counts
 */
export function show(field, shown, counts) {
  field.hidden = !shown;
  for (const control of controlsIn(field)) {
    control.disabled = !counts;
    for (const label of control.labels ?? []) if (!field.contains(label)) label.hidden = !shown;
  }
}

/**
 * Fills a control as a visitor would, so that frameworks that own it take notice: past the setter
 * that they put on the element itself, and with the events of typing.
 *
 * @param {Control} control
 * @param {string} value
 */
export function fill(control, value) {
  const own = control instanceof HTMLSelectElement ? HTMLSelectElement : control instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  const [key, next] = control.type === 'checkbox' || control.type === 'radio' ? ['checked', control.value === value] : ['value', value];
  if (/** @type {any} */ (control)[key] === next) return;
  Object.getOwnPropertyDescriptor(own.prototype, key)?.set?.call(control, next);
  control.dispatchEvent(new Event('input', { bubbles: true }));
  control.dispatchEvent(new Event('change', { bubbles: true }));
}
