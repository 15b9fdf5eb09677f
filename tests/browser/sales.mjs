// The pages of sales for tests: a collector with leads of all kinds, at a fixed time, and one person who
// may sign in.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { at, installed, node, onServer, server, submissionOf } from '../package/server.mjs';
import { launch } from './browser.mjs';

/** @param {string} name */
export const inside = (name) => import(pathToFileURL(join(installed, name)).href);

export const password = 'correct horse battery staple';

const people = [
  ['Nora', 'Quist', 'VP Marketing', 'Brightmoor', '50-499', 'DE'],
  ['Tomás', 'Álvarez de la Fuente', 'Head of Growth', 'Harbourline Logistics International', '500-4999', 'NL'],
  ['Ines', 'Varga', 'Marketing Manager', 'Tallgrass', '10-49', 'AT'],
  ['山田', '花子', 'マーケティング部長', '株式会社サンプル', '500-4999', 'US'],
  ['Ann', 'Smith', 'Student', 'University of Somewhere', '5000+', 'GB'],
  ['Omar', 'Haddad', 'CEO', 'Plannerwerk', '1-9', 'CH'],
];

/** A lead of the list. @param {number} index @param {object} [other] */
function submission(index, other = {}) {
  const [firstName, lastName, jobTitle, company, companySize, country] = people[index % people.length];
  const own = { email: `${company.replace(/\W/g, '').toLowerCase() || 'lead'}${index}@${['brightmoor', 'harbourline', 'tallgrass'][index % 3]}.example`, firstName, lastName, jobTitle, company, companySize, country, consent: 'yes' };
  const events = index % 2 ? [] : [{ type: 'demoRequest', at: '2026-11-18T09:30:00.000Z' }, { type: 'pageView', at: '2026-11-18T09:20:00.000Z', path: '/pricing' }];
  return submissionOf({ id: `lead-${index}`, pairs: Object.entries(own), events, guard: { elapsedMs: 30_000 }, ...other });
}

/**
 * The server alone.
 *
 * @param {{ count?: number, log?: (line: string) => void }} [options]
 */
export async function salesServer({ count = 6, log } = {}) {
  const store = server.createStore(await node.openDatabase(':memory:'));
  const clock = { now: Date.parse(at) + 40 * 60_000 };
  const person = { name: 'sofia', password: await server.hashPassword(password, 1000) };
  const collector = server.createCollector({ store, cards: [onServer], people: [person, { ...person, name: 'ben' }], perMinute: 1e9, now: () => clock.now, timeZone: 'Europe/Berlin', log });
  const { url, close } = await node.listen(collector);
  const submit = (body) => fetch(`${url}submit`, { method: 'POST', headers: { 'content-type': 'text/plain', origin: new URL(url).origin }, body: JSON.stringify(body) }).then((answer) => answer.json());
  for (let index = 0; index < count; index++) await submit(submission(index, index === 5 ? { guard: { elapsedMs: 200, honeypot: 'https://x.example' } } : {}));
  return { url, store, clock, submit, close };
}

/** The same with Chromium. @param {Parameters<typeof salesServer>[0]} [options] */
export async function sales(options) {
  const { close: stop, ...site } = await salesServer(options);
  const { url } = site;
  const browser = await launch();

  /** A page, signed in. @param {import('playwright-core').BrowserContextOptions & { signedIn?: boolean }} [options] */
  async function open({ signedIn = true, ...options } = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', timezoneId: 'UTC', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const noises = [];
    page.on('console', (message) => noises.push(message.text()));
    page.on('pageerror', (error) => noises.push(error.message));
    page.on('dialog', (dialog) => (noises.push(`dialog ${dialog.message()}`), dialog.dismiss()));
    page.on('request', (request) => {
      if (!request.url().startsWith(url) && !request.url().startsWith('data:')) noises.push(`asked ${request.url()}`);
    });
    await page.goto(`${url}sales`);
    if (signedIn) await signIn(page);
    return { page, noises };
  }
  const close = async () => {
    await browser.close();
    await stop();
  };
  return { ...site, open, close };
}

/** @param {import('playwright-core').Page} page */
export async function signIn(page) {
  await page.getByLabel('Name').fill('sofia');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Leads', exact: true }).waitFor();
}

export { at, submission, submissionOf };
