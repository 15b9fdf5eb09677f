// Builds the studio into dist/studio/ with Vite, from www/studio/ and the built package.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { filesOf, hashOf, isCurrent, markCurrent } from './tool/inputs.mjs';
import { mainOf, root, step } from './tool/run.mjs';

/** Where the built studio lies. */
export const studioFolder = join(root, 'dist', 'studio');

export async function buildStudio() {
  const hash = hashOf(filesOf(['www/studio', 'www/css', 'package-lock.json', 'pkg/leadfit_studio.wasm', 'pkg/wasm/studio.js', 'pkg/leadfit.js', 'pkg/crossing.js', 'pkg/verdict.js', 'pkg/checking.js']));
  if (isCurrent('studio', hash) && existsSync(join(studioFolder, 'index.html'))) return;
  const { build } = await import('vite');
  await step('studio: vite', () => build({ configFile: join(root, 'www', 'studio', 'vite.config.mjs') }));
  markCurrent('studio', hash);
}

await mainOf(import.meta, buildStudio);
