// The package runs in a real browser under the strictest policy, without a word in the console.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { serve } from '../../pkg-config/serve.mjs';
import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from '../package/packed.mjs';
import { launch } from './browser.mjs';

/** @type {import('playwright-core').Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */ let server;
/** @type {string} */ let version;

before(async () => {
  const { installed, node } = await packed();
  version = await node(`import { version } from 'leadfit'; console.log(await version());`);
  server = await serve({ mounts: { '/': join(root, 'tests', 'browser', 'pages'), '/leadfit/': installed } });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

for (const entry of ['entry-default', 'entry-streaming', 'entry-studio', 'entry-slim', 'leadfit.single']) {
  test(`${entry}.js runs under the policy, with nothing in the console`, async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const said = [];
    const foreign = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => request.url().startsWith(server.url) || foreign.push(request.url()));
    await page.goto(`${server.url}smoke.html?entry=${entry}`);
    await page.waitForFunction(() => document.querySelector('output')?.value);
    assert.equal(await page.textContent('output'), version);
    assert.deepEqual({ said, foreign }, { said: [], foreign: [] });
    await context.close();
  });
}
