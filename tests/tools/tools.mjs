// Tools that are too heavy for the workspace's own node_modules: each set is a manifest with its lock,
// installed once into the cache. A set that cannot be installed is no failure of what it was wanted for:
// that is then said not to have run.

import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { filesOf, hashOf, isCurrent, markCurrent } from '../../pkg-config/tool/inputs.mjs';
import { cache, Failure, mainOf, npm, root } from '../../pkg-config/tool/run.mjs';

/** Where the manifest and the lock of a set lie. */
const sets = { quick: 'tests/tools/quick', bundlers: 'tests/tools/bundlers', lighthouse: 'tests/tools/lighthouse', bench: 'bench', 'bench-studio': 'bench/studio' };

/** Minutes that an installation may take, as milliseconds. */
const patience = 10 * 60_000;

/**
 * @typedef {object} Tools
 * @property {string} folder in which they are installed
 * @property {(path: string) => string} at a path below node_modules
 * @property {(name: string) => Promise<any>} load imports a package
 */

/** @type {Map<string, Promise<Tools>>} */
const installed = new Map();

/**
 * The tools of a set, installed; throws a `Failure` where that cannot be done.
 *
 * @param {keyof typeof sets} name
 * @returns {Promise<Tools>}
 */
export function tools(name) {
  if (!installed.has(name)) installed.set(name, install(name));
  return /** @type {Promise<Tools>} */ (installed.get(name));
}

/** @param {keyof typeof sets} name @returns {Promise<Tools>} */
async function install(name) {
  const folder = join(cache, 'tools', name);
  const files = filesOf([`${sets[name]}/package.json`, `${sets[name]}/package-lock.json`]);
  const hash = hashOf(files, [process.platform, process.arch]);
  if (!isCurrent(`tools-${name}`, hash) || !existsSync(join(folder, 'node_modules'))) {
    mkdirSync(folder, { recursive: true });
    for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(root, sets[name], file), join(folder, file));
    // With the rules of the workspace: no scripts of packages run.
    copyFileSync(join(root, '.npmrc'), join(folder, '.npmrc'));
    // Not `ci`: without the registry's addresses a lock has no versions of what other platforms would
    // get, and `ci` then takes it for stale.
    await npm(['install'], { cwd: folder, timeout: patience, help: `The tools of ${sets[name]}/package.json cannot be installed; check the network (\`npm ping\`).` });
    markCurrent(`tools-${name}`, hash);
  }
  const require = createRequire(join(folder, 'package.json'));
  return {
    folder,
    at: (path) => join(folder, 'node_modules', path),
    load: (name) => import(pathToFileURL(require.resolve(name)).href),
  };
}

/**
 * Like `tools`, but where they cannot be had the answer is why.
 *
 * @param {keyof typeof sets} name
 * @returns {Promise<{ tools: Tools, missing?: undefined } | { tools?: undefined, missing: string }>}
 */
export async function toolsIfPossible(name) {
  try {
    return { tools: await tools(name) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { missing: `the tools of ${sets[name]} cannot be installed` };
  }
}

// As a step of its own, before the tests, which run at the same time and would all install.
await mainOf(import.meta, async () => {
  const counts = { pass: 0, skipped: 0 };
  for (const name of /** @type {(keyof typeof sets)[]} */ (process.argv.slice(2))) {
    const { missing } = await toolsIfPossible(name);
    counts[missing ? 'skipped' : 'pass'] += 1;
    console.log(missing ? `not run: ${missing}` : `${name}: ready`);
  }
  console.log(Object.entries(counts).map((pair) => `# ${pair.join(' ')}`).join('\n'));
});
