// The outbox in the engines beside Chromium, which has the whole fault table in tests/browser: what is
// submitted is stored once, whatever the network and the storage do.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';

import { root } from '../../pkg-config/tool/run.mjs';
import { faulty } from '../browser/faulty.mjs';
import { packed } from '../package/packed.mjs';
import { browsers, until, whyNot } from './browsers.mjs';
import { launch as launchFirefox } from './firefox.mjs';

const full = Boolean(process.env.LEADFIT_FULL);

/** @type {Awaited<ReturnType<typeof faulty>>} */ let server;
before(async () => {
  const { installed } = await packed();
  server = await faulty({ installed, pages: join(root, 'tests/browser/pages') });
});
after(() => server?.close());

/** @typedef {import('./browsers.mjs').Engine} Engine */

/** @param {Engine} engine */
async function open(engine) {
  await engine.open(`${server.url}/outbox.html`);
  await until(engine, "'ready' in document.documentElement.dataset ? 'ready' : ''");
}

/** Somebody for whom these faults are planned. @param {...string} faults */
function somebody(...faults) {
  const email = `${randomUUID()}@brightmoor.example`;
  server.plan(email, faults);
  return email;
}

/** Submits; gives id and state once it is told. @param {Engine} engine @param {string} email @param {number} [bytes] */
async function submit(engine, email, bytes = 0) {
  await engine.evaluate(`delete window.told; outbox.submit(draft('${email}', '${email}', ${bytes})).then((told) => (window.told = JSON.stringify(told)))`);
  return JSON.parse(await until(engine, 'window.told'));
}

/** Until each of these has one row. @param {string[]} emails */
async function settled(emails) {
  const end = Date.now() + 30_000;
  for (;;) {
    const stored = await server.receiver.stored();
    const ids = emails.map((email) => server.tries.find((one) => one.email === email)?.id);
    const missing = emails.filter((_, index) => !stored.includes(ids[index]));
    if (missing.length === 0) return assert.equal(new Set(stored).size, stored.length, 'none twice');
    assert.ok(Date.now() < end, `not stored: ${missing.map((email) => server.tries.filter((one) => one.email === email).map(({ fault }) => fault))}`);
    await rest(50);
  }
}

/** What else can go wrong in an engine that stays. @type {Record<string, (engine: Engine) => Promise<string[]>>} */
const cases = {
  async 'faults of the network'(engine) {
    const faults = ['500', '502', '503', '401', 'captive portal', 'redirect to sign-in', 'id of another', '429, seconds', '429, date', 'no answer', 'slow loris', 'reset', 'reset after storing', '500 after storing', 'half an answer'];
    const emails = faults.map((fault) => somebody(fault));
    for (const email of emails) await submit(engine, email);
    return emails;
  },
  async 'a refusal is shown and stays'(engine) {
    for (const fault of ['413', '422']) {
      const { id } = await submit(engine, somebody(fault));
      await until(engine, `changes.some((one) => one.id === '${id}' && one.state === 'parked') ? 'parked' : ''`);
      await open(engine);
      await until(engine, `changes.some((one) => one.id === '${id}' && one.state === 'parked') ? 'parked' : ''`);
      assert.ok(!(await server.receiver.stored()).includes(id));
    }
    return [];
  },
  async 'the page is left in the same moment'(engine) {
    const emails = [somebody('slow'), somebody('503')];
    for (const email of emails) {
      await engine.evaluate(`void outbox.submit(draft('${email}')); location.href = 'about:blank'`);
      await open(engine);
    }
    return emails;
  },
  async 'the network is back'(engine) {
    const email = somebody(...Array(4).fill('reset'));
    await submit(engine, email);
    for (let turns = 0; turns < 6; turns++) {
      await engine.evaluate("void dispatchEvent(new Event('online'))");
      await rest(100);
    }
    return [email];
  },
  async 'answers of 55 to 66 KiB'(engine) {
    const emails = [];
    for (let size = 55; size <= 66; size++) {
      emails.push(somebody());
      await submit(engine, /** @type {string} */ (emails.at(-1)), size * 1024);
    }
    return emails;
  },
  async 'others use up what may be kept alive'(engine) {
    await engine.evaluate("for (const part of [40, 23]) fetch('/tracker', { method: 'POST', keepalive: true, body: 'x'.repeat(part * 1024) }).catch(() => {})");
    const emails = [somebody(), somebody()];
    for (const [index, email] of emails.entries()) await submit(engine, email, index * 20_480);
    return emails;
  },
  async 'a frame without storage'(engine) {
    const emails = [somebody(), somebody('503', '503')];
    for (const email of emails) {
      await engine.evaluate(`
        const frame = document.createElement('iframe');
        frame.setAttribute('sandbox', 'allow-scripts');
        frame.src = '/outbox.html#at=' + location.origin + '&submit=${email}';
        document.body.append(frame);`);
    }
    return emails;
  },
  async 'localStorage full'(engine) {
    await engine.evaluate(`
      for (let size = 1 << 22; size >= 1; size >>= 1) for (let count = 0; ; count++) {
        try { localStorage.setItem('filler ' + size + ' ' + count, 'x'.repeat(size)); } catch { break; }
      }`);
    const email = somebody('503');
    await submit(engine, email);
    await open(engine);
    return [email];
  },
};

