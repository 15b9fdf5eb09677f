// Counts as the worker sends them, numbers in a row, with their names again.
// The order is that of `packed` in src/backtest/view.rs.

/**
 * Leads by outcome, what those that were won brought (minor units), and the 95 % interval of the share
 * of those that were won among the closed ones.
 *
 * @typedef {{ won: number, lost: number, disqualified: number, open: number, revenue: number, low: number, high: number }} Count
 */

/** @typedef {{ low: number, counts: Count[] }} Histogram */

/** @param {Count} count */
export const leadsOf = ({ won, lost, disqualified, open }) => won + lost + disqualified + open;

/** Leads of which the outcome is known. @param {Count} count */
export const closedOf = ({ won, lost, disqualified }) => won + lost + disqualified;

/** Share of those that were won among the closed ones; `undefined` without any. @param {Count} count */
export const rateOf = (count) => (closedOf(count) > 0 ? count.won / closedOf(count) : undefined);

/** @param {Count[]} counts */
export function sumOf(counts) {
  const sum = { won: 0, lost: 0, disqualified: 0, open: 0, revenue: 0, low: 0, high: 1 };
  for (const { won, lost, disqualified, open, revenue } of counts) {
    sum.won += won;
    sum.lost += lost;
    sum.disqualified += disqualified;
    sum.open += open;
    sum.revenue += revenue;
  }
  return sum;
}

/** @param {Float64Array} numbers */
export function unpack(numbers) {
  let at = 0;
  const next = () => numbers[at++];
  const count = () => ({ won: next(), lost: next(), disqualified: next(), open: next(), revenue: next(), low: next(), high: next() });
  const counts = () => Array.from({ length: next() }, count);
  const histogram = () => ({ low: next(), counts: counts() });
  return {
    scores: histogram(),
    fits: histogram(),
    engagements: histogram(),
    grades: counts(),
    stages: counts(),
    routes: counts(),
    segments: counts(),
    bands: histogram(),
    qualified: count(),
    all: count(),
    gained: count(),
    lost: count(),
    stageMoves: next(),
    routeMoves: next(),
    value: next(),
    qualifiedValue: next(),
    auc: next(),
    averagePrecision: next(),
    lift: next(),
  };
}

/** @typedef {ReturnType<typeof unpack>} Tally */

/** What the qualified leads catch of those that were won, and how many of the closed ones were right. @param {Tally} tally */
export function quality({ qualified, all }) {
  const closed = closedOf(qualified);
  return {
    recall: all.won > 0 ? qualified.won / all.won : undefined,
    precision: closed > 0 ? qualified.won / closed : undefined,
    share: leadsOf(all) > 0 ? leadsOf(qualified) / leadsOf(all) : 0,
  };
}

/**
 * What each threshold on a histogram would catch, the highest first.
 *
 * @param {Histogram} histogram
 */
export function thresholds({ low, counts }) {
  const all = sumOf(counts);
  const allLost = closedOf(all) - all.won;
  let [leads, closed, won, revenue] = [0, 0, 0, 0];
  const found = [];
  for (let index = counts.length - 1; index >= 0; index--) {
    const count = counts[index];
    if (leadsOf(count) === 0) continue;
    leads += leadsOf(count);
    closed += closedOf(count);
    won += count.won;
    revenue += count.revenue;
    found.push({
      points: low + index,
      leads,
      won,
      revenue,
      recall: all.won > 0 ? won / all.won : 0,
      precision: closed > 0 ? won / closed : 0,
      falseRate: allLost > 0 ? (closed - won) / allLost : 0,
      share: leads / leadsOf(all),
    });
  }
  return found;
}
