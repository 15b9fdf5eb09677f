// The outbox without a browser: its records, its waits, its bounds.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { Outbox } from '../../pkg-config/outbox/outbox.js';
import { current, dueIn, grow, longestWait, note, recordOf, version } from '../../pkg-config/outbox/record.js';
import { consentsIn, mailOf, textOf } from '../../pkg-config/outbox/submission.js';
import { ownLocks } from '../../pkg-config/outbox/world.js';

const start = Date.parse('2026-11-18T10:00:00Z');
const day = 86_400_000;
const submission = (id = 'a') => ({ leadfit: /** @type {const} */ (1), id, at: new Date(start).toISOString(), pairs: /** @type {Array<[string, string]>} */ ([['email', 'nora@brightmoor.example']]) });

/** A record as version 1 wrote it. Later versions must read it: it lies on devices. */
const first = {
  v: 1,
  id: 'old',
  order: 3,
  n: 2,
  age: 1000,
  seen: start,
  submission: submission('old'),
  deliveries: [{ to: 'collector', request: { url: 'https://site.example/leads', ack: 'echo' }, state: 'pending', tries: 1, from: start, wait: 300, why: 'notAcknowledged', status: 503, asked: false }],
};

/** @param {{ answer?: (id: string, url: string) => [number, string, object?] | 'never' | undefined, stored?: any[], local?: boolean, receivers?: any[], options?: object }} [scene] */
function outbox({ answer = (id) => [200, JSON.stringify({ id })], stored = [], local = true, receivers, options } = {}) {
  const kept = new Map(stored.map((record) => [`leadfit-outbox/${record.id}`, JSON.stringify(record)]));
  const sent = [];
  const world = {
    now: start,
    timers: [],
    changes: [],
    kept,
    sent,
  };
  const none = { put: async () => false, get: async () => undefined, all: async () => [], remove: async () => undefined };
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => void kept.set(key, text), removeItem: (key) => void kept.delete(key), key: (index) => [...kept.keys()][index] ?? null, get length() { return kept.size; } };
  let serial = 0;
  const box = new Outbox(
    { receivers: receivers ?? [{ name: 'collector', request: () => ({ url: '/leads', ack: 'echo' }) }], ...options },
    {
      local: local ? storage : undefined,
      database: none,
      locks: ownLocks(),
      fetch: /** @type {any} */ (async (url, { body, headers, keepalive, signal }) => {
        const id = JSON.parse(body).id;
        sent.push({ url, id, headers, keepalive });
        const said = answer(id, url);
        // A timeout's signal alone does not keep Node going.
        while (said === 'never') {
          await pause(1);
          signal.throwIfAborted();
        }
        if (!said) throw new TypeError('network');
        return { status: said[0], type: 'basic', headers: new Headers(said[2]), text: async () => said[1] };
      }),
      base: 'https://site.example/page',
      origin: 'https://site.example',
      now: () => world.now,
      random: () => 0.5,
      uuid: () => `id-${(serial += 1)}`,
      later: (work, ms) => (world.timers = [{ work, at: world.now + ms }]),
      never: () => void (world.timers = []),
      listen: () => () => {},
    },
  );
  box.subscribe((change) => world.changes.push(change));
  const rest = () => new Promise((resolve) => setTimeout(resolve, 2));
  /** The next timer rings. */
  const ring = async () => {
    const [timer] = world.timers;
    world.timers = [];
    if (timer) world.now = Math.max(world.now, timer.at);
    timer?.work();
    await rest();
  };
  return Object.assign(world, { box, rest, ring });
}

const draft = (email = 'nora@brightmoor.example') => ({ pairs: /** @type {Array<[string, string]>} */ ([['email', email]]) });

test('records of version 1 are read, and delivered', async () => {
  const scene = outbox({ stored: [first] });
  assert.equal(current(first), first);
  scene.now += 1000;
  await scene.rest();
  assert.deepEqual(scene.sent.map(({ id }) => id), ['old']);
  assert.equal(scene.kept.size, 0);
  assert.equal(scene.changes.at(-1).state, 'delivered');
});

