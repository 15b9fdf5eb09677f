// Answers that a receiver refused stay with the visitor: shown on this and every later visit, to copy,
// mail, send again or delete.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { consent, dangling, fill, landing, submit, violations } from './landing.mjs';

/** @type {Awaited<ReturnType<typeof landing>>} */ let site;
before(async () => void (site = await landing()));
after(() => site?.close());

/** @param {import('playwright-core').Page} page */
const left = (page) => page.getByRole('region', { name: 'Some answers could not be sent' });

/** Somebody whose answers were refused. @param {string} email @param {import('playwright-core').BrowserContextOptions} [options] */
async function refused(email, options) {
  const visit = await site.open({ ...options, prepare: (page) => page.route('**/submit', (route) => route.fulfill({ status: 422, body: 'no' })) });
  await fill(visit.page, { email, jobTitle: 'VP Marketing', company: 'Brightmoor' });
  await consent(visit.page).check();
  await submit(visit.page).click();
  await left(visit.page).waitFor();
  return visit;
}

test('what was refused is shown, also after the page was closed, and sent again when somebody asks for it', async () => {
  const { page } = await refused('left@brightmoor.example');
  const context = page.context();
  await page.close();
  const again = await context.newPage();
  await again.route('**/submit', (route) => route.fulfill({ status: 413, body: 'no' }));
  await again.goto(site.url);
  await left(again).waitFor();
  await left(again).getByRole('button', { name: 'Send again' }).click();
  await left(again).getByRole('status').filter({ hasText: 'refused again' }).waitFor();
  assert.equal((await site.leads()).length, 0);
  await again.unroute('**/submit');
  await left(again).getByRole('button', { name: 'Send again' }).click();
  await left(again).waitFor({ state: 'hidden' });
  assert.deepEqual((await site.leads()).map(({ email }) => email), ['left@brightmoor.example']);
  assert.equal(await again.evaluate(() => document.activeElement?.id), 'start', 'the focus goes on to the form');
  await again.reload();
  await again.waitForSelector('.panel[data-state="live"]');
  assert.ok(await left(again).isHidden());
  await context.close();
});

test('it can be copied, mailed and deleted', async () => {
  const { page } = await refused('copied@brightmoor.example', { permissions: ['clipboard-read', 'clipboard-write'] });
  await left(page).getByRole('button', { name: 'Copy' }).click();
  await left(page).getByRole('status').filter({ hasText: 'Copied.' }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^email: copied@brightmoor\.example$/m);
  assert.match(copied, /^jobTitle: VP Marketing$/m);
  const mail = new URL((await left(page).getByRole('link', { name: 'Mail them to us' }).getAttribute('href')) ?? '');
  assert.deepEqual([mail.protocol, decodeURIComponent(mail.pathname), mail.searchParams.get('body')], ['mailto:', 'hello@tallowmere.example', copied]);
  await left(page).getByText('What they say').click();
  assert.equal(await left(page).locator('pre').textContent(), copied);
  await left(page).getByRole('button', { name: 'Delete' }).click();
  await left(page).waitFor({ state: 'hidden' });
  await page.reload();
  await page.waitForSelector('.panel[data-state="live"]');
  assert.ok(await left(page).isHidden());
  await page.context().close();
});

test('where no page may write to the clipboard, the answers are marked to be copied by hand', async () => {
  const { page } = await refused('marked@brightmoor.example');
  await page.evaluate(() => Object.defineProperty(navigator.clipboard, 'writeText', { value: () => Promise.reject(new Error('no')) }));
  await left(page).getByRole('button', { name: 'Copy' }).click();
  await left(page).getByRole('status').filter({ hasText: 'marked below' }).waitFor();
  assert.match(await page.evaluate(() => String(getSelection())), /email: marked@brightmoor\.example/);
  await page.context().close();
});

test('it is in nobody’s way, in both schemes and at every width', async () => {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const { page, noises } = await refused(`${colorScheme}@brightmoor.example`, { colorScheme });
    await left(page).getByText('What they say').click();
    assert.deepEqual(await violations(page), [], colorScheme);
    assert.deepEqual(await dangling(page), []);
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${width} px`);
      if (process.env.PICTURES) await left(page).screenshot({ path: `${process.env.PICTURES}/left-${colorScheme}-${width}.png` });
    }
    assert.deepEqual(noises.filter((noise) => !/status of 422/.test(noise)), []);
    await page.context().close();
  }
});
