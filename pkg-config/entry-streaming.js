// The wasm is a file beside this one, compiled while it arrives: a third less to fetch, where the
// files are served as they are or the bundler understands `new URL(…, import.meta.url)`.
import { createLeadfit } from './leadfit.js';
import { starting } from './starting.js';
import * as page from './wasm/page.js';

export { LeadfitError } from './leadfit.js';
export const { version, authoringVersion } = createLeadfit({
  page: starting(page, () => new URL('./leadfit_page.wasm', import.meta.url)),
  authoring: async () => (await import('./authoring.js')).start(),
});
