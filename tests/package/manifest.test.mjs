// The published manifest tells the truth.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from './packed.mjs';

const { installed } = await packed();
const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
const cargo = readFileSync(join(root, 'Cargo.toml'), 'utf8');
const own = (key) => new RegExp(`^${key} = (?:\\{ version = )?"([^"]*)"`, 'm').exec(cargo)?.[1];

/** Every path that a value of the `exports` map leads to. */
const targets = (value) => (typeof value === 'string' ? [value] : Object.values(value).flatMap(targets));

test('crate and package have one version, description and licence', () => {
  for (const key of ['version', 'description', 'license']) assert.equal(manifest[key], own(key), key);
});

test('the wasm-bindgen step is pinned to the version of the crate', () => {
  const tool = readFileSync(join(root, 'pkg-config/bindgen/Cargo.toml'), 'utf8');
  assert.equal(/^wasm-bindgen-cli-support = "(=.*)"/m.exec(tool)?.[1], own('wasm-bindgen'));
});

test('every export and command is in the tarball', () => {
  const missing = [...targets(manifest.exports), ...targets(manifest.bin), manifest.types].filter((path) => !existsSync(join(installed, path)));
  assert.deepEqual(missing, []);
});

test('every export of code has types, named first', () => {
  for (const [name, value] of Object.entries(manifest.exports)) {
    if (/\.json$/.test(name)) continue;
    assert.equal(Object.keys(value)[0], 'types', name);
    assert.equal(Object.keys(value).at(-1), 'default', name);
  }
});

test('both licences are in the tarball', () => {
  for (const name of ['LICENSE-MIT', 'LICENSE-APACHE']) assert.ok(existsSync(join(installed, name)), name);
});

test('the package needs no other and runs nothing when installed', () => {
  for (const key of ['dependencies', 'optionalDependencies', 'scripts']) assert.equal(manifest[key], undefined, key);
  // Named, so that every package manager lets it be found where somebody installed it; never installed by itself.
  for (const name of Object.keys(manifest.peerDependencies)) assert.deepEqual(manifest.peerDependenciesMeta[name], { optional: true }, name);
});

test('no file tells where it was built', () => {
  for (const name of ['leadfit_page.wasm', 'leadfit_studio.wasm', 'leadfit.single.js']) {
    const bytes = readFileSync(join(installed, name), 'latin1');
    for (const trace of [root, '.cargo/registry', '.rustup']) assert.ok(!bytes.includes(trace), `${name} contains ${trace}`);
  }
});

test('no lock file names a registry', () => {
  for (const folder of ['.', 'tests/tools/quick', 'tests/tools/bundlers', 'tests/tools/lighthouse', 'bench', 'bench/studio']) {
    assert.doesNotMatch(readFileSync(join(root, folder, 'package-lock.json'), 'utf8'), /"resolved"/, folder);
  }
});
