// Builds the npm package into pkg/, and with it the scorecards of the demo: `npm run build`. What is up
// to date is not built again.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { buildStudio } from './studio.mjs';
import { filesOf, hashOf, isCurrent, markCurrent } from './tool/inputs.mjs';
import { isPublished, layOut, packageFolder } from './tool/layout.mjs';
import { mainOf, stopwatch } from './tool/run.mjs';
import { compileSamples } from './tool/samples.mjs';
import { reportSizes } from './tool/sizes.mjs';
import { buildWasm } from './tool/wasm.mjs';

export async function build() {
  const seconds = stopwatch();
  // One after the other: they share Cargo's lock, and the processors.
  const wasm = [await buildWasm('page'), await buildWasm('studio')];

  const sources = [...filesOf(['pkg-config'], isPublished), ...filesOf(['pkg-config/tool', 'README.md', 'CHANGELOG.md', 'NOTICE', 'LICENSE-MIT', 'LICENSE-APACHE'])];
  const hash = hashOf(sources, wasm);
  if (!isCurrent('pkg', hash) || !existsSync(join(packageFolder, 'package.json'))) {
    await layOut();
    markCurrent('pkg', hash);
  }
  await compileSamples(hash);
  await buildStudio();
  await reportSizes();
  console.log(`\n  pkg/ is ready, ${seconds()} s`);
}

await mainOf(import.meta, build);
