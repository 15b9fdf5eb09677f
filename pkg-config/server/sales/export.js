// All leads as a table, for the studio and for spreadsheets: what was known, what became of them.

import { line } from '../../csv.js';
import { factsIn } from '../facts.js';
import { readSubmission } from '../read.js';

/** @typedef {import('../store.js').Store} Store */

/** Read at a time, so that the memory it takes does not grow with the number of leads. */
const CHUNK = 200;

// Named so that no scorecard takes them for facts of the lead: CRMs send a region as `state`, what a company
// earns as `revenue`, and where sales has a lead as `stage`.
const judgement = ['score', 'fit', 'engagement', 'grade', 'suggestedStage', 'route', 'owner', 'tampered', 'flags'];
const followed = ['decision', 'rejectReason', 'attempts', 'reached', 'outcome', 'closedAt', 'amount', 'currency'];

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
  const names = [...all].filter((name) => !['id', 'createdAt', 'events', ...judgement, ...followed].includes(name)).sort();
  const encoder = new TextEncoder();
  const leads = leadsOf(store);
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(line(['id', 'createdAt', ...names, 'events', ...judgement, ...followed]))),
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
 * @param {import('../store.js').LeadState} state
 * @param {(kind: string) => import('../store.js').Note | undefined} latest
 */
function outcomeOf(state, latest) {
  const noted = latest('outcome');
  if (noted) return { outcome: noted.said.outcome, closedAt: noted.said.outcome === 'open' ? undefined : noted.at, amount: noted.said.revenue, currency: noted.said.currency };
  return state === 'rejected' ? { outcome: 'disqualified', closedAt: latest('rejected')?.at } : { outcome: 'open' };
}

/** @param {import('../store.js').LeadRow} lead @param {import('../store.js').Note[]} notes @param {string[]} names */
function rowOf({ id, state, newest }, notes, names) {
  const facts = factsIn(newest.lead);
  const { verdict } = newest;
  const { events } = readSubmission(newest.body).submission;
  const latest = (/** @type {string} */ kind) => notes.find((note) => note.kind === kind);
  const attempts = notes.filter(({ kind }) => kind === 'attempt');
  const { outcome, closedAt, amount, currency } = outcomeOf(state, latest);
  return line([
    id, new Date(newest.at).toISOString(), ...names.map((name) => (Object.hasOwn(facts, name) ? facts[name] : '')),
    events && JSON.stringify(events),
    verdict?.score, verdict?.fit, verdict?.engagement, verdict?.grade, verdict?.stage?.id, verdict?.route.id, newest.owner, newest.tampered ? 'yes' : '', newest.flags.join(' '),
    state, state === 'rejected' ? latest('rejected')?.said.reason : '', attempts.length, attempts.some(({ said }) => said.reached) ? 'yes' : '',
    outcome, closedAt && new Date(closedAt).toISOString(), amount, currency,
  ]);
}
