// Boundaries between bins on the histogram of the numbers that a criterion looks at: dragged, or moved by
// keys.

import { scaleLinear, scaleSymlog } from 'd3-scale';
import { useEffect, useRef, useState } from 'preact/hooks';

import { useWidth } from '../chart/width.js';
import { settle } from '../model/document.js';
import { file, take, valuesOf } from '../model/engine.js';
import { brief, count, percent } from '../model/format.js';

const height = 96;
const top = 14;
const bottom = 20;
const side = 12;
const most = 48;

/** The numbers of a criterion; `null` until they are there, or where there are none. @param {string} id */
function useValues(id) {
  const [values, setValues] = useState(/** @type {Awaited<ReturnType<typeof valuesOf>>} */ (null));
  const known = file.value;
  useEffect(() => {
    let gone = false;
    if (known) void valuesOf(id).then((found) => !gone && setValues(found));
    return () => void (gone = true);
  }, [id, known]);
  return values;
}

/** Linear, unless a few numbers are far beyond most others; and where its axis has numbers. */
function scaleOf({ numbers, leads, most }, width) {
  const half = leads.reduce((sum, of) => sum + of, 0) / 2;
  let sum = 0;
  const median = numbers.find((_, index) => (sum += leads[index]) >= half) ?? 0;
  const domain = [Math.min(0, numbers[0]), Math.max(most, numbers[0] + 1)];
  const skewed = domain[1] > 20 * Math.max(1, Math.abs(median));
  const range = [side, width - side];
  if (!skewed) {
    const x = scaleLinear(domain, range).clamp(true);
    return { x, ticks: x.ticks(width > 380 ? 8 : 5) };
  }
  const x = scaleSymlog(domain, range).constant(Math.max(1, Math.abs(median) / 4)).clamp(true);
  const powers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((power) => 10 ** power);
  return { x, ticks: [0, ...powers].filter((tick) => tick >= domain[0] && tick <= domain[1]) };
}

/** A number that people would choose near this one: as coarse as a step of the pointer. */
function round(number, step) {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(step, 1))));
  return Math.round(number / unit) * unit;
}

/**
 * @param {{ id: string, name: string, bins: any[], onMove: (index: number, edge: number) => void }} props `index`: the bin below the boundary
 */
export function Boundaries({ id, name, bins, onMove }) {
  const values = useValues(id);
  const [box, width] = useWidth(440);
  const svg = useRef(/** @type {SVGSVGElement | null} */ (null));
  const edges = bins.flatMap((bin, index) => (bin.to !== undefined && bins[index + 1]?.from === bin.to ? [{ index, edge: bin.to }] : []));
  if (!values || edges.length === 0) return <div ref={box} />;
  const { x, ticks } = scaleOf({ ...values, most: Math.max(values.most, ...edges.map(({ edge }) => edge)) }, width);
  const bars = Array.from({ length: most }, () => ({ leads: 0, won: 0 }));
  const thick = (width - 2 * side) / most;
  values.numbers.forEach((number, index) => {
    const bar = bars[Math.min(most - 1, Math.floor((x(number) - side) / thick))];
    bar.leads += values.leads[index];
    bar.won += values.won[index];
  });
  const tallest = Math.max(1, ...bars.map(({ leads }) => leads));
  const y = scaleLinear([0, tallest], [height - bottom, top]);
  const below = (edge) => values.numbers.reduce((sum, number, index) => sum + (number < edge ? values.leads[index] : 0), 0);
  const all = values.leads.reduce((sum, leads) => sum + leads, 0);
  const bounds = (place) => [(edges[place - 1]?.edge ?? Math.floor(x.domain()[0])) + 1, (edges[place + 1]?.edge ?? Math.ceil(x.domain()[1]) + 1) - 1];
  const move = (place, wanted) => {
    const [low, high] = bounds(place);
    const edge = Math.min(high, Math.max(low, wanted));
    if (edge !== edges[place].edge) onMove(edges[place].index, edge);
  };
  const drag = (place) => (event) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const from = svg.current.getBoundingClientRect();
    const at = ((event.clientX - from.left) / from.width) * width;
    move(place, round(x.invert(at), x.invert(at + 1) - x.invert(at)));
  };
  const keys = (place) => (event) => {
    const { edge } = edges[place];
    const [low, high] = bounds(place);
    const far = Math.max(1, Math.round(Math.abs(edge) / 10));
    const to = { ArrowLeft: edge - 1, ArrowDown: edge - 1, ArrowRight: edge + 1, ArrowUp: edge + 1, PageDown: edge - far, PageUp: edge + far, Home: low, End: high }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(place, to);
  };
  return (
    <div ref={box} class="boundaries">
      <svg ref={svg} class="chart" viewBox={`0 0 ${width} ${height}`} role="group" aria-label={`${name}: ${count(all)} leads by number, with the boundaries of the bins`}>
        <g aria-hidden="true">
          {bars.map(({ leads, won }, index) => (
            <>
              <rect class="rest" x={side + index * thick} width={thick - 1} y={y(leads)} height={y(0) - y(leads)} />
              <rect class="won" x={side + index * thick} width={thick - 1} y={y(won)} height={y(0) - y(won)} />
            </>
          ))}
          {ticks.filter((tick, index) => index === 0 || x(tick) - x(ticks[index - 1]) > 26).map((tick) => (
            <text class="axis" x={x(tick)} y={height - 5} text-anchor="middle">
              {brief(tick)}
            </text>
          ))}
        </g>
        {edges.map(({ edge }, place) => (
          <g
            class="handle"
            role="slider"
            tabIndex={0}
            aria-label={`${name}: boundary ${place + 1} of ${edges.length}`}
            aria-orientation="horizontal"
            aria-valuemin={bounds(place)[0]}
            aria-valuemax={bounds(place)[1]}
            aria-valuenow={edge}
            aria-valuetext={`${edge}, ${percent(all > 0 ? below(edge) / all : 0, 0)} of the leads are below`}
            onFocus={() => take('criterion', id)}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={drag(place)}
            onPointerUp={settle}
            onKeyDown={keys(place)}
            onBlur={settle}
          >
            <rect class="reach" x={x(edge) - 12} y="0" width="24" height={height} />
            <line x1={x(edge)} x2={x(edge)} y1={top - 2} y2={height - bottom} />
            <path d={`M${x(edge) - 6} 1h12v7l-6 7l-6 -7z`} />
          </g>
        ))}
      </svg>
    </div>
  );
}
