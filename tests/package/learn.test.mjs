// Learning, from the packed package: the same bytes as native, and what a caller sees of it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from './packed.mjs';

const { installed } = await packed();
const { accept, calibrate, propose, Scorecard } = await import(pathToFileURL(join(installed, 'entry-studio-inlined.js')).href);
const golden = (name) => readFileSync(join(root, 'tests/golden/learn', name), 'utf8');
const [scorecard, leads, schema] = ['card.json', 'leads.csv', 'schema.json'].map(golden);
const now = Date.parse('2026-07-20T00:00:00Z');

test('a proposal is the same to the byte as native', async () => {
  const learned = await propose({ scorecard, leads }, { now });
  assert.equal(learned.proposal.report, golden('card.report.txt'));
  assert.equal(learned.scorecard, golden('card.learned.json'));
  assert.deepEqual(learned.proposal, JSON.parse(golden('card.proposal.json')));
  learned.free();
  const table = await propose({ leads: new TextEncoder().encode(leads), schema: JSON.parse(schema) }, { now });
  assert.equal(table.proposal.report, golden('table.report.txt'));
  assert.equal(table.scorecard, golden('table.learned.json'));
  table.free();
});

test('progress rises to 1, and learning can be stopped', async () => {
  const seen = [];
  const learned = await propose({ scorecard, leads }, { now, onProgress: (done) => seen.push(done) });
  learned.free();
  assert.equal(seen.at(-1), 1);
  assert.deepEqual(seen, [...seen].sort((a, b) => a - b));
  const stop = new AbortController();
  const many = `${leads}${leads.split('\n').slice(1).join('\n').repeat(40)}`;
  await assert.rejects(propose({ scorecard, leads: many }, { signal: stop.signal, onProgress: () => stop.abort() }), { name: 'AbortError' });
  await assert.rejects(propose({ scorecard, leads }, { signal: AbortSignal.abort() }), { name: 'AbortError' });
});

test('all, one criterion or one bin is taken over; the result runs', async () => {
  const learned = await propose({ scorecard, leads }, { now });
  const { proposal } = learned;
  assert.equal(await accept(scorecard, proposal, 'all'), learned.scorecard);
  const one = JSON.parse(await accept(scorecard, proposal, { criterion: 'size' }));
  assert.equal(one.calibration, undefined);
  assert.equal(one.criteria.length, JSON.parse(scorecard).criteria.length);
  const [bin] = proposal.criteria.find(({ id }) => id === 'size').bins;
  const text = await accept(scorecard, proposal, { bin: { criterion: 'size', place: bin.place } });
  assert.equal(JSON.parse(text).criteria.find(({ id }) => id === 'size').bins[0].points, bin.points);
  await assert.rejects(accept(scorecard, proposal, { criterion: 'none' }), { code: 'unknownReference' });
  const card = await Scorecard.parse(learned.scorecard, { audience: 'server' });
  const { probability } = card.evaluate({ company: { employees: 300 }, plan: 'competitor', source: 'referral', visits: 9 }, { now });
  assert.ok(probability > 0.5 && probability < 1, String(probability));
  const simple = learned.simplify(1);
  assert.ok(JSON.stringify(simple.proposal.criteria).length <= JSON.stringify(proposal.criteria).length);
  learned.free();
});

test('a curve follows won and lost leads per score', async () => {
  const { a, g } = await calibrate([[-20, 5, 95], [0, 20, 80], [20, 55, 45]]);
  const at = (score) => 1 / (1 + Math.exp(-(a + g * score)));
  assert.ok(Math.abs(at(0) - 0.2) < 0.05 && at(20) > at(0), `${a} ${g}`);
});

test('what is wrong is thrown as problems', async () => {
  await assert.rejects(propose({ scorecard: '{', leads }), { code: 'notJson' });
  await assert.rejects(propose({ scorecard, leads: 'a,b\n1,2\n' }), { code: 'missingKey' });
  await assert.rejects(propose({ scorecard, leads }, { simplcity: 1 }), /simplcity/);
  await assert.rejects(propose({ leads, schema: { target: 'nope', features: [] } }), { code: 'unknownReference' });
});

const work = mkdtempSync(join(tmpdir(), 'leadfit-learn-'));
after(() => rmSync(work, { recursive: true, force: true }));
for (const [from, to] of [['card.json', 'scorecard.json'], ['leads.csv', 'leads.csv'], ['leads.csv', 'train.csv'], ['leads.csv', 'rows.csv'], ['schema.json', 'schema.json']]) {
  cpSync(join(root, 'tests/golden/learn', from), join(work, to));
}
const leadfit = (...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(installed, 'cli.js'), ...args], { cwd: work, encoding: 'utf8' });
  return { status, stdout, stderr };
};

test('the commands of docs/learning.md do what it says', () => {
  const document = readFileSync(join(root, 'docs/learning.md'), 'utf8');
  const commands = [...document.matchAll(/^npx leadfit ([^#\n]*)/gm)].map(([, words]) => words.trim().split(' '));
  assert.equal(commands.length, 5);
  for (const words of commands) {
    const said = leadfit(...words);
    assert.equal(said.status, 0, `${words.join(' ')}\n${said.stdout}${said.stderr}`);
  }
  assert.match(readFileSync(join(work, 'scores.csv'), 'utf8'), /^id,score,prob\n1,-?\d+,0?\.?\d+\n/);
  assert.equal(JSON.parse(readFileSync(join(work, 'proposal.json'), 'utf8')).signal.strength, 'clear');
});

test('exit codes and faults of `leadfit learn`', () => {
  const told = (args, status, pattern) => {
    const said = leadfit('learn', ...args);
    assert.equal(said.status, status, `${said.stdout}${said.stderr}`);
    assert.match(said.stdout + said.stderr, pattern);
  };
  told(['scorecard.json', 'leads.csv', '--strict'], 0, /The signal is clear/);
  writeFileSync(join(work, 'none.csv'), leads.replaceAll(',won,', ',open,'));
  told(['scorecard.json', 'none.csv', '--strict'], 1, /no signal/);
  told(['scorecard.json'], 2, /1 file given; give a scorecard and leads/);
  told(['--data', 'leads.csv'], 2, /--data and --schema go together/);
  told(['scorecard.json', 'leads.csv', '--simplicity', 'x'], 2, /--simplicity x is no number/);
  told(['scorecard.json', 'leads.csv', '--simplicity', '7'], 1, /from 0 to 1/);
  told(['scorecard.json', 'schema.json'], 1, /no column with outcomes/);
});
