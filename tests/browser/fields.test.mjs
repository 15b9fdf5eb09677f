// What `<lead-form>` does with what visitors do: every kind of field, mistakes, haste, second thoughts.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { solves } from '../../pkg-config/server/ticket.js';
import { root, run } from '../../pkg-config/tool/run.mjs';
import { packed } from '../package/packed.mjs';
import { dangling, landing, violations } from './landing.mjs';

const cards = mkdtempSync(join(tmpdir(), 'leadfit-cards-'));
/** @type {Awaited<ReturnType<typeof landing>>} */ let site;
before(async () => {
  const { installed } = await packed();
  await run(process.execPath, [join(installed, 'cli.js'), 'compile', join(root, 'tests/browser/cards/every-field.json'), '--out', join(cards, 'every-field.leadfit')]);
  site = await landing({ mounts: { '/cards/': cards } });
});
after(async () => {
  await site?.close();
  rmSync(cards, { recursive: true, force: true });
});

const open = (query = {}, options = {}) => site.open({ path: `pages/form.html?${new URLSearchParams({ card: '/cards/every-field.leadfit', stay: '1', ...query })}`, ...options });
const send = (page) => page.locator('lead-form [part~=submit]').click();
const summary = (page) => page.locator('lead-form [part=summary]');
const errors = (page) => summary(page).getByRole('link').allTextContents();
/** Ids of routes that visitors were led to. */
const routes = (page) => page.evaluate(() => window.said.filter(({ type }) => type === 'leadfit:routed').map(({ detail }) => detail.route.id));

/** A right answer to every question, as one types it. */
async function answerAll(page, { last = true } = {}) {
  const texts = { name: 'Nora', email: 'nora@brightmoor.example', phone: '+44 20 7946 0000', site: 'brightmoor.example', jobTitle: 'VP Marketing', seats: '1 200', start: '2027-01-15' };
  for (const [name, text] of Object.entries(texts)) await page.locator(`[name="${name}"]`).fill(text);
  await page.getByLabel('Now').check();
  await page.getByLabel('Budgets').check();
  await page.getByLabel('Reports').check();
  await page.getByRole('combobox', { name: 'Country' }).fill('switz');
  if (last) await page.locator('[name="consent"]').check();
}

test('every kind of field is native, named and filled in by browsers where they can', async () => {
  const { page, noises } = await open();
  const kinds = await page.locator('lead-form [data-leadfit-question]').evaluateAll((fields) =>
    fields.map((field) => {
      const control = field.querySelector('input, select');
      return [field.dataset.leadfitQuestion, control.type, control.inputMode, control.autocomplete];
    }),
  );
  assert.deepEqual(kinds, [
    ['name', 'text', '', 'given-name'],
    ['email', 'email', 'email', 'work email'],
    ['phone', 'tel', 'tel', 'work tel'],
    ['site', 'url', 'url', 'url'],
    ['jobTitle', 'text', '', 'organization-title'],
    ['seats', 'text', 'decimal', ''],
    ['urgency', 'radio', '', ''],
    ['topics', 'checkbox', '', ''],
    ['country', 'text', '', 'country-name'],
    ['start', 'date', '', ''],
    ['consent', 'checkbox', '', ''],
  ]);
  await page.getByLabel('Job title').focus();
  await page.locator('datalist option[value="VP Marketing"]').waitFor({ state: 'attached' });
  assert.deepEqual(noises, []);
  await page.context().close();
});

test('answers of every kind arrive as they were meant', async () => {
  const { page, posted } = await open();
  await answerAll(page);
  await send(page);
  await page.waitForFunction(() => window.said.some(({ type }) => type === 'leadfit:routed'));
  assert.deepEqual(await routes(page), ['big']);
  assert.deepEqual([...new URLSearchParams(posted[0])], [
    ['name', 'Nora'], ['email', 'nora@brightmoor.example'], ['phone', '+44 20 7946 0000'], ['site', 'https://brightmoor.example'], ['jobTitle', 'VP Marketing'],
    ['seats', '1200'], ['urgency', 'now'], ['topics', 'budgets'], ['topics', 'reports'], ['country', 'CH'], ['start', '2027-01-15'], ['consent', 'yes'],
  ]);
  await page.context().close();
});