test('older records go through every step, those of a newer version are left alone', async () => {
  const steps = { 1: ({ v, text, ...more }) => ({ ...more, v: 2, words: text }), 2: ({ v, ...more }) => ({ ...first, ...more, v: 3 }) };
  assert.equal(current({ v: 1, text: 'x' }, steps, 3)?.words, 'x');
  assert.equal(current({ v: 4 }, steps, 3), undefined);
  assert.equal(current({ v: 0 }, steps, 3), undefined);
  for (const none of [null, 7, 'x', [], { v: version }, { ...first, n: -1 }, { ...first, age: 'old' }, { ...first, deliveries: {} }]) assert.equal(current(none), undefined);

  const newer = { ...first, v: version + 1 };
  const scene = outbox({ stored: [newer] });
  await scene.rest();
  await scene.box.retry();
  await scene.box.discard();
  assert.deepEqual(scene.sent, []);
  assert.equal(scene.kept.get('leadfit-outbox/old'), JSON.stringify(newer));
});

test('waits double up to a minute and are drawn; a receiver may ask for an hour at most', () => {
  const delivery = () => ({ ...structuredClone(first.deliveries[0]), tries: 0 });
  for (let tries = 0; tries < 40; tries++) {
    for (const chance of [0, 0.5, 0.999]) {
      const one = { ...delivery(), tries };
      note(one, { state: 'pending' }, start, chance);
      assert.ok(one.wait >= 0 && one.wait <= Math.min(60_000, 500 * 2 ** tries));
      assert.equal(one.tries, tries + 1);
    }
  }
  const asked = delivery();
  note(asked, { state: 'pending', waitMs: 5000 }, start, 0);
  assert.equal(asked.wait, 5000);
  note(asked, { state: 'pending', waitMs: 99 * day }, start, 1);
  assert.equal(asked.wait, longestWait);
});

test('a wall clock that jumps makes nobody wait, and loses nothing', () => {
  const delivery = { ...first.deliveries[0], from: start, wait: 30_000 };
  assert.equal(dueIn(delivery, start + 10_000), 20_000);
  assert.equal(dueIn(delivery, start - 3650 * day), 0);
  assert.equal(dueIn({ ...delivery, from: start + 3650 * day, wait: 99 * day }, start), 0);
  assert.equal(dueIn({ ...delivery, wait: 99 * day }, start), longestWait);

  const record = recordOf(submission(), [], 1, start);
  assert.equal(grow(record, start - 3650 * day, 7 * day), false);
  assert.equal(record.age, 0);
  assert.equal(grow(record, start + 3650 * day, 7 * day), false);
  assert.equal(grow(record, start + 3650 * day + 1000, 7 * day), false);
});

test('what cannot be delivered in seven days is given up, and that is told', async () => {
  const scene = outbox({ answer: () => [503, ''] });
  assert.equal((await scene.box.submit(draft())).state, 'kept');
  for (let days = 0; days < 9 && scene.kept.size > 0; days++) {
    scene.now += day;
    await scene.ring();
  }
  assert.equal(scene.kept.size, 0);
  const last = scene.changes.at(-1);
  assert.deepEqual([last.state, last.why], ['dropped', 'tooOld']);
  assert.ok(last.tries >= 7);
});

test('of more than are kept the rest is sent from memory, and said not to be kept', async () => {
  const scene = outbox({ answer: () => undefined, options: { keepRecords: 2 } });
  const states = [];
  for (const email of ['a', 'b', 'c']) states.push((await scene.box.submit({ ...draft(email), form: email })).state);
  assert.deepEqual(states, ['kept', 'kept', 'unsent']);
  assert.equal(scene.kept.size, 2);
  assert.equal((await scene.box.list()).length, 3);
  const huge = outbox({ answer: () => undefined });
  assert.equal((await huge.box.submit(draft('x'.repeat(600_000)))).state, 'unsent');
});

