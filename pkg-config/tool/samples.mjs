// Compiles the sample scorecards next to their text, as a customer would with `npx leadfit compile`.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { filesOf, hashOf, isCurrent, markCurrent } from './inputs.mjs';
import { packageFolder } from './layout.mjs';
import { root, run, step } from './run.mjs';

const samples = () => filesOf(['www/sample'], (path) => /sample[\\/][^\\/]+\.json$/.test(path));
const compiled = (sample) => sample.replace(/\.json$/, '.leadfit');

/** @param {string} engine hash of the package that compiles them */
export async function compileSamples(engine) {
  const hash = hashOf(samples(), [engine]);
  if (isCurrent('samples', hash) && samples().map(compiled).every(existsSync)) return;
  await step('samples', async () => {
    for (const sample of samples()) await run(process.execPath, [join(packageFolder, 'cli.js'), 'compile', sample, '--out', compiled(sample)], { cwd: root });
  });
  markCurrent('samples', hash);
}
