// All leads as a table, for the studio and for spreadsheets: what was known, what became of them.

import { line } from '../../csv.js';
import { factsIn } from '../facts.js';
import { readSubmission } from '../read.js';

/** @typedef {import('../store.js').Store} Store */

/** Read at a time, so that the memory it takes does not grow with the number of leads. */
const CHUNK = 200;

/**
 * @typedef {object} Told what the columns tell of
 * @property {import('../store.js').LeadRow} lead
 * @property {import('../store.js').Note[]} notes
 * @property {{ outcome: string, closedAt?: number, amount?: number, currency?: string }} outcome
 */

/** The newest note of a kind. @param {import('../store.js').Note[]} notes @param {string} kind */
const latest = (notes, kind) => notes.find((note) => note.kind === kind);
/** @param {Told} told */
const attempts = ({ notes }) => notes.filter(({ kind }) => kind === 'attempt');
/** @param {number | undefined} at */
const moment = (at) => at && new Date(at).toISOString();

/**
 * The columns beside the facts. Named so that no scorecard takes them for facts of the lead: CRMs send a region
 * as `state`, what a company earns as `revenue`, and where sales has a lead as `stage`.
 *
 * @type {Record<string, (told: Told) => string | number | null | undefined>}
 */
const columns = {
  score: ({ lead }) => lead.newest.verdict?.score,
  fit: ({ lead }) => lead.newest.verdict?.fit,
  engagement: ({ lead }) => lead.newest.verdict?.engagement,
  grade: ({ lead }) => lead.newest.verdict?.grade,
  suggestedStage: ({ lead }) => lead.newest.verdict?.stage?.id,
  route: ({ lead }) => lead.newest.verdict?.route.id,
  owner: ({ lead }) => lead.newest.owner,
  tampered: ({ lead }) => (lead.newest.tampered ? 'yes' : ''),
  flags: ({ lead }) => lead.newest.flags.join(' '),
  decision: ({ lead }) => lead.state,
  rejectReason: ({ lead, notes }) => (lead.state === 'rejected' ? latest(notes, 'rejected')?.said.reason : ''),
  attempts: (told) => attempts(told).length,
  reached: (told) => (attempts(told).some(({ said }) => said.reached) ? 'yes' : ''),
  outcome: ({ outcome }) => outcome.outcome,
  closedAt: ({ outcome }) => moment(outcome.closedAt),
  amount: ({ outcome }) => outcome.amount,
  currency: ({ outcome }) => outcome.currency,
};
const beside = Object.keys(columns);

/** @param {Store} store @returns {IterableIterator<import('../store.js').LeadRow>} */
function* leadsOf(store) {
  for (let after = 0; ; ) {
    const chunk = store.leadsAfter(after, CHUNK);
    if (chunk.length === 0) return;
    yield* chunk;
    after = chunk[chunk.length - 1].id;
  }
}

/**
 * One line for each lead; `createdAt` is the moment at which it was judged, which is the one to judge it
 * at again.
 *
 * @param {Store} store
 * @returns {ReadableStream<Uint8Array>}
 */
export function tableOf(store) {
  /** @type {Set<string>} */
  const all = new Set();
  for (const { newest } of leadsOf(store)) for (const name of Object.keys(factsIn(newest.lead))) all.add(name);
  // A field of a form that is called as one of the columns would stand there twice.
  const names = [...all].filter((name) => !['id', 'createdAt', 'events', ...beside].includes(name)).sort();
  const encoder = new TextEncoder();
  const leads = leadsOf(store);
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(line(['id', 'createdAt', ...names, 'events', ...beside]))),
    pull(controller) {
      const { done, value } = leads.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(rowOf(value, store.notesOf(value.id), names)));
    },
  });
}

/**
 * What became of a lead, in the words of the studio: what people noted last; else one that was sent back is no
 * buyer, and every other one open.
 *
 * @param {import('../store.js').LeadRow} lead
 * @param {import('../store.js').Note[]} notes
 * @returns {Told['outcome']}
 */
function outcomeOf({ state }, notes) {
  const noted = latest(notes, 'outcome');
  if (noted) return { outcome: noted.said.outcome, closedAt: noted.said.outcome === 'open' ? undefined : noted.at, amount: noted.said.revenue, currency: noted.said.currency };
  return state === 'rejected' ? { outcome: 'disqualified', closedAt: latest(notes, 'rejected')?.at } : { outcome: 'open' };
}

/** @param {import('../store.js').LeadRow} lead @param {import('../store.js').Note[]} notes @param {string[]} names */
function rowOf(lead, notes, names) {
  const facts = factsIn(lead.newest.lead);
  const { events } = readSubmission(lead.newest.body).submission;
  const told = { lead, notes, outcome: outcomeOf(lead, notes) };
  return line([
    lead.id,
    moment(lead.newest.at),
    ...names.map((name) => (Object.hasOwn(facts, name) ? facts[name] : '')),
    events && JSON.stringify(events),
    ...beside.map((name) => columns[name](told)),
  ]);
}
