// How compiled scorecards and leads cross into WebAssembly, and how faults come back. The other side
// is src/lead/frame.rs; what comes back of a lead is unfolded in verdict.js.
//
// A lead comes from a page that may be hostile: only own properties count, so that a polluted
// `Object.prototype` fills no fact, and whatever throws when it is read crosses as unreadable.
// INVARIANT: no lead makes `write` throw, and a frame has at most a few megabytes.

import { failure, LeadfitError } from './problems.js';

/** @typedef {import('./types.js').Texts} Texts */

// Taken at once: scripts that run later cannot put their own in place.
const { hasOwn, prototype } = Object;
const { isArray } = Array;
const tagOf = Function.prototype.call.bind(prototype.toString);
const timeOf = Function.prototype.call.bind(Date.prototype.getTime);
const codeAt = Function.prototype.call.bind(String.prototype.charCodeAt);
const setFloat = Function.prototype.call.bind(DataView.prototype.setFloat64);
const setLength = Function.prototype.call.bind(DataView.prototype.setUint32);

/** Tags of values; the reader has the same list. */
const ABSENT = 0;
const TEXT = 1;
const NUMBER = 2;
const FALSE = 3;
const TRUE = 4;
const LIST = 5;
const RANGE = 6;
const OBJECT = 7;
const LONG_TEXT = 8;
const LONG_LIST = 9;
const UNREADABLE = 10;

/** Limits; the reader has the same ones. */
const MAX_TEXT = 8192;
const MAX_LIST = 100;
const MAX_LIST_BYTES = 64 * 1024;
const MAX_EVENTS = 20_000;
const MAX_EVENTS_BYTES = 4 * 1024 * 1024;

/** What a scratch buffer keeps between leads; a larger one is let go. */
const KEPT = 64 * 1024;

/**
 * An own property; `undefined` where there is none. Throws whatever reading it throws.
 *
 * @param {any} object
 * @param {string | number} key
 */
const own = (object, key) => (typeof object === 'object' && object !== null && hasOwn(object, key) ? object[key] : undefined);

/**
 * The kind of an object, such as `FormData`, as it was built or as it says.
 *
 * @param {unknown} value
 */
export function kindOf(value) {
  try {
    return tagOf(value).slice(8, -1);
  } catch {
    return 'Object';
  }
}

/**
 * Throws unless `lead` is an object that can hold facts.
 *
 * @param {unknown} lead
 */
function checkLead(lead) {
  if (lead === null || typeof lead !== 'object') throw failure('leadNotObject', { found: lead === null ? '`null`' : `a value of type ${typeof lead}` });
  const kind = kindOf(lead);
  if (/^(Array|FormData|URLSearchParams|Map|Set|Promise|HTMLFormElement)$/.test(kind)) throw failure('leadNotObject', { found: `a value of type ${kind}` });
}

/** Mark and number of the format of compiled scorecards, and their largest size; as in src/program/mod.rs. */
const MARK = [0, 0x6c, 0x66, 0x74];
const FORMAT = 1;
const MAX_BYTES = 256 * 1024;

/** Earliest and latest moment: the years 1 to 9999. */
const EARLIEST = -62_135_596_800_000;
const LATEST = 253_402_300_799_999;

/**
 * Reads a compiled scorecard: mark, format, length of the program, the program, the texts as JSON.
 * The texts never pass through WebAssembly.
 *
 * @param {import('./leadfit.js').Page} page
 * @param {Uint8Array} bytes
 */
export function opened(page, bytes) {
  if (bytes.length > MAX_BYTES) throw failure('tooLarge');
  for (let index = 0; index < MARK.length; index++) if (bytes[index] !== MARK[index]) throw failure('notAProgram');
  if (bytes[4] > FORMAT) throw failure('programTooNew');
  try {
    const end = 9 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(5, true);
    const program = page.Program.load(bytes.subarray(0, end));
    /** @type {Texts} */
    const texts = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(end)));
    if (program && texts.card) return { program, texts };
  } catch {
    // Told below.
  }
  throw failure('notAProgram');
}

/**
 * A moment that a lead can be seen at.
 *
 * @param {number} millis
 */
export function checkNow(millis) {
  if (!(millis >= EARLIEST && millis <= LATEST)) throw failure('badNow');
}

/**
 * Writes leads as frames for the program with these texts.
 *
 * @param {Texts} texts
 * @returns {(lead: unknown) => Uint8Array} the frame; it is written over by the next call
 */
