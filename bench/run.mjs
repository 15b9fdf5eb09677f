// `npm run bench`: one lead at a time by each engine, sizes, and the first score of a page; writes
// bench/results.json, from which `npm run gen` makes the table of README.md.
//
//   node bench/run.mjs --check    only that all engines give the same answers

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

import { mainOf, root } from '../pkg-config/tool/run.mjs';
import { measure } from '../pkg-config/tool/sizes.mjs';
import { toolsIfPossible } from '../tests/tools/tools.mjs';
import { coldStart } from './cold.mjs';
import { engines as allEngines } from './engines.mjs';
import { fields, leads as makeLeads, rules } from './model.mjs';
import { race } from './rounds.mjs';

const rounds = 21;
const coldRounds = 21;
const leads = makeLeads(1000);

/** Fails unless every engine says of every lead what the code by hand says. @param {import('./engines.mjs').Engine[]} engines */
async function agree(engines) {
  const [first, ...others] = engines;
  for (const lead of leads) {
    const expected = first.answer(first.score(lead));
    for (const engine of others) {
      const found = engine.answer(await engine.score(lead));
      const wanted = { ...expected, ...(found.grade === undefined ? { grade: undefined, route: undefined } : {}) };
      for (const key of ['score', 'grade', 'route']) assert.equal(found[key], wanted[key], `${engine.name}: ${key} of ${JSON.stringify(lead)}`);
      assert.deepEqual([...found.rules].sort(), [...expected.rules].sort(), `${engine.name}: rules of ${JSON.stringify(lead)}`);
    }
  }
}

const version = (tools, name) => JSON.parse(readFileSync(tools.at(`${name}/package.json`), 'utf8')).version;

await mainOf(import.meta, async () => {
  const { tools, missing } = await toolsIfPossible('bench');
  if (!tools) {
    console.log(`not run: the benchmark (${missing})\n# pass 0\n# skipped 1`);
    return;
  }
  const { engines, compiled } = await allEngines();
  await agree(engines);
  console.log(`${engines.length} engines agree on ${leads.length} leads`);
  if (process.argv.includes('--check')) return;

  const speed = await race(engines, leads, rounds);
  for (const { name, nanoseconds, ratio } of speed) console.log(`${name.padEnd(30)}${(nanoseconds / 1000).toFixed(2).padStart(10)} µs${ratio.toFixed(2).padStart(10)} ×`);
  const cold = await coldStart(compiled, coldRounds);
  for (const { name, scriptMs, pageMs } of cold.engines) console.log(`${name.padEnd(30)}${scriptMs.toFixed(1).padStart(10)} ms${pageMs.toFixed(1).padStart(10)} ms`);

  const versions = Object.fromEntries(['json-logic-engine', 'json-logic-js', 'json-rules-engine', '@gorules/zen-engine-wasm'].map((name) => [name, version(tools, name)]));
  const [{ model = 'unknown' } = {}] = cpus();
  const results = {
    $comment: 'Measured by `npm run bench`; not edited by hand.',
    on: new Date().toISOString().slice(0, 10),
    machine: { processor: model.trim(), cores: cpus().length, node: process.versions.node, browser: cold.browser },
    versions,
    model: { fields: fields.length, rules: rules.length, leads: leads.length, rounds, coldRounds },
    speed,
    cold: cold.engines,
    sizes: await measure(),
  };
  writeFileSync(join(root, 'bench/results.json'), `${JSON.stringify(results, null, 2)}\n`);
  console.log('bench/results.json is written; `npm run gen` puts it into README.md');
});
