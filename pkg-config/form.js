// From forms and pages to leads. Which name of a field means what was worked out when the scorecard
// was compiled: src/names.rs.

import { tagsIn } from './tags.js';

// Taken at once: scripts that run later cannot put their own in place. None where there are no forms.
const Data = globalThis.FormData;
const { defineProperty, hasOwn } = Object;
const { isArray } = Array;

/** A name without case and punctuation, letter by letter as the other side does it. @param {string} name */
const bare = (name) => name.replace(/./gsu, (letter) => (/[\p{Alphabetic}\p{N}]/u.test(letter) ? letter.toLowerCase() : ''));

/**
 * Sets an own property, even `__proto__`.
 *
 * @template T
 * @param {object} object
 * @param {string} key
 * @param {T} value
 * @returns {T}
 */
function put(object, key, value) {
  defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
  return value;
}

/** @param {any} object @param {string} key */
const own = (object, key) => (hasOwn(object, key) ? object[key] : undefined);

/**
 * The lead that raw names and values make. What the scorecard does not know is kept under `other`;
 * several values of one name become a list.
 *
 * @param {import('./types.js').Names} names
 * @param {ReadonlyArray<readonly [string, string]>} pairs
 * @returns {import('./types.js').Lead}
 */
export function leadOf({ exact, bare: known }, pairs) {
  /** @type {import('./types.js').Lead} */
  const lead = {};
  for (let index = 0; index < pairs.length; index++) {
    const { 0: name, 1: value } = pairs[index];
    const key = name.trim();
    /** @type {string | undefined} */
    const path = own(exact, key) ?? own(known, bare(key));
    const dot = path === undefined ? -1 : path.indexOf('.');
    const group = path === undefined ? 'other' : dot < 0 ? undefined : path.slice(0, dot);
    const place = path === undefined ? name : path.slice(dot + 1);
    const inside = group === undefined ? lead : (own(lead, group) ?? put(lead, group, {}));
    // A fact may be called like the group of another, which then stands at the top with its whole id.
    const fits = typeof inside === 'object' && !isArray(inside);
    const target = fits ? inside : lead;
    const at = fits ? place : (path ?? name);
    const before = own(target, at);
    put(target, at, before === undefined ? value : isArray(before) ? [...before, value] : [before, value]);
  }
  return lead;
}

/**
 * Names and values of a form, without passwords.
 *
 * @param {import('./leadfit.js').Page} page
 * @param {HTMLFormElement} form
 * @returns {Array<[string, unknown]>}
 */
export function entriesOf(page, form) {
  const data = new Data(form);
  /** @type {NodeListOf<HTMLInputElement>} */
  const passwords = form.querySelectorAll('input[type=password]');
  for (let index = 0; index < passwords.length; index++) data.delete(passwords[index].name);
  return page.formEntries(data);
}

/**
 * What the page tells of the visit: language, referrer, landing page, and the tags and first click
 * id of its address. Stores nothing.
 *
 * @param {import('./leadfit.js').Page} page
 */
export function factsOf(page) {
  const landingPage = page.landingPage(window);
  const { tags, clickId } = tagsIn(new URLSearchParams(landingPage.split('#', 1)[0].replace(/^[^?]*/, '')));
  const attribution = { ...tags, referrer: page.referrer(window), landingPage, clickId };
  const language = page.language(window);
  const told = Object.fromEntries(Object.entries(attribution).filter(([, value]) => value));
  return language ? { language, attribution: told } : { attribution: told };
}
