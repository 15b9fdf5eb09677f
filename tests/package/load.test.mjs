// Many leads at once, and a collector that is killed while it writes: what it acknowledged is there,
// once.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { freePort } from '../tools/server.mjs';
import { installed, node, pairs, serverCard, submissionOf } from './server.mjs';

const full = Boolean(process.env.LEADFIT_FULL);
const work = mkdtempSync(join(tmpdir(), 'leadfit-load-'));
after(() => rmSync(work, { recursive: true, force: true }));

const card = join(work, 'card.leadfit');
writeFileSync(card, serverCard);
const program = fileURLToPath(new URL('collecting.mjs', import.meta.url));
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
after(() => agent.destroy());

/** Starts a collector on a file. @param {string} file @param {number} port */
async function started(file, port) {
  const child = spawn(process.execPath, ['--no-warnings', program, installed, card, file, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    child.stdout.once('data', (text) => resolve(String(text).trim()));
    child.once('exit', (code) => reject(new Error(`the collector ended with ${code}`)));
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  return { url, kill: async (signal = 'SIGKILL') => (child.kill(signal), ended) };
}

/** One request; gives what was answered, nothing where the connection broke. @returns {Promise<{ status: number, body: string } | undefined>} */
const post = (url, body) =>
  new Promise((resolve) => {
    const sent = request(`${url}submit`, { agent, method: 'POST', headers: { 'content-type': 'text/plain;charset=UTF-8', 'content-length': Buffer.byteLength(body) } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode, body }));
      response.on('error', () => resolve(undefined));
    });
    sent.on('error', () => resolve(undefined));
    sent.end(body);
  });

const acknowledges = (answer, id) => answer?.status === 200 && JSON.parse(answer.body).id === id;

const model = submissionOf();
/** A lead of its own: another id, another address. */
function lead() {
  const id = randomUUID();
  const own = pairs.map(([name, value]) => [name, name === 'email' ? `${id}@x.example` : value]);
  return { id, body: JSON.stringify({ ...model, id, pairs: own }) };
}

/** Ids that lie in a file, and how often. @param {string} file @returns {Promise<Map<string, number>>} */
async function stored(file) {
  const database = await node.openDatabase(file);
  const found = new Map(database.rows('SELECT id, COUNT(*) AS count FROM submissions GROUP BY id').map(({ id, count }) => [id, count]));
  const orphans = database.rows('SELECT COUNT(*) AS count FROM submissions WHERE lead NOT IN (SELECT id FROM leads)')[0].count;
  const [{ integrity_check: fine }] = database.rows('PRAGMA integrity_check');
  database.close();
  assert.deepEqual([fine, orphans], ['ok', 0]);
  return found;
}

test('leads arrive at 200 per second and all are there', { timeout: 300_000 }, async () => {
  const count = full ? 10_000 : 800;
  const perSecond = 200;
  const file = join(work, 'load.sqlite');
  const { url, kill } = await started(file, await freePort());
  const all = Array.from({ length: count }, lead);
  await Promise.all(all.splice(0, 20).map(({ body }) => post(url, body)));
  const times = [];
  let again = 0;
  const begun = performance.now();
  const sending = all.map(async ({ id, body }, index) => {
    const due = (index * 1000) / perSecond;
    await pause(Math.max(0, due - (performance.now() - begun)));
    // From when it was due, not from when it left: a busy sender must not hide a slow server.
    let answer = await post(url, body);
    // A connection may be closed for idleness in the moment in which it is used again: browsers, and the outbox, send again.
    while (answer === undefined && again < 10) {
      again += 1;
      answer = await post(url, body);
    }
    times.push(performance.now() - begun - due);
    return acknowledges(answer, id);
  });
  const acknowledged = (await Promise.all(sending)).filter(Boolean).length;
  const seconds = (performance.now() - begun) / 1000;
  await kill('SIGTERM');
  times.sort((a, b) => a - b);
  const quantile = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(1);
  console.log(`${all.length} leads in ${seconds.toFixed(1)} s: p50 ${quantile(0.5)} ms, p95 ${quantile(0.95)} ms, p99 ${quantile(0.99)} ms, most ${quantile(1)} ms; ${again} sent again`);
  assert.equal(acknowledged, all.length);
  const found = await stored(file);
  assert.equal(found.size, count);
  for (const { id } of all) assert.equal(found.get(id), 1);
});

test('a collector that is killed in the middle of writing has all that it acknowledged', { timeout: 600_000 }, async () => {
  const rounds = full ? 40 : 4;
  const file = join(work, 'crash.sqlite');
  const port = await freePort();
  const acknowledged = new Set();
  const sent = new Map();
  let broken = 0;
  for (let round = 0; round < rounds; round++) {
    const { url, kill } = await started(file, port);
    let going = true;
    const senders = Array.from({ length: 16 }, async () => {
      while (going) {
        const { id, body } = lead();
        sent.set(id, body);
        const answer = await post(url, body);
        if (acknowledges(answer, id)) acknowledged.add(id);
        else broken += 1;
      }
    });
    // While all of them are sending: in the middle of a write as often as not.
    const enough = acknowledged.size + 10 + Math.floor(Math.random() * 100);
    while (acknowledged.size < enough) await pause(1);
    await kill();
    going = false;
    await Promise.all(senders);
    const found = await stored(file);
    for (const id of acknowledged) assert.equal(found.get(id), 1, `round ${round}: ${id} was acknowledged and is gone`);
  }
  assert.ok(acknowledged.size > rounds * 10 && broken > 0, `${acknowledged.size} acknowledged, ${broken} broken off`);
  // Whoever got no answer sends again; then all are there, once.
  const { url, kill } = await started(file, port);
  for (const [id, body] of sent) if (!acknowledged.has(id)) assert.ok(acknowledges(await post(url, body), id));
  await kill('SIGTERM');
  const found = await stored(file);
  assert.equal(found.size, sent.size);
  assert.ok([...found.values()].every((times) => times === 1));
  console.log(`${rounds} times killed: ${acknowledged.size} acknowledged, ${broken} broken off, ${found.size} stored, none lost, none twice`);
});

test('who writes slowly holds nobody up', async () => {
  const { url, kill } = await started(join(work, 'slow.sqlite'), await freePort());
  const slow = Array.from({ length: 200 }, () => {
    const sent = request(`${url}submit`, { method: 'POST', headers: { 'content-type': 'text/plain', 'content-length': '1000' } });
    sent.on('error', () => {});
    sent.write('{');
    return sent;
  });
  await pause(100);
  const { id, body } = lead();
  const begun = performance.now();
  assert.ok(acknowledges(await post(url, body), id));
  assert.ok(performance.now() - begun < 2000);
  for (const sent of slow) sent.destroy();
  await kill('SIGTERM');
});
