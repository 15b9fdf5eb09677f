#!/usr/bin/env node
// STAND-IN for the command line: it proves that the bin entry works.
import { version } from './entry-studio-inlined.js';

console.log(await version());
