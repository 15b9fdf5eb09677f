// Starts a program that goes on until it is stopped, such as a server or a driver.

import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

import { environment, Failure } from '../../pkg-config/tool/run.mjs';

/** A port that nobody listens on at this moment. @returns {Promise<number>} */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });

/**
 * Starts a program and waits until `url` answers, whatever it says.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ url: string, cwd?: string, env?: NodeJS.ProcessEnv, patience?: number }} options patience in milliseconds
 * @returns {Promise<{ stop: () => Promise<void> }>}
 */
export async function startServer(command, args, { url, cwd, env, patience = 60_000 }) {
  // A group of its own, so that what it starts ends with it.
  const child = spawn(command, args, { cwd, env: { ...environment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' });
  let output = '';
  let ended = false;
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output = (output + text).slice(-20_000)));
  const end = new Promise((resolve) => {
    child.once('error', (error) => ((output += error.message), (ended = true), resolve(undefined)));
    child.once('close', () => ((ended = true), resolve(undefined)));
  });
  const stop = async () => {
    if (ended) return;
    process.platform === 'win32' ? child.kill() : process.kill(-(/** @type {number} */ (child.pid)), 'SIGKILL');
    await end;
  };
  const until = Date.now() + patience;
  while (!ended && Date.now() < until) {
    if (await answers(url)) return { stop };
    await pause(50);
  }
  await stop();
  throw new Failure(`\`${[command, ...args].join(' ')}\` does not answer at ${url}:\n${output}`);
}

/** @param {string} url */
async function answers(url) {
  try {
    await (await fetch(url, { signal: AbortSignal.timeout(30_000) })).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
