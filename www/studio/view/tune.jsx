// Tune: every number of the scorecard beside what it changes.

import { useState } from 'preact/hooks';

import { partOf, settle } from '../model/document.js';
import { file, take, updating } from '../model/engine.js';
import { binsOf } from '../model/facts.js';
import { spaced, words } from '../model/format.js';
import { edit } from '../model/session.js';
import { Criterion } from './criterion.jsx';
import { Limit } from './levers.jsx';
import { AxisHistogram, Effect, Glance, Grades, Routes, ScoreHistogram, Stages, bandsOf } from './numbers.jsx';
import { Untold } from './data.jsx';
import { InSight } from './in-sight.jsx';
import { Later, Slider, Still, Title } from './parts.jsx';
import { NoLeads } from './score.jsx';
import { Conditions, RouteList } from './structure.jsx';
import { Threshold } from './threshold.jsx';

const Criteria = ({ of }) =>
  of.map((criterion) => (
    <Still key={criterion.id} of={criterion}>
      <Criterion criterion={criterion} />
    </Still>
  ));

function Axis({ axis, name }) {
  const criteria = (partOf('criteria') ?? []).filter((criterion) => criterion.axis === axis);
  const groups = (partOf('groups') ?? []).filter((group) => group.axis === axis);
  const limit = partOf('limits')?.[axis] ?? {};
  return (
    <section class="axis" aria-labelledby={`axis-${axis}`}>
      <h2 id={`axis-${axis}`}>{name}</h2>
      {groups.map((group) => (
        <fieldset class="group">
          <legend>
            <bdi>{words(group.label, group.id)}</bdi>
          </legend>
          <Limit label={words(group.label, group.id)} sum=": together" limit={group.limit} kind="group" id={group.id} onChange={(key, value) => edit(`limit of ${group.id}`, (card) => void (card.groups.find(({ id }) => id === group.id).limit[key] = value), `group:${group.id}:${key}`)} />
          <Criteria of={criteria.filter((criterion) => criterion.group === group.id)} />
        </fieldset>
      ))}
      <Criteria of={criteria.filter((criterion) => !criterion.group)} />
      <AddCriterion axis={axis} />
      <Limit
        label={`All of ${name.toLowerCase()}`}
        limit={limit}
        kind="totals"
        id=""
        onChange={(key, value) =>
          edit(
            `limit of ${axis}`,
            (card) => {
              card.limits ??= {};
              card.limits[axis] = { ...card.limits[axis], [key]: value };
            },
            `limit:${axis}:${key}`,
          )
        }
      />
      <Bands axis={axis} />
    </section>
  );
}

function Bands({ axis }) {
  const bands = bandsOf(axis);
  if (!partOf('bands')) {
    return (
      <button type="button" class="quiet" onClick={() => edit('set bands', (card) => void (card.bands = { fit: bandsOf('fit').map((band) => ({ ...band })), engagement: bandsOf('engagement').map((band) => ({ ...band })) }))}>
        Set the bands of the grade
      </button>
    );
  }
  return (
    <fieldset class="group">
      <legend>Bands of {axis}</legend>
      {bands.map((band, index) =>
        band.from === undefined ? null : (
          <div class="row">
            <span>
              <strong>{band.name}</strong> from
            </span>
            <Slider
              label={`Band ${band.name} of ${axis}, from`}
              value={band.from}
              min={0}
              max={120}
              onTake={() => take('totals')}
              onInput={(value) => edit(`band ${band.name}`, (card) => void (card.bands[axis][index].from = value), `band:${axis}:${index}`)}
              onDone={settle}
            />
          </div>
        ),
      )}
    </fieldset>
  );
}

function AddCriterion({ axis }) {
  const [on, setOn] = useState('');
  const signals = ['seniority', 'departments', 'buyingRole', 'emailKind', 'channel'];
  const facts = ['company.employees', 'company.industry', 'company.country', ...(partOf('facts') ?? []).map(({ id }) => id)];
  const add = () => {
    const [kind, id] = on.split(':');
    edit(`add a criterion on ${id}`, (card) => {
      let name = id.replaceAll('.', '-');
      while (card.criteria?.some((criterion) => criterion.id === name)) name += '-2';
      const declared = card.facts?.find((fact) => fact.id === id);
      const isNumber = id === 'company.employees' || declared?.type === 'number';
      const values = { seniority: ['vp', 'head', 'director'], departments: ['marketing'], buyingRole: ['decision_maker'], emailKind: ['work'], channel: ['paidSearch'] }[id] ?? declared?.choices?.slice(0, 1).map(({ value }) => value) ?? ['US'];
      const bins = binsOf(id) ?? (isNumber ? [{ to: 50, points: 0 }, { from: 50, points: 5 }] : [{ values, points: 5 }, { else: true, points: 0 }]);
      (card.criteria ??= []).push({ id: name, axis, on: { [kind]: id }, bins });
    });
    setOn('');
  };
  return (
    <div class="add">
      <select aria-label={`New criterion of ${axis} on`} value={on} onChange={(event) => setOn(event.currentTarget.value)}>
        <option value="">Add a criterion on …</option>
        {signals.map((id) => (
          <option value={`signal:${id}`}>{spaced(id)}</option>
        ))}
        {[...new Set(facts)].map((id) => (
          <option value={`fact:${id}`}>{spaced(id)}</option>
        ))}
      </select>
      <button type="button" disabled={!on} onClick={add}>
        Add
      </button>
    </div>
  );
}

export function Tune() {
  return (
    <>
      <Title>Tune</Title>
      <div class="workbench">
        <div class="levers">
          <Threshold />
          <Axis axis="fit" name="Fit: who they are" />
          <Later>
            <Axis axis="engagement" name="Engagement: what they did" />
          </Later>
          <Later>
            <Conditions />
          </Later>
          <Later>
            <RouteList />
          </Later>
        </div>
        <div class="numbers-side" aria-busy={updating}>
          {file.value ? (
            <>
              <Effect />
              <Untold known={file.value} />
              <Glance />
              {[
                <ScoreHistogram />,
                <Grades />,
                <Stages />,
                <AxisHistogram axis="fit" />,
                <AxisHistogram axis="engagement" />,
                <Routes />,
              ].map((chart) => (
                <Later>
                  <InSight>{chart}</InSight>
                </Later>
              ))}
            </>
          ) : (
            <NoLeads />
          )}
        </div>
      </div>
    </>
  );
}
