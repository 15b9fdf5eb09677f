// What comes after the form: the action of the route, as something that a page can do.

import { h, grow } from './tree.js';

/**
 * @typedef {object} Next
 * @property {string} kind `redirect`, `show`, `book`, `nurture`, `selfServe` or `thankYou`
 * @property {URL | undefined} url where it leads, prefilled where the scorecard says so; only addresses that are safe to follow
 * @property {string} message for the visitor; empty where the scorecard has none
 * @property {string | undefined} element id of the part of the page to show
 * @property {string | undefined} list the list of a `nurture`
 */

/**
 * The address, where it is safe to follow: of this site, `https:`, `mailto:` or `tel:`.
 *
 * @param {string | undefined | null} url
 * @returns {URL | undefined}
 */
export function safeAddress(url) {
  if (!url || !URL.canParse(url, document.baseURI)) return undefined;
  const address = new URL(url, document.baseURI);
  return address.origin === location.origin || /^(https|mailto|tel):$/.test(address.protocol) ? address : undefined;
}

/**
 * @param {{ questions: readonly import('../types.js').Question[] }} scorecard
 * @param {import('../types.js').Verdict} verdict
 * @param {import('../types.js').Lead} lead
 * @param {(text: any) => string} read
 * @returns {Next}
 */
export function nextOf({ questions }, { route }, lead, read) {
  const [[kind, action]] = /** @type {[string, any][]} */ (Object.entries(route.action));
  const url = safeAddress(action.url);
  if (url && action.prefill) prefill(url, lead, questions);
  return { kind, url, message: read(action.message), element: action.element, list: action.list };
}

/** By the names that booking pages commonly read. @param {URL} url @param {any} lead @param {readonly import('../types.js').Question[]} questions */
function prefill(url, lead, questions) {
  const given = (/** @type {string} */ fact) => String(lead[fact] ?? lead.answers?.[questions.find((question) => question.fact === fact)?.id ?? ''] ?? '').trim();
  const name = [given('firstName'), given('lastName')].filter(Boolean).join(' ');
  for (const [parameter, value] of [['name', name], ['email', given('email')]]) if (value) url.searchParams.set(parameter, value);
}

/**
 * Goes to where the visitor is led, or shows the part of the page for it.
 *
 * @param {Next} next
 * @returns {boolean} false where there is nowhere to go
 */
export function go({ url, element }) {
  const part = element ? document.getElementById(element) : null;
  if (part) {
    part.hidden = false;
    if (part.tabIndex < 0) part.tabIndex = -1;
    part.focus();
  } else if (url) location.assign(url);
  return part !== null || url !== undefined;
}

/**
 * Goes there, or shows what the visitor is told and a link.
 *
 * @param {Next} next
 * @param {{ thanks: string, open: string }} texts
 * @param {HTMLElement} place for the words
 */
export function follow(next, texts, place) {
  const { kind, url, message } = next;
  if ((kind === 'redirect' || kind === 'show') && go(next)) return;
  const title = grow(h('h2', { part: 'outcome-title', tabindex: '-1' }, message || texts.thanks));
  const link = url && grow(h('a', { part: 'button link', href: url.href, rel: 'noopener' }, texts.open));
  place.replaceChildren(title, ...(link ? [link] : []));
  place.hidden = false;
  title.focus();
}
