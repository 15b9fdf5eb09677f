// The collector, asked as pages and other programs ask it: what it takes, how often it keeps it, what it
// flags, and what it refuses.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

import { at, node, onPage, onServer, pairs, server, submissionOf } from './server.mjs';

const { createCollector, createStore, issueTicket, readTicket, solves } = server;
const secret = 'a secret of at least 32 characters.';
const page = 'https://www.tallowmere.example';
const host = 'https://leads.tallowmere.example';

/** A collector of its own, with a clock that is set by hand. */
async function collecting(settings = {}) {
  const database = await node.openDatabase(':memory:');
  const store = createStore(database);
  const clock = { now: Date.parse(at) + 1000 };
  const lines = [];
  const collector = createCollector({ store, cards: [onServer], origins: [page], now: () => clock.now, log: (line) => lines.push(line), ...settings });
  const send = (body, { headers = {}, method = 'POST', path = '/submit', address } = {}) =>
    collector.fetch(new Request(`${host}${path}`, { method, headers: { origin: page, 'content-type': 'text/plain;charset=UTF-8', ...headers }, body: typeof body === 'object' && body?.constructor === Object ? JSON.stringify(body) : body }), { address });
  const form = (fields, options = {}) => send(fields instanceof FormData ? fields : new URLSearchParams(fields), { ...options, headers: { 'content-type': fields instanceof FormData ? undefined : 'application/x-www-form-urlencoded', ...options.headers } });
  return { database, store, clock, lines, collector, send, form };
}

test('a submission is stored once and acknowledged by its id', async () => {
  const { store, send } = await collecting();
  const submission = submissionOf();
  const first = await send(submission);
  assert.deepEqual([first.status, await first.json()], [200, { id: submission.id, status: 'stored' }]);
  const again = await send(submission, { headers: { 'content-type': 'application/json', 'idempotency-key': submission.id } });
  assert.deepEqual([again.status, await again.json()], [200, { id: submission.id, status: 'duplicate' }]);
  const [{ newest, ...lead }] = store.leads();
  assert.deepEqual([lead.email, lead.state, lead.score, newest.name, newest.place], ['nora@brightmoor.example', 'new', 145, 'Nora', 'VP Marketing, Brightmoor']);
  assert.deepEqual([newest.tampered, newest.differences, newest.flags, newest.verdict.route.id], [false, [], [], 'talk-to-sales']);
  assert.equal(newest.body, JSON.stringify(submission), 'as it was sent');
});

test('twenty at once are one, and twenty of their own are twenty', async () => {
  const { store, send } = await collecting();
  const submission = submissionOf();
  const answers = await Promise.all(Array.from({ length: 20 }, async () => (await send(submission)).json()));
  assert.equal(answers.filter(({ status }) => status === 'stored').length, 1);
  assert.ok(answers.every(({ id }) => id === submission.id));
  await Promise.all(Array.from({ length: 20 }, (_, index) => send(submissionOf({ pairs: [['email', `${index}@x.example`]] }))));
  assert.equal(store.size(), 21);
});

test('other content under a known id is kept beside the first, and named', async () => {
  const { store, send } = await collecting();
  const submission = submissionOf();
  await send(submission);
  const changed = submissionOf({ id: submission.id, pairs: [...pairs, ['phone', '+49 30 1']] });
  for (const status of ['stored', 'duplicate']) assert.deepEqual(await (await send(changed)).json(), { id: submission.id, status });
  const { submissions, lead } = store.lead(1);
  assert.equal(submissions.length, 2);
  assert.equal(lead.newest.id, submission.id, 'the first stays the one that counts');
  assert.equal(store.submission(submission.id).body, JSON.stringify(submission));
  const [other] = submissions.filter(({ id }) => id !== submission.id);
  assert.deepEqual([other.tampered, other.differences.map(({ code }) => code)], [true, ['replay']]);
});

test('a copy under another id is named', async () => {
  const { store, send } = await collecting();
  const submission = submissionOf();
  await send(submission);
  await send({ ...submission, id: randomUUID() });
  assert.deepEqual(store.lead(1).submissions.map(({ differences }) => differences.map(({ code, at }) => `${code}${at}`)).sort(), [[], ['replay']]);
});

