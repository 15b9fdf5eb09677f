// Serves the demo and the studio as a careful site would: `npm start` opens www/ at /, the built
// package at /leadfit/ and the built studio at /studio/, with leadfit's collector behind the demo's form. The policy is the strictest one that
// browsers run wasm under, so whatever works here works on a locked-down landing page.

import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { dirname, extname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

import { cardsOf, createCollector, createStore, hashPassword, peopleIn } from './server/index.js';
import { answer as collect, forwarding, openDatabase } from './server/node.js';
import { cache, Failure, mainOf, root } from './tool/run.mjs';

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Of the studio: it works in a worker of its own. */
const studioPolicy = contentSecurityPolicy.replace("trusted-types 'none'", "worker-src 'self'; trusted-types leadfit-studio");

const types = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** Which folder stands at which path; the longest path that fits is taken. */
const mountsOfStart = { '/': join(root, 'www'), '/leadfit/': join(root, 'pkg'), '/studio/': join(root, 'dist', 'studio'), '/stand-ins/': join(root, 'tests', 'stand-ins') };

/**
 * The collector behind the demo's form, opened when it is first asked for something. It judges by the
 * package and the scorecard that are served, so who comes without scripts is sent the same way.
 *
 * @param {Record<string, string>} mounts
 * @param {{ store: string, people: readonly import('./server/index.js').Person[], log: (line: string) => void }} options
 */
function collecting(mounts, { store: path, people, log }) {
  /** @type {Promise<import('./leadfit.js').Scorecard> | undefined} */
  let card;
  const load = async () => {
    const { Scorecard } = await import(pathToFileURL(join(mounts['/leadfit/'], 'entry-studio-inlined.js')).href);
    return Scorecard.parse(await readFile(join(mounts['/'], 'sample', 'b2b-software.json'), 'utf8'), { audience: 'server' });
  };
  // Where there is no engine yet, the lead is kept all the same, unscored.
  const find = async (...which) => {
    const loaded = await (card ??= load()).catch(() => void (card = undefined));
    return loaded && cardsOf([loaded])(...which);
  };
  const open = async () => {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
    const database = await openDatabase(path);
    const store = createStore(database);
    const collector = createCollector({ store, find, people, log });
    const stop = forwarding(collector, log);
    return { store, collector, close: async () => (await stop(), database.close()) };
  };
  /** @type {ReturnType<typeof open> | undefined} */
  let opened;
  return { opened: () => (opened ??= open()), close: async () => (await opened)?.close() };
}

/** The paths of the collector. @param {string} path */
const isCollectors = (path) => /^\/(submit|ticket|sales(\/.*)?)$/.test(path);

/**
 * The file that a request path stands for; `undefined` when there is none inside its folder.
 *
 * @param {string} path decoded, beginning with `/`
 * @param {Record<string, string>} mounts
 */
async function find(path, mounts) {
  const mount = Object.keys(mounts).filter((prefix) => path.startsWith(prefix)).sort((a, b) => b.length - a.length)[0];
  if (mount === undefined) return undefined;
  try {
    // INVARIANT: nothing outside the folder is ever read. Compared after links are followed, so
    // neither `..` in any spelling nor a link leads out.
    const folder = await realpath(mounts[mount]);
    const file = await realpath(join(folder, path.slice(mount.length)));
    if (file !== folder && !file.startsWith(folder + sep)) return undefined;
    return { file, folder: (await stat(file)).isDirectory() };
  } catch {
    return undefined;
  }
}

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 * @param {Record<string, string>} mounts
 * @param {Record<string, string>} headers more of them, or others
 * @param {ReturnType<typeof collecting>} collecting
 * @param {(line: string) => void} log
 */
async function answer(request, response, mounts, headers, collecting, log) {
  const [raw, query] = (request.url ?? '/').split(/\?(.*)/s);
  if (isCollectors(raw)) return collect((await collecting.opened()).collector, request, response, { log });
  const inStudio = '/studio/' in mounts && raw.startsWith('/studio/');
  response.setHeader('content-security-policy', inStudio ? studioPolicy : contentSecurityPolicy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'strict-origin-when-cross-origin');
  // Kept but asked about each time: a reload always shows the last build.
  response.setHeader('cache-control', 'no-cache');
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const plain = (status, text) => response.writeHead(status, { 'content-type': types['.txt'] }).end(`${text}\n`);

  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return plain(405, 'only GET and HEAD');
  }
  let path;
  try {
    path = decodeURIComponent(raw);
  } catch {
    return plain(400, 'this address is not valid');
  }
  let found = await find(path, mounts);
  if (found?.folder) {
    if (!path.endsWith('/')) {
      // Never to a path that begins with two slashes: that would be another host.
      const location = `/${raw.replace(/^[/\\]+/, '')}/${query ? `?${query}` : ''}`;
      return response.writeHead(308, { location }).end();
    }
    found = await find(`${path}index.html`, mounts);
  }
  if (!found || found.folder) return plain(404, `nothing at ${path}`);

  const bytes = await readFile(found.file);
  const tag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
  response.setHeader('etag', tag);
  if (request.headers['if-none-match'] === tag) return response.writeHead(304).end();
  response.writeHead(200, { 'content-type': types[extname(found.file).toLowerCase()] ?? 'application/octet-stream', 'content-length': bytes.length });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

/**
 * Starts a server on this machine only.
 *
 * @param {object} [options]
 * @param {number} [options.port] 0 or a taken one: any free port
 * @param {Record<string, string>} [options.mounts]
 * @param {Record<string, string>} [options.headers]
 * @param {string} [options.store] file of the leads; by default they are forgotten at the end
 * @param {readonly import('./server/index.js').Person[]} [options.people] who may open the pages of sales
 * @param {(line: string) => void} [options.log]
 * @returns {Promise<{ url: string, leads: () => Promise<import('./server/store.js').LeadRow[]>, close: () => Promise<void> }>}
 */
export async function serve({ port = 0, mounts = mountsOfStart, headers = {}, store = ':memory:', people = [], log = () => {} } = {}) {
  const collector = collecting(mounts, { store, people, log });
  const server = createServer((request, response) => {
    answer(request, response, mounts, headers, collector, log).catch((error) => {
      console.error(error);
      response.headersSent ? response.destroy() : response.writeHead(500).end();
    });
  });
  await listen(server, port).catch((error) => {
    if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') throw error;
    return listen(server, 0);
  });
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const close = async () => {
    await new Promise((resolve) => {
      server.close(() => resolve(undefined));
      server.closeAllConnections();
    });
    await collector.close();
  };
  return { url: `http://localhost:${address.port}/`, leads: async () => (await collector.opened()).store.leads(), close };
}

/** @param {import('node:http').Server} server @param {number} port */
function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', () => {
      server.off('error', reject);
      resolve(undefined);
    });
  });
}

await mainOf(import.meta, async () => {
  const port = Number(process.env.PORT ?? 4173);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Failure(`PORT is \`${process.env.PORT}\`: give a whole number from 0 to 65535.`);
  }
  // Nobody knows a password beforehand: without one of yours there is a new one each time.
  const password = process.env.LEADFIT_PEOPLE ? undefined : randomBytes(9).toString('base64url');
  const people = password ? [{ name: 'sales', password: await hashPassword(password) }] : peopleIn(process.env.LEADFIT_PEOPLE ?? '');
  const store = join(cache, 'start', 'leads.sqlite');
  const { url } = await serve({ port, store, people, log: console.log });
  console.log(`\n  leadfit is at ${url}, its studio at ${url}studio/ (end it with Ctrl+C)`);
  console.log(`  its leads are at ${url}sales${password ? `: sign in as \`sales\` with \`${password}\`` : ''}\n`);
});
