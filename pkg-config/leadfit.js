// STAND-IN for the facade: it has the seam and nothing else, and is replaced as a whole.
//
// The seam: an entry says how the wasm arrives, the facade does everything else.

/** @typedef {typeof import('./wasm/page.js')} Page what the page build exports */
/** @typedef {typeof import('./wasm/studio.js')} Studio what the studio build exports, more than the page's */

/** Every failure of this package. */
export class LeadfitError extends Error {
  name = 'LeadfitError';
}

/**
 * @param {object} arrival
 * @param {() => Promise<Page>} arrival.page starts the page build; memoised, so call it wherever it is needed
 * @param {() => Promise<Studio>} [arrival.authoring] the same for the studio build; absent where it cannot be had
 */
export function createLeadfit({ page, authoring }) {
  return {
    /** The version of the engine. */
    async version() {
      return (await page()).version();
    },
    /** The version of the engine that reads scorecard text. */
    async authoringVersion() {
      if (!authoring) throw new LeadfitError('this entry runs compiled scorecards only: compile it with `npx leadfit compile`');
      return (await authoring()).version();
    },
  };
}
