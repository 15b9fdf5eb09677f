// What the verdicts by one scorecard share. Freezing is dear, and verdicts repeat themselves: parts
// that hang on no more than a small number, such as the reason of a criterion of which a choice or a
// count was found, are made once and stand in every verdict that tells the same.

/** @typedef {import('./types.js').Texts} Texts */
/** @typedef {import('./types.js').Reason} Reason */
/** @typedef {readonly import('./types.js').Evidence[]} Evidence */

const { freeze } = Object;

/** Whole numbers from 0 up to this one are small. */
export const SMALL = 128;

/** A list with nothing in it. @type {readonly any[]} */
export const none = freeze([]);

/**
 * A place for what is made later, by number. It inherits nothing, so that nothing that a page put on
 * prototypes is taken for what was kept.
 *
 * @template T
 * @returns {(T | undefined)[]}
 */
const shelf = () => /** @type {any} */ ({ __proto__: null });

/** Shelves, each begun when it is first wanted. @template T */
function shelves() {
  /** @type {((T | undefined)[] | undefined)[]} */
  const all = shelf();
  return (/** @type {number} */ index) => (all[index] ??= shelf());
}

/** @param {Texts} texts */
export function keptOf({ card, questions }) {
  const { hash, id, revision, signed } = card;
  const open = [];
  for (let index = 0; index < questions.length; index++) open[index] = freeze({ id: questions[index].id, required: questions[index].required });
  return {
    /** The reasons of each criterion, by what was found. @type {(index: number) => (Reason | undefined)[]} */
    reasons: shelves(),
    /** For each test that came out true, false and unknown: that it alone decided, by the number that was found. @type {(index: number) => (Evidence | undefined)[]} */
    alone: shelves(),
    /** What was last unknown of each criterion. @type {(import('./types.js').UnknownCriterion | undefined)[]} */
    unknown: shelf(),
    /** The last signals. @type {import('./types.js').Signals | undefined} */
    signals: undefined,
    /** Each question, where it is open. */
    questions: open,
    /** The scorecard as receipts and as verdicts name it. */
    receipt: freeze({ hash, id, revision }),
    card: freeze({ hash, id, revision, signed }),
  };
}
