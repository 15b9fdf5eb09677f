// A submission, and how it leaves the page when nothing else is said.

/** @typedef {import('../types.js').Lead} Lead */
/** @typedef {import('../types.js').Verdict} Verdict */

/**
 * What is sent. Its names and values are as the form has them; a receiver maps them to facts and
 * checks the verdict by itself.
 *
 * @typedef {object} Submission
 * @property {1} leadfit version of this shape
 * @property {string} id the same for every try of the same answers, so that they are stored once
 * @property {string} at RFC 3339, the moment of the verdict
 * @property {{ id: string, revision: number, hash: string }} card
 * @property {[string, string][]} pairs
 * @property {Lead['events']} [events]
 * @property {Lead['attribution']} [attribution]
 * @property {{ purpose: string, version: string, basis: string, language: string, at: string }[]} [consent]
 * @property {Verdict['receipt']} [receipt] absent where it could not be scored
 * @property {Verdict} [verdict]
 * @property {{ elapsedMs: number, honeypot?: string }} guard what tells people from programs
 */

/** Milliseconds until the visitor is told that it does not work. */
const patience = 15_000;

/** Name of the field that people neither see nor reach. */
export const trap = 'leadfit-website';

/**
 * @param {object} given
 * @param {import('./session.js').Session} given.session
 * @param {import('../leadfit.js').Scorecard} given.scorecard
 * @param {Lead} given.lead
 * @param {Verdict | undefined} given.verdict
 * @param {string} given.language
 * @param {number} given.elapsedMs
 * @returns {Submission}
 */
export function submissionOf({ session, scorecard, lead, verdict, language, elapsedMs }) {
  const all = session.pairs();
  const pairs = all.filter(([name]) => name !== trap);
  const honeypot = all.find(([name]) => name === trap)?.[1];
  const at = new Date(session.now).toISOString();
  const { id, revision, hash } = scorecard;
  const consent = session.questions().flatMap(({ id, view }) => (view.consent && pairs.some(([name, value]) => name === id && value) ? [{ ...view.consent, language, at }] : []));
  const { events, attribution } = lead;
  return { leadfit: 1, id: idOf(session, pairs), at, card: { id, revision, hash }, pairs, events, attribution, ...(consent.length > 0 && { consent }), ...(verdict && { receipt: verdict.receipt, verdict }), guard: { elapsedMs, ...(honeypot && { honeypot }) } };
}

/** What each visitor said last, and its id. @type {WeakMap<object, { said: string, id: string }>} */
const latest = new WeakMap();

/** One id for the same answers of a visitor, however often they are sent. @param {object} session @param {[string, string][]} pairs */
function idOf(session, pairs) {
  const said = JSON.stringify(pairs);
  const before = latest.get(session);
  const one = before?.said === said ? before : { said, id: uuid() };
  latest.set(session, one);
  return one.id;
}

/** Also where `crypto.randomUUID` is missing: on pages without a secure origin. */
function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return [...bytes].map((byte, index) => ([4, 6, 8, 10].includes(index) ? '-' : '') + byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Posts what the form would post by itself.
 *
 * @param {Submission} submission
 * @param {HTMLFormElement} form
 * @returns {Promise<'delivered'>}
 */
export async function post({ pairs }, form) {
  const body = new URLSearchParams(pairs);
  const response = await fetch(form.getAttribute('action') ?? location.href, { method: 'POST', body, keepalive: true, signal: AbortSignal.timeout(patience) });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return 'delivered';
}
