// Who may open the pages of sales. Passwords are known by a slow hash, sessions by a fast hash of their
// token: whoever reads the store or the settings can sign in with neither.

import { base64url, bytesOf } from '../ticket.js';

/**
 * @typedef {object} Person
 * @property {string} name under which they sign in, and by which decisions are noted
 * @property {string} password its hash, as `npx leadfit person` prints it: `pbkdf2-sha256:iterations:salt:hash`
 */

/** Longest name and password: a hash of megabytes would keep the server busy. */
const MOST_NAME = 100;
const MOST_PASSWORD = 1000;

const encoder = new TextEncoder();

/** @param {string} text */
const sha256 = async (text) => new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)));

/** @param {string} password @param {Uint8Array<ArrayBuffer>} salt @param {number} iterations */
async function stretched(password, salt, iterations) {
  const key = await crypto.subtle.importKey('raw', encoder.encode(password.normalize('NFKC')), 'PBKDF2', false, ['deriveBits']);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, key, 256));
}

/** Whether two texts are the same, in a time that tells nothing. @param {string} a @param {string} b */
export async function same(a, b) {
  const [left, right] = await Promise.all([sha256(a), sha256(b)]);
  return left.reduce((sum, byte, index) => sum | (byte ^ right[index]), 0) === 0;
}

/**
 * Hash of a password.
 *
 * @param {string} password
 * @param {number} [iterations] Cloudflare Workers take at most 100,000
 */
export async function hashPassword(password, iterations = 600_000) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return ['pbkdf2-sha256', iterations, base64url(salt), base64url(await stretched(password, salt, iterations))].join(':');
}

/**
 * People from a text: one a line, or separated by commas, each `name:hash`.
 *
 * @param {string} text
 * @returns {Person[]}
 */
export function peopleIn(text) {
  return text.split(/[,\n]/).map((line) => line.trim()).filter(Boolean).map((line, index) => {
    const [, name, password] = /^([^:]{1,100}):(pbkdf2-sha256:\d{1,8}:[\w-]+:[\w-]+)$/.exec(line) ?? [];
    // Not the line itself: it may hold a password that somebody meant to hash.
    if (name === undefined) throw new RangeError(`leadfit: person ${index + 1} is no \`name:hash\`; make it with \`npx leadfit person NAME\``);
    return { name, password };
  });
}

/**
 * The person that a name and a password belong to.
 *
 * @param {readonly Person[]} people
 * @param {string} name
 * @param {string} password
 * @returns {Promise<Person | undefined>}
 */
export async function personFor(people, name, password) {
  if (name.length > MOST_NAME || password.length > MOST_PASSWORD) return undefined;
  const person = people.find((one) => one.name === name);
  // Of nobody too, so that the time does not tell who there is.
  const [, iterations, salt, hash] = (person ?? people[0]).password.split(':');
  const given = base64url(await stretched(password, bytesOf(salt), Number(iterations)));
  return (await same(given, hash)) ? person : undefined;
}

/** A token that nobody guesses. */
export const newToken = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** Under which the store knows a session. @param {string} token */
export const hashOf = async (token) => base64url(await sha256(`session:${token}`));

/** What forms of a session carry, so that no other page can send them. @param {string} token */
export const formTokenOf = async (token) => base64url(await sha256(`form:${token}`));
