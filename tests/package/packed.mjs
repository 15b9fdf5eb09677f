// The package as a customer gets it: packed, then installed in a folder that knows nothing of this
// repository. Made once per content, shared by all tests.

import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { filesOf, hashOf } from '../../pkg-config/tool/inputs.mjs';
import { attempt, npm } from '../../pkg-config/tool/run.mjs';

/**
 * @typedef {object} Packed
 * @property {string} project a folder with a package.json, in which `leadfit` is installed
 * @property {string} installed the installed package itself
 * @property {(code: string, kind?: 'module' | 'commonjs') => Promise<string>} node runs code in the project; gives what it printed
 */

/** @returns {Promise<Packed>} */
export async function packed() {
  const hash = hashOf(filesOf(['pkg'], (path) => !path.endsWith('sizes.json')), [process.version]).slice(0, 16);
  const project = join(tmpdir(), `leadfit-packed-${hash}`);
  const installed = join(project, 'node_modules', 'leadfit');
  if (!existsSync(join(installed, 'package.json'))) await install(project);
  return { project, installed, node: (code, kind = 'module') => evaluate(project, code, kind) };
}

/** @param {string} project */
async function install(project) {
  const work = mkdtempSync(`${project}-`);
  await npm(['pack', './pkg', '--pack-destination', work, '--silent']);
  const tarball = readdirSync(work).find((name) => name.endsWith('.tgz'));
  writeFileSync(join(work, 'package.json'), '{ "name": "customer", "private": true }\n');
  await npm(['install', `./${tarball}`, '--no-audit', '--no-fund', '--offline'], { cwd: work });
  try {
    renameSync(work, project);
  } catch {
    // Another test file was faster: its folder has the same content.
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} project
 * @param {string} code
 * @param {'module' | 'commonjs'} kind
 */
async function evaluate(project, code, kind) {
  const { code: exit, stdout, output } = await attempt(process.execPath, ['--no-warnings', `--input-type=${kind}`, '--eval', code], { cwd: project });
  if (exit !== 0) throw new Error(`exit ${exit} in ${pathToFileURL(project)}:\n${output}`);
  return stdout.trim();
}
