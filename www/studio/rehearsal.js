// The engine reads some made-up leads before there is a file. Browsers compile a loop well only once it has
// run for a while, and then for the next time it is entered; a file is read once.

import { pieces } from './model/sample.js';

/** So many leads, so often: loops of all steps have then run long enough. */
const leads = 4000;
const times = 8;

/**
 * Reads made-up leads in sessions of their own, a little at a time, and joins a part as of a large file.
 *
 * @param {any} session of the kind that is to be quick @param {string} card
 * @param {() => Promise<boolean>} goesOn asked before each bit of work
 */
export async function rehearse(session, card, goesOn) {
  const text = new TextEncoder();
  const [head, ...rest] = [...pieces({ seed: 1, leads })].map((piece) => text.encode(piece));
  const [whole, part] = [new session.constructor(), new session.constructor()];
  const steps = [
    () => whole.begin({}, 0),
    () => whole.feed(head),
    ...rest.map((piece) => () => whole.feed(piece)),
    () => part.beginPart(head, {}, 0),
    ...rest.map((piece) => () => part.feed(piece)),
    () => Array.from({ length: part.endPart() }, (_, index) => whole.join(index, part.piece(index))),
    () => whole.finish(),
    () => whole.tally(),
  ];
  try {
    for (const of of [whole, part]) of.follow(card, false);
    for (let time = 0; time < times; time++) {
      for (const step of steps) {
        if (!(await goesOn())) return;
        step();
      }
    }
  } finally {
    whole.free();
    part.free();
  }
}
