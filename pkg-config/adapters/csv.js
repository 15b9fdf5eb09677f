// A line for a spreadsheet.

import { line } from '../csv.js';
import { fieldsOf } from './handoff.js';
import { csvColumns } from './maps.js';

/** @typedef {import('./handoff.js').FieldMap} FieldMap */

/** The first line. @param {FieldMap} [columns] */
export const csvHead = (columns = csvColumns) => line(Object.keys(columns));

/**
 * One lead as a line. No cell begins a formula.
 *
 * @param {import('./handoff.js').Handoff} handoff
 * @param {FieldMap} [columns]
 */
export function csvLine(handoff, columns = csvColumns) {
  const fields = Object.fromEntries(fieldsOf(columns, handoff));
  return line(Object.keys(columns).map((name) => fields[name]));
}
