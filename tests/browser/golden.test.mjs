// The golden leads get the same verdict in a browser as natively, byte for byte.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { serve } from '../../pkg-config/serve.mjs';
import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from '../package/packed.mjs';
import { launch } from './browser.mjs';

/** @type {import('playwright-core').Browser} */ let browser;
/** @type {Awaited<ReturnType<typeof serve>>} */ let server;
before(async () => {
  const { installed } = await packed();
  server = await serve({ mounts: { '/': join(root, 'tests/browser/pages'), '/leadfit/': installed, '/sample/': join(root, 'www/sample') } });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const golden = join(root, 'tests/golden/verdict');
const samples = readdirSync(join(root, 'www/sample')).filter((name) => name.endsWith('.json')).map((name) => name.replace('.json', '')).sort();
const namesOf = (sample) => JSON.parse(readFileSync(join(root, `www/sample/leads/${sample}.leads.json`), 'utf8')).map(({ name }) => name);

/** The file name that tests/golden.rs gives a lead. @param {string} name */
const slug = (name) => (name.match(/[a-z0-9]+/gi) ?? []).join('-').toLowerCase();

test('there are verdicts for each sample, and no others', () => assert.deepEqual(readdirSync(golden).sort(), samples));

for (const sample of samples) {
  test(`${sample}: the same bytes as natively`, async () => {
    const page = await browser.newPage();
    const said = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.goto(`${server.url}golden.html?sample=${sample}`);
    await page.waitForFunction(() => document.querySelector('output').value);
    const verdicts = (await page.locator('output').evaluate((output) => output.value)).split('\n');

    const names = namesOf(sample);
    assert.ok(names.length > 0);
    assert.deepEqual(readdirSync(join(golden, sample)).sort(), names.map((name) => `${slug(name)}.json`).sort());
    for (const [index, name] of names.entries()) assert.equal(verdicts[index], readFileSync(join(golden, sample, `${slug(name)}.json`), 'utf8'), name);
    assert.equal(verdicts.length, names.length);
    assert.deepEqual(said, []);
    await page.close();
  });
}
