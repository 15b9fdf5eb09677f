// IndexedDB as the outbox needs it: open before it is wanted, since opening it in the moment in which
// a page closes loses records; every write on the disk before it counts (strict), and committed at
// once. Whatever fails answers "no", in whatever way a browser refuses: at once, later, or never.

/** @typedef {import('./store.js').Database} Database */

const table = 'records';

/** Milliseconds after which a database that says nothing counts as refused. */
const patience = 2000;

/** @type {Database} */
export const noDatabase = { put: async () => false, get: async () => undefined, all: async () => [], remove: async () => undefined };

/**
 * @param {IDBFactory | undefined} factory
 * @param {string} name
 * @returns {Database}
 */
export function database(factory, name) {
  /** @type {IDBDatabase | undefined} */
  let open;
  /** @type {Promise<IDBDatabase | undefined> | undefined} */
  let opening;

  const opened = () =>
    (opening ??= new Promise((resolve) => {
      try {
        const request = /** @type {IDBFactory} */ (factory).open(name, 1);
        setTimeout(resolve, patience);
        request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: 'id' });
        request.onerror = () => resolve(undefined);
        request.onsuccess = () => {
          open = request.result;
          const forget = () => (open = opening = undefined);
          // A newer version of this page wants to change the database: it must not wait for this one.
          open.onversionchange = () => (open?.close(), forget());
          open.onclose = forget;
          resolve(open);
        };
      } catch {
        resolve(undefined);
      }
    }));

  /**
   * @template T
   * @param {'readonly' | 'readwrite'} mode
   * @param {(store: IDBObjectStore) => IDBRequest} work
   * @param {(result: any, done: boolean) => T} answer
   * @param {IDBDatabase | undefined} base
   * @returns {Promise<T>}
   */
  const run = (mode, work, answer, base) =>
    new Promise((resolve) => {
      const no = () => resolve(answer(undefined, false));
      try {
        const transaction = /** @type {IDBDatabase} */ (base).transaction(table, mode, { durability: 'strict' });
        const request = work(transaction.objectStore(table));
        transaction.oncomplete = () => resolve(answer(request.result, true));
        transaction.onabort = transaction.onerror = no;
        transaction.commit?.();
        setTimeout(no, patience);
      } catch {
        no();
      }
    });

  /** @type {<T>(mode: 'readonly' | 'readwrite', work: (store: IDBObjectStore) => IDBRequest, answer: (result: any, done: boolean) => T) => Promise<T>} */
  const ask = (mode, work, answer) => (open ? run(mode, work, answer, open) : opened().then((base) => run(mode, work, answer, base)));

  void opened();
  return {
    put: (record) => ask('readwrite', (store) => store.put(record), (_, done) => done),
    get: (id) => ask('readonly', (store) => store.get(id), (record) => record),
    all: () => ask('readonly', (store) => store.getAll(), (records) => records ?? []),
    remove: (id) => ask('readwrite', (store) => store.delete(id), () => undefined),
  };
}
