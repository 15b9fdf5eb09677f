// `npx leadfit serve` and `npx leadfit person`, as somebody runs them.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { attempt, root } from '../../pkg-config/tool/run.mjs';
import { freePort } from '../tools/server.mjs';
import { installed, node, serverCard, submissionOf } from './server.mjs';

const cli = join(installed, 'cli.js');
const work = mkdtempSync(join(tmpdir(), 'leadfit-serving-'));
after(() => rmSync(work, { recursive: true, force: true }));
const card = join(work, 'server.leadfit');
writeFileSync(card, serverCard);

/** Runs a command that reads from stdin, on which nothing stands at first. @param {string[]} args @param {string} input */
const fed = (args, input) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...args]);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('close', (code) => resolve({ code, output }));
    setTimeout(() => child.stdin.end(input), 500);
  });

test('a collector is started, takes a lead, forwards it, shows it, and ends when it is told to', async () => {
  const password = 'correct horse battery staple';
  const person = await fed(['person', 'sofia', '--workers'], `${password}\n`);
  assert.equal(person.code, 0, person.output);
  assert.match(person.output, /^sofia:pbkdf2-sha256:100000:[\w-]{22}:[\w-]{43}\n$/);

  const secret = 'SECRET that signs the tickets of forms';
  const port = await freePort();
  const file = join(work, 'leads.sqlite');
  const receivers = join(work, 'receivers.mjs');
  const taken = join(work, 'taken.json');
  writeFileSync(receivers, `import { writeFileSync } from 'node:fs';\nexport default [{ name: 'file', request: (handoff) => { writeFileSync(${JSON.stringify(taken)}, JSON.stringify(handoff)); return { url: process.env.HOOK_URL }; } }];\n`);
  const args = [cli, 'serve', card, '--port', String(port), '--store', file, '--origin', 'https://www.acme.example', '--receivers', receivers, '--url', 'https://leads.acme.example', '--time-zone', 'Europe/Berlin'];
  // Run where the driver of SQLite can be found: it is a package of whoever runs this.
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, NO_COLOR: '1', LEADFIT_SECRET: secret, LEADFIT_PEOPLE: person.output.trim(), HOOK_URL: 'http://127.0.0.1:1/TOKEN' } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const said = async (pattern) => {
    for (let tries = 0; tries < 600 && !pattern.test(output); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.match(output, pattern);
  };
  await said(/sales signs in at/);
  const url = `http://localhost:${port}/`;
  const submission = submissionOf({ at: new Date().toISOString(), events: [] });
  const answer = await fetch(`${url}submit`, { method: 'POST', headers: { 'content-type': 'text/plain', origin: 'https://www.acme.example' }, body: JSON.stringify(submission) });
  assert.deepEqual([answer.headers.get('access-control-allow-origin'), await answer.json()], ['https://www.acme.example', { id: submission.id, status: 'stored' }]);
  assert.ok((await (await fetch(`${url}ticket`)).json()).ticket);
  const signedIn = await fetch(`${url}sales/sign-in`, { method: 'POST', headers: { origin: `http://localhost:${port}` }, body: new URLSearchParams({ name: 'sofia', password }), redirect: 'manual' });
  assert.equal(signedIn.status, 303);
  await said(new RegExp(`stored ${submission.id}: nurture-buying-guide`));
  for (let tries = 0; tries < 100; tries++) {
    try {
      readFileSync(taken);
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  assert.equal(JSON.parse(readFileSync(taken, 'utf8')).link, 'https://leads.acme.example/sales/leads/1');

  child.kill('SIGTERM');
  assert.equal(await ended, 0);
  for (const hidden of [secret, password, 'pbkdf2', 'TOKEN', 'brightmoor', 'Nora']) assert.ok(!output.includes(hidden), `the log says ${hidden}:\n${output}`);
  const database = await node.openDatabase(file);
  assert.deepEqual(database.rows('SELECT state, tries > 0 AS tried FROM deliveries').map(({ state, tried }) => [state, tried]), [['pending', 1]], 'nobody answered yet');
  database.close();
});

test('what is wrong is said with a way out', async () => {
  const run = (args, env = {}) => attempt(process.execPath, [cli, ...args], { cwd: work, env: { LEADFIT_SECRET: '', LEADFIT_PEOPLE: '', ...env } });
  const refused = {
    'no scorecard is named': [['serve']],
    'cannot read none.json': [['serve', 'none.json']],
    'is no origin': [['serve', card, '--origin', 'www.acme.example']],
    'is no address': [['serve', card, '--url', 'leads']],
    'fewer than 32 characters': [['serve', card, '--store', ':memory:'], { LEADFIT_SECRET: 'short' }],
    'no `name:hash`': [['serve', card], { LEADFIT_PEOPLE: 'sofia:hunter2' }],
    'is no time zone': [['serve', card, '--store', ':memory:', '--time-zone', 'Mars']],
    'give a whole number from 0 to 24': [['serve', card, '--store', ':memory:', '--work-bits', 'x']],
    'cannot listen at': [['serve', card, '--store', ':memory:', '--host', '192.0.2.1']],
    'no name is given': [['person']],
    '`leadfit serve` has no option --strict': [['serve', card, '--strict']],
  };
  const found = await Promise.all(Object.entries(refused).map(async ([words, [args, env]]) => ({ words, ...(await run(args, { ...env, NODE_PATH: join(root, 'node_modules') })) })));
  for (const { words, code, output } of found) {
    assert.equal(code, 2, `${words}\n${output}`);
    // Without a SQLite of its own, Node stops there first.
    if (!/has no SQLite/.test(output)) assert.ok(output.includes(words), `${words}\n${output}`);
    assert.ok(!output.includes('hunter2') && !/^\s+at /m.test(output), output);
  }
  assert.match((await fed(['person', 'sofia'], 'short')).output, /this password is short/);
});

test('a Node without SQLite says what to install', async () => {
  const { output, code } = await attempt(process.execPath, [cli, 'serve', card], { cwd: work, env: { NODE_PATH: '' } });
  if (process.getBuiltinModule?.('node:sqlite')) return console.log('not run: this Node has SQLite of its own');
  assert.equal(code, 2);
  assert.match(output, /has no SQLite of its own; run `npm install libsql`/);
});
