// Columns of made-up leads for whatever else a scorecard reads: its facts, and events counted elsewhere.
// What earns points is likelier for leads that were keen, and for those that were won.

import { random } from './sample.js';

const day = 86_400_000;

/** @typedef {{ keen: number, won: boolean, created: number }} Lead */
/** @typedef {{ name: string, cell: (lead: Lead) => string | number }[]} Columns */

/** Calls `visit` with everything in a scorecard that has a name. @param {any} value @param {(key: string, value: any) => void} visit */
function each(value, visit) {
  if (value === null || typeof value !== 'object') return;
  for (const [key, part] of Object.entries(value)) {
    visit(key, part);
    each(part, visit);
  }
}

/** What bins say of numbers or values, with their points, the least first. @param {any[]} bins */
const ranked = (bins) => [...bins].sort((a, b) => a.points - b.points);

/** Facts that a scorecard reads and what they can be, by id. @param {any} card */
function factsOf(card) {
  /** @type {Map<string, any>} */
  const facts = new Map((card.facts ?? []).map((fact) => [fact.id, { type: fact.type, values: (fact.choices ?? []).map(({ value }) => value), bins: [] }]));
  const add = (id) => facts.get(id) ?? facts.set(id, { values: [], bins: [] }).get(id);
  for (const { on, bins } of card.criteria ?? []) {
    if (!on.fact) continue;
    const fact = add(on.fact);
    fact.bins = bins ?? [];
    for (const value of fact.bins.flatMap((bin) => bin.values ?? [])) if (!fact.values.includes(value)) fact.values.push(value);
  }
  each(card, (key, part) => {
    if (key === 'daysSince' && part?.id) add(part.id).type ??= 'date';
    if (key !== 'fact' || !part?.id) return;
    for (const value of [part.is, ...(part.in ?? [])]) if (typeof value === 'string' && !add(part.id).values.includes(value)) add(part.id).values.push(value);
  });
  return facts;
}

/** Values of facts that make a lead no buyer: few leads have them. @param {any} card */
function rareOf(card) {
  const rare = new Set();
  each(card.disqualify ?? [], (key, part) => {
    if (key === 'fact') for (const value of [part?.is, ...(part?.in ?? [])]) rare.add(value);
  });
  return rare;
}

/** Events that a scorecard counts, by the name of their count. @param {any} card */
export function countsOf(card) {
  const counts = new Map();
  const add = (name, events, of = {}) => counts.has(name) || counts.set(name, { measure: events.measure, dated: events.withinDays !== undefined, ...of });
  for (const { id, on, bins = [], perEvent, decay } of card.criteria ?? []) if (on.events) add(on.events.aggregate ?? id, on.events, { bins, bad: (bins.at(-1) ?? perEvent)?.points < 0, dated: decay !== undefined || on.events.withinDays !== undefined });
  each(card, (key, part) => key === 'events' && part?.aggregate && add(part.aggregate, part, { bins: [] }));
  return counts;
}

/**
 * Columns for what a scorecard reads beside those that are there already. The same seed gives the same cells.
 *
 * @param {any} card @param {string[]} there @param {number} seed
 * @returns {Columns}
 */
export function columnsFor(card, there, seed) {
  const next = random(seed);
  /** One of several, the later ones likelier the keener a lead is. */
  const tilted = (list, { keen, won }) => list[Math.min(list.length - 1, Math.floor(list.length * next() ** (won ? 0.5 : 1.5 / (0.5 + Math.min(keen, 2)))))];
  const within = ({ from = 0, to = Math.max(2, from * 3) }) => from + Math.floor(next() * (to - from));
  const known = (share, cell) => (next() < share ? cell : '');
  const before = (created, days) => new Date(created - Math.floor(next() * days) * day).toISOString().slice(0, 10);
  /** @type {Columns} */
  const columns = [];
  const add = (name, cell) => !there.includes(name) && columns.push({ name, cell });
  const rare = rareOf(card);
  for (const [id, { type, values, bins }] of factsOf(card)) {
    const numbers = bins.filter((bin) => bin.from !== undefined || bin.to !== undefined);
    const points = (value) => bins.find((bin) => bin.values?.includes(value))?.points ?? 0;
    const best = values.filter((value) => !rare.has(value)).sort((a, b) => points(a) - points(b));
    const bad = values.filter((value) => rare.has(value));
    // The sample has these in columns of its own.
    if (['company.employees', 'company.country', 'company.name', 'jobTitle', 'email'].includes(id)) continue;
    if (type === 'date') add(id, ({ created }) => known(0.7, new Date(created + Math.floor(next() * 30 - 10) * day).toISOString().slice(0, 10)));
    else if (numbers.length > 0) add(id, (lead) => known(0.8, within(tilted(ranked(numbers), lead))));
    else if (type === 'boolean') add(id, (lead) => known(0.8, tilted(['no', 'yes'], lead)));
    else if (best.length > 0) add(id, (lead) => known(0.8, bad.length > 0 && !lead.won && next() < 0.04 ? bad[0] : tilted(best, lead)));
  }
  for (const [name, { measure, bins, bad, dated }] of countsOf(card)) {
    const cell = (lead) => {
      if (bad) return next() < 0.04 ? 1 : 0;
      if (bins?.length > 0) return within(tilted(measure === 'daysSinceLast' ? ranked(bins) : [bins[0], ...ranked(bins)], lead));
      return Math.floor(3 * next() ** 2 * Math.min(lead.keen, 2) + (lead.won ? 2 * next() : 0));
    };
    let last = 0;
    add(name, (lead) => (last = cell(lead)));
    // The newest of the events, where there were any.
    if (dated && !there.includes(name)) add(`${name}.lastAt`, ({ created }) => (last > 0 ? before(created, 60) : ''));
  }
  return columns;
}
