// What authors can do beside running scorecards: check, compile, compare, and score a whole table.

import { guarded } from './crossing.js';

/** @typedef {typeof import('./wasm/studio.js')} Studio */
/** @typedef {import('./types.js').Change} Change */
/** @typedef {import('./types.js').Checked} Checked */

/**
 * @typedef {object} CompileOptions
 * @property {'page' | 'server'} [audience] `page` (default) leaves out what visitors must not read
 * @property {boolean} [withValue] keep on the page what leads are worth; visitors can read it
 */

/**
 * Leads from CSV text. Let go of it with `free` where many are read.
 *
 * @typedef {object} Table
 * @property {number} length number of leads
 * @property {readonly import('./types.js').Column[]} columns what each column means to the scorecard
 * @property {(row: number) => string} id the cell under `id`, else the row's number from 1
 * @property {(row: number, now: number) => string} verdictJson canonical JSON
 * @property {() => void} free
 */

/** @param {() => Promise<Studio>} start */
export function authoringOn(start) {
  return {
    /**
     * All problems of a scorecard's text, and which scorecard it is where it can be used.
     *
     * @param {string} text
     * @returns {Promise<Checked>}
     */
    async check(text) {
      const { check } = await start();
      return guarded(() => check(text));
    },

    /**
     * Compiles a scorecard's text; throws all that is wrong with it together.
     *
     * @param {string} text
     * @param {CompileOptions} [options]
     * @returns {Promise<Uint8Array>}
     */
    async compile(text, { audience = 'page', withValue = false } = {}) {
      const { compile } = await start();
      return guarded(() => compile(text, audience, withValue));
    },

    /**
     * What changed between two scorecards, in plain words.
     *
     * @param {string} before
     * @param {string} after
     * @returns {Promise<Change[]>}
     */
    async diff(before, after) {
      const { diff } = await start();
      return guarded(() => diff(before, after));
    },

    /**
     * Reads leads from CSV: `,`, `;` or tabs, with a header of fact, question or CRM names.
     *
     * @param {Uint8Array} program a compiled scorecard
     * @param {Uint8Array} csv
     * @returns {Promise<Table>}
     */
    async readTable(program, csv) {
      const { Program, Table } = await start();
      return guarded(() => {
        const table = new Table(new Program(program), csv);
        return {
          length: table.length,
          columns: JSON.parse(table.columns()),
          id: (row) => table.id(row),
          verdictJson: (row, now) => guarded(() => table.evaluate(row, now)),
          free: () => table.free(),
        };
      });
    },
  };
}