test('where nothing can be stored, it is sent, or said not to be', async () => {
  assert.equal((await outbox({ local: false }).box.submit(draft())).state, 'delivered');
  const scene = outbox({ local: false, answer: () => undefined });
  const { id, state } = await scene.box.submit(draft());
  assert.equal(state, 'unsent');
  assert.equal((await scene.box.submit(draft())).id, id, 'pressed again it is the same');
  assert.equal(scene.sent.length, 2);
});

test('Retry-After is kept to, in seconds and as a date by the clock of the answer', async () => {
  const seconds = outbox({ answer: () => [429, '', { 'retry-after': '120' }] });
  await seconds.box.submit(draft());
  await seconds.rest();
  assert.equal(seconds.timers[0].at - start, 60_000, 'it looks after a minute');
  await seconds.ring();
  assert.equal(seconds.sent.length, 1, 'and still waits');
  await seconds.ring();
  await seconds.ring();
  assert.equal(seconds.sent.length, 2);
  // The visitor's clock is a year behind: only the answer's own counts.
  const date = outbox({ answer: () => [503, '', { 'retry-after': 'Wed, 18 Nov 2027 10:00:40 GMT', date: 'Thu, 18 Nov 2027 10:00:00 GMT' }] });
  await date.box.submit(draft());
  await date.rest();
  assert.ok(Math.abs(date.timers[0].at - start - 40_000) <= 500);
});

test('several receivers: each has a state of its own, and what one has is not sent there again', async () => {
  let open = false;
  const receivers = ['one', 'two', 'three'].map((name) => ({
    name,
    request: () => {
      if (name === 'three') throw new Error('a fault of the adapter');
      return { url: `https://${name}.example/`, ack: name === 'one' ? 'echo' : ['redirectUri'] };
    },
  }));
  const scene = outbox({ receivers, answer: (id, url) => (url.includes('one') ? [200, JSON.stringify({ id })] : open ? [200, '{"redirectUri":"/thanks"}'] : [500, '']) });
  globalThis.reportError ??= () => {};
  const { state } = await scene.box.submit(draft());
  assert.equal(state, 'parked');
  open = true;
  await scene.ring();
  assert.deepEqual(scene.sent.map(({ url }) => url), ['https://one.example/', 'https://two.example/', 'https://two.example/']);
  const [{ deliveries }] = await scene.box.list();
  assert.deepEqual(deliveries.map(({ to, state, why }) => [to, state, why]), [['one', 'delivered', undefined], ['two', 'delivered', undefined], ['three', 'parked', 'adapterFailed']]);
});

test('a page whose tries nobody answers sends none that goes on beyond it: those would hold its connections', async () => {
  let answer = /** @type {any} */ ('never');
  const scene = outbox({ answer: (id) => (answer === 'never' ? answer : [200, JSON.stringify({ id })]), local: false, options: { timeoutSeconds: 0.01 } });
  for (const email of ['a@x.example', 'b@x.example']) await scene.box.submit(draft(email));
  answer = undefined;
  await scene.box.submit(draft('c@x.example'));
  assert.deepEqual(scene.sent.map(({ keepalive }) => keepalive), [true, true, false]);
  assert.equal(scene.changes.filter(({ state }) => state === 'delivered').length, 1);
});

test('the key goes into a header only where no preflight results', async () => {
  const receivers = ['/leads', 'https://other.example/leads'].map((url) => ({ name: url, request: () => ({ url, ack: 'echo' }) }));
  const scene = outbox({ receivers });
  const { id } = await scene.box.submit(draft());
  assert.deepEqual(scene.sent.map(({ url, headers }) => [url, headers['idempotency-key'], headers['content-type']]), [
    ['https://site.example/leads', id, 'text/plain;charset=UTF-8'],
    ['https://other.example/leads', undefined, 'text/plain;charset=UTF-8'],
  ]);
});

