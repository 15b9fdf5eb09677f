// The numbers that follow a slider, and their charts.

import { computed } from '@preact/signals';

import { Bars } from '../chart/bars.jsx';
import { Curve } from '../chart/curve.jsx';
import { Histogram } from '../chart/histogram.jsx';
import { Matrix } from '../chart/matrix.jsx';
import { card, partOf } from '../model/document.js';
import { details, file, tally } from '../model/engine.js';
import { count, money, percent, words } from '../model/format.js';
import { closedOf, leadsOf, quality, rateOf, thresholds } from '../model/tally.js';
import { useTally } from './in-sight.jsx';
import { Later } from './parts.jsx';

// After each edit there are other counts: charts wait for them and peek at the scorecard, so that they
// are drawn once.

const code = computed(() => partOf('value')?.currency ?? partOf('agreement')?.goals?.currency ?? 'USD');
export const currency = () => code.value;

/** Weeks in which the leads of the file came, at least one; not a number where nothing tells when they came. */
export function weeks() {
  const span = file.value?.span;
  return span ? Math.max(1, (span[1] - span[0]) / (7 * 86_400_000)) : NaN;
}

/** Whether the file tells what won leads brought. */
export const hasRevenue = () => file.value?.has.revenue ?? false;

/** `12.3`, so many a week; an en dash where nothing tells when leads came. @param {number} perWeek */
export const weekly = (perWeek, digits = 1) => (Number.isNaN(perWeek) ? '–' : perWeek.toFixed(digits));

/** People who pick leads up, and how many a week they can. */
export const team = () => ({ people: people.value, capacity: capacity.value });
const people = computed(() => partOf('owners')?.length ?? 0);
const capacity = computed(() => (partOf('owners') ?? []).reduce((sum, owner) => sum + (owner.capacityPerWeek ?? 0), 0));

/** The bands as they are: names from the highest, least points. @param {'fit' | 'engagement'} axis */
export function bandsOf(axis, of = partOf('bands')) {
  const bands = of?.[axis];
  if (bands) return bands;
  const letters = axis === 'fit' ? 'ABCD' : '1234';
  return [75, 50, 25, undefined].map((from, index) => ({ name: letters[index], from }));
}

/** The test of points in the definition of an MQL, if there is one: its key, constant and condition. */
export function mqlTest(of = { stages: partOf('stages') }) {
  const stage = of?.stages?.find(({ kind }) => kind === 'mql') ?? of?.stages?.find(({ kind }) => kind === 'pql');
  const find = (condition) => {
    for (const key of ['score', 'fit', 'engagement']) if (typeof condition?.[key]?.atLeast === 'number') return { key, test: condition[key], stage };
    const parts = condition?.all ?? condition?.any ?? condition?.atLeast?.of ?? [];
    for (const part of parts) {
      const found = find(part);
      if (found) return found;
    }
    return undefined;
  };
  return find(stage?.when) ?? (stage ? { key: undefined, test: undefined, stage } : undefined);
}

