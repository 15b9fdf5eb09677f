// The crate becomes WebAssembly: cargo, then wasm-bindgen, then wasm-opt, once per build.

import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { filesOf, hashOf, isCurrent, markCurrent } from './inputs.mjs';
import { attempt, cache, environment, root, run, step } from './run.mjs';

/**
 * @typedef {object} Build
 * @property {string[]} features of the crate
 * @property {string} level how the compiler optimises: `3` for speed, `z` for size alone
 * @property {string[]} rust flags for rustc
 * @property {string[]} optimise flags for wasm-opt
 */

/** The two builds of the one crate. @type {Record<'page' | 'studio', Build>} */
export const builds = {
  // On the page every byte is fetched by a visitor who waits. Small functions called again and again
  // are inlined all the same: for 0.8 KB (brotli) the engine takes a quarter less time. Loops and branches are
  // laid out anew from a flat form, which saves 1 KB.
  page: { features: ['dom'], level: 'z', rust: ['-C', 'llvm-args=-inline-threshold=30'], optimise: ['-Oz', '--one-caller-inline-max-function-size=0', '--flatten', '--rereloop', '-Oz', '-Oz'] },
  // In the studio a million leads wait on every move of a slider.
  studio: { features: ['authoring', 'dom'], level: '3', rust: ['-C', 'target-feature=+simd128'], optimise: ['-O3', '--enable-simd'] },
};

const target = 'wasm32-unknown-unknown';

/** What rustc takes for granted on this target; wasm-opt has to be told. */
const features = ['bulk-memory', 'bulk-memory-opt', 'call-indirect-overlong', 'multivalue', 'mutable-globals', 'nontrapping-float-to-int', 'reference-types', 'sign-ext'];

/** Where the finished files of a build lie: `leadfit_<name>.wasm`, `<name>.js`, `<name>.d.ts`. */
export const wasmFolder = (name) => join(cache, 'wasm', name);

/** @param {keyof typeof builds} name @returns {Promise<string>} the hash of what it was made from */
export async function buildWasm(name) {
  const build = builds[name];
  const sources = ['src', 'Cargo.toml', 'Cargo.lock', 'rust-toolchain.toml', 'pkg-config/bindgen', 'pkg-config/tool/wasm.mjs', 'package-lock.json'];
  const hash = hashOf(filesOf(sources));
  if (isCurrent(`wasm-${name}`, hash)) return hash;

  const folder = wasmFolder(name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const compiled = await step(`${name}: cargo`, () => compile(name));
  await step(`${name}: wasm-bindgen`, () => bindgen(compiled, folder));
  await step(`${name}: wasm-opt`, () => optimise(join(folder, 'glue_bg.wasm'), join(folder, `leadfit_${name}.wasm`), build));
  renameSync(join(folder, 'glue_bg.js'), join(folder, `${name}.js`));
  renameSync(join(folder, 'glue.d.ts'), join(folder, `${name}.d.ts`));
  for (const left of ['glue.js', 'glue_bg.wasm', 'glue_bg.wasm.d.ts']) rmSync(join(folder, left), { force: true });
  markCurrent(`wasm-${name}`, hash);
  return hash;
}

/** @param {keyof typeof builds} name @returns {Promise<string>} the path of what the compiler made */
async function compile(name) {
  const { features: wanted, level, rust } = builds[name];
  // A folder each: with one for both, their different flags would make each throw away the other's.
  const folder = join(targetFolder(), `wasm-${name}`);
  // Panic places name source files: without this the binary would carry the builder's home folder
  // and differ from machine to machine.
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
  const sysroot = (await attempt('rustc', ['--print', 'sysroot'])).stdout.trim();
  const flags = [...rust, `--remap-path-prefix=${cargoHome}=/cargo`, `--remap-path-prefix=${sysroot}=/rust`, `--remap-path-prefix=${root}=/leadfit/`];
  const args = ['rustc', '--lib', '--crate-type', 'cdylib', '--release', '--target', target, '--target-dir', folder, '--no-default-features', '--features', wanted.join(',')];
  const options = {
    env: { CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f'), CARGO_PROFILE_RELEASE_OPT_LEVEL: level },
    help: 'The crate does not compile for the browser. `npm run test:core` shows whether it does natively.',
  };
  await run('cargo', args, options);
  return join(folder, target, 'release', 'leadfit.wasm');
}

/** Runs the wasm-bindgen step; building it takes half a minute, once. */
async function bindgen(input, folder) {
  await run('cargo', ['run', '--quiet', '--package', 'leadfit-bindgen', '--profile', 'tool', '--', input, folder], {
    env: { CARGO_ENCODED_RUSTFLAGS: '' },
    help: 'If the message is about versions: `wasm-bindgen` in Cargo.toml and `wasm-bindgen-cli-support` in pkg-config/bindgen/Cargo.toml must be pinned to the same one.',
  });
}

async function optimise(input, output, { optimise: level }) {
  const args = [...level, ...features.map((feature) => `--enable-${feature}`), '--strip-debug', '--strip-producers', '--strip-target-features'];
  await run(process.execPath, [join(root, 'node_modules', 'binaryen', 'bin', 'wasm-opt'), input, '-o', output, ...args], {
    help: 'If an unknown feature is named: the compiler began to use it; add it to `features` in pkg-config/tool/wasm.mjs.',
  });
}

const targetFolder = () => environment().CARGO_TARGET_DIR ?? join(root, 'target');
