// The fault table: whatever happens between Submit and stored, each submission ends in the receiver
// once, or the visitor is told that it did not.
//
// A few rounds by default, many with LEADFIT_FULL.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';

import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from '../package/packed.mjs';
import { launch } from './browser.mjs';
import { faulty } from './faulty.mjs';
import { begin, killable, submit, visitor } from './visitors.mjs';

const full = Boolean(process.env.LEADFIT_FULL);
const rounds = full ? 50 : 2;
/** Rounds in a browser of one's own. */
const roundsAlone = full ? 5 : 1;
/** How many visitors at a time. */
const atOnce = 4;
/** Milliseconds until what should be stored must be. */
const patience = 30_000;

const { installed } = await packed();
const server = await faulty({ installed, pages: join(root, 'tests/browser/pages') });
const browser = await launch();
after(async () => {
  await browser.close();
  await server.close();
});

/** @typedef {import('./visitors.mjs').Visitor} Visitor */
/** @typedef {import('playwright-core').Page} Page */
/** What became of one submission in the eyes of the visitor. @typedef {{ id: string, state: string }} Submitted */

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {readonly string[]} [plan] what happens to the first requests
 * @property {'stored' | 'shown'} [end] `shown`: not stored, and the visitor is told
 * @property {(visit: Visitor, email: string) => Promise<Submitted[]>} [run] by default somebody submits and stays
 * @property {(email: string) => Promise<Submitted[]>} [alone] in a browser of its own; fewer rounds
 */

/** Submits while a fault holds, leaves the page, and comes back. @param {(page: Page) => Promise<unknown>} leave */
const leaving = (leave) => async (/** @type {Visitor} */ visit, /** @type {string} */ email) => {
  const page = await visit.open();
  const id = await begin(page, email);
  await leave(page);
  await visit.open();
  return [{ id, state: 'kept' }];
};

/** Fills localStorage to the last byte. @param {Page} page */
const fill = (page) =>
  page.evaluate(() => {
    for (let size = 1 << 22; size >= 1; size >>= 1) {
      for (let count = 0; ; count++) {
        try {
          localStorage.setItem(`filler ${size} ${count}`, 'x'.repeat(size));
        } catch {
          break;
        }
      }
    }
  });

/** A page without any storage: a sandboxed frame. @param {Visitor} visit */
async function frame(visit) {
  const page = await visit.open();
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.src = `/outbox.html#at=${location.origin}`;
    document.body.append(frame);
  });
  const inside = (await (await page.waitForSelector('iframe')).contentFrame()) ?? assert.fail('no frame');
  await inside.waitForSelector('html[data-ready]', { state: 'attached' });
  return /** @type {Page} */ (/** @type {unknown} */ (inside));
}

/** @param {number} ms by which the visitor's clock is wrong @returns {(visit: Visitor, email: string) => Promise<Submitted[]>} */
const wrongClock = (ms) => async (visit, email) => {
  await visit.context.addInitScript((ms) => {
    const { now } = Date;
    Date.now = () => now() + ms;
  }, ms);
  return [await submit(await visit.open(), email)];
};

const once = ['500', '502', '503', '401', '404', 'captive portal', 'redirect to sign-in', 'id of another', '429, seconds', '429, date', 'no answer', 'slow loris', 'reset', 'reset after storing', '500 after storing', 'half an answer'];

