// What was derived from the facts, and how the job title was read.

import { el } from '../dom.js';

/** @param {import('/leadfit/types.js').Verdict} verdict */
export function signalsOf({ signals, title }) {
  const parts = [el('dl', { class: 'pairs' }, ...Object.entries(signals).flatMap(([name, value]) => [el('dt', {}, name), valueOf(value)]))];
  parts.push(el('h4', {}, 'Job title'));
  if (!title) return [...parts, el('p', { class: 'dim' }, 'No job title yet.')];
  const rows = [
    ['level', finding(title.level)],
    ['departments', finding(title.departments)],
    ['subRole', valueOf(title.subRole)],
    ['flags', valueOf(title.flags)],
    ['status', valueOf(title.status)],
  ];
  return [...parts, el('dl', { class: 'pairs' }, ...rows.flatMap(([name, value]) => [el('dt', {}, name), value]))];
}

/** @param {unknown} value */
function valueOf(value) {
  const text = Array.isArray(value) ? value.join(', ') : String(value ?? '');
  return text === '' ? el('dd', { class: 'dim' }, value === null ? 'unknown' : 'none') : el('dd', {}, el('code', {}, text));
}

/** @param {import('/leadfit/types.js').TitleFinding<string>} finding */
function finding({ values, certainty, confidence, alternatives, evidence }) {
  const or = alternatives.length > 0 ? `, or ${alternatives.join(', ')}` : '';
  const from = evidence ? `, from “${evidence}”` : '';
  return el('dd', {}, el('code', {}, values.join(', ') || 'none'), el('span', { class: 'evidence' }, `${certainty}, ${confidence} %${or}${from}`));
}
