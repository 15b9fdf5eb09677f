// leadfit's own collector as a receiver of the fault table: `leadfit serve` on a file, as somebody runs
// it, which can be killed while it writes.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { root } from '../../pkg-config/tool/run.mjs';
import { node } from '../package/server.mjs';
import { freePort } from '../tools/server.mjs';

/** A visitor has an address of one's own, or all would share one limit. @param {string} id */
const addressOf = (id) => `10.${[0, 2, 4].map((at) => parseInt(id.replaceAll('-', '').slice(at, at + 2), 16) || 0).join('.')}`;

/** @param {string} installed the package */
export async function served(installed) {
  const work = mkdtempSync(join(tmpdir(), 'leadfit-served-'));
  const file = join(work, 'leads.sqlite');
  const port = await freePort();
  const args = ['--no-warnings', join(installed, 'cli.js'), 'serve', 'www/sample/b2b-software.json', '--store', file, '--port', String(port), '--proxy'];
  let crashes = 0;

  /** Resolves when it listens. */
  function start() {
    // Run where the driver of SQLite can be found: it is a package of whoever runs this.
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LEADFIT_SECRET: '', LEADFIT_PEOPLE: '' } });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    let output = '';
    const listens = new Promise((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => /leads are taken at/.test((output += text)) && resolve(undefined));
      child.once('exit', (code) => reject(new Error(`the collector ended with ${code}:\n${output}`)));
    });
    // Killed before it listens is no fault.
    listens.catch(() => {});
    return { listens, kill: () => (child.kill('SIGKILL'), ended) };
  }

  let running = start();
  await running.listens;
  /** @type {Promise<void> | undefined} */
  let restarting;
  async function restart() {
    crashes += 1;
    await running.kill();
    running = start();
    await running.listens;
  }

  const database = await node.openDatabase(file);
  return {
    receive: (body, headers) =>
      new Promise((resolve, reject) => {
        const sent = request({ port, path: '/submit', method: 'POST', headers: { ...headers, 'x-forwarded-for': addressOf(JSON.parse(body).id) } }, (response) => {
          let said = '';
          response.setEncoding('utf8').on('data', (text) => (said += text)).on('error', reject);
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body: said }));
        });
        sent.on('error', reject);
        sent.end(body);
      }),
    stored: async (ids) => {
      const rows = ids ? database.rows('SELECT key FROM submissions WHERE key IN (SELECT value FROM json_each(?))', JSON.stringify(ids)) : database.rows('SELECT key FROM submissions');
      return rows.map(({ key }) => key);
    },
    // Several requests may want it at the same time.
    crash: () => (restarting ??= restart().finally(() => (restarting = undefined))),
    crashes: () => crashes,
    isDown: () => restarting !== undefined,
    /** Whether the file is sound. */
    sound: () => database.rows('PRAGMA integrity_check')[0].integrity_check === 'ok',
    async close() {
      await restarting;
      await running.kill();
      database.close();
      rmSync(work, { recursive: true, force: true });
    },
  };
}
