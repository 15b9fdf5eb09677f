// A server for tests: the packed package, the first sample scorecard as a page and as a server have it,
// and submissions as pages send them.

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { samples } from '../golden.mjs';
import { packed } from './packed.mjs';

export const { installed } = await packed();
const inside = (name) => import(pathToFileURL(join(installed, name)).href);

export const { Scorecard } = await inside('entry-default.js');
export const { compile } = await inside('entry-studio-inlined.js');
export const server = await inside('server/index.js');
export const node = await inside('server/node.js');

export const [{ text }] = samples;

/** The scorecard as a server has it, and as pages do. */
export const serverCard = await compile(text, { audience: 'server' });
export const onServer = await Scorecard.load(serverCard);
export const onPage = await Scorecard.load(await compile(text));

/** The moment at which forms are sent. */
export const at = '2026-11-18T10:00:00.000Z';

/** Answers of a lead that is worth a call. */
export const pairs = [
  ['form', 'start'],
  ['email', 'nora@brightmoor.example'],
  ['firstName', 'Nora'],
  ['jobTitle', 'VP Marketing'],
  ['company', 'Brightmoor'],
  ['companySize', '50-499'],
  ['country', 'DE'],
  ['consent', 'yes'],
];

/** What a visitor did before. */
export const events = [
  { type: 'pageView', at: '2026-11-18T09:50:00.000Z', path: '/pricing' },
  { type: 'demoRequest', at: '2026-11-18T09:55:00.000Z' },
];

/**
 * A submission as an honest page sends it, verdict and all.
 *
 * @param {object} [other] what is different in it
 */
export function submissionOf(other = {}) {
  const made = { leadfit: 1, id: randomUUID(), at, card: { id: onPage.id, revision: onPage.revision, hash: onPage.hash }, pairs, events, facts: { language: 'en-GB' }, attribution: { source: 'google', medium: 'cpc' }, answers: {}, guard: { elapsedMs: 41_200, honeypot: '' }, ...other };
  const lead = { ...made.facts, ...onPage.leadFrom(made.pairs), attribution: made.attribution, events: made.events };
  const verdict = onPage.evaluate(lead, { now: made.at });
  return structuredClone({ ...made, receipt: verdict.receipt, verdict });
}
