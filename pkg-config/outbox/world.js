// What the outbox needs of a browser, in one place, so that tests can put another world in its stead.
// Taken at once: scripts that run later cannot put their own in place.

import { database, noDatabase } from './database.js';

/** As Web Locks have it. @typedef {{ request(name: string, options: { ifAvailable: boolean }, work: (lock: unknown) => Promise<unknown>): Promise<unknown> }} Locks */

/**
 * @typedef {object} World
 * @property {import('./store.js').Local | undefined} local
 * @property {import('./store.js').Database} database
 * @property {Locks} locks
 * @property {typeof globalThis.fetch} fetch
 * @property {string} base address of the page
 * @property {string} origin `null` in a sandboxed frame, whatever its address
 * @property {() => number} now
 * @property {() => number} random
 * @property {() => string} uuid
 * @property {(work: () => void, ms: number) => unknown} later
 * @property {(timer: any) => void} never
 * @property {(hear: { storage(key: string | null, text: string | null): void, back(online: boolean): void }) => () => void} listen
 */

const page = globalThis;
const { crypto, setTimeout, clearTimeout } = page;
const fetch = page.fetch?.bind(page);
const { random } = Math;
const { now } = Date;

/** What a page may not have is undefined, whichever way it says so. @template T @param {() => T} get @returns {T | undefined} */
function had(get) {
  try {
    return get();
  } catch {
    return undefined;
  }
}

/** Locks among the calls of one page, where the browser has none for all pages. @returns {Locks} */
export function ownLocks() {
  /** @type {Map<string, Promise<unknown>>} */
  const held = new Map();
  return {
    async request(name, { ifAvailable }, work) {
      if (ifAvailable && held.has(name)) return work(null);
      const mine = Promise.resolve(held.get(name)).then(() => work(name));
      held.set(name, mine);
      await mine;
      if (held.get(name) === mine) held.delete(name);
    },
  };
}

/** Random, version 4. Insecure pages have no `randomUUID`. */
function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  return [...bytes].map((byte, index) => ([4, 6, 8, 10].includes(index) ? '-' : '') + byte.toString(16).padStart(2, '0')).join('');
}

/** @param {string} name @returns {World} */
export function worldOf(name) {
  const factory = had(() => page.indexedDB);
  return {
    local: had(() => page.localStorage),
    database: factory ? database(factory, name) : noDatabase,
    locks: had(() => /** @type {any} */ (page.navigator.locks)) ?? ownLocks(),
    fetch,
    base: page.document?.baseURI ?? page.location?.href,
    origin: page.origin,
    now,
    random,
    uuid,
    later: (work, ms) => setTimeout(work, ms),
    never: (timer) => clearTimeout(timer),
    listen(hear) {
      const stop = new AbortController();
      const { signal } = stop;
      page.addEventListener?.('storage', ({ key, newValue }) => hear.storage(key, newValue), { signal });
      page.addEventListener?.('online', () => hear.back(true), { signal });
      page.addEventListener?.('pageshow', ({ persisted }) => persisted && hear.back(false), { signal });
      page.document?.addEventListener('visibilitychange', () => page.document.visibilityState === 'visible' && hear.back(false), { signal });
      return () => stop.abort();
    },
  };
}
