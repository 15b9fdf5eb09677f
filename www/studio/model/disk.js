// Files on disk that are opened and saved in place, where the browser can (File System Access).

import { signal } from '@preact/signals';

import * as doc from './document.js';
import { complain, openText, say } from './session.js';

const kind = { types: [{ description: 'Scorecard', accept: { 'application/json': ['.json'] } }] };

/** Whether files can be opened and saved in place. */
export const hasDisk = () => 'showOpenFilePicker' in globalThis && 'showSaveFilePicker' in globalThis;

/** The file on disk that is open, and its text as it was last saved. @type {import('@preact/signals').Signal<{ handle: any, card: number, saved: string } | null>} */
const place = signal(null);

/** Whether what is open stands on disk as it is. */
export const isSaved = () => place.value !== null && place.value.saved === doc.current.value?.text;

/** Whoever closes a picker wants nothing. @template T @param {Promise<T>} picked @returns {Promise<T | null>} */
const unlessClosed = (picked) =>
  picked.catch((error) => {
    if (error.name === 'AbortError') return null;
    throw error;
  });

export async function openFromDisk() {
  const picked = await unlessClosed(/** @type {any} */ (globalThis).showOpenFilePicker(kind));
  if (!picked) return;
  const [handle] = picked;
  const text = await (await handle.getFile()).text();
  await openText(text, handle.name);
  place.value = { handle, card: doc.opened.value, saved: text };
}

/** Saves in place, or asks for one the first time. */
export async function saveToDisk() {
  const { text } = doc.current.value;
  try {
    // The file of another scorecard is not written over.
    const known = place.value?.card === doc.opened.value ? place.value.handle : null;
    const handle = known ?? (await unlessClosed(/** @type {any} */ (globalThis).showSaveFilePicker({ ...kind, suggestedName: doc.fileName.value || 'scorecard.json' })));
    if (!handle) return;
    const file = await handle.createWritable();
    await file.write(text);
    await file.close();
    place.value = { handle, card: doc.opened.value, saved: text };
    say(`${handle.name} is saved.`);
  } catch (error) {
    complain(`That could not be saved: ${error.message}. Export the scorecard instead.`);
  }
}
