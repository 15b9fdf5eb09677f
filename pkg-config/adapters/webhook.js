// Any endpoint of yours: the submission as it is (docs/submission.md), or the whole handoff
// (docs/handoff.md), as JSON.

import { historyIn, nameOf, ownerOf, reasonsIn, toAsk, whole } from './handoff.js';
import { pointsFor } from './talking.js';

/** @typedef {import('./handoff.js').Handoff} Handoff */

/**
 * The handoff as one document for people and programs; docs/handoff.md describes it.
 *
 * @param {Handoff} handoff
 * @param {{ talkingPoints?: { readonly [role: string]: readonly string[] } }} [options]
 */
export function handoffDocument(handoff, { talkingPoints } = {}) {
  const { submission, lead, verdict = null, card, due = null, link } = whole(handoff);
  return {
    leadfit: 1,
    id: submission.id,
    at: submission.at,
    name: nameOf(handoff),
    lead,
    score: verdict?.score ?? null,
    grade: verdict?.grade ?? null,
    stage: verdict?.stage?.id ?? null,
    route: verdict?.route.id ?? null,
    disqualified: (verdict?.disqualified ?? []).map(({ id }) => id),
    reasons: reasonsIn(verdict),
    toAsk: toAsk(verdict),
    talkingPoints: pointsFor(verdict, talkingPoints),
    history: historyIn(submission),
    owner: ownerOf(handoff) || null,
    due,
    card: card?.title === undefined ? null : { title: card.title },
    link,
    submission,
    verdict,
  };
}

/**
 * A receiver that gets the whole handoff. For the outbox, whose receivers must acknowledge, and for
 * servers.
 *
 * @param {object} options
 * @param {string} options.url
 * @param {import('../outbox/record.js').Acknowledgement} [options.ack] what counts as received. Default
 *   `echo`: an answer in JSON with the submission's `id`
 * @param {string} [options.name]
 * @param {{ readonly [role: string]: readonly string[] }} [options.talkingPoints]
 * @returns {import('../outbox/outbox.js').Receiver}
 */
export const webhook = ({ url, ack = 'echo', name = 'webhook', talkingPoints }) => ({
  name,
  url,
  request: (handoff) => ({ url, ack, body: JSON.stringify(handoffDocument(handoff, { talkingPoints })) }),
});
