// The form of the demo: its questions, its errors, and what is left of it without scripts.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { tokens } from '../../pkg-config/form/fields.js';
import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from '../package/packed.mjs';
import { consent, dangling, field, fill, landing, now, shown, submit, violations } from './landing.mjs';

/** @type {Awaited<ReturnType<typeof landing>>} */ let site;
before(async () => void (site = await landing()));
after(() => site?.close());

/** How many leads with this address the collector has. @param {string} email */
const arrivals = async (email) => (await site.leads()).filter((lead) => lead.email === email).length;

const score = async (page) => Number(await shown(page, 'score'));

test('the markup already says what the scorecard says', async () => {
  const { page } = await site.open({ javaScriptEnabled: false, state: 'off' });
  const { Scorecard } = await import(pathToFileURL(join((await packed()).installed, 'entry-default.js')).href);
  const card = await Scorecard.load(readFileSync(join(root, 'www', 'sample', 'b2b-software.leadfit')));
  const english = (text) => (typeof text === 'string' ? text : (text?.en ?? ''));
  for (const { id, fact, required, forms, view } of card.questions) {
    const place = page.locator(`[data-leadfit-question="${id}"]`);
    assert.equal(await place.count(), forms.length > 0 && !forms.includes('landing') ? 0 : 1, id);
    if ((await place.count()) === 0) continue;
    const control = place.locator('input, select');
    assert.equal((await place.locator('label').textContent()).replace(/ \*$/, ''), english(view.label));
    assert.equal(await control.getAttribute('name'), id);
    assert.equal(await control.evaluate(({ required }) => required), required, id);
    assert.equal(await control.getAttribute('autocomplete'), tokens[fact] ?? null, id);
    assert.deepEqual(await place.locator('option:not([value=""])').evaluateAll((options) => options.map(({ value, text }) => ({ value, label: text }))), view.options.map(({ value, label }) => ({ value, label: english(label) })));
  }
  await page.context().close();
});

test('another scorecard brings its own questions, and what the page asks stays', async () => {
  const { page } = await site.open({
    prepare: (page) => page.route('**/sample/b2b-software.leadfit', (route) => route.continue({ url: `${site.url}sample/self-serve-sales-assist.leadfit` })),
  });
  await page.locator('[data-leadfit-question="teamSize"]').waitFor({ state: 'attached' });
  assert.ok(await field(page, 'firstName').isVisible());
  assert.deepEqual(await dangling(page), []);
  await page.context().close();
});

test('the role is asked only where the job title leaves it open, and only then counts', async () => {
  const { page, posted } = await site.open();
  const role = page.locator('#q-role');
  await field(page, 'jobTitle').fill('Head of Growth');
  await role.waitFor({ state: 'visible' });
  assert.match(await page.locator('[part=status]').textContent(), /One more question: What is your part/);
  const open = await score(page);
  await role.selectOption({ label: 'I would work with it' });
  assert.equal(await score(page), open - 20);
  await role.selectOption({ label: 'I decide' });

  // A title that says it all: the question goes, and its answer goes with it, out of score and submission.
  await field(page, 'jobTitle').fill('Marketing Intern');
  await role.waitFor({ state: 'hidden' });
  const { role: hidden } = await page.evaluate(() => Object.fromEntries(new FormData(document.querySelector('#lead'))));
  assert.equal(hidden, undefined);
  const intern = await score(page);
  await page.reload();
  await page.waitForSelector('.panel[data-state="live"]');
  await field(page, 'jobTitle').fill('Marketing Intern');
  assert.equal(await score(page), intern);

  await field(page, 'jobTitle').fill('Head of Growth');
  await role.waitFor({ state: 'visible' });
  await role.selectOption({ label: 'I decide' });
  await field(page, 'jobTitle').fill('Marketing Intern');
  await field(page, 'email').fill('nora@brightmoor.example');
  await consent(page).check();
  await submit(page).click();
  await page.waitForSelector('.panel[data-state="frozen"]');
  assert.ok(!JSON.parse(posted[0]).pairs.some(([name]) => name === 'role'));
  await page.goBack();
  await field(page, 'jobTitle').fill('Head of Growth');
  await role.waitFor({ state: 'visible' });
  assert.equal(await role.inputValue(), 'decision_maker');
  await page.context().close();
});

test('the panel says why each question is asked: which routes hang on it', async () => {
  const { page } = await site.open();
  await page.getByRole('tab', { name: 'Questions' }).click();
  const line = (id) => page.locator(`#pane-questions [data-question="${id}"]`);
  assert.match(await line('consent').textContent(), /must be answered$/);
  assert.match(await line('jobTitle').textContent(), /on it hang .*nurture-buying-guide .*newsletter/);
  const routes = await page.locator('#pane-questions .outlook .chip').allTextContents();
  assert.ok(routes.length > 3, String(routes));
  await field(page, 'jobTitle').fill('Student');
  await field(page, 'email').fill('nora@uni.example');
  await page.keyboard.press('Tab');
  await page.locator('#pane-questions .outlook').filter({ hasText: 'Whatever is answered now, the lead goes to student-licence' }).waitFor();
  assert.match(await line('companySize').textContent(), /is not asked: it changes nothing$/);
  await page.context().close();
});

test('an empty title is no reason not to ask for the role, once it was passed', async () => {
  const { page } = await site.open();
  await field(page, 'jobTitle').focus();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q-role');
  await page.context().close();
});

