// Everything that takes time: reading files, judging leads, checking scorecards.

import { authoringOn } from '../../pkg/checking.js';
import { createLeadfit } from '../../pkg/leadfit.js';
import { learningOn } from '../../pkg/learning.js';
import { starting } from '../../pkg/starting.js';
import * as glue from '../../pkg/wasm/studio.js';
import wasm from '../../pkg/leadfit_studio.wasm?url';
import { Second, bytesOf, feed, firstLook } from './reading.js';
import { rehearse } from './rehearsal.js';

const studio = starting(glue, () => new URL(wasm, import.meta.url));
const { Scorecard, readTitle } = createLeadfit({ page: studio, authoring: studio });
const { check, diff, compile } = authoringOn(studio);
const { propose, accept } = learningOn(studio);

/** @type {any} */
let session;
/** Text of the scorecard that the session follows. */
let card = '';
/** All readings up to this number are cancelled. */
let cancelled = 0;
/** Helps to read a large file. @type {Second | undefined} */
let second;

/** @type {import('../../pkg/learning.js').Learned | undefined} */
let learned;
/** Stops learning. */
let stopping = new AbortController();

const numbers = () => session.tally();

/** Learns points from all leads. @param {string} text @param {object} wishes */
async function learn(text, wishes) {
  stopping.abort();
  stopping = new AbortController();
  const { signal } = stopping;
  const onProgress = (share) => postMessage({ learning: share });
  const found = await propose({ scorecard: text, leads: session.learning() }, { ...wishes, onProgress, signal });
  learned?.free();
  learned = found;
  return told();
}

const told = () => ({ proposal: learned.proposal, scorecard: learned.scorecard });

const channel = new MessageChannel();
/** Who waits until what has come in was heard. @type {(() => void)[]} */
const waiting = [];
channel.port1.onmessage = () => waiting.shift()?.();
/** Lets what has come in be heard, such as a cancel. */
const breath = () =>
  /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(null);
    })
  );

/** Milliseconds after which it is told again how far reading has come. */
const tellEvery = 100;

/** Whether the engine has read made-up leads, and whether a file was opened: from then on it does not. */
let rehearsed = false;
let opened = false;

/** Whether nothing else waits, and no file was opened. */
const idle = async () => (await last, await breath(), !opened);

/** Bytes of memory that are made ready at a time. */
const roomAtOnce = 8 << 20;
/** No more of them than this, however large a file is. */
const mostRoom = 1 << 28;

/** Makes memory ready for about as many bytes as a file has. @param {number} bytes */
async function makeRoom(bytes) {
  for (let left = Math.min(bytes, mostRoom); left > 0 && (await idle()); left -= roomAtOnce) session.makeRoom(roomAtOnce);
}

/** Reads a file; `null` when that was cancelled, `undefined` without a scorecard to judge by. @param {Blob} blob @param {any} choices @param {number} number */
async function read(blob, choices, number) {
  opened = true;
  if (!session.begin(choices, blob.size)) return undefined;
  if (Second.isWorthIt(blob)) second ??= new Second(card, blob);
  let here = { rows: 0, bytes: 0 };
  let toldAt = -Infinity;
  const tell = () => {
    // The page needs a core to draw it.
    if (performance.now() - toldAt < tellEvery) return;
    toldAt = performance.now();
    const beside = second?.read ?? { rows: 0, bytes: 0 };
    postMessage({ progress: { rows: here.rows + beside.rows, share: (here.bytes + beside.bytes) / blob.size } });
  };
  const goesOn = async (rows, bytes) => {
    await breath();
    here = { rows, bytes };
    tell();
    return number > cancelled;
  };
  if (second) second.onread = tell;
  try {
    const rest = await second?.begin(card, blob, choices);
    const from = rest?.from ?? blob.size;
    let done = await feed(session, blob, [0, from], goesOn);
    if (done && from < blob.size) {
      // Where a quote is open there, or the other one gave up or has yet to start, all is read here.
      const pieces = session.isBetweenRows() && second?.isReading ? await rest.pieces : null;
      for (let index = 0; index < pieces?.length; index++) {
        session.join(index, pieces[index]);
        // Each is let go as soon as it is joined.
        pieces[index] = null;
      }
      done = number > cancelled && (pieces !== null || (await readOn(blob, from, goesOn)));
    }
    if (!done) {
      session.cancel();
      return null;
    }
  } finally {
    second?.stop();
    second = undefined;
  }
  postMessage({ progress: { rows: null, share: 1 } });
  return session.finish();
}

/** Reads here what the second worker could not. @param {Blob} blob @param {number} from @param {(rows: number, bytes: number) => Promise<boolean>} goesOn */
function readOn(blob, from, goesOn) {
  second?.stop();
  second = undefined;
  return feed(session, blob, [from, blob.size], (rows, bytes) => goesOn(rows, from + bytes));
}

