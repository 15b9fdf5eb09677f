// Verdicts and titles for people, and as rows of CSV.

import { cell } from '../csv.js';
import { bold, dim } from './terminal.js';

/** @typedef {import('../types.js').Verdict} Verdict */

const short = 'id,score,prob';
const long = `${short},fit,engagement,grade,stage,route,owner,disqualified,warnings`;

/**
 * The columns for a compiled scorecard. One that only scores, as those learned from plain tables do,
 * has neither stages nor routes to tell.
 *
 * @param {Uint8Array} program
 */
export function columnsOf(program) {
  const end = 9 + new DataView(program.buffer, program.byteOffset).getUint32(5, true);
  const { routes, stages } = JSON.parse(new TextDecoder().decode(program.subarray(end)));
  // The two ways of those that match no route always stand there.
  return routes.length === 2 && stages.length === 0 ? { head: short, rowOf: shortRow } : { head: long, rowOf: longRow };
}

/** What leads without a chance, or sure ones, count: so that no forecast is beyond doubt. */
const LEAST = 0.0001;

/** @param {string} id @param {Verdict} verdict */
const shortRow = (id, { score, probability }) => [cell(id), score, typeof probability === 'number' ? Math.min(1 - LEAST, Math.max(LEAST, probability)) : ''].join(',');

/** @param {string} id @param {Verdict} verdict */
function longRow(id, verdict) {
  const { fit, engagement, grade, stage, route, receipt, disqualified, warnings } = verdict;
  const out = disqualified.map(({ id }) => id).join(';');
  return [shortRow(id, verdict), fit, engagement, cell(grade), cell(stage?.id), cell(route.id), cell(receipt.owner), cell(out), warnings.length].join(',');
}

const signed = (points) => (points > 0 ? `+${points}` : String(points)).padStart(5);
const line = (label, text) => `${dim(label.padEnd(13))}${text}`;
const found = ({ of, found }) => (found === null ? of : `${of} ${found}`);

/** @param {Verdict} verdict */
export function summaryOf(verdict) {
  const { score, fit, engagement, grade, range, stage, route, receipt, disqualified, reasons, questions, warnings, scorecard } = verdict;
  return [
    line('score', `${bold(score)} = fit ${fit} + engagement ${engagement}; ${range.low} to ${range.high} with further answers`),
    line('grade', grade),
    line('stage', stage ? `${stage.id}${stage.suggested ? '' : ' (set by people)'}` : 'none'),
    ...disqualified.map(({ id, why }) => line('disqualified', [id, ...why.map(found)].join(', '))),
    line('route', `${route.id}${route.fallback ? ' (no route matched)' : ''}${receipt.owner ? `, owner ${receipt.owner}` : ''}`),
    ...reasons.map(({ id, points, bin, kind, evidence }, index) =>
      line(index === 0 ? 'reasons' : '', `${signed(points)}  ${id}${kind === 'limit' ? ' (limit)' : `: ${bin}`}${evidence.length ? dim(`  ${evidence.map(found).join(', ')}`) : ''}`),
    ),
    ...(questions.length ? [line('open', questions.map(({ id }) => id).join(', '))] : []),
    ...warnings.map(({ at, code, found }) => line('warning', `${at}: ${code}, found ${found}`)),
    line('scorecard', `${scorecard.id} revision ${scorecard.revision}, ${scorecard.signed ? 'signed' : 'not signed'}; seen ${receipt.now}`),
  ].join('\n');
}

/** @param {string} text @param {import('../types.js').Title} title */
export function titleSummary(text, { buyingRole, level, departments, subRole, flags, status }) {
  const told = ({ values, certainty, confidence, alternatives }) =>
    [values.join(', ') || 'unknown', `(${certainty}, ${confidence} %)`, alternatives.length ? `or ${alternatives.join(', ')}` : ''].filter(Boolean).join(' ');
  return [
    bold(text),
    line('level', told(level)),
    line('departments', `${told(departments)}${subRole ? `; ${subRole}` : ''}`),
    line('role', buyingRole),
    line('status', status),
    ...(flags.length ? [line('flags', flags.join(', '))] : []),
  ].join('\n');
}
