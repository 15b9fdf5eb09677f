// Which questions are open, and why each is asked: the routes that hang on it.

import { el } from '../dom.js';

/**
 * @param {import('/leadfit/types.js').Verdict} verdict
 * @param {Pick<import('/leadfit/types.js').QuestionPlan, 'destinations' | 'settled'> & { asked: import('/leadfit/types.js').QuestionPlan['ask'] } | undefined} plan
 */
export function questionsOf({ questions }, plan) {
  if (!plan) return [];
  const { asked, destinations, settled } = plan;
  const outlook = settled ? ['Whatever is answered now, the lead goes to ', ...chips(destinations)] : ['Answers may still lead to ', ...chips(destinations)];
  const parts = [el('p', { class: 'outlook' }, ...outlook)];
  if (questions.length === 0) return [...parts, el('p', { class: 'dim' }, 'Nothing is left to ask.')];
  return [...parts, el('h4', {}, 'Open questions'), el('ul', { class: 'lines' }, ...questions.map(({ id, required }) => el('li', { 'data-question': id }, el('b', {}, id), ...why(asked.find((ask) => ask.id === id), required))))];
}

/** @param {import('/leadfit/types.js').QuestionToAsk | undefined} ask @param {boolean} required */
function why(ask, required) {
  const parts = required ? [' must be answered'] : [];
  if (ask && ask.separates.length > 0) parts.push(required ? ', and on it hang ' : ': on it hang ', ...chips(ask.separates));
  else if (!required) parts.push(' is not asked: it changes nothing');
  return parts;
}

/** @param {readonly string[]} ids */
const chips = (ids) => ids.flatMap((id) => [el('code', { class: 'chip' }, id), ' ']);
