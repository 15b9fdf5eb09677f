// What is remembered of a visitor on the device: touches, what was done, answers. Bounded in count and
// in age, and all of it under one key, so that it can be read and cleared at one place.

import { isDirect } from './touch.js';

/** @typedef {import('../outbox/submission.js').Touch} Touch */
/** @typedef {{ type: string, at: string, [property: string]: string | number }} Done */

/**
 * @typedef {object} Memory
 * @property {1} v version of this shape
 * @property {number} seen when the visitor was here last: milliseconds since 1970
 * @property {Touch} [first]
 * @property {Touch} [last]
 * @property {Done[]} events oldest first
 * @property {Record<string, { value: any, at: string }>} answers by question
 */

/** Bounds beside those that the page sets. */
const mostAnswers = 50;
const mostValue = 300;

/** @returns {Memory} */
export const nothing = () => ({ v: 1, seen: 0, events: [], answers: {} });

/**
 * A memory as it was stored, if it is one.
 *
 * @param {string | null} text
 * @returns {Memory}
 */
export function memoryIn(text) {
  try {
    const memory = JSON.parse(text ?? '');
    if (memory.v === 1 && Array.isArray(memory.events) && typeof memory.answers === 'object') return memory;
  } catch {
    // Nothing, or not ours.
  }
  return nothing();
}

/** What was known before and what is known now. @param {Memory} before @param {Memory} now @returns {Memory} */
export const joined = (before, now) => ({
  ...now,
  first: before.first ?? now.first,
  last: now.last && !isDirect(now.last) ? now.last : (before.last ?? now.last),
  events: [...before.events, ...now.events],
  answers: { ...before.answers, ...now.answers },
});

/**
 * Forgets what is too old or too much.
 *
 * @param {Memory} memory
 * @param {number} now
 * @param {{ days: number, mostEvents: number }} bounds
 * @returns {Memory}
 */
export function bounded(memory, now, { days, mostEvents }) {
  const young = (/** @type {{ at: string } | undefined} */ one) => one !== undefined && now - Date.parse(one.at) <= days * 86_400_000;
  const { first, last, events, answers } = memory;
  const left = [first, last].filter(young);
  return {
    v: 1,
    seen: memory.seen,
    first: left[0],
    last: left.at(-1),
    events: events.filter(young).slice(-mostEvents),
    answers: Object.fromEntries(Object.entries(answers).filter(([, answer]) => young(answer)).slice(-mostAnswers)),
  };
}

/** A value of an event or an answer that may be kept: text, number, or a list of texts. @param {any} value @returns {any} */
export function keepable(value) {
  if (Array.isArray(value)) return value.slice(0, 20).map(keepable);
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value).slice(0, mostValue);
}
