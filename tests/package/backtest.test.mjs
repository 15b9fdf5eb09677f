// Every figure of the studio against slow, plain counting: each of the made-up leads is judged alone,
// through the package, and counted by hand.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { root } from '../../pkg-config/tool/run.mjs';
import { generate } from '../../www/studio/model/sample.js';
import { thresholds, unpack } from '../../www/studio/model/tally.js';
import { packed } from './packed.mjs';

const text = readFileSync(join(root, 'www', 'sample', 'b2b-software.json'), 'utf8');
const card = JSON.parse(text);
const now = Date.parse('2026-11-22');
const csv = generate({ seed: 7, leads: 2500 });

/** @type {any[]} each lead: outcome, revenue, verdict */
const leads = [];
/** @type {any} */
let session;
/** @type {any} */
let studio;
/** @type {any} */
let Moving;

before(async () => {
  const { installed } = await packed();
  const from = (path) => import(pathToFileURL(join(installed, path)).href);
  const glue = await from('wasm/studio.js');
  const { starting } = await from('starting.js');
  await starting(glue, () => readFileSync(join(installed, 'leadfit_studio.wasm')))();
  session = new glue.Session();
  Moving = glue.Moving;
  assert.ok(session.follow(text, false));
  session.begin({});
  const bytes = Buffer.from(csv);
  // In pieces that cut rows anywhere.
  for (let at = 0; at < bytes.length; at += 10_007) session.feed(bytes.subarray(at, at + 10_007));
  session.finish();

  studio = await from('entry-studio-inlined.js');
  const { compile, readTable } = studio;
  const table = await readTable(await compile(text, { audience: 'server' }), bytes);
  const [head, ...lines] = csv.trimEnd().split('\n').map((line) => line.split(','));
  const column = (name) => head.indexOf(name);
  lines.forEach((cells, row) => {
    const verdict = JSON.parse(table.verdictJson(row, Date.parse(cells[column('Created at')])));
    const outcome = { 'Closed Won': 'won', 'Closed Lost': 'lost', Disqualified: 'disqualified', Open: 'open' }[cells[column('Outcome')]];
    leads.push({ verdict, outcome, revenue: outcome === 'won' ? Number(cells[column('Deal amount')]) * 100 : 0 });
  });
  table.free();
});

/** What only a look at every lead tells, which is taken some leads at a time. */
function details() {
  for (;;) {
    const told = session.details();
    if (told) return told;
  }
}

const counted = (of) => {
  const count = { won: 0, lost: 0, disqualified: 0, open: 0, revenue: 0 };
  for (const lead of of) {
    count[lead.outcome]++;
    count.revenue += lead.revenue;
  }
  return count;
};
const plain = ({ won, lost, disqualified, open, revenue }) => ({ won, lost, disqualified, open, revenue });
const isQualified = ({ verdict }) => verdict.disqualified.length === 0 && ['mql', 'pql', 'sal', 'sql', 'opportunity', 'customer'].includes(verdict.stage?.id);

/** Compares all counts with counting by hand. */
function compare(found, of) {
  assert.deepEqual(plain(found.all), counted(of), 'all');
  const axes = [[found.scores, 'score'], [found.fits, 'fit'], [found.engagements, 'engagement']];
  for (const [histogram, key] of axes) {
    const all = histogram.counts.reduce((sum, { won, lost, disqualified, open }) => sum + won + lost + disqualified + open, 0);
    assert.equal(all, of.length, `all leads stand in the histogram of ${key}`);
    histogram.counts.forEach((count, index) => assert.deepEqual(plain(count), counted(of.filter(({ verdict }) => verdict[key] === histogram.low + index)), `${key} ${histogram.low + index}`));
  }
  const [fit, engagement] = [card.bands.fit, card.bands.engagement].map((bands) => bands.map(({ name }) => name));
  found.grades.forEach((count, index) => {
    const grade = fit[Math.floor(index / engagement.length)] + engagement[index % engagement.length];
    assert.deepEqual(plain(count), counted(of.filter(({ verdict }) => verdict.grade === grade)), `grade ${grade}`);
  });
  card.stages.forEach(({ id }, index) => assert.deepEqual(plain(found.stages[index]), counted(of.filter(({ verdict }) => verdict.stage?.id === id)), `stage ${id}`));
  const routes = [...card.routes, card.fallback.unmatched, card.fallback.disqualified];
  routes.forEach(({ id }, index) => assert.deepEqual(plain(found.routes[index]), counted(of.filter(({ verdict }) => verdict.route.id === id)), `route ${id}`));
  assert.deepEqual(plain(found.qualified), counted(of.filter(isQualified)), 'qualified');
  const value = (some) => some.reduce((sum, { verdict }) => sum + verdict.value.amountMinor, 0);
  assert.equal(found.value, value(of), 'value');
  assert.equal(found.qualifiedValue, value(of.filter(isQualified)), 'value of the qualified');

  const closed = of.filter(({ outcome }) => outcome !== 'open').map(({ verdict, outcome }) => ({ score: verdict.score, won: outcome === 'won' }));
  const won = closed.filter((lead) => lead.won);
  const lost = closed.filter((lead) => !lead.won);
  let above = 0;
  for (const a of won) for (const b of lost) above += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0;
  assert.ok(Math.abs(found.auc - above / (won.length * lost.length)) < 1e-12, 'area under the ROC curve');
  for (const point of thresholds(found.scores).filter((_, index) => index % 17 === 0)) {
    const said = closed.filter(({ score }) => score >= point.points);
    assert.equal(point.recall, said.filter((lead) => lead.won).length / won.length, `recall from ${point.points}`);
    assert.equal(point.precision, said.length > 0 ? said.filter((lead) => lead.won).length / said.length : 0, `precision from ${point.points}`);
  }
}

