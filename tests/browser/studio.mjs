// The studio for tests: as it is built, under its policy, with everything noted that must not happen.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { serve } from '../../pkg-config/serve.mjs';
import { root } from '../../pkg-config/tool/run.mjs';
import { launch } from './browser.mjs';

/** Server and browser, for all tests of a file. */
export async function studio() {
  const server = await serve({ mounts: { '/': join(root, 'www'), '/studio/': join(root, 'dist', 'studio') } });
  const browser = await launch();

  /** @param {import('playwright-core').BrowserContextOptions} [options] */
  async function open(options = {}) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'UTC', acceptDownloads: true, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    /** @type {string[]} */
    const noises = [];
    page.on('console', (message) => noises.push(message.text()));
    page.on('pageerror', (error) => noises.push(error.message));
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(server.url)) noises.push(`asked ${request.url()}`);
    });
    await page.goto(`${server.url}studio/`);
    await page.waitForSelector('h1');
    return { page, noises, context };
  }
  const close = async () => {
    await browser.close();
    await server.close();
  };
  return { url: server.url, open, close };
}

/** Opens the sales-led template. @param {import('playwright-core').Page} page */
export async function openTemplate(page) {
  await page.getByRole('button', { name: /Start from this.*Sales-led/ }).click();
  await page.waitForSelector('[data-view=data]');
}

/** Opens the template and the made-up leads. @param {import('playwright-core').Page} page */
export async function openSample(page) {
  await openTemplate(page);
  await page.getByRole('button', { name: 'Use sample leads' }).click();
  await read(page);
}

/** Waits until the leads are read and everything about them is told. @param {import('playwright-core').Page} page */
export const read = (page) => page.getByText('20000 leads are read.').waitFor({ state: 'attached' });

/** @param {import('playwright-core').Page} page @param {string} name */
export async function go(page, name) {
  await page.getByRole('navigation', { name: 'Studio' }).getByRole('button', { name }).click();
  await page.waitForSelector(`[data-view=${name.toLowerCase()}]`);
}

/** A figure of the glance. @param {import('playwright-core').Page} page @param {string} name */
export const figure = (page, name) => page.locator(`[data-figure="${name}"] strong`).first().textContent();

/** What a button gives to download. @param {import('playwright-core').Page} page @param {string} name */
export async function downloaded(page, name) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  return readFileSync(await download.path(), 'utf8');
}

/** Puts text into the file chooser of a view. @param {import('playwright-core').Page} page */
export async function give(page, name, content, type = 'text/csv') {
  await page.locator('main input[type=file]').first().setInputFiles({ name, mimeType: type, buffer: Buffer.from(content) });
}

/** Gives a file of leads, and reads it all after the first look. @param {import('playwright-core').Page} page */
export async function giveLeads(page, name, content) {
  await give(page, name, content);
  await page.getByRole('heading', { name: `First look at ${name}` }).waitFor();
  await page.getByRole('button', { name: 'Read all leads' }).click();
  await page.getByRole('heading', { name: `First look at ${name}` }).waitFor({ state: 'detached' });
}
