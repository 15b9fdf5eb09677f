// Data: past leads, what their columns are, and what could not be read.

import { card } from '../model/document.js';
import { call, cancel, file, isReading, reading } from '../model/engine.js';
import { count, date, percent, plural, spaced, words } from '../model/format.js';
import { isFree } from '../model/facts.js';
import { addFacts, choices, choose, complain, download, first, leaveLeads, lookAtLeads, openSample, readLeads, source, view } from '../model/session.js';
import { Glance, ScoreHistogram } from './numbers.jsx';
import { Drop, Later, Title } from './parts.jsx';

/** How far reading has come, and the way out. */
export function Reading() {
  if (!reading.value) return null;
  const { rows, share } = reading.value;
  return (
    <div class="reading" role="region" aria-label="Reading">
      <progress max="1" value={share} aria-label="Read so far" />
      <p>{rows === null ? 'Judging all leads …' : `${count(rows)} leads read, ${percent(share, 0)} of the file`}</p>
      <button type="button" onClick={cancel} disabled={rows === null}>
        Cancel
      </button>
    </div>
  );
}

const wrong = {
  shortRow: 'Rows with fewer cells than the header; the missing ones count as empty',
  longRow: 'Rows with more cells than the header; those beyond it were left out',
  openQuote: 'A quote that never closes; it counts as a letter',
  longCell: 'Cells longer than 8,192 bytes; they count as empty',
  noDate: 'Not a date; it counts as unknown',
  noAmount: 'Not an amount; it counts as 0',
  noNumber: 'Not a number; it counts as unknown',
  noChoice: 'None of the choices of the fact; it counts as unknown',
  noYesOrNo: 'Neither yes nor no; it counts as unknown',
  noOutcome: 'A word that is no outcome yet: say below what it means; until then it counts as open',
  noEvents: 'Not a list of events in JSON, or one without a type or a date; what cannot be read was left out',
  laterEvent: 'Events dated after the lead came: left out, since they were not known then',
  noTime: 'Nothing tells when the lead came: what depends on time is unknown for it',
};

const special = [
  ['', 'Leave out'],
  ['id', 'Name of the lead'],
  ['outcome', 'Outcome'],
  ['createdAt', 'Created: judged then'],
  ['closedAt', 'Closed'],
  ['revenue', 'Revenue'],
  ['cost', 'Cost'],
  ['owner', 'Owner'],
  ['channel', 'Channel'],
  ['shown', 'Show only'],
];

/** Where cells of a file can go: what this scorecard reads. @param {any} card */
function places(card) {
  const found = { facts: new Set(['email', 'jobTitle', 'company.employees', 'company.country', 'attribution.source', 'attribution.medium', 'attribution.campaign', 'attribution.referrer', 'seniority', 'department', 'buyingRole']), aggregates: new Set() };
  const visit = (value, key) => {
    if (value === null || typeof value !== 'object') return;
    if (key === 'fact' || key === 'daysSince') found.facts.add(typeof value === 'string' ? value : value.id);
    if (typeof value.aggregate === 'string') found.aggregates.add(value.aggregate);
    for (const [name, part] of Object.entries(value)) {
      if (name === 'fact' && typeof part === 'string') found.facts.add(part);
      visit(part, name);
    }
  };
  visit(card, '');
  for (const { id } of card.facts ?? []) found.facts.add(id);
  return found;
}

/** What is chosen for a column that is to become a fact. */
const newFact = 'new';

/** Whether day and month of a date could be either. @param {string} cell */
const isTwoWays = (cell) => /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b/.test(cell);

const because = { name: 'by its name', content: 'by its cells', choice: 'as you said', nothing: '' };

export function Data() {
  const known = file.value;
  return (
    <>
      <Title lead="Each lead is judged as of the time it came, never by what was known later.">Past leads</Title>
      <div class="cards two">
        <section class="card">
          <h2>Your leads</h2>
          <Drop label="Choose a file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values" onFile={(file) => lookAtLeads(file, file.name)}>
            <p>Drop a CSV export of your CRM here: commas, semicolons or tabs, a million rows and more, in whatever letters. It is read on this device and sent nowhere.</p>
          </Drop>
        </section>
        <section class="card">
          <h2>Made-up leads</h2>
          <p>20,000 leads of a company that never was, with titles, sizes, visits, outcomes and money, and whatever else the open scorecard asks of a lead.</p>
          <button type="button" onClick={openSample}>
            Use sample leads
          </button>
        </section>
      </div>
      {first.value ? <FirstLook /> : known && <Report known={known} />}
    </>
  );
}

