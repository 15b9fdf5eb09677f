// No lead is lost: what somebody submitted is written to the device before anything is sent, and is
// deleted only when a receiver has acknowledged it. Needs no WebAssembly.
//
// INVARIANT: every record that was submitted is pending, parked, or over, and each change of that is told.
// INVARIANT: after the first, a record is written only under its lock, and read anew there before.

import { dueIn, grow, isOver, note, recordOf } from './record.js';
import { send } from './send.js';
import { parsed, Store } from './store.js';
import { ownLocks, worldOf } from './world.js';

/** @typedef {import('./record.js').Delivery} Delivery */
/** @typedef {import('./record.js').Record} Record */
/** @typedef {import('./record.js').Request} Request */
/** @typedef {import('./submission.js').Draft} Draft */
/** @typedef {import('./submission.js').Submission} Submission */

/**
 * What adapters are told: the submission, and what the page knows of the lead.
 *
 * @typedef {{ submission: Submission, lead?: import('../types.js').Lead, verdict?: import('../types.js').Verdict, [more: string]: any }} Told
 */

/**
 * Somewhere that submissions go.
 *
 * @typedef {object} Receiver
 * @property {string} name by which a later page knows it again
 * @property {(told: Told) => Request | undefined} request what it gets; nothing, if this submission is not for it
 * @property {string} [url] its present address: where it is given, records of an older page go there too
 */

/**
 * @typedef {object} Options
 * @property {readonly Receiver[]} receivers
 * @property {string} [name] of what is stored; pages with the same one share their records. Default `leadfit-outbox`
 * @property {number} [keepDays] after which a record is given up. Default 7
 * @property {number} [keepRecords] how many are kept on the device; more are sent all the same. Default 50
 * @property {number} [timeoutSeconds] until a try without an answer ends. Default 15
 */

/**
 * A change of one delivery.
 *
 * @typedef {object} Change
 * @property {string} id of the submission
 * @property {string} to name of the receiver
 * @property {import('./record.js').State} state
 * @property {boolean} kept whether it would survive the end of this page
 * @property {number} tries
 * @property {import('./record.js').Why} [why]
 * @property {number} [status] HTTP status of the last answer
 * @property {number} waitMs until the next try
 */

/**
 * What can be said of a submission: `kept`, it lies on the device and will be delivered; `unsent`, it
 * lies in this page only and did not get through; `parked`, a receiver refused it for good.
 *
 * @typedef {{ id: string, state: 'delivered' | 'unconfirmed' | 'kept' | 'parked' | 'unsent' }} Submitted
 */

/** A record as a page shows it. @typedef {{ id: string, at: string, form?: string, submission: Submission, deliveries: Change[] }} Entry */

const day = 24 * 60 * 60_000;

/** The longest rest while something is pending, and the shortest while another page is at it. */
const longestRest = 60_000;
const shortestRest = 1000;

/**
 * How many tries of a page may be given up before none may go on beyond the page any more. WebKit keeps
 * the connection of one that may, given up or not, and a site has six.
 */
const mostGivenUp = 2;

/** Largest submission that is kept, in UTF-16 units of its JSON. */
const mostText = 512 * 1024;

/** @param {unknown} fault */
const report = (fault) => void globalThis.reportError?.(fault);

export class Outbox {
  #receivers;
  #keepMs;
  #keepRecords;
  #timeoutMs;
  #name;
  #world;
  #store;
  /** @type {Map<string, Record>} what is known to be stored, as it was last seen */
  #known = new Map();
  /** @type {Map<string, string>} what was told last, by record and receiver */
  #told = new Map();
  /** @type {Map<string, Submitted['state']>} what became of records that are gone */
  #ended = new Map();
  /** @type {Map<string, { answers: string, id: string, result?: Promise<Submitted> }>} the last submission of each form in this page view */
  #last = new Map();
  /** @type {Set<(change: Change) => void>} */
  #listeners = new Set();
  #own = ownLocks();
  /** @type {unknown} */
  #timer;
  #draining = false;
  #first = true;
  #closed = false;
  #givenUp = 0;
  #stop;

