// The pages of sales: who may see them, and what their forms do. They work without any script, so the
// policy allows none.

import { isForm, bytesOf } from '../arrival.js';
import { rateLimit } from '../limit.js';
import { tableOf } from './export.js';
import { formTokenOf, hashOf, newToken, personFor, same } from './sign-in.js';
import { style } from './style.js';
import { channels, leadPage, listPage, messagePage, outcomes, rejections, signInPage } from './views.js';

/** @typedef {import('./views.js').Context} Context */

/** How long one stays signed in, and how often one address or name may try to. */
const SESSION = 12 * 3_600_000;
const TRIES = 10;

/** Leads on one page, and the most bytes of its forms. */
const SIZE = 50;
const MOST = 16 * 1024;

const headers = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
const markup = { ...headers, 'content-type': 'text/html; charset=utf-8' };

/** @param {string} text @param {number} [status] @param {Record<string, string>} [more] */
const answer = (text, status = 200, more = {}) => new Response(text, { status, headers: { ...markup, ...more } });

/** @param {string} location @param {Record<string, string>} [more] */
const to = (location, more = {}) => new Response(null, { status: 303, headers: { ...headers, location, ...more } });

/**
 * @param {object} server
 * @param {import('../store.js').Store} server.store
 * @param {readonly import('./sign-in.js').Person[]} server.people
 * @param {string} server.timeZone
 * @param {() => number} server.now
 * @param {(line: string) => void} server.log
 * @returns {(request: Request, address: string) => Promise<Response>}
 */
