// Hands stored leads on to other systems until each has taken them. What is to be done lies in the store,
// so a restart forgets nothing. A receiver may get a lead twice where its answer was lost: the key of the
// submission goes with every try.

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./store.js').Delivery} Delivery */

/**
 * Another system that gets every lead.
 *
 * @typedef {object} Receiver
 * @property {string} id by which deliveries are kept
 * @property {(handoff: any) => { url: string, method?: string, headers?: Record<string, string>, body?: string }} request
 * @property {(answer: { status: number, text: string }, handoff: any) => boolean | null} [acknowledged] whether the answer says
 *   that the lead was taken; `null` where it cannot say. Without it every 2xx does
 */

/** Milliseconds: first wait, longest wait, longest answer, and how long it is tried at all. */
const FIRST = 1000;
const LONGEST = 3_600_000;
const PATIENCE = 20_000;
const GIVE_UP = 3 * 86_400_000;

/** Answers after which the same request will never be taken. */
const permanent = new Set([400, 404, 405, 410, 411, 413, 414, 415, 422, 431, 501]);

/** So much of an answer is read, and so much kept. */
const MOST_READ = 64 * 1024;
const MOST_KEPT = 200;

/**
 * Milliseconds that `Retry-After` asks for, given in seconds or as a date.
 *
 * @param {string | null} header
 * @param {number} now
 */
export function retryAfter(header, now) {
  if (header === null) return 0;
  const millis = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Math.min(LONGEST, Math.max(0, millis || 0));
}

/**
 * @param {object} server
 * @param {Store} server.store
 * @param {readonly Receiver[]} server.receivers
 * @param {() => number} server.now
 * @param {(line: string) => void} server.log
 * @param {() => number} [server.random] from 0 to 1: waits are drawn, so that not all try again at once
 * @param {typeof fetch} [server.send]
 */
export function forwarder({ store, receivers, now, log, random = Math.random, send = fetch }) {
  const byId = new Map(receivers.map((receiver) => [receiver.id, receiver]));
  /** Only one round at a time: two would send the same. @type {Promise<number | null> | undefined} */
  let running;

  async function round() {
    for (let batch = store.dueDeliveries(now()); batch.length > 0; batch = store.dueDeliveries(now())) {
      await Promise.all(batch.map(async (delivery) => store.settle(await attempt(delivery))));
    }
    return store.nextDelivery();
  }

  /** @param {Delivery} delivery @returns {Promise<Delivery>} how it stands after another try */
  async function attempt(delivery) {
    const tries = delivery.tries + 1;
    const receiver = byId.get(delivery.receiver);
    const submission = store.submission(delivery.submission);
    if (!receiver || !submission) return { ...delivery, state: 'parked', answer: 'there is no such receiver any more' };
    /** @param {Delivery['state']} state @param {string} answer @returns {Delivery} */
    const ended = (state, answer) => {
      log(`${state} ${delivery.submission} at ${receiver.id}${answer && `: ${answer}`}`);
      return { ...delivery, state, tries, answer };
    };
    let request;
    const handoff = handoffOf(submission);
    try {
      request = receiver.request(handoff);
    } catch (error) {
      return ended('parked', `its request cannot be made (${error instanceof Error ? error.message.slice(0, MOST_KEPT) : 'unknown'})`);
    }
    const { answer, wait } = await exchange(request, receiver, handoff);
    if (answer === true) return ended('delivered', '');
    if (answer === null) return ended('unconfirmed', 'sent; this receiver says nothing back');
    if (wait === undefined) return ended('parked', answer);
    if (now() - submission.received > GIVE_UP) return ended('parked', `${answer}; given up after ${tries} tries`);
    return { ...delivery, state: 'pending', tries, nextAt: now() + wait + random() * Math.min(LONGEST, FIRST * 2 ** Math.min(tries - 1, 20)), answer };
  }

  /**
   * One request. `answer` is whether it was taken, or in words why not; `wait` how long the receiver wants
   * to be left alone, nothing where another try is of no use.
   *
   * @param {{ url: string, method?: string, headers?: Record<string, string>, body?: string }} request
   * @param {Receiver} receiver
   * @param {any} handoff
   * @returns {Promise<{ answer: true | null | string, wait?: number }>}
   */
  async function exchange({ url, method = 'POST', headers, body }, receiver, handoff) {
    try {
      // Followed nowhere: a redirect could carry the lead, and the key in the address, to anybody.
      const response = await send(url, { method, headers, body, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
      const text = (await response.text()).slice(0, MOST_READ);
      const { status } = response;
      if (status >= 200 && status < 300) {
        const taken = receiver.acknowledged ? receiver.acknowledged({ status, text }, handoff) : true;
        if (taken === true || taken === null) return { answer: taken };
        return { answer: `status ${status}, but no word that it was taken`, wait: 0 };
      }
      if (permanent.has(status)) return { answer: `status ${status}` };
      return { answer: `status ${status}`, wait: retryAfter(response.headers.get('retry-after'), now()) };
    } catch (error) {
      // Never the message: it may hold the address, which is a secret of some receivers.
      return { answer: error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'no connection', wait: 0 };
    }
  }

  return {
    /** @returns {Promise<number | null>} when there is more to do */
    forward: () => (running ??= round().finally(() => (running = undefined))),
  };
}

/**
 * What other systems get of a lead.
 *
 * @param {import('./store.js').Submitted} submission
 */
function handoffOf({ body, verdict, flags, tampered, owner, due, facts }) {
  return { submission: JSON.parse(body), verdict, lead: facts, owner, due: due === null ? null : new Date(due).toISOString(), flags, tampered };
}
