// What the visitor sees after sending: the action of the route. Neither score nor grade is in it.

import { the } from './dom.js';

/** The part that is shown. @type {HTMLElement | undefined} */
let current;

/**
 * Shows the part of the page for a verdict's action.
 *
 * @param {import('/leadfit/types.js').Verdict} verdict
 * @param {FormData} given
 * @param {(text: any) => string} read
 * @returns {HTMLElement} the part, for the focus
 */
export function showResult({ route, disqualified }, given, read) {
  const [[kind, action]] = /** @type {[string, any][]} */ (Object.entries(route.action));
  const only = kind === 'thankYou' && disqualified.length > 0 ? 'elsewhere' : kind;
  // A part that the page does not have must not leave the visitor with nothing.
  const own = kind === 'show' ? document.getElementById(action.element) : document.querySelector(`[data-result="${only}"][data-list="${CSS.escape(action.list ?? '')}"]`);
  const part = own ?? the(`[data-result="${kind === 'show' ? 'thankYou' : only}"]:not([data-list])`);
  hideResult();
  current = part;
  part.hidden = false;
  the('.back').hidden = false;

  const message = part.querySelector('[data-message]');
  if (message) message.textContent = read(action.message);
  const link = part.querySelector('[data-link]');
  const address = link && safeAddress(action.url);
  if (link) link.hidden = !address;
  if (address) {
    if (action.prefill) prefill(address, given);
    link.href = address.href;
    the('[data-host]', part).textContent = address.origin === location.origin ? '' : `Opens ${address.host || address.href}`;
  }
  return part;
}

export function hideResult() {
  if (current) current.hidden = true;
  the('.back').hidden = true;
}

/** The address, where it is safe to follow: of this site, `https:`, `mailto:` or `tel:`. @param {string} url */
function safeAddress(url) {
  const address = URL.canParse(url, document.baseURI) ? new URL(url, document.baseURI) : undefined;
  return address && (address.origin === location.origin || /^(https|mailto|tel):$/.test(address.protocol)) ? address : undefined;
}

/** By the names that booking pages commonly read. @param {URL} address @param {FormData} given */
function prefill(address, given) {
  for (const [parameter, field] of [['name', 'firstName'], ['email', 'email']]) {
    const value = String(given.get(field) ?? '').trim();
    if (value) address.searchParams.set(parameter, value);
  }
}
