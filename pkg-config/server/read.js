// A submission as somebody sent it becomes one that the rest can rely on: what is of the right shape
// stays, what is not is named and left out. Nothing here throws, whatever it is given.

/** @typedef {import('../outbox/submission.js').Submission} Submission */
/** @typedef {import('./recheck.js').Difference} Difference */

/**
 * A submission of which every part has its shape; parts that were absent or unreadable are absent.
 *
 * @typedef {Omit<Partial<Submission>, 'pairs' | 'receipt' | 'verdict'> & { pairs: [string, string][], receipt?: unknown, verdict?: unknown }} Readable
 */

/** The version of the format that is read. */
const FORMAT = 1;

/** Limits: the engine's own, and for names what a person would ever choose. */
const MAX_NAME = 200;
const MAX_TEXT = 65_536;
const MAX_PAIRS = 2000;
const MAX_EVENTS = 20_000;

const { hasOwn } = Object;
const { isArray } = Array;

/** Ids of submissions: UUIDs from pages, and what other systems may use in their place. */
const idPattern = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,199}$/;
const hashPattern = /^[0-9a-f]{64}$/;
const momentPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** Milliseconds of an RFC 3339 text in the years 1 to 9999; NaN where it is none. @param {unknown} text */
export function momentOf(text) {
  if (typeof text !== 'string' || !momentPattern.test(text)) return NaN;
  const millis = Date.parse(text);
  return millis >= -62_135_596_800_000 && millis <= 253_402_300_799_999 ? millis : NaN;
}

/** @param {unknown} value @returns {value is Record<string, any>} */
export const isRecord = (value) => typeof value === 'object' && value !== null && !isArray(value);

/** An own property; `undefined` where there is none. @param {any} object @param {string} key */
export const own = (object, key) => (isRecord(object) && hasOwn(object, key) ? object[key] : undefined);

/** A value in a few words, whatever it is. @param {unknown} value */
export function shown(value) {
  if (value === undefined) return 'nothing';
  if (isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'string') return `\`${value.length > 80 ? `${value.slice(0, 80)}…` : value}\``;
  return `\`${String(value)}\``;
}

/**
 * @param {unknown} given a submission, parsed or as JSON text
 * @returns {{ submission: Readable, differences: Difference[] }}
 */
export function readSubmission(given) {
  /** @type {Difference[]} */
  const differences = [];
  /** @param {string} at @param {unknown} found @param {string} expected */
  const refuse = (at, found, expected) => void differences.push({ at, code: 'unreadable', expected, found: shown(found), help: 'this part was left out; see docs/submission.md', tampered: false });
  // Without a prototype: what is absent stays so, whatever was put on every object.
  /** @type {Readable} */
  const submission = Object.assign(Object.create(null), { pairs: [] });
  fill(submission, parsed(given), refuse);
  const version = submission.leadfit;
  if (typeof version === 'number' && version > FORMAT) {
    differences.push({ at: '/leadfit', code: 'newerFormat', expected: `\`${FORMAT}\``, found: shown(version), help: 'update the npm package `leadfit` on the server', tampered: false });
  }
  return { submission, differences };
}

/** What was given, as JSON has it: without getters, proxies and whatever else runs code. @param {unknown} given @returns {unknown} */
function parsed(given) {
  try {
    return JSON.parse(typeof given === 'string' ? given : JSON.stringify(given));
  } catch {
    return undefined;
  }
}

/**
 * @param {Readable} submission
 * @param {unknown} given
 * @param {(at: string, found: unknown, expected: string) => void} refuse
 */
function fill(submission, given, refuse) {
  if (!isRecord(given)) return refuse('', given, 'a submission');
  /**
   * Keeps a part that passes its test.
   *
   * @param {keyof Readable} key
   * @param {string} expected
   * @param {(value: any) => boolean} test
   */
  const keep = (key, expected, test) => {
    const value = own(given, key);
    if (value === undefined || value === null) return;
    if (test(value)) Object.assign(submission, { [key]: value });
    else refuse(`/${key}`, value, expected);
  };
  /** @param {unknown} value */
  const isName = (value) => typeof value === 'string' && value.length <= MAX_NAME;
  /** @param {unknown} value */
  const isMoment = (value) => !Number.isNaN(momentOf(value));

  keep('leadfit', 'a version number', (value) => Number.isInteger(value) && value >= 1);
  keep('id', 'a UUID', (value) => typeof value === 'string' && idPattern.test(value));
  keep('replaces', 'a UUID', (value) => typeof value === 'string' && idPattern.test(value));
  keep('at', 'a date such as `2026-10-01T09:30:00Z`', isMoment);
  keep('form', 'the id of a form', isName);
  keep('page', 'address and title of a page', (page) => typeof own(page, 'url') === 'string' && page.url.length <= MAX_TEXT);
  keep('card', 'id, revision and hash of a scorecard', (card) => isName(own(card, 'id')) && Number.isSafeInteger(own(card, 'revision')) && hashPattern.test(String(own(card, 'hash'))));
  for (const key of /** @type {const} */ (['facts', 'attribution', 'answers', 'touches', 'guard'])) keep(key, 'an object', isRecord);
  for (const key of /** @type {const} */ (['receipt', 'verdict'])) keep(key, 'an object', isRecord);
  keep('events', `a list of at most ${MAX_EVENTS} events`, (events) => isArray(events) && events.length <= MAX_EVENTS);
  keep('consent', 'a list of consents', (consent) => isArray(consent) && consent.length <= 100);
  submission.pairs = pairsOf(own(given, 'pairs'), refuse);
}

/**
 * @param {unknown} pairs
 * @param {(at: string, found: unknown, expected: string) => void} refuse
 * @returns {[string, string][]}
 */
function pairsOf(pairs, refuse) {
  if (pairs === undefined) return [];
  if (!isArray(pairs)) return refuse('/pairs', pairs, 'a list of names and values'), [];
  if (pairs.length > MAX_PAIRS) refuse('/pairs', pairs, `at most ${MAX_PAIRS} pairs`);
  /** @type {[string, string][]} */
  const read = [];
  let bad = 0;
  for (const [index, pair] of pairs.slice(0, MAX_PAIRS).entries()) {
    const fine = isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string' && part.length <= MAX_TEXT);
    if (fine) read.push([pair[0], pair[1]]);
    // One is told, not two thousand.
    else if (bad++ === 0) refuse(`/pairs/${index}`, pair, 'a name and a value');
  }
  return read;
}
