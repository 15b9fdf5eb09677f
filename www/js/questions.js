// Which questions are asked. What the scorecard's `when` rules out is hidden and disabled: its
// answer leaves lead, submission and required set at the same moment, and comes back with it.

import { controlOf } from './fields.js';

/** Milliseconds of rest after which a half-typed answer may change the form below it. */
const rest = 400;

/**
 * Ids of the questions that apply to a lead, answered or not.
 *
 * @param {import('/leadfit/entry-streaming.js').Scorecard} card
 * @param {any} lead
 * @param {number} now
 */
export function applying(card, lead, now) {
  const open = (lead) => card.evaluate(lead, { now }).questions.map(({ id }) => id);
  const ids = new Set(open(lead));
  // A verdict names what is not answered; so each answer is taken away once, to see whether it is asked for.
  for (const id of Object.keys(lead.answers ?? {})) {
    const { [id]: _, ...answers } = lead.answers;
    if (open({ ...lead, answers }).includes(id)) ids.add(id);
  }
  return ids;
}

/**
 * Shows and hides fields while the visitor answers: when typing rests, and before Tab leaves a
 * field, so that the keyboard never lands in one that is about to go.
 *
 * @param {HTMLFormElement} form
 * @param {() => Set<string>} applies
 * @param {(text: string) => void} say tells people who do not see the form change
 * @returns {() => void} settles at once
 */
export function follow(form, applies, say) {
  const fields = [...form.querySelectorAll('[data-question]')];
  /** Questions that wait until the visitor was at the one before. */
  const waiting = new Map(fields.filter((field) => field.dataset.after).map((field) => [field.dataset.after, field]));
  /** @type {Map<Element, boolean>} */
  const asked = new Map();
  let timer;

  function settle() {
    clearTimeout(timer);
    const ids = applies();
    for (const field of fields) {
      const shown = ids.has(field.dataset.question) && ![...waiting.values()].includes(field);
      if (asked.get(field) === shown) continue;
      asked.set(field, shown);
      field.toggleAttribute('data-asked', shown);
      field.hidden = !shown;
      for (const control of field.querySelectorAll('input, select')) control.disabled = !shown;
      if (shown && field.dataset.after) say(`One more question: ${field.querySelector('label, legend').textContent.trim()}`);
    }
  }

  const visited = ({ target }) => waiting.delete(target.closest('[data-question]')?.dataset.question);
  form.addEventListener('input', (event) => {
    visited(event);
    clearTimeout(timer);
    timer = setTimeout(settle, rest);
  });
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab' || event.shiftKey) return;
    visited(event);
    settle();
  });
  form.addEventListener('focusout', (event) => {
    if (!visited(event)) return;
    clearTimeout(timer);
    timer = setTimeout(settle, rest);
  });
  // After a reload the browser may have put answers back.
  for (const field of fields) if (controlOf(field)?.value) [field.dataset.question, field.dataset.after].forEach((id) => waiting.delete(id));
  settle();
  return settle;
}
