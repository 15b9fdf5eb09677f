// Becomes leadfit.single.js and leadfit.iife.js: one file with no import, to be copied anywhere and
// guarded by one `integrity` attribute.
import { createLeadfit } from './leadfit.js';
import { starting } from './starting.js';
import { bytes } from './wasm/page.inlined.js';
import * as page from './wasm/page.js';

const leadfit = createLeadfit({ page: starting(page, bytes) });

export const { start, engine, readTitle, pageFacts, dispatch } = leadfit;
export class Scorecard extends leadfit.Scorecard {}
export { LeadfitError } from './problems.js';
export * from './types.js';
