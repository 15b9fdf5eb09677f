// A server finds again what an honest page claims, and names what a dishonest one does.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { leads } from '../engines/leads.js';
import { samples } from '../golden.mjs';
import { at, compile, events, onPage, onServer, pairs, Scorecard, server, submissionOf, text } from './server.mjs';

const { cardsOf, recheck } = server;
const find = cardsOf([onServer]);
const now = Date.parse(at) + 60_000;
const checked = (submission, options) => recheck(find, submission, { now, ...options });
const codes = ({ differences }) => [...new Set(differences.map(({ code }) => code))].sort();

test('an honest submission agrees, with all that only a server knows', async () => {
  const { verdict, differences, scored, tampered, lead, scorecard } = await checked(submissionOf());
  assert.deepEqual(differences, []);
  assert.deepEqual([scored, tampered, scorecard.hash, lead.answers.email], [true, false, onServer.hash, 'nora@brightmoor.example']);
  assert.equal(verdict.route.id, 'talk-to-sales');
  assert.ok(verdict.value.amountMinor > 0, 'the server tells what it is worth');
});

test('what only a server tells is all that differs between the two compilations', async () => {
  for (const { text, leads: golden } of samples) {
    const [page, own] = await Promise.all(['page', 'server'].map(async (audience) => Scorecard.load(await compile(text, { audience }))));
    for (const { lead, now: moment } of golden) {
      const claimed = page.evaluate(lead, { now: moment });
      const found = await recheck(cardsOf([own]), { leadfit: 1, at: claimed.receipt.now, card: { id: page.id, revision: page.revision, hash: page.hash }, facts: lead, pairs: [], events: lead.events, attribution: lead.attribution, answers: lead.answers, receipt: claimed.receipt, verdict: claimed }, { now: Date.parse(claimed.receipt.now) });
      assert.deepEqual(found.differences.filter(({ code }) => code !== 'unreadable'), []);
    }
  }
});

test('an account that only the server knows is no tampering', async () => {
  const facts = { email: 'jo@harbourline.example', jobTitle: 'VP Marketing', company: { employees: 200, country: 'DE' } };
  const lead = { ...facts, events: [{ type: 'demoRequest', at: '2026-11-18T09:00:00Z' }] };
  const claimed = onPage.evaluate(lead, { now: at });
  const submission = { leadfit: 1, at: claimed.receipt.now, card: claimed.receipt.scorecard, facts, pairs: [], events: lead.events, receipt: claimed.receipt, verdict: claimed };
  const { differences, verdict } = await checked(submission);
  assert.deepEqual(differences, []);
  const [mine, theirs] = [verdict, claimed].map(({ route }) => route.followUp[0].owner);
  assert.deepEqual([mine.by, mine.id, theirs.by], ['account', 'lena', 'queue']);
  assert.equal(verdict.receipt.owner, 'lena');
  assert.equal(mine.contact.name, 'Lena Hartwig');
  const boasting = await checked({ ...submission, receipt: { ...claimed.receipt, score: 200 } });
  assert.deepEqual(codes(boasting), ['receiptDiffers']);
});

test('without a receipt it is judged here, the same way', async () => {
  const { receipt, verdict, ...unscored } = submissionOf();
  const found = await checked(unscored);
  assert.deepEqual([found.scored, found.differences], [false, []]);
  assert.deepEqual(found.verdict.receipt, receipt);
  // A plain form post is its pairs and nothing else; nobody observed what its visitor did.
  const plain = await checked({ pairs });
  assert.equal(plain.verdict.fit, verdict.fit);
  assert.equal(plain.verdict.receipt.now, new Date(now).toISOString());
});

