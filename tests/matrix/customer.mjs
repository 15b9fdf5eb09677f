// Projects of customers, each with the packed package installed, and what a finished page must show.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { serve } from '../../pkg-config/serve.mjs';
import { cache, root } from '../../pkg-config/tool/run.mjs';
import { launch } from '../browser/browser.mjs';
import { expected, layOutProbe } from '../engines/cases.mjs';
import { packed } from '../package/packed.mjs';

/**
 * A new project: the files of tests/matrix/<kind>, the probe, and `leadfit` in node_modules.
 *
 * @param {string} name
 * @param {{ kind?: 'app' | 'next', among?: string }} [options] `among`: a folder whose node_modules the
 *   project shall find beside its own
 */
export async function customer(name, { kind = 'app', among = join(cache, 'matrix') } = {}) {
  const { installed } = await packed();
  const folder = join(among, 'projects', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'tests/matrix', kind), folder, { recursive: true });
  cpSync(join(root, 'tests/matrix/customer.json'), join(folder, 'package.json'));
  cpSync(installed, join(folder, 'node_modules/leadfit'), { recursive: true });
  layOutProbe(folder);
  return folder;
}

/** A piece of the inlined wasm of a build, which no minifier changes. @param {string} build */
async function pieceOf(build) {
  const { installed } = await packed();
  return readFileSync(join(installed, 'wasm', `${build}.inlined.js`), 'utf8').slice(2000, 2080);
}

/** @type {Promise<import('playwright-core').Browser> | undefined} */
let browser;

export const closeBrowser = async () => (await browser)?.close();

/**
 * Opens a page; throws unless it shows the golden verdicts, says nothing in the console, and has
 * loaded the page build but no authoring code.
 *
 * @param {string} url
 */
export async function provePage(url) {
  const page = await (await (browser ??= launch())).newPage();
  try {
    const noises = [];
    /** @type {Promise<string>[]} */
    const loaded = [];
    page.on('pageerror', ({ message }) => noises.push(message));
    page.on('console', (message) => message.type() === 'error' && noises.push(message.text()));
    page.on('response', (response) => response.request().resourceType() === 'script' && loaded.push(response.text().catch(() => '')));
    await page.goto(url);
    await page.waitForFunction(() => (document.querySelector('output')?.value ?? '') !== '', undefined, { timeout: 60_000 });
    assert.equal(await page.evaluate(() => document.querySelector('output')?.value), expected);
    assert.deepEqual(noises, []);
    const scripts = (await Promise.all(loaded)).join('\n');
    assert.ok(scripts.includes(await pieceOf('page')), 'the page build was loaded');
    assert.ok(!scripts.includes(await pieceOf('studio')), 'authoring code was loaded by a page with a compiled scorecard');
  } finally {
    await page.close();
  }
}

/** The same for a folder of finished files, served under the strictest policy. @param {string} folder */
export async function proveFolder(folder) {
  const server = await serve({ mounts: { '/': folder } });
  try {
    await provePage(server.url);
  } finally {
    await server.close();
  }
}