/** Figures at a glance. */
export function Glance() {
  const now = tally.value;
  if (!now) return null;
  const { recall, precision, share } = quality(now);
  const perWeek = leadsOf(now.qualified) / weeks();
  const { people, capacity } = team();
  const items = [
    ['Qualified (MQL)', count(leadsOf(now.qualified)), `${percent(share)} of all leads`, 'qualified'],
    ['Recall', percent(recall), `${count(now.qualified.won)} of ${count(now.all.won)} won leads`, 'recall'],
    ['Precision', percent(precision), `95 %: ${percent(now.qualified.low)} to ${percent(now.qualified.high)}`, 'precision'],
    hasRevenue() ? ['Won revenue caught', money(now.qualified.revenue, currency()), `of ${money(now.all.revenue, currency())}`, 'revenue'] : ['Won revenue caught', '–', 'no column tells of revenue', 'revenue'],
    partOf('value') ? ['Expected value', money(now.qualifiedValue, currency()), 'of the qualified leads', 'value'] : ['Expected value', '–', 'the scorecard tells no worth', 'value'],
    Number.isNaN(perWeek) ? ['Workload', '–', 'no column tells when leads came', 'workload'] : ['Workload', `${perWeek.toFixed(perWeek < 10 ? 1 : 0)} a week`, capacity > 0 ? `${percent(perWeek / capacity, 0)} of what ${people} people can take` : people > 0 ? `${(perWeek / people).toFixed(1)} per person` : 'no owners yet', 'workload'],
  ];
  return (
    <dl class="glance" aria-label="At a glance">
      {items.map(([name, value, note, id]) => (
        <div>
          <dt>{name}</dt>
          <dd data-figure={id}>
            <strong>{value}</strong>
            <span>{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What the last move changed, in words. */
export function Effect() {
  const now = tally.value;
  if (!now) return null;
  const { gained, lost } = now;
  const net = (leadsOf(gained) - leadsOf(lost)) / weeks() / Math.max(1, team().people);
  const parts = [];
  const worth = (of) => `${count(of.won)} of them won${hasRevenue() ? `, ${money(of.revenue, currency())}` : ''}`;
  if (leadsOf(gained) > 0) parts.push(`${count(leadsOf(gained))} leads become MQL, ${worth(gained)}`);
  if (leadsOf(lost) > 0) parts.push(`${count(leadsOf(lost))} leads are no longer MQL, ${worth(lost)}`);
  if (parts.length > 0 && !Number.isNaN(net)) parts.push(`${net >= 0 ? '+' : '−'}${Math.abs(net).toFixed(1)} per person and week`);
  if (parts.length === 0 && now.stageMoves + now.routeMoves > 0) parts.push(`${count(now.stageMoves)} leads change stage, ${count(now.routeMoves)} go another way`);
  if (parts.length === 0) parts.push('Move a slider: what it changes stands here.');
  return (
    <p class="effect" role="status" data-figure="effect">
      {parts.join('; ')}
    </p>
  );
}

/** @param {{ wide?: boolean }} props */
export function ScoreHistogram({ wide = false }) {
  const now = useTally();
  if (!now) return null;
  const found = mqlTest(card.peek());
  const marks = found?.key === 'score' ? [{ points: found.test.atLeast, name: 'MQL' }] : [];
  return <Histogram wide={wide} title="Scores" histogram={now.scores} marks={marks} />;
}

export function AxisHistogram({ axis }) {
  const now = useTally();
  if (!now) return null;
  const marks = bandsOf(axis, card.peek().bands).filter(({ from }) => from !== undefined).map(({ name, from }) => ({ points: from, name }));
  return <Histogram title={axis === 'fit' ? 'Fit' : 'Engagement'} histogram={axis === 'fit' ? now.fits : now.engagements} marks={marks} />;
}

export function Grades() {
  const now = useTally();
  if (!now) return null;
  return <Matrix grades={now.grades} fit={bandsOf('fit', card.peek().bands).map(({ name }) => name)} engagement={bandsOf('engagement', card.peek().bands).map(({ name }) => name)} currency={currency()} hasRevenue={hasRevenue()} />;
}

export function Stages() {
  const now = useTally();
  if (!now) return null;
  const stages = [...(card.peek().stages ?? []).map((stage) => words(stage.label, stage.id)), 'No stage', 'Disqualified'];
  return <Parts title="Stages" names={stages} counts={now.stages} />;
}

/** Routes, with the time promised and what the people behind them can take. */
export function Routes() {
  const now = useTally();
  const of = card.peek();
  if (!now) return null;
  const routes = [...(of.routes ?? []), of.fallback?.unmatched, of.fallback?.disqualified];
  const capacityOf = (route) => {
    const people = new Set();
    for (const { queue, owner } of route?.followUp ?? []) {
      if (owner) people.add(owner);
      for (const member of of.queues?.find(({ id }) => id === queue)?.members ?? []) people.add(member.owner);
    }
    return (of.owners ?? []).filter(({ id }) => people.has(id)).reduce((sum, owner) => sum + (owner.capacityPerWeek ?? 0), 0);
  };
  const promised = (route) => {
    const sla = of.sla?.find(({ id }) => route?.followUp?.some((step) => step.sla === id));
    return sla ? `${sla.respondWithinMinutes} min${sla.attempts ? `, ${sla.attempts.count} attempts` : ''}` : '–';
  };
  const parts = now.routes.map((counts, index) => {
    const capacity = capacityOf(routes[index]);
    const perWeek = leadsOf(counts) / weeks();
    return {
      name: words(routes[index]?.label, routes[index]?.id ?? '–'),
      size: Number.isNaN(perWeek) ? leadsOf(counts) : perWeek,
      limit: capacity > 0 && !Number.isNaN(perWeek) ? capacity : undefined,
      cells: [count(leadsOf(counts)), percent(rateOf(counts)), weekly(perWeek), capacity > 0 ? `${count(capacity)} (${percent(perWeek / capacity, 0)})` : '–', promised(routes[index])],
    };
  });
  const over = parts.filter((part) => part.limit !== undefined && part.size > part.limit);
  return <Bars title="Routes" head="Route" columns={['Leads', 'Won', 'A week', 'Capacity', 'First response']} parts={parts} wide summary={over.length > 0 ? `More leads than people can take: ${over.map(({ name }) => name).join(', ')}.` : 'No route gets more leads than its people can take.'} />;
}

function Parts({ title, names, counts }) {
  const parts = counts.map((of, index) => ({ name: names[index] ?? '–', size: leadsOf(of), won: of.won, cells: [count(leadsOf(of)), count(of.won), percent(rateOf(of)), money(of.revenue, currency())] })).filter((part) => part.size > 0);
  const most = parts.reduce((best, part) => (part.size > best.size ? part : best), parts[0] ?? { name: '–', size: 0 });
  return <Bars title={title} head={title.replace(/s$/, '')} columns={['Leads', 'Won', 'Won of closed', 'Revenue']} parts={parts} summary={`Most leads: ${most.name}, ${count(most.size)}.`} />;
}

export function ScoreBands() {
  const now = tally.value;
  if (!now) return null;
  const parts = now.bands.counts.map((of, index) => ({ name: `${now.bands.low + index * 10} to ${now.bands.low + index * 10 + 9}`, size: rateOf(of) ?? 0, low: of.low, high: of.high, leads: leadsOf(of), closed: closedOf(of), cells: [count(leadsOf(of)), percent(rateOf(of)), `${percent(of.low)} to ${percent(of.high)}`, money(of.revenue, currency())] })).filter((part) => part.leads > 0).reverse();
  const most = Math.max(0.01, ...parts.filter((part) => part.closed >= 20).map((part) => part.high));
  return <Bars title="Share won by score" head="Score" columns={['Leads', 'Won', '95 % interval', 'Revenue']} parts={parts} scale={most} wide summary="The thin line is the 95 % interval: where it is long, there are few leads." />;
}

export function Curves() {
  const now = tally.value;
  if (!now) return null;
  const found = thresholds(now.scores);
  const { recall, precision } = quality(now);
  const closed = closedOf(now.all);
  const falseRate = closed > now.all.won ? (closedOf(now.qualified) - now.qualified.won) / (closed - now.all.won) : 0;
  const base = closed > 0 ? now.all.won / closed : 0;
  const share = leadsOf(now.all) > 0 ? leadsOf(now.qualified) / leadsOf(now.all) : 0;
  const lifts = found.filter((point) => point.share > 0.005).map((point) => ({ x: point.share, y: base > 0 ? point.precision / base : 0 }));
  return (
    <div class="curves">
      <Later>
        <Curve title="ROC" x="Share of not won above the threshold" y="Share of won above it" diagonal summary={`Area under the curve ${now.auc.toFixed(3)}: how often a won lead scores above one that was not; 0.5 is chance.`} points={[{ x: 0, y: 0 }, ...found.map((point) => ({ x: point.falseRate, y: point.recall }))]} now={{ x: falseRate, y: recall ?? 0 }} />
      </Later>
      <Later>
        <Curve title="Precision and recall" x="Recall" y="Precision" level={base} most={Math.max(0.05, ...found.filter((point) => point.leads >= 20).map((point) => point.precision), precision ?? 0)} format={(y) => percent(y, y < 0.1 ? 1 : 0)} summary={`Average precision ${percent(now.averagePrecision)}; without any score it would be ${percent(base)}.`} points={found.map((point) => ({ x: point.recall, y: point.precision }))} now={{ x: recall ?? 0, y: precision ?? 0 }} />
      </Later>
      <Later>
        <Curve title="Gain" x="Share of leads called, best first" y="Share of won reached" diagonal summary={`The best ${percent(share, 0)} of the leads hold ${percent(recall, 0)} of those that were won.`} points={[{ x: 0, y: 0 }, ...found.map((point) => ({ x: point.share, y: point.recall }))]} now={{ x: share, y: recall ?? 0 }} />
      </Later>
      <Later>
        <Curve title="Lift" x="Share of leads called, best first" y="Times as often won" level={1} most={Math.max(2, ...lifts.map((point) => point.y))} format={(y) => `${y.toFixed(1)}×`} summary={`The best tenth wins ${now.lift.toFixed(2)} times as often as all leads do.`} points={lifts} now={{ x: share, y: base > 0 ? (precision ?? 0) / base : 0 }} />
      </Later>
    </div>
  );
}

/** Owners and channels of the file. */
export function OwnersAndChannels() {
  const told = details.value;
  if (!told) return null;
  const { capacity, people } = team();
  const each = people > 0 && capacity > 0 ? capacity / people : undefined;
  const owners = told.owners.map((of) => ({ name: of.name || '(none)', size: of.qualified / (weeks() || 1), limit: file.value.span ? each : undefined, cells: [count(of.leads), count(of.qualified), weekly(of.qualified / weeks()), count(of.won), money(of.revenue, currency())] }));
  const channels = told.channels.map((of) => ({ name: of.name || '(unknown)', size: of.qualified, won: of.won, cells: [count(of.leads), count(of.qualified), count(of.won), money(of.revenue, currency()), money(of.value, currency()), file.value.has.cost ? money(of.cost, currency()) : '–', of.qualified > 0 && file.value.has.cost ? money(of.cost / of.qualified, currency()) : '–'] }));
  return (
    <>
      {owners.length > 0 && <Bars wide title="Qualified leads per owner and week" head="Owner" columns={['Leads', 'MQL', 'A week', 'Won', 'Revenue']} parts={owners} summary={each ? `The mark is what one person can take: ${each.toFixed(0)} a week.` : 'Owners as the file names them.'} />}
      {channels.length > 0 && <Bars wide title="Channels" head="Channel" columns={['Leads', 'MQL', 'Won', 'Revenue', 'Expected', 'Cost', 'Cost per MQL']} parts={channels} summary="Bars are qualified leads; the dark part was won." />}
    </>
  );
}
