// `npx leadfit`, from the packed package: outputs and exit codes.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from './packed.mjs';

const { installed } = await packed();
const work = mkdtempSync(join(tmpdir(), 'leadfit-cli-'));
after(() => rmSync(work, { recursive: true, force: true }));
const put = (name, content) => writeFileSync(join(work, name), content);

const sample = readFileSync(join(root, 'www/sample/b2b-software.json'), 'utf8');
const leads = JSON.parse(readFileSync(join(root, 'www/sample/leads/b2b-software.leads.json'), 'utf8'));
put('card.json', sample);
put('broken.json', sample.replace('"revision": 4', '"revison": 4'));
put('other.json', sample.replace('"revision": 4', '"revision": 5'));
put('start.json', '{}');
put('lead.json', JSON.stringify(leads[0].lead));
put('leads.json', JSON.stringify(leads.map(({ lead }) => lead)));
put('leads.csv', 'Lead ID;Job Title;numemployees;demoRequests;Foo\n7;VP Marketing;200;2;x\n=8;Intern;3;;y\n');
const now = ['--now', '2026-11-18T10:00:00Z'];

/** Runs the command in the folder of the files. */
const leadfit = (args, input = '') =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(installed, 'cli.js'), ...args], { cwd: work });
    const said = { code: -1, out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => (said.out += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (said.err += text));
    child.on('close', (code) => resolve({ ...said, code }));
    child.stdin.on('error', () => {}).end(input);
  });

/** Runs the command; checks its exit code and what it says. */
const check = (name, args, code, { out = /^/, err = /^$/, input = '' } = {}) =>
  test(name, async () => {
    const said = await leadfit(args, input);
    assert.deepEqual([said.code, out.test(said.out), err.test(said.err)], [code, true, true], `${said.out}\n${said.err}`);
    assert.doesNotMatch(said.out + said.err, /\x1b|undefined|\bat file:/);
  });

check('help', ['--help'], 0, { out: /leadfit check FILE/ });
check('nothing at all', [], 2, { out: /leadfit check FILE/ });
check('version', ['-v'], 0, { out: /^\d+\.\d+\.\d+\n$/ });
check('a mistyped command', ['chekc', 'card.json'], 2, { err: /`chekc` is no command; use `check`/ });
check('a mistyped option', ['check', '--strct', 'card.json'], 2, { err: /--strct is no option; use --strict/ });
check('an option of another command', ['diff', '--strict', 'card.json', 'card.json'], 2, { err: /no option --strict/ });
check('a file that is not there', ['check', 'none.json'], 2, { err: /cannot read none\.json \(ENOENT\); check the path/ });
check('no file', ['check'], 2, { err: /give a file/ });

