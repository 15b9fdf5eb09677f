// The cases of the fault table: what goes wrong between Submit and stored, and where it has to end.

import assert from 'node:assert/strict';
import { setTimeout as rest } from 'node:timers/promises';

import { begin, fill, frame, killable, submit, useUpStorage } from './visitors.mjs';

/** @typedef {import('./visitors.mjs').Visitor} Visitor */
/** @typedef {import('playwright-core').Page} Page */
/** What became of one submission in the eyes of the visitor. @typedef {{ id: string, state: string }} Submitted */

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {readonly string[]} [plan] what happens to the first requests
 * @property {'stored' | 'shown'} [end] `shown`: not stored, and the visitor is told
 * @property {number} [waits] milliseconds that lie between the first two tries at least
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

/**
 * Submits and goes away in the same moment: no promise of the page is ever fulfilled.
 *
 * @param {Awaited<ReturnType<typeof import('./faulty.mjs').faulty>>} server
 * @param {'leave' | 'close'} how
 * @returns {(visit: Visitor, email: string) => Promise<Submitted[]>}
 */
const atOnceAway = (server, how) => async (visit, email) => {
  const first = await visit.open();
  const opened = visit.context.waitForEvent('page');
  // Only what a script opened may a script close.
  await first.evaluate(() => void open('/outbox.html'));
  const page = await opened;
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  await first.close();
  const gone = how === 'close' ? page.waitForEvent('close') : page.waitForURL('about:blank');
  await page.evaluate(([email, how]) => {
    void outbox.submit(draft(email));
    if (how === 'close') close();
    else location.href = 'about:blank';
  }, [email, how]).catch(() => {});
  await gone;
  await visit.open();
  return [{ id: (await server.idOf(email)) ?? `of ${email}, never sent`, state: 'kept' }];
};

/** @param {number} ms by which the visitor's clock is wrong @returns {(visit: Visitor, email: string) => Promise<Submitted[]>} */
const wrongClock = (ms) => async (visit, email) => {
  await visit.context.addInitScript((ms) => {
    const { now } = Date;
    Date.now = () => now() + ms;
  }, ms);
  return [await submit(await visit.open(), email)];
};

/** Neither place has room. @param {Visitor} visit */
async function noRoom(visit) {
  const page = await visit.open();
  await useUpStorage(page);
  await fill(page);
  return page;
}

const day = 86_400_000;

const once = ['500', '502', '503', '401', '404', 'captive portal', 'redirect to sign-in', 'id of another', 'no answer', 'slow loris', 'reset', 'reset after storing', '500 after storing', 'half an answer'];

/**
 * @param {object} world
 * @param {Awaited<ReturnType<typeof import('./faulty.mjs').faulty>>} world.server
 * @param {(ids: string[]) => Promise<unknown>} world.settled until all are stored
 * @param {boolean} world.full
 * @returns {Case[]}
 */
