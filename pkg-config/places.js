// Where in a lead the values of a frame stand: worked out once for a scorecard.

/**
 * A place in a lead: slots of the frame that are filled from there, and what may stand inside.
 *
 * @typedef {{ slots: { slot: number, rank: number }[], inside: Inside | undefined }} Place
 */

/**
 * Places by key. Leads have their keys in the same order mostly: `order` tells for each key of the
 * last lead which place it is, so that keys need not be looked up.
 *
 * @typedef {{ places: Record<string, Place>, order: { key: string, place: Place | undefined }[] }} Inside
 */

// Several places may fill a slot. The one with the lowest rank does: a path goes before names.
/** Stands even where nothing is given. */
export const SURE = 0;
export const PATH = 1;
export const NOWHERE = 1e9;

/** No key stands there that was not put there. @returns {Inside} */
const nothing = () => ({ places: /** @type {any} */ ({ __proto__: null }), order: [] });

/**
 * The slots of a frame in their order, by the places that they are filled from: each fact from its
 * path, else from the top under one of its names; answers; events; aggregates, plain or with the
 * date of the newest event.
 *
 * @param {import('./types.js').Texts} texts
 */
export function placesOf(texts) {
  const root = nothing();
  let count = 0;
  /** @param {number} rank @param {string[]} path */
  const look = (rank, ...path) => {
    /** @type {Place} */
    let place = { slots: [], inside: root };
    for (const key of path) {
      place.inside ??= nothing();
      place = place.inside.places[key] ??= { slots: [], inside: undefined };
    }
    place.slots[place.slots.length] = { slot: count, rank };
  };
  for (const { id, names } of texts.facts) {
    look(PATH, ...id.split('.'));
    // A path of one key has been looked at by then.
    for (const [index, name] of (id.includes('.') ? [...names, id] : names).entries()) look(PATH + 1 + index, name);
    count++;
  }
  for (const { id } of texts.questions) {
    look(PATH, 'answers', id);
    count++;
  }
  const eventsAt = count;
  look(PATH, 'events');
  count++;
  for (const name of texts.aggregates) {
    look(PATH, 'aggregates', name);
    look(SURE, 'aggregates', name, 'value');
    count++;
    look(PATH, 'aggregates', name, 'lastAt');
    count++;
  }
  return { root, count, eventsAt };
}