test('what is wrong is said above and at its field, with how to mend it; focus and names are in order', async () => {
  const { page, posted } = await open();
  await send(page);
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.part.value), 'summary');
  assert.match(await page.title(), /^Error: A form/);
  assert.deepEqual(await errors(page), [
    'Fill in “First name”', 'Enter your email address, such as name@company.com', 'Enter a phone number in digits, such as +44 20 7946 0000', 'Enter a web address, such as https://company.com', 'Fill in “Job title”',
    'Enter a number in digits, such as 25', 'Choose an answer to “When do you need it?”', 'Choose an answer to “What is it about?”', 'Choose an answer to “Country”', 'Enter a date with day, month and year', 'Tick the box so that we may contact you',
  ]);
  assert.deepEqual(await dangling(page), []);
  assert.deepEqual(await violations(page), []);
  assert.equal(await page.locator('[aria-invalid=true]').count(), 11);
  // Each message is what its field is described by; a group's, by its group.
  const described = await page.locator('.leadfit-error').evaluateAll((lines) => lines.every(({ id }) => document.querySelectorAll(`[aria-describedby~="${id}"]`).length === 1));
  assert.ok(described);
  await summary(page).getByRole('link').nth(6).press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.name), 'urgency');

  await answerAll(page, { last: false });
  await page.locator('[name="email"]').fill('nora@brightmoor');
  await page.locator('[name="phone"]').fill('later');
  await page.getByRole('combobox', { name: 'Country' }).fill('Atlantis');
  await send(page);
  assert.deepEqual(await errors(page), ['Check your email address: it needs a name, an @ and a domain, such as name@company.com', 'Enter a phone number in digits, such as +44 20 7946 0000', 'Choose one of the answers offered for “Country”', 'Tick the box so that we may contact you']);
  // What is mended is not wrong any longer.
  await page.locator('[name="phone"]').fill('0800 1234');
  await page.keyboard.press('Tab');
  await page.waitForFunction(() => document.querySelectorAll('[aria-invalid=true]').length === 3);
  assert.deepEqual(await dangling(page), []);
  assert.deepEqual(posted, []);
  await page.context().close();
});

test('Enter sends from every field, once', async () => {
  for (const name of ['name', 'phone', 'seats', 'urgency', 'consent']) {
    const { page, posted } = await open();
    await answerAll(page);
    await page.locator(`[name="${name}"]`).first().press('Enter');
    await page.waitForFunction(() => window.said.some(({ type }) => type === 'leadfit:routed'));
    assert.equal(posted.length, 1, name);
    await page.context().close();
  }
});

test('a second press while it is sent sends nothing, and the same answers are the same submission', async () => {
  const { page, posted } = await open({}, { prepare: (page) => page.route('**/submit', (route) => setTimeout(() => route.fulfill({ status: 200 }), 300)) });
  await answerAll(page);
  await page.locator('lead-form [part~=submit]').dblclick();
  await page.waitForFunction(() => window.said.some(({ type }) => type === 'leadfit:routed'));
  assert.equal(posted.length, 1);
  assert.equal((await routes(page)).length, 1);
  await page.context().close();
});

test('what is pasted and what a browser fills in counts as typed', async () => {
  const { page } = await open();
  await page.locator('[name="email"]').focus();
  await page.keyboard.insertText('nora@brightmoor.example');
  // A browser sets the value and tells by both events.
  await page.locator('[name="jobTitle"]').evaluate((control) => {
    control.value = 'VP Marketing';
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
  });
  const { answers } = await page.evaluate(() => document.querySelector('lead-form').lead);
  assert.deepEqual([answers.email, answers.jobTitle], ['nora@brightmoor.example', 'VP Marketing']);
  await page.context().close();
});

