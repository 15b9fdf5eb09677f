// The form inside the element: the author's own or one of ours, with a field for every question.

import { fieldsOf } from './controls.js';
import { fieldOf } from './fields.js';
import { searchable } from './search.js';
import { trap } from './session.js';
import { suggest } from './titles.js';
import { grow, h } from './tree.js';

/** What marks a form that is ours, to be made anew for another scorecard. */
const made = 'data-leadfit-made';

/**
 * @param {HTMLElement} host
 * @param {import('../leadfit.js').Scorecard} scorecard
 * @param {import('./fields.js').Style} style
 * @returns {HTMLFormElement}
 */
export function formIn(host, scorecard, style) {
  const own = host.querySelector(`form:not([${made}])`);
  const form = /** @type {HTMLFormElement} */ (own ?? grow(h('form', { method: 'post', action: host.getAttribute('action') ?? undefined, [made]: true })));
  const name = host.getAttribute('name');
  if (name && !form.querySelector('[name=form]')) form.prepend(grow(h('input', { type: 'hidden', name: 'form', value: name })));
  const asked = String(new FormData(form).get('form'));
  const questions = scorecard.questions.filter(({ forms }) => forms.length === 0 || forms.includes(asked));
  const there = fieldsOf(form, questions);
  /** @type {Element | undefined} */
  let before;
  for (const question of questions) {
    const found = there.get(question.id);
    const field = found ?? grow(fieldOf(question, style));
    // Fields that the author's form lacks stand behind the question before.
    if (!found && before) before.after(field);
    else if (!found) form.append(field);
    before = field;
    if (question.view.field === 'jobTitle') suggest(field, style.language);
  }
  for (const select of /** @type {NodeListOf<HTMLSelectElement>} */ (form.querySelectorAll('select[data-search]'))) searchable(select);
  // Programs fill in what people neither see nor reach.
  if (!form.querySelector(`[name="${trap}"]`)) form.append(grow(h('div', { class: 'leadfit-unseen', 'aria-hidden': 'true', inert: true }, h('input', { name: trap, tabindex: '-1', autocomplete: 'off', 'aria-label': 'Website' }))));
  if (!own) host.replaceChildren(form);
  return form;
}
