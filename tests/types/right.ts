// Right uses compile.
import { LeadfitError, readTitle, Scorecard, start } from 'leadfit';
import type { Code, Department, Lead, Problem, ScorecardFile, Verdict } from 'leadfit';
import { hubspotFields, hubspotForm, slack } from 'leadfit/adapters';
import type { FieldMap, Handoff } from 'leadfit/adapters';
import module from 'leadfit/leadfit.wasm';
import { collector, leadOf, openOutbox, pairsOf } from 'leadfit/outbox';
import type { Change, Draft, Receiver, Submitted } from 'leadfit/outbox';
import * as single from 'leadfit/single';
import * as slim from 'leadfit/slim';
import * as streaming from 'leadfit/streaming';
import * as studio from 'leadfit/studio';
import { openVisit } from 'leadfit/visit';

await slim.init(module);
await slim.init(new Uint8Array());
await slim.init(fetch('leadfit.wasm').then((response) => response));
for (const entry of [single, slim, streaming, studio]) {
  const same: string = entry.engine();
  const card: Scorecard = await entry.Scorecard.load('card.leadfit');
  console.log(same, card.id);
}

const file: ScorecardFile = {
  leadfit: 1,
  id: 'acme',
  revision: 1,
  title: { en: 'Acme', de: 'Acme' },
  criteria: [
    { id: 'size', axis: 'fit', on: { fact: 'company.employees' }, bins: [{ to: 50, points: 0 }, { from: 50, points: 20 }] },
    { id: 'demo', axis: 'engagement', on: { events: { types: ['demoRequest'], measure: 'count' } }, perEvent: { points: 5 }, decay: { halfLifeDays: 30 } },
    { id: 'both', axis: 'fit', on: { condition: { all: [{ fact: { id: 'plan', is: 'pro' } }, { not: { signal: { id: 'seniority', atLeast: 'vp' } } }] } }, true: 3 },
  ],
  fallback: {
    unmatched: { id: 'later', action: { thankYou: { message: 'Thank you' } } },
    disqualified: { id: 'no', action: { show: { element: 'other' } } },
  },
};
const card = await Scorecard.load(file);
const criterion: ScorecardFile.Criterion | undefined = file.criteria?.[0];

const lead: Lead = {
  jobTitle: 'VP Sales',
  seniority: 'vp',
  company: { name: 'Acme', employees: { from: 50, to: 200 }, employeesLastYear: 40 },
  plan: 'pro',
  events: [{ type: 'pageView', at: new Date(), path: '/pricing' }, { type: 'demoRequest', at: '2026-10-01' }],
  aggregates: { visits: 3, downloads: { value: 2, lastAt: new Date() } },
  answers: { timeline: 'now' },
};
const verdict: Verdict = card.evaluate(lead, { now: '2026-10-01T09:00:00Z' });
const text: string = card.verdictJson({ ...lead, company: 'Acme' });
const points: number = verdict.reasons.reduce((sum, reason) => sum + reason.points, 0);
const certain: 'resolved' | string = verdict.title?.level.certainty ?? '';
const departments: Department[] | null = verdict.signals.departments;
if ('redirect' in verdict.route.action) location.assign(verdict.route.action.redirect.url);
const label = card.questions[0]?.view.label;
console.log(criterion, text, points, certain, departments, typeof label === 'string' ? label : label?.en);

card.leadFrom(new FormData());
card.leadFrom(document.forms[0]!);
const pairs: [string, string][] = [['email', 'ann@acme.example']];
card.leadFrom(pairs);
await start();
const level = readTitle('CEO').level.values[0];
try {
  await Scorecard.parse('');
} catch (error) {
  if (error instanceof LeadfitError) {
    const code: Code = error.code;
    const first: Problem | undefined = error.problems[0];
    console.log(code === 'notJson', first?.line, level === 'c_suite');
  }
}

const { problems, card: checked } = await studio.check('');
const bytes: Uint8Array = await studio.compile('', { audience: 'server' });
const table = await studio.readTable(bytes, bytes);
console.log(problems.length, checked?.hash, (await studio.diff('', ''))[0]?.words, table.columns[0]?.means, table.verdictJson(0, 0));

const fields: FieldMap = { ...hubspotFields, lead_channel: ['verdict.signals.channel'], source: { is: 'web' } };
const own: Receiver = { name: 'own', request: ({ submission }) => (submission.form ? { url: '/own', ack: ['ok'] } : undefined) };
const outbox = openOutbox({ receivers: [collector('/submit'), hubspotForm({ portalId: '1', formId: '2', fields }), own], keepDays: 3 });
const visit = openVisit({ consent: 'explicit', credit: 'first' });
const draft: Draft = { ...visit.facts, pairs: pairsOf(document.forms[0]!), receipt: verdict.receipt };
const { id, state }: Submitted = await outbox.submit(draft, { lead: leadOf(card, draft), verdict, card });
const stop: () => void = outbox.subscribe(({ kept, waitMs, state }: Change) => console.log(kept, waitMs, state === 'parked'));
const handoff: Handoff = { submission: (await outbox.list())[0]!.submission, verdict, lead, card, owner: { name: 'Iva' } };
console.log(id, state === 'unsent', stop, slack({ url: 'https://hooks.example/' }).request(handoff).body);
