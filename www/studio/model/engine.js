// The worker, from the page's side: one call at a time for what follows the pointer, the newest wins. What
// the page can count by itself is on it before the worker hears of it.

import { computed, signal } from '@preact/signals';

import * as moving from './moving.js';
import { scriptAddress } from './trusted.js';
import { unpack } from './tally.js';

// A bundler looks for `new Worker(new URL(…))`; what reaches the browser has to be a trusted address.
class Worker extends globalThis.Worker {
  /** @param {string | URL} address @param {WorkerOptions} [options] */
  constructor(address, options) {
    super(scriptAddress(address), options);
  }
}

/** @type {import('@preact/signals').Signal<import('./tally.js').Tally | null>} */
export const tally = signal(null);
/** What takes longer: owners, channels, who moved. `null` until there is a file. */
export const details = signal(null);
/** Whether `details` is of an older scorecard than `tally`. */
export const updating = signal(false);
/** What there is to tell of the file. */
export const file = signal(null);
/** Rows that were read so far, and the share of the file; `null` when nothing is read. */
export const reading = signal(null);
/** Whether a file is read: what asks for no more than this is not drawn anew at every step. */
export const isReading = computed(() => reading.value !== null);

/** Share of learning that is done; `null` when nothing is learned. */
export const learning = signal(null);

/** @type {Worker} */
let worker;
let calls = 0;
/** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
const waiting = new Map();

export function startEngine() {
  worker = new Worker(new URL('../worker.js', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }) => {
    if (data.progress) return void (reading.value = data.progress);
    if (data.learning !== undefined) return void (learning.value &&= { share: data.learning });
    if (data.moving) return void (isNewest(data.id) && moving.take(data.moving));
    // While it has yet to follow what the page counted, its counts are older.
    if (data.numbers && counted === null) tally.value = unpack(data.numbers);
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error) call?.reject(new Error(data.error));
    else call?.resolve(data.result);
  };
  worker.onerror = (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message || 'the worker stopped'));
    waiting.clear();
  };
}

/** The scorecard that the page counted by itself and the worker has yet to follow. @type {string | null} */
let counted = null;
/** The last call after which what was handed over before is of no use. */
let edited = 0;

/** Forgets what the page counts by itself: more than what it knows of is another. */
function forget() {
  counted = null;
  moving.forget();
}

/** Whether no edit came after this call. @param {number} id */
const isNewest = (id) => id >= edited && wanted.get('follow')?.[1] !== false;

/** @param {string} name @param {...any} args @returns {Promise<any>} */
export function call(name, ...args) {
  const id = ++calls;
  if (name === 'read' || (name === 'follow' && !args[1])) {
    edited = id;
    forget();
  }
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, name, args });
  });
}

let busy = false;
/** When something was last wanted. */
let wantedAt = 0;
/** What the worker is to do next, in the order in which it came; of each kind the newest. @type {Map<'take' | 'follow', any[]>} */
const wanted = new Map();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let later;

/** How long nothing may move before everything that takes longer is asked for, in milliseconds: more than what lies between two moves of a pointer. */
const rest = 30;

/** @param {'take' | 'follow'} name @param {any[]} args */
async function want(name, args) {
  // At its end, wherever an older one stood.
  wanted.delete(name);
  wanted.set(name, args);
  wantedAt = performance.now();
  clearTimeout(later);
  if (busy) return;
  busy = true;
  try {
    while (wanted.size > 0) {
      const [[name, args]] = wanted;
      wanted.delete(name);
      const [text] = args;
      await call(name, ...args, text === counted).finally(() => text === counted && (counted = null));
    }
  } finally {
    busy = false;
    // When nothing moved for a moment: it must not stand in the way of the next move.
    if (updating.value) later = setTimeout(refresh, wantedAt + rest - performance.now());
  }
}

/**
 * Judges all leads by this text: at once where the page can count them by itself, else as soon as the worker
 * is free.
 *
 * @param {string} text @param {boolean} quick only points, limits, bands and thresholds moved
 */
export function follow(text, quick) {
  quick &&= wanted.get('follow')?.[1] ?? true;
  updating.value = file.value !== null;
  if (!quick) forget();
  const numbers = quick ? moving.count(text) : undefined;
  counted = numbers ? text : null;
  if (numbers) tally.value = unpack(numbers);
  return want('follow', [text, quick]);
}

/** The look at every lead that is under way. @type {Promise<void> | undefined} */
let looking;

/** Asks for everything that takes longer. */
export const refresh = () => (looking ??= survey().finally(() => (looking = undefined)));

/** Some leads at a time: a move that comes in between is next, and all this is asked for again after it. */
async function survey() {
  if (!file.value) return;
  updating.value = true;
  let told;
  while (!busy && told === undefined) told = await call('details');
  if (busy) return;
  details.value = told;
  updating.value = false;
}

/** @param {'criterion' | 'group' | 'totals'} kind @param {string} [id] */
export const take = (kind, id = '') => void (file.value && want('take', [kind, id]));

/**
 * A first look at a file: what would be told of it, from its first rows.
 *
 * @param {Blob} blob @param {any} choices
 */
export const look = (blob, choices) => call('look', blob, choices);

/**
 * The numbers that a criterion sorts into bins; `null` where it sorts none.
 *
 * @param {string} criterion
 * @returns {Promise<{ numbers: number[], leads: number[], won: number[], most: number } | null>}
 */
export const valuesOf = (criterion) => call('values', criterion);

/** Reads a file of past leads. @param {Blob} blob @param {any} choices */
export async function readFile(blob, choices) {
  const number = ++readings;
  reading.value = { rows: 0, share: 0 };
  const told = await call('read', blob, choices, number).finally(() => {
    if (number === readings) reading.value = null;
  });
  if (told) file.value = told;
  return told;
}

/** Number of the newest reading. */
let readings = 0;

/** Stops reading, be it not begun yet; what was there before stays. */
export const cancel = () => worker.postMessage({ name: 'cancel', number: readings });

/**
 * Learns points for a scorecard from all leads; `null` when it was stopped.
 *
 * @param {string} text @param {object} wishes
 * @returns {Promise<{ proposal: any, scorecard: string } | null>}
 */
export async function learn(text, wishes) {
  learning.value = { share: 0 };
  stopped = false;
  try {
    return await call('learn', text, wishes);
  } catch (error) {
    if (stopped) return null;
    throw error;
  } finally {
    learning.value = null;
  }
}

let stopped = false;

/** Stops learning. */
export function stopLearning() {
  stopped = true;
  worker.postMessage({ name: 'stop' });
}

/** The counts that another scorecard would give. @param {string} text @param {string} open the one that goes on */
export async function preview(text, open) {
  const numbers = await call('preview', text, open);
  return numbers && unpack(numbers);
}
