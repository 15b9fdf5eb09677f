// How the studio is built: `pkg-config/studio.mjs` runs it. All addresses are relative, so that it may
// lie under any path.

import { join } from 'node:path';

import { defineConfig } from 'vite';

const here = import.meta.dirname;

export default defineConfig({
  root: here,
  base: './',
  publicDir: join(here, 'public'),
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  build: {
    outDir: join(here, '..', '..', 'dist', 'studio'),
    emptyOutDir: true,
    target: 'es2023',
    // The policy takes no `data:` scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
