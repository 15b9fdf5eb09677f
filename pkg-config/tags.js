// What the address of a page says of how its visitor came. Pure.

import { clickIds } from './words.js';

/** Longest value of a tag that is kept. */
const most = 300;

/** `utm_source_platform` → `sourcePlatform`. @param {string} name */
const keyOf = (name) => name.slice(4).replace(/_+([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/**
 * Every `utm_` tag under its name without the prefix, and the click ids of ad platforms: of each the
 * first value that says something. Upper case in names does not matter.
 *
 * @param {URLSearchParams} query
 * @returns {{ tags: Record<string, string>, clicks: Record<string, string>, clickId?: string }} `clickId`: the first of `clicks` in the order of `clickIds`, as `name=value`
 */
export function tagsIn(query) {
  /** @type {Record<string, string>} */
  const tags = {};
  /** @type {Record<string, string>} */
  const clicks = {};
  for (const [name, value] of query) {
    const bare = name.toLowerCase();
    const text = value.trim().slice(0, most);
    if (!text) continue;
    if (clickIds.includes(bare)) clicks[bare] ??= text;
    else if (/^utm_[a-z0-9_]+$/.test(bare)) tags[keyOf(bare)] ??= text;
  }
  const click = clickIds.find((id) => id in clicks);
  return { tags, clicks, clickId: click && `${click}=${clicks[click]}` };
}