test('all figures are what counting by hand gives', () => compare(unpack(session.tally()), leads));

test('owners, channels and bins add up to all leads', () => {
  const { owners, channels, bins } = details();
  for (const parts of [owners, channels]) {
    assert.equal(parts.reduce((sum, part) => sum + part.leads, 0), leads.length);
    assert.equal(parts.reduce((sum, part) => sum + part.qualified, 0), leads.filter(isQualified).length);
    assert.equal(parts.reduce((sum, part) => sum + part.revenue, 0), counted(leads).revenue);
    assert.equal(Math.round(parts.reduce((sum, part) => sum + part.value, 0)), leads.filter(isQualified).reduce((sum, { verdict }) => sum + verdict.value.amountMinor, 0));
  }
  for (const { id, counts } of bins) assert.equal(counts.reduce((sum, [of]) => sum + of.reduce((a, b) => a + b), 0), leads.length, id);
});

test('a lead of the table has the verdict that it has alone', () => {
  const { total, rows } = session.rows({ sort: 'score', descending: true, count: 50 });
  assert.equal(total, leads.length);
  const best = Math.max(...leads.map(({ verdict }) => verdict.score));
  assert.equal(rows[0].score, best);
  for (const row of rows) {
    const alone = leads[row.row].verdict;
    assert.deepEqual([row.score, row.fit, row.engagement, row.grade, row.stage, row.route, row.outcome], [alone.score, alone.fit, alone.engagement, alone.grade, alone.stage?.id, alone.route.id, leads[row.row].outcome]);
    assert.deepEqual(JSON.parse(session.verdict(row.row)), alone);
  }
});

test('a page counts the same by itself, as long as nothing but the lever moves', () => {
  const moved = (id, bin, points) => {
    const of = structuredClone(card);
    of.criteria.find((criterion) => criterion.id === id).bins[bin].points = points;
    return JSON.stringify(of);
  };
  session.take('criterion', 'companySize');
  const moving = Moving.of(session.moving());
  for (const points of [5, -30, 40, 0, 15]) {
    const text = moved('companySize', 2, points);
    const counts = moving.follow(text);
    assert.ok(session.follow(text, true));
    assert.deepEqual(counts, session.tally());
  }
  assert.equal(moving.follow(moved('country', 0, 3)).length, 0, 'another criterion moved');
  assert.equal(moving.follow('{').length, 0);
  assert.deepEqual(moving.follow(text).length > 0, true, 'and back again');
  assert.equal(Moving.of(new Uint8Array([1, 2, 3])), undefined);
  moving.free();
  assert.ok(session.follow(text, false));
});

test('while points move, gained and lost are who crossed the line, and moving back undoes it', () => {
  const before = unpack(session.tally());
  session.take('criterion', 'companySize');
  const moved = structuredClone(card);
  moved.criteria.find(({ id }) => id === 'companySize').bins[2].points = 5;
  assert.ok(session.follow(JSON.stringify(moved), true));
  const now = unpack(session.tally());
  const leadsOf = ({ won, lost, disqualified, open }) => won + lost + disqualified + open;
  assert.ok(leadsOf(now.lost) > 0);
  assert.equal(leadsOf(now.qualified) - leadsOf(before.qualified), leadsOf(now.gained) - leadsOf(now.lost));
  assert.ok(session.compare(text));
  const { moves } = details();
  const away = moves.stages.filter(({ from }) => from === 'mql').reduce((sum, move) => sum + move.leads, 0);
  assert.equal(away, leadsOf(now.lost));
  assert.equal(moves.top.length, 20);
  assert.ok(session.follow(text, true));
  const { gained, lost, ...rest } = unpack(session.tally());
  assert.deepEqual([leadsOf(gained), leadsOf(lost)], [0, 0]);
  const { gained: _, lost: __, ...first } = before;
  assert.deepEqual(rest, first);
});

test('what is learned from the leads of the studio is what is learned from their file', async () => {
  const learned = async (leads) => {
    const of = await studio.propose({ scorecard: text, leads }, { now });
    of.free();
    // Columns that no scorecard knows are looked at for leaks in the file alone.
    const { leaks, notes, report, ...proposal } = of.proposal;
    return proposal;
  };
  const [ours, plain] = [await learned(session.learning()), await learned(csv)];
  const closed = leads.filter(({ outcome }) => outcome !== 'open').length;
  assert.equal(ours.learnedFrom.won + ours.learnedFrom.lost + ours.learnedFrom.immature, closed);
  assert.deepEqual(ours, plain);
});
