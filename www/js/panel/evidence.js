// A fact behind a reason or a decision, and whether the test of it holds.

import { el } from '../dom.js';

const truths = { true: ['✓', 'holds'], false: ['✗', 'does not hold'], unknown: ['?', 'unknown'] };

/** @param {readonly import('/leadfit/types.js').Evidence[]} list */
export function evidenceOf(list) {
  return el('ul', { class: 'evidence' }, ...list.map(({ of, found, truth }) => {
    const sign = truth === null ? undefined : truths[truth];
    return el(
      'li',
      {},
      sign ? el('span', { class: `truth truth-${truth}` }, el('span', { 'aria-hidden': 'true' }, sign[0]), el('span', { class: 'unseen' }, `${sign[1]}: `)) : undefined,
      `${of}: `,
      found === null ? el('i', {}, 'unknown') : el('code', {}, found),
    );
  }));
}