export function frameWriter(texts) {
  /** @param {string[]} path @param {string[]} [names] @returns {Place} */
  const place = (path, names = []) => ({ path, names });
  const facts = texts.facts.map(({ id, names }) => place(id.split('.'), id.includes('.') ? [...names, id] : names));
  // Most leads use no other names: then none of the many need be looked for.
  const byPath = facts.map(({ path }) => place(path));
  const otherNames = Object.assign(Object.create(null), ...facts.flatMap(({ names }) => names.map((name) => ({ [name]: true }))));

  /** @param {object} lead */
  function usesOtherNames(lead) {
    try {
      for (const key in lead) if (key in otherNames) return true;
      return false;
    } catch {
      return true;
    }
  }
  const questions = texts.questions.map(({ id }) => place(['answers', id]));
  const eventPlaces = ['type', 'at', ...texts.properties].map((key) => place([key]));
  const aggregates = texts.aggregates.map((name) => ({
    plain: place(['aggregates', name]),
    dated: place(['aggregates', name, 'value']),
    lastAt: place(['aggregates', name, 'lastAt']),
  }));

  let bytes = new Uint8Array(1024);
  let view = new DataView(bytes.buffer);
  let end = 0;

  /** @param {number} more bytes that are about to be written */
  function room(more) {
    if (end + more <= bytes.length) return;
    const grown = new Uint8Array(Math.max(end + more, bytes.length * 2));
    grown.set(bytes.subarray(0, end));
    bytes = grown;
    view = new DataView(bytes.buffer);
  }

  /** @param {number} one */
  function tag(one) {
    room(1);
    bytes[end++] = one;
  }

  /** @param {number} tag @param {number} length */
  function head(tag, length) {
    room(5);
    bytes[end] = tag;
    setLength(view, end + 1, length, true);
    end += 5;
  }

  /** @param {number} number */
  function float(number) {
    room(8);
    setFloat(view, end, number, true);
    end += 8;
  }

  /** @param {number} number */
  function number(number) {
    tag(NUMBER);
    float(number);
  }

  // By hand: a patched TextEncoder could put other bytes in place of what was typed.
  /** @param {string} text */
  function text(text) {
    const { length } = text;
    if (length > MAX_TEXT) return tag(LONG_TEXT);
    room(5 + 3 * length);
    const start = end;
    end += 5;
    for (let index = 0; index < length; index++) {
      let code = codeAt(text, index);
      if (code < 0x80) {
        bytes[end++] = code;
        continue;
      }
      if (code < 0x800) {
        bytes[end++] = 0xc0 | (code >> 6);
        bytes[end++] = 0x80 | (code & 0x3f);
        continue;
      }
      if ((code & 0xf800) === 0xd800) {
        const low = code < 0xdc00 && index + 1 < length ? codeAt(text, index + 1) : 0;
        if ((low & 0xfc00) === 0xdc00) {
          index++;
          code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
          bytes[end++] = 0xf0 | (code >> 18);
          bytes[end++] = 0x80 | ((code >> 12) & 0x3f);
          bytes[end++] = 0x80 | ((code >> 6) & 0x3f);
          bytes[end++] = 0x80 | (code & 0x3f);
          continue;
        }
        code = 0xfffd;
      }
      bytes[end++] = 0xe0 | (code >> 12);
      bytes[end++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[end++] = 0x80 | (code & 0x3f);
    }
    const size = end - start - 5;
    end = start;
    if (size > MAX_TEXT) return tag(LONG_TEXT);
    head(TEXT, size);
    end += size;
  }

  /** @param {unknown} value anything but a list */
  function plain(value) {
    switch (typeof value) {
      case 'string':
        return text(value);
      case 'number':
        return number(value);
      case 'boolean':
        return tag(value ? TRUE : FALSE);
      case 'undefined':
        return tag(ABSENT);
      case 'bigint':
        return value >= -(2n ** 53n) && value <= 2n ** 53n ? number(Number(value)) : tag(OBJECT);
      case 'object':
        return value === null ? tag(ABSENT) : object(value);
      default:
        return tag(OBJECT);
    }
  }

  /** @param {object} value */
  function object(value) {
    if (isArray(value)) return tag(OBJECT);
    if (hasOwn(value, 'from') || hasOwn(value, 'to')) {
      const from = own(value, 'from') ?? -Infinity;
      const to = own(value, 'to') ?? Infinity;
      if (typeof from !== 'number' || typeof to !== 'number') return tag(OBJECT);
      tag(RANGE);
      float(from);
      return float(to);
    }
    let time;
    try {
      time = timeOf(value);
    } catch {
      return tag(OBJECT);
    }
    return number(time);
  }

  /**
   * A list of which `member` writes each.
   *
   * @param {any} list
   * @param {number} most members
   * @param {number} size most bytes
   * @param {(list: unknown, index: number) => void} member
   */
  function members(list, most, size, member) {
    const { length } = list;
    if (length > most) return tag(LONG_LIST);
    if (length !== length >>> 0) return tag(UNREADABLE);
    const start = end;
    head(LIST, length);
    for (let index = 0; index < length; index++) {
      member(list, index);
      if (end - start > size) {
        end = start;
        return tag(LONG_LIST);
      }
    }
  }

  /** @param {unknown} given a value, or a list of plain ones */
  function value(given) {
    if (isArray(given)) members(given, MAX_LIST, MAX_LIST_BYTES, member);
    else plain(given);
  }

  /** @param {unknown} list @param {number} index */
  function member(list, index) {
    const start = end;
    try {
      plain(own(list, index));
    } catch {
      unreadable(start);
    }
  }

  /** @param {unknown} list @param {number} index */
  function event(list, index) {
    let item;
    try {
      item = own(list, index);
    } catch {
      item = UNREADABLE_ITEM;
    }
    for (const place of eventPlaces) read(item, place, value);
  }

  /** @param {unknown} list */
  function events(list) {
    if (isArray(list)) members(list, MAX_EVENTS, MAX_EVENTS_BYTES, event);
    else tag(list === undefined || list === null ? ABSENT : OBJECT);
  }

  /**
   * What stands at a place, written by `to`; whatever throws is unreadable, and nothing of it stays.
   *
   * @param {unknown} source
   * @param {Place} place
   * @param {(given: unknown) => void} to
   */
  function read(source, place, to) {
    const start = end;
    try {
      to(find(source, place));
    } catch {
      unreadable(start);
    }
  }

  /** @param {number} start */
  function unreadable(start) {
    end = start;
    tag(UNREADABLE);
  }

  return function write(lead) {
    checkLead(lead);
    if (bytes.length > KEPT) {
      bytes = new Uint8Array(KEPT);
      view = new DataView(bytes.buffer);
    }
    end = 0;
    for (const place of usesOtherNames(/** @type {object} */ (lead)) ? facts : byPath) read(lead, place, value);
    for (const place of questions) read(lead, place, value);
    read(lead, EVENTS, events);
    for (const { plain, dated, lastAt } of aggregates) {
      read(lead, isDated(lead, plain) ? dated : plain, value);
      read(lead, lastAt, value);
    }
    return bytes.subarray(0, end);
  };
}

/**
 * Where a value is looked for: at a path of own properties, else at the top under one of its names.
 *
 * @typedef {{ path: string[], names: string[] }} Place
 */

/** @type {Place} */
const EVENTS = { path: ['events'], names: [] };

/** In place of an event that throws when it is read. */
const UNREADABLE_ITEM = {
  get type() {
    throw undefined;
  },
};

/** @param {unknown} source @param {Place} place */
function find(source, { path, names }) {
  /** @type {any} */
  let found = source;
  // A list has members, but no facts.
  for (const key of path) found = isArray(found) ? undefined : own(found, key);
  for (let index = 0; isNothing(found) && index < names.length; index++) {
    found = own(source, names[index]);
    // `company` may be the name of the company, but also the object that `company.name` stands in.
    if (names[index] === path[0] && typeof found === 'object' && !isArray(found)) found = undefined;
  }
  return found;
}

/** @param {unknown} value */
const isNothing = (value) => value === undefined || value === null;

/** Whether an aggregate is given with the date of its newest event. @param {unknown} lead @param {Place} place */
function isDated(lead, place) {
  try {
    const given = find(lead, place);
    return typeof given === 'object' && given !== null && !isArray(given) && hasOwn(given, 'value');
  } catch {
    return false;
  }
}

/**
 * Runs what may throw the code of a problem, or problems; throws a LeadfitError in its place.
 *
 * @template T
 * @param {() => T} work
 * @returns {T}
 */
export function guarded(work) {
  try {
    return work();
  } catch (thrown) {
    throw faultOf(thrown);
  }
}

/**
 * @param {unknown} thrown
 * @returns {LeadfitError}
 */
export function faultOf(thrown) {
  if (thrown instanceof LeadfitError) return thrown;
  if (isArray(thrown)) return new LeadfitError(thrown);
  if (typeof thrown === 'string') return failure(/** @type {import('./types.js').Code} */ (thrown));
  return failure('internal', {}, { cause: thrown });
}
