// Columns that no scorecard knows yet become facts of this one, and what bins on them could be.

import { card } from './document.js';
import { file } from './engine.js';

/** An id for a column with this header, other than those taken. @param {string} header @param {Set<string>} taken */
export function idOf(header, taken) {
  const words = header.normalize('NFKD').replace(/\p{M}/gu, '').match(/[A-Za-z0-9]+/g) ?? [];
  const camel = words.map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1)).join('');
  const base = /^[a-z]/i.test(camel) ? camel : `column${camel}`;
  let id = base;
  for (let count = 2; taken.has(id); count++) id = `${base}${count}`;
  return id;
}

const bare = (name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/**
 * The facts that these columns would be, by header.
 *
 * @param {{ name: string, quarters: number[] }[]} columns
 * @returns {Map<string, any>}
 */
export function factsOf(columns) {
  const taken = new Set([...(card.value?.facts ?? []).map(({ id }) => id), 'email', 'stage', 'phone', 'consent', 'company', 'attribution', 'events', 'answers', 'aggregates', 'other', 'form']);
  const facts = new Map();
  for (const { name, quarters } of columns) {
    const id = idOf(name, taken);
    taken.add(id);
    facts.set(name, { id, type: quarters.length > 0 ? 'number' : 'text', label: name, ...(bare(name) !== bare(id) && { from: [name] }) });
  }
  return facts;
}

/** Whether bins could be made of a column that means nothing yet. */
export const isFree = (column) => (column.role === '' || column.role === 'shown') && (column.words.length > 1 || column.quarters.length > 0);

/** Bins for a criterion on a fact, from what stands in its column; `undefined` where there is none. @param {string} fact */
export function binsOf(fact) {
  const column = file.value?.columns.find(({ role }) => role === `fact:${fact}`);
  if (!column) return undefined;
  const { quarters, words } = column;
  if (quarters.length > 0) return [{ to: quarters[0], points: 0 }, ...quarters.map((from, index) => ({ from, ...(index + 1 < quarters.length && { to: quarters[index + 1] }), points: 0 }))];
  if (words.length > 0) return [...words.slice(0, 8).map((word) => ({ values: [word], points: 0 })), { else: true, points: 0 }];
  return undefined;
}
