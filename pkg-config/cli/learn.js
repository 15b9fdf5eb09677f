// `leadfit learn`: points from outcomes, as a report, a proposal and a scorecard.

import * as leadfit from '../entry-studio-inlined.js';
import { on } from './commands.js';
import { counted, note, print, progress, readBytes, readText, Refusal, write } from './terminal.js';

/** @typedef {{ json?: boolean, strict?: boolean, data?: string, schema?: string, proposal?: string, options?: string, simplicity?: string, now?: string, out?: string }} Options */

const usage = 'give a scorecard and leads, `leadfit learn scorecard.json leads.csv`, or a plain table, `leadfit learn --data table.csv --schema schema.json --out card.json`';

/** @param {string[]} files @param {Options} options */
export async function learn(files, { json, strict, data, schema, proposal: proposalFile, out, ...given }) {
  const plain = data !== undefined || schema !== undefined;
  if (plain && (data === undefined || schema === undefined || files.length > 0)) throw new Refusal('--data and --schema go together, without other files', usage);
  if (!plain && files.length !== 2) throw new Refusal(`${counted(files.length, 'file')} given`, usage);
  const [card, leads] = plain ? [undefined, data] : files;
  const source = plain ? { leads: readBytes(data), schema: readText(schema) } : { leads: readBytes(leads), scorecard: readText(card) };

  const shown = progress(100, '% learned');
  const wishes = wishesOf(given);
  const learned = await on(leads, () => leadfit.propose(source, { ...wishes, onProgress: (done) => shown.at(Math.floor(100 * done)) })).finally(() => shown.end());
  const { proposal, scorecard } = learned;
  learned.free();
  if (proposalFile !== undefined) write(proposalFile, `${JSON.stringify(proposal, undefined, 1)}\n`);
  if (out !== undefined) write(out, scorecard);
  // What goes to stdout is for the next program; the report then goes beside it.
  const piped = out === '-' || proposalFile === '-';
  (piped ? note : print)(json ? JSON.stringify(proposal) : proposal.report.trimEnd());
  for (const file of [proposalFile, out]) if (file !== undefined && file !== '-') note(`${file} written`);
  return strict && proposal.signal.strength !== 'clear' ? 1 : 0;
}

/** Wishes of the command line, and of a file. @param {{ options?: string, simplicity?: string, now?: string }} given */
function wishesOf({ options, simplicity, now }) {
  const wishes = options === undefined ? {} : objectIn(options);
  if (simplicity !== undefined) wishes.simplicity = Number(simplicity);
  if (Number.isNaN(wishes.simplicity)) throw new Refusal(`--simplicity ${simplicity} is no number`, 'give a number from 0 to 1');
  if (now !== undefined) wishes.now = Date.parse(now);
  if (Number.isNaN(wishes.now)) throw new Refusal(`--now ${now} is no date`, 'give it as 2026-10-01T09:00:00Z');
  return wishes;
}

/** @param {string} file */
function objectIn(file) {
  try {
    const wishes = JSON.parse(readText(file));
    if (typeof wishes === 'object' && wishes !== null && !Array.isArray(wishes)) return wishes;
  } catch (fault) {
    if (fault instanceof Refusal) throw fault;
  }
  throw new Refusal(`${file} is no JSON object`, 'write wishes such as {"simplicity": 0.8, "outcome": "Deal stage"}');
}
