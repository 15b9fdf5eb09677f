// The engine reads some made-up leads before there is a file. Browsers compile a loop well only once it has
// run for a while, and then for the next time it is entered; a file is read once.

import { pieces } from './model/sample.js';

/** So many leads, so often: loops of all steps have then run long enough. */
const leads = 6000;
const times = 8;

/**
 * Reads made-up leads in a session of its own, a little at a time.
 *
 * @param {any} session of the kind that is to be quick @param {string} card @param {() => Promise<boolean>} goesOn asked before each bit of work
 */
export async function rehearse(session, card, goesOn) {
  const text = new TextEncoder();
  const rows = [...pieces({ seed: 1, leads })].map((piece) => text.encode(piece));
  const own = new session.constructor();
  try {
    own.follow(card, false);
    for (let time = 0; time < times; time++) {
      own.begin({}, 0);
      for (const piece of rows) {
        if (!(await goesOn())) return;
        own.feed(piece);
      }
      if (!(await goesOn())) return;
      own.finish();
      if (!(await goesOn())) return;
      own.tally();
    }
  } finally {
    own.free();
  }
}
