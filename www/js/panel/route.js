// Where the lead goes and why, who follows up, and why not elsewhere.

import { el } from '../dom.js';
import { evidenceOf } from './evidence.js';

/** @param {import('/leadfit/types.js').Verdict} verdict @param {(text: any) => string} read */
export function routeOf({ route, stage, disqualified }, read) {
  const [kind] = Object.keys(route.action);
  const parts = [el('h4', {}, el('code', {}, route.id), ` ${route.fallback ? 'as no route matched' : 'matched'}, action `, el('code', {}, kind)), evidenceOf(route.why)];
  if (route.followUp.length > 0) parts.push(el('h4', {}, 'Follow-up'), el('ol', { class: 'lines' }, ...route.followUp.map((step) => followUp(step, read))));
  if (disqualified.length > 0) {
    parts.push(el('h4', {}, 'Disqualified'));
    parts.push(...disqualified.map(({ id, reason, why }) => el('div', { class: 'other' }, el('b', {}, id), reason ? ` ${read(reason)}` : '', evidenceOf(why))));
  }
  if (stage) parts.push(el('h4', {}, 'Stage ', el('code', {}, stage.id)), evidenceOf(stage.why));
  if (route.notMatched.length > 0) {
    parts.push(el('h4', {}, 'Other routes'));
    parts.push(...route.notMatched.map(({ id, why }) => el('div', { class: 'other' }, el('b', {}, id), evidenceOf(why))));
  }
  return parts;
}

/** @param {import('/leadfit/types.js').FollowUp} step @param {(text: any) => string} read */
function followUp({ due, owner, queue, sla, task }, read) {
  const promise = sla ? `, first response within ${duration(sla.respondWithinMinutes)} of working time` : '';
  const by = due === null ? undefined : el('span', {}, ', by ', el('time', { datetime: due }, moment.format(new Date(due))));
  const from = owner && queue ? ` from ${queue}` : '';
  const who = owner ? `${owner.id}${owner.present ? '' : ', who is away'}` : (queue ?? 'nobody');
  return el('li', {}, el('b', {}, who), from, promise, by, task ? el('span', { class: 'evidence' }, read(task)) : undefined, owner ? evidenceOf(owner.why) : undefined);
}

// By the visitor's own clock.
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** @param {number} minutes */
const duration = (minutes) => (minutes >= 120 && minutes % 60 === 0 ? `${minutes / 60} hours` : `${minutes} minutes`);