/** What the first rows of a file tell, before all of it is read. */
function FirstLook() {
  const { blob, name, told } = first.value;
  const megabytes = blob.size / 1e6;
  const free = told.columns.filter((column) => column.role === '' && isFree(column));
  return (
    <>
      <section class="panel first-look" aria-labelledby="first">
        <div class="panel-head">
          <h2 id="first">First look at {name}</h2>
          <div class="tools">
            <button type="button" onClick={leaveLeads}>
              Leave it
            </button>
            {free.length > 0 && (
              <button type="button" onClick={() => addFacts(free)}>
                Make facts of {plural(free.length, 'other column')}
              </button>
            )}
            <button type="button" class="primary" onClick={readLeads} disabled={isReading.value}>
              Read all leads
            </button>
          </div>
        </div>
        <p>
          {plural(told.leads, 'row')} of a file of {megabytes < 0.1 ? `${count(Math.ceil(blob.size / 1000))} kB` : `${megabytes.toFixed(1)} MB`}. Is every column what it is taken for? What you correct here shows at once, and is kept for the next file.
        </p>
        <Missing known={told} />
        <Columns known={told} />
      </section>
      <Later>
        <Outcomes known={told} />
        <Troubles known={told} />
      </Later>
    </>
  );
}

/** What nothing in a file tells. */
function Missing({ known }) {
  const missing = [
    [known.has.outcome, 'No column tells what became of the leads: conversion, recall and precision stay empty.'],
    [known.has.created, 'No column tells when the leads came: points that fade and days since are unknown.'],
    [known.has.revenue, 'No column tells what the won leads brought.'],
  ].filter(([there]) => !there);
  return (
    <>
      {missing.map(([, text]) => (
        <p class="notice">{text}</p>
      ))}
      <Untold known={known} />
    </>
  );
}

/** Points and conditions that rest on what nothing in the file tells. */
export function Untold({ known }) {
  const of = card.value;
  const { notTestable, untoldTests } = known;
  if (notTestable.length + untoldTests.length === 0) return null;
  const criteria = (of.criteria ?? []).filter(({ id }) => notTestable.includes(id));
  return (
    <div class="notice">
      {criteria.length > 0 && (
        <p>
          Nothing in the file tells of <strong>{criteria.map(({ id, label }) => words(label, spaced(id))).join(', ')}</strong>: all leads earn the points for “unknown” there.
        </p>
      )}
      {untoldTests.length > 0 && (
        <p>
          Conditions that cannot hold on this file: <strong>{untoldTests.join('; ')}</strong>.
        </p>
      )}
    </div>
  );
}

/** What stands in a column, in a word. */
const kindOf = ({ order, quarters, words }) => (order ? 'Dates' : quarters.length > 0 || (words.length > 0 && words.every((word) => /^-?[\d.,]+$/.test(word))) ? 'Numbers' : words.length > 0 ? 'Words' : 'Text');

/** Whether a number could be read in two ways. @param {string} cell */
const hasMark = (cell) => /\d[.,]\d/.test(cell);

/** Rows of columns that are drawn at once: each has a long list of what it may be. */
const rowsAtOnce = 3;

