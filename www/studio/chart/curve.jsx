// Curves of one share against another: ROC, precision and recall, gain and lift.

import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

import { Figure } from './figure.jsx';

const size = 300;
const left = 40;
const bottom = 34;
const top = 26;

/** Twenty points or so of all. @param {{ x: number, y: number }[]} points */
const few = (points) => points.filter((_, index) => index % Math.max(1, Math.ceil(points.length / 20)) === 0);

/**
 * @param {{ title: string, summary: string, points: { x: number, y: number }[], x: string, y: string, most?: number, format?: (y: number) => string, diagonal?: boolean, level?: number, before?: { x: number, y: number }[], now?: { x: number, y: number }, step?: boolean }} props
 */
export function Curve({ title, summary, points, x: nameX, y: nameY, most = 1, format = (y) => `${Math.round(y * 100)} %`, diagonal = false, level, before, now }) {
  const x = scaleLinear([0, 1], [left, size - 12]);
  const y = scaleLinear([0, most], [size - bottom, top]);
  // Where a label stands beside the curve rather than on it.
  const free = points.length > 0 && points[0].y > points[points.length - 1].y ? -8 : 16;
  const path = line((point) => x(point.x), (point) => y(Math.min(point.y, most)));
  return (
    <Figure title={title} summary={summary} columns={[nameX, nameY]} rows={() => few(points).map((point) => [`${(point.x * 100).toFixed(1)} %`, format(point.y)])}>
      <svg class="chart square" viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
        {x.ticks(4).map((tick) => (
          <g class="tick">
            <line x1={x(tick)} x2={x(tick)} y1={top} y2={size - bottom} />
            <text x={x(tick)} y={size - bottom + 14} text-anchor={tick === 1 ? 'end' : 'middle'} dx={tick === 1 ? 12 : 0}>{`${tick * 100} %`}</text>
          </g>
        ))}
        {y.ticks(4).map((tick) => (
          <g class="tick">
            <line x1={left} x2={size - 12} y1={y(tick)} y2={y(tick)} />
            <text x={left - 5} y={y(tick) + 4} text-anchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
        {diagonal && <line class="chance" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(most)} />}
        {level !== undefined && <line class="chance" x1={x(0)} y1={y(level)} x2={x(1)} y2={y(level)} />}
        {before && <path class="curve before" d={path(before) ?? ''} />}
        <path class="curve" d={path(points) ?? ''} />
        {now && (
          <g class="now">
            <circle cx={x(now.x)} cy={y(Math.min(now.y, most))} r="6" />
            <text x={x(now.x) + (now.x > 0.6 ? -10 : 10)} y={y(Math.min(now.y, most)) + free} text-anchor={now.x > 0.6 ? 'end' : 'start'}>
              MQL now
            </text>
          </g>
        )}
        <text class="axis name" x={(left + size) / 2} y={size - 4} text-anchor="middle">
          {nameX}
        </text>
        <text class="axis name" x={4} y={12}>
          {nameY}
        </text>
      </svg>
    </Figure>
  );
}
