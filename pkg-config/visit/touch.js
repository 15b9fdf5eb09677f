// How a visitor came: the tags and click ids of the address, and the page that linked here. Pure.

import { tagsIn } from '../tags.js';
import { clickIds } from '../words.js';

/** @typedef {import('../outbox/submission.js').Touch} Touch */

/** Longest address that is kept. */
const most = 1000;

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
  if (!adIds) for (const name of [...url.searchParams.keys()]) if (clickIds.includes(name.toLowerCase())) url.searchParams.delete(name);
  const { tags, clicks, clickId } = tagsIn(url.searchParams);
  return {
    ...tags,
    at,
    ...(clickId && { clickId, clickIds: clicks }),
    ...(isElsewhere(referrer, url) && { referrer: referrer.slice(0, most) }),
    landingPage: url.href.slice(0, most),
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
