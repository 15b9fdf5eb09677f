// The scorecard that is being edited, and its history: every edit is a new one, the old one is kept.

import { computed, signal } from '@preact/signals';

/** @typedef {any} Card a scorecard file as it was parsed */
/** @typedef {{ card: Card, text: string, what: string, mark?: string }} Version `mark`: edits with the same mark are one step */

/** @type {import('@preact/signals').Signal<{ versions: Version[], at: number, name: string, baseline: string, quick?: boolean } | null>} */
const history = signal(null);

/** How many scorecards were opened: each has its own number. */
export const opened = signal(0);

/** Most steps that can be undone. */
const most = 500;

export const current = computed(() => (history.value ? history.value.versions[history.value.at] : null));
/** Whether only points, limits, bands or thresholds moved since the scorecard before. */
export const quick = () => history.peek()?.quick === true;
export const card = computed(() => current.value?.card ?? null);
export const isOpen = computed(() => card.value !== null);
/** By its key. @type {Map<string, import('@preact/signals').ReadonlySignal<any>>} */
const parts = new Map();

/** A part of the card, such as its criteria: who looks at no other is drawn again only when it changed. @param {string} key */
export function partOf(key) {
  let part = parts.get(key);
  if (!part) parts.set(key, (part = computed(() => card.value?.[key])));
  return part.value;
}

export const fileName = computed(() => history.value?.name ?? '');
/** The text that changes are compared with: the last signed revision, or what was opened. */
export const baseline = computed(() => history.value?.baseline ?? '');
export const undoable = computed(() => (history.value && history.value.at > 0 ? history.value.versions[history.value.at].what : ''));
export const redoable = computed(() => history.value?.versions[history.value.at + 1]?.what ?? '');

/** @param {Card} card */
export const textOf = (card) => `${JSON.stringify(card, null, 2)}\n`;

/**
 * Opens the text of a scorecard; what was open is forgotten. Throws where it is no JSON object.
 *
 * @param {string} text
 * @param {{ name: string, baseline?: string }} of
 */
export function open(text, { name, baseline = text }) {
  const card = JSON.parse(text.replace(/^\uFEFF/, ''));
  if (card === null || typeof card !== 'object' || Array.isArray(card)) throw new TypeError('a scorecard is a JSON object');
  history.value = { versions: [{ card, text, what: 'open' }], at: 0, name, baseline };
  opened.value += 1;
}

/** A value with all of another that is the same in it: the other itself, if everything is. */
function sharing(before, after) {
  if (before === after || typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return after;
  const keys = Object.keys(after);
  const others = Object.keys(before);
  let same = Array.isArray(before) === Array.isArray(after) && keys.length === others.length;
  keys.forEach((key, place) => {
    after[key] = sharing(before[key], after[key]);
    same &&= key === others[place] && after[key] === before[key];
  });
  return same ? before : after;
}

/**
 * Goes on with an edited card.
 *
 * @param {string} what in words, for the undo button
 * @param {(card: Card) => void} change of a copy
 * @param {string} [mark]
 * @param {boolean} [quick]
 */
export function edit(what, change, mark, quick = mark !== undefined) {
  const before = history.value;
  if (!before) return;
  const last = before.versions[before.at];
  const changed = structuredClone(last.card);
  change(changed);
  const card = sharing(last.card, changed);
  if (card === last.card) return;
  const text = textOf(card);
  // A slider that is dragged is one step, however often it moved.
  const kept = mark !== undefined && last.mark === mark ? before.at : before.at + 1;
  const versions = [...before.versions.slice(0, kept), { card, text, what, mark }];
  const extra = Math.max(0, versions.length - most);
  history.value = { ...before, versions: versions.slice(extra), at: versions.length - 1 - extra, quick };
}

/** Ends a step: the next edit with the same mark is another one. */
export function settle() {
  const now = history.value;
  const last = now?.versions[now.at];
  if (!last?.mark) return;
  history.value = { ...now, versions: now.versions.map((version) => (version === last ? { ...last, mark: undefined } : version)) };
}

export function undo() {
  if (history.value && history.value.at > 0) history.value = { ...history.value, at: history.value.at - 1, quick: false };
}

export function redo() {
  if (history.value && history.value.at + 1 < history.value.versions.length) history.value = { ...history.value, at: history.value.at + 1, quick: false };
}

/** From now on changes are compared with this text. @param {string} text */
export function setBaseline(text) {
  if (history.value) history.value = { ...history.value, baseline: text };
}

/** @param {Card} card @param {string} id */
export const criterionOf = (card, id) => card.criteria?.find((criterion) => criterion.id === id);
