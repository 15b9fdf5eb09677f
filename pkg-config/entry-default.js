// The wasm is inlined: works in every bundler, in Node, Deno and Bun, with nothing to configure.
import { createLeadfit } from './leadfit.js';
import { starting } from './starting.js';
import { bytes } from './wasm/page.base64.js';
import * as page from './wasm/page.js';

export { LeadfitError } from './leadfit.js';
export const { version, authoringVersion } = createLeadfit({
  page: starting(page, bytes),
  authoring: async () => (await import('./authoring.js')).start(),
});
