// Where the demo's form goes. It counts what arrives and keeps none of it; the answer is a page, so
// that the form works without scripts.

/** Far more than a form of people holds. */
const mostBytes = 64 * 1024;

/** Reads to the end, since who is cut off sees no answer; keeps nothing. @param {import('node:http').IncomingMessage} request */
async function sizeOf(request) {
  let bytes = 0;
  for await (const chunk of request) bytes += chunk.length;
  return bytes;
}

/**
 * An endpoint for one server.
 *
 * @param {(line: string) => void} log
 */
export function submissions(log) {
  let count = 0;
  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  return async function receive(request, response) {
    const plain = (status, text, headers = {}) => response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(`${text}\n`);
    if (request.method !== 'POST') return plain(405, 'only POST', { allow: 'POST' });
    if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) return plain(415, 'send a form');
    const bytes = await sizeOf(request);
    if (bytes > mostBytes) return plain(413, `at most ${mostBytes} bytes`);
    count += 1;
    log(`submission ${count}: ${bytes} bytes`);
    // See other: a reload of the page that follows sends nothing twice.
    response.writeHead(303, { location: '/thanks/' }).end();
  };
}
