// Form tickets: signed by the server when a form is shown, so that it knows by its own clock how long the
// form stood open, and that the same showing is not used for a thousand leads. A ticket may ask for a
// proof of work. All of it only flags a lead: people with old tabs, password managers and slow phones are
// real, and lists of tokens are cheap to come by.
//
// INVARIANT: what is signed is a list of fields, each with its length before it, so that no two
// different tickets have the same bytes.

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Also the purpose of the key: a signature made for something else never passes for a ticket. */
const KIND = 'leadfit-ticket-1';

/** Milliseconds that a form may stand open, and by which clocks of several servers may differ. */
const OPEN = 24 * 3_600_000;
const SKEW = 5 * 60_000;

/** Faster than this nobody fills in a form; autofill needs about so long. */
const FASTEST = 1500;

/** Zero bits that a proof of work may ask for; 24 take a phone a minute. */
export const MOST_BITS = 24;

/**
 * Signs of a bot. None refuses a lead.
 *
 * @typedef {'honeypotFilled' | 'tooFast' | 'ticketAbsent' | 'ticketInvalid' | 'ticketExpired' | 'ticketReused' | 'workAbsent' | 'workWrong' | 'originAbsent'} Flag
 */

/** @param {string} secret @returns {Promise<CryptoKey>} */
const keyOf = (secret) => crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);

/** @param {Uint8Array<ArrayBuffer>} bytes */
export const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} throws where it is none */
export function bytesOf(text) {
  if (!/^[\w-]*$/.test(text)) throw new TypeError('no base64url');
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

/** @param {readonly string[]} fields @returns {Uint8Array<ArrayBuffer>} */
function packed(fields) {
  const parts = fields.map((field) => encoder.encode(field));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + 4 + part.length, 0));
  const view = new DataView(bytes.buffer);
  let end = 0;
  for (const part of parts) {
    view.setUint32(end, part.length);
    bytes.set(part, end + 4);
    end += 4 + part.length;
  }
  return bytes;
}

/** @param {Uint8Array} bytes @returns {string[]} throws where they are cut short */
function unpacked(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const fields = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 4 + view.getUint32(at);
    if (end > bytes.length) throw new RangeError('cut short');
    fields.push(decoder.decode(bytes.subarray(at + 4, end)));
    at = end;
  }
  return fields;
}

/**
 * A ticket for a form that is being shown.
 *
 * @param {string} secret
 * @param {{ form: string, now: number, bits?: number }} showing `bits`: zero bits of the proof of work, 0 for none
 * @returns {Promise<string>}
 */
export async function issueTicket(secret, { form, now, bits = 0 }) {
  const nonce = base64url(crypto.getRandomValues(new Uint8Array(16)));
  const payload = packed([KIND, form, String(now), String(bits), nonce]);
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', await keyOf(secret), payload));
  return `${base64url(payload)}.${base64url(signature)}`;
}

/**
 * What a ticket says; nothing where this server did not sign it.
 *
 * @param {string} secret
 * @param {unknown} ticket
 * @returns {Promise<{ form: string, issued: number, bits: number, nonce: string } | undefined>}
 */
export async function readTicket(secret, ticket) {
  if (typeof ticket !== 'string' || ticket.length > 2000) return undefined;
  try {
    const [payload, signature, ...rest] = ticket.split('.').map(bytesOf);
    if (rest.length > 0 || !(await crypto.subtle.verify('HMAC', await keyOf(secret), signature, payload))) return undefined;
    const [kind, form, issued, bits, nonce] = unpacked(payload);
    return kind === KIND ? { form, issued: Number(issued), bits: Number(bits), nonce } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether `work` solves a ticket: SHA-256 of ticket, colon and work begins with so many zero bits.
 *
 * @param {string} ticket
 * @param {unknown} work
 * @param {number} bits
 */
export async function solves(ticket, work, bits) {
  if (typeof work !== 'string' || work.length > 64) return false;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(`${ticket}:${work}`)));
  for (let bit = 0; bit < bits; bit++) if (hash[bit >> 3] & (0x80 >> (bit & 7))) return false;
  return true;
}

/**
 * Flags of a submission, and the nonce of its ticket, which the store lets pass once.
 *
 * @param {import('./read.js').Readable} submission
 * @param {{ secret?: string, now: number }} server without a secret there are no tickets, and nobody misses them
 * @returns {Promise<{ flags: Flag[], nonce: string | null }>}
 */
export async function flagsOf({ form, guard = {} }, { secret, now }) {
  /** @type {Flag[]} */
  const flags = [];
  if (String(guard.honeypot ?? '').trim() !== '') flags.push('honeypotFilled');
  const elapsed = [guard.elapsedMs].filter((millis) => typeof millis === 'number');
  /** @type {string | null} */
  let nonce = null;
  if (secret !== undefined) {
    const ticket = await readTicket(secret, guard.ticket);
    if (guard.ticket === undefined || guard.ticket === '') flags.push('ticketAbsent');
    else if (!ticket || (form !== undefined && ticket.form !== form)) flags.push('ticketInvalid');
    else {
      nonce = ticket.nonce;
      elapsed.push(now - ticket.issued);
      if (now - ticket.issued > OPEN || ticket.issued - now > SKEW) flags.push('ticketExpired');
      if (ticket.bits > 0) {
        if (guard.work === undefined) flags.push('workAbsent');
        else if (!(await solves(/** @type {string} */ (guard.ticket), guard.work, ticket.bits))) flags.push('workWrong');
      }
    }
  }
  if (elapsed.some((millis) => Number(millis) < FASTEST && Number(millis) > -SKEW)) flags.push('tooFast');
  return { flags, nonce };
}
