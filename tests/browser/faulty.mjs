// A receiver behind a bad network: every fault that a page can meet between Submit and stored.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';

/**
 * Whoever stores submissions. The ledger below is the simplest; a collector is another.
 *
 * @typedef {object} Receiver
 * @property {(body: string, headers: import('node:http').IncomingHttpHeaders) => Promise<{ status: number, body: string }>} receive
 * @property {(ids?: readonly string[]) => Promise<string[]>} stored ids of what it holds, one for each row: of all, or of these
 * @property {() => Promise<void>} [crash] kills it, and starts it again
 */

/** Stores by id, in memory. @returns {Receiver} */
export function ledger() {
  /** @type {Map<string, any>} */
  const rows = new Map();
  return {
    async receive(body) {
      const submission = JSON.parse(body);
      const status = rows.has(submission.id) ? 'duplicate' : 'stored';
      rows.set(submission.id, submission);
      return { status: 200, body: JSON.stringify({ id: submission.id, status }) };
    },
    stored: async () => [...rows.keys()],
  };
}

/** @typedef {(exchange: { request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse, store: () => Promise<{ status: number, body: string }>, receiver: Receiver }) => Promise<unknown> | unknown} Fault */

/** @param {number} status @param {Record<string, string>} [headers] @param {string} [body] @returns {Fault} */
const answering = (status, headers, body = 'no') => ({ response }) => response.writeHead(status, headers).end(body);

/**
 * Servers and proxies end what leads nowhere after a while, much later than pages give it up. WebKit leaves
 * it to them.
 *
 * @param {import('node:http').IncomingMessage} request
 */
const hangUp = ({ socket }) => rest(5000, undefined, { ref: false }).then(() => socket.destroy());

/** @type {Record<string, Fault>} */
export const faults = {
  '401': answering(401),
  '404': answering(404),
  '413': answering(413),
  '422': answering(422),
  '500': answering(500),
  '502': answering(502),
  '503': answering(503),
  '429, seconds': answering(429, { 'retry-after': '2' }),
  '429, date': ({ response }) => response.writeHead(429, { 'retry-after': new Date(Date.now() + 2500).toUTCString() }).end('later'),
  'captive portal': answering(200, { 'content-type': 'text/html' }, '<h1>Welcome to the hotel</h1>'),
  'redirect to sign-in': answering(302, { location: '/sign-in' }),
  'id of another': answering(200, {}, '{"id":"another","status":"stored"}'),
  'no answer': ({ request }) => void hangUp(request),
  'slow loris': async ({ request, response }) => {
    void hangUp(request);
    response.writeHead(200, { 'content-type': 'application/json' });
    while (!response.destroyed) {
      response.write(' ');
      await rest(100);
    }
  },
  reset: ({ request }) => request.socket.destroy(),
  'reset after storing': async ({ request, store }) => {
    await store();
    request.socket.destroy();
  },
  '500 after storing': async ({ response, store }) => {
    await store();
    response.writeHead(500).end();
  },
  'half an answer': async ({ request, response, store }) => {
    const { body } = await store();
    response.writeHead(200, { 'content-length': body.length });
    response.write(body.slice(0, -3));
    await rest(20);
    request.socket.destroy();
  },
  'collector killed': async ({ response, store, receiver }) => {
    const stored = store();
    // Nobody may be there to hear of a fault before the killing is done.
    stored.catch(() => {});
    // So long as it takes to read, judge, write and answer: sometimes before, sometimes after it is stored.
    await rest(Math.random() * 12);
    void receiver.crash?.();
    const { status, body } = await stored;
    response.writeHead(status).end(body);
  },
  slow: async ({ response, store }) => {
    await rest(400);
    const { status, body } = await store();
    response.writeHead(status).end(body);
  },
};

/**
 * Serves the page of the tests and the package, and receives under `/leads`, by the plan for each email address.
 *
 * @param {{ installed: string, pages: string, receiver?: Receiver }} options
 */
export async function faulty({ installed, pages, receiver = ledger() }) {
  /** What happens to the next requests of somebody, in turn; after that they go through. @type {Map<string, string[]>} */
  const plans = new Map();
  /** @type {{ id: string, email: string, at: number, fault: string | undefined }[]} */
  const tries = [];
  /** Requests under way by id. @type {Map<string, number>} */
  const open = new Map();
  /** The most there ever were. @type {Map<string, number>} */
  const most = new Map();

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  async function receive(request, response) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const { id, pairs } = JSON.parse(text);
    const [, email] = pairs.find(([name]) => name === 'email');
    const fault = plans.get(email)?.shift();
    tries.push({ id, email, at: Date.now(), fault });
    open.set(id, (open.get(id) ?? 0) + 1);
    most.set(id, Math.max(most.get(id) ?? 0, open.get(id) ?? 0));
    // Not when the answer is written: one that is still being read is under way.
    response.on('close', () => open.set(id, (open.get(id) ?? 0) - 1));
    const store = () => receiver.receive(text, request.headers);
    if (fault !== undefined) return faults[fault]({ request, response, store, receiver });
    const { status, body } = await store();
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-expose-headers', 'retry-after, date');
    // Somebody else's requests, which take long.
    if (pathname === '/tracker') return void setTimeout(() => response.writeHead(204).end(), 3000);
    if (pathname === '/leads') return void receive(request, response).catch(() => response.destroy());
    const file = pathname.startsWith('/leadfit/') ? join(installed, pathname.slice(9)) : join(pages, pathname);
    const type = /\.js$/.test(pathname) ? 'text/javascript' : 'text/html';
    readFile(file).then(
      (bytes) => response.writeHead(200, { 'content-type': type }).end(bytes),
      () => response.writeHead(404).end('<h1>Sign in</h1>'),
    );
  });
  await new Promise((resolve) => server.listen(0, 'localhost', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    url: `http://localhost:${port}`,
    receiver,
    tries,
    /** The id under which somebody's answers came, once they have. @param {string} email */
    async idOf(email) {
      for (let waits = 0; waits < 200; waits++) {
        const found = tries.find((one) => one.email === email);
        if (found) return found.id;
        await rest(50);
      }
      return undefined;
    },
    /** The most requests of one submission at the same time. @param {string} id */
    mostAtOnce: (id) => most.get(id),
    /** @param {string} email @param {readonly string[]} plan */
    plan: (email, plan) => void plans.set(email, [...plan]),
    close: async () => (server.closeAllConnections(), server.close()),
  };
}
