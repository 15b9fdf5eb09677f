// Parts of a scorecard in words.

import { card } from './document.js';
import { spaced, words } from './format.js';

/** What a bin holds, in words. */
export function binName(bin) {
  const range = bin.from !== undefined && bin.to !== undefined ? `${bin.from} to below ${bin.to}` : bin.from !== undefined ? `${bin.from} and more` : bin.to !== undefined ? `below ${bin.to}` : undefined;
  const said = bin.else ? 'All others' : (range ?? (bin.values ?? []).join(', '));
  return bin.label ? words(bin.label) : said;
}

/** What is scored, in words. */
export function subject(on) {
  if (on.fact) return spaced(on.fact);
  if (on.signal) return spaced(on.signal);
  if (on.daysSince) return `Days since ${on.daysSince}`;
  if (on.events) return `${(on.events.types ?? []).join(', ')}${on.events.withinDays ? ` in ${on.events.withinDays} days` : ''}`;
  return 'A condition';
}

/** What one of a list is called. @param {any[] | undefined} list @param {string | undefined} id */
export const labelOf = (list, id) => words(list?.find((of) => of?.id === id)?.label, spaced(id ?? '–'));

/** @param {string} id */
export const routeName = (id) => labelOf([...(card.value.routes ?? []), card.value.fallback?.unmatched, card.value.fallback?.disqualified], id);

/** @param {string} id empty for none */
export const stageName = (id) => (id === '' ? 'No stage' : labelOf(card.value.stages, id));
