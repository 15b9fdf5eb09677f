// What a visitor downloads, measured as it is sent: minified and compressed.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { packageFolder } from './layout.mjs';
import { Failure, root } from './run.mjs';

/** @typedef {{ raw: number, gzip: number, brotli: number }} Size in bytes */

/** @param {Uint8Array} bytes @returns {Size} */
function sizeOf(bytes) {
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli.length };
}

/** @param {Size} a @param {Size} b @returns {Size} two files, sent one by one */
const sum = (a, b) => ({ raw: a.raw + b.raw, gzip: a.gzip + b.gzip, brotli: a.brotli + b.brotli });

/** What pages fetch only when they need it: no page with a compiled scorecard loads authoring, the form fetches the words of one language. */
const onDemand = ['./authoring.js', '../entry-default.js', '../outbox/index.js', './texts/*', './suggestions.js', './work.js'];

/**
 * What a bundler makes of an entry, without what is fetched on demand.
 *
 * @param {string} entry
 */
const bundled = (entry) => bundledCode(`export * from './${entry}';`);

/** @param {string} code of a page, as it imports what it uses */
async function bundledCode(code) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: packageFolder },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    external: onDemand,
  });
  return sizeOf(outputFiles[0].contents);
}

/** What a page with every adapter of pages uses for delivery. */
const delivery = `
export { collector, consentsIn, leadOf, mailOf, openOutbox, pairsOf, textOf } from './outbox/index.js';
export { dataLayerEvents, hubspotForm, marketoValues, segmentCalls, webToLead, webhook } from './adapters/index.js';
`;

/** @returns {Promise<Record<string, Size>>} */
export async function measure() {
  const file = (name) => sizeOf(readFileSync(join(packageFolder, name)));
  const page = file('leadfit_page.wasm');
  const studio = file('leadfit_studio.wasm');
  return {
    pageWasm: page,
    pageWasmAndJs: sum(page, await bundled('entry-streaming.js')),
    pageInlined: await bundled('entry-default.js'),
    delivery: await bundledCode(delivery),
    visit: await bundled('visit/index.js'),
    form: await bundled('form/index.js'),
    studioWasm: studio,
    studioWasmAndJs: sum(studio, await bundled('entry-studio.js')),
  };
}

/** Measures, prints, writes `pkg/sizes.json`, and fails on a size above `tests/budget.json`. */
export async function reportSizes() {
  const sizes = await measure();
  writeFileSync(join(packageFolder, 'sizes.json'), `${JSON.stringify(sizes, null, 2)}\n`);
  const budget = JSON.parse(readFileSync(join(root, 'tests', 'budget.json'), 'utf8')).brotli;

  const kb = (bytes) => (bytes / 1000).toFixed(1).padStart(9);
  console.log(`\n  sizes in KB (1 KB = 1000 bytes)${['raw', 'gzip', 'brotli', 'budget'].map((head) => head.padStart(9)).join('')}`);
  for (const [name, { raw, gzip, brotli }] of Object.entries(sizes)) {
    console.log(`  ${name.padEnd(31)}${kb(raw)}${kb(gzip)}${kb(brotli)}${budget[name] ? kb(budget[name]) : ''}`);
  }
  const above = Object.keys(budget).filter((name) => !(sizes[name]?.brotli <= budget[name]));
  if (above.length > 0) {
    throw new Failure(`Too big, brotli: ${above.join(', ')}. Make it smaller, or raise tests/budget.json in a commit that says why.`);
  }
}
