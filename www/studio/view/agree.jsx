// Agree: what changed, who moves, what it costs and brings; signatures; the page to print.

import { useState } from 'preact/hooks';

import agreementStyle from '../css/agreement.css?raw';
import * as doc from '../model/document.js';
import { call, details, file, tally } from '../model/engine.js';
import { count, money, percent, plural, signed, spaced, words } from '../model/format.js';
import { routeName, stageName } from '../model/names.js';
import { apply, fromCsv, toCsv } from '../model/points.js';
import { changes, checked, compareWith, complain, download, edit, sign } from '../model/session.js';
import { leadsOf, quality } from '../model/tally.js';
import { currency, weekly, weeks } from './numbers.jsx';
import { Agreement } from './agreement.jsx';
import { Drop, Field, Later, Title } from './parts.jsx';

/** What it is, and what it was where that is another. @param {string} before @param {string} after @param {(id: string) => string} name */
const changed = (before, after, name) => (before === after ? name(after) : `${name(before)} → ${name(after)}`);

function Moves() {
  const moves = details.value?.moves;
  if (!file.value || !moves) return null;
  const total = moves.stages.reduce((sum, move) => sum + move.leads, 0);
  return (
    <section class="panel" aria-labelledby="moves">
      <h2 id="moves">Who moves</h2>
      <p>
        {plural(total, 'lead')} of {count(file.value.leads)} would change stage, {count(moves.routes)} would go another way.
      </p>
      {moves.stages.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label="Leads by change of stage">
          <table class="numbers">
            <caption class="unseen">Leads by change of stage</caption>
            <thead>
              <tr>
                <th scope="col">From</th>
                <th scope="col">To</th>
                <th scope="col" class="num">Leads</th>
                <th scope="col" class="num">A week</th>
                <th scope="col" class="num">Won</th>
                <th scope="col" class="num">Revenue</th>
              </tr>
            </thead>
            <tbody>
              {moves.stages.map((move) => (
                <tr>
                  <th scope="row">{stageName(move.from)}</th>
                  <td>{stageName(move.to)}</td>
                  <td class="num">{count(move.leads)}</td>
                  <td class="num">{weekly(move.leads / weeks())}</td>
                  <td class="num">{count(move.won)}</td>
                  <td class="num">{money(move.revenue, currency())}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {moves.top.length > 0 && (
        <>
          <h3>The {plural(moves.top.length, 'lead')} that move most</h3>
          <div class="scroll" tabIndex={0} role="region" aria-label="Leads that move most">
            <table class="numbers">
              <thead>
                <tr>
                  <th scope="col">Lead</th>
                  <th scope="col" class="num">Score</th>
                  <th scope="col">Stage</th>
                  <th scope="col">Route</th>
                  <th scope="col">Outcome</th>
                </tr>
              </thead>
              <tbody>
                {moves.top.map(({ name, before, after, outcome }) => (
                  <tr>
                    <th scope="row">{name}</th>
                    <td class="num">
                      {before[0]} → {after[0]}
                    </td>
                    <td>{changed(before[1], after[1], stageName)}</td>
                    <td>{changed(before[2], after[2], routeName)}</td>
                    <td>{outcome}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}

function Sign({ team }) {
  const found = checked.value;
  const signature = doc.card.value.agreement?.signatures?.find((other) => other.team === team);
  const valid = signature && signature.contentHash === found?.card?.hash;
  const [name, setName] = useState('');
  return (
    <section class="card">
      <h3>{team === 'marketing' ? 'Marketing' : 'Sales'}</h3>
      {valid ? (
        <p class="signed-by">
          <strong>{signature.name}</strong> signed this content on {signature.at.slice(0, 10)}.
        </p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim()) sign(team, name.trim()).catch((error) => complain(`That could not be signed: ${error.message}.`));
          }}
        >
          {signature && <p class="soft">{signature.name} signed another content.</p>}
          <Field label={`Name, for ${team}`}>{(id) => <input id={id} type="text" autocomplete="name" required value={name} onInput={(event) => setName(event.currentTarget.value)} />}</Field>
          <button type="submit" class="primary" disabled={!found?.card}>
            Sign as {team}
          </button>
        </form>
      )}
    </section>
  );
}

/** The agreement as it stands on the page, as a file of its own. */
function agreementPage(title) {
  const escaped = words(title).replace(/[&<]/g, (letter) => (letter === '&' ? '&amp;' : '&lt;'));
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped}</title>
<style>
@page { size: A4; margin: 12mm 14mm; }
body { font: 15px/1.4 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
@media print { body { font-size: 8.5pt; margin: 0; padding: 0; max-width: none; } .agreement dl { columns: 2; } }
${agreementStyle}</style>
${document.querySelector('.agreement')?.outerHTML ?? ''}
</html>
`;
}

function Files() {
  const [report, setReport] = useState(/** @type {string[]} */ ([]));
  const base = (doc.fileName.value || 'scorecard.json').replace(/\.json$/, '');
  const compiled = async () => download(`${base}.leadfit`, await call('compile', doc.current.value.text, 'page'), 'application/octet-stream');
  const take = async (blob) => {
    try {
      const { changes, wrong } = fromCsv(doc.card.value, await blob.text());
      if (changes.length > 0) edit(`points from ${blob.name}`, (card) => apply(card, changes));
      setReport([`${plural(changes.length, 'number')} changed.`, ...wrong]);
    } catch (error) {
      setReport([`That is no table of points: ${error.message}.`]);
    }
  };
  return (
    <section class="panel" aria-labelledby="files">
      <h2 id="files">Files</h2>
      <div class="tools">
        <button type="button" onClick={() => download(`${base}.json`, doc.current.value.text, 'application/json')}>
          Scorecard (JSON)
        </button>
        <button type="button" onClick={() => compiled().catch((error) => complain(`It could not be compiled: ${error.message}.`))}>
          Compiled for a page
        </button>
        <button type="button" onClick={() => download(`${base}-points.csv`, toCsv(doc.card.value), 'text/csv')}>
          Points for a spreadsheet (CSV)
        </button>
        <button type="button" onClick={() => download(`${base}-agreement.html`, agreementPage(doc.card.value.title), 'text/html')}>
          Agreement (HTML)
        </button>
        <button type="button" onClick={() => print()}>
          Print the agreement
        </button>
      </div>
      <Drop label="Bring points back" accept=".csv,text/csv" onFile={take}>
        <p>Edit the column “points” in a spreadsheet, save it as CSV, and drop it here.</p>
      </Drop>
      {report.length > 0 && (
        <ul role="status" class="problems">
          {report.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

export function Agree() {
  const now = tally.value;
  const found = now && quality(now);
  return (
    <>
      <Title lead="Read together what changed, sign it, and take the files along.">Agree</Title>
      <section class="panel" aria-labelledby="changes">
        <div class="panel-head">
          <h2 id="changes">{changes.value.length === 0 ? 'Nothing changed' : plural(changes.value.length, 'difference')} against {JSON.parse(doc.baseline.value || '{}').revision ? `revision ${JSON.parse(doc.baseline.value).revision}` : 'what was opened'}</h2>
          <button type="button" onClick={() => compareWith(doc.current.value.text)}>
            Compare with this from now on
          </button>
        </div>
        <ul class="changes">
          {changes.value.map((change) => (
            <li>
              <span class={`kind ${change.kind}`}>{spaced(change.kind)}</span> {change.words}
            </li>
          ))}
        </ul>
        {now && (
          <p>
            Now: {plural(leadsOf(now.qualified), 'qualified lead')}, recall {percent(found.recall)}, precision {percent(found.precision)}, expected {money(now.qualifiedValue, currency())}. {signed(leadsOf(now.gained) - leadsOf(now.lost))} by the last move.
          </p>
        )}
      </section>
      <Later>
        <Moves />
      </Later>
      <Later>
        <div class="cards two">
          <Sign team="marketing" />
          <Sign team="sales" />
        </div>
        <Files />
      </Later>
      <Later>
        <Agreement card={doc.card.value} hash={checked.value?.text === doc.current.value.text ? checked.value?.card?.hash : undefined} />
      </Later>
    </>
  );
}
