// Where records are kept: in localStorage, which is written before the next line runs, and in
// IndexedDB, which survives a browser that is killed. Each has been seen to fail where the other
// does not; a record counts as kept if either holds it. In memory only where both fail.

import { current } from './record.js';

/** @typedef {import('./record.js').Record} Record */

/**
 * A place that answers later.
 *
 * @typedef {object} Database
 * @property {(record: Record) => Promise<boolean>} put whether it is on the disk; begins before it returns
 * @property {(id: string) => Promise<any>} get
 * @property {() => Promise<any[]>} all
 * @property {(id: string) => Promise<unknown>} remove
 */

/** @typedef {Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>} Local */

/** Of two copies the newer. @param {Record | undefined} a @param {Record | undefined} b */
const newer = (a, b) => (a && b ? (a.n >= b.n ? a : b) : (a ?? b));

/** @param {string | null} text */
export function parsed(text) {
  try {
    return current(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}

export class Store {
  #prefix;
  #local;
  #database;
  /** @type {Map<string, Record>} what no other place holds */
  #memory = new Map();

  /**
   * @param {string} name
   * @param {Local | undefined} local
   * @param {Database} database
   */
  constructor(name, local, database) {
    this.#prefix = `${name}/`;
    this.#local = local;
    this.#database = database;
  }

  /** The id of the record under a key of localStorage. @param {string | null} key */
  idAt(key) {
    return key?.startsWith(this.#prefix) ? key.slice(this.#prefix.length) : undefined;
  }

  /**
   * Writes a record. Both writes have begun when it returns; the answer is whether it is on the disk.
   *
   * @param {Record} record
   * @returns {Promise<boolean>}
   */
  write(record) {
    record.n += 1;
    this.#memory.set(record.id, record);
    const forget = () => this.#memory.delete(record.id);
    if (this.#try((storage) => storage.setItem(this.#prefix + record.id, JSON.stringify(record)))) forget();
    return this.#database.put(record).then((done) => {
      if (done) forget();
      return done;
    });
  }

  /** Keeps a record in memory only. @param {Record} record */
  hold(record) {
    this.#memory.set(record.id, record);
  }

  /** @param {string} id @returns {Promise<Record | undefined>} */
  async read(id) {
    const far = current(await this.#database.get(id));
    return newer(newer(this.#near(id), far), this.#memory.get(id));
  }

  /** All records, in order. */
  async all() {
    /** @type {Map<string, Record>} */
    const found = new Map();
    const far = (await this.#database.all()).map((record) => current(record));
    for (const record of [...far, ...this.near()]) if (record) found.set(record.id, /** @type {Record} */ (newer(found.get(record.id), record)));
    return [...found.values()].sort((a, b) => a.order - b.order);
  }

  /** The records that can be had at once. @returns {Record[]} */
  near() {
    /** @type {string[]} */
    const ids = [];
    this.#try((storage) => {
      for (let index = 0; index < storage.length; index++) {
        const id = this.idAt(storage.key(index));
        if (id) ids.push(id);
      }
    });
    return [...ids.map((id) => this.#near(id)), ...this.#memory.values()].filter((record) => record !== undefined);
  }

  /** @param {string} id */
  async remove(id) {
    this.#memory.delete(id);
    this.#try((storage) => storage.removeItem(this.#prefix + id));
    await this.#database.remove(id);
  }

  /** Whether it would survive the end of the browser. @param {string} id */
  async isOnDisk(id) {
    return current(await this.#database.get(id)) !== undefined;
  }

  /** Whether memory alone holds it. @param {string} id */
  isInMemory(id) {
    return this.#memory.has(id);
  }

  /** @param {string} id */
  #near(id) {
    /** @type {string | null} */
    let text = null;
    this.#try((storage) => (text = storage.getItem(this.#prefix + id)));
    return parsed(text);
  }

  /** @param {(storage: Local) => void} work @returns {boolean} whether it worked */
  #try(work) {
    if (!this.#local) return false;
    try {
      work(this.#local);
      return true;
    } catch {
      return false;
    }
  }
}
