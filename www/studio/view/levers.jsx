// What levers share: who is behind them, and limits.

import { settle } from '../model/document.js';
import { details, take } from '../model/engine.js';
import { count, percent } from '../model/format.js';
import { Slider } from './parts.jsx';

/** Leads by bin of each criterion, by its id. */
export function countsOf(id) {
  const bins = details.value?.bins.find((bins) => bins.id === id);
  return bins?.counts.map(([leads, revenue]) => {
    const [won, lost, disqualified] = leads;
    return { leads: leads.reduce((sum, part) => sum + part, 0), won, closed: won + lost + disqualified, revenue };
  });
}

/** `1,204 leads, 3.1 % won`: on two lines it breaks at the comma. */
export const told = (of) => (of ? `${count(of.leads)} leads, ${percent(of.closed > 0 ? of.won / of.closed : undefined)} won`.replaceAll(/ (?!\d|–)/g, '\u00a0') : '');

/** The limits that are set; `sum` tells of what, after the name. */
export function Limit({ label, sum = '', limit, kind, id, onChange }) {
  return ['min', 'max'].filter((key) => typeof limit?.[key] === 'number').map((key) => (
    <div class="row limit">
      <span class="row-name">
        <span>
          <bdi>{label}</bdi>
          {sum}, {key === 'max' ? 'at most' : 'at least'}
        </span>
      </span>
      <Slider label={`${label}${sum}, ${key === 'max' ? 'at most' : 'at least'}`} value={limit[key]} min={key === 'max' ? 0 : -50} max={key === 'max' ? 120 : 20} onTake={() => take(kind, id)} onInput={(value) => onChange(key, value)} onDone={settle} />
    </div>
  ));
}
