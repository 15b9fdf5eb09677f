// Runs other programs for the tools here: quietly, with seconds, and with a way out when one fails.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** What the tools remember between runs; safe to delete. */
export const cache = join(root, '.cache');

/** A failure whose message already says what to do, so no stack is printed for it. */
export class Failure extends Error {}

/** The environment of every program started here. */
export function environment() {
  const env = { ...process.env };
  // A Rust installed a minute ago is not on the PATH of a shell opened before.
  const path = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  env[path] = [env[path], join(homedir(), '.cargo', 'bin')].filter(Boolean).join(delimiter);
  const toolchain = chosenToolchain();
  if (toolchain) env.RUSTUP_TOOLCHAIN ??= toolchain;
  return env;
}

/** The toolchain that setup settled on where the pinned one goes by another name. */
function chosenToolchain() {
  try {
    return readFileSync(join(cache, 'toolchain'), 'utf8').trim();
  } catch {
    return '';
  }
}

/**
 * Runs a program and gives what it printed; throws a `Failure` with its last lines otherwise.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, help?: string, timeout?: number, onOutput?: (text: string) => void }} [options]
 * @returns {Promise<{ stdout: string, output: string }>}
 */
export async function run(command, args, { cwd = root, env, help, timeout, onOutput } = {}) {
  const result = await attempt(command, args, { cwd, env, timeout, onOutput });
  if (result.code === 0) return result;
  const lines = result.output.trimEnd().split('\n').slice(-60).join('\n');
  const said = lines && !onOutput ? `\n\n${lines}\n` : '';
  throw new Failure(`\`${[command, ...args].join(' ')}\` failed (${result.code})${said}${help ? `\n${help}` : ''}`);
}

/**
 * Like `run`, but a failure is an answer: `code` is the exit code, or a word for why there is none.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number, onOutput?: (text: string) => void }} [options]
 * @returns {Promise<{ code: number | string, stdout: string, output: string }>}
 */
export function attempt(command, args, { cwd = root, env, timeout, onOutput } = {}) {
  return new Promise((resolve) => {
    let stdout = '';
    let output = '';
    const child = spawn(command, args, {
      cwd,
      env: { ...environment(), ...env },
      timeout,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const take = (text) => ((output += text), onOutput?.(text));
    child.stdout.setEncoding('utf8').on('data', (text) => ((stdout += text), take(text)));
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', (error) => {
      const code = /** @type {NodeJS.ErrnoException} */ (error).code ?? 'error';
      resolve({ code: code === 'ENOENT' ? 'not found' : code, stdout, output: output + error.message });
    });
    child.on('close', (code, signal) => resolve({ code: code ?? signal ?? 'ended', stdout, output }));
  });
}

/**
 * npm, as started by npm itself where that is so: the same version, and no shell on Windows.
 *
 * @param {string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return run(process.execPath, [cli, ...args], options);
  return process.platform === 'win32'
    ? run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options)
    : run('npm', args, options);
}

/**
 * One line per step: its name when it starts, its seconds when it is done.
 *
 * @template T
 * @param {string} name
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  process.stdout.write(`  ${name} …`);
  const seconds = stopwatch();
  try {
    const result = await work();
    process.stdout.write(` ${seconds()} s\n`);
    return result;
  } catch (error) {
    process.stdout.write(' failed\n');
    throw error;
  }
}

/** @returns {() => string} seconds since it was made */
export function stopwatch() {
  const from = performance.now();
  return () => ((performance.now() - from) / 1000).toFixed(1);
}

/**
 * Runs a tool's main function if its file was started from the command line.
 *
 * @param {ImportMeta} meta
 * @param {() => Promise<void>} main
 */
export async function mainOf(meta, main) {
  if (process.argv[1] !== fileURLToPath(meta.url)) return;
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
