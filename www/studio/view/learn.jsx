// Learn: points that outcomes propose, with their evidence. Nothing is applied until somebody takes it.

import { Curve } from '../chart/curve.jsx';
import { Reliability } from '../chart/reliability.jsx';
import { card, undo, undoable } from '../model/document.js';
import { file, learning, stopLearning } from '../model/engine.js';
import { count, money, percent, plural, signed, spaced, words } from '../model/format.js';
import { isOld, learned, learnNow, pointsAt, simplicity, simplify, take } from '../model/learned.js';
import { download } from '../model/session.js';
import { leadsOf, thresholds } from '../model/tally.js';
import { currency, team, weeks } from './numbers.jsx';
import { Title } from './parts.jsx';
import { NoLeads } from './score.jsx';

/** Share of the leads that people can take up, if the scorecard says how many they can. */
function capacity() {
  const { capacity } = team();
  return capacity > 0 && file.value.span ? Math.min(1, (capacity * weeks()) / file.value.leads) : undefined;
}

export function Learn() {
  const found = learned.value;
  return (
    <>
      <Title lead="What became of past leads proposes points, each with its evidence. Nothing is applied until you take it over, and every step can be undone.">Learn</Title>
      {!file.value ? (
        <NoLeads />
      ) : !file.value.has.outcome ? (
        <p class="notice">No column tells what became of the leads: say under Data which one does.</p>
      ) : (
        <Start />
      )}
      {found && <Found proposal={found.proposal} before={found.before} after={found.after} />}
    </>
  );
}

function Start() {
  const running = learning.value;
  return (
    <section class="panel" aria-labelledby="learn">
      <div class="panel-head">
        <h2 id="learn">{learned.value ? `Learned from ${told(learned.value.proposal.learnedFrom)}` : `Learn from ${plural(file.value.leads, 'lead')}`}</h2>
        {running ? (
          <div class="learning">
            <progress max="1" value={running.share} aria-label="Learned so far" />
            <button type="button" onClick={stopLearning}>
              Stop
            </button>
          </div>
        ) : (
          <button type="button" class={learned.value ? '' : 'primary'} onClick={() => learnNow(capacity())}>
            {learned.value ? 'Learn again' : 'Propose points'}
          </button>
        )}
      </div>
      {isOld.value && <p class="notice">There are other leads now: learn again.</p>}
      <Dial />
    </section>
  );
}

const told = ({ won, lost, open, immature }) => [`${count(won)} won`, `${count(lost)} lost`, open > 0 && `${count(open)} open left out`, immature > 0 && `${count(immature)} too young left out`].filter(Boolean).join(', ');

/** Few rules or the closest fit. */
function Dial() {
  return (
    <label class="dial">
      <span>Closest fit</span>
      <input
        type="range"
        aria-label="Simplicity, from the closest fit to the fewest changes"
        min="0"
        max="1"
        step="0.05"
        value={simplicity.value}
        onInput={(event) => {
          simplicity.value = Number(event.currentTarget.value);
          if (learned.value) void simplify();
        }}
      />
      <span>Fewest changes</span>
    </label>
  );
}

const signals = {
  none: 'The outcomes tell nothing that chance would not tell as well, so no points are proposed.',
  weak: 'The outcomes tell hardly anything: take the proposal as a hint, not as a finding.',
  clear: 'The outcomes tell clearly which leads win.',
};

