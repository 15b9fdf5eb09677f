// `npm test`: everything that must hold, step by step, from a fresh clone on.
//
//   node tests/run.mjs                  all steps
//   node tests/run.mjs --full           and the slow ones
//   node tests/run.mjs build browser    only these
//
// Its last line is `N passed, N failed`, and its exit code says the same.

import { createWriteStream, mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';

import { attempt, cache, root, stopwatch } from '../pkg-config/tool/run.mjs';
import { countsOf } from './counts.mjs';
import { fullEnvironment, steps } from './steps.mjs';

const full = process.argv.includes('--full');
const asked = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const unknown = asked.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`no step is called ${unknown.join(', ')}; there are: ${steps.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}
const chosen = steps.filter((step) => (asked.length > 0 ? asked.includes(step.name) : full || !step.full));

const logs = join(cache, 'log');
mkdirSync(logs, { recursive: true });

/** @type {{ name: string, result: string, seconds: string, counts: import('./counts.mjs').Counts }[]} */
const rows = [];
const failed = new Set();
/** What could not be run, in the words of the steps: so that nobody takes it for passed. */
const notRun = new Set();
const whole = stopwatch();
/** Steps that begin before their turn. @type {Map<string, ReturnType<typeof runStep>>} */
const begun = new Map();
const isDone = (name) => rows.some((row) => row.name === name) || !chosen.some((step) => step.name === name);

for (const step of chosen) {
  for (const early of chosen) {
    if (early.beside && !(full && early.measures) && !begun.has(early.name) && (early.needs ?? []).every((name) => isDone(name) && !failed.has(name))) begun.set(early.name, runStep(early));
  }
  const missing = (step.needs ?? []).filter((name) => failed.has(name));
  if (missing.length > 0) {
    failed.add(step.name);
    console.log(`${step.name}: skipped, needs ${missing.join(', ')}`);
    rows.push({ name: step.name, result: 'skipped', seconds: '', counts: { passed: 0, failed: 0, skipped: 1 } });
    continue;
  }
  process.stdout.write(`${step.name} …`);
  const { ok, output, log, seconds } = await (begun.get(step.name) ?? runStep(step));
  for (const [, what] of output.matchAll(/^not run: (.+)$/gm)) notRun.add(what);
  const counts = countsOf(output, ok);
  const ran = counts.passed + counts.failed > 0;
  const result = !ok ? 'FAILED' : ran ? 'ok' : 'not run';
  if (!ok) failed.add(step.name);
  console.log(` ${result}, ${seconds} s`);
  if (!ok) console.log(`\n${output.trimEnd()}\n\n(also in ${relative(root, log)})\n`);
  rows.push({ name: step.name, result, seconds, counts });
}

report();

/** @param {import('./steps.mjs').Step} step */
async function runStep({ name, command, args, env }) {
  const log = join(logs, `${name}.log`);
  const seconds = stopwatch();
  const file = createWriteStream(log);
  // A fixed clock zone and language: what a test prints must not depend on whose machine it is.
  const fixed = { TZ: 'UTC', LC_ALL: 'C.UTF-8', NO_COLOR: '1', FORCE_COLOR: '0', CARGO_TERM_COLOR: 'never' };
  const { code, output } = await attempt(command === 'node' ? process.execPath : command, args, {
    env: { ...fixed, ...(full ? fullEnvironment : {}), ...env },
    onOutput: (text) => void file.write(text),
  });
  await new Promise((resolve) => file.end(resolve));
  return { ok: code === 0, output, log, seconds: seconds() };
}

function report() {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const line = (name, result, seconds, { passed, failed, skipped }) =>
    `${name.padEnd(14)}${result.padEnd(9)}${seconds.padStart(8)}${[passed, failed, skipped].map((count) => String(count).padStart(9)).join('')}`;
  console.log(`\n${line('step', 'result', 'seconds', { passed: 'passed', failed: 'failed', skipped: 'skipped' })}`);
  for (const { name, result, seconds, counts } of rows) {
    console.log(line(name, result, seconds, counts));
    for (const key of Object.keys(total)) total[key] += counts[key];
  }
  for (const what of notRun) console.log(`not run: ${what}`);
  console.log(`\n${whole()} s in all`);
  console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}
