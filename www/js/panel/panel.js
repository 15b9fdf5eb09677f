// The developer panel: a verdict as it is. Its regions keep their size, so nothing jumps while one types.

import { el, the } from '../dom.js';
import { questionsOf } from './questions.js';
import { reasonsOf } from './reasons.js';
import { routeOf } from './route.js';
import { signalsOf } from './signals.js';

/** The least the range bar reaches over; it grows by steps, so that it rarely moves. */
const least = { low: 0, high: 150 };
const stride = 50;

const words = { off: 'not running', live: 'live', frozen: 'frozen' };
const usual = 'Not for visitors: the verdict as it stands.';

/** @param {'off' | 'live' | 'frozen'} state @param {string} [note] */
export function showState(state, note = usual) {
  the('.panel').dataset.state = state;
  the('#panel-state').textContent = words[state];
  the('#panel-note').textContent = note;
}

/**
 * @param {import('/leadfit/types.js').Verdict} verdict
 * @param {(text: any) => string} read
 * @param {Parameters<typeof questionsOf>[1]} plan what the form asks
 */
export function showVerdict(verdict, read, plan) {
  const { score, fit, engagement, grade, stage, range, route } = verdict;
  const values = { score, fit, engagement, grade, stage: stage ? `${stage.id}${stage.team ? ` · ${stage.team}` : ''}` : 'none', route: `${route.id}${route.fallback ? ' · fallback' : ''}` };
  for (const [name, value] of Object.entries(values)) the(`[data-value="${name}"]`).textContent = String(value);
  showRange(score, range);

  the('#pane-reasons').replaceChildren(...reasonsOf(verdict));
  the('#pane-questions').replaceChildren(...questionsOf(verdict, plan));
  the('#pane-route').replaceChildren(...routeOf(verdict, read));
  the('#pane-signals').replaceChildren(...signalsOf(verdict));
  the('#pane-warnings').replaceChildren(...warningsOf(verdict));
  the('#pane-receipt').replaceChildren(...receiptOf(verdict));
  the('#warning-count').textContent = String(verdict.warnings.length);
}

/** @param {number} score @param {{ low: number, high: number }} range */
function showRange(score, { low, high }) {
  const from = Math.floor(Math.min(least.low, low) / stride) * stride;
  const to = Math.ceil(Math.max(least.high, high) / stride) * stride;
  const bar = the('#range');
  for (const [name, at] of Object.entries({ low, high, score })) bar.style.setProperty(`--${name}`, `${((at - from) / (to - from)) * 100}%`);
  bar.setAttribute('aria-label', `Score ${score}; open answers allow ${low} to ${high}`);
  the('[data-value="range"]').textContent = `${low} to ${high}`;
}

/** @param {import('/leadfit/types.js').Verdict} verdict */
function warningsOf({ warnings }) {
  if (warnings.length === 0) return [el('p', { class: 'dim' }, 'Nothing is odd about this lead.')];
  return [el('ul', { class: 'lines' }, ...warnings.map(({ code, at, found }) => el('li', {}, el('b', {}, code), ' ', el('code', {}, at), el('span', { class: 'evidence' }, found))))];
}

/** @param {import('/leadfit/types.js').Verdict} verdict */
function receiptOf({ receipt, scorecard }) {
  const signed = scorecard.signed ? 'Signed by both teams.' : 'A draft: the teams have not signed this content.';
  return [el('p', { class: 'dim' }, `${scorecard.id}, revision ${scorecard.revision}. ${signed} What a server needs to check this verdict:`), el('pre', {}, JSON.stringify(receipt, null, 2))];
}
