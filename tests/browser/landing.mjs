// The demo page for tests: served from the built package under its policy, at a fixed time, in a
// fixed language, with everything noted that must not happen.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { serve } from '../../pkg-config/serve.mjs';
import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from '../package/packed.mjs';
import { launch } from './browser.mjs';

export const now = new Date('2026-11-18T10:00:00Z');

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * @typedef {object} Visit
 * @property {import('playwright-core').Page} page
 * @property {string[]} noises what the console and the policy said, and foreign hosts that were asked
 * @property {string[]} posted bodies of what was sent
 */

/**
 * Server and browser, for all tests of a file.
 *
 * @param {{ mounts?: Record<string, string> }} [options] more folders to serve
 */
export async function landing({ mounts = {} } = {}) {
  const { installed } = await packed();
  const lines = [];
  const server = await serve({ mounts: { '/': join(root, 'www'), '/leadfit/': installed, '/pages/': join(root, 'tests', 'browser', 'pages'), '/stand-ins/': join(root, 'tests', 'stand-ins'), ...mounts }, log: (line) => lines.push(line) });
  const browser = await launch();

  /**
   * Opens the page and waits until it is ready.
   *
   * @param {import('playwright-core').BrowserContextOptions & { prepare?: (page: import('playwright-core').Page) => Promise<unknown>, state?: string, path?: string, ready?: string }} [options]
   * @returns {Promise<Visit>}
   */
  async function open({ prepare, state = 'live', path = '', ready = path ? 'lead-form[data-state="asking"]' : `.panel[data-state="${state}"]`, ...options } = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', timezoneId: 'UTC', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    page.setDefaultNavigationTimeout(60_000);
    const noises = [];
    const posted = [];
    page.on('console', (message) => noises.push(message.text()));
    page.on('pageerror', (error) => noises.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) noises.push(`asked ${request.url()}`);
      if (request.method() === 'POST') posted.push(request.postData() ?? '');
    });
    await page.clock.setFixedTime(now);
    await prepare?.(page);
    await page.goto(server.url + path);
    if (ready) await page.waitForSelector(ready, { timeout: 30_000 });
    return { page, noises, posted };
  }
  const close = async () => {
    await browser.close();
    await server.close();
  };
  return { url: server.url, lines, leads: server.leads, open, close };
}

/** Answers as a visitor gives them: by label. */
const labels = {
  email: 'Work email',
  firstName: 'First name',
  jobTitle: 'Job title',
  role: 'What is your part in choosing a planning tool?',
  company: 'Company',
  companySize: 'How many people work at your company?',
  country: 'Country',
};

/** @param {import('playwright-core').Page} page @param {string} question */
export const field = (page, question) => page.locator('#lead').getByLabel(new RegExp(`^${labels[question].replace('?', '.')}`));

/** @param {import('playwright-core').Page} page */
export const consent = (page) => page.getByLabel('Tallowmere may contact me');

/** @param {import('playwright-core').Page} page */
export const submit = (page) => page.getByRole('button', { name: 'Continue' });

/**
 * Answers what stands there, and what comes up for it; choices are made by their words.
 *
 * @param {import('playwright-core').Page} page
 * @param {Partial<Record<keyof typeof labels, string>>} answers
 * @returns {Promise<string[]>} questions that were not asked
 */
export async function fill(page, answers) {
  const left = new Map(Object.entries(answers));
  for (let found = true; found; ) {
    found = false;
    for (const [question, answer] of left) {
      const control = field(page, question);
      if (!(await control.isVisible())) continue;
      if (await control.evaluate((element) => element.tagName === 'SELECT')) await control.selectOption({ label: answer });
      else await control.fill(answer);
      // Whoever goes on is shown what comes up at once.
      await control.press('Tab');
      found = left.delete(question);
      break;
    }
  }
  return [...left.keys()];
}

/** A value of the panel. @param {import('playwright-core').Page} page @param {string} name */
export const shown = (page, name) => page.locator(`[data-value="${name}"]`).textContent();

/** What axe finds, one line each. @param {import('playwright-core').Page} page */
export async function violations(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`));
}

/** References to ids that nothing has, and ids that stand twice. @param {import('playwright-core').Page} page */
export const dangling = (page) =>
  page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
    const lost = ['aria-describedby', 'aria-labelledby', 'aria-controls', 'for', 'list'].flatMap((name) =>
      [...document.querySelectorAll(`[${name}]`)].flatMap((element) => element.getAttribute(name).split(' ').filter((id) => !ids.includes(id)).map((id) => `${name} ${id}`)),
    );
    return [...twice, ...lost];
  });
