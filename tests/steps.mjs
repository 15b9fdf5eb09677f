// What `npm test` does, in order. A step may need others: then it is skipped when one of them failed.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../pkg-config/tool/run.mjs';

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} command `cargo` or `node`
 * @property {string[]} args
 * @property {string[]} [needs] names of steps
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [beside] begins as soon as what it needs has passed, beside other steps: it keeps one core busy for minutes
 * @property {boolean} [measures] in a full run it tells how fast something is: then nothing runs beside it
 * @property {boolean} [full] only in `npm run test:full`
 */

/** Node before 22 takes no patterns, so the files are named. */
const testsIn = (folder) => readdirSync(join(root, 'tests', folder)).filter((name) => name.endsWith('.test.mjs')).sort().map((name) => `tests/${folder}/${name}`);
const nodeTest = (folder) => ['--test', '--test-reporter=spec', ...testsIn(folder)];

const clippy = (...args) => ['clippy', ...args, '--', '--deny', 'warnings'];
const wasm = ['--lib', '--profile', 'tool', '--target', 'wasm32-unknown-unknown', '--no-default-features', '--features'];

/** @type {Step[]} */
export const steps = [
  { name: 'setup', command: 'node', args: ['pkg-config/setup.mjs'] },
  { name: 'format', command: 'cargo', args: ['fmt', '--all', '--check'], needs: ['setup'] },
  { name: 'lint', command: 'cargo', args: clippy('--all-targets'), needs: ['setup'] },
  // What only exists in the browser, which the lint above does not see. The profile is the one of the
  // wasm-bindgen step: it spends no minutes on optimising macros.
  { name: 'lint-page', command: 'cargo', args: clippy(...wasm, 'dom'), needs: ['setup'] },
  { name: 'lint-studio', command: 'cargo', args: clippy(...wasm, 'authoring,dom'), needs: ['setup'] },
  { name: 'core', command: 'cargo', args: ['test', '--no-fail-fast'], needs: ['setup'] },
  { name: 'docs', command: 'cargo', args: ['doc', '--no-deps', '--document-private-items'], env: { RUSTDOCFLAGS: '--deny warnings' }, needs: ['setup'] },
  { name: 'hostile', command: 'cargo', args: ['test', '--release', '--test', 'hostile', '--', '--nocapture'], needs: ['setup'], full: true },
  { name: 'questions', command: 'cargo', args: ['test', '--release', '--test', 'questions'], needs: ['setup'], full: true },
  { name: 'lists', command: 'node', args: ['lists/refresh.mjs', '--check'], needs: ['setup'], full: true },
  { name: 'fuzz', command: 'node', args: ['tests/fuzz.mjs'], needs: ['setup'], full: true },
  { name: 'build', command: 'node', args: ['pkg-config/build.mjs'], needs: ['setup'], beside: true },
  { name: 'tools', command: 'node', args: ['tests/tools/tools.mjs', 'quick', 'bench'], needs: ['setup'] },
  { name: 'tools-full', command: 'node', args: ['tests/tools/tools.mjs', 'bundlers', 'lighthouse'], needs: ['setup'], full: true },
  { name: 'types', command: 'node', args: ['tests/types/check.mjs'], needs: ['build', 'tools'] },
  { name: 'chromium', command: 'node', args: ['tests/browser/browser.mjs'], needs: ['setup'] },
  { name: 'engines', command: 'node', args: nodeTest('engines'), needs: ['build', 'chromium', 'tools'] },
  // Either the quick part or all of it, as the environment of the run says.
  { name: 'matrix', command: 'node', args: ['tests/matrix/run.mjs'], needs: ['build', 'chromium', 'tools'] },
  // So that the benchmark cannot rot: all engines give the same answers.
  { name: 'bench', command: 'node', args: ['bench/run.mjs', '--check'], needs: ['build', 'tools'] },
  { name: 'package', command: 'node', args: nodeTest('package'), needs: ['build'], beside: true, measures: true },
  // With nothing beside it: what waits for people and networks should not wait for a processor too.
  { name: 'browser', command: 'node', args: nodeTest('browser'), needs: ['build', 'chromium'] },
  { name: 'lighthouse', command: 'node', args: ['tests/lighthouse.mjs'], needs: ['build', 'chromium', 'tools-full'], full: true },
];

/**
 * Tells tests that more cases are wanted; each decides what that means for it. Properties take so many each, also those
 * that read a whole file for every case: four times as many would keep a full run at it for half an hour.
 */
export const fullEnvironment = { LEADFIT_FULL: '1', PROPTEST_CASES: '1024' };
