// The golden leads get the same verdicts in every engine, byte for byte, and so do leads made up by
// the hundred thousand. An engine that is not installed is said not to have run.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { serve } from '../../pkg-config/serve.mjs';
import { root } from '../../pkg-config/tool/run.mjs';
import { browsers, until, whyNot } from './browsers.mjs';
import { expected, probeFolder } from './cases.mjs';
import { missing, runIn, runtimes } from './runtimes.mjs';

/** Generated leads. */
const count = process.env.LEADFIT_FULL ? 100_000 : 1000;

const { folder, installed, program, remove } = await probeFolder();
program('generated.js', `generated(Scorecard, cases, ${count})`);
/** @type {Awaited<ReturnType<typeof serve>>} */ let server;
/** Hashes by engine. @type {Map<string, string>} */
const hashes = new Map();

before(async () => {
  server = await serve({ mounts: { '/': join(root, 'tests/engines/pages'), '/leadfit/': installed, '/probe/': folder } });
});
after(async () => {
  await server?.close();
  remove();
});

/** @param {string} engine @param {string} hash */
function agrees(engine, hash) {
  hashes.set(engine, hash);
  console.log(`${count} leads, ${engine}: ${hash}`);
  assert.ok(Number(hash.split(' ')[1]) > 900, 'hardly a verdict comes twice');
  assert.equal(new Set(hashes.values()).size, 1, [...hashes].map((pair) => pair.join(': ')).join('\n'));
}

const noRuntime = Object.fromEntries(await Promise.all(runtimes.map(async (runtime) => [runtime, await missing(runtime)])));
const noBrowser = await whyNot(browsers, ({ missing }) => missing());

for (const runtime of runtimes) {
  const why = noRuntime[runtime];
  if (why) console.log(`not run: ${runtime} (${why})`);
  test(`${runtime}: the same bytes`, { skip: why || false }, async () => assert.equal(await runIn(runtime, folder, 'golden.js'), expected));
  test(`${runtime}: the same hash of generated leads`, { skip: why || false }, async () => agrees(runtime, await runIn(runtime, folder, 'generated.js')));
}

for (const [name, { launch }] of Object.entries(browsers)) {
  const why = noBrowser[name];
  if (why) console.log(`not run: ${name} (${why})`);
  test(`${name}: the same verdicts`, { skip: why || false }, async () => {
    const engine = await launch();
    try {
      console.log(engine.name);
      const output = "document.querySelector('output')?.value";
      await engine.open(`${server.url}same.html`);
      assert.equal(await until(engine, output), expected);
      await engine.open(`${server.url}same.html?count=${count}`);
      agrees(name, await until(engine, output, 10 * 60_000));
    } finally {
      await engine.close();
    }
  });
}
