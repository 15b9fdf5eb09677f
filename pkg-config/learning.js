// Points from the outcomes of past leads: learning runs in steps, so that it can show how far it is
// and be stopped; what it proposes is applied by nobody but its author.

import { guarded } from './crossing.js';

/** @typedef {import('./leadfit.js').Studio} Studio */
/** @typedef {import('./types.js').Proposal} Proposal */
/** @typedef {import('./types.js').LearnOptions} LearnOptions */

/**
 * What is learned from: past leads with outcomes as CSV, and either the scorecard that they are for or,
 * for a plain table, a schema that says what its columns are.
 *
 * @typedef {object} LearningSource
 * @property {Uint8Array | string} leads CSV with a header
 * @property {string} [scorecard] text of the scorecard whose points are to be learned
 * @property {string | object} [schema] `{ target, features: [{ name, kind: 'num' | 'cat', mono?: -1 | 0 | 1 }] }`
 */

/**
 * How learning is watched and stopped.
 *
 * @typedef {object} LearningCourse
 * @property {(done: number) => void} [onProgress] hears the share of the work that is done, from 0 to 1
 * @property {AbortSignal} [signal] stops it: the promise is rejected with the signal's reason
 */

/**
 * Leads that were learned from. Let go of it with `free`.
 *
 * @typedef {object} Learned
 * @property {import('./types.js').Proposal} proposal points with their evidence; `report` has it in words
 * @property {string} scorecard text of the scorecard with the whole proposal
 * @property {(simplicity: number) => import('./learning.js').Learned} simplify the same leads with another wish for
 *   simplicity, from 0 (closest fit) to 1 (fewest rules), at once; what was measured stays as it was
 * @property {() => void} free
 */

/**
 * From score to probability: 1 / (1 + exp(-(a + g · score))).
 *
 * @typedef {object} Curve
 * @property {number} a log odds at 0 points
 * @property {number} g logits per point, above 0
 */

// The types are spelled as imports: the declarations of the entries repeat them word for word.
/**
 * @typedef {object} LearningCalls
 * @property {(source: import('./learning.js').LearningSource, options?: import('./types.js').LearnOptions & import('./learning.js').LearningCourse) => Promise<import('./learning.js').Learned>} propose
 *   learns points from past leads
 * @property {(scorecard: string, proposal: import('./types.js').Proposal, choice: import('./types.js').Accepted) => Promise<string>} accept
 *   the text of the scorecard with all of a proposal, one criterion or one bin; the old text is how to undo it
 * @property {(table: Iterable<readonly [score: number, won: number, lost: number]>, slope?: number) => Promise<import('./learning.js').Curve>} calibrate
 *   the curve for won and lost leads per score: fitted in microseconds, so that it can follow every edit of points
 */

/** Longest time in milliseconds that steps take before others get their turn. */
const TURN = 40;

/** Lets others have their turn; without the delay that timers have. */
const pause = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(0);
  });

/**
 * @param {() => Promise<Studio>} start
 * @returns {LearningCalls}
 */
export function learningOn(start) {
  return {
    async propose({ leads, scorecard, schema }, { onProgress, signal, ...options } = {}) {
      const { Learning } = await start();
      signal?.throwIfAborted();
      const csv = typeof leads === 'string' ? new TextEncoder().encode(leads) : leads;
      const wishes = JSON.stringify({ now: Date.now(), ...options });
      const learning = guarded(() =>
        scorecard === undefined ? Learning.plain(typeof schema === 'string' ? schema : JSON.stringify(schema ?? {}), csv, wishes) : Learning.scorecard(scorecard, csv, wishes),
      );
      try {
        let turn = performance.now();
        for (let done = 0; done < 1; ) {
          done = guarded(() => learning.step());
          if (performance.now() - turn < TURN && done < 1) continue;
          onProgress?.(done);
          await pause();
          signal?.throwIfAborted();
          turn = performance.now();
        }
        return learned(learning);
      } catch (fault) {
        learning.free();
        throw fault;
      }
    },
    async accept(scorecard, proposal, choice) {
      const { accept } = await start();
      return guarded(() => accept(scorecard, JSON.stringify(proposal), JSON.stringify(choice)));
    },
    async calibrate(table, slope = 0) {
      const { calibrate } = await start();
      const [a, g] = guarded(() => calibrate(Float64Array.from([...table].flat()), slope));
      return { a, g };
    },
  };
}

/**
 * @param {import('./wasm/studio.js').Learning} learning
 * @returns {Learned}
 */
function learned(learning) {
  const proposal = JSON.parse(guarded(() => learning.proposal()));
  const scorecard = guarded(() => learning.accepted());
  return {
    proposal,
    scorecard,
    simplify(simplicity) {
      guarded(() => learning.simplify(simplicity));
      return learned(learning);
    },
    free: () => learning.free(),
  };
}