export function casesOf({ server, settled, full }) {
  /** Everybody submits in a tab of one's own; then one more, whose tab closes. @param {Visitor} visit @param {string} email */
  async function manyTabs(visit, email) {
    const pages = await Promise.all(Array.from({ length: full ? 10 : 3 }, () => visit.open()));
    const submitted = await Promise.all(pages.map((page, index) => submit(page, `${index}.${email}`)));
    const last = await submit(pages[0], email);
    await pages[0].close();
    await settled([last.id]);
    return { last, submitted: [...submitted, last] };
  }

  return [
    ...once.map((fault) => ({ name: fault, plan: [fault] })),
    { name: '429, seconds', plan: ['429, seconds'], waits: 2000 },
    // A date has no parts of seconds.
    { name: '429, date', plan: ['429, date'], waits: 1500 },
    { name: 'collector killed in mid-write', plan: ['collector killed', 'collector killed'] },
    { name: 'one fault after the other', plan: ['503', 'reset after storing', 'captive portal', 'half an answer'] },
    ...['413', '422'].map((fault) => ({ name: fault, plan: [fault], end: /** @type {const} */ ('shown') })),
    { name: 'tab closed while sending', plan: ['slow'], run: leaving((page) => page.close()) },
    { name: 'tab closed while it fails', plan: ['503', '503'], run: leaving((page) => page.close()) },
    { name: 'tab closed while nothing answers', plan: ['no answer'], run: leaving((page) => page.close()) },
    { name: 'page left while sending', plan: ['slow'], run: leaving((page) => page.goto('about:blank')) },
    { name: 'page left in the same moment', plan: ['slow'], run: atOnceAway(server, 'leave') },
    { name: 'tab closed in the same moment', plan: ['slow'], run: atOnceAway(server, 'close') },
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
      // So long that it cannot be delivered in between, however slow the machine.
      plan: Array(4).fill('429, seconds'),
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
        const { last, submitted } = await manyTabs(visit, email);
        assert.equal(server.mostAtOnce(last.id), 1, 'one tab at a time');
        return submitted;
      },
    },
    {
      name: 'many tabs, and no Web Locks',
      plan: ['503', '503', 'slow', '503'],
      async run(visit, email) {
        await visit.context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'locks', { value: undefined }));
        return (await manyTabs(visit, email)).submitted;
      },
    },
    {
      name: 'back to the form',
      // So long that it cannot be delivered in between, however slow the machine.
      plan: Array(4).fill('429, seconds'),
      async run(visit, email) {
        const page = await visit.open();
        const first = await submit(page, email);
        await page.goto('about:blank');
        await page.goBack();
        await page.waitForSelector('html[data-ready]', { state: 'attached' });
        const second = await submit(page, email);
        assert.equal(second.id, first.id);
        return [first, second];
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
    {
      name: 'IndexedDB full',
      plan: ['503'],
      async run(visit, email) {
        const page = await visit.open();
        await useUpStorage(page);
        const submitted = await submit(page, email);
        await page.close();
        await visit.open();
        return [submitted];
      },
    },
    { name: 'all storage full', run: async (visit, email) => [await submit(await noRoom(visit), email)] },
    {
      name: 'all storage full, and a fault',
      plan: ['503', '503'],
      async run(visit, email) {
        const page = await noRoom(visit);
        const submitted = await submit(page, email);
        assert.equal(submitted.state, 'unsent');
        await page.waitForFunction(() => changes.some(({ state }) => state === 'delivered'));
        return [{ ...submitted, state: 'delivered' }];
      },
    },
    { name: 'all storage full, and refused', plan: ['413'], end: 'shown', run: async (visit, email) => [await submit(await noRoom(visit), email)] },
    {
      // Requests that may outlive their page share 64 KiB.
      name: 'answers of 55 to 66 KiB',
      async run(visit, email) {
        const page = await visit.open();
        const submitted = [];
        for (let size = 55; size <= 66; size += full ? 1 : 3) submitted.push(await submit(page, email, `of ${size} KiB`, size * 1024));
        await settled(submitted.map(({ id }) => id));
        return submitted;
      },
    },
    {
      name: 'two trackers use up what may be kept alive',
      async run(visit, email) {
        const page = await visit.open();
        await page.evaluate(() => {
          for (const part of [40, 23]) fetch('/tracker', { method: 'POST', keepalive: true, body: 'x'.repeat(part * 1024) }).catch(() => {});
        });
        return [await submit(page, email, 'small'), await submit(page, email, 'large', 20 * 1024)];
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
    { name: 'clock a day fast', plan: ['503', '429, seconds'], run: wrongClock(day) },
    { name: 'clock a day slow', plan: ['503', '429, date'], run: wrongClock(-day) },
    { name: 'clock ten years fast', plan: ['503', '429, date'], run: wrongClock(3652 * day) },
    { name: 'clock ten years slow', plan: ['503', '429, date'], run: wrongClock(-3652 * day) },
    {
      name: 'clock jumps ten years ahead',
      plan: ['503', '503'],
      async run(visit, email) {
        const page = await visit.open();
        const submitted = await submit(page, email);
        await page.evaluate(() => {
          const { now } = Date;
          Date.now = () => now() + 3652 * 86_400_000;
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
      plan: Array(ms < 1000 ? 3 : 6).fill('503'),
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
}
