// The draft, kept on this device only.

const name = 'leadfit-studio';
const store = 'draft';

/** @returns {Promise<IDBDatabase>} */
const opened = () =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @param {'readonly' | 'readwrite'} mode @param {(store: IDBObjectStore) => IDBRequest} ask */
async function asked(mode, ask) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const request = ask(database.transaction(store, mode).objectStore(store));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } finally {
    database.close();
  }
}

/** What the last visit left; nothing where storage is blocked. @returns {Promise<any>} */
export const load = () => asked('readonly', (store) => store.get('now')).catch(() => undefined);

/** Most scorecards that are kept beside the draft. */
const most = 8;

/**
 * Scorecards that were open before, the last one first.
 *
 * @returns {Promise<{ name: string, title: string, text: string, baseline: string, at: number }[]>}
 */
export const recent = () => asked('readonly', (store) => store.get('recent')).then((kept) => kept ?? []).catch(() => []);

/** Keeps a scorecard that is left for another one. @param {{ name: string, title: string, text: string, baseline: string }} left */
export async function remember(left) {
  const others = (await recent()).filter(({ text, name, title }) => text !== left.text && (name !== left.name || title !== left.title));
  const kept = [{ ...left, at: Date.now() }, ...others].slice(0, most);
  await asked('readwrite', (store) => store.put(kept, 'recent')).catch(() => {});
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;
/** @type {any} */
let pending;

function flush() {
  clearTimeout(soon);
  const draft = pending;
  pending = undefined;
  // Where storage is blocked, the draft lives as long as the page; the export button remains.
  if (draft) void asked('readwrite', (store) => store.put(draft, 'now')).catch(() => {});
}

/** Keeps a draft, a moment later. @param {any} draft */
export function save(draft) {
  pending = draft;
  clearTimeout(soon);
  soon = setTimeout(flush, 300);
}

addEventListener('pagehide', flush);
