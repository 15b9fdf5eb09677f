// Writes the generated files anew: `npm run gen`. The tests that compare them are the ones that
// write them, so that there is one piece of code for both.

import { mainOf, run } from './tool/run.mjs';

await mainOf(import.meta, async () => {
  const onOutput = (text) => void process.stdout.write(text);
  await run('cargo', ['test', '--no-fail-fast'], { env: { UPDATE_GENERATED: '1' }, onOutput });
});