export function salesPages({ store, people, timeZone, now, log }) {
  const wait = rateLimit({ perMinute: TRIES });

  /** The cookie of a session. Over HTTPS no other host and no plain connection can set or read it. @param {Request} request */
  const cookieName = ({ url }) => (url.startsWith('https:') ? '__Host-leadfit' : 'leadfit');

  /** @param {Request} request @param {string} value @param {number} seconds */
  const cookie = (request, value, seconds) => `${cookieName(request)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict${request.url.startsWith('https:') ? '; Secure' : ''}`;

  /** @param {Request} request */
  function tokenIn(request) {
    const wanted = `${cookieName(request)}=`;
    const found = (request.headers.get('cookie') ?? '').split(/;\s*/).find((one) => one.startsWith(wanted));
    return found?.slice(wanted.length) || undefined;
  }

  /** Whether a form was sent by a page of this host. @param {Request} request */
  function isOwn(request) {
    const site = request.headers.get('sec-fetch-site');
    const origin = request.headers.get('origin');
    if (site !== null && site !== 'same-origin') return false;
    if (origin === null) return site === 'same-origin';
    return URL.canParse(origin) && new URL(origin).host === new URL(request.url).host;
  }

  /** @param {Request} request @returns {Promise<Map<string, string> | undefined>} */
  async function formIn(request) {
    if (!isForm(request.headers.get('content-type') ?? '')) return undefined;
    const bytes = await bytesOf(request, MOST);
    if (bytes === undefined) return undefined;
    return new Map(new URLSearchParams(new TextDecoder().decode(bytes)));
  }

  /** @param {Request} request @param {string} address */
  async function signIn(request, address) {
    const form = await formIn(request);
    if (!isOwn(request) || !form) return answer(messagePage('Not from here', 'Open the page again and sign in there.'), 403);
    const name = form.get('name') ?? '';
    const millis = Math.max(wait(`address ${address}`, now()), wait(`name ${name.slice(0, 100)}`, now()));
    if (millis > 0) return answer(messagePage('Too many tries', 'Wait a minute, then try again.'), 429, { 'retry-after': String(Math.ceil(millis / 1000)) });
    const person = await personFor(people, name, form.get('password') ?? '');
    if (!person) {
      log('sign-in refused');
      return answer(signInPage({ wrong: true }), 401);
    }
    const token = newToken();
    store.tidy(now());
    store.openSession({ token: await hashOf(token), person: person.name, expires: now() + SESSION });
    log('signed in');
    return to('/sales', { 'set-cookie': cookie(request, token, SESSION / 1000) });
  }

  /** @param {URL} url @param {Context} context */
  function list({ searchParams }, context) {
    const asked = searchParams.get('state') ?? 'new';
    const state = /** @type {import('../store.js').LeadState | 'all'} */ (['new', 'accepted', 'rejected'].includes(asked) ? asked : 'all');
    const words = (searchParams.get('words') ?? '').slice(0, 100);
    const offset = Math.min(1e9, Math.max(0, Math.floor(Number(searchParams.get('from')) || 0)));
    const found = store.leads({ state: state === 'all' ? undefined : state, words, offset, limit: SIZE + 1 });
    return answer(listPage({ leads: found.slice(0, SIZE), counts: store.counts(), state, words, offset, more: found.length > SIZE, size: SIZE }, context, searchParams.get('done') ?? undefined));
  }

  /** @param {number} id @param {string} what @param {Map<string, string>} form @param {Context} context */
  function act(id, what, form, { person, now: at }) {
    const note = (form.get('note') ?? '').slice(0, 2000);
    const said = note.trim() === '' ? {} : { note };
    /** @param {import('../store.js').NoteKind} kind @param {Record<string, unknown>} more */
    const noted = (kind, more) => (store.note(id, { at, person, kind, said: { ...more, ...said } }) ? kind : undefined);
    const one = (/** @type {string} */ name, /** @type {object} */ options) => (Object.hasOwn(options, form.get(name) ?? '') ? form.get(name) : undefined);
    if (what === 'accept') return noted('accepted', {});
    if (what === 'reject') return one('reason', rejections) && noted('rejected', { reason: one('reason', rejections) });
    if (what === 'attempt') return one('channel', channels) && noted('attempt', { channel: one('channel', channels), reached: form.get('reached') === 'yes' });
    if (what === 'outcome') {
      const revenue = /^\d{1,12}([.]\d{1,2})?$/.exec(form.get('revenue')?.trim() ?? '')?.[0];
      const currency = /^[A-Za-z]{3}$/.exec(form.get('currency')?.trim() ?? '')?.[0].toUpperCase();
      return one('outcome', outcomes) && noted('outcome', { outcome: one('outcome', outcomes), ...(revenue && { revenue, currency }) });
    }
    if (what === 'again') {
      const delivery = store.lead(id)?.deliveries.find(({ submission, receiver }) => submission === form.get('submission') && receiver === form.get('receiver'));
      if (delivery?.state !== 'parked') return undefined;
      store.settle({ ...delivery, state: 'pending', nextAt: at });
      return 'again';
    }
    return undefined;
  }

  /** @param {Request} request @param {URL} url @param {Context} context */
  async function signedIn(request, url, context) {
    const [, id, what] = /^\/sales\/leads\/(\d{1,15})(?:\/([a-z]+))?$/.exec(url.pathname) ?? [];
    if (request.method === 'GET' || request.method === 'HEAD') {
      if (url.pathname === '/sales') return list(url, context);
      if (url.pathname === '/sales/leads.csv') return new Response(tableOf(store), { headers: { ...headers, 'content-type': 'text/csv; charset=utf-8', 'content-disposition': 'attachment; filename="leads.csv"' } });
      const found = id !== undefined && what === undefined ? store.lead(Number(id)) : undefined;
      if (found) return answer(leadPage(found, context, url.searchParams.get('done') ?? undefined));
      return answer(messagePage('Nothing here', 'There is no such page, or no such lead any more.', context), 404);
    }
    if (request.method !== 'POST') return answer(messagePage('Not that way', 'This page is only read, and its forms sent.', context), 405, { allow: 'GET, HEAD, POST' });
    const form = await formIn(request);
    if (!isOwn(request) || !form || !(await same(form.get('token') ?? '', context.token))) return answer(messagePage('Not from here', 'The page was too old. Open it again and repeat what you did.', context), 403);
    if (url.pathname === '/sales/sign-out') {
      store.closeSession(await hashOf(/** @type {string} */ (tokenIn(request))));
      return to('/sales/sign-in', { 'set-cookie': cookie(request, '', 0) });
    }
    if (id !== undefined && what === 'erase') {
      if (form.get('sure') !== 'yes' || !store.erase(Number(id))) return answer(messagePage('Nothing was erased', 'Go back and say that you are sure.', context), 422);
      log(`erased lead ${id}`);
      return to('/sales?done=erased');
    }
    const did = id === undefined || what === undefined ? undefined : act(Number(id), what, form, context);
    if (did === undefined) return answer(messagePage('That did not work', 'Something was missing or not among the choices. Go back and try again.', context), 422);
    return to(`/sales/leads/${id}?done=${did}`);
  }

  return async function sales(request, address) {
    const url = new URL(request.url);
    if (url.pathname === '/sales/style.css') return new Response(style, { headers: { ...headers, 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' } });
    const token = tokenIn(request);
    const person = token === undefined ? undefined : store.personOf(await hashOf(token), now());
    // Who was taken off the list is out at once, whatever sessions are left.
    const known = people.some(({ name }) => name === person);
    if (url.pathname === '/sales/sign-in') {
      if (request.method === 'POST') return signIn(request, address);
      return known ? to('/sales') : answer(signInPage({ wrong: false }));
    }
    if (person === undefined || !known) return request.method === 'GET' || request.method === 'HEAD' ? to('/sales/sign-in') : answer(signInPage({ wrong: false }), 401);
    return signedIn(request, url, { person, token: await formTokenOf(/** @type {string} */ (token)), now: now(), timeZone });
  };
}
