// Writes the generated files anew: `npm run gen`. The tests that compare them are the ones that
// write them, so that there is one piece of code for both.

import { build } from './build.mjs';
import { mainOf, run } from './tool/run.mjs';

await mainOf(import.meta, async () => {
  const options = { env: { UPDATE_GENERATED: '1' }, onOutput: (text) => void process.stdout.write(text) };
  await run('cargo', ['test', '--no-fail-fast'], options);
  // The declarations come from the package, so it has to be built.
  await build();
  await run(process.execPath, ['--test', 'tests/package/api.test.mjs', 'tests/package/figures.test.mjs'], options);
});
