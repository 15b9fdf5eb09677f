// Visitors of the page in pages/outbox.html: each with storage of its own, in a browser that stays, or
// in one that can be killed.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';

import { chromium } from 'playwright-core';

import { launch } from './browser.mjs';

/**
 * @typedef {object} Visitor
 * @property {import('playwright-core').BrowserContext} context
 * @property {() => Promise<import('playwright-core').Page>} open the page, ready
 * @property {() => Promise<unknown>} leave
 */

/** @param {import('playwright-core').BrowserContext} context @param {string} url @param {() => Promise<unknown>} leave @returns {Visitor} */
const visitorIn = (context, url, leave) => ({
  context,
  async open() {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`${url}/outbox.html`);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    return page;
  },
  leave,
});

/** @param {import('playwright-core').Browser} browser @param {string} url @returns {Promise<Visitor>} */
export async function visitor(browser, url) {
  const context = await browser.newContext();
  return visitorIn(context, url, () => context.close());
}

/**
 * A browser of its own whose process can be killed, and started again on the same profile.
 *
 * @param {string} url
 */
export function killable(url) {
  const profile = mkdtempSync(join(tmpdir(), 'leadfit-profile-'));
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let running;
  const start = async (executable, args) => {
    running = spawn(executable, [...args, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    const address = await new Promise((resolve, reject) => {
      let said = '';
      running?.stderr?.setEncoding('utf8').on('data', (text) => {
        said += text;
        const found = /DevTools listening on (\S+)/.exec(said);
        if (found) resolve(found[1]);
      });
      running?.once('exit', () => reject(new Error(said)));
    });
    return chromium.connectOverCDP(address);
  };
  const kill = async () => {
    const ended = new Promise((resolve) => running?.once('exit', resolve));
    // The whole group: a browser is many processes.
    process.kill(-(/** @type {number} */ (running?.pid)), 'SIGKILL');
    await ended;
  };
  /** @type {import('playwright-core').Browser | undefined} */
  let browser;
  return {
    kill,
    /** Kills the processes that show pages, and leaves the browser. */
    async crash() {
      const session = await /** @type {import('playwright-core').Browser} */ (browser).newBrowserCDPSession();
      const { processInfo } = /** @type {any} */ (await session.send('SystemInfo.getProcessInfo'));
      for (const { type, id } of processInfo) if (type === 'renderer') process.kill(id, 'SIGKILL');
      // Until the browser has noticed, it would open a page in a dead process.
      for (let tries = 20; ; tries--) {
        const page = await browser?.contexts()[0].newPage().catch((error) => void (tries > 0 || assert.fail(error)));
        if (page) return page.close();
        await rest(100);
      }
    },
    /** @returns {Promise<Visitor>} */
    async start() {
      browser = await launch({ start });
      return visitorIn(browser.contexts()[0], url, kill);
    },
    async end() {
      if (running?.exitCode === null && running.signalCode === null) await kill();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/**
 * Submits in a page; gives id and state.
 *
 * @param {import('playwright-core').Page | import('playwright-core').Frame} page
 * @param {string} email
 * @param {string} [form]
 * @param {number} [bytes] of a long answer
 */
export const submit = (page, email, form, bytes) => page.evaluate(([email, form, bytes]) => outbox.submit(draft(email, form, bytes)), [email, form, bytes]);

/** Begins to submit and waits for nothing; gives the id. @param {import('playwright-core').Page} page @param {string} email */
export const begin = (page, email) =>
  page.evaluate((email) => {
    void outbox.submit(draft(email));
    return outbox.list().then(([{ id }]) => id);
  }, email);

/** Fills localStorage to the last byte. @param {import('playwright-core').Page} page */
export const fill = (page) =>
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

/**
 * Lets the site have a megabyte, and fills it until IndexedDB takes not one byte more.
 *
 * @param {import('playwright-core').Page} page
 */
export async function useUpStorage(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize: 1_000_000 });
  const refused = await page.evaluate(async () => {
    const base = await new Promise((resolve, reject) => {
      const request = indexedDB.open('filler', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('fillers', { autoIncrement: true });
      request.onsuccess = () => resolve(request.result);
      request.onerror = reject;
    });
    const put = (size) =>
      new Promise((resolve) => {
        const transaction = base.transaction('fillers', 'readwrite');
        transaction.objectStore('fillers').put(crypto.getRandomValues(new Uint8Array(size)));
        transaction.oncomplete = () => resolve('');
        transaction.onabort = () => resolve(transaction.error?.name);
      });
    let why = '';
    for (let size = 1 << 16; size >= 1; size >>= 4) for (let tries = 0; tries < 100 && !(why = await put(size)); tries++);
    return why;
  });
  assert.equal(refused, 'QuotaExceededError');
}

/** A page without any storage: a sandboxed frame. @param {Visitor} visit */
export async function frame(visit) {
  const page = await visit.open();
  await page.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.src = `/outbox.html#at=${location.origin}`;
    document.body.append(frame);
  });
  const inside = (await (await page.waitForSelector('iframe')).contentFrame()) ?? assert.fail('no frame');
  await inside.waitForSelector('html[data-ready]', { state: 'attached' });
  return /** @type {import('playwright-core').Page} */ (/** @type {unknown} */ (inside));
}
