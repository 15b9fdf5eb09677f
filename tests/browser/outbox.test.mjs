// The fault table: whatever happens between Submit and stored, each submission ends in the receiver
// once, or the visitor is told that it did not.
//
// A few rounds by default, fifty with LEADFIT_FULL, or as many as LEADFIT_ROUNDS says.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';

import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from '../package/packed.mjs';
import { launch } from './browser.mjs';
import { faulty } from './faulty.mjs';
import { casesOf } from './outbox-cases.mjs';
import { served } from './served.mjs';
import { submit, visitor } from './visitors.mjs';

const full = Boolean(process.env.LEADFIT_FULL);
const rounds = full ? Number(process.env.LEADFIT_ROUNDS ?? 50) : 2;
/** Rounds in a browser of one's own. */
const roundsAlone = full ? Math.ceil(rounds / 10) : 1;
/** How many visitors at a time. */
const atOnce = 4;
/** Milliseconds until what should be stored must be, with a healthy receiver: a page waits a minute at most between two tries. */
const patience = 70_000;

const { installed } = await packed();
const receiver = await served(installed);
const server = await faulty({ installed, pages: join(root, 'tests/browser/pages'), receiver });
const browser = await launch();
after(async () => {
  await browser.close();
  await server.close();
  await receiver.close();
});

/** @typedef {import('./visitors.mjs').Visitor} Visitor */
/** @typedef {import('./outbox-cases.mjs').Case} Case */
/** @typedef {import('playwright-core').Page} Page */

const table = [];
const sum = { submitted: 0, stored: 0, shown: 0, lost: 0, doubled: 0, requests: 0 };

/** Until all are stored; gives what is. @param {string[]} ids @param {number} [ms] */
async function settled(ids, ms = patience) {
  let deadline = Date.now() + ms;
  for (;;) {
    if (receiver.isDown()) deadline = Date.now() + ms;
    const stored = await server.receiver.stored(ids);
    if (Date.now() > deadline || ids.every((id) => stored.includes(id))) return stored;
    await rest(50);
  }
}

/** Ids that the pages of a visitor say were refused. @param {import('playwright-core').BrowserContext | undefined} context */
async function shownIn(context) {
  const ids = new Set();
  for (const page of context?.pages() ?? []) {
    for (const frame of page.frames()) for (const { id, state } of await frame.evaluate(() => changes).catch(() => [])) if (state === 'parked') ids.add(id);
  }
  return ids;
}

/** Where those submit who stay. @type {Promise<{ visit: Visitor, page: Page }> | undefined} */
let desk;

/** @param {Case} one @param {string} email */
async function submissionsOf({ run, alone }, email) {
  if (alone) return { submitted: await alone(email) };
  if (run) {
    const visit = await visitor(browser, server.url);
    return { visit, submitted: await run(visit, email), leave: visit.leave };
  }
  desk ??= visitor(browser, server.url).then(async (visit) => ({ visit, page: await visit.open() }));
  const { visit, page } = await desk;
  return { visit, submitted: [await submit(page, email)] };
}

/** @param {Case} one */
async function trial(one) {
  const email = `${randomUUID()}@brightmoor.example`;
  server.plan(email, one.plan ?? []);
  const { submitted, visit, leave } = await submissionsOf(one, email);
  const ids = [...new Set(submitted.map(({ id }) => id))];
  const stored = await settled(ids, one.end === 'shown' ? 500 : patience);
  const shown = await shownIn(visit?.context);
  await leave?.();
  if (one.waits !== undefined) {
    const [first, second] = server.tries.filter(({ id }) => id === ids[0]);
    assert.ok(second.at - first.at >= one.waits, `asked to wait, and tried again after ${second.at - first.at} ms`);
  }
  const count = (/** @type {(id: string) => boolean} */ is) => ids.filter(is).length;
  return {
    submitted: ids.length,
    stored: count((id) => stored.includes(id)),
    shown: count((id) => !stored.includes(id) && shown.has(id)),
    lost: count((id) => !stored.includes(id) && !shown.has(id)),
    doubled: count((id) => stored.indexOf(id) !== stored.lastIndexOf(id)),
    requests: server.tries.filter(({ id }) => ids.includes(id)).length,
  };
}

