// How compiled scorecards and leads cross into WebAssembly, and how faults come back. The other side
// is src/lead/frame.rs; what comes back of a lead is unfolded in verdict.js.
//
// A lead comes from a page that may be hostile: only own enumerable properties count, so that a polluted
// `Object.prototype` fills no fact, and whatever throws when it is read crosses as unreadable.
// INVARIANT: no lead makes `write` throw, and a frame has at most a few megabytes.

import { NOWHERE, PATH, placesOf, SURE } from './places.js';
import { failure, LeadfitError } from './problems.js';

/** @typedef {import('./places.js').Place} Place */
/** @typedef {import('./places.js').Inside} Inside */
/** @typedef {import('./types.js').Texts} Texts */

// Taken at once: scripts that run later cannot put their own in place.
const { freeze, hasOwn, keys, prototype } = Object;
const isOwn = Function.prototype.call.bind(prototype.hasOwnProperty);
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
const UNREADABLE_TAG = 10;

/** Limits; the reader has the same ones. */
const MAX_TEXT = 8192;
const MAX_LIST = 100;
const MAX_LIST_BYTES = 64 * 1024;
const MAX_EVENTS = 20_000;
const MAX_EVENTS_BYTES = 4 * 1024 * 1024;

/** Of so many keys of an object their order is kept. */
const MAX_ORDER = 256;

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
 * Gives a function that writes a lead into the room of an answer and tells how many bytes it takes.
 *
 * @param {import('./leadfit.js').Page} page
 * @param {import('./wasm/page.js').Answer} answer
 * @param {Texts} texts
 * @returns {(lead: unknown) => number}
 */
export function leadWriter({ memory }, answer, texts) {
  const { write, scratch } = frameWriter(texts);
  /** @type {Uint8Array | undefined} */
  let written;
  let all = new Uint8Array(0);
  let place = 0;
  return (lead) => {
    const length = write(lead);
    const bytes = scratch();
    if (bytes !== written) {
      written = bytes;
      place = answer.room(bytes.length);
    }
    // A view detaches when memory grows: then nothing stands at its first place.
    if (all[0] === undefined) all = new Uint8Array(memory.buffer);
    // By hand: a patched `set` would leave what the last lead was, or nothing.
    for (let index = 0; index < length; index++) all[place + index] = bytes[index];
    return length;
  };
}

/**
 * Writes leads as frames for the program with these texts.
 *
 * @param {Texts} texts
 * @returns {{ write: (lead: unknown) => number, scratch: () => Uint8Array }} `write` puts the frame
 *   at the start of the scratch and gives its length
 */
export function frameWriter(texts) {
  const { root, count, eventsAt } = placesOf(texts);
  const eventKeys = ['type', 'at', ...texts.properties];

  // What the lead gives for each slot, and the rank of the place that it stands at.
  /** @type {unknown[]} */
  const given = [];
  /** @type {number[]} */
  const ranks = [];
  for (let slot = 0; slot < count; slot++) (given[slot] = undefined), (ranks[slot] = NOWHERE);

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
    const to = bytes;
    let ascii = 0;
    for (; ascii < length; ascii++) {
      const code = codeAt(text, ascii);
      if (!(code < 0x80)) break;
      to[start + 5 + ascii] = code;
    }
    end += 5 + ascii;
    for (let index = ascii; index < length; index++) {
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
    if (length !== length >>> 0) return tag(UNREADABLE_TAG);
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
  const member = (list, index) => written(plain, property(list, index));

  /** @param {unknown} list @param {number} index */
  function event(list, index) {
    const item = property(list, index);
    for (let key = 0; key < eventKeys.length; key++) written(value, item === UNREADABLE ? item : property(item, eventKeys[key]));
  }

  /** @param {unknown} list */
  function events(list) {
    if (isArray(list)) members(list, MAX_EVENTS, MAX_EVENTS_BYTES, event);
    else tag(list === undefined || list === null ? ABSENT : OBJECT);
  }

  /**
   * Writes a value by `to`; whatever throws is unreadable, and nothing of it stays.
   *
   * @param {(given: any) => void} to
   * @param {unknown} given
   */
  function written(to, given) {
    const start = end;
    try {
      if (given !== UNREADABLE) return to(given);
    } catch {
      end = start;
    }
    tag(UNREADABLE_TAG);
  }

  /** @param {{ slot: number, rank: number }} where @param {unknown} value */
  function put({ slot, rank }, value) {
    if (rank >= ranks[slot] || (rank !== SURE && (value === undefined || value === null))) return;
    ranks[slot] = rank;
    given[slot] = value;
  }

  /** Takes what stands at a place for the slots that look there. @param {Place} place @param {unknown} value */
  function take({ slots, inside }, value) {
    const isGroup = inside !== undefined && typeof value === 'object' && value !== null && !isArray(value);
    for (let index = 0; index < slots.length; index++) {
      // `company` may be the name of the company, but also the object that `company.name` stands in.
      if (!isGroup || slots[index].rank <= PATH) put(slots[index], value);
    }
    if (isGroup) enter(inside, value);
  }

  /** Takes what an object holds. @param {Inside} inside @param {any} object */
  function enter(inside, object) {
    const { places, order } = inside;
    let index = 0;
    // Far cheaper than a list of the keys. What is inherited is passed over.
    for (const key in object) {
      // Asked twice where it says no: it may be `call` that a page has patched.
      if (isOwn(object, key) !== true && !hasOwn(object, key)) continue;
      let seen = index < order.length ? order[index] : undefined;
      if (seen === undefined || seen.key !== key) {
        seen = { key, place: places[key] };
        if (index < MAX_ORDER) order[index] = seen;
      }
      index++;
      const { place } = seen;
      if (place === undefined) continue;
      try {
        take(place, object[key]);
      } catch {
        spoil(place);
      }
    }
  }

  /** Whoever looks at this place or inside finds something unreadable. @param {Place} place */
  function spoil({ slots, inside }) {
    for (let index = 0; index < slots.length; index++) put(slots[index], UNREADABLE);
    if (inside === undefined) return;
    const names = keys(inside.places);
    for (let index = 0; index < names.length; index++) spoil(inside.places[names[index]]);
  }

  /** @param {unknown} lead */
  function write(lead) {
    checkLead(lead);
    if (bytes.length > KEPT) {
      bytes = new Uint8Array(KEPT);
      view = new DataView(bytes.buffer);
    }
    end = 0;
    try {
      enter(root, lead);
    } catch {
      spoil({ slots: [], inside: root });
    }
    for (let slot = 0; slot < count; slot++) {
      const found = given[slot];
      if (found === undefined) {
        tag(ABSENT);
        continue;
      }
      if (typeof found === 'object' || slot === eventsAt) written(slot === eventsAt ? events : value, found);
      else plain(found);
      given[slot] = undefined;
    }
    for (let slot = 0; slot < count; slot++) ranks[slot] = NOWHERE;
    return end;
  }

  return { write, scratch: () => bytes };
}

/** In place of what throws when it is read. */
const UNREADABLE = freeze({});

/**
 * An own property, or that it cannot be read.
 *
 * @param {unknown} object
 * @param {string | number} key
 */
function property(object, key) {
  try {
    return own(object, key);
  } catch {
    return UNREADABLE;
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
