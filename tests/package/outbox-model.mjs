// A world for the outbox in which everything that can happen happens, in any order: tabs that come, go
// and crash, a browser that is killed, a network that loses requests and answers, storage that fails,
// clocks that jump. The outbox itself is the real one.

import { Outbox } from '../../pkg-config/outbox/outbox.js';

// Time passes in the world of the model only; a million clocks of the machine would slow it down.
const { signal } = new AbortController();
AbortSignal.timeout = () => signal;

/** Small and repeatable. @param {number} seed @returns {(below: number) => number} */
export function dice(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Until every promise that can go on has gone on. */
const rest = () => new Promise((resolve) => setImmediate(resolve));

const day = 24 * 60 * 60_000;

/** @typedef {{ storage: number, faults: number, crashes: number }} Chances out of a hundred */

/** One site in one browser, and its receiver. */
export class Site {
  /** @param {number} seed @param {Partial<Chances>} [chances] */
  constructor(seed, { storage = 5, faults = 40, crashes = 15 } = {}) {
    this.roll = dice(seed);
    this.chances = { storage, faults, crashes };
    this.now = 1_700_000_000_000;
    /** What lies in localStorage, and what of it would survive the end of the browser. */
    this.local = new Map();
    this.flushed = new Map();
    /** What lies in IndexedDB, as text: nobody shares it. */
    this.base = new Map();
    /** Rows of the receiver. */
    this.rows = new Set();
    this.tabs = new Set();
    /** What can happen next, each of one tab. @type {{ tab: any, happen: () => void, gone?: () => void }[]} */
    this.next = [];
    this.locks = new Map();
    /** Ids for which a visitor was told that nothing is lost. */
    this.promised = new Set();
    /** @type {Map<string, Set<string>>} states that were told, by id */
    this.told = new Map();
    /** Ids of which a write to IndexedDB failed. */
    this.failed = new Set();
    /** Ids that were told to be delivered and were not. */
    this.lies = new Set();
    this.submitted = 0;
    this.steps = 0;
    this.mostAtOnce = 0;
    this.serial = 0;
  }

  /** Whether something with this chance happens. @param {number} percent */
  odds(percent) {
    return this.roll(100) < percent;
  }

  /** Something that ends later, if its tab lives. @param {any} tab @param {() => any} work @param {() => void} [gone] */
  later(tab, work, gone) {
    return new Promise((resolve, reject) => {
      this.next.push({
        tab,
        happen: () => {
          try {
            resolve(work());
          } catch (error) {
            reject(error);
          }
        },
        gone,
      });
    });
  }

  open() {
    const tab = { alive: true, timers: [], hear: undefined, blocked: this.odds(this.chances.storage), fetching: new Map() };
    const site = this;
    const local = {
      getItem: (key) => site.local.get(key) ?? null,
      setItem(key, value) {
        if (site.odds(site.chances.storage)) throw new Error('QuotaExceededError');
        site.local.set(key, value);
        site.overhear(tab, key, value);
      },
      removeItem(key) {
        site.local.delete(key);
        site.overhear(tab, key, null);
      },
      key: (index) => [...site.local.keys()][index] ?? null,
      get length() {
        return site.local.size;
      },
    };
    const write = (work) => site.later(tab, work, () => site.odds(50) && work());
    const database = {
      put(record) {
        const fails = site.odds(site.chances.storage);
        const { id } = record;
        const kept = JSON.stringify(record);
        if (fails) site.failed.add(id);
        return write(() => !fails && Boolean(site.base.set(id, kept)));
      },
      get: (id) => site.later(tab, () => site.base.has(id) && JSON.parse(site.base.get(id))),
      all: () => site.later(tab, () => [...site.base.values()].map((kept) => JSON.parse(kept))),
      remove: (id) => write(() => void site.base.delete(id)),
    };
    const none = { put: async () => false, get: async () => undefined, all: async () => [], remove: async () => undefined };
    tab.outbox = new Outbox(
      { receivers: [{ name: 'collector', request: () => ({ url: 'https://site.example/leads', ack: 'echo' }) }], keepRecords: 5 },
      {
        local: tab.blocked ? undefined : local,
        database: tab.blocked ? none : database,
        locks: this.locksOf(tab),
        fetch: (_, options) => site.request(tab, JSON.parse(options.body).id),
        base: 'https://site.example/',
        origin: 'https://site.example',
        now: () => site.now,
        random: () => site.roll(1000) / 1000,
        uuid: () => `id-${(site.serial += 1)}`,
        later(work, ms) {
          const timer = { work, at: site.now + ms };
          tab.timers.push(timer);
          return timer;
        },
        never(timer) {
          tab.timers = tab.timers.filter((one) => one !== timer);
        },
        listen(hear) {
          tab.hear = hear;
          return () => (tab.hear = undefined);
        },
      },
    );
    tab.outbox.subscribe(({ id, state }) => {
      if (!this.told.has(id)) this.told.set(id, new Set());
      this.told.get(id)?.add(state);
      if (state === 'delivered' && !this.rows.has(id)) this.lies.add(id);
    });
    this.tabs.add(tab);
    return tab;
  }

  locksOf(tab) {
    return {
      request: async (name, { ifAvailable }, work) => {
        for (;;) {
          if (!this.locks.has(name)) break;
          if (ifAvailable) return work(null);
          await this.later(tab, () => {});
          if (!tab.alive) return new Promise(() => {});
        }
        this.locks.set(name, tab);
        await work({});
        if (this.locks.get(name) === tab) this.locks.delete(name);
      },
    };
  }

  overhear(from, key, value) {
    for (const tab of this.tabs) if (tab !== from) this.next.push({ tab, happen: () => tab.hear?.storage(key, value) });
  }

  /** A request: it may reach the receiver or not, and its answer may come back or not. */
  request(tab, id) {
    // Only of tabs that live: what a closed one sent is still under way, and nobody knows.
    const atOnce = [...this.tabs].reduce((sum, other) => sum + (other.fetching.get(id) ?? 0), 1);
    this.mostAtOnce = Math.max(this.mostAtOnce, atOnce);
    tab.fetching.set(id, (tab.fetching.get(id) ?? 0) + 1);
    const fate = this.healthy ? 'ok' : this.odds(this.chances.faults) ? ['lost', 'unanswered', '503', '429', 'portal', '413'][this.roll(6)] : 'ok';
    const arrive = () => {
      if (fate === 'ok' || fate === 'unanswered') this.rows.add(id);
    };
    return this.later(
      tab,
      () => {
        tab.fetching.set(id, tab.fetching.get(id) - 1);
        arrive();
        if (fate === 'lost' || fate === 'unanswered') throw new TypeError('network');
        const [status, body, headers] = { ok: [200, JSON.stringify({ id, status: 'stored' })], 503: [503, ''], 429: [429, '', { 'retry-after': '30' }], portal: [200, '<html>'], 413: [413, ''] }[fate];
        return { status, headers: { get: (name) => headers?.[name] ?? null }, type: 'basic', text: async () => body };
      },
      // Sent to live on: it may arrive all the same.
      () => this.odds(50) && arrive(),
    );
  }

  /** The end of a tab: nothing of it goes on, and what it had begun may have happened or not. */
  end(tab) {
    tab.alive = false;
    this.tabs.delete(tab);
    const ended = this.next.filter((one) => one.tab === tab);
    this.next = this.next.filter((one) => one.tab !== tab);
    for (const { gone } of ended) gone?.();
    for (const [name, holder] of this.locks) if (holder === tab) this.locks.delete(name);
  }

  /** The end of the browser: localStorage is as it was when it was last written out. */
  kill() {
    for (const tab of [...this.tabs]) this.end(tab);
    this.local = new Map(this.flushed);
    // Where IndexedDB failed, nothing that a page can do survives this.
    for (const id of this.promised) {
      const lost = !this.rows.has(id) && !this.base.has(id) && ![...this.local.keys()].some((key) => key.endsWith(`/${id}`));
      if (lost && this.failed.has(id)) this.promised.delete(id);
    }
  }

  submit(tab) {
    this.submitted += 1;
    const email = `${this.roll(3) === 0 ? 'same' : this.submitted}@brightmoor.example`;
    void tab.outbox.submit({ pairs: [['email', email]], form: `form ${this.roll(2)}` }).then(({ id, state }) => {
      if (tab.alive && (state === 'kept' || state === 'delivered')) this.promised.add(id);
    });
  }

  /** One thing that can happen. */
  async step() {
    this.steps += 1;
    const tabs = [...this.tabs];
    const tab = tabs[this.roll(tabs.length || 1)];
    const dieOf = this.roll(100);
    if (!tab) this.open();
    else if (dieOf < 12) this.submit(tab);
    else if (dieOf < 15 && tabs.length < 3) this.open();
    else if (dieOf < 15 + this.chances.crashes / 3) this.end(tab);
    else if (dieOf < 17 + this.chances.crashes / 3 && this.odds(this.chances.crashes)) this.kill();
    else if (dieOf < 26) this.flushed = new Map(this.local);
    else if (dieOf < 28) this.now += this.odds(50) ? this.roll(2 * day) - day : this.roll(60_000);
    else if (dieOf < 40) this.tick(tab);
    else if (dieOf < 42) tab.hear?.back(true);
    else if (this.next.length > 0) this.next.splice(this.roll(this.next.length), 1)[0].happen();
    await rest();
  }

  /** The next timer of a tab. */
  tick(tab) {
    const [first] = tab.timers.sort((a, b) => a.at - b.at);
    if (!first) return;
    tab.timers.shift();
    this.now = Math.max(this.now, first.at);
    first.work();
  }

  /** All goes well from now on, until nothing is left to do. */
  async settle() {
    this.healthy = true;
    this.chances = { storage: 0, faults: 0, crashes: 0 };
    this.open();
    for (let count = 0; count < 3000; count++) {
      await rest();
      if (this.next.length > 0) for (const { happen } of this.next.splice(0)) happen();
      else {
        const waiting = [...this.tabs].filter(({ timers }) => timers.length > 0);
        if (waiting.length === 0) return;
        this.tick(waiting[0]);
      }
    }
    throw new Error('it never comes to rest');
  }
}
