// What bundlers make of the package, with nothing configured for its sake.

import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { build } from 'esbuild';

import { run } from '../../pkg-config/tool/run.mjs';
import { expected } from '../engines/cases.mjs';
import { serveWorker, workerAround } from '../engines/runtimes.mjs';
import { freePort, startServer } from '../tools/server.mjs';
import { tools } from '../tools/tools.mjs';
import { customer, proveFolder, provePage } from './customer.mjs';

/** A project that finds the bundlers, and those. @param {string} name @param {'app' | 'next'} [kind] */
async function project(name, kind) {
  const bundlers = await tools('bundlers');
  return { ...bundlers, root: bundlers.folder, folder: await customer(name, { kind, among: bundlers.folder }) };
}

/** The page beside its bundle, for bundlers that care for scripts only. @param {string} folder */
const withPage = (folder) => copyFileSync(join(folder, 'index.html'), join(folder, 'dist/index.html'));

export async function esbuild() {
  const folder = await customer('esbuild');
  await build({ entryPoints: [join(folder, 'app.js')], bundle: true, minify: true, splitting: true, format: 'esm', outdir: join(folder, 'dist'), logLevel: 'silent' });
  withPage(folder);
  await proveFolder(join(folder, 'dist'));
}

export async function rollup() {
  const { folder, load } = await project('rollup');
  const [{ rollup }, { nodeResolve }] = [await load('rollup'), await load('@rollup/plugin-node-resolve')];
  const bundle = await rollup({ input: join(folder, 'app.js'), plugins: [nodeResolve()] });
  await bundle.write({ dir: join(folder, 'dist'), format: 'es' });
  await bundle.close();
  withPage(folder);
  await proveFolder(join(folder, 'dist'));
}

export async function webpack() {
  const { folder, load } = await project('webpack');
  const { default: webpack } = await load('webpack');
  const stats = await new Promise((resolve, reject) => {
    webpack({ mode: 'production', context: folder, entry: './app.js', output: { path: join(folder, 'dist'), filename: 'app.js' }, performance: false }, (error, stats) => (error ? reject(error) : resolve(stats)));
  });
  assert.deepEqual([...stats.compilation.errors, ...stats.compilation.warnings].map(String), []);
  withPage(folder);
  await proveFolder(join(folder, 'dist'));
}

export async function viteBuild() {
  const { folder, at } = await project('vite-build');
  await run(process.execPath, [at('vite/bin/vite.js'), 'build', '--logLevel', 'warn'], { cwd: folder });
  await proveFolder(join(folder, 'dist'));
}

export async function viteDev() {
  const { folder, at } = await project('vite-dev');
  const port = await freePort();
  const url = `http://localhost:${port}/`;
  const server = await startServer(process.execPath, [at('vite/bin/vite.js'), '--port', String(port), '--strictPort'], { cwd: folder, url });
  try {
    await provePage(url);
  } finally {
    await server.stop();
  }
}

export async function parcel() {
  const { folder, at } = await project('parcel');
  // The script, not the page: into a page it puts a script of its own, which the policy forbids.
  await run(process.execPath, [at('parcel/lib/bin.js'), 'build', 'app.js', '--dist-dir', 'dist', '--no-cache', '--no-source-maps'], { cwd: folder });
  withPage(folder);
  await proveFolder(join(folder, 'dist'));
}

/** @param {'turbopack' | 'webpack'} bundler */
export async function next(bundler) {
  const { folder, root, at } = await project(`next-${bundler}`, 'next');
  const env = { NEXT_TELEMETRY_DISABLED: '1', MATRIX_ROOT: root };
  const program = at('next/dist/bin/next');
  await run(process.execPath, [program, 'build', `--${bundler}`], { cwd: folder, env });
  const port = await freePort();
  const url = `http://localhost:${port}/`;
  const server = await startServer(process.execPath, [program, 'start', '--port', String(port)], { cwd: folder, env, url });
  try {
    await provePage(url);
    const response = await fetch(`${url}api/score`);
    assert.equal(await response.text(), expected, 'the route handler');
  } finally {
    await server.stop();
  }
}

/** What would be deployed, run by workerd. */
export async function wrangler() {
  const { folder, at } = await project('wrangler');
  writeFileSync(join(folder, 'verdicts.js'), "import { Scorecard } from 'leadfit';\nimport { cases } from './cases.js';\nimport { golden } from './probe.js';\n\nexport default () => golden(Scorecard, cases);\n");
  writeFileSync(join(folder, 'worker.js'), workerAround('./verdicts.js'));
  writeFileSync(join(folder, 'wrangler.toml'), 'name = "customer"\nmain = "worker.js"\ncompatibility_date = "2025-11-01"\nsend_metrics = false\n');
  const env = { WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG_PATH: join(folder, 'log'), XDG_CONFIG_HOME: join(folder, 'config') };
  await run(process.execPath, [at('wrangler/bin/wrangler.js'), 'deploy', '--dry-run', '--outdir', 'dist'], { cwd: folder, env });
  const { url, stop } = await serveWorker(join(folder, 'dist/worker.js'));
  try {
    assert.equal(await (await fetch(url)).text(), expected);
  } finally {
    await stop();
  }
}
