// A server finds what a page found, in every pair of engines: submissions made in each engine have the
// same bytes, and so has what its recheck says of them.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { serve } from '../../pkg-config/serve.mjs';
import { root } from '../../pkg-config/tool/run.mjs';
import { browsers, until, whyNot } from './browsers.mjs';
import { probeFolder } from './cases.mjs';
import { missing, runIn, runtimes } from './runtimes.mjs';

const count = process.env.LEADFIT_FULL ? 10_000 : 1000;

const { folder, installed, remove } = await probeFolder();
writeFileSync(
  join(folder, 'recheck.js'),
  `import { Scorecard } from 'leadfit';
import { leadOf } from 'leadfit/outbox';
import { cardsOf, recheck } from 'leadfit/server';
import { cases } from './cases.js';
import { rechecked } from './rechecks.js';

export default () => rechecked(Scorecard, { cardsOf, recheck }, leadOf, cases, ${count});
`,
);
/** @type {Awaited<ReturnType<typeof serve>>} */ let server;
/** @type {Map<string, string>} */
const found = new Map();

before(async () => {
  server = await serve({ mounts: { '/': join(root, 'tests/engines/pages'), '/leadfit/': installed, '/probe/': folder } });
});
after(async () => {
  await server?.close();
  remove();
});

/** @param {string} engine @param {string} said */
function agrees(engine, said) {
  found.set(engine, said);
  console.log(`${count} rechecks, ${engine}: ${said}`);
  const [, agreed, tampered] = said.split(' ').map(Number);
  assert.deepEqual([agreed, tampered], [count * 0.9, count / 10], said);
  assert.equal(new Set(found.values()).size, 1, [...found].map((pair) => pair.join(': ')).join('\n'));
}

const noRuntime = Object.fromEntries(await Promise.all(runtimes.map(async (runtime) => [runtime, await missing(runtime)])));
const noBrowser = await whyNot(browsers, ({ missing }) => missing());

for (const runtime of runtimes) {
  const why = noRuntime[runtime];
  if (why) console.log(`not run: ${runtime} (${why})`);
  test(`${runtime}: honest and tampered submissions are told apart`, { skip: why || false }, async () => agrees(runtime, await runIn(runtime, folder, 'recheck.js')));
}

for (const [name, { launch }] of Object.entries(browsers)) {
  const why = noBrowser[name];
  if (why) console.log(`not run: ${name} (${why})`);
  test(`${name}: honest and tampered submissions are told apart`, { skip: why || false }, async () => {
    const engine = await launch();
    try {
      await engine.open(`${server.url}recheck.html?count=${count}`);
      agrees(name, await until(engine, "document.querySelector('output')?.value", 10 * 60_000));
    } finally {
      await engine.close();
    }
  });
}
