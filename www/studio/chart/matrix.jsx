// Grades as a heat map: fit down, engagement across.

import { count, money, percent } from '../model/format.js';
import { leadsOf, rateOf, sumOf } from '../model/tally.js';
import { Figure } from './figure.jsx';

/**
 * @param {{ grades: import('../model/tally.js').Count[], fit: string[], engagement: string[], currency: string, hasRevenue: boolean }} props
 */
export function Matrix({ grades, fit, engagement, currency, hasRevenue }) {
  const at = (row, column) => grades[row * engagement.length + column] ?? sumOf([]);
  const best = Math.max(1e-9, ...grades.filter((grade) => leadsOf(grade) >= 20).map((grade) => rateOf(grade) ?? 0));
  /** From 0 to 6, where colour and ink change together. */
  const heat = (grade) => Math.min(6, Math.round(((rateOf(grade) ?? 0) / best) * 6));
  const rows = fit.flatMap((name, row) => engagement.map((other, column) => [`${name}${other}`, at(row, column)]));
  const top = rows.filter(([, grade]) => leadsOf(grade) >= 20).sort(([, a], [, b]) => (rateOf(b) ?? 0) - (rateOf(a) ?? 0))[0];
  return (
    <Figure
      title="Grades"
      summary={top ? `Grade ${top[0]} wins most often: ${percent(rateOf(top[1]))} of its closed leads. Fit runs down, engagement across.` : 'Fit runs down, engagement across.'}
      columns={['Grade', 'Leads', 'Won', 'Won of closed', '95 % interval', ...(hasRevenue ? ['Revenue'] : [])]}
      rows={() => rows.map(([name, grade]) => [name, count(leadsOf(grade)), count(grade.won), percent(rateOf(grade)), `${percent(grade.low)} to ${percent(grade.high)}`, ...(hasRevenue ? [money(grade.revenue, currency)] : [])])}
    >
      <div class="scroll">
        <table class="matrix">
          <caption class="unseen">Share won by grade</caption>
          <thead>
            <tr>
              <td />
              {engagement.map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fit.map((name, row) => (
              <tr>
                <th scope="row">{name}</th>
                {engagement.map((_, column) => {
                  const grade = at(row, column);
                  return (
                    <td class={`heat${heat(grade)}`}>
                      <strong>{percent(rateOf(grade))}</strong>
                      <span>{count(leadsOf(grade))} leads</span>
                      {hasRevenue && <span>{money(grade.revenue, currency)}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Figure>
  );
}