const { Chromium, ...others } = browsers;
const absent = await whyNot(others, ({ missing }) => missing());
for (const [name, { launch }] of Object.entries(others)) {
  const why = absent[name];
  if (why) console.log(`not run: ${name} (${why})`);
  test(`${name}: nothing is lost, and nothing is doubled`, { skip: why || false, timeout: 600_000 }, async (context) => {
    const engine = await launch();
    try {
      for (const [what, run] of Object.entries(cases)) {
        await context.test(what, async () => {
          for (let rounds = full ? 10 : 1; rounds > 0; rounds--) {
            await open(engine);
            await settled(await run(engine));
          }
        });
      }
    } finally {
      await engine.close();
    }
  });
}

for (const [name, { launch }] of Object.entries(others)) {
  // In a browser of its own: the driver of Firefox loses sight of a page that comes back as it was left.
  test(`${name}: back to the form`, { skip: absent[name] || false }, async () => {
    const engine = await launch();
    try {
      await open(engine);
      const email = somebody(...Array(4).fill('429, seconds'));
      const { id } = await submit(engine, email);
      await engine.open('about:blank');
      await engine.evaluate('history.back()').catch(() => {});
      await until(engine, "'ready' in document.documentElement.dataset ? 'ready' : ''");
      assert.equal((await submit(engine, email)).id, id);
      await settled([email]);
    } finally {
      await engine.close();
    }
  });
}

/** @param {string} what @param {Record<string, unknown>} prefs @param {(engine: Engine) => Promise<string[]>} run */
function inFirefox(what, prefs, run) {
  test(`Firefox: ${what}`, { skip: absent.Firefox || false }, async () => {
    const engine = await launchFirefox({ prefs });
    try {
      await open(engine);
      await settled(await run(engine));
    } finally {
      await engine.close();
    }
  });
}

inFirefox('all storage blocked', { 'network.cookie.cookieBehavior': 2 }, async (engine) => {
  const emails = [somebody(), somebody('503')];
  assert.equal((await submit(engine, emails[0])).state, 'delivered');
  assert.equal((await submit(engine, emails[1])).state, 'unsent');
  return emails;
});

inFirefox('all storage full', { 'dom.quotaManager.temporaryStorage.fixedLimit': 1024 }, async (engine) => {
  // Once it was refused, this Firefox answers the next write neither way.
  await engine.evaluate(`
    const request = indexedDB.open('filler', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('fillers', { autoIncrement: true });
    request.onsuccess = function put() {
      const transaction = request.result.transaction('fillers', 'readwrite');
      transaction.objectStore('fillers').put(crypto.getRandomValues(new Uint8Array(1 << 16)));
      transaction.oncomplete = put;
      transaction.onabort = () => (window.full = transaction.error.name);
    };`);
  assert.equal(await until(engine, 'window.full', 60_000), 'QuotaExceededError');
  await engine.evaluate("try { for (let count = 0; ; count++) localStorage.setItem('filler ' + count, 'x'.repeat(1000)); } catch {}");
  const emails = [somebody(), somebody('503')];
  for (const email of emails) assert.notEqual((await submit(engine, email)).state, 'parked');
  return emails;
});

const kills = full ? Array(5).fill([0, 50, 250, 1000, 5000]).flat() : [50];
for (const ms of kills) {
  test(`Firefox: killed ${ms} ms after`, { skip: absent.Firefox || false }, async () => {
    const profile = mkdtempSync(join(tmpdir(), 'leadfit-firefox-'));
    try {
      const first = await launchFirefox({ profile });
      await open(first);
      const email = somebody(...Array(ms < 1000 ? 3 : 6).fill('503'));
      const { state } = await submit(first, email);
      assert.equal(state, 'kept');
      await rest(ms);
      await first.kill();
      const again = await launchFirefox({ profile });
      try {
        await open(again);
        await settled([email]);
      } finally {
        await again.close();
      }
    } finally {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  });
}
