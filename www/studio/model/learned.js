// What was learned from the leads, and taking it over: all of it, a criterion or a bin, each a step that
// can be undone.

import { computed, signal } from '@preact/signals';

import * as doc from './document.js';
import * as engine from './engine.js';
import { complain, edit, say } from './session.js';

/**
 * The proposal, the counts with the points before it and with all of its points, and what it was learned
 * for: a text, a wish for simplicity and a file.
 *
 * @type {import('@preact/signals').Signal<{ proposal: any, before: any, after: any, of: string, wish: number, leads: any } | null>}
 */
export const learned = signal(null);
export const simplicity = signal(0.5);
/** Whether there are other leads now. */
export const isOld = computed(() => learned.value !== null && learned.value.leads !== engine.file.value);

/** @param {{ proposal: any, scorecard: string }} told */
async function show({ proposal, scorecard }, of, wish) {
  const before = engine.tally.peek();
  const after = await engine.preview(scorecard, doc.current.peek().text);
  learned.value = { proposal, before, after, of, wish, leads: engine.file.peek() };
}

/** @param {number | undefined} capacity share of the leads that sales can take up */
export async function learnNow(capacity) {
  const { text } = doc.current.value;
  try {
    const wish = simplicity.value;
    const told = await engine.learn(text, { simplicity: wish, ...(capacity !== undefined && { capacity }) });
    if (!told) return say('Learning was stopped.');
    await show(told, text, wish);
    say(`Learned from ${told.proposal.learnedFrom.won + told.proposal.learnedFrom.lost} leads.`);
  } catch (error) {
    complain(`Nothing could be learned: ${error.message}.`);
  }
}

let wanted = false;
/** The same leads with another wish for simplicity; the newest wish wins. */
export async function simplify() {
  if (wanted) return;
  wanted = true;
  try {
    for (let asked; asked !== simplicity.value; ) {
      asked = simplicity.value;
      await show(await engine.call('simplify', asked), learned.value.of, asked);
    }
  } finally {
    wanted = false;
  }
}

/** The same content in the order that somebody wrote it in, so that a file changes only where it changed. */
function inOrderOf(next, before) {
  if (next === null || before === null || typeof next !== 'object' || typeof before !== 'object') return next;
  if (Array.isArray(next)) return next.map((item, index) => inOrderOf(item, (item?.id !== undefined && before.find?.((other) => other?.id === item.id)) || before[index]));
  const keys = [...Object.keys(before).filter((key) => Object.hasOwn(next, key)), ...Object.keys(next).filter((key) => !Object.hasOwn(before, key))];
  return Object.fromEntries(keys.map((key) => [key, inOrderOf(next[key], before[key] ?? null)]));
}

/** Takes over a choice of the proposal. @param {string} what @param {any} choice */
export async function take(what, choice) {
  try {
    const next = JSON.parse(await engine.call('accept', doc.current.value.text, learned.value.proposal, choice));
    edit(what, (card) => {
      const ordered = inOrderOf(next, card);
      for (const key of Object.keys(card)) delete card[key];
      Object.assign(card, ordered);
    });
    say(`${what}: taken over. Undo takes it back.`);
  } catch (error) {
    complain(`That could not be taken over: ${error.message}.`);
  }
}

/** The points that stand at a place of a criterion now. @param {any} criterion @param {any} place */
export function pointsAt(criterion, place) {
  if (!criterion) return undefined;
  if (typeof place === 'string') return criterion[place] ?? 0;
  return criterion.bins?.[place.bin]?.points;
}
