// The handoff: all that the next one needs to know of a lead, from what was submitted and what was
// decided. Adapters turn it into requests; which of its values goes under which name is data.

/** @typedef {import('../types.js').Lead} Lead */
/** @typedef {import('../types.js').Verdict} Verdict */
/** @typedef {import('../outbox/submission.js').Submission} Submission */

/**
 * What is handed over. Only the submission is always there: an unscored lead is a lead.
 *
 * @typedef {object} Handoff
 * @property {Submission} submission
 * @property {Verdict | null} [verdict]
 * @property {Lead | { [path: string]: any } | null} [lead] the facts, nested or by their paths
 * @property {{ title?: string, questions?: readonly { id: string, fact: string }[] }} [card] the scorecard: its title for
 *   people, and its questions, which say which facts the answers settle
 * @property {string | { id?: string, name?: string, email?: string } | null} [owner] who follows up
 * @property {string | null} [due] by when: RFC 3339
 * @property {string} [link] where a person finds the lead
 */

/**
 * Which value goes under which name of another system: a path in the handoff, the first of several
 * that has a value, or a fixed value.
 *
 * @typedef {{ [name: string]: string | readonly string[] | { is: string | number | boolean } }} FieldMap
 */

const { hasOwn, entries, values } = Object;
const { isArray } = Array;

/**
 * Gives a fact a value, unless it has one.
 *
 * @param {any} lead without prototype
 * @param {string} fact its path
 * @param {any} value
 */
function fill(lead, fact, value) {
  if (value === undefined || value === null || value === '') return;
  // Most forms ask for the company by its name alone.
  const [group, place] = (fact === 'company' ? 'company.name' : fact).split(/\.(.*)/s);
  if (place === undefined) lead[group] ??= value;
  else if (typeof (lead[group] ??= Object.create(null)) === 'object') lead[group][place] ??= value;
}

/** Facts that stand together, such as those of the company; no list, no date, no range. @param {any} value */
const isGroup = (value) => typeof value === 'object' && value !== null && !isArray(value) && !(value instanceof Date) && !('from' in value || 'to' in value);

/**
 * The handoff with the facts of its lead in their places: those of the lead, then answers to questions of
 * the scorecard, then names of fields as paths of facts. The last needs neither scorecard nor engine.
 *
 * @param {Handoff} handoff
 * @returns {Handoff & { lead: Lead }}
 */
export function whole(handoff) {
  /** @type {any} */
  const lead = Object.create(null);
  for (const [key, value] of entries(handoff.lead ?? {})) {
    if (isGroup(value)) for (const [inner, one] of entries(value)) fill(lead, `${key}.${inner}`, one);
    else fill(lead, key, value);
  }
  for (const { id, fact } of handoff.card?.questions ?? []) fill(lead, fact, handoff.lead?.answers?.[id]);
  for (const [name, value] of handoff.submission.pairs) fill(lead, name, value);
  return { ...handoff, lead };
}

/**
 * A value inside the handoff, of own properties only.
 *
 * @param {any} inside
 * @param {string} path for example `lead.company.name`
 */
export function valueAt(inside, path) {
  for (const step of path.split('.')) {
    if (inside === null || typeof inside !== 'object' || !hasOwn(inside, step)) return undefined;
    inside = inside[step];
  }
  return inside;
}

/**
 * A value as text: lists as CRMs read them, ranges as people write them. Nothing where it says nothing.
 *
 * @param {any} value
 * @returns {string}
 */
export function textOf(value) {
  if (value === null || value === undefined) return '';
  if (isArray(value)) return value.map(textOf).filter(Boolean).join(';');
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString();
  if (typeof value !== 'object') return String(value).trim();
  const { from, to } = value;
  if (typeof to === 'number') return `${from ?? 0}-${Number.isInteger(to) ? to - 1 : to}`;
  return typeof from === 'number' ? `${from}+` : '';
}

/**
 * Names and values of another system, without those that say nothing.
 *
 * @param {FieldMap} map
 * @param {Handoff} handoff
 * @returns {Array<[string, string]>}
 */
