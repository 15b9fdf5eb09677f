// Try: one lead or one job title, and everything that is said of it.

import { useEffect, useState } from 'preact/hooks';

import { card, current } from '../model/document.js';
import { call } from '../model/engine.js';
import { money, percent, signed, spaced, words } from '../model/format.js';
import { leadFields, leadOf, placeOf } from '../model/lead-fields.js';
import { labelOf, routeName, stageName } from '../model/names.js';
import { checked } from '../model/session.js';
import { currency } from './numbers.jsx';
import { Field, Title } from './parts.jsx';

/** Takes whoever was asked to where the answer is typed. @param {string} path */
const answer = (path) => /** @type {HTMLElement | null} */ (document.querySelector(`[data-path="${CSS.escape(path)}"]`))?.focus();

/** What a form would ask now, and which ways hang on it. */
function Next({ next }) {
  if (next.ask.length === 0) return <p class="notice good">Nothing is left to ask: whatever else is known, it goes to {routeName(next.destinations[0])}.</p>;
  const [{ id, required, separates }] = next.ask;
  const question = card.value.questions?.find((question) => question.id === id);
  return (
    <p class="notice" data-next={id}>
      Next question: <strong>{labelOf(card.value.questions, id)}</strong>
      {separates.length > 1 ? `, since it decides between ${separates.map(routeName).join(', ')}` : required ? ', since it is always asked' : ''}.{' '}
      {next.settled ? `The way is settled: ${routeName(next.destinations[0])}.` : `At most ${next.remaining} more; still open: ${next.destinations.map(routeName).join(', ')}.`}{' '}
      {question && (
        <button type="button" class="quiet" onClick={() => answer(placeOf(question))}>
          Answer it
        </button>
      )}
    </p>
  );
}

/** The verdict on a lead, with its reasons. */
export function Verdict({ verdict, next }) {
  const reading = verdict.title;
  const finding = (of) => (of?.values?.length ? `${of.values.map(spaced).join(', ')} (${spaced(of.certainty).toLowerCase()}${of.evidence ? `, from “${of.evidence}”` : ''})` : of ? spaced(of.certainty) : '–');
  return (
    <div class="verdict">
      <dl class="glance">
        <div>
          <dt>Score</dt>
          <dd>
            <strong>{verdict.score}</strong>
            <span>
              fit {verdict.fit}, engagement {verdict.engagement}
            </span>
          </dd>
        </div>
        <div>
          <dt>Can still be</dt>
          <dd>
            <strong>
              {verdict.range.low} to {verdict.range.high}
            </strong>
            <span>by what nobody asked yet</span>
          </dd>
        </div>
        <div>
          <dt>Grade</dt>
          <dd>
            <strong>{verdict.grade}</strong>
          </dd>
        </div>
        <div>
          <dt>Stage</dt>
          <dd>
            <strong class="name">
              <bdi>{verdict.stage ? stageName(verdict.stage.id) : '–'}</bdi>
            </strong>
          </dd>
        </div>
        <div>
          <dt>Route</dt>
          <dd>
            <strong class="name">
              <bdi>{routeName(verdict.route.id)}</bdi>
            </strong>
          </dd>
        </div>
        {verdict.value && (
          <div>
            <dt>Worth</dt>
            <dd>
              <strong>{money(verdict.value.amountMinor, currency())}</strong>
              {verdict.probability !== null && verdict.probability !== undefined && <span>{percent(verdict.probability)}</span>}
            </dd>
          </div>
        )}
      </dl>
      {reading && (
        <p>
          Read as: level <strong>{finding(reading.level)}</strong>; departments <strong>{finding(reading.departments)}</strong>; {spaced(reading.status).toLowerCase()}.
        </p>
      )}
      {verdict.disqualified?.length > 0 && <p class="notice wrong">Disqualified: {verdict.disqualified.map((of) => words(of.reason, of.id)).join('; ')}</p>}
      {next && <Next next={next} />}
      <h3>Reasons</h3>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">Criterion</th>
            <th scope="col" class="num">Points</th>
            <th scope="col">Because</th>
          </tr>
        </thead>
        <tbody>
          {verdict.reasons.map((reason) => (
            <tr>
              <th scope="row">
                <bdi>{labelOf([...(card.value.criteria ?? []), ...(card.value.groups ?? [])], reason.id)}</bdi>
                {reason.kind === 'limit' ? ' (limit)' : ''}
              </th>
              <td class="num">{signed(reason.points)}</td>
              <td>{[reason.bin, ...reason.evidence.map(({ found }) => found)].filter(Boolean).join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {verdict.warnings?.length > 0 && <p class="soft">{verdict.warnings.map((warning) => `${warning.at}: ${spaced(warning.code)}`).join('; ')}</p>}
    </div>
  );
}

export function Try() {
  const [lead, setLead] = useState(/** @type {Record<string, any>} */ ({ jobTitle: 'Head of Marketing', 'company.employees': '120', 'company.country': 'DE' }));
  const [judged, setJudged] = useState(/** @type {any} */ (null));
  const text = current.value.text;
  useEffect(() => {
    let stale = false;
    call('judge', text, leadOf(lead), Date.now()).then(
      (found) => !stale && setJudged(found),
      () => !stale && setJudged(null),
    );
    return () => void (stale = true);
  }, [text, lead]);
  const put = (path, value) => setLead({ ...lead, [path]: value });
  return (
    <>
      <Title lead="Type a lead and watch what is made of it.">Try</Title>
      <div class="workbench try">
        <form class="levers" onSubmit={(event) => event.preventDefault()}>
          {leadFields(card.value).map(({ path, label, example, choices }) => (
            <Field label={label} key={path}>
              {(id) =>
                choices ? (
                  <select id={id} data-path={path} value={choices.findIndex(({ value }) => value === lead[path])} onChange={(event) => put(path, choices[Number(event.currentTarget.value)]?.value ?? '')}>
                    <option value={-1}>unknown</option>
                    {choices.map((choice, index) => (
                      <option value={index}>{choice.label}</option>
                    ))}
                  </select>
                ) : (
                  <input id={id} data-path={path} type="text" placeholder={example} value={lead[path] ?? ''} onInput={(event) => put(path, event.currentTarget.value)} />
                )
              }
            </Field>
          ))}
        </form>
        <div class="numbers-side" aria-live="polite">
          <h2 class="unseen">What is made of it</h2>
          {judged ? <Verdict {...judged} /> : <p class="notice">{checked.value && !checked.value.card ? 'The scorecard has errors: see Check.' : 'Working it out …'}</p>}
        </div>
      </div>
    </>
  );
}
