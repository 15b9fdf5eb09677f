// Counting on the page itself, in the very event that moves a slider: a question to the worker and its
// answer would take another frame. The worker hands over leads in bunches as soon as a lever is taken, and
// the same engine counts them here.

import { starting } from '../../../pkg/starting.js';
import * as glue from '../../../pkg/wasm/studio.js';
import wasm from '../../../pkg/leadfit_studio.wasm?url';

const studio = starting(glue, () => new URL(wasm, import.meta.url));

/** What was handed over last. @type {import('../../../pkg/wasm/studio.js').Moving | undefined} */
let moving;
/** How often another was to be held, or none. */
let changes = 0;

/** Takes what the worker hands over. @param {Uint8Array} bytes */
export async function take(bytes) {
  const change = ++changes;
  // Where the engine does not start here, the worker goes on counting.
  const { Moving } = await studio().catch(() => ({ Moving: null }));
  if (change !== changes || !Moving) return;
  moving?.free();
  moving = Moving.of(bytes);
}

/** Forgets it, since leads or more than points are others now. */
export function forget() {
  changes += 1;
  moving?.free();
  moving = undefined;
}

/**
 * Counts all leads by a scorecard of which only points, limits, bands and thresholds moved since; nothing
 * where that was more than the lever that was taken.
 *
 * @param {string} text
 */
export function count(text) {
  const numbers = moving?.follow(text);
  return numbers && numbers.length > 0 ? numbers : undefined;
}
