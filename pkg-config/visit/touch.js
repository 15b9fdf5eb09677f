// How a visitor came: the tags and click ids of the address, and the page that linked here. Pure.

import { clickIds } from '../words.js';

/** @typedef {import('../outbox/submission.js').Touch} Touch */

/** Longest value of a tag, and of an address, that is kept. */
const mostTag = 300;
const mostAddress = 1000;

/** `utm_source_platform` → `sourcePlatform`. @param {string} name */
const keyOf = (name) => name.slice(4).replaceAll(/_+([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/**
 * One touch: every `utm_` tag under its name without the prefix, the click ids as they are, the
 * referrer unless it is this very site, and the landing page without fragment.
 *
 * @param {string} address of the page
 * @param {string} referrer
 * @param {string} at RFC 3339
 * @param {{ adIds?: boolean }} [options] whether click ids of ad platforms are kept, also in the address. Default true
 * @returns {Touch}
 */
export function touchOf(address, referrer, at, { adIds = true } = {}) {
  const url = new URL(address);
  url.hash = '';
  /** @type {any} */
  const tags = {};
  /** @type {Record<string, string>} */
  const clicks = {};
  for (const [name, value] of [...url.searchParams]) {
    const bare = name.toLowerCase();
    const text = value.trim().slice(0, mostTag);
    if (clickIds.includes(bare)) {
      if (!adIds) url.searchParams.delete(name);
      else if (text) clicks[bare] ??= text;
    } else if (/^utm_[a-z0-9_]+$/.test(bare) && text) tags[keyOf(bare)] ??= text;
  }
  const click = clickIds.find((id) => id in clicks);
  return {
    ...tags,
    at,
    ...(click && { clickId: `${click}=${clicks[click]}`, clickIds: clicks }),
    ...(isElsewhere(referrer, url) && { referrer: referrer.slice(0, mostAddress) }),
    landingPage: url.href.slice(0, mostAddress),
  };
}

/** Whether a page of another site linked here. @param {string} referrer @param {URL} url */
function isElsewhere(referrer, url) {
  const bare = (/** @type {string} */ host) => host.replace(/^www\./, '');
  return URL.canParse(referrer) && bare(new URL(referrer).host) !== bare(url.host);
}

/** Whether nothing says where from. @param {Touch} touch */
export const isDirect = ({ at, landingPage, ...more }) => Object.keys(more).length === 0;

/**
 * A touch as the facts `attribution.*` of a lead.
 *
 * @param {Touch | undefined} touch
 * @returns {{ [fact: string]: string }}
 */
export const attributionOf = (touch) => /** @type {any} */ (Object.fromEntries(Object.entries(touch ?? {}).filter(([key, value]) => key !== 'at' && typeof value === 'string')));