check('check: fine', ['check', 'card.json'], 0, { out: /card\.json {2}fine {2}tallowmere-b2b revision 4.*\n0 errors/s });
check('check: problems with their places', ['check', 'card.json', 'broken.json'], 1, { out: /^broken\.json:\d+:\d+ {2}error {2}unknownKey {2}\/revison: found .*, expected .*`?revision`?.*\n/m });
check('check: stdin', ['check', '-'], 1, { input: '{', out: /^-:1:\d+ {2}error {2}notJson/ });
check('check: warnings fail where that is wanted', ['check', '--strict', 'other.json'], 1, { out: /staleSignature/ });
check('check: for programs', ['check', '--json', 'broken.json'], 1, { out: /^\[\{"file":"broken\.json","problems":\[\{"at":/ });

check('compile', ['compile', 'card.json'], 0, { out: /^card\.leadfit {2}[\d,]+ bytes for a page: tallowmere-b2b revision 4/ });
check('compile: for a server, elsewhere', ['compile', 'card.json', '--for', 'server', '-o', 'full.leadfit'], 0, { out: /full\.leadfit .* for a server/ });
check('compile: with value', ['compile', 'card.json', '--with', 'value', '-o', 'value.leadfit', '--json'], 0, { out: /"audience":"page"/ });
check('compile: with value and accounts', ['compile', 'card.json', '--with', 'value,accounts', '-o', 'more.leadfit', '--json'], 0, { out: /"audience":"page"/ });
check('compile: unknown audience', ['compile', 'card.json', '--for', 'all'], 2, { err: /use --for page or --for server/ });
check('compile: problems', ['compile', 'broken.json'], 1, { err: /broken\.json:\d+:\d+ {2}error {2}unknownKey.*\nleadfit: broken\.json has problems/s });
check('compile: no place to write', ['compile', 'card.json', '-o', 'none/card.leadfit'], 2, { err: /cannot write/ });

check('score: one lead', ['score', 'card.json', 'lead.json', ...now], 0, { out: /^score +150 = fit \d+ \+ engagement \d+.*\ngrade +A1\n.*route +talk-to-sales/s });
check('score: canonical verdict', ['score', 'card.json', 'lead.json', '--json', ...now], 0, { out: /^\{"disqualified":\[\],.*"score":150,.*\}\n$/ });
check('score: stdin', ['score', 'card.json', '-', ...now], 0, { input: '{"jobTitle": "CEO"}', out: /^score/ });
check('score: a list', ['score', 'card.json', 'leads.json', ...now], 0, { out: /^id,score,.*\n1,150,/ });
check('score: CSV', ['score', 'card.json', 'leads.csv', ...now], 0, { out: /^id,score,.*\n7,\d+,.*\n'=8,-?\d+,.*\n$/, err: /^1 column that this scorecard does not read: Foo\n$/ });
check('score: CSV to a file', ['score', 'card.json', 'leads.csv', '--out', 'scores.csv', ...now], 0, { err: /scores\.csv {2}2 leads/ });
check('score: no date', ['score', 'card.json', 'lead.json', '--now', 'today'], 2, { err: /--now today is no date/ });
check('score: no JSON', ['score', 'card.json', '-'], 2, { input: '{', err: /is not JSON/ });
check('score: CSV of something else', ['score', 'card.json', '-'], 1, { input: 'Foo,Bar\n1,2\n', err: /no column that this scorecard reads/ });

check('diff: nothing', ['diff', 'card.json', 'card.json'], 0, { out: /^nothing changed\n$/ });
check('diff', ['diff', 'card.json', 'other.json'], 0, { out: /revision 5 instead of 4/ });
check('diff: for programs', ['diff', '--json', 'card.json', 'other.json'], 0, { out: /^\[\{"at":"\/revision"/ });
check('diff: problems', ['diff', 'card.json', 'broken.json'], 1, { err: /broken\.json has problems/ });

check('title', ['title', 'VP', 'Sales'], 0, { out: /^VP Sales\nlevel +vp \(resolved/ });
check('title: for programs', ['title', 'VP Sales', '--json'], 0, { out: /^\{"buyingRole":/ });
check('title: for whom it decides', ['title', 'Head of Sales', '--departments', 'sales, it', '--employees', '500'], 0, { out: /\nrole +decision_maker\n/ });
check('title: elsewhere it has influence', ['title', 'Head of Sales', '--departments', 'it'], 0, { out: /\nrole +influencer\n/ });
check('title: no such department', ['title', 'CEO', '--departments', 'salse'], 2, { err: /salse/ });
check('title: no number', ['title', 'CEO', '--employees', 'many'], 2, { err: /--employees 200/ });
check('title: none', ['title'], 2, { err: /put it in quotes/ });

test('a compiled scorecard scores as its text does', async () => {
  await leadfit(['compile', 'card.json', '--for', 'server', '-o', 'same.leadfit']);
  const [text, compiled] = await Promise.all(['card.json', 'same.leadfit'].map((card) => leadfit(['score', card, 'leads.json', '--json', ...now])));
  assert.equal(text.out, compiled.out);
  assert.equal(text.out.trimEnd().split('\n').length, leads.length);
});

check('questions: one lead', ['questions', ...now, 'card.json', 'start.json'], 0, { out: /^settled +no.*\nroutes +.*\nask +email {2}decides .*; required\n.*remaining +at most \d\n$/s });
check('questions: for programs', ['questions', ...now, '--json', '--per-step', '2', 'card.json', 'start.json'], 0, { out: /^\{"ask":\[\{"id":"email","required":true,.*"settled":false\}\n$/ });
check('questions: nothing more to ask', ['questions', ...now, '--skipped', 'consent', 'card.json', 'lead.json'], 0, { out: /^settled +yes.*\nroute +talk-to-sales\n.*remaining +none\n$/s });
check('questions: a question that is not there', ['questions', '--skipped', 'rol', 'card.json', 'lead.json'], 2, { err: /`rol` is no question of card\.json; use `role`/ });
check('questions: no number', ['questions', '--budget', 'few', 'card.json', 'lead.json'], 2, { err: /`few` is no number of questions; give a whole number/ });
