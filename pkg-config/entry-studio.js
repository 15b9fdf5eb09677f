// The studio build alone, as a file beside this one, compiled while it arrives.
import { authoringOn } from './checking.js';
import { createLeadfit } from './leadfit.js';
import { learningOn } from './learning.js';
import { starting } from './starting.js';
import * as glue from './wasm/studio.js';

const studio = starting(glue, () => new URL('./leadfit_studio.wasm', import.meta.url));
const leadfit = createLeadfit({ page: studio, authoring: studio });

export const { start, engine, readTitle, pageFacts, dispatch } = leadfit;
export const { check, compile, diff, readTable } = authoringOn(studio);
export const { propose, accept, calibrate } = learningOn(studio);
export class Scorecard extends leadfit.Scorecard {}
export { LeadfitError } from './problems.js';
export * from './types.js';
