// Where a page's verdict differs from the server's own, place by place.
//
// INVARIANT: walks along the server's verdict, whose depth is known, never along what was sent.

import { isRecord, shown } from './read.js';

/** @typedef {import('./recheck.js').Difference} Difference */

/** Of more differences nobody learns more. */
const MOST = 40;

/**
 * What only a card compiled for a server tells: a page has `null` there. A test holds this list
 * against both compilations of every sample.
 */
const serverOnly = [/^\/value$/, /^\/disqualified\/\d+\/reason$/, /^\/route\/followUp\/\d+\/(attempts|task|owner\/contact|sla\/(attempts|escalateTo))$/];

/** Places of a verdict that say what was understood of the lead, not what was made of it. */
const ofTheLead = /^\/(signals|title|warnings|unknown|questions)(\/|$)|\/(evidence|why)(\/|$)/;

/** What hangs on accounts, which a page does not know. */
const ofAccounts = { receipt: /^\/owner$/, verdict: /^\/(receipt\/owner|route\/followUp\/\d+\/(owner|due|attempts))(\/|$)/ };

/**
 * @param {unknown} found in the submission
 * @param {unknown} expected by the server
 * @param {'receipt' | 'verdict'} part
 * @param {boolean} byAccount whether the server gave the lead to the owner of its company's account
 * @returns {Difference[]}
 */
export function differencesIn(found, expected, part, byAccount) {
  /** @type {Difference[]} */
  const differences = [];
  /** Keys down to where `walk` is; put together only where something differs. @type {(string | number)[]} */
  const path = [];
  const pointer = () => path.map((key) => `/${String(key).slice(0, 80).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

  /** @param {unknown} found @param {unknown} expected */
  function differ(found, expected) {
    if (differences.length >= MOST) return;
    const at = pointer();
    if (byAccount && ofAccounts[part].test(at)) return;
    if (found === null && serverOnly.some((place) => place.test(at))) return;
    const code = part === 'receipt' ? 'receiptDiffers' : ofTheLead.test(at) ? 'factsDiffer' : 'verdictDiffers';
    const help = code === 'factsDiffer' ? 'the answers were changed after the page had judged them, or its verdict was' : 'the verdict of the server counts';
    differences.push({ at: `/${part}${at}`, code, expected: shown(expected), found: shown(found), help, tampered: true });
  }

  /** @param {string | number} key @param {any} found @param {any} expected */
  function inside(key, found, expected) {
    path.push(key);
    walk(found, expected);
    path.pop();
  }

  /** @param {any} found @param {any} expected */
  function walk(found, expected) {
    if (found === expected || differences.length >= MOST) return;
    if (Array.isArray(expected)) {
      if (!Array.isArray(found) || found.length !== expected.length) return differ(found, expected);
      for (let index = 0; index < expected.length; index++) inside(index, found[index], expected[index]);
    } else if (isRecord(expected) && isRecord(found)) {
      for (const key in expected) inside(key, Object.hasOwn(found, key) ? found[key] : undefined, expected[key]);
      for (const key in found) if (!Object.hasOwn(expected, key)) inside(key, found[key], undefined);
    } else {
      differ(found, expected);
    }
  }
  walk(found, expected);
  return differences;
}
