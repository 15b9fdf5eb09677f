// From nothing to the first score, in Chromium: a new page each time, nothing in its cache, served from
// this machine. Both pages are one minified script with the model inside. They have no policy:
// json-logic-engine compiles by making code from text, which a strict one forbids.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { build } from 'esbuild';

import { serve } from '../pkg-config/serve.mjs';
import { cache, root } from '../pkg-config/tool/run.mjs';
import { launch } from '../tests/browser/browser.mjs';
import { packed } from '../tests/package/packed.mjs';
import { tools } from '../tests/tools/tools.mjs';
import { logic } from './engines.mjs';
import { leads } from './model.mjs';
import { median } from './rounds.mjs';

const names = { leadfit: 'leadfit', 'json-logic-engine, compiled': 'json-logic-engine' };

/** @param {Uint8Array} compiled the scorecard */
async function pages(compiled) {
  const folder = join(cache, 'bench', 'cold');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'site'), { recursive: true });
  cpSync(join(root, 'bench/page'), folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  const [lead] = leads(1);
  const data = { card: Buffer.from(compiled).toString('base64'), logic, lead };
  writeFileSync(join(folder, 'data.js'), Object.entries(data).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`).join(''));
  const nodePaths = [join((await packed()).project, 'node_modules'), (await tools('bench')).at('')];
  for (const name of Object.values(names)) {
    // The first thing that runs notes the time.
    await build({ entryPoints: [join(folder, `${name}.js`)], bundle: true, minify: true, splitting: true, format: 'esm', target: 'es2022', nodePaths, banner: { js: 'globalThis.began ??= performance.now();' }, outdir: join(folder, 'site'), logLevel: 'silent' });
    writeFileSync(join(folder, 'site', `${name}.html`), `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,"><output></output><script type="module" src="${name}.js"></script></html>`);
  }
  return join(folder, 'site');
}

/**
 * Milliseconds until the first score: since the script began, and since the page was asked for.
 *
 * @param {Uint8Array} compiled
 * @param {number} rounds
 */
export async function coldStart(compiled, rounds) {
  const server = await serve({ mounts: { '/': await pages(compiled) }, headers: { 'content-security-policy': "default-src 'self' data: 'unsafe-eval'" } });
  const browser = await launch();
  /** @type {Record<string, { script: number[], page: number[] }>} */
  const times = Object.fromEntries(Object.keys(names).map((engine) => [engine, { script: [], page: [] }]));
  const scores = new Set();
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [engine, name] of Object.entries(names)) {
        const context = await browser.newContext();
        const page = await context.newPage();
        await page.goto(`${server.url}${name}.html`);
        await page.waitForFunction(() => document.querySelector('output').value);
        const { score, at, began } = await page.evaluate(() => ({ ...JSON.parse(document.querySelector('output').value), began: globalThis.began }));
        scores.add(score);
        times[engine].script.push(at - began);
        times[engine].page.push(at);
        await context.close();
      }
    }
    assert.equal(scores.size, 1, 'both pages give one score');
    return { browser: `Chromium ${browser.version()}`, rounds, engines: Object.entries(times).map(([name, { script, page }]) => ({ name, scriptMs: median(script), pageMs: median(page) })) };
  } finally {
    await browser.close();
    await server.close();
  }
}
