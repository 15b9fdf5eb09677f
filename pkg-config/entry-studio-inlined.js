// The studio build alone, inlined: for Node, where nothing is fetched.
import { start as studio } from './authoring.js';
import { authoringOn } from './checking.js';
import { createLeadfit } from './leadfit.js';
import { learningOn } from './learning.js';

const leadfit = createLeadfit({ page: studio, authoring: studio });

export const { start, engine, readTitle, pageFacts, dispatch } = leadfit;
export const { check, compile, diff, readTable } = authoringOn(studio);
export const { propose, accept, calibrate } = learningOn(studio);
export class Scorecard extends leadfit.Scorecard {}
export { LeadfitError } from './problems.js';
export * from './types.js';
