// The collector: receives submissions, checks them, stores them once, answers when they are safe, and
// hands them on. One function from request to response, so that it runs wherever such functions do.

import { bytesOf, isForm, judged, submissionIn } from './arrival.js';
import { forwarder } from './forward.js';
import { rateLimit } from './limit.js';
import { cardsOf } from './recheck.js';
import { salesPages } from './sales/pages.js';
import { issueTicket, MOST_BITS } from './ticket.js';
import { wayOf } from './way.js';

/** @typedef {import('./ticket.js').Flag} Flag */

/**
 * @typedef {object} Settings
 * @property {import('./store.js').Store} store
 * @property {readonly import('../leadfit.js').Scorecard[]} [cards] scorecards by which leads are judged, compiled with
 *   `--for server`; the first is the default. Keep the earlier revisions that pages may still hold
 * @property {import('./recheck.js').Find} [find] in place of `cards`, where they are looked up elsewhere
 * @property {readonly string[]} [origins] pages that may send from another origin, such as `https://www.example.com`
 * @property {string} [secret] signs form tickets, at least 32 characters; without one there are none
 * @property {number} [workBits] proof of work that tickets ask for, in bits from 0 (none, default) to 24
 * @property {readonly import('./sales/sign-in.js').Person[]} [people] who may open the pages of sales; without any there are none
 * @property {readonly import('./forward.js').Receiver[]} [receivers] to whom leads are forwarded
 * @property {string} [url] where this server is reached, such as `https://leads.example.com`; for the links in messages
 * @property {string} [thanks] page that visitors without scripts are led to, relative to the page of the form; default `/thanks/`
 * @property {readonly string[]} [redirects] origins that redirects of routes may lead to beside the page's own
 * @property {number} [perMinute] submissions of one address in a minute; default 120
 * @property {number} [mostBytes] largest body; default 512 KiB, the most that the outbox sends
 * @property {string} [timeZone] in which sales reads times; default UTC
 * @property {() => number} [now] the clock, in milliseconds
 * @property {(line: string) => void} [log] gets what happened, and nothing of what people wrote
 */

/**
 * @typedef {object} Collector
 * @property {(request: Request, from?: { address?: string }) => Promise<Response>} fetch answers a request; `address`: of the
 *   client, for the rate limit
 * @property {() => Promise<number | null>} forward hands on what is due; when there is more to do, in milliseconds since 1970
 */

/** Milliseconds between two times that what has ended is forgotten. */
const TIDY = 3_600_000;

const plain = { 'content-type': 'text/plain; charset=utf-8' };
const safe = { 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'referrer-policy': 'same-origin', 'x-content-type-options': 'nosniff' };

/**
 * @param {Settings} settings
 * @returns {Collector}
 */
