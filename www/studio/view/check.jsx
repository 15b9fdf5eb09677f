// Check: what is wrong or smells, each leading to its place.

import { card } from '../model/document.js';
import { details, file, tally } from '../model/engine.js';
import { count, percent, plural, words } from '../model/format.js';
import { checked, edit, view } from '../model/session.js';
import { binName } from '../model/names.js';
import { leadsOf } from '../model/tally.js';
import { Title } from './parts.jsx';

/** Opens the place of a problem in the view where it is edited. @param {string} at JSON pointer */
function lead(at) {
  const [, part, index] = at.split('/');
  view.value = 'tune';
  // What is drawn later than the rest is waited for.
  const point = (patience) => {
    const id = card.value?.[part]?.[Number(index)]?.id;
    const element = document.querySelector(part === 'criteria' ? `[data-criterion="${CSS.escape(id)}"]` : `[data-place="/${part}/${index}"], [data-place="/${part}"]`);
    if (!element && patience > 0) return void setTimeout(point, 40, patience - 1);
    const target = element instanceof HTMLElement ? element : document.querySelector('.levers');
    if (target instanceof HTMLDetailsElement) target.open = true;
    target?.scrollIntoView({ block: 'center' });
    (target?.querySelector('summary, h2') ?? target)?.focus?.();
  };
  setTimeout(point, 40, 10);
}

/** What the data says about the scorecard. */
function hints() {
  const found = [];
  const told = details.value;
  const known = file.value;
  const now = tally.value;
  if (!told || !known || !now) return found;
  const criteria = card.value.criteria ?? [];
  for (const test of known.untoldTests) found.push({ at: '/stages', text: `Nothing in the file tells whether “${test}”: what hangs on it cannot be tested here.` });
  for (const { id, counts } of told.bins) {
    const index = criteria.findIndex((criterion) => criterion.id === id);
    const at = `/criteria/${index}`;
    const name = words(criteria[index]?.label, id);
    const bins = counts.slice(0, -1).map(([leads]) => leads.reduce((sum, part) => sum + part, 0));
    const unknown = counts.at(-1)?.[0].reduce((sum, part) => sum + part, 0) ?? 0;
    if (known.notTestable.includes(id)) found.push({ at, text: `${name}: nothing in the file tells of it, so it cannot be tested here.` });
    else if (bins.every((leads) => leads === 0)) found.push({ at, text: `${name}: never known for any of the leads.` });
    else {
      bins.forEach((leads, bin) => {
        const of = criteria[index]?.bins?.[bin];
        const said = of ? binName(of) : `bin ${bin + 1}`;
        if (leads === 0) found.push({ at, text: `${name}, “${said}”: no lead ever fell into it.` });
        else if (leads < 50) found.push({ at, text: `${name}, “${said}”: only ${plural(leads, 'lead')}: too few to tell anything.` });
      });
    }
    const some = bins.some((leads) => leads > 0);
    if (some && unknown > 0.5 * known.leads && !known.notTestable.includes(id)) found.push({ at, text: `${name}: unknown for ${percent(unknown / known.leads, 0)} of the leads.` });
    // Whoever is in one bin is nearly always won, and in no other: that was known only afterwards.
    const [best] = counts.slice(0, -1).map(([[won, lost, disqualified]]) => ({ won, closed: won + lost + disqualified })).filter(({ closed }) => closed >= 50).sort((a, b) => b.won / b.closed - a.won / a.closed);
    if (best && now.all.won >= 50 && best.won / best.closed > 0.9 && best.won / now.all.won > 0.9) found.push({ at, text: `${name}: one bin holds nearly all won leads and hardly any other. Was it known before the outcome?` });
  }
  now.routes.forEach((of, index) => {
    const route = card.value.routes?.[index];
    if (route && leadsOf(of) === 0) found.push({ at: `/routes/${index}`, text: `Route ${words(route.label, route.id)}: no lead ever went there.` });
  });
  const subjects = new Map();
  criteria.forEach((criterion, index) => {
    const on = JSON.stringify(criterion.on);
    if (subjects.has(on)) found.push({ at: `/criteria/${index}`, text: `${words(criterion.label, criterion.id)} scores the same as ${subjects.get(on)}.` });
    subjects.set(on, words(criterion.label, criterion.id));
  });
  return found;
}

export function Check() {
  const problems = checked.value?.problems ?? [];
  const more = hints();
  // Facts made of many columns, of which learning chose some.
  const idle = problems.filter(({ code, at }) => code === 'unused' && /^\/facts\/\d+$/.test(at)).map(({ at }) => Number(at.split('/')[2]));
  return (
    <>
      <Title lead="Everything that is wrong with the scorecard, and what the leads say about it.">Check</Title>
      {problems.length === 0 && <p class="notice good">The scorecard has no errors and no warnings.</p>}
      {problems.length > 0 && (
        <section class="panel" aria-labelledby="problems">
          <div class="panel-head">
            <h2 id="problems">{plural(problems.length, 'problem')}</h2>
            {idle.length > 1 && (
              <button type="button" onClick={() => edit(`take out ${idle.length} facts`, (card) => void (card.facts = card.facts.filter((_, index) => !idle.includes(index))))}>
                Take out {idle.length} facts that nothing uses
              </button>
            )}
          </div>
          <ul class="problems">
            {problems.map((problem) => (
              <li class={problem.severity}>
                <button type="button" class="link" onClick={() => lead(problem.at)}>
                  {problem.at || 'the whole scorecard'}
                </button>
                <p>
                  <strong>{problem.severity}</strong>: found {problem.found}, expected {problem.expected}. {problem.help && `${problem.help[0].toUpperCase()}${problem.help.slice(1)}.`}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {file.value && (
        <section class="panel" aria-labelledby="hints">
          <h2 id="hints">What {count(file.value.leads)} leads say</h2>
          {more.length === 0 ? (
            <p>Every bin and every route has leads enough.</p>
          ) : (
            <ul class="problems">
              {more.map(({ at, text }) => (
                <li class="hint">
                  <button type="button" class="link" onClick={() => lead(at)}>
                    {text}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </>
  );
}
