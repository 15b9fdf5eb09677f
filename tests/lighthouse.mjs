// What Lighthouse says of the demo page, as phones get it: median of three. `npm run lighthouse`.

import { serve } from '../pkg-config/serve.mjs';
import { mainOf } from '../pkg-config/tool/run.mjs';
import { launch } from './browser/browser.mjs';
import { freePort } from './tools/server.mjs';
import { toolsIfPossible } from './tools/tools.mjs';

/** The least that each category must reach. */
const least = { performance: 0.95, accessibility: 1, 'best-practices': 1 };
const runs = 3;

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

await mainOf(import.meta, async () => {
  const { tools, missing } = await toolsIfPossible('lighthouse');
  if (!tools) {
    console.log(`not run: Lighthouse (${missing})\n# pass 0\n# skipped 1`);
    return;
  }
  const { default: lighthouse } = await tools.load('lighthouse');
  const server = await serve();
  const port = await freePort();
  const browser = await launch({ more: [`--remote-debugging-port=${port}`] });
  /** @type {Record<string, number[]>} */
  const scores = Object.fromEntries(Object.keys(least).map((category) => [category, []]));
  try {
    for (let run = 1; run <= runs; run++) {
      const { lhr } = await lighthouse(server.url, { port, onlyCategories: Object.keys(least), logLevel: 'silent' });
      for (const category of Object.keys(least)) scores[category].push(lhr.categories[category].score);
      const metric = (id) => `${id} ${lhr.audits[id].displayValue}`;
      console.log(`run ${run}: ${Object.keys(least).map((category) => `${category} ${lhr.categories[category].score}`).join(', ')}; ${['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'].map(metric).join(', ')}`);
      for (const { id, score, title } of Object.values(lhr.audits)) {
        const counts = Object.keys(least).some((category) => lhr.categories[category].auditRefs.some((ref) => ref.id === id && ref.weight > 0));
        if (run === runs && counts && score !== null && score < 1) console.log(`  ${id} ${score}: ${title}`);
      }
    }
  } finally {
    await browser.close();
    await server.close();
  }
  let failed = 0;
  for (const [category, wanted] of Object.entries(least)) {
    const found = median(scores[category]);
    if (found < wanted) failed += 1;
    console.log(`${category.padEnd(16)}${found} (at least ${wanted})${found < wanted ? ' FAILED' : ''}`);
  }
  console.log(`# pass ${Object.keys(least).length - failed}\n# fail ${failed}`);
  process.exitCode = failed > 0 ? 1 : 0;
});
