// The core of what a visitor does, in every browser: the form scores while it is filled in, and
// sending it leads to where the route says. Chromium has more of it in tests/browser.

import assert from 'node:assert/strict';
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

      await engine.type('#q-email', 'nora@brightmoor.example');
      await engine.type('#q-jobTitle', 'VP Marketing');
      await engine.click('[data-event="demoRequest"]');
      await engine.click('#q-consent');
      assert.ok(Number(await until(engine, text('[data-value="score"]'))) > empty);
      assert.equal(await until(engine, text('[data-value="route"]')), 'talk-to-sales');

      await engine.click('#lead [type=submit]');
      await until(engine, `${state} === 'frozen' && ${state}`);
      assert.equal(await until(engine, text('.result:not([hidden]) h2')), 'We will call you');
      assert.equal(lines.length, before + 1);
    } finally {
      await engine.close();
    }
  });
}
