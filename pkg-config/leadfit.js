// The JavaScript API. An entry says how the wasm arrives; everything else is here.

import { checkNow, faultOf, guarded, kindOf, leadWriter, opened } from './crossing.js';
import { entriesOf, factsOf, leadOf } from './form.js';
import { failure } from './problems.js';
import { canonical, planIn, titleIn, verdictReader } from './verdict.js';
import { departments } from './words.js';

/** @typedef {typeof import('./wasm/page.js') & { memory: WebAssembly.Memory }} Page what the page build exports, started */
/** @typedef {typeof import('./wasm/studio.js') & { memory: WebAssembly.Memory }} Studio what the studio build exports, more than the page's */
/** @typedef {import('./types.js').Lead} Lead */
/** @typedef {import('./types.js').Question} Question */
/** @typedef {import('./types.js').QuestionPlan} QuestionPlan */
/** @typedef {import('./types.js').Title} Title */
/** @typedef {import('./types.js').Verdict} Verdict */
/** @typedef {Date | string | number} Moment a date, RFC 3339 text, or milliseconds since 1970 */
/** @typedef {HTMLFormElement | FormData | Iterable<readonly [string, unknown]> | readonly (readonly [string, unknown])[]} FormSource a form, or its names and values */

/**
 * How the wasm arrives.
 *
 * @typedef {object} Arrival
 * @property {() => Promise<Page>} page starts the page build; memoised, so it is called wherever it is needed
 * @property {() => Promise<Studio>} [authoring] the same for the build that reads scorecard text; absent where it cannot be had
 * @property {string} [first] the call to make first
 */

/** Longest value of a form field that is read, and most fields. */
const MAX_VALUE = 65_536;
const MAX_PAIRS = 2000;

/** More questions than any scorecard has. */
const MAX_QUESTIONS = 1000;

const { isArray } = Array;
const { hasOwn } = Object;

const made = Symbol('made by load or parse');

/** A scorecard that is ready to run. Nothing about it can change. */
export class Scorecard {
  /** @type {Engine | undefined} the engine of the entry that this class comes from */
  static engine;

  /** Its id. @readonly @type {string} */
  id;
  /** Its revision. @readonly @type {number} */
  revision;
  /** SHA-256 of its content. @readonly @type {string} */
  hash;
  /** Whether both teams signed this content. @readonly @type {boolean} */
  signed;
  /** Language of texts that are given without one. @readonly @type {string} */
  defaultLanguage;
  /** What may be asked of a visitor, in order. @readonly @type {readonly Question[]} */
  questions;

  /** @type {import('./wasm/page.js').Program} */
  #program;
  /** @type {import('./types.js').Texts} */
  #texts;
  /** @type {(lead: unknown) => number} */
  #write;
  /** @type {Page} */
  #page;
  /** @type {import('./wasm/page.js').Answer} */
  #answer;
  /** @type {(now: number) => Verdict} */
  #verdictAt;

  /**
   * Not to be called: `Scorecard.load` and `Scorecard.parse` make scorecards.
   *
   * @protected
   * @param {Page} page
   * @param {Uint8Array} bytes
   * @param {symbol} by
   */
  constructor(page, bytes, by) {
    if (by !== made) throw failure('notReady', { found: '`new Scorecard`', expected: 'a scorecard that is loaded', help: 'call `await Scorecard.load(…)`' });
    const { program, texts } = opened(page, bytes);
    this.#page = page;
    this.#program = program;
    this.#texts = freeze(texts);
    this.#answer = new page.Answer();
    this.#write = leadWriter(page, this.#answer, texts);
    this.#verdictAt = verdictReader(page, this.#answer, texts, page.engine());
    this.id = texts.card.id;
    this.revision = texts.card.revision;
    this.hash = texts.card.hash;
    this.signed = texts.card.signed;
    this.defaultLanguage = texts.card.defaultLanguage;
    this.questions = texts.questions;
    Object.freeze(this);
  }