function Found({ proposal, before, after }) {
  const { signal, learnedFrom, measured, calibration, volume, leaks, feedback, notes } = proposal;
  const changed = proposal.criteria.filter((of) => of.added || of.bins.some((bin) => bin.old !== bin.points));
  return (
    <>
      <p class={`notice ${signal.strength === 'clear' ? 'good' : ''}`} data-signal={signal.strength}>
        <strong>{signals[signal.strength]}</strong> The points explain {percent(signal.explained)} of the uncertainty of leads that they were not fitted to (90 %: {percent(signal.interval[0])} to {percent(signal.interval[1])}). {percent(learnedFrom.prior, 0)} of the proposal is your present points, the rest comes from outcomes.
      </p>
      {leaks.map(({ id, why }) => (
        <p class="notice wrong">
          <strong>{spaced(id)}</strong>: {why}
        </p>
      ))}
      {measured && <Measured measured={measured} />}
      <div class="curves">
        {after && <BeforeAfter before={before} after={after} />}
        {calibration.tenths.length > 0 && <Reliability tenths={calibration.tenths} />}
      </div>
      <section class="panel" aria-labelledby="proposed" data-wish={learned.value.wish}>
        <div class="panel-head">
          <h2 id="proposed">{changed.length === 0 ? 'No points would change' : `${plural(changed.length, 'criterion', 'criteria')} would change`}</h2>
          <div class="tools">
            <button type="button" onClick={undo} disabled={!undoable.value}>
              Undo
            </button>
            <button type="button" onClick={() => download('proposal.txt', proposal.report, 'text/plain')}>
              Report
            </button>
            <button type="button" class="primary" disabled={changed.length === 0} onClick={() => take('accept the whole proposal', 'all')}>
              Take over everything
            </button>
          </div>
        </div>
        {volume && (
          <p>
            With these points {percent(volume.proposed)} of the leads are qualified instead of {percent(volume.present)}.{typeof volume.keeps === 'number' && volume.keeps !== volume.threshold && ` A threshold of ${volume.keeps} instead of ${volume.threshold} keeps the share.`}
          </p>
        )}
        {changed.map((of) => (
          <Change key={of.id} of={of} />
        ))}
      </section>
      {(feedback.length > 0 || notes.length > 0) && (
        <section class="panel" aria-labelledby="besides">
          <h2 id="besides">Besides</h2>
          <ul class="problems">
            {[...feedback.map((of) => of.words), ...notes].map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Measured on leads that were not fitted to. */
function Measured({ measured }) {
  const { present, proposed, capacity, forward, leads } = measured;
  const points = (now, before) => (before === undefined ? '' : `${now >= before ? '+' : '−'}${Math.abs((now - before) * 100).toFixed(1)} points`);
  const rows = [
    ['Won above not won (AUC)', proposed.auc.toFixed(3), present && `now ${present.auc.toFixed(3)}`, points(proposed.auc, present?.auc)],
    [`Wins among the best ${percent(capacity, 0)}`, percent(proposed.recall), present && `now ${percent(present.recall)}`, points(proposed.recall, present?.recall)],
    ...(proposed.moneyRecall === null ? [] : [[`Money among them`, percent(proposed.moneyRecall), present && `now ${percent(present.moneyRecall ?? NaN)}`, points(proposed.moneyRecall, present?.moneyRecall ?? undefined)]]),
    ['Log-loss', proposed.logLoss.toFixed(4), present && `now ${present.logLoss.toFixed(4)}`, measured.gain ? `90 %: ${measured.gain.map((of) => `${of >= 0 ? '−' : '+'}${Math.abs(of).toFixed(4)}`).join(' to ')}` : ''],
    ['Calibration error', percent(proposed.calibrationError), present && `now ${percent(present.calibrationError)}`, ''],
  ];
  return (
    <section aria-label="Measured on leads that were not fitted to">
      <dl class="glance">
        {rows.map(([name, value, now, change]) => (
          <div>
            <dt>{name}</dt>
            <dd>
              <strong>{value}</strong>
              <span>{[now, change].filter(Boolean).join(', ')}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p class="soft">
        Measured on {plural(leads, 'lead')} that the points were not fitted to: {forward ? 'earlier leads were learned from, later ones measured.' : 'parts were held out in turn.'}
      </p>
    </section>
  );
}

function BeforeAfter({ before, after }) {
  const gain = (tally) => [{ x: 0, y: 0 }, ...thresholds(tally.scores).map((point) => ({ x: point.share, y: point.recall }))];
  return (
    <Curve
      title="Gain, before and after"
      x="Share of leads called, best first"
      y="Share of won reached"
      diagonal
      summary={`On all leads, those fitted to among them: area under the ROC curve ${before.auc.toFixed(3)} before (thin), ${after.auc.toFixed(3)} after. ${signed(leadsOf(after.qualified) - leadsOf(before.qualified))} qualified leads, ${money(after.qualified.revenue - before.qualified.revenue, currency())} of won revenue among them.`}
      points={gain(after)}
      before={gain(before)}
    />
  );
}

/** One criterion: its bins with present and proposed points, error bars and evidence. */
function Change({ of }) {
  const criterion = card.value.criteria?.find(({ id }) => id === of.id);
  const all = of.bins.flatMap((bin) => [bin.points, bin.old ?? bin.points, ...(bin.interval ?? [])]);
  const [low, high] = [Math.min(0, ...all), Math.max(1, ...all)];
  const at = (points) => 4 + ((points - low) / (high - low)) * 192;
  const isTaken = (bin) => pointsAt(criterion, bin.place) === bin.points;
  return (
    <details class="criterion" data-proposed={of.id} open>
      <summary>
        <span>{criterion ? words(criterion.label, of.label) : of.label}</span>
        <span class="soft">{of.added ? 'new criterion' : `${plural(of.bins.filter((bin) => bin.old !== bin.points).length, 'change')}`}</span>
      </summary>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Points of ${of.label}`}>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">Bin</th>
              <th scope="col" class="num">Now</th>
              <th scope="col" class="num">Proposed</th>
              <th scope="col">90 % interval</th>
              <th scope="col" class="num">Leads</th>
              <th scope="col" class="num">Won</th>
              <th scope="col" class="num">By outcomes</th>
              <th scope="col">Why</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {of.bins.map((bin) => (
              <tr class={bin.old === bin.points ? 'same' : ''}>
                <th scope="row">{bin.label}</th>
                <td class="num">{bin.old ?? '–'}</td>
                <td class="num">
                  <strong>{bin.points}</strong>
                </td>
                <td class="interval">
                  <svg viewBox="0 0 200 16" width="200" height="16" role="img" aria-label={bin.interval ? `${bin.interval[0].toFixed(1)} to ${bin.interval[1].toFixed(1)}` : 'the others are measured against it'}>
                    <line class="zero" x1={at(0)} x2={at(0)} y1="0" y2="16" />
                    {bin.interval && <line class="whisker" x1={at(bin.interval[0])} x2={at(bin.interval[1])} y1="8" y2="8" />}
                    {bin.old !== null && <circle class="old" cx={at(bin.old)} cy="8" r="4" />}
                    <circle class="new" cx={at(bin.points)} cy="8" r="4" />
                  </svg>
                </td>
                <td class="num">{count(bin.leads)}</td>
                <td class="num">{percent(bin.leads > 0 ? bin.won / bin.leads : undefined)}</td>
                <td class="num">{percent(bin.evidence, 0)}</td>
                <td class="why">{bin.why}</td>
                <td>
                  {bin.old !== bin.points &&
                    !of.added &&
                    (isTaken(bin) ? (
                      <span class="soft">taken over</span>
                    ) : (
                      <button type="button" class="quiet small" onClick={() => take(`${of.label}: ${bin.label}`, { bin: { criterion: of.id, place: bin.place } })}>
                        Take over<span class="unseen"> {`${of.label}, ${bin.label}`}</span>
                      </button>
                    ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <button type="button" class="quiet small" disabled={of.bins.every(isTaken)} onClick={() => take(`points of ${of.label}`, { criterion: of.id })}>
        {of.bins.every(isTaken) ? 'Taken over' : 'Take over this criterion'}
        <span class="unseen">: {of.label}</span>
      </button>
    </details>
  );
}
