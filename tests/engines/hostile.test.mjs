// Other scripts of a page may have harmed it. A verdict is then the same as ever, or there is an error
// with a code; never silently another one. What cannot be defended is listed here: for that a server
// checks what a page claimed. Firefox and WebKitGTK are asked in `npm run test:full`.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { serve } from '../../pkg-config/serve.mjs';
import { root } from '../../pkg-config/tool/run.mjs';
import { samples } from '../golden.mjs';
import { browsers, until, whyNot } from './browsers.mjs';
import { probeFolder } from './cases.mjs';

const pages = join(root, 'tests/engines/pages');
const gadgets = [...readFileSync(join(pages, 'gadgets.js'), 'utf8').matchAll(/^ {2}(?:'([^']+)'|(none)):/gm)].map(([, quoted, bare]) => quoted ?? bare);

/** What does harm, the same in all engines. A script that runs first can make anything say anything. */
const known = {
  before: {
    'pollute then': 'no answer',
    'patch Object.keys': 'wrong',
    'patch Object.freeze': 'wrong',
    'patch Array.isArray': 'wrong',
    'patch String.split': 'wrong',
    'patch String.slice': 'wrong',
    'patch JSON.stringify': 'wrong',
    'patch DataView.setFloat64': 'wrong',
    'patch FormData': 'wrong',
  },
  after: {},
};

/** In a word, what a page said. @param {string} said */
function verdictOn(said) {
  if (/^json (same|typed)\nobject (same|typed)\nform (same|typed)$|^load typed$/.test(said)) return 'sound';
  return /wrong/.test(said) ? 'wrong' : 'untyped';
}

const { folder, installed, remove } = await probeFolder();
writeFileSync(join(folder, 'expected.js'), `export const expected = ${JSON.stringify(samples[0].leads.map(({ verdict }) => verdict))};\n`);
/** @type {Awaited<ReturnType<typeof serve>>} */ let server;
before(async () => void (server = await serve({ mounts: { '/': pages, '/leadfit/': installed, '/probe/': folder } })));
after(async () => {
  await server?.close();
  remove();
});

const absent = await whyNot(browsers, ({ missing }, name) => (name === 'Chromium' || process.env.LEADFIT_FULL ? missing() : 'only in `npm run test:full`'));
test('there are many ways to harm a page', () => assert.ok(gadgets.length > 40, `${gadgets.length}`));

for (const [name, { launch }] of Object.entries(browsers)) {
  const why = absent[name];
  for (const [when, harmful] of Object.entries(known)) {
    test(`${name}: a page that was harmed ${when} leadfit came`, { skip: why || false }, async () => {
      const engine = await launch();
      /** @type {Record<string, string>} */
      const found = {};
      try {
        for (const gadget of gadgets) {
          await engine.open(`${server.url}hostile.html?gadget=${encodeURIComponent(gadget)}&when=${when}`);
          const patience = harmful[gadget] === 'no answer' ? 2000 : undefined;
          const said = await until(engine, "location.pathname === '/said.html' && decodeURIComponent(location.hash.slice(1))", patience).catch(() => 'no answer');
          const verdict = said === 'no answer' ? said : verdictOn(said);
          if (gadget === 'none') assert.equal(said, 'json same\nobject same\nform same');
          else if (verdict !== 'sound') found[gadget] = verdict;
        }
      } finally {
        await engine.close();
      }
      assert.deepEqual(found, harmful);
    });
  }
}