  /**
   * @param {Options} options
   * @param {import('./world.js').World} [world]
   */
  constructor({ receivers, name = 'leadfit-outbox', keepDays = 7, keepRecords = 50, timeoutSeconds = 15 }, world = worldOf(name)) {
    if (!(receivers?.length > 0)) throw new TypeError('leadfit: found no receiver, expected at least one; give `receivers: [collector("/leads")]`');
    this.#receivers = receivers;
    this.#keepMs = keepDays * day;
    this.#keepRecords = keepRecords;
    this.#timeoutMs = timeoutSeconds * 1000;
    this.#name = name;
    this.#world = world;
    this.#store = new Store(name, world.local, world.database);
    this.#stop = world.listen({
      storage: (key, text) => this.#overheard(key, text),
      back: (online) => void this.#drain(online),
    });
    // After the caller had the time to subscribe.
    void Promise.resolve().then(() => this.#drain());
  }

  /**
   * Keeps a submission on the device, and sends it. Resolves as soon as one of both is certain, within
   * milliseconds as a rule; never rejects. The same answers submitted again in one page view are the
   * same submission; edited ones are a new one that names the old as `replaces`.
   *
   * @param {Draft} draft
   * @param {Omit<Told, 'submission'>} [known] more for adapters: the lead, the verdict
   * @returns {Promise<Submitted>}
   */
  submit(draft, known = {}) {
    const form = draft.form ?? '';
    const answers = JSON.stringify(draft.pairs);
    const last = this.#last.get(form);
    if (last?.answers === answers && last.result) return last.result;
    // A page that was loaded anew knows the same answers by what lies on the device.
    const same = last?.answers === answers ? last.id : this.#store.near().find(({ submission }) => (submission.form ?? '') === form && JSON.stringify(submission.pairs) === answers)?.id;
    const id = same ?? this.#world.uuid();
    const result = same ? this.#again(same) : this.#begin(snapshot(id, last?.id, draft, this.#world.now()), known);
    this.#last.set(form, { answers, id, result });
    // While it is under way a second press is the same; later it is a wish to try again.
    void result.then(() => this.#last.set(form, { answers, id }));
    return result;
  }

  /**
   * Hears of every change, also of those that other pages of the site made.
   *
   * @param {(change: Change) => void} listener
   * @returns {() => void} ends it
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** What lies in the outbox, oldest first. @returns {Promise<Entry[]>} */
  async list() {
    return (await this.#store.all()).map((record) => ({ id: record.id, at: record.submission.at, form: record.submission.form, submission: record.submission, deliveries: record.deliveries.map((delivery) => this.#changeOf(record, delivery)) }));
  }

  /** Tries again now what waits or was parked. @param {string} [id] all where absent */
  async retry(id) {
    for (const record of await this.#store.all()) if (id === undefined || id === record.id) await this.#visit(record.id, 'all', true);
    this.#schedule();
  }

  /** Deletes a submission without delivering it. @param {string} [id] all where absent */
  async discard(id) {
    for (const { id: each } of await this.#store.all()) {
      if (id !== undefined && id !== each) continue;
      // Whoever is sending it right now ends first.
      await this.#alone(each, async () => {
        const record = await this.#store.read(each);
        if (record) await this.#end(record, 'discarded');
      }, true);
    }
  }

  /** Ends all work of this page; what is stored stays. */
  close() {
    this.#closed = true;
    this.#stop();
    this.#world.never(this.#timer);
  }

  /**
   * @param {Submission} submission
   * @param {Omit<Told, 'submission'>} known
   * @returns {Promise<Submitted>}
   */
  #begin(submission, known) {
    const now = this.#world.now();
    const order = Math.max(0, ...[...this.#known.values(), ...this.#store.near()].map((record) => record.order)) + 1;
    const record = recordOf(submission, this.#deliveriesOf({ ...known, submission }, now), order, now);
    /** @type {(value?: unknown) => void} */
    let end = () => {};
    const over = new Promise((resolve) => (end = resolve));
    // The lock is asked for before anybody else can know of the record. All of this begins in this
    // very moment: the page may be gone in the next.
    void this.#alone(record.id, () => over);
    const safe = this.#save(record);
    const tried = this.#try(record, 'all').then(() => this.#settle(record));
    void tried.then(end).then(() => this.#schedule());
    // localStorage alone does not survive a browser that is killed in the next seconds.
    const stored = safe.then((yes) => (yes ? undefined : tried));
    const ended = tried.then(() => (isOver(record) ? undefined : safe));
    return Promise.race([stored, ended]).then(() => ({ id: record.id, state: this.#stateOf(record) }));
  }

  /** @param {Told} told @param {number} now @returns {Delivery[]} */
  #deliveriesOf(told, now) {
    /** @type {Delivery[]} */
    const deliveries = [];
    for (const receiver of this.#receivers) {
      const delivery = { to: receiver.name, tries: 0, from: now, wait: 0 };
      try {
        const request = receiver.request(told);
        // Its whole address: another page of the site may send it.
        if (request) deliveries.push({ ...delivery, request: { ...request, url: new URL(request.url, this.#world.base).href }, state: 'pending' });
      } catch (fault) {
        // One adapter's fault must not keep the lead from the others.
        report(fault);
        deliveries.push({ ...delivery, state: 'parked', why: 'adapterFailed' });
      }
    }
    // That nobody wants it is nothing to be silent about.
    return deliveries.length > 0 ? deliveries : [{ to: this.#receivers[0].name, tries: 0, from: now, wait: 0, state: 'parked', why: 'adapterFailed' }];
  }

  /**
   * Submitted once more with the same answers.
   *
   * @param {string} id
   * @returns {Promise<Submitted>}
   */
  async #again(id) {
    const trying = this.retry(id);
    // What is not on the disk is not safe yet, however it came to lie here.
    if (!(await this.#store.isOnDisk(id))) await trying;
    const record = await this.#store.read(id);
    return { id, state: record ? this.#stateOf(record) : (this.#ended.get(id) ?? 'delivered') };
  }

  /** Sends what is due, once at a time. @param {boolean} [online] whether the network has just come back */
  async #drain(online = false) {
    if (this.#draining || this.#closed) return;
    this.#draining = true;
    const first = this.#first;
    this.#first = false;
    let held = false;
    const records = await this.#store.all();
    this.#known = new Map(records.map((record) => [record.id, record]));
    for (const record of records) {
      this.#tell(record);
      if (first || online || isOver(record) || this.#dueIn(record) === 0) held = !(await this.#visit(record.id, online ? 'unasked' : 'due')) || held;
    }
    this.#draining = false;
    this.#schedule(held ? shortestRest : 0);
  }

  /** Sets the timer for what is due next. @param {number} [least] where another page is at something, which is looked at again */
  #schedule(least = 0) {
    this.#world.never(this.#timer);
    const due = Math.min(least ? longestRest : Infinity, ...[...this.#known.values()].map((record) => this.#dueIn(record)));
    if (due < Infinity && !this.#draining && !this.#closed) this.#timer = this.#world.later(() => void this.#drain(), Math.min(longestRest, Math.max(due, least)));
  }

  /** @param {Record} record */
  #dueIn({ deliveries }) {
    const now = this.#world.now();
    return Math.min(...deliveries.filter(({ state }) => state === 'pending').map((delivery) => dueIn(delivery, now)));
  }

  /**
   * Tries what is wanted of one record, alone.
   *
   * @param {string} id
   * @param {'due' | 'unasked' | 'all'} which those whose time has come; of the others, those whose receiver did
   *   not ask to wait; or all, parked ones too
   * @param {boolean} [wait] until nobody else is at it
   * @returns {Promise<boolean>} whether nobody else was at it
   */
  #visit(id, which, wait) {
    return this.#alone(id, async () => {
      const record = await this.#store.read(id);
      if (!record) return this.#gone(id);
      const old = grow(record, this.#world.now(), this.#keepMs);
      await this.#try(record, which);
      if (old) return this.#end(record, 'dropped');
      await this.#settle(record);
    }, wait);
  }

  /**
   * Every fetch has begun when it returns.
   *
   * @param {Record} record
   * @param {'due' | 'unasked' | 'all'} which
   */
  async #try(record, which) {
    const { now, random } = this.#world;
    const wanted = record.deliveries.filter((delivery) => delivery.request && (delivery.state === 'pending' ? which === 'all' || (which === 'unasked' && !delivery.asked) || dueIn(delivery, now()) === 0 : delivery.state === 'parked' && which === 'all'));
    await Promise.all(
      wanted.map(async (delivery) => {
        const request = /** @type {Request} */ (delivery.request);
        const url = this.#receivers.find(({ name }) => name === delivery.to)?.url ?? request.url;
        const outcome = await send({ ...request, url }, record.submission, delivery.tries, { ...this.#world, timeoutMs: this.#timeoutMs, mayOutlive: this.#givenUp < mostGivenUp });
        if (outcome.givenUp) this.#givenUp += 1;
        note(delivery, outcome, now(), random());
        // At once: what one receiver has must not go there again because another is slow.
        if (wanted.length > 1) void this.#save(record);
        this.#tell(record);
      }),
    );
  }

  /** @param {Record} record */
  async #settle(record) {
    // What is over is written too: other pages learn of it by what is written last.
    const saved = this.#save(record);
    this.#tell(record);
    if (!isOver(record)) return void (await saved);
    this.#gone(record.id, this.#stateOf(record));
    await this.#store.remove(record.id);
  }

  /** @param {Record} record @param {'dropped' | 'discarded'} state */
  async #end(record, state) {
    for (const delivery of record.deliveries) {
      if (delivery.state === 'pending' || delivery.state === 'parked') Object.assign(delivery, { state, why: state === 'dropped' ? 'tooOld' : undefined });
    }
    await this.#settle(record);
  }

  /** @param {string} id @param {Submitted['state']} [state] */
  #gone(id, state) {
    this.#known.delete(id);
    if (state) this.#ended.set(id, state);
  }

  /** Writes a record where there is room for it. @param {Record} record @returns {Promise<boolean>} whether it is on the disk */
  #save(record) {
    const others = this.#known.size - (this.#known.has(record.id) ? 1 : 0);
    this.#known.set(record.id, record);
    if (others < this.#keepRecords && JSON.stringify(record.submission).length <= mostText) return this.#store.write(record);
    this.#store.hold(record);
    return Promise.resolve(false);
  }

  /** Another page wrote or deleted a record. @param {string | null} key @param {string | null} text */
  #overheard(key, text) {
    const id = this.#store.idAt(key);
    if (id === undefined) return;
    const record = parsed(text);
    if (record) {
      this.#tell(record);
      if (isOver(record)) this.#gone(id, this.#stateOf(record));
      else this.#known.set(id, record);
      this.#schedule(shortestRest);
    } else if (text === null) this.#known.delete(id);
  }

  /** Tells what has changed since it was told last. @param {Record} record */
  #tell(record) {
    if (!isOver(record)) this.#known.set(record.id, record);
    for (const delivery of record.deliveries) {
      const change = this.#changeOf(record, delivery);
      const place = `${record.id} ${delivery.to}`;
      const told = `${change.state} ${change.tries} ${change.kept}`;
      if (this.#told.get(place) === told) continue;
      this.#told.set(place, told);
      for (const listener of this.#listeners) {
        try {
          listener(change);
        } catch (fault) {
          report(fault);
        }
      }
    }
  }

  /** @param {Record} record @param {Delivery} delivery @returns {Change} */
  #changeOf({ id }, delivery) {
    const { to, state, tries, why, status } = delivery;
    return { id, to, state, kept: !this.#store.isInMemory(id), tries, why, status, waitMs: dueIn(delivery, this.#world.now()) };
  }

  /** @param {Record} record @returns {Submitted['state']} */
  #stateOf({ id, deliveries }) {
    const has = (/** @type {string} */ state) => deliveries.some((delivery) => delivery.state === state);
    if (has('parked')) return 'parked';
    if (has('pending')) return this.#store.isInMemory(id) ? 'unsent' : 'kept';
    return has('unconfirmed') ? 'unconfirmed' : 'delivered';
  }

  /**
   * Work on a record that nobody else is at: no other page, no other call of this one.
   *
   * @param {string} id
   * @param {() => Promise<unknown>} work never rejects
   * @param {boolean} [wait] until it is free
   * @returns {Promise<boolean>} whether it was done
   */
  async #alone(id, work, wait = false) {
    let done = false;
    const place = `${this.#name}/${id}`;
    const once = async (/** @type {unknown} */ lock) => {
      if (!lock) return;
      done = true;
      await work();
    };
    try {
      await this.#world.locks.request(place, { ifAvailable: !wait }, once);
    } catch {
      // Locks may be refused, such as in a sandboxed frame.
      if (!done) await this.#own.request(place, { ifAvailable: !wait }, once);
    }
    return done;
  }
}

/**
 * A copy that nobody can change, of what JSON can hold.
 *
 * @param {string} id
 * @param {string | undefined} replaces
 * @param {Draft} draft
 * @param {number} now
 * @returns {Submission}
 */
function snapshot(id, replaces, draft, now) {
  const head = { leadfit: 1, id, at: new Date(now).toISOString(), replaces };
  const copy = (/** @type {object} */ value) => JSON.parse(JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? String(each) : each)));
  try {
    return copy({ ...head, ...draft });
  } catch (fault) {
    // What a page adds must not cost the lead: what was typed goes out alone.
    report(fault);
    return copy({ ...head, form: draft.form, pairs: draft.pairs });
  }
}