test('a plain form is judged as a page would, and leads on', async () => {
  const { store, form, clock } = await collecting();
  const response = await form(pairs, { headers: { referer: `${page}/start?utm_source=x` } });
  assert.deepEqual([response.status, response.headers.get('location')], [303, `${page}/thanks/#nurture-buying-guide`]);
  const { newest } = store.leads()[0];
  const expected = onPage.evaluate(onPage.leadFrom(pairs), { now: clock.now });
  assert.deepEqual([newest.verdict.receipt, newest.verdict.reasons], [expected.receipt, expected.reasons]);
  // A double click, a reload, the same as multipart: one submission. Later the same again is another.
  await form(pairs);
  const data = new FormData();
  for (const [name, value] of pairs) data.append(name, value);
  data.append('cv', new Blob(['x'.repeat(1000)]), 'cv.pdf');
  const multipart = new Request(host, { method: 'POST', body: data });
  await form(data, { headers: { 'content-type': multipart.headers.get('content-type') } }).catch(() => {});
  assert.equal(store.size(), 1);
  clock.now += 20 * 60_000;
  await form(pairs);
  assert.deepEqual([store.size(), store.leads().length], [2, 1]);
});

test('a form of several parts is read, without its files', async () => {
  const { store, collector } = await collecting();
  const data = new FormData();
  for (const [name, value] of pairs) data.append(name, value);
  data.append('cv', new Blob(['secret file']), 'cv.pdf');
  const { status } = await collector.fetch(new Request(`${host}/submit`, { method: 'POST', headers: { origin: page }, body: data }));
  assert.equal(status, 303);
  const { newest } = store.leads()[0];
  assert.equal(newest.verdict.fit, onPage.evaluate(onPage.leadFrom(pairs), { now: at }).fit);
  assert.ok(!newest.body.includes('secret file'));
});

test('leads are one by their address, and nothing that was said is lost', async () => {
  const { store, send, clock } = await collecting();
  await send(submissionOf());
  clock.now += 3_600_000;
  const later = submissionOf({ at: new Date(clock.now - 1000).toISOString(), pairs: pairs.map(([name, value]) => [name, name === 'email' ? ' NORA@Brightmoor.example ' : name === 'jobTitle' ? 'CMO' : value]) });
  await send(later);
  const [{ id, newest }] = store.leads();
  assert.equal(newest.id, later.id);
  assert.deepEqual(store.lead(id).submissions.map(({ lead }) => lead.jobTitle), ['CMO', 'VP Marketing']);
  // An outbox hands over an older one late: it belongs to the history, and does not count as the newest.
  await send(submissionOf({ at: '2026-11-17T10:00:00.000Z', events: [] }));
  assert.equal(store.leads()[0].newest.id, later.id);
  assert.equal(store.lead(id).submissions.length, 3);
  await send(submissionOf({ pairs: [['jobTitle', 'CEO']] }));
  await send(submissionOf({ pairs: [['jobTitle', 'CTO']] }));
  assert.equal(store.leads().length, 3, 'without an address everybody is somebody else');
});

test('a lead that was sent back comes back when it comes again', async () => {
  const { store, send, clock } = await collecting();
  await send(submissionOf());
  store.note(1, { at: clock.now, person: 'sofia', kind: 'rejected', said: { reason: 'notNow' } });
  assert.equal(store.leads({ state: 'new' }).length, 0);
  clock.now += 86_400_000;
  await send(submissionOf({ at: new Date(clock.now).toISOString() }));
  assert.equal(store.leads({ state: 'new' }).length, 1);
  assert.deepEqual(store.lead(1).notes.map(({ kind }) => kind), ['reopened', 'rejected']);
});

