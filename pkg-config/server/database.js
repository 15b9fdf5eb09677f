// A file of SQLite for servers that have files: the SQLite of the runtime where it has one, else the npm
// package `libsql`.

import { createRequire } from 'node:module';
import { join } from 'node:path';

/** @typedef {import('./store.js').Database} Database */

/** @returns {Promise<new (path: string) => any>} a class of databases */
async function driver() {
  // `process.getBuiltinModule` asks without failing, and without the warning of an import.
  const { DatabaseSync } = /** @type {any} */ (process.getBuiltinModule?.('node:sqlite') ?? {});
  if (DatabaseSync) return DatabaseSync;
  for (const load of [() => import('libsql'), async () => createRequire(join(process.cwd(), 'package.json'))('libsql')]) {
    try {
      const found = await load();
      return found.default ?? found;
    } catch (error) {
      if (!/^(ERR_)?MODULE_NOT_FOUND$/.test(/** @type {any} */ (error).code)) throw error;
    }
  }
  throw new Error(`leadfit: this Node (${process.version}) has no SQLite of its own; run \`npm install libsql\`, or use Node 22.13 or later`);
}

/**
 * Opens a file, and makes it where it is missing. What was committed survives a crash of the program and,
 * as far as the disk keeps its word, of the machine.
 *
 * @param {string} path of the file; `:memory:` keeps nothing
 * @returns {Promise<Database & { close: () => void }>}
 */
export async function openDatabase(path) {
  const database = new (await driver())(path);
  database.exec('PRAGMA busy_timeout = 5000');
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  /** @type {Map<string, any>} */
  const prepared = new Map();
  return {
    exec: (sql) => database.exec(sql),
    rows(sql, ...values) {
      let statement = prepared.get(sql);
      if (!statement) prepared.set(sql, (statement = database.prepare(sql)));
      return statement.all(...values);
    },
    transaction(work) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    close: () => void database.close(),
  };
}
