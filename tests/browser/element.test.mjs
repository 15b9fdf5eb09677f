// `<lead-form>` takes visitors of all samples to every route, however they come and whatever they
// come with, asking no more than it must.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from '../package/packed.mjs';
import { journeys } from './journeys.mjs';
import { dangling, landing, now } from './landing.mjs';
import { byKeyboard, byMouse } from './visitor.mjs';

const full = Boolean(process.env.LEADFIT_FULL);
const rendered = mkdtempSync(join(tmpdir(), 'leadfit-rendered-'));

/** @type {Awaited<ReturnType<typeof landing>>} */ let site;
/** @type {any} */ let leadfit;

/** The page of a server: the fields stand in it already. @param {any} card @param {string} sample @param {(card: any, options: any) => string} fieldsHtml */
const pageOf = (card, sample, fieldsHtml) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A form</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/pages/form.css"><script type="module" src="/pages/form.js"></script></head>
<body><main><h1>A form</h1><lead-form src="/sample/${sample}.leadfit"><form action="/submit" method="post">
${fieldsHtml(card, { prefix: 'q-' })}
<button type="submit">Send</button></form></lead-form></main></body></html>`;

before(async () => {
  const { installed } = await packed();
  const load = (name) => import(pathToFileURL(join(installed, name)).href);
  leadfit = await load('entry-default.js');
  const { fieldsHtml } = await load('form/html.js');
  for (const sample of Object.keys(journeys)) writeFileSync(join(rendered, `${sample}.html`), pageOf(await cardOf(sample), sample, fieldsHtml));
  site = await landing({ mounts: { '/rendered/': rendered } });
});
after(async () => {
  await site?.close();
  rmSync(rendered, { recursive: true, force: true });
});

const cardOf = (sample) => leadfit.Scorecard.load(readFileSync(join(root, 'www', 'sample', `${sample}.leadfit`)));

test('the journeys are the routes of the samples', () => {
  for (const [sample, ways] of Object.entries(journeys)) {
    const { routes, fallback } = JSON.parse(readFileSync(join(root, 'www', 'sample', `${sample}.json`), 'utf8'));
    assert.deepEqual(Object.keys(ways).sort(), [...routes, ...Object.values(fallback)].map(({ id }) => id).sort());
  }
});

/** Ways to come, and what they need. */
const ways = {
  'by mouse, on one page': { go: byMouse },
  'by keyboard, on one page': { go: byKeyboard },
  'by mouse, step by step': { go: byMouse, query: { mode: 'steps' } },
  'by keyboard, step by step': { go: byKeyboard, query: { mode: 'steps', 'per-step': '2' } },
  'at 320 px': { go: byMouse, options: { viewport: { width: 320, height: 640 }, hasTouch: true } },
  // A page of 1280 by 800 pixels at 200 %.
  'at 200 % zoom': { go: byKeyboard, options: { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 } },
  'from right to left': { go: byKeyboard, query: { lang: 'ar', dir: 'rtl', mode: 'steps' } },
  'in German, with lists': { go: byMouse, query: { lang: 'de', choices: 'select' } },
  'on a slow network': { go: byMouse, slow: true },
  'on a page of a server': { go: byKeyboard, rendered: true },
  'without WebAssembly': { go: unscored, rendered: true, blocked: true },
  'without JavaScript': { go: unscored, rendered: true, options: { javaScriptEnabled: false } },
};

/** Every form still posts, and the server knows the way. @param {import('playwright-core').Page} page @param {Record<string, string>} answers */
async function unscored(page, answers) {
  for (const field of await page.locator('[data-leadfit-question]').all()) {
    const answer = answers[(await field.getAttribute('data-leadfit-question')) ?? ''];
    const control = field.locator('input, select').first();
    const [kind, type] = [await control.evaluate(({ tagName }) => tagName), await control.getAttribute('type')];
    if (!answer) continue;
    if (kind === 'SELECT') await control.selectOption(answer);
    else if (type === 'radio' || type === 'checkbox') await field.locator(`input[value="${answer}"]`).check();
    else await control.fill(answer);
  }
  await page.locator('[type=submit]').click();
  await page.waitForURL(/thanks|students/);
  return [];
}

const all = Object.entries(journeys).flatMap(([sample, routes]) => Object.entries(routes).map(([route, journey]) => ({ sample, route, ...journey })));
const names = Object.keys(ways);
// Each route once, each time another way; in the full run every way of each.
const runs = all.flatMap((journey, index) => (full ? names : [names[index % names.length]]).map((way) => ({ ...journey, way })));

for (const { sample, route, did = [], answers, way } of runs) {
  test(`${sample}: ${route}, ${way}`, async () => {
    const { go, query = {}, options = {}, slow = false, rendered = false, blocked = false } = ways[way];
    const search = new URLSearchParams({ ...query, card: sample, events: JSON.stringify(did), stay: '1' });
    const { page, noises, posted } = await site.open({
      ...options,
      path: rendered ? `rendered/${sample}.html?${search}` : `pages/form.html?${search}`,
      ready: go === unscored ? (blocked ? 'lead-form[data-state="off"]' : 'form') : 'lead-form[data-state="asking"]',
      prepare: async (page) => {
        if (slow) await throttle(page);
        if (blocked) await withoutWasm(page);
      },
    });
    const asked = await go(page, answers);
    const card = await cardOf(sample);
    if (go === unscored) {
      const lead = { ...card.leadFrom([...new URLSearchParams(posted[0])]), events: did };
      assert.equal(card.evaluate(lead, { now }).route.id, route);
    } else {
      const routed = await page.evaluate(() => window.said.filter(({ type }) => type === 'leadfit:routed').map(({ detail }) => detail.route.id));
      assert.deepEqual(routed, [route], `asked ${asked}`);
      assert.deepEqual(await dangling(page), []);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= page.viewportSize().width);
      assert.deepEqual(noises, []);
    }
    assert.equal(posted.length, 1);
    await page.context().close();
  });
}

/** 400 ms to the server, 100 KB a second. @param {import('playwright-core').Page} page */
async function throttle(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 400, downloadThroughput: 100_000, uploadThroughput: 100_000 });
}

/** @param {import('playwright-core').Page} page */
const withoutWasm = (page) =>
  page.route('**/rendered/*', async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    await route.fulfill({ response, headers: { ...headers, 'content-security-policy': headers['content-security-policy'].replace(" 'wasm-unsafe-eval'", '') } });
  });
