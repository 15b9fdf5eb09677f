// The studio build alone, as a file beside this one, compiled while it arrives.
import { createLeadfit } from './leadfit.js';
import { starting } from './starting.js';
import * as studio from './wasm/studio.js';

const start = starting(studio, () => new URL('./leadfit_studio.wasm', import.meta.url));
export { LeadfitError } from './leadfit.js';
export const { version, authoringVersion } = createLeadfit({ page: start, authoring: start });
