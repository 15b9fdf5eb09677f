// The studio build alone, inlined: for Node, where nothing is fetched.
import { start } from './authoring.js';
import { createLeadfit } from './leadfit.js';

export { LeadfitError } from './leadfit.js';
export const { version, authoringVersion } = createLeadfit({ page: start, authoring: start });
