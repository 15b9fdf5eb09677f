// How the bytes of a file reach a session, in the worker. Of a large file a second worker of the same
// kind reads the rows of the end, and what it found is joined: two cores, and no memory that they share,
// for which a host would have to send headers of its own.

import { scriptAddress } from './model/trusted.js';

/** Bytes by which columns are named: a first look at a file takes in as many. */
export const firstLook = 1 << 18;
/** Room for bytes that come at a time. */
const pieceBytes = 2 << 20;
/** Bytes after which what has come in is heard: some hundredths of a second of reading. */
const stretch = 4 << 20;
/** Bytes of a file from which on a second worker is worth its start. */
const worthTwo = 24 << 20;
/** Where the part of the second worker begins: it starts later, and its part has to be joined. */
const share = 0.52;
/** How far behind that the end of a line is looked for. */
const longLine = 1 << 17;

/** @param {Blob} blob @param {number} from @param {number} to */
export const bytesOf = async (blob, from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer());

/**
 * Reads a stream into the same room again and again, which spares the browser half of the work; where it
 * cannot do that, piece by piece as they come.
 *
 * @param {ReadableStream<Uint8Array>} stream
 * @returns {{ next: () => Promise<Uint8Array | undefined>, stop: () => void }}
 */
function reading(stream) {
  try {
    const reader = stream.getReader({ mode: 'byob' });
    let room = new ArrayBuffer(pieceBytes);
    const next = async () => {
      const { value, done } = await reader.read(new Uint8Array(room));
      if (value) room = /** @type {ArrayBuffer} */ (value.buffer);
      return done ? undefined : value;
    };
    return { next, stop: () => void reader.cancel().catch(() => {}) };
  } catch {
    const reader = stream.getReader();
    return { next: async () => (await reader.read()).value, stop: () => void reader.cancel().catch(() => {}) };
  }
}

/**
 * The bytes of a part of a file in pieces, each good until the next one is asked for. What columns are
 * named by comes as a piece of its own.
 *
 * @param {Blob} blob @param {number} from @param {number} to
 */
async function* piecesOf(blob, from, to) {
  const head = from === 0 ? Math.min(firstLook, to) : 0;
  if (head > 0) yield await bytesOf(blob, 0, head);
  const rest = reading(blob.slice(from + head, to).stream());
  try {
    // It is known how many there are: nobody waits until a stream says that it has ended.
    for (let left = to - from - head; left > 0; ) {
      const piece = await rest.next();
      if (!piece) throw new Error('the file ended before its end');
      left -= piece.length;
      yield piece;
    }
  } finally {
    rest.stop();
  }
}

/** @typedef {{ feed: (piece: Uint8Array) => number }} Session */

/**
 * Reads the rows of a part of a file; false where it was stopped.
 *
 * @param {Session} session @param {Blob} blob @param {[number, number]} span
 * @param {(rows: number, bytes: number) => Promise<boolean>} goesOn asked now and then
 */
export async function feed(session, blob, [from, to], goesOn) {
  let rows = 0;
  let bytes = 0;
  let due = 0;
  for await (const piece of piecesOf(blob, from, to)) {
    if (bytes >= due) {
      if (!(await goesOn(rows, bytes))) return false;
      due = bytes + stretch;
    }
    rows = session.feed(piece);
    bytes += piece.length;
  }
  return goesOn(rows, bytes);
}

/** A worker for the rows of the end of a file. It is started ahead, while a person looks at the first rows. */
export class Second {
  /** @type {Worker | undefined} */
  #worker;
  /** @type {(pieces: Uint8Array[] | null) => void} */
  #resolve = () => {};
  /** What it has read so far. */
  read = { rows: 0, bytes: 0 };
  /** Whether it reads: a worker may take long to start, or never do. */
  isReading = false;
  /** Called when it has read more. */
  onread = () => {};

  /** Whether a file is worth it. @param {Blob} blob */
  static isWorthIt = (blob) => blob.size >= worthTwo && navigator.hardwareConcurrency > 1;

  /** @param {string} card the scorecard that is open @param {Blob} blob the file that may be read */
  constructor(card, blob) {
    try {
      this.#worker = new Worker(scriptAddress(location.href), { type: 'module' });
      this.#worker.onerror = () => this.stop();
      // So that the engine is there when reading begins.
      this.#worker.postMessage({ id: 'ready', name: 'prepare', args: [card, Math.floor(blob.size * (1 - share))] });
    } catch {
      // A browser that lets no worker start another: the first one reads all.
    }
  }

  /**
   * Begins to read behind the end of a line, and tells where. The pieces of what it found
   * come later; `null` where it cannot read this file, or was stopped.
   *
   * @param {string} card @param {Blob} blob @param {any} choices
   * @returns {Promise<{ from: number, pieces: Promise<Uint8Array[] | null> }>}
   */
  async begin(card, blob, choices) {
    const near = Math.floor(blob.size * share);
    const line = (await bytesOf(blob, near, near + longLine)).indexOf(10);
    const worker = this.#worker;
    if (!worker || line < 0) return { from: blob.size, pieces: Promise.resolve(null) };
    const from = near + line + 1;
    const pieces = new Promise((resolve) => {
      this.#resolve = resolve;
      worker.onmessage = ({ data }) => {
        if (data.id === 'part') {
          resolve(data.result ?? null);
          // Its memory is free before what it found needs room here.
          return this.stop();
        }
        if (!data.part) return;
        this.isReading = true;
        this.read = data.part;
        this.onread();
      };
    });
    worker.postMessage({ id: 'part', name: 'readPart', args: [card, blob, choices, from] });
    return { from, pieces };
  }

  stop() {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#resolve(null);
  }
}
