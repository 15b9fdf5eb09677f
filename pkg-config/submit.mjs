// Where the demo's form goes: keeps what it receives until the server ends, and answers with the page
// that the visitor's answers lead to, so that the form works without scripts.

/** Far more than a form of people holds. */
const mostBytes = 64 * 1024;

/** Submissions that are kept; of more, the newest. */
const mostKept = 1000;

/**
 * Reads to the end, since who is cut off sees no answer; keeps no more than is allowed.
 *
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<string | undefined>} undefined where it is too much
 */
async function bodyOf(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes <= mostBytes) chunks.push(chunk);
  }
  return bytes > mostBytes ? undefined : Buffer.concat(chunks).toString('utf8');
}

/**
 * The way that a route leads: to the address that it names, or to its part of the page after the form.
 *
 * @param {{ id: string, action: any } | undefined} route
 */
function wayOf(route) {
  const { url } = route?.action.redirect ?? {};
  // Of this host only: a scorecard of others must not send visitors elsewhere from here.
  if (url && /^\/(?![/\\])/.test(url)) return url;
  return route ? `/thanks/#${encodeURIComponent(route.id)}` : '/thanks/';
}

/**
 * An endpoint for one server.
 *
 * @param {(line: string) => void} log gets nothing of what people wrote
 * @param {(fields: URLSearchParams) => Promise<any>} judge the route of a form; may fail, then the submission is unscored
 */
export function submissions(log, judge) {
  /** @type {{ fields: Record<string, string>, route: string | undefined }[]} */
  const kept = [];
  let count = 0;
  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async function receive(request, response) {
    const plain = (status, text, headers = {}) => response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(`${text}\n`);
    if (request.method !== 'POST') return plain(405, 'only POST', { allow: 'POST' });
    if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) return plain(415, 'send a form');
    const body = await bodyOf(request);
    if (body === undefined) return plain(413, `at most ${mostBytes} bytes`);
    const fields = new URLSearchParams(body);
    const route = await judge(fields).catch(() => undefined);
    kept.push({ fields: Object.fromEntries(fields), route: route?.id });
    if (kept.length > mostKept) kept.shift();
    count += 1;
    log(`submission ${count}: ${route?.id ?? 'unscored'}`);
    // See other: a reload of the page that follows sends nothing twice.
    response.writeHead(303, { location: wayOf(route) }).end();
  }
  return { receive, kept };
}
