// Cloudflare Workers compile no wasm at run time: the module is imported, ready compiled.
import { createLeadfit } from './leadfit.js';
import module from './leadfit_page.wasm';
import { starting } from './starting.js';
import * as page from './wasm/page.js';

const leadfit = createLeadfit({ page: starting(page, () => module) });

export const { start, engine, readTitle, pageFacts, dispatch } = leadfit;
export class Scorecard extends leadfit.Scorecard {}
export { LeadfitError } from './problems.js';
export * from './types.js';
