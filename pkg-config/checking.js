// What authors can do beside running scorecards: check, compile, compare, and score a whole table.

import { checkNow, guarded, opened } from './crossing.js';
import { failure } from './problems.js';
import { canonical, verdictReader } from './verdict.js';

/** @typedef {import('./leadfit.js').Studio} Studio */

/**
 * @typedef {object} CompileOptions
 * @property {'page' | 'server'} [audience] `page` (default) leaves out what visitors must not read
 * @property {boolean} [withValue] keep on the page what leads are worth; visitors can read it
 * @property {boolean} [withAccounts] keep on the page which companies have an owner, as truncated salted hashes of
 *   their domains: hidden from a casual look, not from somebody who tries domains
 */

/**
 * Leads from CSV text. Let go of it with `free` where many are read.
 *
 * @typedef {object} Table
 * @property {number} length number of leads
 * @property {readonly import('./types.js').Column[]} columns what each column means to the scorecard
 * @property {(row: number) => string} id the cell that names the lead, else the row's number from 1
 * @property {(row: number, now: number) => string} verdictJson the verdict on a row, as canonical JSON
 * @property {() => void} free
 */

// The types are spelled as imports: the declarations of the entries repeat them word for word.
/**
 * @typedef {object} Authoring
 * @property {(text: string) => Promise<import('./types.js').Checked>} check all problems of a scorecard's
 *   text, and which scorecard it is where it can be used
 * @property {(text: string, options?: import('./checking.js').CompileOptions) => Promise<Uint8Array>} compile
 *   compiles a scorecard's text; throws all that is wrong with it together
 * @property {(before: string, after: string) => Promise<import('./types.js').Change[]>} diff what changed
 *   between two scorecards, in plain words
 * @property {(program: Uint8Array, csv: Uint8Array) => Promise<import('./checking.js').Table>} readTable reads
 *   leads from CSV for a compiled scorecard: `,`, `;` or tabs, with a header of fact, question or CRM names
 */

/**
 * @param {() => Promise<Studio>} start
 * @returns {Authoring}
 */
export function authoringOn(start) {
  return {
    async check(text) {
      const { check } = await start();
      return guarded(() => check(text));
    },
    async compile(text, { audience = 'page', withValue = false, withAccounts = false } = {}) {
      const { compile } = await start();
      return guarded(() => compile(text, audience, withValue, withAccounts));
    },
    async diff(before, after) {
      const { diff } = await start();
      return guarded(() => diff(before, after));
    },
    async readTable(program, csv) {
      const studio = await start();
      return guarded(() => {
        const { texts } = opened(studio, program);
        const table = new studio.Table(program, csv);
        const answer = new studio.Answer();
        const verdictAt = verdictReader(studio, answer, texts, studio.engine());
        return {
          length: table.length,
          columns: table.columns(),
          id: (row) => table.id(row) ?? String(row + 1),
          verdictJson: (row, now) =>
            guarded(() => {
              checkNow(now);
              if (!table.evaluate(row, now, answer)) throw failure('internal', { found: `no row ${row}` });
              return canonical(verdictAt(now));
            }),
          free() {
            table.free();
            answer.free();
          },
        };
      });
    },
  };
}
