// From the names and values of a form to a lead. Which name means what was worked out when the
// scorecard was compiled: src/lead/names.rs.

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
 * @param {Iterable<readonly [string, string]>} pairs
 * @returns {import('./types.js').Lead}
 */
export function leadOf({ exact, bare: known }, pairs) {
  /** @type {import('./types.js').Lead} */
  const lead = {};
  for (const [name, value] of pairs) {
    const key = name.trim();
    /** @type {string | undefined} */
    const path = own(exact, key) ?? own(known, bare(key));
    const dot = path === undefined ? -1 : path.indexOf('.');
    const group = path === undefined ? 'other' : dot < 0 ? undefined : path.slice(0, dot);
    const place = path === undefined ? name : path.slice(dot + 1);
    const inside = group === undefined ? lead : (own(lead, group) ?? put(lead, group, {}));
    // A fact may be called like the group of another, which then stands at the top with its whole id.
    const [target, at] = typeof inside === 'object' && !isArray(inside) ? [inside, place] : [lead, path ?? name];
    const before = own(target, at);
    put(target, at, before === undefined ? value : isArray(before) ? [...before, value] : [before, value]);
  }
  return lead;
}