test('nothing typed is lost by a reload, by the way back, or by moving the element', async () => {
  const { page } = await open();
  await answerAll(page);
  await page.waitForTimeout(50);
  const typed = () => page.evaluate(() => Object.fromEntries([...new FormData(document.querySelector('lead-form form'))].filter(([name]) => !name.startsWith('leadfit'))));
  const before = await typed();
  await page.evaluate(() => document.body.append(document.querySelector('lead-form')));
  assert.deepEqual(await typed(), before);
  await page.reload();
  await page.waitForSelector('lead-form[data-state="asking"]');
  assert.deepEqual(await typed(), before);
  await page.goto(`${site.url}help/`);
  await page.goBack();
  await page.waitForSelector('lead-form[data-state="asking"]');
  assert.deepEqual(await typed(), before);
  assert.equal(await page.getByRole('combobox', { name: 'Country' }).inputValue(), 'Switzerland');
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length), 0);
  await page.context().close();
});

test('a slow visitor is judged at the moment at which the form was shown', async () => {
  const { page } = await open();
  const shown = await page.evaluate(() => document.querySelector('lead-form').now);
  await page.clock.setFixedTime(new Date('2026-11-25T10:00:00Z'));
  await answerAll(page);
  await send(page);
  await page.waitForFunction(() => window.said.some(({ type }) => type === 'leadfit:delivered'));
  const { at, receipt } = await page.evaluate(() => window.said.find(({ type }) => type === 'leadfit:delivered').detail.draft);
  assert.deepEqual([Date.parse(at), Date.parse(receipt.now)], [shown, shown]);
  await page.context().close();
});

test('several forms on one page keep apart, come and go', async () => {
  const { page, noises } = await open({ count: '3' });
  assert.deepEqual(await dangling(page), []);
  await page.locator('lead-form [name="email"]').nth(1).fill('nora@brightmoor.example');
  const emails = await page.evaluate(() => [...document.querySelectorAll('lead-form')].map(({ lead }) => lead.answers?.email ?? ''));
  assert.deepEqual(emails, ['', 'nora@brightmoor.example', '']);
  await page.evaluate(() => document.querySelector('lead-form').remove());
  await page.locator('lead-form [part~=submit]').first().click();
  assert.equal(await page.locator('lead-form [part=summary]:visible').count(), 1);
  assert.deepEqual(noises, []);
  await page.context().close();
});

test('what the scorecard says comes next is done, where the page does nothing itself', async () => {
  const { page } = await open({ stay: '' });
  await answerAll(page);
  await send(page);
  const outcome = page.locator('lead-form [part=outcome]');
  await outcome.waitFor();
  assert.equal(await outcome.getByRole('heading').textContent(), 'Pick a time.');
  assert.equal(await outcome.getByRole('link').getAttribute('href'), 'https://meet.example/now?name=Nora&email=nora%40brightmoor.example');
  assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.textContent), 'Pick a time.');
  assert.match(await outcome.innerText(), /^Pick a time\.\s+Continue$/);
  assert.deepEqual(await violations(page), []);
  await page.context().close();
});

test('what does not get through is said, kept and tried again', async () => {
  const { page } = await open({}, { prepare: (page) => page.route('**/submit', (route) => route.abort()) });
  await answerAll(page);
  await send(page);
  await summary(page).filter({ hasText: 'did not get through' }).waitFor();
  assert.equal(await page.locator('[name="email"]').inputValue(), 'nora@brightmoor.example');
  await page.unroute('**/submit');
  await send(page);
  await page.waitForFunction(() => window.said.some(({ type }) => type === 'leadfit:routed'));
  await page.context().close();
});

test('by the outbox, answers given offline are kept and sent when the network is back', async () => {
  const { page, posted } = await open({ collector: '/submit' });
  await answerAll(page);
  await page.context().setOffline(true);
  await send(page);
  await page.waitForFunction(() => window.said.some(({ type }) => type === 'leadfit:delivered'));
  const { state } = await page.evaluate(() => window.said.find(({ type }) => type === 'leadfit:delivered').detail);
  assert.equal(state, 'kept');
  assert.match(await page.locator('lead-form [part=status]').textContent(), /kept safely/);
  assert.ok(posted.every((body) => JSON.parse(body).pairs.some(([name]) => name === 'email')));
  await page.context().close();
});

