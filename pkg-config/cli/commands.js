// What each command does. Each gives its exit code.

import { extname } from 'node:path';

import * as leadfit from '../entry-studio-inlined.js';
import { departments as known } from '../words.js';
import { learn } from './learn.js';
import { columnsOf, summaryOf, titleSummary } from './report.js';
import { person, serve as serveBy } from './serve.js';
import { bold, counted, dim, green, nearest, note, print, progress, readBytes, readText, red, Refusal, write, yellow } from './terminal.js';

/** @typedef {{ json?: boolean, strict?: boolean, for?: string, with?: string, now?: string, out?: string, departments?: string, employees?: string } & Record<string, any>} Options what was given */
/** @typedef {import('../types.js').Problem} Problem */

/** @type {Record<string, (files: string[], options: Options) => Promise<number>>} */
export const commands = { check, compile, score, diff, title, learn, serve, person };

/** @param {string[]} files @param {Options} options */
async function check(files, { json, strict }) {
  if (files.length === 0) throw new Refusal('no scorecard is named', 'give a file: `leadfit check scorecard.json`');
  const results = [];
  for (const file of files) results.push({ file, ...(await leadfit.check(readText(file))) });
  const problems = results.flatMap((result) => result.problems);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  if (json) {
    print(JSON.stringify(results));
  } else {
    for (const { file, problems, card } of results) {
      show(file, problems, print);
      if (card) print(`${file}  ${green('fine')}  ${card.id} revision ${card.revision}, ${card.signed ? 'signed' : 'not signed'} ${dim(card.hash)}`);
    }
    print(`${counted(errors, 'error')}, ${counted(warnings, 'warning')} in ${counted(files.length, 'file')}`);
  }
  return errors > 0 || (strict && warnings > 0) ? 1 : 0;
}

/** Prints problems as `file:line:column  error  code  message`. */
function show(file, problems, out) {
  for (const { at, severity, code, line, column, found, expected, help } of problems) {
    const place = [file, line, column].filter((part) => part !== undefined).join(':');
    const grade = severity === 'error' ? red('error') : yellow('warning');
    out(`${bold(place)}  ${grade}  ${code}  ${at ? `${at}: ` : ''}found ${found}, expected ${expected}; ${help}`);
  }
}

/**
 * Work on the text of `file`: problems in it are shown, then it is refused.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 */
export async function on(file, work) {
  try {
    return await work();
  } catch (fault) {
    if (!(fault instanceof leadfit.LeadfitError) || fault.code === 'internal') throw fault;
    show(file, fault.problems, note);
    throw new Refusal(`${file} has problems`, 'mend them, then run this again', 1);
  }
}

/** @param {string[]} files @param {Options} options */
async function compile(files, { json, for: audience = 'page', with: extra, out }) {
  const file = only(files, 1, 'a scorecard: `leadfit compile scorecard.json`')[0];
  if (audience !== 'page' && audience !== 'server') throw new Refusal(`--for ${audience} is unknown`, 'use --for page or --for server');
  const extras = extra === undefined ? [] : extra.split(',').map((name) => name.trim());
  for (const name of extras) if (name !== 'value' && name !== 'accounts') throw new Refusal(`--with ${name} is unknown`, 'use --with value, --with accounts or --with value,accounts');
  const bytes = await on(file, () => leadfit.compile(readText(file), { audience, withValue: extras.includes('value'), withAccounts: extras.includes('accounts') }));
  const to = out ?? (file === '-' ? '-' : `${file.slice(0, file.length - extname(file).length)}.leadfit`);
  write(to, bytes);
  const { id, revision, hash, signed } = await leadfit.Scorecard.load(bytes);
  const say = to === '-' ? note : print;
  say(json ? JSON.stringify({ out: to, bytes: bytes.length, audience, card: { hash, id, revision, signed } }) : `${to}  ${counted(bytes.length, 'byte')} for a ${audience}: ${id} revision ${revision}, ${signed ? 'signed' : 'not signed'}`);
  return 0;
}

/** @param {string[]} files @param {Options} options */
async function score(files, { json, now: given, out = '-' }) {
  const [file, leadsFile] = only(files, 2, 'a scorecard and leads: `leadfit score scorecard.json leads.csv`');
  if (file === '-' && leadsFile === '-') throw new Refusal('only one of the two can come from stdin', 'name the other file');
  const program = await on(file, () => compiled(file));
  const scorecard = await on(file, () => leadfit.Scorecard.load(program));
  const now = momentOf(scorecard, given);
  const leads = readBytes(leadsFile);
  if (isTable(leadsFile, leads)) return scoreTable(program, leadsFile, leads, { json, now, out });

  const data = jsonOf(leadsFile, leads);
  if (!Array.isArray(data)) {
    const text = await on(leadsFile, async () => scorecard.verdictJson(data, { now }));
    write(out, `${json ? text : summaryOf(JSON.parse(text))}\n`);
    return 0;
  }
  const ids = data.map((lead, index) => String(lead?.id ?? index + 1));
  await rows(program, ids, async (index) => on(`${leadsFile}, lead ${index + 1}`, async () => scorecard.verdictJson(data[index], { now })), { json, out });
  return 0;
}

