// Everything that takes time: reading files, judging leads, checking scorecards.

import { authoringOn } from '../../pkg/checking.js';
import { createLeadfit } from '../../pkg/leadfit.js';
import { starting } from '../../pkg/starting.js';
import * as glue from '../../pkg/wasm/studio.js';
import wasm from '../../pkg/leadfit_studio.wasm?url';

const studio = starting(glue, () => new URL(wasm, import.meta.url));
const { Scorecard, readTitle } = createLeadfit({ page: studio, authoring: studio });
const { check, diff, compile } = authoringOn(studio);

/** @type {any} */
let session;
/** All readings up to this number are cancelled. */
let cancelled = 0;

const numbers = () => session.tally();

/** Reads the pieces of a file. @param {Blob} blob @param {any} choices @param {number} number */
async function read(blob, choices, number) {
  if (!session.begin(choices)) throw new Error('open a scorecard first');
  const reader = blob.stream().getReader();
  let done = 0;
  let told = 0;
  for (;;) {
    const { value, done: end } = await reader.read();
    if (number <= cancelled) {
      await reader.cancel();
      session.cancel();
      return null;
    }
    if (end) break;
    const rows = session.feed(value);
    done += value.length;
    if (performance.now() - told > 60) {
      told = performance.now();
      postMessage({ progress: { rows, share: blob.size ? done / blob.size : 1 } });
      // Lets a cancel come in.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  postMessage({ progress: { rows: null, share: 1 } });
  return session.finish();
}

const calls = {
  follow: (text, quick) => session.follow(text, quick),
  read,
  take: (kind, id) => session.take(kind, id),
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

/** @type {Promise<any>} */
let last = Promise.resolve();

onmessage = ({ data }) => {
  if (data.name === 'cancel') return void (cancelled = data.number);
  // One after the other, in the order in which they came.
  last = last.then(async () => {
    try {
      session ??= new (await studio()).Session();
      const result = await calls[data.name](...data.args);
      const counts = counted.has(data.name) ? numbers() : undefined;
      if (counts?.length > 0) postMessage({ id: data.id, result, numbers: counts }, [counts.buffer]);
      else postMessage({ id: data.id, result });
    } catch (error) {
      postMessage({ id: data.id, error: error instanceof Error ? error.message : String(error) });
    }
  });
};
