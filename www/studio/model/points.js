// Points of a scorecard as a table for a spreadsheet, and back.

import { words } from './format.js';
import { binName } from './names.js';

const quoted = (text) => (/[",\n\r;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Every number of points, each with a pointer to its place. @param {any} card */
export function places(card) {
  const found = [];
  (card.criteria ?? []).forEach((criterion, index) => {
    const at = `/criteria/${index}`;
    const name = words(criterion.label, criterion.id);
    const add = (key, bin, points) => points !== undefined && found.push({ at: `${at}/${key}`, id: criterion.id, name, bin, points });
    (criterion.bins ?? []).forEach((bin, place) => add(`bins/${place}/points`, binName(bin), bin.points));
    add('perEvent/points', 'each', criterion.perEvent?.points);
    add('true', 'holds', criterion.true);
    add('false', 'does not hold', criterion.false);
    add('unknown', 'unknown', criterion.unknown);
    add('limit/min', 'at least', criterion.limit?.min);
    add('limit/max', 'at most', criterion.limit?.max);
  });
  (card.groups ?? []).forEach((group, index) => {
    for (const key of ['min', 'max']) {
      if (group.limit?.[key] !== undefined) found.push({ at: `/groups/${index}/limit/${key}`, id: group.id, name: words(group.label, group.id), bin: key === 'max' ? 'at most' : 'at least', points: group.limit[key] });
    }
  });
  for (const axis of ['fit', 'engagement']) {
    (card.bands?.[axis] ?? []).forEach((band, index) => {
      if (band.from !== undefined) found.push({ at: `/bands/${axis}/${index}/from`, id: axis, name: `band of ${axis}`, bin: band.name, points: band.from });
    });
  }
  return found;
}

/** @param {any} card */
export const toCsv = (card) => `\uFEFFplace,id,name,bin,points\n${places(card).map(({ at, id, name, bin, points }) => [at, id, name, bin, String(points)].map(quoted).join(',')).join('\n')}\n`;

/** Cells of CSV text with commas, semicolons or tabs. @param {string} text */
function cellsOf(text) {
  const head = text.split(/\r?\n/, 1)[0];
  const delimiter = [',', ';', '\t'].reduce((best, mark) => (head.split(mark).length > head.split(best).length ? mark : best));
  const rows = [[]];
  let cell = '';
  let open = false;
  for (let index = 0; index < text.length; index++) {
    const letter = text[index];
    if (open) {
      if (letter === '"' && text[index + 1] === '"') cell += text[++index];
      else if (letter === '"') open = false;
      else cell += letter;
    } else if (letter === '"') open = true;
    else if (letter === delimiter || letter === '\n') {
      rows.at(-1).push(cell.replace(/\r$/, ''));
      cell = '';
      if (letter === '\n') rows.push([]);
    } else cell += letter;
  }
  rows.at(-1).push(cell);
  return rows.filter((row) => row.some((cell) => cell.trim() !== ''));
}

/**
 * What a table of points would change. Throws where it is none.
 *
 * @param {any} card @param {string} text
 * @returns {{ changes: { at: string, points: number }[], wrong: string[] }}
 */
export function fromCsv(card, text) {
  const [head, ...rows] = cellsOf(text.replace(/^\uFEFF/, ''));
  const column = (name) => head?.findIndex((cell) => cell.trim().toLowerCase() === name) ?? -1;
  const [place, id, points] = [column('place'), column('id'), column('points')];
  if (place < 0 || points < 0) throw new Error('the table needs the columns place and points: export it here first');
  const known = new Map(places(card).map((of) => [of.at, of]));
  const changes = [];
  const wrong = [];
  rows.forEach((row, index) => {
    const of = known.get(row[place]?.trim());
    const number = Number(row[points]?.trim());
    if (!of || (id >= 0 && row[id] !== of.id)) wrong.push(`row ${index + 2}: no place ${row[place] ?? ''} of ${row[id] ?? 'this id'} in this scorecard`);
    else if (row[points]?.trim() === '' || !Number.isInteger(number) || Math.abs(number) > 10_000) wrong.push(`row ${index + 2}: ${row[points] || 'nothing'} is no whole number from −10000 to 10000`);
    else if (number !== of.points) changes.push({ at: of.at, points: number });
  });
  return { changes, wrong };
}

/** Puts points at their places. @param {any} card @param {{ at: string, points: number }[]} changes */
export function apply(card, changes) {
  for (const { at, points } of changes) {
    const keys = at.split('/').slice(1);
    const last = keys.pop();
    const owner = keys.reduce((value, key) => value[key], card);
    owner[last] = points;
  }
}
