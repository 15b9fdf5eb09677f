// A chart as everybody gets it: a picture with a title, its summary in words, and its numbers as a table.

import { useId, useState } from 'preact/hooks';

/**
 * @param {{ title: string, summary: string, columns: string[], rows: () => (string | number)[][], children: any, legend?: { name: string, kind: string }[], wide?: boolean }} props `rows`: written only where somebody wants the table
 */
export function Figure({ title, summary, columns, rows, children, legend = [], wide = false }) {
  const id = useId();
  const [table, setTable] = useState(false);
  return (
    <figure class={`figure ${wide ? 'wide' : ''}`} aria-labelledby={`${id}t`} aria-describedby={`${id}s`}>
      <div class="figure-head">
        <h2 id={`${id}t`}>{title}</h2>
        <button type="button" class="quiet small" aria-pressed={table} onClick={() => setTable(!table)}>
          {table ? 'Picture' : 'Table'}
          <span class="unseen"> of {title}</span>
        </button>
      </div>
      <p class="figure-words" id={`${id}s`}>
        {summary}
      </p>
      {table ? (
        <div class="scroll" tabIndex={0} role="region" aria-label={`${title}, as a table`}>
          <table class="numbers">
            <thead>
              <tr>
                {columns.map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows().map(([head, ...cells]) => (
                <tr>
                  <th scope="row">{head}</th>
                  {cells.map((cell) => (
                    <td>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        children
      )}
      {!table && legend.length > 0 && (
        <ul class="legend">
          {legend.map(({ name, kind }) => (
            <li>
              <svg width="14" height="14" aria-hidden="true">
                <rect class={`mark ${kind}`} width="14" height="14" rx="3" />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}
