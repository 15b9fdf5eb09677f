// A record of the outbox: one submission and what became of it at each receiver. Pure: time and
// chance come in as arguments, so that every step can be tried without a browser.

/** @typedef {import('./submission.js').Submission} Submission */

/**
 * What a receiver gets, as data, so that any later page can send it.
 *
 * @typedef {object} Request
 * @property {string} url where it goes
 * @property {string} [body] what is posted; absent: the submission as JSON
 * @property {string} [type] content type of the body; `text/plain` where absent, which needs no preflight
 * @property {Acknowledgement} ack what counts as received
 */

/**
 * What counts as received: `echo`, an answer in JSON with the submission's id; keys, an answer 2xx in
 * JSON that has one of them; `none`, nobody can tell, the request is sent without reading an answer.
 *
 * @typedef {'echo' | 'none' | readonly string[]} Acknowledgement
 */

/**
 * `pending` waits to be sent, `parked` was refused for good; the others are the end.
 *
 * @typedef {'pending' | 'parked' | 'delivered' | 'unconfirmed' | 'dropped' | 'discarded'} State
 */

/**
 * Why it is not delivered: no answer came; an answer came that acknowledges nothing; it was refused;
 * there is nothing to send, since its adapter failed; it is too old.
 *
 * @typedef {'noAnswer' | 'notAcknowledged' | 'refused' | 'adapterFailed' | 'tooOld'} Why
 */

/**
 * One submission on its way to one receiver.
 *
 * @typedef {object} Delivery
 * @property {string} to name of the receiver
 * @property {Request} [request]
 * @property {State} state
 * @property {number} tries
 * @property {number} from when it began to wait, by the wall clock
 * @property {number} wait milliseconds
 * @property {Why} [why] of the last try
 * @property {number} [status] HTTP status of the last try, where there was one
 * @property {boolean} [asked] whether the receiver itself asked to wait
 */

/**
 * @typedef {object} Record
 * @property {1} v version of this shape
 * @property {string} id
 * @property {number} order the order of submissions; the wall clock may jump
 * @property {number} n how often it was written: of two copies the higher is the newer
 * @property {number} age milliseconds that it was seen to exist
 * @property {number} seen when it was last looked at, by the wall clock
 * @property {Submission} submission
 * @property {Delivery[]} deliveries
 */

/** What came of one try; `givenUp` where it took too long. @typedef {{ state: State, why?: Why, status?: number, waitMs?: number, givenUp?: boolean }} Outcome */

/** The version of the shape above. */
export const version = 1;

/** How a record of an older version becomes one of the next, by its version. @type {{ [from: number]: (record: any) => any }} */
const upgrades = {};

/** The longest that a receiver can make the outbox wait. */
export const longestWait = 60 * 60_000;

/** Bounds of the time between two tries: doubled from the first with each. */
const firstWait = 500;
const lastWait = 60_000;

/** @param {any} value */
const isCount = (value) => Number.isFinite(value) && value >= 0;

/**
 * A record as it was stored, made current. Nothing for what another version must read, or what is none.
 *
 * @param {any} record
 * @param {{ [from: number]: (record: any) => any }} [steps]
 * @param {number} [to]
 * @returns {Record | undefined}
 */
export function current(record, steps = upgrades, to = version) {
  while (record?.v < to && steps[record.v]) record = steps[record.v](record);
  const sound = record?.v === to && typeof record.id === 'string' && isCount(record.n) && isCount(record.age) && Array.isArray(record.submission?.pairs) && Array.isArray(record.deliveries);
  return sound ? record : undefined;
}

/**
 * @param {Submission} submission
 * @param {Delivery[]} deliveries
 * @param {number} order
 * @param {number} now
 * @returns {Record}
 */
export const recordOf = (submission, deliveries, order, now) => ({ v: version, id: submission.id, order, n: 0, age: 0, seen: now, submission, deliveries });

/** Whether there is nothing left to do or to show. @param {Record} record */
export const isOver = ({ deliveries }) => deliveries.every(({ state }) => state !== 'pending' && state !== 'parked');

/**
 * Milliseconds until a delivery may be tried. A wall clock that was put back makes nobody wait.
 *
 * @param {Delivery} delivery
 * @param {number} now
 */
export const dueIn = ({ from, wait }, now) => (now < from ? 0 : Math.max(0, from + Math.min(wait, longestWait) - now));

/**
 * Notes what came of a try.
 *
 * @param {Delivery} delivery
 * @param {Outcome} outcome
 * @param {number} now
 * @param {number} chance from 0 to 1
 */
export function note(delivery, { state, why, status, waitMs }, now, chance) {
  // Full jitter: a crowd that failed together must not come back together.
  const backoff = chance * Math.min(lastWait, firstWait * 2 ** delivery.tries);
  const wait = waitMs === undefined ? backoff : Math.min(longestWait, Math.max(backoff, waitMs + chance * firstWait));
  Object.assign(delivery, { state, why, status, asked: waitMs !== undefined, tries: delivery.tries + 1, from: now, wait });
}

/**
 * Lets a record age. A clock that jumps ahead ages it by half of what it may be kept, one that is put
 * back not at all: no record is lost by a wrong clock alone.
 *
 * @param {Record} record
 * @param {number} now
 * @param {number} keepMs how long it may be kept
 * @returns {boolean} whether it is too old
 */
export function grow(record, now, keepMs) {
  record.age += Math.min(keepMs / 2, Math.max(0, now - record.seen));
  record.seen = now;
  return record.age >= keepMs;
}
