// Every entry works in Node, imported and required.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { attempt } from '../../pkg-config/tool/run.mjs';
import { packed } from './packed.mjs';

const { project, installed, node } = await packed();
const { version } = JSON.parse(await node(`console.log(JSON.stringify((await import('leadfit/package.json', { with: { type: 'json' } })).default))`));

for (const entry of ['leadfit', 'leadfit/single', 'leadfit/studio']) {
  test(`import '${entry}'`, async () => {
    assert.equal(await node(`import { start, engine } from '${entry}'; await start(); console.log(engine());`), version);
  });
  test(`require('${entry}')`, async () => {
    assert.equal(await node(`const { start, engine } = require('${entry}'); start().then(() => console.log(engine()));`, 'commonjs'), version);
  });
}

test('the authoring build is had on demand', async () => {
  const code = `import { Scorecard } from 'leadfit'; console.log(await Scorecard.parse('').catch(({ code }) => code));`;
  assert.equal((await node(code)).split('\n').at(-1), 'notJson');
});

const file = `await readFile(new URL(import.meta.resolve('leadfit/leadfit.wasm')))`;
for (const [what, wasm] of [['bytes', file], ['a module', `new WebAssembly.Module(${file})`], ['a response', `new Response(${file}, { headers: { 'content-type': 'application/wasm' } })`]]) {
  test(`slim takes ${what}`, async () => {
    const code = `import { readFile } from 'node:fs/promises'; import { init, engine } from 'leadfit/slim'; await init(${wasm}); console.log(engine());`;
    assert.equal(await node(code), version);
  });
}

test('slim says what to call first, and works afterwards', async () => {
  const code = `
    import { readFile } from 'node:fs/promises'; import { init, engine, Scorecard, LeadfitError } from 'leadfit/slim';
    const early = await Scorecard.load(new Uint8Array()).catch((error) => error);
    await init(${file});
    console.log(early instanceof LeadfitError, early.message.includes('init('), engine());`;
  assert.equal(await node(code), `true true ${version}`);
});

test('importing starts nothing', async () => {
  const code = `
    let started = 0;
    // Only ours: Node's own \`fetch\` and module loader run on wasm too.
    WebAssembly.Instance = class extends WebAssembly.Instance {
      constructor(module, imports) {
        super(module, imports);
        started += './glue_bg.js' in (imports ?? {}) ? 1 : 0;
      }
    };
    const { start } = await import('leadfit');
    const before = started;
    await Promise.all([start(), start()]);
    console.log(before, started);`;
  assert.equal(await node(code), '0 1');
});

test('the command runs', async () => {
  const { code, stdout } = await attempt(process.execPath, [`${installed}/cli.js`, '--version'], { cwd: project });
  assert.deepEqual([code, stdout.trim()], [0, version]);
});
