// The packed package in whatever people use: each case loads a compiled scorecard and gets the golden
// verdicts, byte for byte. Runs the quick cases; with `--full` (`npm run matrix`) all.
//
// A tool that cannot be had here is said not to have run, never to have passed.

import assert from 'node:assert/strict';

import { mainOf, run, stopwatch } from '../../pkg-config/tool/run.mjs';
import { expected, probeFolder } from '../engines/cases.mjs';
import { missing, runIn, runtimes } from '../engines/runtimes.mjs';
import { toolsIfPossible } from '../tools/tools.mjs';
import * as bundlers from './bundlers.mjs';
import * as checks from './checks.mjs';
import { closeBrowser } from './customer.mjs';

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {() => Promise<string>} lacks why it cannot be run here; empty where it can
 * @property {() => Promise<void>} prove
 * @property {boolean} [full] takes long
 */

/** @param {(folder: string, program: string) => Promise<string>} print */
async function provePrinted(print) {
  const { folder, remove } = await probeFolder();
  try {
    assert.equal(await print(folder, 'golden.js'), expected);
  } finally {
    remove();
  }
}

/** @param {string} folder */
async function required(folder) {
  const code = `const { Scorecard } = require('leadfit'); Promise.all([import('./probe.js'), import('./cases.js')]).then(async ([{ golden }, { cases }]) => console.log(await golden(Scorecard, cases)));`;
  return (await run(process.execPath, ['--no-warnings', '--input-type=commonjs', '--eval', code], { cwd: folder })).stdout.trimEnd();
}

const always = async () => '';
/** @param {'quick' | 'bundlers'} set */
const needs = (set) => async () => (await toolsIfPossible(set)).missing ?? '';
/** @param {string} name @param {() => Promise<void>} prove @returns {Case} */
const bundled = (name, prove) => ({ name, lacks: needs('bundlers'), prove, full: true });

/** @type {Case[]} */
const cases = [
  { name: 'publint --strict', lacks: needs('quick'), prove: checks.publint },
  { name: 'are the types wrong', lacks: needs('quick'), prove: checks.attw },
  ...runtimes.map((name) => ({ name: name === 'Node' ? 'Node import' : name, lacks: () => missing(name), prove: () => provePrinted((folder, program) => runIn(name, folder, program)) })),
  { name: 'Node require', lacks: always, prove: () => provePrinted(required) },
  { name: 'esbuild', lacks: always, prove: bundlers.esbuild },
  bundled('Rollup', bundlers.rollup),
  bundled('webpack', bundlers.webpack),
  bundled('Vite build', bundlers.viteBuild),
  bundled('Vite dev', bundlers.viteDev),
  bundled('Parcel', bundlers.parcel),
  bundled('wrangler', bundlers.wrangler),
  bundled('Next, Turbopack', () => bundlers.next('turbopack')),
  bundled('Next, webpack', () => bundlers.next('webpack')),
];

await mainOf(import.meta, async () => {
  const full = process.argv.includes('--full') || Boolean(process.env.LEADFIT_FULL);
  const only = process.argv.slice(2).filter((word) => !word.startsWith('--')).map((word) => word.toLowerCase());
  const counts = { pass: 0, fail: 0, skipped: 0 };
  const whole = stopwatch();
  for (const { name, lacks, prove } of cases.filter((one) => (only.length > 0 ? only.some((word) => one.name.toLowerCase().includes(word)) : full || !one.full))) {
    const seconds = stopwatch();
    const why = await lacks();
    if (why) {
      counts.skipped += 1;
      console.log(`not run: ${name} (${why})`);
      continue;
    }
    try {
      await prove();
      counts.pass += 1;
      console.log(`${name.padEnd(20)} ok ${seconds()} s`);
    } catch (error) {
      counts.fail += 1;
      console.log(`${name.padEnd(20)} FAILED ${seconds()} s\n${error instanceof Error ? error.message : error}`);
    }
  }
  await closeBrowser();
  console.log(`\n${whole()} s in all\n${Object.entries(counts).map((pair) => `# ${pair.join(' ')}`).join('\n')}`);
  process.exitCode = counts.fail > 0 ? 1 : 0;
});