  /**
   * Loads a scorecard: from its address, from the bytes of its file, or from parsed JSON.
   *
   * A compiled scorecard (`npx leadfit compile`) is small and runs at once. Text needs the
   * authoring build too, which the default entry fetches on demand.
   *
   * @param {URL | string | Uint8Array | ArrayBuffer | import('./types.js').ScorecardFile} source
   * @returns {Promise<Scorecard>}
   */
  static async load(source) {
    if (typeof source === 'string' || source instanceof URL) return this.load(await fetched(source));
    const bytes = bytesOf(source);
    if (bytes === undefined) return this.parse(text(source));
    // A compiled scorecard begins with a zero byte, text never does.
    if (bytes[0] !== 0 && looksLikeJson(bytes)) return this.parse(new TextDecoder().decode(bytes));
    return new this(await engineOf(this).page(), bytes, made);
  }

  /**
   * Reads, checks and compiles the text of a scorecard file. All that is wrong is thrown together;
   * warnings stop nothing.
   *
   * @param {string} text
   * @param {{ audience?: 'page' | 'server' }} [options] `page` (default) leaves out what visitors
   *   must not read, so that the verdict is the same as with the compiled file of a page
   * @returns {Promise<Scorecard>}
   */
  static async parse(text, { audience = 'page' } = {}) {
    const engine = engineOf(this);
    const { compile } = await engine.authoring();
    const bytes = guarded(() => compile(text, audience, false, false));
    return new this(await engine.page(), bytes, made);
  }