async function scoreTable(program, file, csv, { json, now, out }) {
  const table = await on(file, () => leadfit.readTable(program, csv));
  const unread = table.columns.filter(({ means, read }) => !read && means !== 'id').map(({ name }) => name);
  if (!table.columns.some(({ read }) => read)) throw new Refusal(`${file} has no column that this scorecard reads`, 'name the columns as the facts are, for example jobTitle or company.employees', 1);
  if (unread.length > 0) note(`${counted(unread.length, 'column')} that this scorecard does not read: ${unread.slice(0, 8).join(', ')}${unread.length > 8 ? ', …' : ''}`);
  const ids = Array.from({ length: table.length }, (_, row) => table.id(row));
  await rows(program, ids, (row) => table.verdictJson(row, now), { json, out });
  return 0;
}

/** One line for each lead: CSV, or its verdict. */
async function rows(program, ids, verdictOf, { json, out }) {
  const { head, rowOf } = columnsOf(program);
  const lines = json ? [] : [head];
  const shown = progress(ids.length, 'leads');
  for (const [index, id] of ids.entries()) {
    const text = await verdictOf(index);
    lines.push(json ? text : rowOf(id, JSON.parse(text)));
    shown.at(index + 1);
  }
  shown.end();
  write(out, lines.map((line) => `${line}\n`).join(''));
  if (out !== '-') note(`${out}  ${counted(ids.length, 'lead')}`);
}

/** @param {string[]} files @param {Options} options */
async function diff(files, { json }) {
  const [before, after] = only(files, 2, 'two scorecards: `leadfit diff old.json new.json`');
  const [old, now] = [readText(before), readText(after)];
  for (const [file, text] of [[before, old], [after, now]]) await on(file, () => usable(text));
  const changes = await leadfit.diff(old, now);
  if (json) print(JSON.stringify(changes));
  else print(changes.length === 0 ? 'nothing changed' : changes.map(({ words }) => words).join('\n'));
  return 0;
}

/** @param {string[]} words @param {Options} options */
async function title(words, { json, departments, employees }) {
  if (words.length === 0) throw new Refusal('no job title is given', 'put it in quotes: `leadfit title "VP Sales"`');
  await leadfit.start();
  const targetDepartments = departments?.split(',').map((id) => id.trim()) ?? [];
  for (const id of targetDepartments) if (!known.includes(id)) throw new Refusal(`\`${id}\` is no department`, `use \`${nearest(id, known)}\`, or another of ${known.join(', ')}`);
  const options = { targetDepartments, employees: employees === undefined ? undefined : Number(employees) };
  if (Number.isNaN(options.employees)) throw new Refusal(`\`${employees}\` is no number of employees`, 'give a number: `--employees 200`');
  const read = leadfit.readTitle(words.join(' '), options);
  print(json ? JSON.stringify(read) : titleSummary(words.join(' '), read));
  return 0;
}

/** @param {string[]} files @param {Options} options */
async function serve(files, options) {
  return serveBy(files, options, (file) => on(file, () => compiled(file)));
}

/** Throws the problems of a scorecard that cannot be used. @param {string} text */
async function usable(text) {
  const { card, problems } = await leadfit.check(text);
  if (card === null) throw new leadfit.LeadfitError(problems);
}

/** A compiled scorecard, from one or from text. @param {string} file */
async function compiled(file) {
  const bytes = readBytes(file);
  return bytes[0] === 0 ? bytes : leadfit.compile(bytes.toString('utf8'), { audience: 'server' });
}

/** One moment for the whole run. */
function momentOf(scorecard, given) {
  if (given === undefined) return Date.now();
  try {
    return Date.parse(JSON.parse(scorecard.verdictJson({}, { now: given })).receipt.now);
  } catch (fault) {
    if (fault.code !== 'badNow') throw fault;
    throw new Refusal(`--now ${given} is no date`, 'give it as 2026-10-01T09:00:00Z');
  }
}

const isTable = (file, bytes) => (/\.[ct]sv$/i.test(file) ? true : /\.json$/i.test(file) ? false : !/^(\uFEFF)?\s*[[{]/.test(bytes.subarray(0, 100).toString('utf8')));

function jsonOf(file, bytes) {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (fault) {
    throw new Refusal(`${file} is not JSON (${fault.message})`, 'give one lead, a list of leads, or a .csv file');
  }
}

/** @param {string[]} files @param {number} count @param {string} what */
function only(files, count, what) {
  if (files.length === count) return files;
  throw new Refusal(`${counted(files.length, 'file')} given`, `give ${what}`);
}
