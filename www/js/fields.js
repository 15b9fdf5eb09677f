// The form asks what the scorecard asks. The markup already has the fields, for visitors without
// scripts; a field that says something else than the scorecard is made anew from it.

import { el } from './dom.js';

/** What browsers can fill in, by the fact that an answer settles. */
const autocomplete = {
  email: 'email',
  firstName: 'given-name',
  lastName: 'family-name',
  phone: 'tel',
  jobTitle: 'organization-title',
  'company.name': 'organization',
  'company.country': 'country',
};

const types = { email: 'email', tel: 'tel', number: 'number', url: 'url', date: 'date' };

/** The control of a field: the one, or the first of several. @param {Element} field @returns {any} */
export const controlOf = (field) => field.querySelector('input, select');

/**
 * Makes the form's fields those of the scorecard, in its order. What was typed already stays.
 *
 * @param {HTMLElement} fields the element that holds them
 * @param {readonly import('/leadfit/types.js').Question[]} questions
 * @param {(text: any) => string} read
 */
export function layOut(fields, questions, read) {
  const there = new Map([...fields.querySelectorAll('[data-question]')].map((field) => [field.dataset.question, field]));
  let before;
  for (const question of questions) {
    const wanted = fieldOf(question, read);
    const found = there.get(question.id);
    there.delete(question.id);
    if (!found) {
      before ? before.after(wanted) : fields.prepend(wanted);
    } else if (saying(found) !== saying(wanted)) {
      if (found.dataset.after) wanted.dataset.after = found.dataset.after;
      keep(found, wanted);
      found.replaceWith(wanted);
    }
    before = fields.querySelector(`[data-question="${CSS.escape(question.id)}"]`);
  }
  for (const left of there.values()) left.remove();
  for (const field of fields.querySelectorAll('.field')) mark(field);
}

/** All that a field says, as one text. @param {Element} field */
export function saying(field) {
  const controls = [...field.querySelectorAll('input, select')].map(({ id, name, type, required, autocomplete }) => [id, name, type, required, autocomplete]);
  const options = [...field.querySelectorAll('option')].map(({ value, text }) => [value, text]);
  const words = [...field.querySelectorAll('label, legend, .help')].map((part) => part.textContent.replace(/\*$/, '').trim());
  return JSON.stringify({ controls, options, words });
}

/** @param {import('/leadfit/types.js').Question} question @param {(text: any) => string} read */
function fieldOf({ id, fact, required, view }, read) {
  const control = `q-${id}`;
  const help = read(view.help);
  const common = { id: control, name: id, required, autocomplete: autocomplete[fact], 'aria-describedby': help ? `${control}-help` : undefined };
  const label = el('label', { for: control }, read(view.label));
  const hint = help ? el('p', { class: 'help', id: `${control}-help` }, help) : undefined;
  const place = { 'data-question': id };

  if (view.field === 'consent') {
    return el('div', { class: 'field field-check', ...place }, el('input', { ...common, type: 'checkbox', value: 'yes' }), label, hint);
  }
  if (view.field === 'choices') {
    const boxes = view.options.map((option, index) =>
      el('div', { class: 'field-check' }, el('input', { id: `${control}-${index}`, name: id, type: 'checkbox', value: option.value }), el('label', { for: `${control}-${index}` }, read(option.label))),
    );
    return el('fieldset', { class: 'field', ...place, 'aria-describedby': common['aria-describedby'] }, el('legend', {}, read(view.label)), hint, ...boxes);
  }
  if (view.options.length > 0) {
    const options = view.options.map((option) => el('option', { value: option.value }, read(option.label)));
    return el('div', { class: 'field', ...place }, label, hint, el('select', common, el('option', { value: '' }, 'Please choose'), ...options));
  }
  return el('div', { class: 'field', ...place }, label, hint, el('input', { ...common, type: types[view.field] ?? 'text' }));
}

/** Gives required answers their star. @param {Element} field */
function mark(field) {
  const label = field.querySelector('label, legend');
  if (controlOf(field)?.required && !label.querySelector('.mark')) label.append(' ', el('span', { class: 'mark', 'aria-hidden': 'true' }, '*'));
}

/** @param {Element} from @param {Element} to */
function keep(from, to) {
  const [old, fresh] = [controlOf(from), controlOf(to)];
  if (!old || !fresh) return;
  if (fresh.type === 'checkbox') fresh.checked = old.checked;
  else fresh.value = old.value;
}
