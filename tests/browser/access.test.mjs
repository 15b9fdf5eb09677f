// The demo is usable by everybody: in every state, scheme and width.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { consent, dangling, fill, landing, submit, violations } from './landing.mjs';

/** @type {Awaited<ReturnType<typeof landing>>} */ let site;
before(async () => void (site = await landing()));
after(() => site?.close());

const states = {
  start: async () => {},
  'in the middle': async (page) => {
    await fill(page, { email: 'nora@brightmoor.example', jobTitle: 'Head of Growth' });
    await page.locator('#q-role').waitFor();
    await page.getByRole('button', { name: 'View prices' }).click();
  },
  error: async (page) => submit(page).click(),
  result: async (page) => {
    await fill(page, { email: 'nora@brightmoor.example', jobTitle: 'VP Marketing' });
    await page.getByRole('button', { name: 'Request demo' }).click();
    await consent(page).check();
    await submit(page).click();
    await page.waitForSelector('.panel[data-state="frozen"]');
  },
};

for (const [state, reach] of Object.entries(states)) {
  test(`nothing is in anybody's way: ${state}`, async () => {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      const { page, noises } = await site.open({ colorScheme, reducedMotion: 'reduce' });
      await reach(page);
      assert.deepEqual(await violations(page), [], colorScheme);
      assert.deepEqual(await dangling(page), []);
      assert.deepEqual(noises, []);
      await page.context().close();
    }
  });
}

test('each tab of the panel is in order', async () => {
  const { page } = await site.open({ reducedMotion: 'reduce' });
  await states['in the middle'](page);
  await page.getByRole('tab', { name: 'Reasons' }).focus();
  for (const name of ['Questions', 'Route', 'Signals', 'Warnings', 'Receipt']) {
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.locator('[aria-selected="true"]').textContent().then((text) => text.startsWith(name)), true);
    assert.equal(await page.locator('[role="tabpanel"]:visible').count(), 1);
    assert.deepEqual(await violations(page), [], name);
  }
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'tab-reasons');
  await page.context().close();
});

for (const [state, reach] of Object.entries(states)) {
  test(`nothing sticks out at any width: ${state}`, async () => {
    const { page } = await site.open();
    await reach(page);
    for (const width of [320, 480, 768, 1024, 1440, 2560]) {
      await page.setViewportSize({ width, height: 800 });
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${width} px`);
    }
    await page.context().close();
  });
}

test('typing moves nothing of the panel', async () => {
  const { page } = await site.open({ viewport: { width: 1440, height: 900 } });
  const places = () => page.locator('.panel, .panel > *, .figure, .panes > div:not([hidden])').evaluateAll((parts) => parts.map((part) => JSON.stringify(part.getBoundingClientRect())));
  const before = await places();
  await states['in the middle'](page);
  await page.evaluate(() => scrollTo(0, 0));
  assert.deepEqual(await places(), before);
  await page.context().close();
});

test('the fields that browsers can fill in say so', async () => {
  const { page } = await site.open();
  const tokens = await page.locator('#lead [data-leadfit-question] [autocomplete], #q-firstName').evaluateAll((controls) => Object.fromEntries(controls.map(({ name, autocomplete }) => [name, autocomplete])));
  assert.deepEqual(tokens, { email: 'work email', firstName: 'given-name', jobTitle: 'organization-title', company: 'organization', country: 'country' });
  await page.context().close();
});

test('what is focused can be seen where colours are forced', async () => {
  const { page } = await site.open({ forcedColors: 'active' });
  for (const selector of ['#q-email', '#q-companySize', '[type=submit]', '#tab-reasons']) {
    await page.focus(selector);
    const { outlineStyle, outlineWidth } = await page.locator(selector).evaluate((element) => getComputedStyle(element));
    assert.deepEqual([outlineStyle, parseFloat(outlineWidth) >= 2], ['solid', true], selector);
  }
  await page.context().close();
});
