// What is asked where the engine plans nothing: every question that applies, in the order of the file.

/** @typedef {import('../leadfit.js').Scorecard} Scorecard */

/**
 * What the form asks next.
 *
 * @typedef {object} Plan
 * @property {boolean} settled nothing that may still be asked changes where the lead goes
 * @property {readonly string[]} destinations ids of the routes that are still possible
 * @property {readonly { id: string, required: boolean, separates: readonly string[], options?: readonly string[] }[]} ask most telling first
 * @property {number} remaining at most so many questions are left
 */

/**
 * @param {Scorecard} scorecard
 * @param {import('../types.js').Lead} lead
 * @param {{ now: number, form?: string, skipped: readonly string[] }} options
 * @returns {Plan}
 */
export function everything(scorecard, lead, { now, skipped }) {
  const open = scorecard.evaluate(lead, { now }).questions.filter(({ id }) => !skipped.includes(id));
  return { settled: open.length === 0, destinations: [], ask: open.map(({ id, required }) => ({ id, required, separates: [] })), remaining: open.length };
}