test('a ticket is fetched when the form is shown, and its work is done before it is sent', async () => {
  const asked = [];
  const prepare = (page) => page.route('**/ticket?*', (route) => {
    asked.push(new URL(route.request().url()).search);
    return route.fulfill({ json: { ticket: `shown-${asked.length}`, workBits: asked.length === 1 ? 8 : 0 } });
  });
  const { page, posted } = await open({ collector: '/submit', ticket: '/ticket', name: 'demo' }, { prepare });
  await answerAll(page);
  await page.waitForTimeout(500);
  await send(page);
  await page.waitForFunction(() => window.said.some(({ type }) => type === 'leadfit:delivered'));
  const { guard } = JSON.parse(posted[0]);
  assert.equal(guard.ticket, 'shown-1');
  assert.ok(await solves('shown-1', guard.work, 8));
  // Shown again, it is another showing.
  await page.evaluate(() => document.querySelector('lead-form').reopen());
  await page.waitForTimeout(200);
  await send(page);
  await page.waitForFunction(() => window.said.filter(({ type }) => type === 'leadfit:delivered').length === 2);
  const drafts = await page.evaluate(() => window.said.filter(({ type }) => type === 'leadfit:delivered').map(({ detail }) => detail.draft.guard));
  assert.deepEqual([drafts[1].ticket, drafts[1].work], ['shown-2', undefined]);
  assert.deepEqual(asked, ['?form=demo', '?form=demo']);
  await page.context().close();
});

test('where there is no ticket the lead is sent without one', async () => {
  const prepare = (page) => page.route('**/ticket?*', (route) => route.fulfill({ status: 404, body: 'nothing here' }));
  const { page, posted } = await open({ collector: '/submit', ticket: '/ticket', name: 'demo' }, { prepare });
  await answerAll(page);
  await send(page);
  await page.waitForFunction(() => window.said.some(({ type }) => type === 'leadfit:delivered'));
  assert.equal(JSON.parse(posted[0]).guard.ticket, undefined);
  await page.context().close();
});

test('a page in each language has its own words, and may bring its own', async () => {
  const said = { de: 'Bitte prüfen Sie Ihre Angaben', fr: 'Il y a un problème', es: 'Hay un problema', it: 'C’è un problema', nl: 'Er is een probleem', pt: 'Há um problema', ja: '入力内容をご確認ください', sv: 'There is a problem' };
  for (const [lang, words] of Object.entries(said)) {
    const { page } = await open({ lang });
    await send(page);
    assert.equal(await summary(page).getByRole('heading').textContent(), words, lang);
    await page.evaluate(() => (document.querySelector('lead-form').texts = { errors: 'Hoppsan', send: 'Skicka' }));
    await page.locator('lead-form [part~=submit]', { hasText: 'Skicka' }).click();
    assert.equal(await summary(page).getByRole('heading').textContent(), 'Hoppsan');
    await page.context().close();
  }
});

test('looks native, in light and dark, narrow and wide, with forced colours', async () => {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const { page } = await open({}, { colorScheme });
    assert.deepEqual(await violations(page), [], colorScheme);
    for (const width of [320, 768, 1440]) {
      await page.setViewportSize({ width, height: 800 });
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${width} px`);
    }
    await page.context().close();
  }
  const { page } = await open({}, { forcedColors: 'active' });
  for (const name of ['email', 'urgency', 'consent']) {
    await page.locator(`[name="${name}"]`).first().focus();
    const outlined = await page.locator(`[name="${name}"]`).first().evaluate((control) => [control, control.closest('label')].some((part) => part && parseFloat(getComputedStyle(part).outlineWidth) >= 2 && getComputedStyle(part).outlineStyle !== 'none'));
    assert.ok(outlined, name);
  }
  await page.context().close();
});

test('a page’s own style goes before', async () => {
  const { page } = await open();
  await page.addStyleTag({ url: `${site.url}css/tokens.css` });
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('label { color: rgb(1, 2, 3) } input { border-radius: 3px } lead-form::part(submit) { background: rgb(4, 5, 6) }');
    document.adoptedStyleSheets.push(sheet);
  });
  const looks = await page.evaluate(() => {
    const form = document.querySelector('lead-form');
    const style = (element) => getComputedStyle(element);
    return [style(form.querySelector('label')).color, style(form.querySelector('input[name=email]')).borderRadius, style(form.shadowRoot.querySelector('[part~=submit]')).backgroundColor];
  });
  assert.deepEqual(looks, ['rgb(1, 2, 3)', '3px', 'rgb(4, 5, 6)']);
  await page.context().close();
});
