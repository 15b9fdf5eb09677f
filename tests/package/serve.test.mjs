// The server of `npm start`: types, policy, and nothing from outside its folders.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { contentSecurityPolicy, serve } from '../../pkg-config/serve.mjs';

const work = mkdtempSync(join(tmpdir(), 'leadfit-serve-'));
for (const [name, text] of Object.entries({
  'www/index.html': '<!doctype html>home',
  'www/studio/index.html': '<!doctype html>studio',
  'www/a b.css': '',
  'pkg/leadfit.js': 'export {}',
  'pkg/x.wasm': '',
  'secret.txt': 'secret',
  'www-secret/secret.txt': 'secret',
})) {
  mkdirSync(join(work, name, '..'), { recursive: true });
  writeFileSync(join(work, name), text);
}
symlinkSync(join(work, 'secret.txt'), join(work, 'www', 'link.txt'));

const mounts = { '/': join(work, 'www'), '/leadfit/': join(work, 'pkg') };
const lines = [];
const server = await serve({ mounts, log: (line) => lines.push(line) });
after(async () => {
  await server.close();
  rmSync(work, { recursive: true, force: true });
});

/** Sends the path as it stands: `fetch` would tidy up `..` before it leaves. */
const raw = (path, { method = 'GET', headers = {}, body: sent = '' } = {}) =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    request({ hostname, port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    }).on('error', reject).end(sent);
  });

test('each kind of file has its type', async () => {
  const expected = {
    '/': 'text/html; charset=utf-8',
    '/studio/': 'text/html; charset=utf-8',
    '/a%20b.css': 'text/css; charset=utf-8',
    '/leadfit/leadfit.js': 'text/javascript; charset=utf-8',
    '/leadfit/x.wasm': 'application/wasm',
  };
  for (const [path, type] of Object.entries(expected)) {
    const { status, headers } = await raw(path);
    assert.deepEqual([path, status, headers['content-type']], [path, 200, type]);
  }
});

test('every answer carries the policy', async () => {
  const policy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
  assert.equal(contentSecurityPolicy, policy);
  for (const path of ['/', '/none', '/studio', '/%']) {
    const { headers } = await raw(path);
    assert.equal(headers['content-security-policy'], policy, path);
    assert.equal(headers['x-content-type-options'], 'nosniff', path);
    assert.ok(headers['referrer-policy'], path);
  }
});

test('nothing outside the folders is served', async () => {
  const paths = ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/%2e%2e%2fsecret.txt', '/..%5csecret.txt', '/leadfit/../../secret.txt', '/leadfit/..%2f..%2fsecret.txt', '/studio/../../secret.txt', '/../www-secret/secret.txt', '/link.txt', '//etc/passwd', '/%00', '/index.html%00.css', '/%252e%252e/secret.txt'];
  for (const path of paths) {
    const { status, body } = await raw(path);
    assert.equal(status, 404, path);
    assert.ok(!/^secret|^root:/.test(body), path);
  }
});

test('an address that cannot be read is refused', async () => assert.equal((await raw('/%')).status, 400));

test('a folder without its slash leads to the one with, on this host', async () => {
  assert.equal((await raw('/studio?a=1')).headers.location, '/studio/?a=1');
  assert.equal((await raw('//studio')).headers.location, '/studio/');
});

test('only reading is allowed', async () => {
  assert.equal((await raw('/', { method: 'POST' })).status, 405);
  const { status, body } = await raw('/', { method: 'HEAD' });
  assert.deepEqual([status, body], [200, '']);
});

test('a form is kept and answered with a page; without an engine it is unscored', async () => {
  const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  const { status, headers } = await raw('/submit', { ...form, body: 'email=nora%40brightmoor.example' });
  assert.deepEqual([status, headers.location], [303, '/thanks/']);
  const kept = await server.leads();
  assert.deepEqual(kept.map(({ email, newest }) => [email, newest.verdict]), [['nora@brightmoor.example', null]]);
  assert.match(lines.join('\n'), /^stored [0-9a-f-]{36}: not judged$/, 'nothing that people wrote is logged');
  assert.equal((await raw('/submit')).status, 405);
  assert.equal((await raw('/sales')).status, 404, 'nobody may sign in, so there is nothing to see');
});

test('an unchanged file is not sent twice', async () => {
  const { headers } = await raw('/');
  assert.equal(headers['cache-control'], 'no-cache');
  assert.equal((await raw('/', { headers: { 'if-none-match': headers.etag } })).status, 304);
});

test('a taken port is passed over', async () => {
  const second = await serve({ port: Number(new URL(server.url).port), mounts });
  assert.notEqual(second.url, server.url);
  assert.equal((await fetch(second.url)).status, 200);
  await second.close();
});