/** Reads a part of a file for another worker; `null` where the file has to be read as a whole. @param {string} text @param {Blob} blob @param {any} choices @param {number} from */
async function readPart(text, blob, choices, from) {
  opened = true;
  if (text !== card) follow(text, false);
  if (!session.beginPart(await bytesOf(blob, 0, firstLook), choices, blob.size - from)) return null;
  await feed(session, blob, [from, blob.size], async (rows, bytes) => {
    postMessage({ part: { rows, bytes } });
    return true;
  });
  return Array.from({ length: session.endPart() }, (_, index) => session.piece(index));
}

/** @param {string} text @param {boolean} quick */
function follow(text, quick) {
  const follows = session.follow(text, quick);
  if (follows) card = text;
  return follows;
}

const calls = {
  async look(blob, choices) {
    const head = await bytesOf(blob, 0, firstLook);
    const told = session.look(head, blob.size <= firstLook, choices);
    // Both get ready while a person looks.
    if (!second && Second.isWorthIt(blob)) {
      second = new Second(card, blob);
      void makeRoom(blob.size);
    }
    return told;
  },
  values: (criterion) => session.values(criterion),
  follow(text, quick) {
    const follows = follow(text, quick);
    if (follows && !rehearsed) {
      rehearsed = true;
      // Nothing hangs on it, and whatever is asked for goes first.
      void rehearse(session, card, idle).catch(() => {});
    }
    return follows;
  },
  /** In a second worker, which has the compiled code of the first one. */
  prepare(text, bytes) {
    follow(text, false);
    void makeRoom(bytes);
  },
  read,
  readPart,
  /** What could not be read, row by row, as CSV. @param {string[]} names of the columns */
  troubles(names) {
    const quoted = (text) => `"${String(text).replaceAll('"', '""')}"`;
    const line = ({ row, column, what, found }) => [row, quoted(names[column] ?? 'the row'), what, quoted(found)].join(',');
    return ['row,column,what,found', ...session.troubles().map(line), ''].join('\n');
  },
  take: (kind, id) => session.take(kind, id),
  learn,
  simplify(simplicity) {
    learned = learned.simplify(simplicity);
    return told();
  },
  accept,
  /** The counts that another scorecard would give; the one that is open goes on. */
  preview(text, open) {
    try {
      return session.follow(text, false) ? numbers() : null;
    } finally {
      session.follow(open, false);
    }
  },
  details: () => session.details(),
  compare: (text) => session.compare(text),
  rows: (query) => session.rows(query),
  verdict: (row) => JSON.parse(session.verdict(row) ?? 'null'),
  check,
  diff,
  compile: (text, audience) => compile(text, { audience }),
  title: (text) => readTitle(text),
  async judge(text, lead, now) {
    const card = await Scorecard.load(await compile(text, { audience: 'server' }));
    return { verdict: card.evaluate(lead, { now }), next: card.nextQuestions(lead, { now }) };
  },
};
/** After these the counts are others, unless the page counted by itself. */
const counted = new Set(['follow', 'read', 'take']);

/** Hands over what the page counts by itself from now on. @param {number} id of the call after which it may @param {string} name @param {any[]} args */
function handOver(id, name, [, quick]) {
  if (!counted.has(name) || (name === 'follow' && quick)) return;
  const moving = session.moving();
  if (moving.length > 0) postMessage({ id, moving }, [moving.buffer]);
}

/** These take their own turns, beside the others. */
const aside = new Set(['learn']);

/** @type {Promise<any>} */
let last = Promise.resolve();

onmessage = ({ data }) => {
  if (data.name === 'cancel') {
    cancelled = data.number;
    return second?.stop();
  }
  if (data.name === 'stop') return stopping.abort();
  const run = async () => {
    try {
      session ??= new (await studio()).Session();
      const result = await calls[data.name](...data.args);
      const isCounted = data.name === 'follow' && data.args[2];
      const counts = counted.has(data.name) && !isCounted ? numbers() : undefined;
      if (counts?.length > 0) postMessage({ id: data.id, result, numbers: counts }, [counts.buffer]);
      else if (data.name === 'readPart') postMessage({ id: data.id, result }, result?.map((piece) => piece.buffer) ?? []);
      else postMessage({ id: data.id, result });
      handOver(data.id, data.name, data.args);
    } catch (error) {
      postMessage({ id: data.id, error: error instanceof Error ? error.message : String(error) });
    }
  };
  // One after the other, in the order in which they came.
  if (aside.has(data.name)) void run();
  else last = last.then(run);
};
