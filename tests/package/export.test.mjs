// The table that sales takes along is what learning and the studio read: the right outcomes, each lead
// judged at its own moment, and nothing that sales did taken for a fact of the lead.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { attempt } from '../../pkg-config/tool/run.mjs';
import { at, events, installed, node, onServer, pairs, server, submissionOf, text } from './server.mjs';

const work = mkdtempSync(join(tmpdir(), 'leadfit-export-'));
after(() => rmSync(work, { recursive: true, force: true }));
const [card, table] = ['scorecard.json', 'leads.csv'].map((name) => join(work, name));

/** Who came, and what became of them: the larger the company, the more often it is won. */
const count = 120;
const sizes = ['1-9', '10-49', '50-499', '500-4999'];
const ends = ['won', 'lost', 'disqualified', 'rejected', 'accepted', 'open'];
const endOf = (index) => ends[index % 4 === 3 ? 0 : index % 6];

before(async () => {
  writeFileSync(card, text);
  const database = await node.openDatabase(':memory:');
  const store = server.createStore(database);
  const clock = { now: Date.parse(at) };
  const collector = server.createCollector({ store, cards: [onServer], perMinute: 1e9, now: () => clock.now });
  for (let index = 0; index < count; index++) {
    const moment = new Date(Date.parse(at) + index * 3_600_000).toISOString();
    clock.now = Date.parse(moment) + 1000;
    const own = pairs.map(([name, value]) => [name, name === 'email' ? `n${index}@firm${index}.example` : name === 'companySize' ? sizes[index % 4] : value]);
    const seen = events.slice(0, index % (events.length + 1));
    const body = JSON.stringify(submissionOf({ at: moment, pairs: own, events: seen }));
    const answer = await collector.fetch(new Request('http://localhost/submit', { method: 'POST', headers: { 'content-type': 'text/plain' }, body }));
    assert.equal(answer.status, 200);
    const note = (kind, said) => store.note(index + 1, { at: clock.now + 86_400_000, person: 'sofia', kind, said });
    const end = endOf(index);
    if (end === 'rejected') note('rejected', { reason: 'noBudget' });
    else if (end !== 'open') note('accepted', {});
    if (end === 'won') note('outcome', { outcome: 'won', revenue: '12500.50', currency: 'USD' });
    if (end === 'lost' || end === 'disqualified') note('outcome', { outcome: end });
  }
  const { tableOf } = await import(pathToFileURL(join(installed, 'server/sales/export.js')).href);
  writeFileSync(table, Buffer.from(await new Response(tableOf(store)).arrayBuffer()));
  database.close();
});

/** Cells by column, line by line. */
function rows() {
  const cellsOf = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
  const [head, ...lines] = readFileSync(table, 'utf8').trimEnd().split('\r\n').map(cellsOf);
  return lines.map((cells) => Object.fromEntries(cells.map((cell, place) => [head[place], cell])));
}

test('each line says when the lead is to be judged, what became of it and when', () => {
  for (const [index, row] of rows().entries()) {
    const { createdAt, outcome, closedAt, amount, currency, decision, rejectReason } = row;
    const end = endOf(index);
    const moment = Date.parse(at) + index * 3_600_000;
    assert.equal(createdAt, new Date(moment).toISOString());
    assert.equal(outcome, end === 'rejected' ? 'disqualified' : end === 'accepted' ? 'open' : end);
    assert.equal(decision, end === 'rejected' ? 'rejected' : end === 'open' ? 'new' : 'accepted');
    assert.deepEqual([amount, currency], end === 'won' ? ['12500.50', 'USD'] : ['', '']);
    assert.equal(rejectReason, end === 'rejected' ? 'noBudget' : '');
    assert.equal(closedAt, end === 'open' || end === 'accepted' ? '' : new Date(moment + 1000 + 86_400_000).toISOString());
  }
});

test('`leadfit learn` counts the outcomes that people noted, and takes no column of sales for a fact', async () => {
  const { code, stdout, output } = await attempt(process.execPath, [join(installed, 'cli.js'), 'learn', card, table, '--json', '--now', '2026-12-31T00:00:00Z'], { cwd: work });
  assert.equal(code, 0, output);
  const { learnedFrom, criteria } = JSON.parse(stdout);
  const expected = { won: 0, lost: 0 };
  for (let index = 0; index < count; index++) {
    const end = endOf(index);
    if (end === 'won') expected.won += 1;
    else if (end !== 'open' && end !== 'accepted') expected.lost += 1;
  }
  console.log(JSON.stringify(learnedFrom), criteria.length);
  assert.deepEqual([learnedFrom.won, learnedFrom.lost], [expected.won, expected.lost]);
});

test('a lead of the table is judged as it was when it came, with what it had done', async () => {
  const known = rows();
  assert.ok(new Set(known.map(({ engagement }) => engagement)).size > 1);
  // Events age, so each row is what it was at its own moment only; one of each number of events is looked at.
  for (let index = 0; index < count; index += 25) {
    const { code, stdout, output } = await attempt(process.execPath, [join(installed, 'cli.js'), 'score', card, table, '--now', known[index].createdAt], { cwd: work });
    assert.equal(code, 0, output);
    const [head, ...lines] = stdout.trimEnd().split(/\r?\n/).map((line) => line.split(','));
    assert.equal(lines.length, count);
    for (const [line, cells] of lines.entries()) assert.equal(cells[head.indexOf('fit')], known[line].fit, `line ${line}`);
    assert.equal(lines[index][head.indexOf('engagement')], known[index].engagement, `line ${index}`);
  }
});
