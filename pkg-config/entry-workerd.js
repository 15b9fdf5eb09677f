// Cloudflare Workers compile no wasm at run time: the module is imported, ready compiled.
import { createLeadfit } from './leadfit.js';
import module from './leadfit_page.wasm';
import { starting } from './starting.js';
import * as page from './wasm/page.js';

export { LeadfitError } from './leadfit.js';
export const { version, authoringVersion } = createLeadfit({ page: starting(page, () => module) });
