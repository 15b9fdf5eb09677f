// How a visitor came and what they did: `leadfit/visit`. Kept on the device only, only with consent, and
// sent only inside a submission.

import { bounded, joined, keepable, memoryIn, nothing } from './memory.js';
import { attributionOf, isDirect, touchOf } from './touch.js';
import { watch } from './watch.js';

export { attributionOf, touchOf } from './touch.js';

/** @typedef {import('../outbox/submission.js').Touch} Touch */
/** @typedef {import('./memory.js').Memory} Memory */

/**
 * Whether anything may be remembered beyond this page: not at all; yes; or yes, and the visitor said so
 * here. Under Global Privacy Control only the last one counts.
 *
 * @typedef {boolean | 'explicit'} Consent
 */

/**
 * @typedef {object} Options
 * @property {Consent} [consent] default `false`: then all is forgotten with the page
 * @property {number} [days] that anything is remembered. Default 90
 * @property {number} [mostEvents] that are remembered. Default 100
 * @property {'first' | 'last'} [credit] which touch the lead's attribution is. Default `last`, of those that say where from
 * @property {boolean} [adIds] whether click ids of ad platforms are taken up. Default: unless Global Privacy Control is on
 * @property {boolean} [watch] whether downloads, videos, scrolling and marked elements become events. Default `true`
 * @property {string} [name] of what is stored. Default `leadfit-visit`
 */

/** Rest after which somebody comes for a new visit, as Google Analytics counts it. */
const rest = 30 * 60_000;

/** @returns {Storage | undefined} */
function storage() {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}

export class Visit {
  #consent;
  #bounds;
  #credit;
  #name;
  #private;
  #stop;
  /** @type {Memory} what this page knows, where nothing may be stored */
  #here = nothing();

  /** @param {Options} [options] */
  constructor({ consent = false, days = 90, mostEvents = 100, credit = 'last', adIds, watch: watching = true, name = 'leadfit-visit' } = {}) {
    this.#private = /** @type {any} */ (navigator).globalPrivacyControl === true;
    this.#consent = consent;
    this.#bounds = { days, mostEvents };
    this.#credit = credit;
    this.#name = name;
    this.#arrive(touchOf(location.href, document.referrer, new Date().toISOString(), { adIds: adIds ?? !this.#private }));
    this.#stop = watching ? watch(document, (type, properties) => this.record(type, properties)) : () => {};
  }

  /** Whether anything is remembered beyond this page. */
  get remembers() {
    return this.#consent === 'explicit' || (this.#consent === true && !this.#private);
  }

  /** All that is known, as it is stored where it is: for the visitor to read. @returns {Memory} */
  get memory() {
    return structuredClone(this.#load());
  }

  /**
   * What a submission says of the visit: spread it into the draft that you submit.
   *
   * @returns {{ attribution: Record<string, string>, touches: { first?: Touch, last?: Touch }, events: any[], answers: Record<string, any> }}
   */
  get facts() {
    const { first, last, events, answers } = this.memory;
    return {
      attribution: attributionOf(this.#credit === 'first' ? first : last),
      touches: { first, last },
      events,
      answers: Object.fromEntries(Object.entries(answers).map(([id, { value }]) => [id, value])),
    };
  }

  /**
   * Notes that something was done.
   *
   * @param {string} type by the words of the scorecard, for example `demoRequest`
   * @param {Record<string, string | number>} [properties]
   */
  record(type, properties = {}) {
    const kept = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, keepable(value)]));
    this.#update((memory) => memory.events.push({ ...kept, type: String(type).slice(0, 100), at: new Date().toISOString() }));
  }

  /** Notes a page view; the first one is noted by itself, those of an application without reloads are not. @param {string} [path] */
  pageView(path = location.pathname) {
    this.record('pageView', { path });
  }

  /** Remembers answers, so that they need not be asked again. @param {Record<string, any>} answers by question */
  remember(answers) {
    const at = new Date().toISOString();
    this.#update((memory) => {
      for (const [id, value] of Object.entries(answers)) {
        delete memory.answers[id];
        if (value !== null && value !== undefined && value !== '') memory.answers[id] = { value: keepable(value), at };
      }
    });
  }

  /** What the visitor decided. What this page knows is stored then, or what was stored is deleted. @param {Consent} consent */
  setConsent(consent) {
    const known = this.#load();
    const before = this.remembers;
    this.#consent = consent;
    this.#here = known;
    if (!this.remembers) storage()?.removeItem(this.#name);
    // What was remembered earlier comes first.
    else if (!before) this.#save(joined(memoryIn(storage()?.getItem(this.#name) ?? null), known));
  }

  /** Forgets everything, on the device and on this page. */
  clear() {
    this.#here = nothing();
    storage()?.removeItem(this.#name);
  }

  /** Ends the watching of this page. */
  close() {
    this.#stop();
  }

  /** @param {Touch} touch */
  #arrive(touch) {
    this.#update((memory) => {
      const now = Date.now();
      const direct = isDirect(touch);
      // A tagged link starts a visit, whenever it is followed.
      const fresh = now - memory.seen > rest || !direct;
      if (fresh) memory.events.push({ type: 'visit', at: touch.at });
      memory.first ??= touch;
      // Who comes back by a bookmark was brought by what brought them before.
      if (!direct || !memory.last) memory.last = touch;
    });
    this.pageView();
  }

  /** @returns {Memory} */
  #load() {
    const memory = this.remembers ? this.#stored() : this.#here;
    return bounded(memory, Date.now(), this.#bounds);
  }

  /** What is on the device, joined with what this page knows where it could not be stored. */
  #stored() {
    const text = storage()?.getItem(this.#name) ?? null;
    return text === null ? this.#here : memoryIn(text);
  }

  /** Each change reads anew: other tabs of the visitor remember too. @param {(memory: Memory) => unknown} change */
  #update(change) {
    const memory = this.#load();
    change(memory);
    memory.seen = Date.now();
    this.#save(bounded(memory, memory.seen, this.#bounds));
  }

  /** @param {Memory} memory */
  #save(memory) {
    this.#here = memory;
    if (!this.remembers) return;
    try {
      storage()?.setItem(this.#name, JSON.stringify(memory));
    } catch {
      // Full: then it is known on this page only.
    }
  }
}

/**
 * Begins to note how the visitor came and what they do. Without consent nothing is stored, and what is
 * known ends with the page.
 *
 * @param {Options} [options]
 * @returns {Visit}
 */
export const openVisit = (options) => new Visit(options);
