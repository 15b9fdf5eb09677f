// One try to deliver: what goes out, and what the answer means.

/** @typedef {import('./record.js').Outcome} Outcome */

/** Refusals that a second try cannot change. */
const permanent = [400, 405, 410, 411, 413, 414, 415, 422, 431, 501];

/** Browsers send at most 64 KiB beyond the life of a page, over all requests of that page. */
const mostKeptAlive = 56 * 1024;

const { isArray } = Array;

/**
 * @param {import('./record.js').Request} request
 * @param {import('./submission.js').Submission} submission
 * @param {number} tries that were made before
 * @param {{ fetch: typeof fetch, base: string, origin: string, timeoutMs: number, mayOutlive: boolean }} world
 *   `mayOutlive`: whether the try may go on when the page ends
 * @returns {Promise<Outcome>} never rejects
 */
export async function send({ url, body: own, type = 'text/plain;charset=UTF-8', ack }, submission, tries, { fetch, base, origin, timeoutMs, mayOutlive }) {
  const { id } = submission;
  const signal = AbortSignal.timeout?.(timeoutMs);
  try {
    const body = own ?? JSON.stringify(submission);
    const address = new URL(url, base);
    // A `data:` address would answer itself.
    if (!/^https?:$/.test(address.protocol)) return { state: 'parked', why: 'refused' };
    /** @type {Record<string, string>} */
    const headers = { 'content-type': type };
    // Elsewhere it would need a preflight.
    if (address.origin === origin) headers['idempotency-key'] = id;
    const answer = await fetch(address.href, {
      method: 'POST',
      body,
      headers,
      mode: ack === 'none' ? 'no-cors' : 'cors',
      referrerPolicy: 'strict-origin-when-cross-origin',
      // Other scripts may have used up what may be kept alive, which fails at once: so every second try does without.
      keepalive: mayOutlive && tries % 2 === 0 && new Blob([body]).size <= mostKeptAlive,
      signal,
    });
    // To the end, since an answer that is cut short has a status too.
    return outcomeOf(ack, id, answer, await answer.text());
  } catch {
    return { state: 'pending', why: 'noAnswer', givenUp: signal?.aborted };
  }
}

/**
 * @param {import('./record.js').Acknowledgement} ack
 * @param {string} id
 * @param {Response} answer
 * @param {string} text
 * @returns {Outcome}
 */
function outcomeOf(ack, id, { status, headers, type }, text) {
  const ok = status >= 200 && status < 300;
  if (ack === 'none' && (ok || type === 'opaque')) return { state: 'unconfirmed' };
  const said = ok || status === 409 ? objectIn(text) : undefined;
  if (said && (isArray(ack) ? ok && ack.some((key) => said[key] !== undefined) : said.id === id && /^(stored|duplicate)$/.test(said.status ?? 'stored'))) return { state: 'delivered', status };
  if (permanent.includes(status)) return { state: 'parked', why: 'refused', status };
  return { state: 'pending', why: 'notAcknowledged', status, waitMs: askedWait(headers) };
}

/** @param {string} text @returns {any} the object that it is in JSON */
function objectIn(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Milliseconds for which the receiver asks to be left alone. A date is read against the answer's own
 * clock, where it can be read: the visitor's may be wrong.
 *
 * @param {Headers} headers
 * @returns {number | undefined}
 */
function askedWait(headers) {
  const value = headers.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const sent = Date.parse(headers.get('date') ?? '');
  const wait = Date.parse(value) - (Number.isNaN(sent) ? Date.now() : sent);
  return wait > 0 ? wait : undefined;
}
