// How the bytes of a file reach a session, in the worker. Of a large file a second worker of the same
// kind reads the rows of the end, and what it found is joined: two cores, and no memory that they share,
// for which a host would have to send headers of its own.

import { scriptAddress } from './model/trusted.js';

/** Bytes by which columns are named: a first look at a file takes in as many. */
export const firstLook = 1 << 18;
/** Bytes that are fetched at a time: a tenth of a second or so of reading. */
const pieceBytes = 4 << 20;
/** Bytes of a file from which on a second worker is worth its start. */
const worthTwo = 24 << 20;
/** Where the part of the second worker begins: it starts later, and its part has to be joined. */
const share = 0.54;
/** How far behind that the end of a line is looked for. */
const longLine = 1 << 17;

/** @param {Blob} blob @param {number} from @param {number} to */
export const bytesOf = async (blob, from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer());

/**
 * The bytes of a part of a file in pieces; the next one is fetched while one is read. What columns are
 * named by comes as a piece of its own.
 *
 * @param {Blob} blob @param {number} from @param {number} to
 */
async function* piecesOf(blob, from, to) {
  const end = (at) => Math.min(at === 0 ? firstLook : at + pieceBytes, to);
  let next = bytesOf(blob, from, end(from));
  for (let at = from; at < to; at = end(at)) {
    const piece = await next;
    if (end(at) < to) next = bytesOf(blob, end(at), end(end(at)));
    yield piece;
  }
}

/** @typedef {{ feed: (piece: Uint8Array) => number }} Session */

/**
 * Reads the rows of a part of a file; false where it was stopped.
 *
 * @param {Session} session @param {Blob} blob @param {[number, number]} span
 * @param {(rows: number, bytes: number) => Promise<boolean>} goesOn asked before each piece
 */
export async function feed(session, blob, [from, to], goesOn) {
  let rows = 0;
  let bytes = 0;
  for await (const piece of piecesOf(blob, from, to)) {
    if (!(await goesOn(rows, bytes))) return false;
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
  /** Called when it has read more. */
  onread = () => {};

  /** Whether a file is worth it. @param {Blob} blob */
  static isWorthIt = (blob) => blob.size >= worthTwo && navigator.hardwareConcurrency > 1;

  /** @param {string} card the scorecard that is open */
  constructor(card) {
    try {
      this.#worker = new Worker(scriptAddress(location.href), { type: 'module' });
      this.#worker.onerror = () => this.stop();
      // So that the engine is there when reading begins.
      this.#worker.postMessage({ id: 'ready', name: 'follow', args: [card, false] });
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
