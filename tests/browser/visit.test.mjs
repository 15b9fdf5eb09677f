// What is remembered of a visitor: only with consent, only on the device, and gone when they say so.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from '../package/packed.mjs';
import { launch } from './browser.mjs';
import { faulty } from './faulty.mjs';

const { installed } = await packed();
const server = await faulty({ installed, pages: join(root, 'tests/browser/pages') });
const browser = await launch();
after(async () => {
  await browser.close();
  await server.close();
});

const ad = '?utm_source=google&utm_medium=cpc&gclid=Cj0KCQiA-AbC';

/** @param {{ gpc?: boolean }} [options] */
async function visitor({ gpc = false } = {}) {
  const context = await browser.newContext();
  if (gpc) await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }));
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  return {
    page,
    asked,
    leave: () => context.close(),
    /** Opens the page; gives what it knows of the visit. @param {string} query @param {object} options */
    async arrive(query, options) {
      await page.goto(`${server.url}/visit.html${query}`);
      await page.waitForSelector('html[data-ready]', { state: 'attached' });
      return page.evaluate((options) => (window.visit = openVisit(options)).facts, options);
    },
    /** All that lies on the device. */
    stored: () => page.evaluate(async () => ({ ...localStorage, ...sessionStorage, cookie: document.cookie, bases: (await indexedDB.databases()).length })),
  };
}

const none = { cookie: '', bases: 0 };
const types = (facts) => facts.events.map(({ type }) => type);

test('without consent nothing is stored, and the page still knows how its visitor came', async () => {
  const { page, arrive, stored, asked, leave } = await visitor();
  const facts = await arrive(ad, {});
  assert.equal(facts.attribution.clickId, 'gclid=Cj0KCQiA-AbC');
  assert.deepEqual(types(facts), ['visit', 'pageView']);
  await page.click('[data-leadfit-event="demoRequest"]');
  await page.evaluate(() => visit.remember({ role: 'user' }));
  assert.deepEqual(await stored(), none);
  assert.deepEqual(types(await arrive('', {})), ['visit', 'pageView']);
  assert.deepEqual(asked.filter((url) => !url.startsWith(server.url) && !url.startsWith('data:')), []);
  await leave();
});

test('with consent it is remembered across pages: first and last touch, events, answers', async () => {
  const { page, arrive, stored, leave } = await visitor();
  await arrive(ad, { consent: true });
  await page.evaluate(() => visit.remember({ role: 'user', size: '' }));
  const second = await arrive('', { consent: true });
  assert.equal(second.touches.last.source, 'google', 'who comes back directly was brought by what brought them before');
  assert.deepEqual(second.answers, { role: 'user' });
  assert.deepEqual(types(second), ['visit', 'pageView', 'pageView'], 'within half an hour it is one visit');
  const third = await arrive('?utm_source=newsletter&utm_medium=email', { consent: true });
  assert.deepEqual([third.touches.first.source, third.touches.last.source, third.attribution.source], ['google', 'newsletter', 'newsletter']);
  assert.equal((await arrive('', { consent: true, credit: 'first' })).attribution.source, 'google');
  assert.deepEqual(Object.keys(await stored()), ['leadfit-visit', 'cookie', 'bases']);

  await page.evaluate(() => visit.clear());
  assert.deepEqual(await stored(), none);
  await leave();
});

test('consent may come late, and be withdrawn', async () => {
  const { page, arrive, stored, leave } = await visitor();
  await arrive(ad, {});
  await page.evaluate(() => visit.setConsent(true));
  assert.equal((await arrive('', { consent: true })).touches.first.source, 'google');
  await page.evaluate(() => visit.setConsent(false));
  assert.deepEqual(await stored(), none);
  await leave();
});

test('under Global Privacy Control there are no ad ids, and nothing is stored but by a word for this site', async () => {
  const { page, arrive, stored, leave } = await visitor({ gpc: true });
  const facts = await arrive(ad, { consent: true });
  assert.equal(await page.evaluate(() => visit.remembers), false);
  assert.doesNotMatch(JSON.stringify(facts), /gclid|Cj0/);
  assert.equal(facts.attribution.source, 'google');
  assert.deepEqual(await stored(), none);
  assert.doesNotMatch(JSON.stringify(await arrive(ad, { consent: 'explicit' })), /gclid|Cj0/);
  assert.deepEqual(Object.keys(await stored()), ['leadfit-visit', 'cookie', 'bases']);
  assert.match(JSON.stringify(await arrive(ad, { consent: 'explicit', adIds: true })), /gclid=Cj0/);
  await leave();
});

test('what is done becomes events: marked elements, downloads, scrolling, videos', async () => {
  const { page, arrive, leave } = await visitor();
  await arrive('', {});
  await page.click('[data-leadfit-event="demoRequest"]');
  await page.click('a');
  await page.fill('form [name=q]', 'x');
  await page.click('form button');
  await page.evaluate(() => {
    const video = Object.assign(document.createElement('video'), { title: 'tour' });
    Object.defineProperties(video, { duration: { value: 100 }, currentTime: { value: 30, writable: true } });
    document.body.append(video);
    video.dispatchEvent(new Event('timeupdate'));
    video.dispatchEvent(new Event('timeupdate'));
    video.currentTime = 95;
    video.dispatchEvent(new Event('timeupdate'));
    /** @type {HTMLElement} */ (document.querySelector('#tall')).style.height = '5000px';
    scrollTo(0, 99_999);
  });
  await page.waitForFunction(() => visit.facts.events.some(({ type }) => type === 'scroll'));
  const { events } = await page.evaluate(() => visit.facts);
  const path = '/visit.html';
  assert.deepEqual(events.slice(2).map(({ at, ...more }) => more), [
    { type: 'demoRequest', path, plan: 'team' },
    { type: 'download', asset: 'buying-guide', path: '/guides/buying-guide.pdf' },
    { type: 'webinar', path, asset: 'autumn' },
    { type: 'video', asset: 'tour', percent: 25, path },
    { type: 'video', asset: 'tour', percent: 90, path },
    { type: 'scroll', percent: 90, path },
  ]);
  await leave();
});

test('it is bounded, and a full or broken storage stops nothing', async () => {
  const { page, arrive, leave } = await visitor();
  await arrive('', { consent: true, mostEvents: 10 });
  const kept = await page.evaluate(() => {
    for (let count = 0; count < 50; count++) visit.record('pageView', { path: 'x'.repeat(1000) });
    const { events } = visit.facts;
    return { count: events.length, longest: Math.max(...events.map(({ path }) => path.length)) };
  });
  assert.deepEqual(kept, { count: 10, longest: 300 });
  await page.evaluate(() => localStorage.setItem('leadfit-visit', '{broken'));
  assert.deepEqual(types(await arrive('', { consent: true })), ['visit', 'pageView']);
  await leave();
});