function Columns({ known }) {
  const { facts, aggregates } = places(card.value);
  const labels = new Map((card.value.facts ?? []).map(({ id, label }) => [id, words(label, spaced(id))]));
  const groups = [
    ['Facts', [...facts].sort().map((id) => [`fact:${id}`, labels.get(id) ?? spaced(id)])],
    ['Answers', (card.value.questions ?? []).map(({ id }) => [`answer:${id}`, `Answer: ${spaced(id)}`])],
    ['Events', [['events', 'All events, as JSON'], ...[...aggregates].sort().flatMap((id) => [[`aggregate:${id}`, spaced(id)], [`lastAt:${id}`, `${spaced(id)}: newest`]])]],
  ];
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Columns of the file">
      <table class="numbers columns">
        <thead>
          <tr>
            <th scope="col">Column</th>
            <th scope="col">Holds</th>
            <th scope="col">Is</th>
            <th scope="col">Taken for that</th>
            <th scope="col">For example</th>
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: Math.ceil(known.columns.length / rowsAtOnce) }, (_, part) => (
            <Later>
              {known.columns.slice(part * rowsAtOnce, (part + 1) * rowsAtOnce).map((column) => (
                <ColumnRow column={column} groups={groups} />
              ))}
            </Later>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ColumnRow({ column, groups }) {
  return (
    <tr>
      <th scope="row">{column.name}</th>
      <td class="soft">{kindOf(column)}</td>
      <td>
        <div class="choice">
          <select aria-label={`What ${column.name} is`} value={column.role} onChange={(event) => (event.currentTarget.value === newFact ? addFacts([column]) : choose('roles', column.name, event.currentTarget.value))}>
            {isFree(column) && <option value={newFact}>New fact</option>}
            {special.map(([id, name]) => (
              <option value={id}>{name}</option>
            ))}
            {groups.map(([label, options]) => (
              <optgroup label={label}>
                {options.map(([id, name]) => (
                  <option value={id}>{name}</option>
                ))}
              </optgroup>
            ))}
          </select>
          {column.order && column.examples.some(isTwoWays) && (
            <select aria-label={`Order of day and month in ${column.name}`} value={column.order} onChange={(event) => choose('orders', column.name, event.currentTarget.value)}>
              <option value="dayFirst">31/12/2026</option>
              <option value="monthFirst">12/31/2026</option>
            </select>
          )}
          {!column.order && column.role !== '' && (column.quarters.length > 0 || ['revenue', 'cost'].includes(column.role)) && column.examples.some(hasMark) && (
            <select aria-label={`Decimal mark in ${column.name}`} value={String(column.decimalComma)} onChange={(event) => choose('commas', column.name, event.currentTarget.value === 'true')}>
              <option value="false">1,234.5</option>
              <option value="true">1.234,5</option>
            </select>
          )}
        </div>
      </td>
      <td>{because[column.because]}</td>
      <td class="soft examples">{column.examples.join(' · ')}</td>
    </tr>
  );
}

function Outcomes({ known }) {
  if (known.outcomes.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="words">
      <h2 id="words">What the outcomes mean</h2>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">Word</th>
            <th scope="col" class="num">Leads</th>
            <th scope="col">Means</th>
          </tr>
        </thead>
        <tbody>
          {known.outcomes.map(({ text, outcome, leads }) => (
            <tr>
              <th scope="row">{text === '' ? '(empty)' : text}</th>
              <td class="num">{count(leads)}</td>
              <td>
                <select aria-label={`What ${text || 'an empty cell'} means`} value={choices.value.outcomes[text] ?? outcome} onChange={(event) => choose('outcomes', text, event.currentTarget.value)}>
                  {['won', 'lost', 'disqualified', 'open'].map((id) => (
                    <option value={id}>{spaced(id)}</option>
                  ))}
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Report({ known }) {
  const free = known.columns.filter((column) => column.role === '' && isFree(column));
  return (
    <>
      <section class="panel" aria-labelledby="read">
        <div class="panel-head">
          <h2 id="read">
            {plural(known.leads, 'lead')} from {source.value?.name ?? 'the file'}
          </h2>
          <div class="tools">
            {free.length > 0 && (
              <button type="button" onClick={() => addFacts(free)}>
                Make facts of {plural(free.length, 'other column')}
              </button>
            )}
            <button type="button" class="primary" onClick={() => (view.value = 'tune')}>
              Tune with these leads
            </button>
          </div>
        </div>
        {known.span && (
          <p>
            They came from {date(known.span[0])} to {date(known.span[1])}.
          </p>
        )}
        <Missing known={known} />
        <Glance />
      </section>
      <Later>
        <ScoreHistogram wide />
      </Later>
      <Later>
        <section class="panel" aria-labelledby="columns">
          <h2 id="columns">Columns</h2>
          <Columns known={known} />
        </section>
        <Outcomes known={known} />
      </Later>
      <Later>
        <Troubles known={known} />
      </Later>
    </>
  );
}

function Troubles({ known }) {
  if (known.unread.length === 0) return <p class="notice good">Every cell that is used could be read.</p>;
  const report = async () => {
    const rows = await call('troubles', known.columns.map(({ name }) => name));
    download('not-read.csv', `\uFEFF${rows}`, 'text/csv');
  };
  return (
    <section class="panel" aria-labelledby="troubles">
      <div class="panel-head">
        <h2 id="troubles">What could not be read</h2>
        {known === file.value && (
          <button type="button" onClick={() => report().catch((error) => complain(`That could not be written: ${error.message}.`))}>
            Row by row, as CSV
          </button>
        )}
      </div>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col" class="num">Rows</th>
            <th scope="col">What</th>
            <th scope="col">First rows</th>
          </tr>
        </thead>
        <tbody>
          {known.unread.map(({ column, what, rows, first }) => (
            <tr>
              <th scope="row">{known.columns[column]?.name ?? 'the row'}</th>
              <td class="num">{count(rows)}</td>
              <td>{wrong[what]}</td>
              <td class="soft">{first.map(({ row, found }) => `row ${row}${found ? `: ${found}` : ''}`).join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
