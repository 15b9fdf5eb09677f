// Long lists are searched by typing: in a native field with suggestions, in place of the native list,
// which still holds the answer.

import { grow, h } from './tree.js';

/** Tokens of a list that want its values, and what wants its words instead. @type {Record<string, string>} */
const worded = { country: 'country-name' };

/** @param {string} text */
const folded = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').trim().toLowerCase();

/** @param {HTMLSelectElement} select with `data-search`, the hint of the field */
export function searchable(select) {
  const { id } = select;
  const options = [...select.options].filter(({ value }) => value);
  const list = grow(h('datalist', { id: `${id}-list` }, ...options.map(({ text }) => h('option', { value: text }))));
  const token = select.autocomplete;
  const input = grow(
    h('input', { id, list: list.id, required: select.required, placeholder: select.dataset.search, autocomplete: worded[token] ?? (token || 'off'), 'aria-describedby': select.getAttribute('aria-describedby') ?? undefined, 'data-leadfit-typed': true }),
  );
  const chosen = select.selectedOptions[0];
  if (chosen?.value) input.value = chosen.text;
  select.id = `${id}-value`;
  select.removeAttribute('aria-describedby');
  select.removeAttribute('data-search');
  select.hidden = true;
  input.addEventListener('input', (/** @type {Event} */ event) => {
    const typed = folded(input.value);
    const found = options.find(({ text, value }) => folded(text) === typed || value.toLowerCase() === typed);
    select.value = found?.value ?? '';
    if (found && event instanceof InputEvent && event.inputType === 'insertReplacementText') input.value = found.text;
  });
  // What begins only one answer, or is its value, is that answer.
  input.addEventListener('change', () => {
    const typed = folded(input.value);
    const fitting = typed ? options.filter(({ text, value }) => folded(text).startsWith(typed) || value.toLowerCase() === typed) : [];
    const one = options.find(({ text, value }) => folded(text) === typed || value.toLowerCase() === typed) ?? (fitting.length === 1 ? fitting[0] : undefined);
    select.value = one?.value ?? '';
    if (one) input.value = one.text;
  });
  // Answers that come from elsewhere, such as a restored draft, show too.
  select.addEventListener('change', () => {
    const { value, text } = select.selectedOptions[0] ?? { value: '', text: '' };
    input.value = value ? text : '';
  });
  select.before(input, list);
}
