// The collector as a server of Node: its requests, its file, its timer.

import { createServer } from 'node:http';

export { openDatabase } from './database.js';

/** @typedef {import('node:http').IncomingMessage} IncomingMessage */
/** @typedef {import('node:http').ServerResponse} ServerResponse */

/** Milliseconds that a request may take to arrive, and between two looks for what is to be forwarded. */
const PATIENCE = 30_000;
const ROUND = 1000;

/**
 * A request of Node as others know it; nothing where it is none.
 *
 * @param {IncomingMessage} incoming
 * @param {boolean} proxied whether to believe the headers of a proxy
 * @returns {{ request: Request, address: string } | undefined}
 */
function requestOf(incoming, proxied = false) {
  const { headers, method = 'GET', url = '/' } = incoming;
  const last = (/** @type {string} */ name) => (proxied ? String(headers[name] ?? '').split(',').pop()?.trim() : '') || undefined;
  const address = last('x-forwarded-for') ?? incoming.socket.remoteAddress ?? 'unknown';
  const scheme = last('x-forwarded-proto') === 'https' ? 'https' : 'http';
  if (!url.startsWith('/')) return undefined;
  try {
    const given = new Headers();
    for (const [name, value] of Object.entries(headers)) for (const one of [value ?? ''].flat()) given.append(name, one);
    const body = method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? undefined : streamOf(incoming);
    // By hand: resolved against a base, a path of two slashes would name another host.
    return { request: new Request(`${scheme}://${headers.host ?? 'localhost'}${url}`, { method, headers: given, body, ...(body && { duplex: 'half' }) }), address };
  } catch {
    return undefined;
  }
}

/** @param {IncomingMessage} incoming @returns {ReadableStream<Uint8Array>} */
function streamOf(incoming) {
  let open = true;
  return new ReadableStream({
    start(controller) {
      incoming.on('data', (/** @type {Buffer} */ chunk) => {
        if (!open) return;
        controller.enqueue(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length));
        if ((controller.desiredSize ?? 1) <= 0) incoming.pause();
      });
      incoming.on('end', () => open && controller.close());
      incoming.on('error', (error) => open && ((open = false), controller.error(error)));
    },
    pull: () => void incoming.resume(),
    cancel() {
      // Read to the end all the same, for who is cut off sees no answer; kept is nothing of it.
      open = false;
      incoming.resume();
    },
  });
}

/** @param {Response} response @param {ServerResponse} outgoing @param {string} [method] */
async function sendResponse(response, outgoing, method) {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (method !== 'HEAD' && response.body) for await (const chunk of /** @type {any} */ (response.body)) outgoing.write(chunk);
  outgoing.end();
}

/**
 * Answers a request of Node by a collector. A fault of the server is answered with 503: whoever sent a
 * lead keeps it and tries again.
 *
 * @param {import('./collector.js').Collector} collector
 * @param {IncomingMessage} incoming
 * @param {ServerResponse} outgoing
 * @param {{ proxied?: boolean, log?: (line: string) => void }} [options]
 */
export async function answer(collector, incoming, outgoing, { proxied = false, log = () => {} } = {}) {
  try {
    const asked = requestOf(incoming, proxied);
    if (!asked) return void outgoing.writeHead(400).end();
    await sendResponse(await collector.fetch(asked.request, { address: asked.address }), outgoing, incoming.method);
  } catch (error) {
    log(`fault: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(503, { 'retry-after': '10', 'content-type': 'text/plain; charset=utf-8' }).end('This server has a fault. Please try again.\n');
  }
}

/**
 * Forwards what is due, again and again.
 *
 * @param {import('./collector.js').Collector} collector
 * @param {(line: string) => void} [log]
 * @returns {() => Promise<void>} ends it, when the round under way is done
 */
export function forwarding(collector, log = () => {}) {
  /** @type {Promise<unknown>} */
  let round = Promise.resolve();
  const timer = setInterval(() => (round = collector.forward().catch((error) => log(`fault: ${error?.message}`))), ROUND);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await round;
  };
}

/**
 * Listens, and forwards what is due.
 *
 * @param {import('./collector.js').Collector} collector
 * @param {object} [options]
 * @param {number} [options.port] 0: any free one
 * @param {string} [options.host] default `localhost`: only programs of this machine can reach it
 * @param {boolean} [options.proxied] whether a proxy stands before it, whose `X-Forwarded-For` and `X-Forwarded-Proto` count
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<{ url: string, close: () => Promise<void> }>} `close`: no more requests; ends when the last is answered
 */
export async function listen(collector, { port = 0, host = 'localhost', proxied = false, log } = {}) {
  const server = createServer({ requestTimeout: PATIENCE, headersTimeout: PATIENCE / 2, keepAliveTimeout: 5000 }, (incoming, outgoing) => void answer(collector, incoming, outgoing, { proxied, log }));
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, host, () => resolve(undefined)));
  const { port: taken } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const stop = forwarding(collector, log);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}/`,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      });
      await stop();
    },
  };
}