/** @param {Case} one */
function tried(one) {
  const count = one.alone ? roundsAlone : one.run && !full ? 1 : rounds;
  test(`${one.name}: ${count} ×`, async () => {
    const row = { submitted: 0, stored: 0, shown: 0, lost: 0, doubled: 0, requests: 0 };
    for (let from = 0; from < count; from += atOnce) {
      const trials = await Promise.all(Array.from({ length: Math.min(atOnce, count - from) }, () => trial(one)));
      for (const result of trials) for (const key of Object.keys(row)) row[key] += result[key];
    }
    table.push({ fault: one.name, ...row });
    for (const key of Object.keys(sum)) sum[key] += row[key];
    assert.equal(row.lost, 0, 'lost');
    assert.equal(row.doubled, 0, 'doubled');
    assert.equal(one.end === 'shown' ? row.shown : row.stored, row.submitted, JSON.stringify(row));
  });
}

const cases = casesOf({ server, settled, full });
/** What needs the machine for itself: another browser, a collector that nobody else needs. @param {Case} one */
const isApart = ({ alone, plan }) => Boolean(alone || plan?.includes('collector killed'));
// With many rounds those of one case go at a time; with few, the cases do.
describe('faults', { concurrency: full ? 1 : 3 }, () => cases.filter((one) => !isApart(one)).forEach(tried));
describe('ends', { concurrency: 1 }, () => cases.filter(isApart).forEach(tried));

test('what is told to be kept lies on the disk by then', async () => {
  const visit = await visitor(browser, server.url);
  const page = await visit.open();
  const times = [];
  for (let count = full ? 200 : 5; count > 0; count--) {
    const email = `${randomUUID()}@brightmoor.example`;
    // Nobody acknowledges it, so the disk alone can make it safe.
    server.plan(email, Array(20).fill('no answer'));
    const { state, ms, found } = await page.evaluate(async (email) => {
      const from = performance.now();
      const { id, state } = await outbox.submit(draft(email));
      const ms = performance.now() - from;
      const request = indexedDB.open('leadfit-outbox');
      const base = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const reading = base.transaction('records').objectStore('records').get(id);
      const found = await new Promise((resolve) => (reading.onsuccess = () => resolve(Boolean(reading.result))));
      base.close();
      await outbox.discard(id);
      return { state, ms, found };
    }, email);
    assert.deepEqual([state, found], ['kept', true]);
    times.push(ms);
  }
  times.sort((a, b) => a - b);
  console.log(`kept after ${times[times.length >> 1].toFixed(1)} ms, 95 of 100 within ${times[Math.floor(times.length * 0.95)].toFixed(1)} ms`);
  // A second is what people wait; fifty milliseconds are what a machine with nothing else to do takes.
  assert.ok(times[times.length >> 1] < 1000);
  await visit.leave();
});

test('nothing is lost, and nothing is doubled', async () => {
  console.log(`\n${['fault'.padEnd(36), ...Object.keys(sum).map((key) => key.padStart(10))].join('')}`);
  for (const { fault, ...row } of [...table, { fault: 'sum', ...sum }]) console.log(`${fault.padEnd(36)}${Object.values(row).map((value) => String(value).padStart(10)).join('')}`);
  assert.equal(sum.stored + sum.shown, sum.submitted);
  const stored = await receiver.stored();
  assert.equal(new Set(stored).size, stored.length, 'none came twice afterwards');
  assert.ok(receiver.sound());
  console.log(`the collector was killed ${receiver.crashes()} times`);
  assert.ok(receiver.crashes() >= rounds / atOnce);
});