  /**
   * The verdict on a lead. Whatever is odd about a lead gives a warning in the verdict; only what
   * is no object at all is an error.
   *
   * @param {Lead} lead
   * @param {{ now?: Moment }} [options] the moment at which the lead is seen; by default the present.
   *   Give it wherever the same verdict must come out again: in tests, and on a server
   * @returns {Verdict} deeply frozen
   */
  evaluate(lead, { now = Date.now() } = {}) {
    return guarded(() => {
      const millis = this.#millis(now);
      checkNow(millis);
      if (!this.#program.evaluate(this.#write(lead), millis, this.#answer)) throw failure('internal');
      return this.#verdictAt(millis);
    });
  }

  /**
   * The verdict as canonical JSON: the same bytes on every platform.
   *
   * @param {Lead} lead
   * @param {{ now?: Moment }} [options]
   * @returns {string}
   */
  verdictJson(lead, options) {
    return canonical(this.evaluate(lead, options));
  }

  /**
   * What to ask next: the questions on which it still hangs where the lead goes, the one first that
   * narrows it most, and those that must be answered. Nothing that is known is asked again.
   *
   * @param {Lead} lead with the `answers` given so far
   * @param {object} [options]
   * @param {Moment} [options.now] as for `evaluate`; take one moment for the whole visit and its verdict
   * @param {string} [options.form] id of the form; by default `lead.form`. Questions of other forms are not asked
   * @param {readonly string[]} [options.skipped] ids of questions that the visitor passed over
   * @param {number} [options.budget] most questions in all, those answered or passed over among them; required
   *   ones are asked all the same
   * @param {number} [options.perStep] most questions at a time, by default 1
   * @returns {QuestionPlan} deeply frozen; nothing is left to ask where `ask` is empty
   */
  nextQuestions(lead, { now = Date.now(), form = formOf(lead), skipped = [], budget = Infinity, perStep = 1 } = {}) {
    return guarded(() => {
      const millis = this.#millis(now);
      checkNow(millis);
      const [low, high] = askedBy(this.questions, form, skipped);
      if (!this.#program.nextQuestions(this.#write(lead), millis, low, high, most(budget - skipped.length), most(perStep), this.#answer)) throw failure('internal');
      return planIn(this.#page, this.#answer, this.#texts);
    });
  }

  /**
   * The lead that a form makes, by the names that the scorecard knows; the rest is kept under
   * `other`. Files and passwords are left out.
   *
   * @param {FormSource} source
   * @returns {Lead}
   */
  leadFrom(source) {
    return guarded(() => leadOf(this.#texts.names, pairsOf(this.#page, source)));
  }

  /** @param {Moment} now */
  #millis(now) {
    if (typeof now === 'string') return this.#page.readTime(now);
    if (typeof now === 'number') return now;
    return now instanceof Date ? now.getTime() : NaN;
  }
}

/** The builds of one entry, once each. */
class Engine {
  #arrival;
  /** @type {Page | undefined} */
  #started;
  #hinted = false;

  /** @param {Arrival} arrival */
  constructor(arrival) {
    this.#arrival = arrival;
  }

  /** The page build, started. */
  async page() {
    return (this.#started ??= await started(this.#arrival.page));
  }

  /** The build that reads scorecard text, started. */
  async authoring() {
    const { page, authoring } = this.#arrival;
    if (authoring === undefined) throw failure('compiledScorecardNeeded');
    if (authoring !== page && !this.#hinted) {
      this.#hinted = true;
      console.info('leadfit: reading scorecard text takes a larger download; `npx leadfit compile scorecard.json` makes a small file that loads at once.');
    }
    return started(authoring);
  }

  /** The page build, for calls that cannot wait. */
  now() {
    if (this.#started === undefined) throw failure('notReady', { help: `call \`${this.#arrival.first ?? 'await start()'}\` first` });
    return this.#started;
  }
}

// The types are spelled as imports: the declarations of the entries repeat them word for word.
/**
 * The API of one entry.
 *
 * @typedef {object} Leadfit
 * @property {typeof import('./leadfit.js').Scorecard} Scorecard scorecards that run on this entry's engine
 * @property {() => Promise<void>} start starts the engine, once; `Scorecard.load` does so by itself
 * @property {() => string} engine version of the engine, as receipts name it
 * @property {(text: string, options?: { targetDepartments?: readonly import('./types.js').Department[], employees?: number }) => import('./types.js').Title & { buyingRole: import('./types.js').BuyingRole }} readTitle what a job title says: seniority
 *   level, departments, status; deeply frozen
 * @property {() => Pick<import('./types.js').Lead, 'language' | 'attribution'>} pageFacts what this page tells
 *   of the visit: language, referrer, landing page and campaign tags, ready to be spread into a lead. Stores nothing
 * @property {(target: EventTarget, name: string, detail?: unknown, options?: { cancelable?: boolean }) => boolean} dispatch
 *   dispatches an event that bubbles, with a detail; false where a listener prevented what comes next
 */

/**
 * @param {Arrival} arrival
 * @returns {Leadfit}
 */
export function createLeadfit(arrival) {
  const engine = new Engine(arrival);
  /** @type {import('./wasm/page.js').Answer | undefined} where titles read alone come back */
  let answer;
  return {
    Scorecard: class extends Scorecard {
      static engine = engine;
    },
    async start() {
      await engine.page();
    },
    engine: () => engine.now().engine(),
    readTitle(text, { targetDepartments = [], employees = NaN } = {}) {
      const page = engine.now();
      return guarded(() => {
        answer ??= new page.Answer();
        page.readTitle(String(text).slice(0, MAX_VALUE), maskOf(targetDepartments), employees, answer);
        return titleIn(page, answer);
      });
    },
    pageFacts() {
      const page = engine.now();
      if (typeof window === 'undefined') throw failure('notAllowedHere');
      return guarded(() => factsOf(page));
    },
    dispatch(target, name, detail, { cancelable = false } = {}) {
      const page = engine.now();
      return guarded(() => page.dispatch(target, name, { detail, cancelable, bubbles: true, composed: true }));
    },
  };
}

/** The form that a lead came by. @param {any} lead */
function formOf(lead) {
  try {
    return hasOwn(lead, 'form') ? lead.form : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The questions that a form asks and that were not passed over: both halves of a mask.
 *
 * @param {readonly Question[]} questions
 * @param {string | undefined} form
 * @param {readonly string[]} skipped
 */
function askedBy(questions, form, skipped) {
  const halves = [0, 0];
  for (let index = 0; index < questions.length && index < 64; index++) {
    const { forms, id } = questions[index];
    if ((forms.length === 0 || holds(forms, form)) && !holds(skipped, id)) halves[index >> 5] |= 1 << (index & 31);
  }
  return halves;
}

/** @param {readonly unknown[]} list @param {unknown} item */
function holds(list, item) {
  for (let index = 0; index < list.length; index++) if (list[index] === item) return true;
  return false;
}

/** A number of questions as the engine takes it. @param {number} count */
const most = (count) => (count > 0 ? (count < MAX_QUESTIONS ? count : MAX_QUESTIONS) : 0);

/** @param {readonly string[]} ids of departments */
function maskOf(ids) {
  let mask = 0;
  for (const id of ids) {
    const index = departments.indexOf(id);
    if (index < 0) throw failure('unknownChoice', { found: `the department \`${id}\``, expected: departments.join(', '), help: 'name a department of the list' });
    mask |= 1 << index;
  }
  return mask;
}

/** @param {typeof Scorecard} of */
function engineOf(of) {
  if (of?.engine === undefined) throw failure('notReady', { help: 'call it as `Scorecard.load(…)`, on the class that `leadfit` exports' });
  return of.engine;
}

/**
 * @template T
 * @param {() => Promise<T>} start
 */
async function started(start) {
  try {
    return await start();
  } catch (error) {
    const fault = faultOf(error);
    if (fault.code !== 'internal') throw fault;
    const found = `an engine that does not start (${error instanceof Error ? error.message : error})`;
    throw failure('notReady', { found, expected: 'WebAssembly', help: "allow `'wasm-unsafe-eval'` in `script-src` of the page's Content-Security-Policy, and check the network" }, { cause: error });
  }
}

/** @param {URL | string} address */
async function fetched(address) {
  try {
    const response = await fetch(address);
    if (!response.ok) throw failure('notLoaded', { found: `status ${response.status} at ${address}` });
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    if (faultOf(error) === error) throw error;
    const help = /^file:/.test(String(address)) ? { help: 'read the file and give its bytes: `Scorecard.load(await readFile(path))`' } : {};
    throw failure('notLoaded', { found: `no answer from ${address}`, ...help }, { cause: error });
  }
}

/** @param {unknown} source */
function bytesOf(source) {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return undefined;
}

/** @param {Uint8Array} bytes */
const looksLikeJson = (bytes) => /^(\uFEFF|\u00EF\u00BB\u00BF)?\s*\{/.test(String.fromCharCode(...bytes.subarray(0, 200)));

/** @param {unknown} source */
function text(source) {
  const json = typeof source === 'object' && source !== null ? guarded(() => JSON.stringify(source)) : undefined;
  if (json === undefined) throw failure('notAProgram', { found: `a value of type ${source === null ? 'null' : typeof source}`, expected: 'an address, the bytes of a file, or parsed JSON' });
  return json;
}

/**
 * Names and values of a form.
 *
 * @param {Page} page
 * @param {FormSource} source
 * @returns {Array<readonly [string, string]>}
 */
function pairsOf(page, source) {
  const kind = kindOf(source);
  let entries = /** @type {Iterable<readonly [string, unknown]>} */ (source);
  if (kind === 'HTMLFormElement') entries = entriesOf(page, /** @type {HTMLFormElement} */ (source));
  /** @type {Array<readonly [string, string]>} */
  const pairs = [];
  try {
    // By index where that can be: a page may have patched how lists are gone through.
    const list = isArray(entries) ? entries : [...entries];
    for (let index = 0; index < list.length && pairs.length < MAX_PAIRS; index++) {
      const pair = list[index];
      if (!isArray(pair)) throw new TypeError('no pair');
      const { 0: name, 1: value } = pair;
      if (typeof name === 'string' && typeof value === 'string') pairs[pairs.length] = [name.slice(0, MAX_VALUE), value.slice(0, MAX_VALUE)];
    }
  } catch (error) {
    throw failure('leadNotObject', { found: 'no form', expected: 'a form, `FormData`, or names and values', help: 'give the `<form>` element itself' }, { cause: error });
  }
  return pairs;
}

/**
 * @template T
 * @param {T} value
 * @returns {T}
 */
function freeze(value) {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
  return value;
}
