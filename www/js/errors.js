// Shows what has to be mended: a summary that takes the focus, and the same words at each field.

import { el, the } from './dom.js';

const prefix = 'Error: ';

/**
 * @param {import('./validate.js').Fault[]} faults
 * @param {string} [general] what is wrong with no field
 */
export function showErrors(faults, general) {
  clearErrors();
  for (const { field, control, message } of faults) {
    const id = `${control.id}-error`;
    const line = el('p', { class: 'error', id }, el('span', { class: 'unseen' }, prefix), message);
    // Above the control, where neither a keyboard on screen nor a list of suggestions covers it.
    field.matches('.field-check') ? field.append(line) : control.before(line);
    control.setAttribute('aria-invalid', 'true');
    control.setAttribute('aria-describedby', [control.getAttribute('aria-describedby'), id].filter(Boolean).join(' '));
  }
  const lines = faults.map(({ control, message }) => {
    const link = el('a', { href: `#${control.id}` }, message);
    link.addEventListener('click', (event) => {
      event.preventDefault();
      // The label too, so that one sees what is asked.
      control.closest('.field').scrollIntoView({ block: 'nearest' });
      control.focus();
    });
    return el('li', {}, link);
  });
  if (general) lines.unshift(el('li', {}, general));
  const summary = the('#summary');
  the('ul', summary).replaceChildren(...lines);
  summary.hidden = false;
  summary.focus();
  document.title = prefix + document.title;
}

export function clearErrors() {
  the('#summary').hidden = true;
  for (const line of document.querySelectorAll('p.error')) {
    const control = document.querySelector(`[aria-describedby~="${CSS.escape(line.id)}"]`);
    const left = control?.getAttribute('aria-describedby').split(' ').filter((id) => id !== line.id).join(' ');
    left ? control.setAttribute('aria-describedby', left) : control?.removeAttribute('aria-describedby');
    control?.removeAttribute('aria-invalid');
    line.remove();
  }
  if (document.title.startsWith(prefix)) document.title = document.title.slice(prefix.length);
}
