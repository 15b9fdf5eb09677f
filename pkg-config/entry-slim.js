// The wasm is yours to bring: for libraries, whose application decides where it comes from.
import { createLeadfit, LeadfitError } from './leadfit.js';
import { starting } from './starting.js';
import * as page from './wasm/page.js';

/** @type {import('./starting.js').Wasm | undefined} */
let given;
const start = starting(page, () => {
  if (given === undefined) throw new LeadfitError('leadfit/slim has no wasm yet: call `await init(wasm)` first');
  return given;
});

/**
 * Starts the engine from your bytes, module, response or address of `leadfit/leadfit.wasm`.
 *
 * @param {import('./starting.js').Wasm} wasm
 * @returns {Promise<void>}
 */
export async function init(wasm) {
  given = wasm;
  await start();
}

export { LeadfitError };
export const { version, authoringVersion } = createLeadfit({ page: start });
