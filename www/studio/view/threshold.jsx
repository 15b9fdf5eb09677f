// Where a lead becomes qualified: chosen by recall, by precision, by what people can take, or by margin.

import { useState } from 'preact/hooks';

import { partOf, settle } from '../model/document.js';
import { file, take, tally } from '../model/engine.js';
import { count, money, percent } from '../model/format.js';
import { edit } from '../model/session.js';
import { thresholds } from '../model/tally.js';
import { currency, hasRevenue, mqlTest, team, weekly, weeks } from './numbers.jsx';
import { Field, Slider } from './parts.jsx';

/** Makes `score ≥ points` the definition of an MQL, or moves the test that is there. */
function setThreshold(points, mark) {
  edit(
    `MQL from ${points} points`,
    (card) => {
      const found = mqlTest(card);
      if (found?.test) found.test.atLeast = points;
      else if (found?.stage) found.stage.when = { score: { atLeast: points } };
      else (card.stages ??= []).push({ id: 'mql', kind: 'mql', label: 'Marketing-qualified lead', definition: `Scores at least ${points} points.`, team: 'marketing', when: { score: { atLeast: points } } });
    },
    mark,
  );
}

/** What one lead of the qualified ones costs to work on, in minor units. */
const costOfLead = () => {
  const worth = partOf('value')?.otherwise;
  const attempts = partOf('sla')?.[0]?.attempts?.count ?? 1;
  return (worth?.costPerAttemptMinor ?? 0) * attempts;
};

/** The best threshold for an aim; `undefined` where none reaches it. */
export function best(found, aim, wanted, { margin, cost, weeks }) {
  const least = (is) => found.filter(is).at(-1);
  if (aim === 'recall') return found.find((point) => point.recall >= wanted / 100);
  if (aim === 'precision') return least((point) => point.precision >= wanted / 100);
  if (aim === 'capacity') return least((point) => point.leads / weeks <= wanted);
  const profit = (point) => point.revenue * margin - point.leads * cost;
  return found.reduce((best, point) => (!best || profit(point) > profit(best) ? point : best), undefined);
}

export function Threshold() {
  const [aim, setAim] = useState(file.value && !file.value.span ? 'recall' : 'capacity');
  const [wanted, setWanted] = useState({ recall: 80, precision: 10, capacity: Math.max(1, team().capacity || 50), margin: 0 });
  const now = tally.value;
  const found = mqlTest();
  const histogram = now && { score: now.scores, fit: now.fits, engagement: now.engagements }[found?.key ?? 'score'];
  const all = histogram ? thresholds(histogram) : [];
  const margin = partOf('value')?.otherwise?.grossMargin ?? 1;
  const cost = costOfLead();
  const point = best(all, aim, wanted[aim], { margin, cost, weeks: weeks() });
  const noun = { score: 'Score', fit: 'Fit', engagement: 'Engagement' }[found?.key ?? 'score'];
  return (
    <section class="axis threshold-panel" aria-labelledby="threshold">
      <h2 id="threshold">When is a lead qualified?</h2>
      {found?.test ? (
        <div class="row">
          <span class="row-name">{noun} at least</span>
          <Slider label={`MQL from this ${noun.toLowerCase()} on`} value={found.test.atLeast} min={0} max={150} onTake={() => take('totals')} onInput={(value) => setThreshold(value, 'mql')} onDone={settle} />
        </div>
      ) : (
        <p class="soft">{found ? 'Now by grades and conditions (see the stage below, and the bands). A score threshold can take their place.' : 'No stage is called MQL yet.'}</p>
      )}
      <div class="aims">
        <Field label="Choose it by">
          {(id) => (
            <select id={id} value={aim} onChange={(event) => setAim(event.currentTarget.value)}>
              <option value="capacity">what people can take a week</option>
              <option value="recall">share of won leads to catch</option>
              <option value="precision">share of qualified leads that win</option>
              <option value="margin">expected margin</option>
            </select>
          )}
        </Field>
        {aim !== 'margin' && (
          <Field label={aim === 'capacity' ? 'Leads a week' : 'Percent'}>{(id) => <input id={id} type="number" min="1" max={aim === 'capacity' ? 1_000_000 : 100} value={wanted[aim]} onInput={(event) => setWanted({ ...wanted, [aim]: Number(event.currentTarget.value) })} />}</Field>
        )}
      </div>
      {now && (
        <div class="offer">
          {point ? (
            <>
              <p>
                <strong>
                  {noun} from {point.points}
                </strong>{' '}
                gives {count(point.leads)} leads{file.value?.span ? ` (${weekly(point.leads / weeks())} a week)` : ''}, recall {percent(point.recall)}, precision {percent(point.precision)}
                {hasRevenue() ? `, ${money(point.revenue, currency())} won` : ''}
                {aim === 'margin' && cost > 0 ? `, ${money(point.revenue * margin - point.leads * cost, currency())} after costs` : ''}.
              </p>
              <button
                type="button"
                onClick={() => {
                  setThreshold(point.points);
                  settle();
                }}
              >
                {found?.test ? `Set it to ${point.points}` : `Define MQL as ${noun.toLowerCase()} ≥ ${point.points}`}
              </button>
            </>
          ) : (
            <p>{aim === 'capacity' && !file.value?.span ? 'Nothing tells when these leads came, so nobody knows how many a week there are.' : 'No threshold reaches that on these leads.'}</p>
          )}
        </div>
      )}
    </section>
  );
}
