// Reading and writing for the command line.

import { readFileSync, readSync, writeFileSync } from 'node:fs';

/** A call that cannot be carried out: what is wrong, and what to do about it. */
export class Refusal extends Error {
  /** @param {string} found @param {string} help @param {number} [exit] */
  constructor(found, help, exit = 2) {
    super(`${found}; ${help}`);
    this.exit = exit;
  }
}

const colourful = (stream) => stream.isTTY && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
const paint = (code) => (text, stream = process.stdout) => (colourful(stream) ? `\x1b[${code}m${text}\x1b[0m` : String(text));

export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);

/** @param {string} text */
export const print = (text) => void process.stdout.write(`${text}\n`);

/** @param {string} text */
export const note = (text) => void process.stderr.write(`${text}\n`);

/** @param {string} text */
export const error = (text) => note(`${red('leadfit:', process.stderr)} ${text}`);

/**
 * The bytes of a file; `-` is stdin.
 *
 * @param {string} path
 */
export function readBytes(path) {
  try {
    return path === '-' ? readStdin() : readFileSync(path);
  } catch (fault) {
    throw new Refusal(`cannot read ${path} (${fault.code ?? fault.message})`, 'check the path');
  }
}

/** All of stdin, which may be a pipe that says "not yet" instead of waiting. */
function readStdin() {
  const pieces = [];
  const room = Buffer.alloc(65_536);
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      const length = readSync(0, room);
      if (length === 0) return Buffer.concat(pieces);
      pieces.push(Buffer.from(room.subarray(0, length)));
    } catch (fault) {
      // On Windows the end is an error.
      if (fault.code === 'EOF') return Buffer.concat(pieces);
      if (fault.code !== 'EAGAIN') throw fault;
      Atomics.wait(clock, 0, 0, 10);
    }
  }
}

/** @param {string} path */
export const readText = (path) => readBytes(path).toString('utf8');

/**
 * Writes a file; `-` is stdout.
 *
 * @param {string} path
 * @param {string | Uint8Array} content
 */
export function write(path, content) {
  try {
    if (path === '-') process.stdout.write(content);
    else writeFileSync(path, content);
  } catch (fault) {
    throw new Refusal(`cannot write ${path} (${fault.code ?? fault.message})`, 'check the path and its permissions');
  }
}

/**
 * Shows on a terminal how far long work is; says nothing in the first second.
 *
 * @param {number} total
 * @param {string} what
 */
export function progress(total, what) {
  let next = Date.now() + 1000;
  let shown = false;
  const say = (text) => void process.stderr.write(`\r\x1b[2K${text}`);
  return {
    /** @param {number} done */
    at(done) {
      if (!process.stderr.isTTY || Date.now() < next) return;
      next = Date.now() + 200;
      shown = true;
      say(`${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${what}`);
    },
    end() {
      if (shown) say('');
    },
  };
}

/** @param {number} count @param {string} what */
export const counted = (count, what) => `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;

/**
 * The word that is spelled most like `word`.
 *
 * @param {string} word
 * @param {string[]} words
 */
export function nearest(word, words) {
  return words.reduce((best, other) => (distance(word, other) < distance(word, best) ? other : best));
}

/** Edit distance (Levenshtein). @param {string} a @param {string} b */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, left] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, right] of [...b].entries()) {
      next.push(Math.min(next[j] + 1, row[j + 1] + 1, row[j] + (left === right ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}
