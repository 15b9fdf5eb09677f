// Parts of all leads beside each other, with numbers: stages, routes, owners, channels, score bands.

import { Figure } from './figure.jsx';

/**
 * @param {{ title: string, summary: string, columns: string[], parts: { name: string, size: number, won?: number, low?: number, high?: number, limit?: number, cells: (string | number)[] }[], head?: string, wide?: boolean, scale?: number }} props
 */
export function Bars({ title, summary, columns, parts, head = 'Name', wide = false, scale }) {
  const most = scale ?? Math.max(1e-9, ...parts.map((part) => Math.max(part.size, part.limit ?? 0, part.high ?? 0)));
  const at = (size) => `${Math.min(100, (size / most) * 100).toFixed(2)}`;
  return (
    <Figure title={title} summary={summary} columns={[head, ...columns]} rows={() => parts.map((part) => [part.name, ...part.cells])} wide={wide}>
      <div class="scroll" tabIndex={0} role="region" aria-label={`${title}, in numbers`}>
        <table class="bars">
          <caption class="unseen">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{head}</th>
              <td />
              {columns.map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <tr>
                <th scope="row">{part.name}</th>
                <td class="bar-cell">
                  <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
                    <rect class="rest" width={at(part.size)} height="12" />
                    {part.won !== undefined && <rect class="won" width={at(part.won)} height="12" />}
                    {part.high !== undefined && <rect class="range" x={at(part.low)} width={Math.max(0.4, Number(at(part.high)) - Number(at(part.low)))} y="5" height="2" />}
                    {part.limit !== undefined && <rect class={part.size > part.limit ? 'over' : 'limit'} x={Math.min(99.2, Number(at(part.limit)))} width="0.8" height="12" />}
                  </svg>
                </td>
                {part.cells.map((cell) => (
                  <td>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Figure>
  );
}
