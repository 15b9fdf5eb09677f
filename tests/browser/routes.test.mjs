// Visitors of the demo reach every route of its scorecard, and see where it takes them, not what it
// thinks of them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { root } from '../../pkg-config/tool/run.mjs';
import { consent, fill, field, landing, shown, submit } from './landing.mjs';

/** @type {Awaited<ReturnType<typeof landing>>} */ let site;
before(async () => void (site = await landing()));
after(() => site?.close());

const decider = { email: 'nora@brightmoor.example', firstName: 'Nora', jobTitle: 'VP Marketing', company: 'Brightmoor', country: 'Germany' };

const journeys = {
  'enterprise-call': {
    answers: { ...decider, companySize: '500–4,999' },
    did: ['Request demo'],
    heading: 'Let us talk',
    text: 'Pick a time that suits you.',
    link: 'https://meet.tallowmere.example/enterprise?name=Nora&email=nora%40brightmoor.example',
  },
  'talk-to-sales': { answers: { ...decider, companySize: '50–499' }, did: ['View prices'], heading: 'We will call you', text: 'within half an hour' },
  'self-serve-trial': {
    answers: { email: 'nora@gmail.com', jobTitle: 'Marketing Manager', companySize: '1–9', country: 'Another country' },
    did: ['Download guide'],
    heading: 'Start right away',
    text: 'Try it free for 30 days',
    link: 'https://app.tallowmere.example/trial',
  },
  'nurture-buying-guide': {
    answers: { email: 'nora@brightmoor.example', jobTitle: 'Head of Marketing', companySize: '50–499', country: 'Netherlands' },
    heading: 'Your guide is on its way',
    text: 'The buying guide is on its way',
  },
  'student-licence': { answers: { email: 'nora@uni.example', jobTitle: 'Student' }, heading: 'There is a page for you', text: 'a place of its own', link: '/students' },
  newsletter: { answers: { email: 'nora@brightmoor.example' }, fallback: true, heading: 'Look into your inbox', text: 'Our newsletter comes once a month' },
  'help-pages': {
    answers: { ...decider, email: 'nora@plannerwerk.example' },
    fallback: true,
    heading: 'Guides and answers',
    text: 'guides and answers on our help pages',
  },
};

test('the journeys are the routes of the scorecard', () => {
  const { routes, fallback } = JSON.parse(readFileSync(join(root, 'www/sample/b2b-software.json'), 'utf8'));
  assert.deepEqual(Object.keys(journeys).sort(), [...routes, ...Object.values(fallback)].map(({ id }) => id).sort());
});

for (const [route, { answers, did = [], fallback = false, heading, text, link }] of Object.entries(journeys)) {
  test(`a visitor reaches ${route}`, async () => {
    const { page, noises, posted } = await site.open();
    // What visitors did they did before: it may make questions matter that else would not be asked.
    for (const name of did) await page.getByRole('button', { name }).click();
    await fill(page, answers);
    await consent(page).check();
    await submit(page).click();

    await page.waitForSelector('.panel[data-state="frozen"]');
    const result = page.locator('.result:visible');
    assert.equal(await result.count(), 1);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), heading);
    assert.ok((await result.textContent()).includes(text));
    if (link) assert.equal(await result.getByRole('link').first().evaluate((element, base) => element.href.replace(base, '/'), site.url), link);
    assert.equal(await page.title(), `${heading} · Tallowmere`);
    assert.match(await page.locator('#status').textContent(), /^Your answers (have been sent|are safe and on their way)\.$/);
    for (let tries = 0; posted.length === 0 && tries < 100; tries++) await page.waitForTimeout(50);

    assert.equal(await shown(page, 'route'), fallback ? `${route} · fallback` : route);
    await nothingIsGivenAway(page);
    assert.equal(posted.length, 1);
    assert.equal(Object.fromEntries(JSON.parse(posted[0]).pairs).email, answers.email);
    assert.deepEqual(noises, []);
    await page.context().close();
  });
}

