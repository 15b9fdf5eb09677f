// What every engine is asked, in plain JavaScript, so that it runs in all of them.

import { leads, now } from './leads.js';

/** @param {string} text */
const bytesOf = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/**
 * The golden verdicts and plans, one a line.
 *
 * @param {typeof import('leadfit').Scorecard} Scorecard
 * @param {{ card: string, leads: { lead: any, now: string }[], plans: { lead: any, options: any }[] }[]} cases
 */
export async function golden(Scorecard, cases) {
  const lines = [];
  for (const { card: bytes, leads, plans } of cases) {
    const card = await Scorecard.load(bytesOf(bytes));
    for (const { lead, now } of leads) lines.push(card.verdictJson(lead, { now }));
    for (const { lead, options } of plans) lines.push(JSON.stringify(card.nextQuestions(lead, options)));
  }
  return lines.join('\n');
}

/**
 * One hash of the verdicts of so many generated leads, by each scorecard in turn (cyrb53, which needs
 * nothing from the engine but whole numbers), and how many different ones are among the first thousand.
 *
 * @param {typeof import('leadfit').Scorecard} Scorecard
 * @param {{ card: string }[]} cases
 * @param {number} count
 */
export async function generated(Scorecard, cases, count) {
  const cards = await Promise.all(cases.map(({ card }) => Scorecard.load(bytesOf(card))));
  const next = leads(20_261_118);
  const different = new Set();
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < count; index++) {
    const text = cards[index % cards.length].verdictJson(next(), { now });
    if (index < 1000) different.add(text);
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      high = Math.imul(high ^ code, 2_654_435_761);
      low = Math.imul(low ^ code, 1_597_334_677);
    }
  }
  return `${(high >>> 0).toString(16).padStart(8, '0')}${(low >>> 0).toString(16).padStart(8, '0')} ${different.size}`;
}
