// Runs the fuzz targets: each for a million inputs or a minute, whichever comes first.
//
//   node tests/fuzz.mjs               all targets
//   node tests/fuzz.mjs lead 600      one of them, for 600 seconds
//
// They need a nightly Rust and cargo-fuzz, which are installed beside what is there. Where that
// cannot be done they are said not to have run.

import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { attempt, cache, mainOf, root } from '../pkg-config/tool/run.mjs';

const folder = join(root, 'fuzz');
const names = readdirSync(join(folder, 'fuzz_targets')).map((name) => name.replace(/\.rs$/, '')).sort();
const inputs = 1_000_000;
/** No input may take longer, in seconds, or more memory, in MiB. */
const [slowest, largest] = [5, 512];
/** Longest input in bytes: short ones reach the same code, and many more of them are tried. */
const longest = { csv: 1024, title: 512, email_url: 1024, lead: 4096, scorecard_text: 8192 };

/** Seeds of a target by name: samples and golden cases as they are now. */
function seedsOf(target) {
  const files = (path, ending) => readdirSync(join(root, path)).filter((name) => name.endsWith(ending)).map((name) => join(root, path, name));
  const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
  const leads = () => files('www/sample/leads', '.json').flatMap((path) => json(path).map(({ lead }) => lead));
  const texts = {
    scorecard_text: () => ['www/sample', 'tests/golden/problems', 'tests/golden/diff'].flatMap((path) => files(path, '.json')).map((path) => readFileSync(path, 'utf8')),
    lead: () => leads().map((lead) => JSON.stringify(lead)),
    csv: () => leads().map((lead) => [Object.keys(lead), Object.values(lead)].map((cells) => cells.map((cell) => JSON.stringify(cell ?? '')).join(',')).join('\r\n')),
    title: () => readFileSync(join(root, 'tests/golden/title/titles.csv'), 'utf8').split('\n').map((line) => /^(?:"((?:[^"]|"")*)"|([^,]*)),/.exec(line)).map((found) => found?.[1] ?? found?.[2] ?? ''),
    email_url: () => leads().map(({ email, attribution: from = {} }) => [email, from.source, from.medium, from.campaign, from.referrer, from.landingPage].join('\n')),
  };
  return (texts[target]?.() ?? []).map(compact).filter((seed) => seed.length <= (longest[target] ?? Infinity));
}

/** JSON without white space, so that more of it fits; any other text as it is. */
function compact(text) {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return String(text);
  }
}

/** Words that the seeds are made of, so that chance need not spell them. */
function wordsOf(seeds) {
  const words = seeds.flatMap((seed) => seed.match(/[a-z][\w.-]{1,23}/gi) ?? []);
  return [...new Set(words)].slice(0, 1000).map((word) => `"${word}"\n`).join('');
}

/** @returns {Promise<string>} why the targets cannot be run; empty where they can */
async function lacks() {
  const steps = [
    [['+nightly', '--version'], 'rustup', ['toolchain', 'install', 'nightly', '--profile', 'minimal', '--no-self-update']],
    [['+nightly', 'fuzz', '--version'], 'cargo', ['+nightly', 'install', 'cargo-fuzz', '--locked']],
  ];
  for (const [ask, command, install] of steps) {
    if ((await attempt('cargo', ask)).code === 0) continue;
    console.log(`${command} ${install.join(' ')} (once)`);
    if ((await attempt(command, install)).code !== 0) return `\`${command} ${install.join(' ')}\` failed`;
  }
  return '';
}

/**
 * Without sanitizers: they look for faults of unsafe code, of which the crate has none. Nor are
 * comparisons traced, which costs half of the runs: seeds and dictionaries hold the words to meet.
 */
const cargoFuzz = (verb, ...args) => attempt('cargo', ['+nightly', 'fuzz', verb, '--fuzz-dir', folder, '--sanitizer', 'none', '--no-trace-compares', ...args]);

/** @returns {Promise<boolean>} whether nothing was found */
async function fuzz(target, seconds) {
  const [corpus, seedFolder] = [join(folder, 'corpus', target), join(cache, 'fuzz', target)];
  for (const path of [corpus, seedFolder]) mkdirSync(path, { recursive: true });
  const seeds = seedsOf(target);
  seeds.forEach((seed, index) => writeFileSync(join(seedFolder, String(index)), seed));
  cpSync(seedFolder, corpus, { recursive: true });
  // A dictionary may not be empty.
  const words = join(cache, 'fuzz', `${target}.dict`);
  writeFileSync(words, wordsOf(seeds) || '"leadfit"\n');
  const limits = [`-runs=${inputs}`, `-max_total_time=${seconds}`, `-timeout=${slowest}`, `-rss_limit_mb=${largest}`, `-max_len=${longest[target] ?? 65_536}`];
  const { code, output } = await cargoFuzz('run', target, corpus, '--', ...limits, `-dict=${words}`, '-print_final_stats=1');
  const figure = (name) => Number(new RegExp(`^stat::${name}:\\s*(\\d+)`, 'm').exec(output)?.[1] ?? NaN).toLocaleString('en');
  console.log(`${target.padEnd(16)}${code === 0 ? 'ok' : 'FAILED'}: ${figure('number_of_executed_units')} runs, ${figure('average_exec_per_sec')}/s, ${figure('peak_rss_mb')} MiB`);
  if (code !== 0) console.log(output.split('\n').slice(-40).join('\n'));
  return code === 0;
}

await mainOf(import.meta, async () => {
  const [only, seconds = 60] = process.argv.slice(2);
  const chosen = only ? [only] : names;
  const missing = await lacks();
  if (missing) {
    console.log(`not run: ${missing}\n# pass 0\n# skipped ${chosen.length}`);
    return;
  }
  const built = await cargoFuzz('build');
  if (built.code !== 0) throw new Error(built.output);
  let failed = 0;
  for (const target of chosen) failed += (await fuzz(target, Number(seconds))) ? 0 : 1;
  console.log(`# pass ${chosen.length - failed}\n# fail ${failed}`);
  process.exitCode = failed > 0 ? 1 : 0;
});
