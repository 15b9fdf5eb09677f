// Lays out the folder that is published: sources as they are, what is made from them, and types.

import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { inlined } from './inline.mjs';
import { filesOf } from './inputs.mjs';
import { cache, root, run, step } from './run.mjs';
import { builds, wasmFolder } from './wasm.mjs';

/** The folder that `npm pack` packs. */
export const packageFolder = join(root, 'pkg');

/** What is published of pkg-config/: `.mjs` are tools and stay here, everything else goes out. */
export const isPublished = (path) =>
  /\.(js|d\.ts|json)$/.test(path) && !/[\\/](tool|bindgen|node_modules)[\\/]/.test(relative(root, path));

/** Files of the repository's root that go along; those not written yet are left out. */
const papers = ['README.md', 'CHANGELOG.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'NOTICE'];

export async function layOut() {
  // Made aside and swapped in whole: a failed build leaves the last good one in place.
  const stage = join(cache, 'pkg');
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(join(stage, 'wasm'), { recursive: true });

  for (const file of filesOf(['pkg-config'], isPublished)) {
    const to = join(stage, relative(join(root, 'pkg-config'), file));
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(file, to);
  }
  for (const paper of papers) if (existsSync(join(root, paper))) copyFileSync(join(root, paper), join(stage, paper));
  for (const name of Object.keys(builds)) await layOutWasm(stage, name);

  await step('types', () => emitTypes(stage));
  await step('single files', () => bundleSingleFiles(stage));
  rmSync(packageFolder, { recursive: true, force: true });
  renameSync(stage, packageFolder);
}

/** @param {string} stage @param {string} name */
async function layOutWasm(stage, name) {
  const from = wasmFolder(name);
  const wasm = `leadfit_${name}.wasm`;
  copyFileSync(join(from, wasm), join(stage, wasm));
  copyFileSync(join(from, `${name}.js`), join(stage, 'wasm', `${name}.js`));
  // Its classes have a `Symbol.dispose`, of which TypeScript before 5.2 knows nothing, and which nobody calls.
  const types = readFileSync(join(from, `${name}.d.ts`), 'utf8').replaceAll('    [Symbol.dispose](): void;\n', '');
  // Without what connects it to an instance, for it says only what its users call.
  const connects = '\n/** Connects this with the exports of an instance. */\nexport function __wbg_set_wasm(exports: WebAssembly.Exports): void;\n';
  writeFileSync(join(stage, 'wasm', `${name}.d.ts`), types + connects);
  if (existsSync(join(from, 'snippets'))) cpSync(join(from, 'snippets'), join(stage, 'wasm', 'snippets'), { recursive: true });
  const { js, types: typesOfBytes } = await inlined(join(from, wasm));
  writeFileSync(join(stage, 'wasm', `${name}.inlined.js`), js);
  writeFileSync(join(stage, 'wasm', `${name}.inlined.d.ts`), typesOfBytes);
  writeFileSync(join(stage, `leadfit_${name}.d.wasm.ts`), 'declare const module: WebAssembly.Module;\nexport default module;\n');
}

/** The `.d.ts` of every published module, from its JSDoc; a type error there fails the build. */
async function emitTypes(stage) {
  // wasm-bindgen and the crate write their own types, and nobody imports the command line.
  const untyped = (file) => /^(wasm[\\/]|cli(\.js$|[\\/])|types\.js$)/.test(relative(stage, file));
  // What runs in Node only is checked apart: the rest must do without Node's names.
  const forNode = (file) => /^server[\\/](node|database)\.js$/.test(relative(stage, file));
  const sources = filesOf([relative(root, stage)], (path) => path.endsWith('.js') && !untyped(path));
  await emit(stage, sources.filter((path) => !forNode(path)), []);
  await emit(stage, sources.filter(forNode), ['node']);
}

/** @param {string} stage @param {string[]} sources @param {string[]} types packages whose names they may use */
async function emit(stage, sources, types) {
  const config = {
    compilerOptions: {
      allowJs: true,
      checkJs: true,
      strict: true,
      declaration: true,
      emitDeclarationOnly: true,
      allowArbitraryExtensions: true,
      module: 'nodenext',
      target: 'es2022',
      lib: ['es2022', 'dom', 'dom.iterable'],
      types,
    },
    files: sources,
  };
  const project = join(stage, 'tsconfig.json');
  writeFileSync(project, JSON.stringify(config));
  await run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', project], {
    help: 'The JSDoc types of a published module do not hold; the place is named above (under .cache/pkg, copied from pkg-config).',
  });
  rmSync(project);
}

async function bundleSingleFiles(stage) {
  const { build } = await import('esbuild');
  const common = { entryPoints: [join(stage, 'entry-single.js')], bundle: true, minify: true, target: 'es2022', legalComments: /** @type {const} */ ('none') };
  await build({ ...common, format: 'esm', outfile: join(stage, 'leadfit.single.js') });
  await build({ ...common, format: 'iife', globalName: 'leadfit', outfile: join(stage, 'leadfit.iife.js') });
}

/** @param {string} folder @returns {any} */
export const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
