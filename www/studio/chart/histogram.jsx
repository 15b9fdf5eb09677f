// How many leads have how many points, those that were won apart.

import { scaleLinear } from 'd3-scale';

import { brief, count, percent } from '../model/format.js';
import { closedOf, leadsOf, rateOf, sumOf } from '../model/tally.js';
import { Figure } from './figure.jsx';
import { useWidth } from './width.js';

const left = 44;
const right = 48;
const bottom = 24;
const top = 12;

/** Bars of so many points that at most fifty or so stand beside each other. @param {import('../model/tally.js').Histogram} histogram */
export function barsOf({ low, counts }, most = 48) {
  // Points come in fives and tens: bars of two or three of them would have gaps.
  const step = [1, 5, 10, 25, 50, 100, 250, 500, 1000].find((step) => counts.length / step <= most) ?? 1000;
  const first = Math.floor(low / step) * step;
  const bars = [];
  for (let index = 0; index < counts.length; index++) {
    const place = Math.floor((low + index - first) / step);
    (bars[place] ??= { from: first + place * step, counts: [] }).counts.push(counts[index]);
  }
  return { step, bars: Array.from(bars, (bar, place) => ({ from: first + place * step, count: sumOf(bar?.counts ?? []) })) };
}

/**
 * @param {{ title: string, histogram: import('../model/tally.js').Histogram, marks?: { points: number, name: string }[], wide?: boolean }} props
 */
export function Histogram({ title, histogram, marks = [], wide = false }) {
  const [box, width] = useWidth(wide ? 1180 : 640);
  const height = wide && width > 640 ? 220 : 190;
  const { step, bars } = barsOf(histogram);
  const most = Math.max(1, ...bars.map((bar) => leadsOf(bar.count)));
  /** Below that many closed leads a share says nothing. */
  const told = bars.filter((bar) => closedOf(bar.count) >= 20);
  const mostWon = Math.max(0.001, ...told.map((bar) => rateOf(bar.count) ?? 0));
  const from = bars[0]?.from ?? 0;
  const to = from + bars.length * step;
  const x = scaleLinear([from, Math.max(to, from + 1)], [left, width - right]);
  const y = scaleLinear([0, most], [height - bottom, top]);
  const rate = scaleLinear([0, mostWon], [height - bottom, top]);
  const all = sumOf(histogram.counts);
  const name = (bar) => (step === 1 ? `${bar.from}` : `${bar.from} to ${bar.from + step - 1}`);
  const peak = bars.reduce((best, bar) => (leadsOf(bar.count) > leadsOf(best.count) ? bar : best), bars[0] ?? { from: 0, count: sumOf([]) });
  // All bars in one path: a hundred elements would take longer to change than to draw.
  const columns = (size) => bars.map((bar) => `M${x(bar.from).toFixed(1)} ${y(0)}V${y(size(bar)).toFixed(1)}h${Math.max(1, x(bar.from + step) - x(bar.from) - 1).toFixed(1)}V${y(0)}z`).join('');
  const line = told.map((bar) => `${x(bar.from + step / 2).toFixed(1)},${rate(rateOf(bar.count) ?? 0).toFixed(1)}`);
  return (
    <Figure
      title={title}
      wide={wide}
      summary={`${count(leadsOf(all))} leads, most of them at ${name(peak)} points. ${percent(rateOf(all))} of the closed ones were won.`}
      columns={['Points', 'Leads', 'Won', 'Lost', 'Disqualified', 'Open', 'Won of closed']}
      rows={() => bars.filter((bar) => leadsOf(bar.count) > 0).map((bar) => [name(bar), count(leadsOf(bar.count)), count(bar.count.won), count(bar.count.lost), count(bar.count.disqualified), count(bar.count.open), percent(rateOf(bar.count))])}
      legend={[
        { name: 'Not won', kind: 'rest' },
        { name: 'Won', kind: 'won' },
        { name: 'Share won (right scale)', kind: 'line' },
      ]}
    >
      <div ref={box}>
        <svg class="chart" viewBox={`0 0 ${width} ${height}`} aria-hidden="true" data-chart="histogram">
          {y.ticks(3).map((tick) => (
            <g class="tick">
              <line x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} />
              <text x={left - 6} y={y(tick) + 4} text-anchor="end">
                {brief(tick)}
              </text>
            </g>
          ))}
          <path class="rest" d={columns((bar) => leadsOf(bar.count))} />
          <path class="won" d={columns((bar) => bar.count.won)} />
          <polyline class="rate" points={line.join(' ')} />
          <text class="axis" x={width - right + 4} y={top + 8}>
            {percent(mostWon, 0)}
          </text>
          <text class="axis" x={width - right + 4} y={height - bottom}>
            0 %
          </text>
          {x.ticks(width > 480 ? 10 : 5).filter(Number.isInteger).map((tick) => (
            <text class="axis" x={x(tick)} y={height - 6} text-anchor="middle">
              {tick}
            </text>
          ))}
          {marks.map(({ points, name }) => (
            <g class="threshold">
              <line x1={x(points)} x2={x(points)} y1={top - 4} y2={height - bottom} />
              <text x={x(points) + 4} y={top + 4}>
                {name}
              </text>
            </g>
          ))}
        </svg>
      </div>
    </Figure>
  );
}
