// What checkers of packages say of the tarball: nothing.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { run } from '../../pkg-config/tool/run.mjs';
import { packed } from '../package/packed.mjs';
import { tools } from '../tools/tools.mjs';

async function tarball() {
  const { project } = await packed();
  return join(project, readdirSync(project).find((name) => name.endsWith('.tgz')) ?? '');
}

export async function publint() {
  const { at } = await tools('quick');
  const { output } = await run(process.execPath, [at('publint/src/cli.js'), 'run', await tarball(), '--strict']);
  // Suggestions do not fail it, but are something to say.
  if (!/All good/.test(output)) throw new Error(output);
}

export async function attw() {
  const { at } = await tools('quick');
  await run(process.execPath, [at('@arethetypeswrong/cli/dist/index.js'), await tarball(), '--profile', 'esm-only']);
}
