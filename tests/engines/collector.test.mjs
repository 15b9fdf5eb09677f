// The collector where it runs beside Node: the Worker of docs/server.md in workerd with its Durable Object,
// and the SQLite of Deno and Bun.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { build } from 'esbuild';

import { root } from '../../pkg-config/tool/run.mjs';
import { blocksOf } from '../package/markdown.mjs';
import { at, pairs, server, serverCard, submissionOf } from '../package/server.mjs';
import { probeFolder } from './cases.mjs';
import { missing, runIn, serveWorker } from './runtimes.mjs';

const { folder, remove } = await probeFolder();
after(remove);

const skipped = async (runtime) => {
  const why = await missing(runtime);
  if (why) console.log(`not run: ${runtime} (${why})`);
  return { skip: why || false };
};

test('workerd: the Worker of the document takes leads, keeps them over a restart, and shows them', await skipped('workerd'), async () => {
  const [{ code }] = blocksOf(readFileSync(join(root, 'docs/server.md'), 'utf8')).filter(({ code }) => code.startsWith('// worker.js\n'));
  const work = join(folder, 'worker');
  mkdirSync(join(work, 'out'), { recursive: true });
  writeFileSync(join(work, 'worker.js'), code);
  writeFileSync(join(work, 'server.leadfit'), serverCard);
  await build({ entryPoints: [join(work, 'worker.js')], bundle: true, format: 'esm', conditions: ['workerd'], external: ['cloudflare:workers'], outdir: join(work, 'out'), assetNames: '[name]', loader: { '.wasm': 'copy', '.leadfit': 'copy' }, logLevel: 'silent' });
  const password = await server.hashPassword('correct horse battery', 100_000);
  const bindings = { LEADFIT_SECRET: 'a secret of at least 32 characters.', LEADFIT_PEOPLE: `sofia:${password}` };
  const start = () => serveWorker(join(work, 'out', 'worker.js'), { bindings, durable: { name: 'LEADS', className: 'Leads' } });

  let { url, stop } = await start();
  const send = (body, headers = {}) => fetch(`${url}submit`, { method: 'POST', headers: { 'content-type': 'text/plain', origin: 'https://www.acme.example', ...headers }, body, redirect: 'manual' });
  try {
    // The clock is workerd's own, so the moment of the submission is long past or to come.
    const submission = submissionOf({ at: new Date(Date.now() - 1000).toISOString(), events: [] });
    const answers = await Promise.all(Array.from({ length: 5 }, async () => (await send(JSON.stringify(submission))).json()));
    assert.deepEqual(answers.map(({ status }) => status).sort(), ['duplicate', 'duplicate', 'duplicate', 'duplicate', 'stored']);
    const form = await send(new URLSearchParams(pairs.map(([name, value]) => [name, name === 'email' ? 'ann@brightmoor.example' : value])), { 'content-type': 'application/x-www-form-urlencoded' });
    assert.equal(form.status, 303);
    assert.equal((await send(JSON.stringify(submission), { origin: 'https://evil.example' })).status, 403);
    assert.ok((await (await fetch(`${url}ticket?form=start`)).json()).ticket);

    await stop();
    ({ url, stop } = await start());
    assert.deepEqual(await (await send(JSON.stringify(submission))).json(), { id: submission.id, status: 'duplicate' }, 'it was kept');
    const signedIn = await fetch(`${url}sales/sign-in`, { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' }, body: new URLSearchParams({ name: 'sofia', password: 'correct horse battery' }), redirect: 'manual' });
    assert.equal(signedIn.status, 303);
    const [cookie] = signedIn.headers.get('set-cookie').split(';');
    const list = await (await fetch(`${url}sales`, { headers: { cookie } })).text();
    assert.ok(list.includes('VP Marketing, Brightmoor'));
    const table = await (await fetch(`${url}sales/leads.csv`, { headers: { cookie } })).text();
    assert.equal(table.trimEnd().split('\r\n').length, 3);
  } finally {
    await stop();
  }
});

for (const runtime of ['Deno', 'Bun']) {
  test(`${runtime}: leads lie in its own SQLite`, await skipped(runtime), async () => {
    const program = `sqlite-${runtime}.js`;
    writeFileSync(
      join(folder, program),
      `import { Scorecard } from 'leadfit';
import { createCollector, createStore } from 'leadfit/server';
import { openDatabase } from 'leadfit/server/node';

export default async () => {
  const database = await openDatabase(':memory:');
  const store = createStore(database);
  const card = await Scorecard.load(Uint8Array.from(atob(${JSON.stringify(Buffer.from(serverCard).toString('base64'))}), (letter) => letter.charCodeAt(0)));
  const collector = createCollector({ store, cards: [card], now: () => ${Date.parse(at) + 1000} });
  const send = async () => (await collector.fetch(new Request('http://localhost/submit', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: ${JSON.stringify(JSON.stringify(submissionOf({ id: randomUUID() })))} }))).json();
  const statuses = [(await send()).status, (await send()).status];
  const [{ newest, score }] = store.leads();
  database.close();
  return [...statuses, score, newest.tampered, newest.name].join(' ');
};
`,
    );
    assert.equal(await runIn(runtime, folder, program), 'stored duplicate 145 false Nora');
  });
}