/** Each does one thing to a submission that no honest page does; and what it is called. */
const tampering = {
  // The receipt.
  'a better score': ['receiptDiffers', (s) => (s.receipt.score = 100)],
  'a worse score': ['receiptDiffers', (s) => (s.receipt.score -= 1)],
  'a score as text': ['receiptDiffers', (s) => (s.receipt.score = String(s.receipt.score))],
  'no score': ['receiptDiffers', (s) => delete s.receipt.score],
  'a score beyond numbers': ['receiptDiffers', (s) => (s.receipt.score = 1e308)],
  'more fit': ['receiptDiffers', (s) => (s.receipt.fit += 5)],
  'more engagement': ['receiptDiffers', (s) => (s.receipt.engagement += 5)],
  'a better grade': ['receiptDiffers', (s) => (s.receipt.grade = 'A1')],
  'a later stage': ['receiptDiffers', (s) => (s.receipt.stage = 'sql')],
  'no stage': ['receiptDiffers', (s) => (s.receipt.stage = null)],
  'another route': ['receiptDiffers', (s) => (s.receipt.route = 'enterprise-call')],
  'a route that does not exist': ['receiptDiffers', (s) => (s.receipt.route = '../admin')],
  'an owner of its own choice': ['receiptDiffers', (s) => (s.receipt.owner = 'mallory')],
  'an earlier moment of the verdict': ['receiptDiffers', (s) => (s.receipt.now = '2026-11-17T10:00:00.000Z')],
  'a moment that is none': ['receiptDiffers', (s) => (s.receipt.now = 'yesterday')],
  'an engine that is no text': ['receiptDiffers', (s) => (s.receipt.engine = 1)],
  'another engine': ['engineDiffers', (s) => (s.receipt.engine = '99.0.0')],
  'a receipt of another scorecard': ['receiptDiffers', (s) => (s.receipt.scorecard.id = 'other')],
  'a receipt of another revision': ['receiptDiffers', (s) => (s.receipt.scorecard.revision = 1)],
  'a receipt of another content': ['receiptDiffers', (s) => (s.receipt.scorecard.hash = '0'.repeat(64))],
  'more in a receipt than there is': ['receiptDiffers', (s) => (s.receipt.bonus = 50)],
  'an own __proto__ in a receipt': ['receiptDiffers', (s) => (s.receipt = JSON.parse(JSON.stringify(s.receipt).replace('{', '{"__proto__":{"score":100},')))],
  'an empty receipt': ['receiptDiffers', (s) => (s.receipt = {})],
  'a receipt that is a list': ['unreadable', (s) => (s.receipt = [1])],
  'a receipt that is a text': ['unreadable', (s) => (s.receipt = 'A1')],
  'a verdict without receipt': ['receiptAbsent', (s) => delete s.receipt],
  // The facts.
  'another job title after the verdict': ['factsDiffer', (s) => (s.pairs.find(([name]) => name === 'jobTitle')[1] = 'Intern')],
  'another size after the verdict': ['receiptDiffers', (s) => (s.pairs.find(([name]) => name === 'companySize')[1] = '5000+')],
  'another country after the verdict': ['receiptDiffers', (s) => (s.pairs.find(([name]) => name === 'country')[1] = 'KP')],
  'another address after the verdict': ['factsDiffer', (s) => (s.pairs.find(([name]) => name === 'email')[1] = 'nora@gmail.com')],
  'an answer taken away': ['receiptDiffers', (s) => s.pairs.splice(5, 1)],
  'all answers taken away': ['receiptDiffers', (s) => (s.pairs = [])],
  'an answer given twice': ['factsDiffer', (s) => s.pairs.push(['jobTitle', 'Student'])],
  'events made up': ['receiptDiffers', (s) => s.events.push(...Array.from({ length: 9 }, () => ({ type: 'pageView', at, path: '/pricing' })))],
  'events taken away': ['receiptDiffers', (s) => (s.events = [])],
  'older events': ['receiptDiffers', (s) => s.events.forEach((event) => (event.at = '2025-01-01T00:00:00.000Z'))],
  'events of the future': ['factsDiffer', (s) => s.events.forEach((event) => (event.at = '2026-12-24T00:00:00.000Z'))],
  'another source': ['factsDiffer', (s) => (s.attribution = { source: 'newsletter', medium: 'email' })],
  'a fact put in from the side': ['factsDiffer', (s) => (s.facts = { ...s.facts, seniority: 'intern' })],
  'an answer put in from the side': ['receiptDiffers', (s) => (s.answers = { planningTool: 'otherTool' })],
  // The verdict.
  'a better score in the verdict': ['verdictDiffers', (s) => (s.verdict.score = 100)],
  'a wider range': ['verdictDiffers', (s) => (s.verdict.range.high += 10)],
  'points of a reason': ['verdictDiffers', (s) => (s.verdict.reasons[0].points += 10)],
  'a reason taken away': ['verdictDiffers', (s) => s.verdict.reasons.pop()],
  'a reason made up': ['verdictDiffers', (s) => s.verdict.reasons.push({ ...s.verdict.reasons[0], id: 'luck' })],
  'evidence of a reason': ['factsDiffer', (s) => (s.verdict.reasons.find(({ evidence }) => evidence.length > 0).evidence[0].found = 'CEO')],
  'a way out to somewhere else': ['verdictDiffers', (s) => (s.verdict.route.action = { redirect: { url: 'https://evil.example/' } })],
  'a promise of its own': ['verdictDiffers', (s) => (s.verdict.route.followUp = [])],
  'another seniority': ['factsDiffer', (s) => (s.verdict.signals.seniority = 'c_suite')],
  'a title read otherwise': ['factsDiffer', (s) => (s.verdict.title.status = 'student')],
  'a disqualifier made up': ['verdictDiffers', (s) => s.verdict.disqualified.push({ id: 'competitor', reason: null, why: [] })],
  'a worth made up': ['verdictDiffers', (s) => (s.verdict.value = { amountMinor: 1e9, currency: 'USD', method: 'segment', segment: null })],
  'a signature made up': ['verdictDiffers', (s) => (s.verdict.scorecard.signed = !s.verdict.scorecard.signed)],
  'another receipt inside the verdict': ['verdictDiffers', (s) => (s.verdict.receipt.route = 'enterprise-call')],
  'a verdict without its parts': ['verdictDiffers', (s) => (s.verdict = { score: s.verdict.score })],
  'a verdict of great depth': ['verdictDiffers', (s) => (s.verdict = JSON.parse(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`))],
  // The scorecard and the moment.
  'another content of the scorecard': ['hashMismatch', (s) => (s.card.hash = 'f'.repeat(64))],
  'an older scorecard': ['staleRevision', (s) => (s.card.revision = 1)],
  'a scorecard of the future': ['staleRevision', (s) => (s.card.revision = 99)],
  'another scorecard': ['unknownScorecard', (s) => (s.card.id = 'nobody-knows-it')],
  'no scorecard for a receipt': ['unknownScorecard', (s) => delete s.card],
  'a scorecard that is a path': ['unreadable', (s) => (s.card = { id: '../../etc/passwd', revision: 'x', hash: '../..' })],
  'an old submission': ['clockOff', (s) => Object.assign(s, submissionOf({ at: '2026-11-01T10:00:00.000Z' }))],
  'a submission of tomorrow': ['clockOff', (s) => Object.assign(s, submissionOf({ at: '2026-11-19T10:00:00.000Z' }))],
  'another moment of the submission': ['receiptDiffers', (s) => (s.at = '2026-11-18T09:00:00.000Z')],
  'a moment without a zone': ['unreadable', (s) => (s.at = '2026-11-18 10:00')],
  'a newer format': ['newerFormat', (s) => (s.leadfit = 2)],
  'pairs that are none': ['unreadable', (s) => s.pairs.unshift(['email'], [1, 2], 'x')],
  'an id that is a path': ['unreadable', (s) => (s.id = '../../x')],
};

test('there are at least fifty kinds of tampering', () => assert.ok(Object.keys(tampering).length >= 50, `${Object.keys(tampering).length}`));

for (const [what, [code, tamper]] of Object.entries(tampering)) {
  test(`named: ${what}`, async () => {
    const submission = submissionOf();
    tamper(submission);
    for (const given of [submission, JSON.stringify(submission)]) {
      const found = await checked(given);
      assert.ok(codes(found).includes(code), `${codes(found)}: ${JSON.stringify(found.differences.slice(0, 3))}`);
      assert.ok(found.verdict, 'it is judged all the same');
      for (const { at, found: said, expected, help } of found.differences) {
        assert.ok(at === '' || at.startsWith('/'), at);
        for (const words of [said, expected, help]) assert.ok(words.length > 0 && words.length < 200, words);
      }
      if (!['unreadable', 'clockOff', 'engineDiffers', 'staleRevision', 'newerFormat'].includes(code) && submission.card?.id !== 'nobody-knows-it') assert.ok(found.tampered, 'no honest page does that');
    }
  });
}

test('what the verdict does not rest on may be corrected without notice', async () => {
  const submission = submissionOf();
  submission.pairs.find(([name]) => name === 'firstName')[1] = 'Eleonora';
  assert.deepEqual((await checked(submission)).differences, []);
});

test('who sends an id again with other content is named; who sends the same is not', async () => {
  const before = submissionOf();
  const seen = async (id) => (id === before.id ? JSON.stringify(before) : undefined);
  assert.deepEqual((await checked(before, { seen })).differences, []);
  assert.deepEqual((await checked(submissionOf(), { seen })).differences, []);
  const found = await checked(submissionOf({ id: before.id, pairs: [...pairs, ['phone', '1']] }), { seen });
  assert.deepEqual([codes(found), found.tampered], [['replay'], true]);
});

test('the time of the server routes where the clock is off', async () => {
  const submission = submissionOf({ at: '2026-09-01T10:00:00.000Z', events: [{ type: 'demoRequest', at: '2026-08-31T10:00:00.000Z' }] });
  const { verdict, differences } = await checked(submission);
  assert.deepEqual(differences.map(({ code }) => code), ['clockOff'], 'compared at the moment of the page it agrees');
  assert.equal(verdict.receipt.now, new Date(now).toISOString());
  for (const [ahead, code] of [[4, []], [6, ['clockOff']]]) {
    assert.deepEqual(codes(await checked(submissionOf({ at: new Date(now + ahead * 60_000).toISOString() }))), code, `${ahead} minutes ahead`);
  }
  assert.deepEqual(codes(await checked(submissionOf(), { now: Date.parse(at) + 7 * 86_400_000 - 1 })), []);
  assert.deepEqual(codes(await checked(submissionOf(), { now: Date.parse(at) + 7 * 86_400_000 + 1 })), ['clockOff']);
});

test('scorecards are found by revision, and the current one where a page has an older one', async () => {
  const next = JSON.parse(text);
  delete next.agreement;
  const newer = await Scorecard.load(await compile(JSON.stringify({ ...next, revision: onPage.revision + 1 })));
  const both = cardsOf([onServer, newer]);
  assert.equal((await recheck(both, submissionOf(), { now })).scorecard, onServer, 'the very one, though there is a newer one');
  assert.equal((await recheck(both, { pairs }, { now })).scorecard, newer);
  assert.equal((await recheck(cardsOf([newer]), submissionOf(), { now })).scorecard, newer);
  const none = await recheck(cardsOf([]), submissionOf(), { now });
  assert.deepEqual([none.verdict, codes(none)], [null, ['unknownScorecard']]);
});

test('a lookup that fails is a fault of the server, not of the submission', async () => {
  await assert.rejects(recheck(() => Promise.reject(new Error('no network')), submissionOf(), { now }), /no network/);
});

test('nothing that is sent makes it throw', async () => {
  const odd = [undefined, null, 0, NaN, '', 'x', '{', '[]', 'null', '{}', [], {}, new Date(NaN), () => 1, Symbol('s'), 10n, new Proxy({}, { get: () => assert.fail(), has: () => assert.fail(), getOwnPropertyDescriptor: () => { throw new Error('trap'); } }), JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`), `${'{"pairs":'.repeat(2000)}`];
  const values = [...odd, { length: 1e9 }, Array.from({ length: 3000 }, () => ['a', 'b']), [['__proto__', 'x'], ['constructor', 'y'], ['toString', '\ud800']], 'é'.repeat(100_000), -0, 1e308, { __proto__: { id: 1 } }, { toString: null }];
  for (const value of odd) await checked(value);
  const keys = [...Object.keys(submissionOf()), 'replaces', 'form', 'page', 'touches', 'consent'];
  for (const key of keys) for (const value of values) await checked({ ...submissionOf(), [key]: value });
  for (const key of Object.keys(submissionOf().receipt)) for (const value of values) await checked({ ...submissionOf(), receipt: { ...submissionOf().receipt, [key]: value } });
  for (const key of Object.keys(submissionOf().verdict)) for (const value of values) await checked({ ...submissionOf(), verdict: { ...submissionOf().verdict, [key]: value } });
});

test('a polluted prototype changes nothing', async () => {
  const before = await checked(submissionOf({ id: '1' }));
  const polluted = { receipt: { score: 1 }, card: { id: 'x', revision: 1, hash: 'y' }, score: 999, jobTitle: 'CEO', tampered: false };
  Object.assign(Object.prototype, polluted);
  try {
    const { receipt, verdict, ...unscored } = submissionOf({ id: '1' });
    const after = await checked(unscored);
    assert.deepEqual([after.scored, JSON.stringify(after.verdict), JSON.stringify(after.differences)], [false, JSON.stringify(before.verdict), '[]']);
  } finally {
    for (const key of Object.keys(polluted)) delete Object.prototype[key];
  }
});

test('random leads agree, with events and without', async () => {
  const next = leads(7);
  for (let index = 0; index < 1000; index++) {
    const { events: done = [], attribution, email = '', jobTitle = '' } = next();
    const rfc = done.map((event) => ({ ...event, at: new Date(event.at).toISOString() }));
    const found = await checked(submissionOf({ pairs: [['email', email], ['jobTitle', jobTitle]], events: rfc, attribution }));
    assert.deepEqual(found.differences, [], JSON.stringify(found.submission));
  }
});
