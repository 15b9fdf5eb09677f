// Why the score is what it is, and what could still be earned.

import { el } from '../dom.js';
import { evidenceOf } from './evidence.js';

const signed = (points) => (points > 0 ? `+${points}` : String(points).replace('-', '−'));

/** @param {import('/leadfit/types.js').Verdict} verdict */
export function reasonsOf({ reasons, score, unknown }) {
  const lines = reasons.map(({ id, bin, axis, points, kind, limitOf, evidence }) =>
    el(
      'li',
      { class: 'reason' },
      el('span', { class: `worth worth-${points < 0 ? 'less' : points > 0 ? 'more' : 'none'}` }, signed(points)),
      el('b', {}, id),
      el('span', { class: 'axis' }, axis),
      el('span', { class: 'bin' }, kind === 'limit' ? `limit of the ${limitOf}` : (bin ?? '')),
      evidence.length > 0 ? evidenceOf(evidence) : undefined,
    ),
  );
  const parts = [el('ul', { class: 'reasons' }, ...lines), el('p', { class: 'total' }, el('span', { class: 'worth' }, signed(score)), 'is the score')];
  if (reasons.length === 0) parts[0] = el('p', { class: 'dim' }, 'Nothing earned points yet.');
  if (unknown.length > 0) {
    parts.push(el('h4', {}, 'Still unknown'));
    parts.push(el('ul', { class: 'lines' }, ...unknown.map(({ id, low, high }) => el('li', {}, el('b', {}, id), ` could earn ${low} to ${high}`))));
  }
  return parts;
}
