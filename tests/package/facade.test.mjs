// The JavaScript API, through the packed package.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from './packed.mjs';

const { installed, node } = await packed();
const inside = (name) => import(pathToFileURL(join(installed, name)).href);
const leadfit = await inside('entry-default.js');
const { LeadfitError, Scorecard } = leadfit;
const sample = readFileSync(join(root, 'www/sample/b2b-software.json'), 'utf8');
const { compile } = await inside('entry-studio-inlined.js');
const bytes = await compile(sample);
const card = await Scorecard.load(bytes);
const now = '2026-11-18T10:00:00Z';

const server = createServer((request, response) => {
  const content = { '/card.leadfit': bytes, '/card.json': sample, '/page.html': '<!doctype html>' }[request.url];
  response.writeHead(content === undefined ? 404 : 200).end(content);
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
after(() => server.close());
const address = (path) => `http://127.0.0.1:${server.address().port}${path}`;

/** Fails unless `work` fails with this code, in words that say what to do. */
async function fails(code, work, words = /./) {
  await assert.rejects(async () => work(), (error) => {
    assert.ok(error instanceof LeadfitError, String(error.stack));
    assert.deepEqual([error.name, error.code, error.problems[0].code], ['LeadfitError', code, code]);
    assert.match(error.message, /^leadfit: .*: found .*, expected .*; ./);
    assert.match(error.message, words);
    return true;
  });
}

test('the leads of every sample get the verdict that their authors expect', async () => {
  for (const name of ['b2b-software', 'hubspot-shaped', 'self-serve-sales-assist']) {
    const card = await Scorecard.load(await compile(readFileSync(join(root, `www/sample/${name}.json`), 'utf8')));
    for (const { name: lead, lead: facts, now, expect } of JSON.parse(readFileSync(join(root, `www/sample/leads/${name}.leads.json`), 'utf8'))) {
      const { score, grade, stage, route, disqualified, reasons } = card.evaluate(facts, { now });
      const got = { score, grade, stage: stage?.id ?? null, route: route.id, disqualified: disqualified.map(({ id }) => id) };
      // An author states what matters about a lead, not always everything.
      assert.deepEqual(got, { ...got, ...expect }, `${name}: ${lead}`);
      assert.equal(reasons.reduce((sum, { points }) => sum + points, 0), score, `${name}: ${lead}`);
    }
  }
});

test('one scorecard, however it is loaded', async () => {
  const loaded = [
    await Scorecard.load(bytes.buffer),
    await Scorecard.load(address('/card.leadfit')),
    await Scorecard.load(new URL(address('/card.json'))),
    await Scorecard.load(JSON.parse(sample)),
    await Scorecard.load(new TextEncoder().encode(`\uFEFF ${sample}`)),
    await Scorecard.parse(sample),
  ];
  const verdict = card.verdictJson({ jobTitle: 'CEO' }, { now });
  for (const other of loaded) assert.equal(other.verdictJson({ jobTitle: 'CEO' }, { now }), verdict);
});

test('a scorecard says which it is, and cannot be changed', () => {
  const { id, revision } = JSON.parse(sample);
  assert.deepEqual([card.id, card.revision, card.hash.length, typeof card.signed], [id, revision, 64, 'boolean']);
  assert.equal(card.questions[0].view.field, 'email');
  const verdict = card.evaluate({}, { now });
  for (const change of [() => (card.id = ''), () => card.questions.push({}), () => (card.questions[0].view.label = ''), () => (verdict.score = 1), () => verdict.reasons.push({}), () => (verdict.receipt.scorecard.hash = '')]) {
    assert.throws(change, TypeError);
  }
});

test('now is a date, a text, a number, or the present', () => {
  const at = Date.parse(now);
  const of = (now) => card.evaluate({}, { now }).receipt.now;
  assert.deepEqual([of(now), of(at), of(new Date(at)), of('2026-11-18T11:00:00+01:00')], Array(4).fill(of(now)));
  assert.ok(Math.abs(Date.parse(card.evaluate({}).receipt.now) - Date.now()) < 60_000);
});

test('now that is no date is an error', async () => {
  for (const now of ['tomorrow', '2026-02-30T00:00:00Z', NaN, Infinity, 1e18, null, new Date(NaN), {}]) await fails('badNow', () => card.evaluate({}, { now }));
});

test('what is no lead is an error', async () => {
  for (const lead of [undefined, null, 'lead', 7, true, 1n, Symbol('lead'), () => {}, [], new Map(), new FormData(), Promise.resolve({})]) await fails('leadNotObject', () => card.evaluate(lead, { now }));
});

test('a form becomes a lead', () => {
  const form = new FormData();
  for (const [name, value] of [['Job Title', 'CEO'], ['numemployees', '51-200'], ['companySize', '200'], ['note', 'hello'], ['note', 'again'], ['__proto__', 'x'], ['constructor', 'y']]) form.append(name, value);
  form.append('file', new Blob(['secret']), 'secret.txt');
  const lead = card.leadFrom(form);
  assert.equal(lead.jobTitle, 'CEO');
  assert.equal(lead.company.employees, '51-200');
  assert.deepEqual(lead.answers, { companySize: '200' });
  assert.deepEqual(lead.other.note, ['hello', 'again']);
  assert.deepEqual([Object.hasOwn(lead.other, '__proto__'), lead.other.constructor, lead.other.file], [true, 'y', undefined]);
  assert.equal(Object.getPrototypeOf(lead.other), Object.prototype);
  assert.deepEqual(card.leadFrom(new Map([['email', 'a@b.example']])), { answers: { email: 'a@b.example' } });
});

test('what is no form is an error', async () => {
  for (const form of [undefined, null, 7, {}, [1]]) await fails('leadNotObject', () => card.leadFrom(form));
});

test('what is no scorecard is an error', async () => {
  await fails('notLoaded', () => Scorecard.load(address('/none')), /status 404/);
  await fails('notLoaded', () => Scorecard.load('http://127.0.0.1:1/'), /network/);
  await fails('notLoaded', () => Scorecard.load('file:///card.leadfit'), /readFile/);
  await fails('notAProgram', () => Scorecard.load(address('/page.html')));
  await fails('notAProgram', () => Scorecard.load(new Uint8Array()));
  await fails('notAProgram', () => Scorecard.load(bytes.subarray(0, 1000)));
  await fails('notAProgram', () => Scorecard.load(null));
  await fails('tooLarge', () => Scorecard.load(new Uint8Array(300_000)));
  await fails('notReady', () => new Scorecard(), /Scorecard\.load/);
});

test('all that is wrong with scorecard text is told at once', async () => {
  await assert.rejects(Scorecard.parse('{"leadfit": 1, "ids": 1}'), (error) => {
    assert.ok(error instanceof LeadfitError);
    assert.ok(error.problems.length > 3);
    assert.equal(error.message.split('\n').length, error.problems.length);
    assert.match(error.message, /line 1, column/);
    return true;
  });
  await fails('notJson', () => Scorecard.parse('scorecard'));
});

test('a call made too early names the call to make first', async () => {
  const code = (entry) => `
    import { readTitle, engine } from '${entry}';
    const told = [];
    for (const call of [() => readTitle('CEO'), engine]) try { call(); } catch (error) { told.push(error.code + ' ' + error.message.includes('await')); }
    console.log(told.join());`;
  for (const entry of ['leadfit', 'leadfit/single', 'leadfit/slim', 'leadfit/studio']) assert.equal(await node(code(entry)), 'notReady true,notReady true', entry);
});

test('an entry without the authoring build says what to do about text', async () => {
  const single = await inside('leadfit.single.js');
  await assert.rejects(single.Scorecard.parse(sample), (error) => error.code === 'compiledScorecardNeeded' && /npx leadfit compile/.test(error.message));
  assert.equal((await single.Scorecard.load(bytes)).verdictJson({}, { now }), card.verdictJson({}, { now }));
});

test('titles are read once the engine runs', async () => {
  await leadfit.start();
  const title = leadfit.readTitle('VP of Sales');
  assert.deepEqual([title.level.values, title.departments.values, title.status], [['vp'], ['sales'], 'employed']);
  assert.ok(Object.isFrozen(title.level.values));
  assert.throws(() => leadfit.readTitle('CEO', { targetDepartments: ['none'] }), { code: 'unknownChoice' });
  assert.throws(() => leadfit.pageFacts(), { code: 'notAllowedHere' });
});

test('a title read alone is read as inside a verdict', () => {
  const { targetDepartments } = JSON.parse(sample).titles;
  for (const jobTitle of ['Head of Sales', 'MD', 'Praktikantin', 'Einkäufer', 'CFO; Board Member', 'asdf', 'IT Manager']) {
    for (const employees of [undefined, 8, 5000]) {
      const { title, signals } = card.evaluate({ jobTitle, ...(employees && { company: { employees } }) }, { now });
      assert.deepEqual(leadfit.readTitle(jobTitle, { targetDepartments, employees }), { buyingRole: signals.buyingRole, ...title }, `${jobTitle} ${employees}`);
    }
  }
});

test('a hint says once that text takes a larger download, and only where it does', async () => {
  const code = (entry) => `
    import { Scorecard } from '${entry}';
    let said = 0; console.info = () => said++;
    for (let round = 0; round < 2; round++) await Scorecard.parse('').catch(() => {});
    console.log(said);`;
  assert.deepEqual([await node(code('leadfit')), await node(code('leadfit/studio'))], ['1', '0']);
});
