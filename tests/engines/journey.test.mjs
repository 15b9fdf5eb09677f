// The core of what a visitor does, in every browser: the form scores while it is filled in, and
// sending it leads to where the route says. Chromium has more of it in tests/browser.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { serve } from '../../pkg-config/serve.mjs';
import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from '../package/packed.mjs';
import { browsers, until, whyNot } from './browsers.mjs';

/** @type {Awaited<ReturnType<typeof serve>>} */ let server;
/** What the server received. @type {string[]} */
const lines = [];
before(async () => {
  const { installed } = await packed();
  server = await serve({ mounts: { '/': join(root, 'www'), '/leadfit/': installed }, log: (line) => lines.push(line) });
});
after(() => server?.close());

const text = (selector) => `document.querySelector('${selector}').textContent.trim()`;
const state = "document.querySelector('.panel').dataset.state";

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds in the page as it stands, as JSON. @param {import('./browsers.mjs').Engine} engine */
async function found(engine) {
  await engine.evaluate(`${axe}; delete window.found; axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) => (window.found = JSON.stringify(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => String(target))]))));`);
  return until(engine, 'window.found', 60_000);
}

const absent = await whyNot(browsers, ({ missing }) => missing());
for (const [name, { launch }] of Object.entries(browsers)) {
  const why = absent[name];
  test(`${name}: from the first letter to the right page`, { skip: why || false }, async () => {
    const engine = await launch();
    const before = lines.length;
    try {
      await engine.open(server.url);
      await until(engine, `${state} === 'live' && ${state}`);
      const empty = Number(await until(engine, text('[data-value="score"]')));

      // Without an address nothing is sent, and the summary says what is missing.
      await engine.click('#lead [type=submit]');
      assert.equal(await until(engine, "document.activeElement.shadowRoot?.activeElement?.getAttribute('part')"), 'summary');
      assert.equal(lines.length, before);
      assert.deepEqual(JSON.parse(await found(engine)), []);

      await engine.type('#q-email', 'nora@brightmoor.example');
      await engine.type('#q-jobTitle', 'VP Marketing');
      await engine.click('[data-event="demoRequest"]');
      await engine.click('#q-consent');
      assert.ok(Number(await until(engine, text('[data-value="score"]'))) > empty);
      assert.equal(await until(engine, text('[data-value="route"]')), 'talk-to-sales');

      // Until then nothing of the visitor is kept: no cookie, nothing in storage, and nobody else was asked for anything.
      assert.equal(await engine.evaluate('return JSON.stringify([document.cookie, localStorage.length, sessionStorage.length])'), '["",0,0]');
      const foreign = await engine.evaluate("return performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => !name.startsWith(location.origin) && !name.startsWith('data:')).join()");
      assert.equal(foreign, '');

      await engine.click('#lead [type=submit]');
      await until(engine, `${state} === 'frozen' && ${state}`);
      assert.equal(await until(engine, text('.result:not([hidden]) h2')), 'We will call you');
      // The page goes on as soon as the answers are safe; that they arrive takes a moment more.
      for (let tries = 0; lines.length === before && tries < 200; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(lines.length, before + 1);
    } finally {
      await engine.close();
    }
  });
}
