// The studio build for pages that hand over scorecard text. Only ever imported dynamically, so that
// no page pays for it; inlined, so that every bundler finds it.
import { starting } from './starting.js';
import { bytes } from './wasm/studio.inlined.js';
import * as studio from './wasm/studio.js';

export const start = starting(studio, bytes);
