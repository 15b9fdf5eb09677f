// The wasm is yours to bring: for libraries, whose application decides where it comes from.
import { createLeadfit } from './leadfit.js';
import { failure } from './problems.js';
import { starting } from './starting.js';
import * as page from './wasm/page.js';

const first = 'await init(wasm)';
/** @type {import('./starting.js').Wasm | undefined} */
let given;
const startPage = starting(page, () => /** @type {import('./starting.js').Wasm} */ (given));
const leadfit = createLeadfit({
  page: async () => {
    if (given === undefined) throw failure('notReady', { help: `call \`${first}\` first` });
    return startPage();
  },
  first,
});

/**
 * Starts the engine from your bytes, module, response or address of `leadfit/leadfit.wasm`.
 *
 * @param {import('./starting.js').Wasm} wasm
 * @returns {Promise<void>}
 */
export async function init(wasm) {
  given = wasm;
  await leadfit.start();
}

export const { engine, readTitle, pageFacts, dispatch } = leadfit;
export class Scorecard extends leadfit.Scorecard {}
export { LeadfitError } from './problems.js';
export * from './types.js';
