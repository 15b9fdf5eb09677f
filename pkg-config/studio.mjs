// Builds the studio into dist/studio/ with Vite, from www/studio/ and the built package.

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { filesOf, hashOf, isCurrent, markCurrent } from './tool/inputs.mjs';
import { packageFolder } from './tool/layout.mjs';
import { mainOf, root, step } from './tool/run.mjs';

/** Where the built studio lies. */
export const studioFolder = join(root, 'dist', 'studio');

export async function buildStudio() {
  // Whichever modules of the package it imports.
  const modules = filesOf(['pkg'], (path) => dirname(path) === packageFolder && path.endsWith('.js'));
  const hash = hashOf([...modules, ...filesOf(['www/studio', 'www/css', 'package-lock.json', 'pkg/leadfit_studio.wasm', 'pkg/wasm/studio.js'])]);
  if (isCurrent('studio', hash) && existsSync(join(studioFolder, 'index.html'))) return;
  const { build } = await import('vite');
  await step('studio: vite', () => build({ configFile: join(root, 'www', 'studio', 'vite.config.mjs') }));
  markCurrent('studio', hash);
}

await mainOf(import.meta, buildStudio);
