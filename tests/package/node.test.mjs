// Every entry works in Node, imported and required.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { attempt } from '../../pkg-config/tool/run.mjs';
import { packed } from './packed.mjs';

const { project, installed, node } = await packed();
const { version } = JSON.parse(await node(`console.log(JSON.stringify((await import('leadfit/package.json', { with: { type: 'json' } })).default))`));

for (const entry of ['leadfit', 'leadfit/single', 'leadfit/studio']) {
  test(`import '${entry}'`, async () => {
    assert.equal(await node(`import { version } from '${entry}'; console.log(await version());`), version);
  });
  test(`require('${entry}')`, async () => {
    assert.equal(await node(`require('${entry}').version().then(console.log)`, 'commonjs'), version);
  });
}

test('the authoring build is had on demand', async () => {
  assert.equal(await node(`import { authoringVersion } from 'leadfit'; console.log(await authoringVersion());`), version);
});

const file = `await readFile(new URL(import.meta.resolve('leadfit/leadfit.wasm')))`;
for (const [what, wasm] of [['bytes', file], ['a module', `new WebAssembly.Module(${file})`], ['a response', `new Response(${file}, { headers: { 'content-type': 'application/wasm' } })`]]) {
  test(`slim takes ${what}`, async () => {
    const code = `import { readFile } from 'node:fs/promises'; import { init, version } from 'leadfit/slim'; await init(${wasm}); console.log(await version());`;
    assert.equal(await node(code), version);
  });
}

test('slim says what to call first, and works afterwards', async () => {
  const code = `
    import { readFile } from 'node:fs/promises'; import { init, version, LeadfitError } from 'leadfit/slim';
    const early = await version().catch((error) => error);
    await init(${file});
    console.log(early instanceof LeadfitError, early.message.includes('init('), await version());`;
  assert.equal(await node(code), `true true ${version}`);
});

test('importing starts nothing', async () => {
  const code = `
    let started = 0;
    const real = WebAssembly.instantiate;
    // Only ours: Node's own \`fetch\` and module loader run on wasm too.
    WebAssembly.instantiate = (wasm, imports) => ((started += './page_bg.js' in (imports ?? {}) ? 1 : 0), real(wasm, imports));
    const { version } = await import('leadfit');
    const before = started;
    await Promise.all([version(), version()]);
    console.log(before, started);`;
  assert.equal(await node(code), '0 1');
});

test('the command runs', async () => {
  const { code, stdout } = await attempt(process.execPath, [`${installed}/cli.js`, '--version'], { cwd: project });
  assert.deepEqual([code, stdout.trim()], [0, version]);
});
