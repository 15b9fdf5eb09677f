// Everything that takes time: reading files, judging leads, checking scorecards.

import { authoringOn } from '../../pkg/checking.js';
import { createLeadfit } from '../../pkg/leadfit.js';
import { learningOn } from '../../pkg/learning.js';
import { starting } from '../../pkg/starting.js';
import * as glue from '../../pkg/wasm/studio.js';
import wasm from '../../pkg/leadfit_studio.wasm?url';

const studio = starting(glue, () => new URL(wasm, import.meta.url));
const { Scorecard, readTitle } = createLeadfit({ page: studio, authoring: studio });
const { check, diff, compile } = authoringOn(studio);
const { propose, accept } = learningOn(studio);

/** @type {any} */
let session;
/** All readings up to this number are cancelled. */
let cancelled = 0;

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

/** Bytes of a file that are fetched at a time: a tenth of a second or so of reading. */
const pieceBytes = 4 << 20;
const channel = new MessageChannel();
/** Lets what has come in be heard, such as a cancel. */
const breath = () =>
  new Promise((resolve) => {
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(null);
  });

/** Reads the pieces of a file. @param {Blob} blob @param {any} choices @param {number} number */
async function read(blob, choices, number) {
  if (!session.begin(choices)) throw new Error('open a scorecard first');
  const from = (at) => blob.slice(at, at + pieceBytes).arrayBuffer();
  let next = from(0);
  for (let at = 0; at < blob.size; at += pieceBytes) {
    const piece = new Uint8Array(await next);
    // The next piece is fetched while this one is read.
    next = from(at + pieceBytes);
    await breath();
    if (number <= cancelled) {
      session.cancel();
      return null;
    }
    const rows = session.feed(piece);
    postMessage({ progress: { rows, share: (at + piece.length) / blob.size } });
  }
  postMessage({ progress: { rows: null, share: 1 } });
  return session.finish();
}

/** Bytes of a file that a first look takes in. */
const firstLook = 1 << 18;

const calls = {
  async look(blob, choices) {
    const head = new Uint8Array(await blob.slice(0, firstLook).arrayBuffer());
    return session.look(head, blob.size <= firstLook, choices);
  },
  values: (criterion) => session.values(criterion),
  follow: (text, quick) => session.follow(text, quick),
  read,
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
/** After these the counts are others. */
const counted = new Set(['follow', 'read', 'take']);

/** These take their own turns, beside the others. */
const aside = new Set(['learn']);

/** @type {Promise<any>} */
let last = Promise.resolve();

onmessage = ({ data }) => {
  if (data.name === 'cancel') return void (cancelled = data.number);
  if (data.name === 'stop') return stopping.abort();
  const run = async () => {
    try {
      session ??= new (await studio()).Session();
      const result = await calls[data.name](...data.args);
      const counts = counted.has(data.name) ? numbers() : undefined;
      if (counts?.length > 0) postMessage({ id: data.id, result, numbers: counts }, [counts.buffer]);
      else postMessage({ id: data.id, result });
    } catch (error) {
      postMessage({ id: data.id, error: error instanceof Error ? error.message : String(error) });
    }
  };
  // One after the other, in the order in which they came.
  if (aside.has(data.name)) void run();
  else last = last.then(run);
};
