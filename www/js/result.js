// What the visitor sees after sending: the action of the route. Neither score nor grade is in it.

import { the } from './dom.js';

/** The part that is shown. @type {HTMLElement | undefined} */
let current;

/**
 * Shows the part of the page for what comes next.
 *
 * @param {import('/leadfit/types.js').Verdict} verdict
 * @param {import('/leadfit/form/action.js').Next} next
 * @returns {HTMLElement} the part, for the focus
 */
export function showResult({ disqualified }, { kind, url, message, element, list = '' }) {
  const only = kind === 'thankYou' && disqualified.length > 0 ? 'elsewhere' : kind;
  // A part that the page does not have must not leave the visitor with nothing.
  const own = element ? document.getElementById(element) : document.querySelector(`[data-result="${only}"][data-list="${CSS.escape(list)}"]`);
  const part = own ?? the(`[data-result="${kind === 'show' ? 'thankYou' : only}"]:not([data-list])`);
  hideResult();
  current = part;
  part.hidden = false;
  the('.back').hidden = false;

  const words = part.querySelector('[data-message]');
  if (words) words.textContent = message;
  const link = part.querySelector('[data-link]');
  if (link) link.hidden = !url;
  if (url) {
    link.href = url.href;
    the('[data-host]', part).textContent = url.origin === location.origin ? '' : `Opens ${url.host || url.href}`;
  }
  return part;
}

export function hideResult() {
  if (current) current.hidden = true;
  the('.back').hidden = true;
}
