// Where visitors without scripts are led after they sent a form: only to places that the operator named,
// or the page's own host, whatever a scorecard or a form says.

/**
 * The address that a link leads to; nothing where it may not be followed.
 *
 * @param {unknown} link
 * @param {string} base address of the page that the form stands on
 * @param {readonly string[]} origins where it may lead beside the page's own
 * @returns {string | undefined}
 */
export function safeTarget(link, base, origins) {
  if (typeof link !== 'string' || link.length > 8192) return undefined;
  // What browsers quietly remove or turn round has no place in an address that is meant.
  if (/[\u0000-\u0020\u007f-\u00a0\u2028\u2029\ufeff\\]/.test(link)) return undefined;
  // Slashes that stand after a scheme or at the start tell of another host.
  if (/^\/\//.test(link)) return undefined;
  let target;
  try {
    target = new URL(link, base);
  } catch {
    return undefined;
  }
  if (target.protocol !== 'https:' && target.protocol !== 'http:') return undefined;
  if (target.username !== '' || target.password !== '') return undefined;
  return target.origin === new URL(base).origin || origins.includes(target.origin) ? target.href : undefined;
}

/**
 * Where a route leads who sent a form without scripts: its redirect, where it may be followed, else the
 * page that says thank you, at the part with the route's name.
 *
 * @param {{ id: string, action: any } | undefined} route
 * @param {{ page: string, thanks: string, origins: readonly string[], host: string }} site `host`: the server's own
 * @returns {string} for a `Location` header
 */
export function wayOf(route, { page, thanks, origins, host }) {
  let target = safeTarget(route?.action?.redirect?.url, page, origins);
  if (target === undefined) {
    const address = new URL(thanks, page);
    if (route) address.hash = encodeURIComponent(route.id);
    target = address.href;
  }
  const { host: there, pathname, search, hash } = new URL(target);
  // On the same host without its name: behind a proxy the server does not know whether it is reached by
  // https. But a path of two slashes would name another host.
  return there === host && !pathname.startsWith('//') ? `${pathname}${search}${hash}` : target;
}
