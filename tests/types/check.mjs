// Compiles tests/types/*.ts against the packed package, resolved as Node does and as bundlers do;
// with them every golden verdict and every sample, so that the declared shapes are those of the bytes.
// By the oldest TypeScript that is supported, by that of this repository, and by the newest.

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { mainOf, root, run } from '../../pkg-config/tool/run.mjs';
import { packed } from '../package/packed.mjs';
import { toolsIfPossible } from '../tools/tools.mjs';

/** The JSON files below a folder of the repository. */
const jsonIn = (folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json')).map((name) => join(folder, name));

/**
 * A program in which JSON files satisfy a type. Their text stands in it, since TypeScript widens
 * the words of a JSON file that is imported.
 *
 * @param {string} type
 * @param {string[]} paths
 */
function satisfying(type, paths) {
  if (paths.length === 0) throw new Error(`no file to hold against ${type}`);
  const values = paths.map((path) => `// ${path}\n(${readFileSync(join(root, path), 'utf8').trim()}) satisfies ${type};\n`);
  return `import type { ${type} } from 'leadfit';\n${values.join('')}`;
}

/** Paths of the compilers by version. @returns {Promise<Record<string, string>>} */
async function compilers() {
  const own = { '5.9': join(root, 'node_modules/typescript/bin/tsc') };
  const { tools, missing } = await toolsIfPossible('quick');
  if (tools) return { '5.0': tools.at('typescript-5.0/bin/tsc'), ...own, '7.0': tools.at('typescript-7/bin/tsc') };
  console.log(`not run: TypeScript 5.0 and 7 (${missing})`);
  return own;
}

await mainOf(import.meta, async () => {
  const { project } = await packed();
  const work = mkdtempSync(join(project, 'types-'));
  try {
    for (const name of readdirSync(join(root, 'tests', 'types')).filter((name) => name.endsWith('.ts'))) cpSync(join(root, 'tests', 'types', name), join(work, name.replace(/ts$/, 'mts')));
    writeFileSync(join(work, 'verdicts.mts'), satisfying('Verdict', jsonIn('tests/golden/verdict')));
    writeFileSync(join(work, 'samples.mts'), satisfying('ScorecardFile', jsonIn('www/sample').filter((path) => !path.endsWith('.leads.json'))));
    const files = readdirSync(work);
    for (const [version, compiler] of Object.entries(await compilers())) {
      for (const [module, moduleResolution] of [['nodenext', 'nodenext'], ['esnext', 'bundler']]) {
        const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom', '--module', module, '--moduleResolution', moduleResolution];
        await run(process.execPath, [compiler, ...options, ...files], { cwd: work });
        console.log(`TypeScript ${version}, ${moduleResolution}: ${files.length} files hold`);
      }
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
});
