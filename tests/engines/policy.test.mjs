// leadfit runs where every script must have the hash that the page names: as one module, and as a plain
// script. A file that is not the one that was meant does not run.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { build } from 'esbuild';

import { contentSecurityPolicy, serve } from '../../pkg-config/serve.mjs';
import { browsers, until, whyNot } from './browsers.mjs';
import { expected, probeFolder } from './cases.mjs';

const { folder, installed, remove } = await probeFolder();
const site = join(folder, 'site');
mkdirSync(site);

const hashOf = (name) => `sha384-${createHash('sha384').update(readFileSync(join(site, name))).digest('base64')}`;
// Without `crossorigin` an Integrity-Policy lets no plain script pass, whatever its hash.
const plain = 'crossorigin="anonymous"';
const script = (name, attributes, integrity = hashOf(name)) => `<script ${attributes} src="${name}" integrity="${integrity}"></script>`;
const page = (name, scripts) =>
  writeFileSync(join(site, name), `<!doctype html><html lang="en"><meta charset="utf-8"><title>Hashes</title><link rel="icon" href="data:,"><output></output>${scripts}</html>`);

const show = "golden(Scorecard, cases).then((verdicts) => (document.querySelector('output').value = verdicts), (error) => (document.querySelector('output').value = String(error)));";
const probe = "import { cases } from './cases.js';\nimport { golden } from './probe.js';\n";
const bundle = (name, code, format) => {
  writeFileSync(join(folder, name), code);
  return build({ entryPoints: [join(folder, name)], bundle: true, format, outdir: site, logLevel: 'silent' });
};

await bundle('module.js', `import { Scorecard } from 'leadfit/single';\n${probe}${show}`, 'esm');
await bundle('plain.js', `${probe}const { Scorecard } = leadfit;\n${show}`, 'iife');
copyFileSync(join(installed, 'leadfit.iife.js'), join(site, 'leadfit.iife.js'));
page('module.html', script('module.js', 'type="module"'));
page('plain.html', `${script('leadfit.iife.js', plain)}${script('plain.js', plain)}`);
page('swapped.html', `${script('leadfit.iife.js', plain, hashOf('plain.js'))}${script('plain.js', plain)}`);

/** No host is trusted, only these files. */
const names = ['module.js', 'leadfit.iife.js', 'plain.js'];
const headers = {
  'content-security-policy': contentSecurityPolicy.replace("script-src 'self'", `script-src ${names.map((name) => `'${hashOf(name)}'`).join(' ')}`),
  'integrity-policy': 'blocked-destinations=(script)',
};

/** @type {Awaited<ReturnType<typeof serve>>} */ let server;
before(async () => void (server = await serve({ mounts: { '/': site }, headers })));
after(async () => {
  await server?.close();
  remove();
});

const output = "document.querySelector('output')?.value";
const absent = await whyNot(browsers, ({ missing }) => missing());
for (const [name, { launch }] of Object.entries(browsers)) {
  const why = absent[name];
  test(`${name}: every script by its hash`, { skip: why || false }, async () => {
    const engine = await launch();
    try {
      for (const kind of ['module', 'plain']) {
        await engine.open(`${server.url}${kind}.html`);
        assert.equal(await until(engine, output), expected, kind);
      }
      await engine.open(`${server.url}swapped.html`);
      assert.equal(await until(engine, "document.readyState === 'complete' && typeof leadfit"), 'undefined');
      assert.equal(await engine.evaluate(`return ${output}`), '');
    } finally {
      await engine.close();
    }
  });
}
