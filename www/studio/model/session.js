// What the parts of the studio do together: opening, reading, checking, saving.

import { batch, effect, signal } from '@preact/signals';

import * as doc from './document.js';
import { blank } from './blank.js';
import * as engine from './engine.js';
import { factsOf } from './facts.js';
import { generate, header } from './sample.js';
import { columnsFor } from './sample-columns.js';
import { words } from './format.js';
import { load, recent, remember, save } from './keep.js';

/** What checking the text tells. @type {import('@preact/signals').Signal<{ text: string, problems: any[], card: any } | null>} */
export const checked = signal(null);
/** What changed against the text that is compared with. */
export const changes = signal([]);
/** A message for everybody, read out; `wrong`: it is shown, too. */
export const said = signal({ text: '', wrong: false });
export const view = signal('start');
/** What people said of columns, kept for the next file. */
export const choices = signal({ roles: {}, orders: {}, commas: {}, outcomes: {} });
/** The file of leads: its name, and the blob itself as long as the page lives. */
export const source = signal(null);
/** A file that was given and is not read yet: its name, the blob, and what its first rows tell. */
export const first = signal(/** @type {{ blob: Blob, name: string, told: any } | null} */ (null));

export const templates = [
  { file: 'b2b-software.json', text: () => import('../../sample/b2b-software.json?raw'), title: 'Sales-led software', about: 'Demo requests, job titles, company size, two calls in a row, dollars by segment.' },
  { file: 'hubspot-shaped.json', text: () => import('../../sample/hubspot-shaped.json?raw'), title: 'Fit and engagement of 100', about: 'Limits for rules and groups, points that fade by the month, a matrix of three by three.' },
  { file: 'self-serve-sales-assist.json', text: () => import('../../sample/self-serve-sales-assist.json?raw'), title: 'Self-serve with sales assist', about: 'A product that sells itself, and a meeting at once where it does not.' },
  { file: 'scorecard.json', text: async () => ({ default: doc.textOf(blank) }), title: 'Nearly empty', about: 'One criterion, one threshold: make facts of the columns of your leads, and let outcomes propose the points.' },
];

/** @param {string} text */
export const say = (text) => void (said.value = { text, wrong: false });

/** Says what did not work: it stays in sight until it is closed, or something else is said. @param {string} text */
export const complain = (text) => void (said.value = { text, wrong: true });

