// Whether probabilities keep what they promise: what was predicted against what happened, by tenths.

import { scaleLinear } from 'd3-scale';

import { count, percent } from '../model/format.js';
import { Figure } from './figure.jsx';

const size = 300;
const left = 44;
const bottom = 34;
const top = 26;

/** @param {{ tenths: { leads: number, predicted: number, observed: number, interval: [number, number] }[] }} props */
export function Reliability({ tenths }) {
  const most = Math.min(1, Math.max(0.02, ...tenths.flatMap(({ predicted, interval }) => [predicted, interval[1]])) * 1.05);
  const x = scaleLinear([0, most], [left, size - 8]);
  const y = scaleLinear([0, most], [size - bottom, top]);
  const within = tenths.filter(({ predicted, interval: [low, high] }) => predicted >= low && predicted <= high).length;
  const share = (of) => percent(of, most < 0.1 ? 1 : 0);
  return (
    <Figure
      title="Do probabilities hold?"
      summary={`In ${within} of ${tenths.length} tenths of the leads, what was predicted lies in the 90 % interval of what happened.`}
      columns={['Predicted', 'Happened', '90 % interval', 'Leads']}
      rows={() => tenths.map((of) => [percent(of.predicted), percent(of.observed), `${percent(of.interval[0])} to ${percent(of.interval[1])}`, count(of.leads)])}
    >
      <svg class="chart square" viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
        {x.ticks(4).map((tick) => (
          <g class="tick">
            <line x1={x(tick)} x2={x(tick)} y1={top} y2={size - bottom} />
            <text x={x(tick)} y={size - bottom + 14} text-anchor="middle">
              {share(tick)}
            </text>
            <line x1={left} x2={size - 8} y1={y(tick)} y2={y(tick)} />
            <text x={left - 5} y={y(tick) + 4} text-anchor="end">
              {share(tick)}
            </text>
          </g>
        ))}
        <line class="chance" x1={x(0)} y1={y(0)} x2={x(most)} y2={y(most)} />
        {tenths.map((of) => (
          <g class="tenth">
            <line x1={x(of.predicted)} x2={x(of.predicted)} y1={y(of.interval[0])} y2={y(Math.min(most, of.interval[1]))} />
            <circle cx={x(of.predicted)} cy={y(of.observed)} r="4" />
          </g>
        ))}
        <text class="axis name" x={(left + size) / 2} y={size - 4} text-anchor="middle">
          Predicted
        </text>
        <text class="axis name" x={4} y={12}>
          Happened
        </text>
      </svg>
    </Figure>
  );
}