/** @type {Case[]} */
const cases = [
  ...once.map((fault) => ({ name: fault, plan: [fault] })),
  { name: 'one fault after the other', plan: ['503', 'reset after storing', 'captive portal', 'half an answer'] },
  ...['413', '422'].map((fault) => ({ name: fault, plan: [fault], end: /** @type {const} */ ('shown') })),
  { name: 'tab closed while sending', plan: ['slow'], run: leaving((page) => page.close()) },
  { name: 'tab closed while it fails', plan: ['503', '503'], run: leaving((page) => page.close()) },
  { name: 'tab closed while nothing answers', plan: ['no answer'], run: leaving((page) => page.close()) },
  { name: 'page left while sending', plan: ['slow'], run: leaving((page) => page.goto('about:blank')) },
  {
    name: 'offline and back',
    async run(visit, email) {
      const page = await visit.open();
      await visit.context.setOffline(true);
      const submitted = await submit(page, email);
      await page.waitForFunction(() => changes.some(({ tries }) => tries > 1));
      await visit.context.setOffline(false);
      const from = Date.now();
      await page.waitForFunction(() => changes.some(({ state }) => state === 'delivered'));
      assert.ok(Date.now() - from < 5000, 'sent within five seconds');
      return [submitted];
    },
  },
  {
    name: 'offline, closed, reopened',
    async run(visit, email) {
      const page = await visit.open();
      await visit.context.setOffline(true);
      const submitted = await submit(page, email);
      await page.close();
      await visit.context.setOffline(false);
      await visit.open();
      return [submitted];
    },
  },
  {
    name: 'double submit',
    plan: ['slow'],
    async run(visit, email) {
      const page = await visit.open();
      const all = await page.evaluate((email) => Promise.all(Array.from({ length: 20 }, () => outbox.submit(draft(email)))), email);
      assert.equal(new Set(all.map(({ id }) => id)).size, 1);
      return [all[0], await submit(page, email)];
    },
  },
  {
    name: 'edited and submitted again',
    async run(visit, email) {
      const page = await visit.open();
      const [first, second] = [await submit(page, email, 'landing'), await submit(page, `also.${email}`, 'landing')];
      assert.notEqual(first.id, second.id);
      return [first, second];
    },
  },
  {
    name: 'submitted again after a reload',
    plan: ['503', '503', '503'],
    async run(visit, email) {
      const page = await visit.open();
      const first = await submit(page, email);
      await page.reload();
      await page.waitForSelector('html[data-ready]', { state: 'attached' });
      const second = await submit(page, email);
      assert.equal(second.id, first.id);
      return [first, second];
    },
  },
  {
    name: 'many tabs',
    plan: ['503', '503', 'slow', '503'],
    async run(visit, email) {
      const pages = await Promise.all(Array.from({ length: full ? 10 : 3 }, () => visit.open()));
      const submitted = await Promise.all(pages.map((page, index) => submit(page, `${index}.${email}`)));
      const last = await submit(pages[0], email);
      await pages[0].close();
      await settled([last.id]);
      assert.equal(server.mostAtOnce(last.id), 1, 'one tab at a time');
      return [...submitted, last];
    },
  },
  {
    name: 'localStorage full',
    plan: ['503'],
    async run(visit, email) {
      const page = await visit.open();
      await fill(page);
      const submitted = await submit(page, email);
      await page.close();
      await visit.open();
      return [submitted];
    },
  },
  { name: 'storage blocked', run: async (visit, email) => [await submit(await frame(visit), email)] },
  {
    name: 'storage blocked, and a fault',
    plan: ['503', '503'],
    async run(visit, email) {
      const page = await frame(visit);
      const submitted = await submit(page, email);
      assert.equal(submitted.state, 'unsent');
      await page.waitForFunction(() => changes.some(({ state }) => state === 'delivered'));
      return [{ ...submitted, state: 'delivered' }];
    },
  },
  { name: 'storage blocked, and refused', plan: ['413'], end: 'shown', run: async (visit, email) => [await submit(await frame(visit), email)] },
  { name: 'clock a day fast', plan: ['503', '429, seconds'], run: wrongClock(86_400_000) },
  { name: 'clock a day slow', plan: ['503', '429, date'], run: wrongClock(-86_400_000) },
  {
    name: 'clock jumps ten years ahead',
    plan: ['503', '503'],
    async run(visit, email) {
      const page = await visit.open();
      const submitted = await submit(page, email);
      await page.evaluate(() => {
        const { now } = Date;
        Date.now = () => now() + 315_576_000_000;
      });
      return [submitted];
    },
  },
  {
    name: 'page crashed while sending',
    plan: ['no answer'],
    async alone(email) {
      const box = killable(server.url);
      try {
        const visit = await box.start();
        const id = await begin(await visit.open(), email);
        await box.crash();
        await visit.open();
        await settled([id]);
        return [{ id, state: 'kept' }];
      } finally {
        await box.end();
      }
    },
  },
  ...(full ? [0, 50, 250, 1000, 5000] : [50]).map((ms) => ({
    name: `browser killed ${ms} ms after`,
    plan: Array(6).fill('503'),
    async alone(email) {
      const box = killable(server.url);
      try {
        const submitted = await submit(await (await box.start()).open(), email);
        await rest(ms);
        await box.kill();
        await (await box.start()).open();
        await settled([submitted.id]);
        return [submitted];
      } finally {
        await box.end();
      }
    },
  })),
];

const table = [];
const sum = { submitted: 0, stored: 0, shown: 0, lost: 0, doubled: 0, requests: 0 };

/** Until all are stored; gives what is. @param {string[]} ids @param {number} [ms] */
async function settled(ids, ms = patience) {
  const deadline = Date.now() + ms;
  for (;;) {
    const stored = await server.receiver.stored();
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

for (const one of cases) {
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

test('nothing is lost, and nothing is doubled', () => {
  console.log(`\n${['fault'.padEnd(36), ...Object.keys(sum).map((key) => key.padStart(10))].join('')}`);
  for (const { fault, ...row } of [...table, { fault: 'sum', ...sum }]) console.log(`${fault.padEnd(36)}${Object.values(row).map((value) => String(value).padStart(10)).join('')}`);
  assert.equal(sum.stored + sum.shown, sum.submitted);
});