test('a receiver that moved gets old records at its new address; an address that answers itself is refused', async () => {
  const moved = outbox({ stored: [first], receivers: [{ name: 'collector', url: '/new', request: () => ({ url: '/new', ack: 'echo' }) }] });
  moved.now += 1000;
  await moved.rest();
  assert.equal(moved.sent[0].url, 'https://site.example/new');
  const trap = outbox({ receivers: [{ name: 'collector', request: () => ({ url: 'data:application/json,{}', ack: 'echo' }) }] });
  assert.equal((await trap.box.submit(draft())).state, 'parked');
  assert.deepEqual(trap.sent, []);
});

test('what a page adds cannot cost the lead', async () => {
  globalThis.reportError ??= () => {};
  const circle = {};
  circle.self = circle;
  const scene = outbox({ answer: () => undefined });
  await scene.box.submit({ ...draft(), facts: circle, form: 'landing' });
  const [{ submission: kept }] = await scene.box.list();
  assert.deepEqual([kept.pairs, kept.form, 'facts' in kept], [draft().pairs, 'landing', false]);
  const big = outbox({ answer: () => undefined });
  await big.box.submit({ ...draft(), facts: { employees: 10n ** 20n } });
  assert.equal((await big.box.list())[0].submission.facts?.employees, '100000000000000000000');
});

test('parked, retried, discarded', async () => {
  let status = 413;
  const scene = outbox({ answer: (id) => [status, JSON.stringify({ id })] });
  const { id } = await scene.box.submit(draft());
  await scene.rest();
  assert.deepEqual([scene.changes.at(-1).state, scene.changes.at(-1).status], ['parked', 413]);
  await scene.ring();
  assert.equal(scene.sent.length, 1, 'not by itself');
  status = 200;
  await scene.box.retry(id);
  assert.equal(scene.changes.at(-1).state, 'delivered');
  status = 422;
  await scene.box.submit(draft('other'));
  await scene.rest();
  await scene.box.discard();
  assert.equal(scene.changes.at(-1).state, 'discarded');
  assert.equal(scene.kept.size, 0);
});

test('a listener that fails stops neither delivery nor other listeners', async () => {
  globalThis.reportError ??= () => {};
  const scene = outbox();
  scene.box.subscribe(() => {
    throw new Error('a fault of the page');
  });
  const heard = [];
  const stop = scene.box.subscribe(({ state }) => heard.push(state));
  await scene.box.submit(draft());
  await scene.rest();
  assert.ok(heard.includes('delivered'));
  stop();
  assert.throws(() => new Outbox(/** @type {any} */ ({})), /no receiver/);
});

test('consents are those that were given, in the words that were shown', () => {
  const question = (id, consent) => ({ id, fact: id, forms: [], required: true, view: { consent, field: 'consent', help: null, label: { en: 'You may write to me', de: 'Ihr dürft mir schreiben' }, options: [] } });
  const questions = /** @type {any} */ ([question('mail', { purpose: 'marketingEmail', version: '7', basis: 'consent' }), question('phone', { purpose: 'calls', version: '1', basis: 'consent' }), question('size', null)]);
  const given = consentsIn(questions, { answers: { mail: 'yes', phone: 'no', size: '1-9' } }, '2026-11-18T10:00:00.000Z', 'de-AT');
  assert.deepEqual(given, [{ purpose: 'marketingEmail', version: '7', basis: 'consent', at: '2026-11-18T10:00:00.000Z', language: 'de-AT', text: 'Ihr dürft mir schreiben' }]);
});

test('text to copy and a mail have what was typed, and no more', () => {
  const typed = { ...submission(), pairs: /** @type {Array<[string, string]>} */ ([['email', 'nora@brightmoor.example'], ['note', 'a & b?\nc'], ['empty', ' ']]) };
  assert.equal(textOf(typed), 'email: nora@brightmoor.example\nnote: a & b?\nc\n(a)');
  const link = new URL(mailOf(typed, 'sales@acme.example', 'Form & lead'));
  assert.deepEqual([link.pathname, link.searchParams.get('subject'), link.searchParams.get('body')], ['sales%40acme.example', 'Form & lead', textOf(typed)]);
  assert.ok(mailOf({ ...typed, pairs: [['note', 'x'.repeat(9000)]] }, 'a@b.example', 's').length < 2000);
});
