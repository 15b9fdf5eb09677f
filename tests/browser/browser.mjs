// Finds a Chromium to test in, or gets one. Each place is tried by starting it: a file that is there
// but does not run, for lack of a library or of a snap, is no browser.

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { attempt, Failure, mainOf } from '../../pkg-config/tool/run.mjs';

const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Minutes that a download may take, as milliseconds. */
const patience = 5 * 60_000;

/** Where browsers that people install for themselves usually lie. */
function installed() {
  const { platform, env } = process;
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(Boolean);
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return roots.flatMap((folder) => programs.map((program) => join(folder, program)));
  }
  const folders = [...(env.PATH ?? '').split(':'), '/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome', '/opt/microsoft/msedge'];
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge-stable', 'microsoft-edge', 'chrome'];
  return [...new Set(names.flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name))))];
}

/** Playwright's own, if it was downloaded before. */
const downloaded = () => [chromium.executablePath()].filter(Boolean);

async function download() {
  const cli = join(createRequire(import.meta.url).resolve('playwright-core/package.json'), '..', 'cli.js');
  await attempt(process.execPath, [cli, 'install', 'chromium'], { timeout: patience });
  return downloaded();
}

/** Debian and Ubuntu, where nobody has to be asked for a password. */
async function fromDebian() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get')) return [];
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (sudo.length > 0 && (await attempt('sudo', ['-n', 'true'])).code !== 0) return [];
  const apt = (...words) => {
    const [command, ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...words];
    return attempt(command, rest, { timeout: patience });
  };
  await apt('update');
  await apt('install', '--yes', '--no-install-recommends', 'chromium');
  return installed();
}

/** @param {string} executablePath @param {string[]} args */
const byPlaywright = (executablePath, args) => chromium.launch({ executablePath, args, headless: true });

/**
 * The first browser that starts, cheapest source first.
 *
 * @template [T=import('playwright-core').Browser]
 * @param {{ more?: string[], start?: (executablePath: string, args: string[]) => Promise<T> }} [options] arguments
 *   of its command line beside the usual ones; another way to start it
 * @returns {Promise<T>}
 */
export async function launch({ more = [], start = /** @type {any} */ (byPlaywright) } = {}) {
  const own = process.env.CHROME_PATH;
  const sources = own ? [() => [own]] : [installed, downloaded, download, fromDebian];
  let why = 'none is installed';
  for (const source of sources) {
    for (const executablePath of (await source()).filter(existsSync)) {
      try {
        return await start(executablePath, [...args, ...more]);
      } catch (error) {
        why = `${executablePath} does not start: ${String(error).split('\n')[0]}`;
      }
    }
  }
  const last = own && !existsSync(own) ? `CHROME_PATH is \`${own}\`, which does not exist` : why;
  throw new Failure(`no browser can be had (${last}): install Chrome or Chromium, or set CHROME_PATH to one, then run this again`);
}

// As a step of its own, before the tests: what has to be fetched is fetched once, not by every test
// file at the same time, and a machine without a browser is one failure with one message.
await mainOf(import.meta, async () => {
  const browser = await launch();
  console.log(`Chromium ${browser.version()}`);
  await browser.close();
});
