// The pages of sales in every browser: their cookie, their forms and their style under a policy that allows
// no script. Chromium has more of it in tests/browser.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { password, salesServer } from '../browser/sales.mjs';
import { browsers, until, whyNot } from './browsers.mjs';

/** @type {Awaited<ReturnType<typeof salesServer>>} */ let site;
before(async () => void (site = await salesServer({ count: 3 })));
after(() => site?.close());

const heading = "document.querySelector('h1')?.textContent";
const absent = await whyNot(browsers, ({ missing }) => missing());
for (const [index, [name, { launch }]] of Object.entries(browsers).entries()) {
  const why = absent[name];
  if (why) console.log(`not run: ${name} (${why})`);
  test(`${name}: somebody signs in, accepts a lead and signs out`, { skip: why || false }, async () => {
    const engine = await launch();
    try {
      await engine.open(`${site.url}sales`);
      assert.equal(await until(engine, heading), 'Sign in to your leads');
      await engine.type('#name', 'sofia');
      await engine.type('#password', password);
      await engine.click('.primary');
      await until(engine, `${heading} === 'Leads' && ${heading}`);
      // The style sheet comes, perhaps a moment after the page.
      await until(engine, "((radius) => radius !== '0px' && radius)(getComputedStyle(document.querySelector('.leads')).borderTopLeftRadius)");
      assert.equal(await engine.evaluate('return document.cookie'), '', 'no script gets the cookie');
      await engine.open(`${site.url}sales/leads/${index + 1}`);
      await until(engine, "document.querySelector('#decide')?.textContent");
      await engine.click('.primary');
      assert.equal(await until(engine, "document.querySelector('[role=status]')?.textContent"), 'Accepted. It is yours now.');
      assert.equal(site.store.lead(index + 1).lead.state, 'accepted');
      await engine.click('.who button');
      await until(engine, `${heading} === 'Sign in to your leads' && ${heading}`);
    } finally {
      await engine.close();
    }
  });
}
