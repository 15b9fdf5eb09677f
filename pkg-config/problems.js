// What is thrown: one kind of error, with every problem in it.

/** @typedef {import('./types.js').Problem} Problem */
/** @typedef {import('./types.js').Code} Code */

/**
 * The problems that the engine and this package find at run time. Problems of scorecard text come
 * with their own words, from the checker.
 *
 * @type {{ readonly [code in Code]?: readonly [found: string, expected: string, help: string] }}
 */
const texts = {
  notAProgram: ['bytes of another kind, or damaged ones', 'a compiled scorecard', 'make one with `npx leadfit compile scorecard.json`, and check that its address answers with that file'],
  programTooNew: ['a compiled scorecard of a newer version', 'one that this version reads', 'update the npm package `leadfit`, or compile the scorecard again with this version'],
  tooLarge: ['a scorecard above the limit', 'at most 1 MiB of text or 256 KiB compiled', 'move long lists such as accounts out of it'],
  compiledScorecardNeeded: ['scorecard text', 'a compiled scorecard', 'make one with `npx leadfit compile scorecard.json`; this entry of `leadfit` reads no text'],
  leadNotObject: ['no object', 'a lead such as `{ jobTitle: "VP Sales" }`', 'give an object; `leadFrom` makes one of a form'],
  badNow: ['no date', 'a `Date`, a text such as `2026-10-01T09:30:00Z`, or milliseconds since 1970', 'leave `now` out for the present moment'],
  notReady: ['a call made too early', 'a started engine', 'call `await start()` or `await Scorecard.load(…)` first'],
  notLoaded: ['no answer', 'the file of a scorecard', 'check the address and the network, then try again'],
  notAllowedHere: ['no `window`', 'a web page', 'call it in a browser only'],
  internal: ['a fault of leadfit itself', 'none', 'report it with the scorecard and the lead'],
};

/**
 * A problem of the whole input.
 *
 * @param {Code} code
 * @param {Partial<Pick<Problem, 'found' | 'expected' | 'help'>>} [instead] better words than the usual ones
 * @returns {Problem}
 */
export function problem(code, instead = {}) {
  const [found, expected, help] = texts[code] ?? ['something else', 'another input', `see the documentation of \`${code}\``];
  return { at: '', code, severity: 'error', found, expected, help, ...instead };
}

/** @param {Problem} problem in one line */
export function lineOf({ at, line, column, found, expected, help }) {
  const place = [at, line && `line ${line}, column ${column}`].filter(Boolean).join(' at ') || 'the input';
  return `${place}: found ${found}, expected ${expected}; ${help}`;
}

/** Every failure of this package: branch on `code`, show `message`. */
export class LeadfitError extends Error {
  /** Everything that is wrong, at least one. @type {readonly Problem[]} */
  problems;

  /**
   * @param {readonly Problem[]} problems
   * @param {ErrorOptions} [options]
   */
  constructor(problems, options) {
    super(problems.map((one) => `leadfit: ${lineOf(one)}`).join('\n'), options);
    this.name = 'LeadfitError';
    this.problems = Object.freeze(problems.map((one) => Object.freeze(one)));
  }

  /** Code of the first problem. @returns {Code} */
  get code() {
    return this.problems[0]?.code ?? 'internal';
  }
}

/**
 * @param {Code} code
 * @param {Parameters<typeof problem>[1]} [instead]
 * @param {ErrorOptions} [options]
 */
export const failure = (code, instead, options) => new LeadfitError([problem(code, instead)], options);