test('what is missing is said above and at each field, with a way to it', async () => {
  const { page, posted, noises } = await site.open();
  await fill(page, { firstName: 'Nora', jobTitle: 'VP Marketing' });
  await submit(page).click();
  const summary = page.locator('[part=summary]');
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.part.value), 'summary');
  assert.match(await page.title(), /^Error: /);
  const messages = ['Enter your email address, such as name@company.com', 'Tick the box so that we may contact you'];
  assert.deepEqual(await summary.getByRole('link').allTextContents(), messages);
  assert.deepEqual((await page.locator('p.leadfit-error').allTextContents()), messages.map((message) => `Error: ${message}`));
  assert.deepEqual(await page.locator('[aria-invalid="true"]').evaluateAll((controls) => controls.map(({ id }) => id)), ['q-email', 'q-consent']);
  assert.deepEqual(await dangling(page), []);
  assert.deepEqual(posted, []);

  await summary.getByRole('link').first().press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q-email');
  assert.equal(await field(page, 'firstName').inputValue(), 'Nora');

  await field(page, 'email').fill('nora@brightmoor');
  await consent(page).check();
  await submit(page).click();
  assert.deepEqual(await summary.getByRole('link').allTextContents(), ['Check your email address: it needs a name, an @ and a domain, such as name@company.com']);
  assert.equal(await consent(page).getAttribute('aria-describedby'), null);

  await field(page, 'email').fill('nora@brightmoor.example');
  await submit(page).click();
  await page.waitForSelector('.panel[data-state="frozen"]');
  assert.ok(!(await page.title()).startsWith('Error'));
  assert.deepEqual(noises, []);
  await page.context().close();
});

test('answers that do not get through are kept, and sent when they can be', async () => {
  const { page, posted } = await site.open({ prepare: (page) => page.route('**/submit', (route) => route.fulfill({ status: 503 })) });
  await fill(page, { email: 'kept@brightmoor.example' });
  await consent(page).check();
  await submit(page).click();
  await page.waitForSelector('.panel[data-state="frozen"]');
  assert.match(await page.locator('#status').textContent(), /safe and on their way/);
  // The answers are safe before the first try has ended; what it came to is written too.
  await page.waitForFunction(() => Object.values(localStorage).some((record) => record.includes('"tries":1')));
  await page.unroute('**/submit');
  // The next try is due by then; the clock of these pages stands still.
  await page.clock.setFixedTime(new Date(now.getTime() + 5 * 60_000));
  await page.reload();
  await page.waitForFunction(() => !Object.values(localStorage).some((record) => record.includes('"tries":')));
  assert.equal(await arrivals('kept@brightmoor.example'), 1);
  // However often it was tried, it is one submission.
  assert.equal(new Set(posted.map((body) => JSON.parse(body).id)).size, 1);
  await page.context().close();
});

test('without JavaScript the browser itself asks for what must be answered, and the server leads on', async () => {
  const ways = {
    'Your guide is on its way': { jobTitle: 'VP Marketing', role: 'I decide', companySize: '50–499' },
    'Tallowmere for your studies': { jobTitle: 'Student' },
    'Look into your inbox': {},
  };
  for (const [heading, answers] of Object.entries(ways)) {
    const { page, noises, posted } = await site.open({ javaScriptEnabled: false, state: 'off' });
    await page.getByRole('button', { name: 'Continue' }).click();
    assert.deepEqual(posted, []);
    await fill(page, { email: 'nora@brightmoor.example', ...answers });
    await consent(page).check();
    await submit(page).click();
    await page.waitForURL(/thanks|students/);
    assert.equal(await page.locator('h1:visible').textContent(), heading);
    assert.equal(await arrivals('nora@brightmoor.example'), 1, 'one person, however often');
    assert.ok(!site.lines.join().includes('nora'));
    assert.deepEqual(noises, []);
    await page.context().close();
  }
});

test('the page after the form says what the scorecard says', async () => {
  const { routes, fallback } = JSON.parse(readFileSync(join(root, 'www/sample/b2b-software.json'), 'utf8'));
  const { page } = await site.open();
  for (const { id, action } of [...routes, ...Object.values(fallback)]) {
    const [{ message, url }] = /** @type {any[]} */ (Object.values(action));
    if (!message) continue;
    await page.goto(`${site.url}thanks/#${id}`);
    assert.equal(await page.locator('.way:visible .lead').textContent(), message.en);
    if (url) assert.equal(await page.locator('.way:visible a').getAttribute('href'), url);
    assert.deepEqual(await violations(page), []);
  }
  await page.goto(`${site.url}thanks/`);
  assert.equal(await page.locator('h1:visible').textContent(), 'Thank you');
  await page.context().close();
});

test('where WebAssembly is blocked the form posts as it is', async () => {
  const { page, posted } = await site.open({
    state: 'off',
    prepare: (page) =>
      page.route(site.url, async (route) => {
        const response = await route.fetch();
        const headers = response.headers();
        await route.fulfill({ response, headers: { ...headers, 'content-security-policy': headers['content-security-policy'].replace(" 'wasm-unsafe-eval'", '') } });
      }),
  });
  await page.locator('#pane-reasons').getByText('wasm-unsafe-eval').waitFor();
  assert.ok(await field(page, 'role').isVisible());
  await fill(page, { email: 'nora@brightmoor.example' });
  await consent(page).check();
  await submit(page).click();
  await page.waitForURL('**/thanks/*');
  assert.equal(posted.length, 1);
  await page.context().close();
});
