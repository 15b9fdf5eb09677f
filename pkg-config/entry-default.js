// The wasm is inlined: works in every bundler, in Node, Deno and Bun, with nothing to configure.
import { createLeadfit } from './leadfit.js';
import { starting } from './starting.js';
import { bytes } from './wasm/page.inlined.js';
import * as page from './wasm/page.js';

const leadfit = createLeadfit({
  page: starting(page, bytes),
  authoring: async () => (await import('./authoring.js')).start(),
});

export const { start, engine, readTitle, pageFacts, dispatch } = leadfit;
export class Scorecard extends leadfit.Scorecard {}
export { LeadfitError } from './problems.js';
export * from './types.js';
