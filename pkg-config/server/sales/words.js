// Verdicts and times in the words of the people who call.

import { factsIn } from '../facts.js';

/** @typedef {import('../../types.js').Verdict} Verdict */
/** @typedef {import('../store.js').Submitted} Submitted */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `companySize`, `talk-to-sales` and `decision_maker` as words. @param {string} id */
export function wordsOf(id) {
  const words = id.replace(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll(/[-_.\s]+/g, ' ').trim().toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Short names of stages that everybody in sales says letter by letter. */
const letters = /^(mql|pql|sal|sql)$/;

/** @param {{ id: string }} stage */
export const stageWords = ({ id }) => (letters.test(id) ? id.toUpperCase() : wordsOf(id));

/** Who has a lead, by the name that the scorecard knows. @param {Submitted} submitted */
export function ownerWords({ owner, verdict }) {
  const step = verdict?.route.followUp?.find((one) => one.owner?.id === owner);
  return step?.owner?.contact?.name ?? owner;
}

/** A length of time in its two largest units at most. @param {number} millis */
export function lengthOf(millis) {
  const all = Math.abs(millis);
  if (all < MINUTE) return 'less than a minute';
  if (all < HOUR) return `${Math.floor(all / MINUTE)} min`;
  if (all < 10 * HOUR) return [`${Math.floor(all / HOUR)} h`, all % HOUR >= MINUTE && `${Math.floor((all % HOUR) / MINUTE)} min`].filter(Boolean).join(' ');
  if (all < 2 * DAY) return `${Math.round(all / HOUR)} h`;
  return `${Math.round(all / DAY)} days`;
}

/**
 * When the first response is due.
 *
 * @param {number | null} due
 * @param {number} now
 * @returns {{ text: string, urgency: 'late' | 'soon' | 'later' | 'none' }}
 */
export function dueWords(due, now) {
  if (due === null) return { text: 'No time promised', urgency: 'none' };
  if (due < now) return { text: `Late by ${lengthOf(now - due)}`, urgency: 'late' };
  return { text: `Due in ${lengthOf(due - now)}`, urgency: due - now < HOUR ? 'soon' : 'later' };
}

/** @param {number} at @param {string} timeZone */
export const momentWords = (at, timeZone) => new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(at);

/** A text, or the one of a language map that suits best. @param {any} text @returns {string} */
export const plainText = (text) => (typeof text === 'string' ? text : String(text?.en ?? Object.values(text ?? {})[0] ?? ''));

/**
 * Why a score is what it is: what it was, and the facts behind it.
 *
 * @param {Verdict['reasons'][number]} reason
 */
export function reasonWords({ id, kind, limitOf, bin, evidence }) {
  const what = kind === 'limit' ? `${wordsOf(id)}: at the limit of this ${limitOf}` : bin === 'unknown' ? `${wordsOf(id)}: not known` : `${wordsOf(id)}: ${bin}`;
  const facts = evidence.flatMap(({ of, found, truth }) => (found === null || truth !== null ? [] : [`${wordsOf(of)} ${/^[a-z]+(_[a-z]+)+$/.test(found) ? wordsOf(found).toLowerCase() : found}`]));
  return { what, facts: facts.join(', ') };
}

/** What flags mean to somebody who has to decide. */
export const flagWords = {
  honeypotFilled: 'A field that people do not see was filled in: a bot, or a password manager.',
  tooFast: 'The form was sent faster than people type: a bot, or autofill.',
  ticketAbsent: 'It came without a form ticket: from an old page, or not from a page at all.',
  ticketInvalid: 'Its form ticket is not one of this server.',
  ticketExpired: 'The form stood open for more than a day.',
  ticketReused: 'The same showing of the form was sent before.',
  workAbsent: 'Its browser did not do the work that the form asked for.',
  workWrong: 'The work that the form asked for was done wrong.',
  originAbsent: 'It does not say which page it comes from.',
};

/**
 * What is known of a lead over all its submissions: the newest value of each fact, and what was said
 * before where that was something else.
 *
 * @param {readonly Submitted[]} submissions newest first
 * @returns {{ fact: string, value: string, before: string[] }[]}
 */
export function knownOf(submissions) {
  /** @type {Map<string, string[]>} */
  const said = new Map();
  for (const { lead } of submissions) {
    const facts = Object.entries(factsIn(lead));
    for (const [index, [fact, value]] of facts.entries()) {
      // An answer stands under its question too.
      if (facts.findIndex(([, other]) => other === value) < index) continue;
      const values = said.get(fact) ?? [];
      if (!values.includes(value)) said.set(fact, [...values, value]);
    }
  }
  return [...said].map(([fact, [value, ...before]]) => ({ fact, value, before }));
}