test('whatever can be read is kept, however odd', async () => {
  const { store, send } = await collecting();
  const odd = [{ leadfit: 9, id: 'a', pairs }, { pairs }, { ...submissionOf(), receipt: { score: 'x' }, at: 'never' }, { ...submissionOf(), card: { id: 'other', revision: 1, hash: '0'.repeat(64) } }, { id: '../..', pairs: [['email', 'x'], 7] }];
  for (const submission of odd) assert.equal((await send(submission)).status, 200, JSON.stringify(submission).slice(0, 80));
  assert.equal(store.size(), odd.length);
  for (const { newest } of store.leads()) assert.ok(newest.verdict, 'and judged');
  for (const nothing of ['', '{', '[]', 'null', '{}', '{"id":"x"}', 'hello', '{"pairs":[]}', '\ud800', '['.repeat(100_000)]) assert.equal((await send(nothing)).status, 422, nothing.slice(0, 20));
  assert.equal((await send(new Uint8Array([0xff, 0xfe, 0x7b]))).status, 422);
  assert.equal(store.size(), odd.length);
});

test('without a scorecard a lead is kept unscored', async () => {
  const { store, send, form } = await collecting({ cards: [] });
  await send(submissionOf());
  await form([['email', 'ann@x.example'], ['topic', 'hello']]);
  assert.deepEqual(store.leads({ words: 'ann@' }).map(({ newest }) => [newest.verdict, newest.lead]), [[null, { email: 'ann@x.example', topic: 'hello' }]]);
  assert.equal(store.size(), 2);
});

test('pages of other origins are told apart', async () => {
  const { store, send, collector } = await collecting();
  const { status, headers } = await send(submissionOf());
  assert.deepEqual([status, headers.get('access-control-allow-origin'), headers.get('vary')], [200, page, 'Origin']);
  assert.match(headers.get('access-control-expose-headers'), /retry-after, date/i);
  assert.equal((await send(submissionOf(), { headers: { origin: host } })).status, 200, 'its own');
  const preflight = await send(undefined, { method: 'OPTIONS', headers: { 'access-control-request-headers': 'idempotency-key' } });
  assert.deepEqual([preflight.status, preflight.headers.get('access-control-allow-origin')], [204, page]);
  for (const origin of ['https://evil.example', 'http://www.tallowmere.example', `${page}.evil.example`, 'https://www.tallowmere.example:444', 'file://', 'x']) {
    const refused = await send(submissionOf(), { headers: { origin } });
    assert.deepEqual([refused.status, refused.headers.get('access-control-allow-origin')], [403, null], origin);
    assert.match((await refused.json()).error.help, /origins/);
    assert.equal((await send(undefined, { method: 'OPTIONS', headers: { origin } })).headers.get('access-control-allow-origin'), null);
  }
  assert.equal(store.size(), 2);
  // Who hides where they come from is noted, not refused.
  await send(submissionOf({ id: 'hidden' }), { headers: { origin: 'null' } });
  await collector.fetch(new Request(`${host}/submit`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify(submissionOf({ id: 'absent' })) }));
  for (const id of ['hidden', 'absent']) assert.deepEqual(store.submission(id).flags, ['originAbsent']);
});

test('requests of another kind are refused with a way out', async () => {
  const { collector, send, form } = await collecting({ mostBytes: 2000 });
  const refused = async (expected, response) => {
    const answer = await response;
    assert.equal(answer.status, expected);
    return answer;
  };
  await refused(415, send('x', { headers: { 'content-type': 'application/xml' } }));
  await refused(413, send(submissionOf({ pairs: [['note', 'x'.repeat(3000)]] })));
  await refused(404, send('', { path: '/' }));
  await refused(404, send('', { path: '/sales' }));
  await refused(404, send(undefined, { path: '/ticket', method: 'GET' }));
  assert.equal((await refused(405, send(undefined, { method: 'GET' }))).headers.get('allow'), 'POST, OPTIONS');
  assert.match(await (await refused(413, form([['note', 'x'.repeat(3000)]]))).text(), /nothing you typed is lost/);
  // Without a length too: no more is read than is allowed.
  let given = 0;
  const body = new ReadableStream({ pull: (controller) => ((given += 1000), controller.enqueue(new Uint8Array(1000))) });
  await refused(413, collector.fetch(new Request(`${host}/submit`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body, duplex: 'half' })));
  assert.ok(given < 20_000, `${given}`);
});

