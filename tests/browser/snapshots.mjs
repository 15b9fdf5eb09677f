// Pictures of the form in its main states, to be looked at when they change: `node tests/browser/snapshots.mjs`
// writes docs/pictures/ anew. Fonts differ from machine to machine, so no test compares them.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../../pkg-config/tool/run.mjs';
import { landing } from './landing.mjs';

const folder = join(root, 'docs', 'pictures');
const send = (page) => page.locator('lead-form [part~=submit]').click();

/** By name: what the address asks for, how the browser is, and what the visitor does. */
const states = {
  'page-light': { act: (page) => page.getByLabel('Job title').fill('Head of Growth') },
  'page-dark': { options: { colorScheme: 'dark' }, act: (page) => page.getByLabel('Job title').fill('Head of Growth') },
  'errors-narrow': { options: { viewport: { width: 320, height: 640 } }, act: send },
  'steps-dark': {
    query: { mode: 'steps', 'per-step': '2' },
    options: { colorScheme: 'dark' },
    async act(page) {
      await page.locator('lead-form input:visible').first().fill('nora@brightmoor.example');
      await send(page);
    },
  },
  'right-to-left': { query: { lang: 'ar', dir: 'rtl', mode: 'steps', 'per-step': '2' }, act: async () => {} },
  'forced-colours': { options: { forcedColors: 'active' }, act: send },
};

mkdirSync(folder, { recursive: true });
const site = await landing();
for (const [name, { query = {}, options = {}, act }] of Object.entries(states)) {
  const { page } = await site.open({ path: `pages/form.html?${new URLSearchParams(query)}`, viewport: { width: 480, height: 640 }, reducedMotion: 'reduce', ...options });
  await act(page);
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  await page.context().close();
}
await site.close();
