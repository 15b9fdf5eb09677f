// Leads are handed on until each receiver has taken them, whatever it answers meanwhile.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';

import { at, node, onServer, server, submissionOf } from './server.mjs';

const { createCollector, createStore } = server;

/** Answers as told, one after the other, then 200. @type {{ status: number, headers?: Record<string, string>, body?: string, drop?: boolean }[]} */
let answers = [];
/** @type {{ key: string | undefined, body: any }[]} */
const taken = [];
const receiver = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  taken.push({ key: request.headers['idempotency-key'], body: JSON.parse(Buffer.concat(chunks).toString()) });
  const { status, headers = {}, body = 'ok', drop } = answers.shift() ?? { status: 200 };
  if (drop) return request.socket.destroy();
  response.writeHead(status, headers).end(body);
});
await new Promise((resolve) => receiver.listen(0, '127.0.0.1', resolve));
after(() => receiver.close());
const url = `http://127.0.0.1:${receiver.address().port}/hook/SECRET-IN-ADDRESS`;

const hook = { name: 'hook', request: (handoff) => ({ url, headers: { 'content-type': 'application/json', 'idempotency-key': handoff.submission.id }, body: JSON.stringify(handoff) }) };

/** A collector with one lead, and how its delivery stands after so many rounds, each when it is due. */
async function delivering({ rounds = 1, receivers = [hook], leads = 1 } = {}) {
  taken.length = 0;
  const store = createStore(await node.openDatabase(':memory:'));
  const clock = { now: Date.parse(at) + 1000 };
  const lines = [];
  const settings = { store, cards: [onServer], receivers, now: () => clock.now, log: (line) => lines.push(line) };
  const collector = createCollector(settings);
  for (let index = 0; index < leads; index++) {
    const request = new Request('http://localhost/submit', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify(submissionOf({ pairs: [['email', `${index}@x.example`]] })) });
    assert.equal((await collector.fetch(request)).status, 200);
  }
  /** @type {number[]} */
  const waits = [];
  for (let round = 0; round < rounds; round++) {
    const next = await collector.forward();
    if (next === null) break;
    waits.push(next - clock.now);
    clock.now = next;
  }
  const deliveries = store.leads().flatMap(({ id }) => store.lead(id).deliveries);
  return { store, collector, clock, lines, waits, deliveries, settings };
}

test('a receiver gets the lead with its verdict, under the key of the submission', async () => {
  const { deliveries, lines } = await delivering();
  assert.deepEqual(deliveries.map(({ state, tries }) => [state, tries]), [['delivered', 1]]);
  assert.equal(taken[0].key, taken[0].body.submission.id);
  assert.ok(taken[0].body.verdict.route.id);
  assert.ok(!lines.join('\n').includes('SECRET'));
});

test('what may pass is tried again, ever more rarely, and taken once', async () => {
  answers = [{ status: 500 }, { status: 503 }, { status: 408 }, { status: 429 }, { status: 401 }, { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, { status: 0, drop: true }];
  const { deliveries, waits } = await delivering({ rounds: 20 });
  assert.deepEqual(deliveries.map(({ state, tries }) => [state, tries]), [['delivered', 8]]);
  assert.equal(taken.length, 8);
  assert.equal(new Set(taken.map(({ key }) => key)).size, 1);
  waits.forEach((wait, index) => assert.ok(wait >= 0 && wait <= 1000 * 2 ** index, `${wait} ms before try ${index + 2}`));
});

test('who asks to be left alone is, in seconds and to a date', async () => {
  const date = new Date(Date.parse(at) + 1000 + 90_000).toUTCString();
  for (const [header, least, most] of [['30', 30_000, 31_000], [date, 89_000, 91_500], ['999999', 3_600_000, 3_601_000], ['soon', 0, 1000], ['-5', 0, 1000]]) {
    answers = [{ status: 503, headers: { 'retry-after': header } }];
    const { waits } = await delivering({ rounds: 1 });
    assert.ok(waits[0] >= least && waits[0] <= most, `${header}: ${waits[0]}`);
  }
});

test('what will never be taken is parked, shown and can be sent again', async () => {
  for (const status of [400, 404, 410, 413, 422]) {
    answers = [{ status, body: '<script>alert(1)</script>' }];
    const { deliveries, store, collector, clock } = await delivering({ rounds: 3 });
    assert.deepEqual(deliveries.map(({ state, tries, answer }) => [state, tries, answer]), [['parked', 1, `status ${status}`]]);
    store.settle({ ...deliveries[0], state: 'pending', nextAt: clock.now });
    await collector.forward();
    assert.equal(store.lead(1).deliveries[0].state, 'delivered');
  }
  const broken = { name: 'broken', request: () => { throw new Error('no field map'); } };
  assert.match((await delivering({ receivers: [broken] })).deliveries[0].answer, /no field map/);
});

test('after three days it is parked, not dropped', async () => {
  answers = Array.from({ length: 500 }, () => ({ status: 500 }));
  const { deliveries, clock } = await delivering({ rounds: 500 });
  answers = [];
  assert.equal(deliveries[0].state, 'parked');
  assert.match(deliveries[0].answer, /status 500; given up after \d+ tries/);
  assert.ok(clock.now - Date.parse(at) > 3 * 86_400_000);
});

test('a 200 counts only where the receiver says so', async () => {
  answers = [{ status: 200, body: '<html>sign in to the network</html>' }, { status: 200, body: '{"taken":true}' }];
  const asking = (ack) => ({ ...hook, request: (handoff) => ({ ...hook.request(handoff), ack }) });
  const { deliveries } = await delivering({ rounds: 3, receivers: [asking(['taken', 'inlineMessage'])] });
  assert.deepEqual(deliveries.map(({ state, tries }) => [state, tries]), [['delivered', 2]]);
  answers = [{ status: 200, body: '{"id":"another"}' }, { status: 200, body: 'null' }];
  assert.equal((await delivering({ rounds: 2, receivers: [asking('echo')] })).deliveries[0].state, 'pending');
  assert.equal((await delivering({ receivers: [asking('none')] })).deliveries[0].state, 'unconfirmed');
});

test('a restart forgets nothing, and a receiver that is gone is named', async () => {
  answers = [{ status: 503 }];
  const { store, settings, clock } = await delivering();
  clock.now += 60_000;
  const next = createCollector(settings);
  await next.forward();
  assert.equal(store.lead(1).deliveries[0].state, 'delivered');
  answers = [{ status: 503 }];
  const gone = await delivering();
  gone.clock.now += 60_000;
  await createCollector({ ...gone.settings, receivers: [] }).forward();
  assert.match(gone.store.lead(1).deliveries[0].answer, /no such receiver/);
});

test('each receiver has its own state, and rounds at once send nothing twice', async () => {
  answers = [];
  const second = { ...hook, name: 'second' };
  const { deliveries, collector } = await delivering({ rounds: 0, receivers: [hook, second], leads: 30 });
  await Promise.all([collector.forward(), collector.forward(), collector.forward()]);
  assert.equal(deliveries.length, 60);
  assert.equal(taken.length, 60);
});
