// One criterion: its bins with points, leads and share won; bins are split, merged and moved in place.

import { settle } from '../model/document.js';
import { take } from '../model/engine.js';
import { spaced, words } from '../model/format.js';
import { edit } from '../model/session.js';
import { countsOf, Limit, told } from './levers.jsx';
import { binName, subject } from '../model/names.js';
import { Boundaries } from './boundaries.jsx';
import { Fold, Slider } from './parts.jsx';

/** @param {any} criterion @param {(of: any) => void} change @param {string} what @param {string} [mark] @param {boolean} [quick] */
const change = (criterion, change, what, mark, quick) =>
  edit(what, (card) => change(card.criteria.find(({ id }) => id === criterion.id)), mark && `criterion:${criterion.id}:${mark}`, quick);

/** Moves the boundary above a bin. @param {any} criterion @param {number} index @param {number} edge */
function moveEdge(criterion, index, edge) {
  criterion.bins[index].to = edge;
  criterion.bins[index + 1].from = edge;
}

/** The leads are bunched for what is unfolded, so that its first move is as fast as all others. */
export function Criterion({ criterion }) {
  const { id } = criterion;
  const name = words(criterion.label, spaced(id));
  return (
    <Fold
      place={`/criteria/${id}`}
      data-criterion={id}
      onOpen={() => take('criterion', id)}
      summary={
        <>
          <bdi>{name}</bdi>
          <span class="soft">{subject(criterion.on)}</span>
          <span class="span">{spanOf(criterion)}</span>
        </>
      }
    >
      <Body criterion={criterion} name={name} />
    </Fold>
  );
}

function Body({ criterion, name }) {
  const { id } = criterion;
  const counts = countsOf(id);
  const move = (what, set, mark) => (value) => change(criterion, (of) => set(of, value), `${name}: ${what}`, mark);
  const slider = (label, value, set, mark, note) => (
    <div class="row">
      <span class="row-name">
        {label}
        {note && <span class="soft">{note}</span>}
      </span>
      <Slider label={`${name}: ${label}`} value={value ?? 0} onTake={() => take('criterion', id)} onInput={move(label, set, mark)} onDone={settle} />
    </div>
  );
  const bins = criterion.bins ?? [];
  const isCondition = criterion.on.condition !== undefined;
  return (
    <>
      {bins.some(({ to }) => to !== undefined) && (
        <Boundaries
          id={id}
          name={name}
          bins={bins}
          onMove={(index, edge) => change(criterion, (of) => moveEdge(of, index, edge), `${name}: boundary`, `boundary:${index}`, false)}
        />
      )}
      {bins.map((bin, index) => (
        <Bin criterion={criterion} name={name} bin={bin} index={index} counts={counts?.[index]} />
      ))}
      {criterion.perEvent && slider('each', criterion.perEvent.points, (of, value) => void (of.perEvent.points = value), 'perEvent', told(counts?.[0]))}
      {isCondition && slider('holds', criterion.true, (of, value) => void (of.true = value), 'true', told(counts?.[0]))}
      {isCondition && slider('does not hold', criterion.false, (of, value) => void (of.false = value), 'false', told(counts?.[1]))}
      {slider('unknown', criterion.unknown, (of, value) => void (of.unknown = value), 'unknown', told(counts?.at(-1)))}
      <Limit label={name} limit={criterion.limit} kind="criterion" id={id} onChange={(key, value) => change(criterion, (of) => void (of.limit[key] = value), `${name}: limit`, `limit:${key}`)} />
      <div class="tools">
        {!criterion.limit && (
          <button type="button" class="quiet small" onClick={() => change(criterion, (of) => void (of.limit = { max: Math.max(0, ...pointsOf(of)) }), `limit of ${name}`)}>
            Limit it
          </button>
        )}
        <button type="button" class="quiet small danger" onClick={() => edit(`remove ${name}`, (card) => void (card.criteria = card.criteria.filter((other) => other.id !== id)))}>
          Remove<span class="unseen"> {name}</span>
        </button>
      </div>
    </>
  );
}

const pointsOf = (criterion) => [...(criterion.bins ?? []).map(({ points }) => points), criterion.true ?? 0, criterion.false ?? 0, criterion.unknown ?? 0, criterion.perEvent?.points ?? 0];

/** `0 to 20`: what it can earn. */
function spanOf(criterion) {
  const points = pointsOf(criterion);
  const [low, high] = [Math.min(...points), Math.max(...points)];
  return `${low} to ${criterion.perEvent && !criterion.limit ? '…' : (criterion.limit?.max ?? high)}`;
}

function Bin({ criterion, name, bin, index, counts }) {
  const label = binName(bin);
  const next = criterion.bins[index + 1];
  const isRange = bin.to !== undefined && next?.from === bin.to;
  const set = (change_, what, mark) => change(criterion, change_, `${name}: ${what}`, mark);
  return (
    <div class="bin">
      <div class="row">
        <span class="row-name">
          {label}
          <span class="soft">{told(counts)}</span>
        </span>
        <Slider label={`${name}: ${label}`} value={bin.points} onTake={() => take('criterion', criterion.id)} onInput={(value) => set((of) => void (of.bins[index].points = value), label, `bin:${index}`)} onDone={settle} />
      </div>
      {(bin.from !== undefined || bin.to !== undefined) && (
        <div class="bin-tools">
          {isRange && (
            <label>
              up to{' '}
              <input
                type="number"
                value={bin.to}
                onChange={(event) => {
                  const edge = Number(event.currentTarget.value);
                  if (Number.isFinite(edge) && event.currentTarget.value !== '') set((of) => moveEdge(of, index, edge), 'boundary');
                }}
              />
            </label>
          )}
          <button
            type="button"
            class="quiet small"
            onClick={() =>
              set((of) => {
                const [from, to] = [of.bins[index].from ?? 0, of.bins[index].to ?? (of.bins[index].from ?? 0) * 2 + 2];
                const middle = Math.round((from + to) / 2);
                const { label: _, ...rest } = of.bins[index];
                of.bins.splice(index, 1, { ...rest, to: middle }, { ...rest, from: middle });
                if (rest.to === undefined) delete of.bins[index + 1].to;
              }, 'split a bin')
            }
          >
            Split<span class="unseen"> {label}</span>
          </button>
          {isRange && (
            <button
              type="button"
              class="quiet small"
              onClick={() =>
                set((of) => {
                  const [first, second] = of.bins.splice(index, 2);
                  const { label: _, to: __, ...rest } = first;
                  of.bins.splice(index, 0, second.to === undefined ? rest : { ...rest, to: second.to });
                }, 'merge two bins')
              }
            >
              Merge<span class="unseen"> {label} with the next</span>
            </button>
          )}
        </div>
      )}
      {bin.values && (
        <label class="values">
          <span class="unseen">Values of {label}</span>
          <input type="text" value={bin.values.join(', ')} onChange={(event) => set((of) => void (of.bins[index].values = listOf(event.currentTarget.value, of.bins[index].values)), 'values')} />
        </label>
      )}
    </div>
  );
}

/** Values that somebody typed, of the same kind as those before. */
function listOf(text, before) {
  const parts = text.split(',').map((part) => part.trim()).filter(Boolean);
  return typeof before[0] === 'number' ? parts.map(Number).filter(Number.isFinite) : parts;
}
