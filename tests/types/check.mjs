// Compiles tests/types/*.ts against the packed package, resolved as Node does and as bundlers do.

import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { mainOf, root, run } from '../../pkg-config/tool/run.mjs';
import { packed } from '../package/packed.mjs';

await mainOf(import.meta, async () => {
  const { project } = await packed();
  const work = mkdtempSync(join(project, 'types-'));
  try {
    const files = readdirSync(join(root, 'tests', 'types')).filter((name) => name.endsWith('.ts'));
    for (const name of files) cpSync(join(root, 'tests', 'types', name), join(work, name.replace(/ts$/, 'mts')));
    for (const [module, moduleResolution] of [['nodenext', 'nodenext'], ['esnext', 'bundler']]) {
      const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom', '--module', module, '--moduleResolution', moduleResolution];
      await run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), ...options, ...files.map((name) => name.replace(/ts$/, 'mts'))], { cwd: work });
      console.log(`${moduleResolution}: ${files.length} files hold`);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
});