test('one address may come so often, and is told when again', async () => {
  const { send, clock, store } = await collecting({ perMinute: 3 });
  const statuses = async (address, count) => {
    const found = [];
    for (let index = 0; index < count; index++) found.push((await send(submissionOf(), { address })).status);
    return found;
  };
  assert.deepEqual(await statuses('192.0.2.1', 4), [200, 200, 200, 429]);
  assert.deepEqual(await statuses('192.0.2.2', 1), [200]);
  assert.equal((await send(submissionOf(), { address: '192.0.2.1' })).headers.get('retry-after'), '20');
  clock.now += 20_000;
  assert.deepEqual(await statuses('192.0.2.1', 2), [200, 429]);
  assert.deepEqual(await statuses('2001:db8:1:2::1', 1), [200]);
  assert.deepEqual([...(await statuses('2001:db8:1:2:ffff::9', 2)), ...(await statuses('2001:db8:1:2:3:4:5:6', 1))], [200, 200, 429], 'one network');
  assert.deepEqual(await statuses('2001:db8:1:3::1', 1), [200]);
  assert.equal(store.size(), 9);
});

test('signs of a bot flag a lead, and never refuse it', async () => {
  const { store, send, clock } = await collecting({ secret });
  const flagged = async (guard, more = {}) => {
    const submission = submissionOf({ id: randomUUID(), guard, pairs: [['email', `${randomUUID()}@x.example`]], ...more });
    assert.equal((await send(submission)).status, 200);
    return store.submission(submission.id).flags;
  };
  const ticket = (more = {}) => issueTicket(secret, { form: 'start', now: clock.now - 60_000, ...more });
  assert.deepEqual(await flagged({ ticket: await ticket(), elapsedMs: 60_000, honeypot: '' }), []);
  assert.deepEqual(await flagged(undefined), ['ticketAbsent']);
  assert.deepEqual(await flagged({ ticket: '' }), ['ticketAbsent']);
  assert.deepEqual(await flagged({ ticket: await ticket({ now: clock.now - 25 * 3_600_000 }) }), ['ticketExpired']);
  assert.deepEqual(await flagged({ ticket: await ticket({ now: clock.now + 6 * 60_000 }) }), ['ticketExpired']);
  assert.deepEqual(await flagged({ ticket: await ticket({ now: clock.now - 500 }) }), ['tooFast']);
  assert.deepEqual(await flagged({ ticket: await ticket(), elapsedMs: 3 }), ['tooFast']);
  assert.deepEqual(await flagged({ ticket: await issueTicket(`${secret}!`, { form: 'start', now: clock.now - 60_000 }) }), ['ticketInvalid']);
  assert.deepEqual(await flagged({ ticket: await ticket() }, { form: 'other' }), ['ticketInvalid']);
  for (const odd of [7, {}, 'x', 'x.y', '....', 'é', 'a'.repeat(5000)]) assert.deepEqual(await flagged({ ticket: odd }), ['ticketInvalid']);
  const once = await ticket();
  assert.deepEqual([await flagged({ ticket: once }), await flagged({ ticket: once })], [[], ['ticketReused']]);
});

test('password managers that fill what nobody sees cost nobody a lead', async () => {
  const { store, send, form } = await collecting();
  const autofilled = ['https://www.brightmoor.example', 'Brightmoor', 'nora@brightmoor.example', '+49 30 1234', '12345', 'Nora Quist', 'on', 'DE', 'www', '-', '0', '•'];
  for (const [index, honeypot] of autofilled.entries()) {
    const own = ['email', `${index}@x.example`];
    assert.equal((await send(submissionOf({ pairs: [own], guard: { honeypot, elapsedMs: 300 } }))).status, 200);
    assert.equal((await form([own, ['topic', 'form'], ['leadfit-website', honeypot]])).status, 303);
  }
  assert.equal(store.size(), 2 * autofilled.length);
  assert.equal(store.counts().new, autofilled.length);
  for (const { newest } of store.leads()) assert.ok(newest.flags.includes('honeypotFilled'));
  for (const { newest } of store.leads()) assert.ok(!('leadfit-website' in newest.lead));
});

