// From a request to an arrival: reads the body within its limit, judges it, and works out under which key
// it is stored and merged.

import { settled, whoIs } from './facts.js';
import { momentOf, readSubmission } from './read.js';
import { recheckRead } from './recheck.js';
import { flagsOf } from './ticket.js';

/** @typedef {import('./store.js').Arrival} Arrival */
/** @typedef {import('./ticket.js').Flag} Flag */

/** Fields of a plain form that are not answers: what people never fill in, the ticket, and an id. */
const fields = { honeypot: 'leadfit-website', ticket: 'leadfit-ticket', id: 'leadfit-id' };

/** The same form sent twice within this time, by a double click or a reload, is one submission. */
const WINDOW = 10 * 60_000;

const encoder = new TextEncoder();

/** A UUID made of a text by SHA-256, for who sends none (version 8 of RFC 9562). @param {string} text */
async function keyOf(text) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)));
  const digits = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

/**
 * The bytes of a body; nothing where there are more than allowed. No more than that is ever kept.
 *
 * @param {Request} request
 * @param {number} most
 * @returns {Promise<Uint8Array<ArrayBuffer> | undefined>}
 */
export async function bytesOf(request, most) {
  if (Number(request.headers.get('content-length')) > most) return undefined;
  if (request.body === null) return new Uint8Array();
  const chunks = [];
  let length = 0;
  const reader = request.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      return undefined;
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let end = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, end);
    end += chunk.length;
  }
  return bytes;
}

/** Whether a content type is that of a form without scripts. @param {string} type */
export const isForm = (type) => /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type);

/** @typedef {{ key: string, body: string, read: ReturnType<typeof readSubmission> }} Submitted a submission as JSON text, and as it was read */

/**
 * The submission in a body.
 *
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {string} type content type
 * @param {{ now: number, key: string | null }} request `key`: its Idempotency-Key
 * @returns {Promise<Submitted | undefined>} nothing where it holds no submission
 */
export async function submissionIn(bytes, type, { now, key }) {
  if (isForm(type)) return formIn(bytes, type, now);
  let body;
  try {
    body = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
  const read = readSubmission(body);
  const { submission, differences } = read;
  if (differences.some(({ at, code }) => code === 'unreadable' && at === '')) return undefined;
  if (submission.pairs.length === 0 && submission.facts === undefined) return undefined;
  return { key: submission.id ?? readSubmission({ id: key }).submission.id ?? (await keyOf(body)), body, read };
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {string} type @param {number} now */
async function formIn(bytes, type, now) {
  let data;
  try {
    data = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  } catch {
    return undefined;
  }
  /** @type {[string, string][]} */
  const pairs = [];
  /** @type {Record<string, string>} */
  const special = {};
  for (const [name, value] of data) {
    if (typeof value !== 'string') continue;
    const key = Object.entries(fields).find(([, field]) => field === name)?.[0];
    if (key) special[key] = value;
    else pairs.push([name, value]);
  }
  if (pairs.length === 0) return undefined;
  const { submission: given } = readSubmission({ id: special.id, form: pairs.find(([name]) => name === 'form')?.[1] });
  const said = JSON.stringify(pairs);
  const key = given.id ?? (await keyOf(`${Math.floor(now / WINDOW)}:${said}`));
  const guard = { ...('honeypot' in special && { honeypot: special.honeypot }), ...('ticket' in special && { ticket: special.ticket }) };
  const body = JSON.stringify({ leadfit: 1, id: key, ...(given.form !== undefined && { form: given.form }), pairs, guard });
  return { key, body, read: readSubmission(body) };
}

/**
 * A submission, judged and ready to be stored.
 *
 * @param {Submitted} submitted
 * @param {object} server
 * @param {import('./recheck.js').Find} server.find
 * @param {string} [server.secret] of tickets
 * @param {number} server.now
 * @param {readonly Flag[]} server.flags what the request itself tells
 * @param {readonly string[]} server.receivers
 * @returns {Promise<Arrival>}
 */
export async function judged({ key, body, read }, { find, secret, now, flags: ofRequest, receivers }) {
  const { verdict, lead, scorecard, differences, tampered, submission } = await recheckRead(find, read, now);
  const { flags, nonce } = await flagsOf(submission, { secret, now });
  const told = settled(lead ?? Object.fromEntries(submission.pairs), scorecard);
  const at = verdict ? momentOf(verdict.receipt.now) : now;
  return {
    key, at, received: now, body, lead: told, verdict, differences, tampered, nonce, receivers,
    ...whoIs(told), flags: [...ofRequest, ...flags], ...firstStep(verdict),
  };
}

/**
 * Who responds first, and by when, where the verdict tells.
 *
 * @param {any} verdict
 * @returns {{ owner: string | null, due: number | null }}
 */
function firstStep(verdict) {
  const at = Date.parse(verdict?.route.followUp[0]?.due ?? '');
  return { owner: verdict?.receipt.owner ?? null, due: Number.isNaN(at) ? null : at };
}