/** Picks up where the last visit ended. */
export async function begin() {
  const kept = await load();
  recents.value = await recent();
  if (kept?.choices) choices.value = { ...choices.value, ...kept.choices };
  if (kept?.text) {
    try {
      doc.open(kept.text, { name: kept.name, baseline: kept.baseline });
      view.value = 'tune';
    } catch {
      complain('The draft of the last visit cannot be read; it is left as it is until you open another one.');
    }
  }
  let last = '';
  effect(() => {
    const version = doc.current.value;
    if (!version || version.text === last) return;
    const quick = doc.quick() && last !== '';
    last = version.text;
    void engine.follow(version.text, quick).catch((error) => complain(String(error.message)));
    checkSoon(version.text);
    save({ text: version.text, name: doc.fileName.peek(), baseline: doc.baseline.peek(), choices: choices.peek() });
  });
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;
/** @param {string} text */
function checkSoon(text) {
  clearTimeout(soon);
  soon = setTimeout(() => check(text), checked.value ? 200 : 0);
}

/** @param {string} text */
export async function check(text) {
  const found = await engine.call('check', text);
  const differences = found.card ? await engine.call('diff', doc.baseline.value, text).catch(() => []) : changes.value;
  if (doc.current.value?.text !== text) return;
  // Both at once: what is checked and what changed are one state.
  batch(() => {
    checked.value = { text, ...found };
    changes.value = differences;
  });
}

/** Scorecards that were open before. */
export const recents = signal(/** @type {Awaited<ReturnType<typeof recent>>} */ ([]));

/** Keeps what is open, before another one is. */
async function leave() {
  const open = doc.current.value;
  if (!open) return;
  await remember({ name: doc.fileName.value, title: words(open.card.title, open.card.id), text: open.text, baseline: doc.baseline.value });
  recents.value = await recent();
}

/** @param {string} text @param {string} name @param {string} [baseline] what changes are compared with */
export async function openText(text, name, baseline) {
  await leave();
  doc.open(text, { name, baseline });
  checked.value = null;
  changes.value = [];
  view.value = engine.file.value ? 'tune' : 'data';
  say(`${name} is open.`);
}

/** @param {{ file: string, text: () => Promise<{ default: string }> }} template */
export async function openTemplate({ file, text }) {
  const { default: content } = await text();
  await openText(content, file);
}

/** Where no version of the scorecard was ever sound. */
const noJudge = 'The scorecard has errors, so it can judge no leads. Mend what stands under Check, and give the file again.';

const unreadable = (error) => complain(`The file could not be read: ${error.message}. Choose another one, or save it again as CSV in UTF-8.`);

/** Takes a first look at a file, for people to see what its columns are. @param {Blob} blob @param {string} name */
export async function lookAtLeads(blob, name) {
  try {
    // By the scorecard as it is now, whatever is still on its way.
    await engine.call('follow', doc.current.value.text, false);
    const told = await engine.look(blob, choices.value);
    if (!told) return complain(noJudge);
    first.value = { blob, name, told };
    say(`The first ${told.leads} rows of ${name}: look whether its columns are what they are taken for.`);
  } catch (error) {
    unreadable(error);
  }
}

/** Reads the file that was looked at. */
export async function readLeads() {
  const { blob, name } = first.value;
  await openLeads(blob, name);
}

/** Leaves the file that was looked at. */
export function leaveLeads() {
  first.value = null;
  say('The file is left; nothing of it was read.');
}

/** @param {Blob} blob @param {string} name */
export async function openLeads(blob, name) {
  try {
    const told = await engine.readFile(blob, choices.value);
    if (told === undefined) return complain(noJudge);
    if (told === null) return say('Reading was cancelled; what was there before stays.');
    source.value = { blob, name };
    first.value = null;
    await engine.call('compare', doc.baseline.value);
    await engine.refresh();
    say(`${told.leads} leads are read.`);
  } catch (error) {
    unreadable(error);
  }
}

/** Reads the file of leads again, or looks at it again, with what people said of its columns. */
async function readAgain() {
  if (first.value) return lookAtLeads(first.value.blob, first.value.name);
  if (!source.value) return;
  // By the scorecard as it is now, whatever is still on its way.
  await engine.call('follow', doc.current.value.text, false);
  await openLeads(source.value.blob, source.value.name);
}

export async function openSample() {
  let also;
  try {
    also = columnsFor(doc.card.value, header, 19);
  } catch {
    // A scorecard with errors may lack anything.
    return complain(noJudge);
  }
  const text = generate({ seed: 7, leads: 20_000, also });
  await openLeads(new Blob([text], { type: 'text/csv' }), 'sample leads (made up)');
}

/** @param {'roles' | 'orders' | 'commas' | 'outcomes'} kind @param {string} name @param {string | boolean} value */
export async function choose(kind, name, value) {
  choices.value = { ...choices.value, [kind]: { ...choices.value[kind], [name]: value } };
  save({ text: doc.current.value?.text, name: doc.fileName.value, baseline: doc.baseline.value, choices: choices.value });
  await readAgain();
}

/** Makes facts of columns that mean nothing yet, and reads the file again. @param {{ name: string, quarters: number[] }[]} columns */
export async function addFacts(columns) {
  const facts = factsOf(columns);
  edit(columns.length === 1 ? `add the fact ${columns[0].name}` : `add ${columns.length} facts`, (card) => void (card.facts ??= []).push(...facts.values()));
  const roles = Object.fromEntries([...facts].map(([header, { id }]) => [header, `fact:${id}`]));
  choices.value = { ...choices.value, roles: { ...choices.value.roles, ...roles } };
  await readAgain();
}

/** From now on changes are compared with this text. @param {string} text */
export async function compareWith(text) {
  doc.setBaseline(text);
  await engine.call('compare', text);
  await engine.refresh();
  changes.value = [];
}

/** Gives a file to the person. @param {string} name @param {BlobPart} content @param {string} type */
export function download(name, content, type) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * Signs what is open for a team.
 *
 * @param {'marketing' | 'sales'} team @param {string} name
 */
export async function sign(team, name) {
  const found = await engine.call('check', doc.current.value.text);
  if (!found.card) throw new Error('a scorecard with errors cannot be signed');
  const signature = { team, name, at: new Date().toISOString().replace(/\.\d+Z$/, 'Z'), contentHash: found.card.hash };
  doc.edit(`sign as ${team}`, (card) => {
    const agreement = (card.agreement ??= {});
    const valid = (agreement.signatures ?? []).filter((other) => other.contentHash === signature.contentHash && other.team !== team);
    agreement.signatures = [...valid, signature];
  });
  await check(doc.current.value.text);
  if (checked.value?.card?.signed) await compareWith(doc.current.value.text);
  say(`Signed as ${team}.`);
}

/**
 * Edits the card. The first edit of a signed revision makes the next one.
 *
 * @param {string} what @param {(card: any) => void} change @param {string} [mark] @param {boolean} [quick]
 */
export function edit(what, change, mark, quick) {
  const signed = checked.value?.card?.signed && checked.value.text === doc.current.value?.text;
  doc.edit(
    what,
    (card) => {
      change(card);
      if (signed) {
        card.revision += 1;
        if (card.agreement) delete card.agreement.signatures;
      }
    },
    mark,
    quick,
  );
}
