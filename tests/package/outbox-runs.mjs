// Many runs of the outbox's model, here or in threads of their own: each is one order of events, and
// ends with everything in its place or with an error that names the seed.

import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

import { Site } from './outbox-model.mjs';

/** What a run is about, and how likely what is. @type {Record<string, Partial<import('./outbox-model.mjs').Chances>>} */
export const kinds = {
  'faults, crashes and kills': {},
  'no crashes': { crashes: 0 },
  'bad storage': { storage: 40 },
  'a dead network': { faults: 100 },
};

/** Things that happen in a run. Most are short, since faults need few; some go on. @param {number} seed */
const stepsOf = (seed) => (seed % 50 === 0 ? 80 : 18);

/** @param {string} kind @param {number} seed */
async function run(kind, seed) {
  const why = `${kind}, seed ${seed}`;
  const site = new Site(seed, kinds[kind]);
  for (let tabs = seed % 3; tabs >= 0; tabs--) site.open();
  for (let step = stepsOf(seed); step > 0; step--) await site.step();
  await site.settle();
  const left = new Set([...site.base.keys(), ...[...site.local.keys()].map((key) => key.split('/')[1])]);
  for (const id of site.promised) {
    const shown = site.told.get(id)?.has('parked') && left.has(id);
    assert.ok(site.rows.has(id) || shown, `${id} is lost, ${why}`);
  }
  // What is left is parked, and lies there for the visitor to see.
  for (const id of left) assert.ok(site.told.get(id)?.has('parked'), `${id} is neither delivered nor parked, ${why}`);
  assert.equal(site.lies.size, 0, `told delivered and is not, ${why}`);
  assert.ok(site.mostAtOnce <= 1, `two at once, ${why}`);
  return { runs: 1, steps: site.steps, submitted: site.submitted, promised: site.promised.size, stored: site.rows.size, parked: left.size };
}

/** @typedef {Awaited<ReturnType<typeof run>>} Sum */

/** @param {Sum[]} all @returns {Sum} */
const added = (all) => all.reduce((sum, one) => /** @type {Sum} */ (Object.fromEntries(Object.entries(sum).map(([key, value]) => [key, value + one[key]]))));

/** Runs of the seeds from one to before another. @param {{ kind: string, from: number, to: number }} part @returns {Promise<Sum>} */
export async function explore({ kind, from, to }) {
  const sums = [];
  // Several side by side, so that none waits for the turn of the others.
  for (let seed = from; seed < to; seed += 50) sums.push(...(await Promise.all(Array.from({ length: Math.min(50, to - seed) }, (_, index) => run(kind, seed + index)))));
  return added(sums);
}

/** The same, spread over the processors. @param {string} kind @param {number} count @returns {Promise<Sum>} */
export async function exploreInThreads(kind, count) {
  const size = 5000;
  const parts = Array.from({ length: Math.ceil(count / size) }, (_, part) => ({ kind, from: part * size + 1, to: Math.min(count, (part + 1) * size) + 1 }));
  const sums = [];
  const work = async () => {
    for (let part = parts.shift(); part; part = parts.shift()) {
      sums.push(await new Promise((resolve, reject) => new Worker(new URL(import.meta.url), { workerData: part }).once('message', resolve).once('error', reject)));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return added(sums);
}

if (!isMainThread && workerData?.kind) parentPort?.postMessage(await explore(workerData));
