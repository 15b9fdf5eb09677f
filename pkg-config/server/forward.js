// Hands stored leads on to other systems until each has taken them. What is to be done lies in the store,
// so a restart forgets nothing. A receiver may get a lead twice where its answer was lost: the key of the
// submission goes with every try.

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./store.js').Delivery} Delivery */

/**
 * One request to another system. Adapters make such requests of a handoff.
 *
 * @typedef {object} ForwardRequest
 * @property {string} url
 * @property {string} [method] default `POST`
 * @property {Record<string, string>} [headers] beside `idempotency-key`, the id of the submission
 * @property {string} [type] content type of the body; default `application/json`
 * @property {string} [body] default the submission as JSON
 * @property {'echo' | 'none' | readonly string[]} [ack] what counts as taken: `echo`, an answer in JSON with the submission's id;
 *   keys, an answer in JSON that has one of them; `none`, nobody can tell. Absent: every 2xx
 */

/**
 * Another system that gets every lead.
 *
 * @typedef {object} Receiver
 * @property {string} name under which deliveries are kept and shown
 * @property {(handoff: any) => ForwardRequest} request
 */

/** Milliseconds: first wait, longest wait, longest answer, and how long it is tried at all. */
const FIRST = 1000;
const LONGEST = 3_600_000;
const PATIENCE = 20_000;
const GIVE_UP = 3 * 86_400_000;

/** Answers after which the same request will never be taken; by 300 Salesforce says that a key has several leads. */
const permanent = new Set([300, 400, 404, 405, 410, 411, 413, 414, 415, 422, 431, 501]);

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
 * @param {string} [server.url] where sales finds the leads
 * @param {() => number} server.now
 * @param {(line: string) => void} server.log
 * @param {() => number} [server.random] from 0 to 1: waits are drawn, so that not all try again at once
 * @param {typeof fetch} [server.send]
 */
export function forwarder({ store, receivers, url, now, log, random = Math.random, send = fetch }) {
  const byName = new Map(receivers.map((receiver) => [receiver.name, receiver]));
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
    const receiver = byName.get(delivery.receiver);
    const submission = store.submission(delivery.submission);
    if (!receiver || !submission) return { ...delivery, state: 'parked', answer: 'there is no such receiver any more' };
    /** @param {Delivery['state']} state @param {string} answer @returns {Delivery} */
    const ended = (state, answer) => {
      log(`${state} ${delivery.submission} at ${receiver.name}${answer && `: ${answer}`}`);
      return { ...delivery, state, tries, answer };
    };
    let request;
    const handoff = handoffOf(submission, url);
    try {
      request = receiver.request(handoff);
    } catch (error) {
      return ended('parked', `its request cannot be made (${error instanceof Error ? error.message.slice(0, MOST_KEPT) : 'unknown'})`);
    }
    const { answer, wait } = await exchange(request, handoff.submission);
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
   * @param {ForwardRequest} request
   * @param {import('../outbox/submission.js').Submission} submission
   * @returns {Promise<{ answer: true | null | string, wait?: number }>}
   */
  async function exchange({ url, method = 'POST', headers, type = 'application/json', body, ack }, submission) {
    try {
      // Followed nowhere: a redirect could carry the lead, and the key in the address, to anybody.
      const response = await send(url, { method, headers: { 'content-type': type, 'idempotency-key': submission.id, ...headers }, body: body ?? JSON.stringify(submission), redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) });
      const text = (await response.text()).slice(0, MOST_READ);
      const { status } = response;
      if (status >= 200 && status < 300) {
        if (ack === 'none') return { answer: null };
        if (ack === undefined || acknowledges(ack, submission.id, text)) return { answer: true };
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

/** Whether an answer says that it was taken. @param {'echo' | readonly string[]} ack @param {string} id @param {string} text */
function acknowledges(ack, id, text) {
  try {
    const said = JSON.parse(text);
    return ack === 'echo' ? said.id === id : ack.some((key) => said[key] !== undefined);
  } catch {
    return false;
  }
}

/**
 * What other systems get of a lead: a handoff, and what was odd about it.
 *
 * @param {import('./store.js').Submitted} submission
 * @param {string} [url] where sales finds the leads
 */
function handoffOf({ body, leadId, lead, verdict, flags, tampered, owner, due }, url) {
  const link = url === undefined ? undefined : new URL(`/sales/leads/${leadId}`, url).href;
  return { submission: JSON.parse(body), verdict, lead, owner, due: due === null ? null : new Date(due).toISOString(), ...(link && { link }), flags, tampered };
}