/** Neither score, fit, engagement, grade, stage nor route is in what visitors see. */
async function nothingIsGivenAway(page) {
  const text = await page.locator('.site').innerText();
  const told = await Promise.all(['score', 'grade', 'route'].map((name) => shown(page, name)));
  for (const word of [...told, 'score', 'grade', 'qualif', 'mql', 'points']) assert.ok(!new RegExp(`(?<![\\w-])${word}(?![\\w-])`, 'i').test(text), `visitors read \`${word}\``);
}

test('the keyboard alone reaches a route, and comes back to what was typed', async () => {
  const { page, noises } = await site.open();
  const { keyboard } = page;
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());

  await keyboard.press('Tab');
  assert.equal(await focused(), 'Skip to the form');
  await keyboard.press('Enter');
  const typed = [['q-email', 'nora@brightmoor.example'], ['q-firstName', 'Nora'], ['q-jobTitle', 'Head of Growth']];
  for (const [id, text] of typed) {
    await keyboard.press('Tab');
    assert.equal(await focused(), id);
    await keyboard.type(text);
  }
  // The title leaves the department open, so the role is asked: it is the next stop of Tab.
  await keyboard.press('Tab');
  assert.equal(await focused(), 'q-role');
  await keyboard.type('I am looking');
  // Whatever is asked next, the keyboard comes to it, and to consent in the end.
  const more = { 'q-companySize': '50', 'q-country': 'Austria' };
  for (let stop = 0; stop < 6 && (await focused()) !== 'q-consent'; stop++) {
    await keyboard.press('Tab');
    const text = more[await focused()];
    if (text) await keyboard.type(text);
  }
  assert.equal(await focused(), 'q-consent');
  await keyboard.press('Space');
  await keyboard.press('Tab');
  await keyboard.press('Enter');

  await page.waitForSelector('.panel[data-state="frozen"]');
  assert.equal(await focused(), 'Your guide is on its way');
  assert.equal(await shown(page, 'route'), 'nurture-buying-guide');

  await keyboard.press('Tab');
  assert.equal(await focused(), 'back');
  await keyboard.press('Enter');
  await page.waitForSelector('.panel[data-state="live"]');
  assert.equal(await focused(), 'start');
  for (const [id, text] of typed) assert.equal(await page.inputValue(`#${id}`), text);
  assert.equal(await page.inputValue('#q-role'), 'champion');
  assert.ok(await page.isChecked('#q-consent'));
  assert.deepEqual(noises, []);
  await page.context().close();
});

test('a verdict that was sent is frozen until the visitor goes back', async () => {
  const { page } = await site.open();
  await fill(page, journeys['enterprise-call'].answers);
  await consent(page).check();
  await submit(page).click();
  await page.waitForSelector('.panel[data-state="frozen"]');
  assert.ok(await page.getByRole('button', { name: 'View prices' }).isDisabled());
  await page.goBack();
  await page.waitForSelector('.panel[data-state="live"]');
  assert.equal(await page.title(), 'Tallowmere: campaign planning for marketing teams');
  assert.equal(await field(page, 'jobTitle').inputValue(), 'VP Marketing');
  const before = Number(await shown(page, 'engagement'));
  await page.getByRole('button', { name: 'View prices' }).click();
  assert.equal(Number(await shown(page, 'engagement')), before + 10);
  assert.equal(await page.locator('#event-list li').count(), 1);
  await page.getByRole('button', { name: 'Clear' }).click();
  assert.equal(Number(await shown(page, 'engagement')), before);
  assert.equal(await page.locator('#event-list li').count(), 0);
  await page.context().close();
});

test('links to the form lead back to it after it was sent', async () => {
  const { page, noises } = await site.open();
  for (const name of ['Skip to the form', 'Find your way in']) {
    await fill(page, journeys['talk-to-sales'].answers);
    await consent(page).check();
    await submit(page).click();
    await page.waitForSelector('.panel[data-state="frozen"]');
    await page.getByRole('link', { name }).last().press('Enter');
    await page.waitForSelector('.panel[data-state="live"]');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'start');
    assert.equal(await field(page, 'jobTitle').inputValue(), 'VP Marketing');
  }
  assert.deepEqual(noises, []);
  await page.context().close();
});
