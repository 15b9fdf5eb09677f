// What every engine is asked about checking submissions, in plain JavaScript, so that it runs in all of
// them: a page's part and a server's part, one after the other.

import { leads, now } from './leads.js';

/** @param {string} text */
const bytesOf = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** @param {number} millis */
const rfc = (millis) => new Date(millis).toISOString();

/** What a form and a page send of a lead. @param {any} lead @param {number} index */
function submissionOf({ email, jobTitle, company, role, events, attribution, answers }, index) {
  const size = company?.employees;
  const given = { email, jobTitle, company: company?.name, country: company?.country, numemployees: typeof size === 'object' ? `${size.from}-${size.to}` : size, role, ...answers };
  return {
    leadfit: 1,
    id: `lead-${index}`,
    at: rfc(now),
    pairs: Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
    events: events.map((event) => ({ ...event, at: rfc(event.at) })),
    ...(attribution && { attribution }),
  };
}

/**
 * Submits so many generated leads by each scorecard in turn, as pages do, and rechecks each; every tenth
 * is tampered with. One hash of all that came out, and how many were found to agree and to be tampered.
 *
 * @param {typeof import('leadfit').Scorecard} Scorecard
 * @param {Pick<typeof import('leadfit/server'), 'cardsOf' | 'recheck'>} server
 * @param {typeof import('leadfit/outbox').leadOf} leadOf
 * @param {{ card: string }[]} cases
 * @param {number} count
 */
export async function rechecked(Scorecard, { cardsOf, recheck }, leadOf, cases, count) {
  const cards = await Promise.all(cases.map(({ card }) => Scorecard.load(bytesOf(card))));
  const find = cardsOf(cards);
  const next = leads(20_261_119);
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  let [agreed, tampered] = [0, 0];
  for (let index = 0; index < count; index++) {
    const card = cards[index % cards.length];
    const { id, revision, hash } = card;
    const submission = { ...submissionOf(next(), index), card: { id, revision, hash } };
    const verdict = card.evaluate(leadOf(card, submission), { now: submission.at });
    const receipt = index % 10 === 9 ? { ...verdict.receipt, score: verdict.score + 1 } : verdict.receipt;
    // As text: what is sent is bytes.
    const found = await recheck(find, JSON.stringify({ ...submission, receipt, verdict }), { now: now + 60_000 });
    if (found.differences.length === 0) agreed += 1;
    if (found.tampered) tampered += 1;
    const text = JSON.stringify([submission, found.verdict, found.differences]);
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      high = Math.imul(high ^ code, 2_654_435_761);
      low = Math.imul(low ^ code, 1_597_334_677);
    }
  }
  return `${(high >>> 0).toString(16).padStart(8, '0')}${(low >>> 0).toString(16).padStart(8, '0')} ${agreed} ${tampered}`;
}