export function createCollector({ store, cards = [], find = cardsOf(cards), origins = [], secret, workBits = 0, people = [], receivers = [], url, thanks = '/thanks/', redirects = [], perMinute = 120, mostBytes = 512 * 1024, timeZone = 'UTC', now = Date.now, log = () => {} }) {
  if (secret !== undefined && secret.length < 32) throw new RangeError('leadfit: the secret has fewer than 32 characters; make one with `openssl rand -base64 32`');
  if (!(Number.isInteger(workBits) && workBits >= 0 && workBits <= MOST_BITS)) throw new RangeError(`leadfit: \`workBits\` is ${workBits}; give a whole number from 0 to ${MOST_BITS}`);
  // An unknown zone would otherwise fail with the first page that sales opens.
  if (!isTimeZone(timeZone)) throw new RangeError(`leadfit: \`${timeZone}\` is no time zone; give one such as Europe/Berlin`);
  const names = receivers.map(({ name }) => name);
  if (new Set(names).size < names.length) throw new RangeError('leadfit: two receivers have one name; give each its own');
  const wait = rateLimit({ perMinute });
  const { forward } = forwarder({ store, receivers, url, now, log });
  const sales = people.length > 0 ? salesPages({ store, people, timeZone, now, log }) : undefined;

  /**
   * Whether the page may send here: of this host, or one that was named. Who names no origin is no page,
   * or one that hides it; that is noted.
   *
   * @param {Request} request
   * @returns {{ allowed: boolean, origin: string | null, known: boolean }}
   */
  function originOf(request) {
    const origin = request.headers.get('origin');
    if (origin === null || origin === 'null') return { allowed: true, origin: null, known: false };
    const known = origins.includes(origin) || hostOf(origin) === new URL(request.url).host;
    return { allowed: known, origin, known };
  }

  /** @param {Request} request @param {string} address */
  async function receive(request, address) {
    const moment = now();
    const type = request.headers.get('content-type') ?? '';
    const { allowed, origin, known } = originOf(request);
    const headers = known && origin ? corsFor(origin) : {};
    /** @param {number} status @param {string} found @param {string} help @param {Record<string, string>} [more] */
    const refuse = (status, found, help, more = {}) => {
      log(`refused ${status}: ${found}`);
      const all = { ...safe, ...headers, ...more };
      if (isForm(type)) return new Response(`This form could not be sent: ${found}. Please go back; nothing you typed is lost.\n`, { status, headers: { ...all, ...plain } });
      return Response.json({ error: { found, help } }, { status, headers: all });
    };
    if (!allowed) return refuse(403, 'a page of another origin', 'name it in `origins` of the collector');
    const millis = wait(address, moment);
    if (millis > 0) return refuse(429, 'too many submissions from this address', 'wait, then send it again', { 'retry-after': String(Math.ceil(millis / 1000)) });
    if (!isForm(type) && !/^(text\/plain|application\/json)\b/i.test(type)) return refuse(415, 'another kind of body', 'send a submission as JSON, or a form');
    const bytes = await bytesOf(request, mostBytes);
    if (bytes === undefined) return refuse(413, `more than ${mostBytes} bytes`, 'send less');
    const submitted = await submissionIn(bytes, type, { now: moment, key: request.headers.get('idempotency-key') });
    if (submitted === undefined) return refuse(422, 'no submission', 'send one as docs/submission.md describes it, with at least one name and value');

    /** @type {Flag[]} */
    const flags = known ? [] : ['originAbsent'];
    const arrival = await judged(submitted, { find, secret, now: moment, flags, receivers: names });
    const { id, status } = await store.add(arrival);
    const route = arrival.verdict?.route;
    log(`${status} ${id}: ${route?.id ?? 'not judged'}${arrival.tampered ? ', tampered' : ''}`);
    if (!isForm(type)) return Response.json({ id, status }, { headers: { ...safe, ...headers } });
    const page = pageOf(request, known ? origin : null);
    // See other: a reload of the page that follows sends nothing twice.
    return new Response(null, { status: 303, headers: { ...safe, location: wayOf(route, { page, thanks, origins: [...origins, ...redirects], host: new URL(request.url).host }) } });
  }

  /** The page that a form stands on, as far as it may be believed. @param {Request} request @param {string | null} origin */
  function pageOf(request, origin) {
    const referer = request.headers.get('referer');
    const trusted = (/** @type {string} */ address) => hostOf(address) === new URL(request.url).host || origins.includes(new URL(address).origin);
    if (referer !== null && hostOf(referer) !== undefined && trusted(referer)) return referer;
    return origin ?? request.url;
  }

  /** @param {Request} request @param {URL} url */
  async function ticket(request, url) {
    const { allowed, origin, known } = originOf(request);
    const headers = { ...safe, ...(known && origin ? corsFor(origin) : {}) };
    if (secret === undefined || !allowed) return new Response('nothing here\n', { status: 404, headers: { ...headers, ...plain } });
    const form = (url.searchParams.get('form') ?? '').slice(0, 200);
    return Response.json({ ticket: await issueTicket(secret, { form, now: now(), bits: workBits }), workBits }, { headers });
  }

  let tidied = -Infinity;

  return {
    async forward() {
      if (now() - tidied > TIDY) {
        tidied = now();
        store.tidy(tidied);
      }
      return forward();
    },
    async fetch(request, { address = 'unknown' } = {}) {
      const url = new URL(request.url);
      const allow = { '/submit': 'POST, OPTIONS', '/ticket': 'GET, OPTIONS' }[url.pathname];
      if (sales && (url.pathname === '/sales' || url.pathname.startsWith('/sales/'))) return sales(request, address);
      if (allow === undefined) return new Response('nothing here\n', { status: 404, headers: { ...safe, ...plain } });
      if (request.method === 'OPTIONS') {
        const { origin, known } = originOf(request);
        return new Response(null, { status: 204, headers: { ...safe, allow, ...(known && origin ? corsFor(origin) : {}) } });
      }
      if (!allow.startsWith(request.method)) return new Response(`only ${allow}\n`, { status: 405, headers: { ...safe, ...plain, allow } });
      return url.pathname === '/ticket' ? ticket(request, url) : receive(request, address);
    },
  };
}

/** @param {string} timeZone */
function isTimeZone(timeZone) {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
  } catch {
    return false;
  }
}

/** @param {string} address @returns {string | undefined} */
function hostOf(address) {
  try {
    return new URL(address).host;
  } catch {
    return undefined;
  }
}

/** @param {string} origin @returns {Record<string, string>} */
const corsFor = (origin) => ({
  'access-control-allow-origin': origin,
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': 'content-type, idempotency-key',
  'access-control-expose-headers': 'retry-after, date',
  'access-control-max-age': '86400',
  vary: 'Origin',
});