test('tickets: nothing but what was signed passes', async () => {
  const ticket = await issueTicket(secret, { form: 'start', now: 1_763_460_000_000, bits: 8 });
  assert.deepEqual({ ...(await readTicket(secret, ticket)), nonce: '' }, { form: 'start', issued: 1_763_460_000_000, bits: 8, nonce: '' });
  // Fields moved over their borders have other bytes.
  const { length } = await issueTicket(secret, { form: 'start1', now: 763_460_000_000 });
  assert.equal(length, ticket.length);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  let passed = 0;
  for (let index = 0; index < ticket.length; index++) {
    for (const bit of [1, 2, 4, 8, 16, 32]) {
      const code = alphabet.indexOf(ticket[index]);
      if (code < 0) continue;
      const flipped = ticket.slice(0, index) + alphabet[code ^ bit] + ticket.slice(index + 1);
      const read = await readTicket(secret, flipped);
      // The last letter of base64 has bits that stand for nothing.
      if (read && ![ticket.length - 1, ticket.indexOf('.') - 1].includes(index)) passed += 1;
    }
  }
  assert.equal(passed, 0);
  for (const cut of [1, 10, 60, ticket.length - 1]) assert.equal(await readTicket(secret, ticket.slice(0, cut)), undefined);
});

test('a proof of work is asked for by the ticket, and checked', async () => {
  const { store, send, clock } = await collecting({ secret, workBits: 10 });
  const asked = await (await send(undefined, { path: '/ticket?form=start', method: 'GET' })).json();
  assert.equal(asked.workBits, 10);
  clock.now += 5000;
  let work = 0;
  while (!(await solves(asked.ticket, String(work), 10))) work++;
  const flagged = async (guard) => {
    const { ticket } = await (await send(undefined, { path: '/ticket?form=start', method: 'GET' })).json();
    clock.now += 5000;
    const submission = submissionOf({ id: randomUUID(), form: 'start', guard: { ticket, ...guard } });
    await send(submission);
    return store.submission(submission.id).flags;
  };
  assert.deepEqual(await flagged({ ticket: asked.ticket, work: String(work) }), []);
  assert.deepEqual(await flagged({}), ['workAbsent']);
  for (const wrong of [7, 'x'.repeat(65), {}]) assert.deepEqual(await flagged({ work: wrong }), ['workWrong']);
  assert.deepEqual(await flagged({ work: String(work) }), ['workWrong'], 'work of another ticket');
});

test('settings that cannot be meant are refused at once', async () => {
  const store = createStore(await node.openDatabase(':memory:'));
  assert.throws(() => createCollector({ store, secret: 'short' }), /32 characters/);
  assert.throws(() => createCollector({ store, workBits: 64 }), /0 to 24/);
  assert.throws(() => createCollector({ store, receivers: [{ name: 'a' }, { name: 'a' }] }), /one name/);
  assert.throws(() => server.peopleIn('sofia:hunter2'), (error) => /leadfit person/.test(error.message) && !/hunter2/.test(error.message));
});

test('what people wrote is in no log', async () => {
  const { send, form, lines } = await collecting({ secret });
  await send(submissionOf());
  await form(pairs);
  await send('{"email":"nora@brightmoor.example"');
  await send(submissionOf(), { headers: { origin: 'https://evil.example' } });
  assert.equal(lines.length, 4);
  for (const [, value] of pairs.filter(([name]) => !['form', 'consent'].includes(name))) assert.ok(!lines.join('\n').includes(value), value);
  assert.ok(!lines.join('\n').includes(secret));
});

test('a store that fails acknowledges nothing', async () => {
  const { database, store } = await collecting();
  let full = false;
  const broken = createCollector({ store: createStore({ ...database, transaction: (work) => (full ? assert.fail('disk full') : database.transaction(work)) }), cards: [onServer] });
  full = true;
  await assert.rejects(broken.fetch(new Request(`${host}/submit`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify(submissionOf()) })), /disk full/);
  const lines = [];
  const { url, close } = await node.listen(broken, { log: (line) => lines.push(line) });
  const answer = await fetch(`${url}submit`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify(submissionOf()) });
  assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '10']);
  assert.doesNotMatch(await answer.text(), /disk full/, 'the fault is for the log');
  assert.match(lines.join(), /disk full/);
  await close();
  assert.equal(store.size(), 0);
});

test('a store of a newer version is left alone', async () => {
  const database = await node.openDatabase(':memory:');
  createStore(database);
  createStore(database);
  database.rows('UPDATE about SET version = 99');
  assert.throws(() => createStore(database), /newer version/);
});
