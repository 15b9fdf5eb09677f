// Leads: the table of all of them, the reasons of each, beside the revision that is compared with.

import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { useEffect, useRef, useState } from 'preact/hooks';

import { call, details, file, tally } from '../model/engine.js';
import { count, signed, words } from '../model/format.js';
import { card } from '../model/document.js';
import { routeName, stageName } from '../model/names.js';
import { Field, Title } from './parts.jsx';
import { NoLeads } from './score.jsx';
import { Verdict } from './try.jsx';

const height = 36;
const page = 100;

const columns = [
  ['score', 'Score', 'num'],
  ['change', 'Change', 'num'],
  ['fit', 'Fit', 'num'],
  ['engagement', 'Engagement', 'num'],
  [null, 'Grade'],
  [null, 'Stage'],
  [null, 'Route'],
  ['outcome', 'Outcome'],
];

export function Leads() {
  const [query, setQuery] = useState({ search: '', sort: 'score', descending: true, stage: '' });
  const [chosen, setChosen] = useState(/** @type {number | null} */ (null));
  if (!file.value) {
    return (
      <>
        <Title>Leads</Title>
        <NoLeads />
      </>
    );
  }
  return (
    <>
      <Title lead="Each lead as of the time it came. Choose one to see its reasons.">Leads</Title>
      <form class="finder" onSubmit={(event) => event.preventDefault()}>
        <Field label="Search">{(id) => <input id={id} type="search" value={query.search} onInput={(event) => setQuery({ ...query, search: event.currentTarget.value })} />}</Field>
        <Field label="Stage">
          {(id) => (
            <select id={id} value={query.stage} onChange={(event) => setQuery({ ...query, stage: event.currentTarget.value })}>
              <option value="">all</option>
              {(card.value.stages ?? []).map((stage) => (
                <option value={stage.id}>{words(stage.label, stage.id)}</option>
              ))}
            </select>
          )}
        </Field>
      </form>
      <Table query={query} setQuery={setQuery} chosen={chosen} onChoose={setChosen} />
      {chosen !== null && <One row={chosen} onClose={() => setChosen(null)} />}
    </>
  );
}

function Table({ query, setQuery, chosen, onChoose }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const virtual = useRef(/** @type {Virtualizer<HTMLElement, HTMLElement> | null} */ (null));
  const [, redraw] = useState(0);
  const [found, setFound] = useState({ total: 0, headers: [], pages: /** @type {Map<number, any[]>} */ (new Map()), of: '' });
  // Another scorecard, another order or another search is another table.
  const of = JSON.stringify(query);
  const version = details.value;

  const ask = async (number) => {
    const told = await call('rows', { ...query, stage: query.stage || undefined, from: number * page, count: page });
    setFound((before) => {
      const pages = before.of === of && before.version === version ? new Map(before.pages) : new Map();
      pages.set(number, told.rows);
      return { total: told.total, headers: told.headers, pages, of, version };
    });
  };
  useEffect(() => {
    // Whoever types a search types on; after a move it is asked at once.
    const timer = setTimeout(() => void ask(0), found.of === of ? 0 : 80);
    return () => clearTimeout(timer);
  }, [of, version]);

  const options = {
    count: found.total,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    overscan: 6,
    initialRect: { width: 1000, height: 600 },
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw((count) => count + 1),
  };
  virtual.current ??= new Virtualizer(options);
  virtual.current.setOptions(options);
  useEffect(() => virtual.current?._didMount(), []);
  useEffect(() => virtual.current?._willUpdate());
  const items = virtual.current.getVirtualItems();
  useEffect(() => {
    const wanted = new Set(items.map((item) => Math.floor(item.index / page)));
    for (const number of wanted) if (found.of === of && !found.pages.has(number)) void ask(number);
  }, [items.at(0)?.index, items.at(-1)?.index, found]);

  const first = items[0]?.start ?? 0;
  const last = virtual.current.getTotalSize() - (items.at(-1)?.end ?? 0);
  const sort = (key) => setQuery({ ...query, sort: key, descending: query.sort === key ? !query.descending : true });
  const shown = found.headers.slice(0, 6);
  return (
    <>
      <p role="status">{count(found.total)} leads</p>
      <div class="leads" ref={box} tabIndex={0} role="region" aria-label="Table of leads">
        <table class="numbers" aria-rowcount={found.total + 1}>
          <thead>
            <tr>
              {columns.map(([key, name, kind]) => (
                <th scope="col" class={kind} aria-sort={key && query.sort === key ? (query.descending ? 'descending' : 'ascending') : undefined}>
                  {key ? (
                    <button type="button" class="link" onClick={() => sort(key)}>
                      {name}
                    </button>
                  ) : (
                    name
                  )}
                </th>
              ))}
              {shown.map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first > 0 && <tr class="filler" style={{ height: `${first}px` }} aria-hidden="true" />}
            {items.map((item) => {
              const row = found.pages.get(Math.floor(item.index / page))?.[item.index % page];
              if (!row) return <tr class="lead-row waiting" key={item.index} />;
              return (
                <tr class={`lead-row ${row.row === chosen ? 'chosen' : ''}`} key={item.index} aria-rowindex={item.index + 2}>
                  <th scope="row" class="num">
                    <button type="button" class="link" onClick={() => onChoose(row.row)}>
                      {row.score}
                      <span class="unseen">, reasons of {row.cells[0] || `row ${row.row + 2}`}</span>
                    </button>
                  </th>
                  <td class="num">{row.before ? (row.score === row.before[0] ? '' : signed(row.score - row.before[0])) : ''}</td>
                  <td class="num">{row.fit}</td>
                  <td class="num">{row.engagement}</td>
                  <td>{row.grade}</td>
                  <td dir="auto">{row.before && row.before[1] !== row.stage ? `${stageName(row.before[1])} → ${stageName(row.stage)}` : stageName(row.stage)}</td>
                  <td dir="auto">{routeName(row.route)}</td>
                  <td>{row.outcome}</td>
                  {shown.map((_, index) => (
                    <td class="soft" dir="auto">
                      {row.cells[index]}
                    </td>
                  ))}
                </tr>
              );
            })}
            {last > 0 && <tr class="filler" style={{ height: `${last}px` }} aria-hidden="true" />}
          </tbody>
        </table>
      </div>
    </>
  );
}

function One({ row, onClose }) {
  const [verdict, setVerdict] = useState(/** @type {any} */ (null));
  const version = tally.value;
  useEffect(() => void call('verdict', row).then(setVerdict), [row, version]);
  return (
    <section class="panel one" aria-labelledby="one">
      <div class="panel-head">
        <h2 id="one">Row {row + 2}</h2>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
      {verdict && <Verdict verdict={verdict} />}
    </section>
  );
}
