// Becomes leadfit.single.js and leadfit.iife.js: one file with no import, to be copied anywhere and
// guarded by one `integrity` attribute.
import { createLeadfit } from './leadfit.js';
import { starting } from './starting.js';
import { bytes } from './wasm/page.base64.js';
import * as page from './wasm/page.js';

export { LeadfitError } from './leadfit.js';
export const { version, authoringVersion } = createLeadfit({ page: starting(page, bytes) });