export function fieldsOf(map, handoff) {
  const all = whole(handoff);
  return entries(map).flatMap(([name, source]) => {
    const paths = typeof source === 'string' ? [source] : isArray(source) ? source : [];
    const text = 'is' in Object(source) ? String(/** @type {any} */ (source).is) : (paths.map((path) => textOf(valueAt(all, path))).find(Boolean) ?? '');
    return /** @type {Array<[string, string]>} */ (text ? [[name, text]] : []);
  });
}

/** Who it is, in words. @param {Handoff} handoff */
export function nameOf(handoff) {
  const { lead } = whole(handoff);
  const person = [lead.firstName, lead.lastName].map(textOf).filter(Boolean).join(' ') || textOf(lead.email) || 'Somebody';
  const company = companyOf(lead);
  return [person, textOf(lead.jobTitle), company].filter(Boolean).join(', ');
}

/** @param {Lead} lead */
export const companyOf = ({ company }) => textOf(/** @type {any} */ (company)?.name);

/** Owner in words. @param {Handoff} handoff */
export const ownerOf = ({ owner }) => (typeof owner === 'string' ? owner : (owner?.name ?? owner?.email ?? owner?.id ?? ''));

/** `companySize` → `company size`. @param {string} id */
const plain = (id) => id.replaceAll(/([a-z0-9])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`).replaceAll(/[-_.]+/g, ' ');

/**
 * Why the score is what it is, in words, most points first.
 *
 * @param {Verdict | null | undefined} verdict
 * @returns {string[]}
 */
export function reasonsIn(verdict) {
  return (verdict?.reasons ?? []).flatMap(({ id, kind, bin, points, evidence }) => {
    if (points === 0) return [];
    const found = evidence.filter((one) => one.found !== null).map(({ of, found }) => `${plain(of)} is ${found}`);
    const what = kind === 'limit' ? `limit of ${plain(id)}` : `${plain(id)}${bin && bin !== 'unknown' ? `: ${bin}` : ' not known'}`;
    return [`${points > 0 ? '+' : '−'}${Math.abs(points)} ${what}${found.length > 0 ? ` (${found.join(', ')})` : ''}`];
  });
}

/**
 * What is not known and would change the score most: worth asking on the call.
 *
 * @param {Verdict | null | undefined} verdict
 * @returns {string[]}
 */
export const toAsk = (verdict) =>
  [...(verdict?.unknown ?? [])]
    .sort((a, b) => b.high - b.low - (a.high - a.low))
    .filter(({ high, low }) => high > low)
    .map(({ id, low, high }) => `${plain(id)} (worth ${low} to ${high} points)`);

/**
 * What happened before, in words: touches, then what was done, with how often and when last.
 *
 * @param {Submission} submission
 * @returns {string[]}
 */
export function historyIn({ touches, events = [] }) {
  const day = (/** @type {any} */ at) => textOf(at).slice(0, 10);
  const lines = entries(touches ?? {}).flatMap(([which, touch]) => {
    if (!touch) return [];
    const by = [touch.source, touch.medium, touch.campaign].map(textOf).filter(Boolean).join(' / ') || textOf(touch.referrer) || 'directly';
    return [`${day(touch.at)} ${which === 'first' ? 'first came' : 'came'} by ${by}`];
  });
  /** @type {Map<string, { count: number, last: string }>} */
  const done = new Map();
  for (const { type, at, ...more } of events) {
    const what = [type, ...values(more).filter((value) => typeof value === 'string')].join(' ');
    const before = done.get(what);
    done.set(what, { count: (before?.count ?? 0) + 1, last: day(at) });
  }
  return [...lines, ...[...done].map(([what, { count, last }]) => `${last} ${what}${count > 1 ? ` (${count} times)` : ''}`)];
}

/** The value of a verdict in major units, as analytics want it. @param {Verdict | null | undefined} verdict */
export function moneyOf(verdict) {
  const value = verdict?.value;
  if (!value) return undefined;
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency: value.currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return { value: value.amountMinor / 10 ** digits, currency: value.currency };
}
