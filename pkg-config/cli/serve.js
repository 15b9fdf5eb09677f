// `leadfit serve`: the collector, from the command line. `leadfit person`: who may open its pages.

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

import * as leadfit from '../entry-studio-inlined.js';
import { createCollector, createStore, hashPassword, peopleIn } from '../server/index.js';
import { listen, openDatabase } from '../server/node.js';
import { counted, dim, note, print, readBytes, Refusal } from './terminal.js';

/** Passwords shorter than this are guessed. */
const SHORTEST = 12;

/**
 * @param {string[]} files scorecards
 * @param {Record<string, any>} options
 * @param {(file: string) => Promise<Uint8Array>} compiled
 */
export async function serve(files, { port = process.env.PORT ?? '8787', host = 'localhost', store: path = 'leads.sqlite', origin: origins = [], receivers: module, thanks, url: outside, 'time-zone': timeZone, 'work-bits': workBits, proxy: proxied = false }, compiled) {
  if (files.length === 0) throw new Refusal('no scorecard is named', 'give those that your pages use, the current one first: `leadfit serve scorecard.json`');
  const cards = [];
  for (const file of files) cards.push(await leadfit.Scorecard.load(await compiled(file)));
  const secret = process.env.LEADFIT_SECRET || undefined;
  const people = meant(() => peopleIn(process.env.LEADFIT_PEOPLE ?? ''));
  const receivers = module === undefined ? [] : await receiversIn(module);
  for (const one of origins) if (!URL.canParse(one) || new URL(one).origin !== one) throw new Refusal(`--origin ${one} is no origin`, 'give scheme and host, such as https://www.example.com');

  if (outside !== undefined && !/^https?:/.test(URL.canParse(outside) ? outside : '')) throw new Refusal(`--url ${outside} is no address`, 'give it as https://leads.example.com');
  const database = await openDatabase(path).catch((error) => Promise.reject(new Refusal(`cannot open ${path}`, error.message)));
  const log = (line) => note(`${dim(new Date().toISOString())} ${line}`);
  const collector = meant(() => createCollector({ store: createStore(database), cards, origins, secret, people, receivers, url: outside, thanks, timeZone, log, workBits: workBits === undefined ? 0 : Number(workBits) }));
  const { url, close } = await listen(collector, { port: numberOf(port), host, proxied, log }).catch((error) => Promise.reject(new Refusal(`cannot listen at ${host}:${port} (${error.code})`, 'give another --port or --host')));
  print(`leads are taken at ${url}submit, by ${counted(cards.length, 'scorecard')}; kept in ${path}`);
  print(people.length > 0 ? `sales signs in at ${url}sales` : 'no page for sales: nobody may sign in; set LEADFIT_PEOPLE (`leadfit person NAME` makes it)');
  if (!secret) print('no form tickets: set LEADFIT_SECRET to at least 32 characters');

  await new Promise((end) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, end)));
  await close();
  database.close();
  return 0;
}

/**
 * What a setting makes; one that cannot be meant is refused with its own words.
 *
 * @template T
 * @param {() => T} make
 * @returns {T}
 */
function meant(make) {
  try {
    return make();
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault;
    const [found, ...help] = fault.message.replace(/^leadfit: /, '').split('; ');
    throw new Refusal(found, help.join('; ') || 'see `leadfit --help`');
  }
}

/** @param {string} module */
async function receiversIn(module) {
  const { default: receivers } = await import(pathToFileURL(resolve(module)).href);
  if (!Array.isArray(receivers)) throw new Refusal(`${module} exports no list`, 'let its default export be a list of receivers; see docs/server.md');
  return receivers;
}

/** @param {string} port */
function numberOf(port) {
  const number = Number(port);
  if (!Number.isInteger(number) || number < 0 || number > 65535) throw new Refusal(`--port ${port} is no port`, 'give a whole number from 0 to 65535');
  return number;
}

/** @param {string[]} names @param {{ workers?: boolean }} options */
export async function person(names, { workers = false }) {
  const [name, ...more] = names;
  if (name === undefined || more.length > 0 || !/^[^:,\n]{1,100}$/.test(name)) throw new Refusal('no name is given', 'give one without colon and comma: `leadfit person sofia`');
  const password = process.stdin.isTTY ? await asked(`Password for ${name}: `) : readBytes('-').toString('utf8').replace(/\r?\n$/, '');
  if (password.length < SHORTEST) throw new Refusal('this password is short', `take at least ${SHORTEST} characters, such as four words`);
  print(`${name}:${await hashPassword(password, workers ? 100_000 : undefined)}`);
  return 0;
}

/** Asks without showing what is typed. @param {string} question */
async function asked(question) {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  const answer = await lines.question('');
  lines.close();
  process.stderr.write('\n');
  return answer;
}
