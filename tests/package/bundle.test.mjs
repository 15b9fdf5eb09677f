// What a bundler makes of the package.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { build } from 'esbuild';

import { attempt } from '../../pkg-config/tool/run.mjs';
import { packed } from './packed.mjs';

const { project, installed } = await packed();
const work = mkdtempSync(join(project, 'bundle-'));
after(() => rmSync(work, { recursive: true, force: true }));
writeFileSync(join(work, 'app.js'), `import { Scorecard, start, engine } from 'leadfit'; start().then(() => console.log(engine(), Scorecard.name));`);

const common = /** @type {const} */ ({ entryPoints: [join(work, 'app.js')], bundle: true, format: 'esm', metafile: true, logLevel: 'silent' });

test('the page chunk contains no authoring code', async () => {
  const { metafile } = await build({ ...common, splitting: true, outdir: join(work, 'split') });
  const page = Object.entries(metafile.outputs).find(([name]) => name.endsWith('app.js'));
  // What the page loads at once: its chunk and all that are imported statically.
  const first = new Set();
  const visit = (name) => {
    if (first.has(name)) return;
    first.add(name);
    for (const { path, kind } of metafile.outputs[name].imports) if (kind === 'import-statement') visit(path);
  };
  visit(page?.[0]);
  const inputs = [...first].flatMap((name) => Object.keys(metafile.outputs[name].inputs));
  assert.ok(inputs.some((name) => name.includes('page.inlined')), 'the page build is there');
  assert.deepEqual(inputs.filter((name) => /authoring|studio/.test(name)), []);
});

test('a server bundled for Node, one file moved elsewhere, still finds its wasm', async () => {
  const outfile = join(work, 'elsewhere', 'server.mjs');
  await build({ ...common, platform: 'node', outfile });
  assert.equal((await attempt(process.execPath, [outfile])).code, 0);
});

test('a page that imports the package and uses nothing of it carries nothing of it', async () => {
  writeFileSync(join(work, 'unused.js'), `import { Scorecard } from 'leadfit'; console.log('page');`);
  const { outputFiles } = await build({ ...common, entryPoints: [join(work, 'unused.js')], write: false, external: ['./authoring.js'] });
  assert.ok(outputFiles[0].contents.length < 200, `${outputFiles[0].contents.length} bytes`);
});

test('a Worker gets its wasm as a ready module', async () => {
  const { metafile } = await build({ ...common, conditions: ['workerd'], external: ['*.wasm'], outfile: join(work, 'worker.js') });
  const [output] = Object.values(metafile.outputs);
  assert.ok(output.imports.some(({ path }) => path.endsWith('leadfit_page.wasm')));
  assert.ok(!Object.keys(output.inputs).some((name) => name.includes('.inlined.')));
});

test('the single-file build imports nothing', () => {
  for (const name of ['leadfit.single.js', 'leadfit.iife.js']) {
    assert.doesNotMatch(readFileSync(join(installed, name), 'utf8'), /\bimport\s*[("'{*]|\bfrom\s*["'][\w.@/]/, name);
  }
});

test('the plain script gives one global', async () => {
  const code = `${readFileSync(join(installed, 'leadfit.iife.js'), 'utf8')};leadfit.start().then(() => console.log(leadfit.engine()))`;
  writeFileSync(join(work, 'plain.cjs'), code);
  assert.equal((await attempt(process.execPath, [join(work, 'plain.cjs')])).code, 0);
});
