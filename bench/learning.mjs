// How long learning takes: 100,000 leads with 40 columns, as CSV, through the package, in Chromium and in
// Node. `node bench/learning.mjs [leads]`; prints milliseconds of each call, the first one cold.

import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

import { serve } from '../pkg-config/serve.mjs';
import { packageFolder } from '../pkg-config/tool/layout.mjs';
import { launch } from '../tests/browser/browser.mjs';

const leads = Number(process.argv[2] ?? 100_000);

/** Runs in the page and in Node alike. @param {string} entry @param {number} leads */
async function measure(entry, leads) {
  const { propose } = await import(entry);
  let state = 7;
  const next = () => ((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0), state / 2 ** 32);
  const numbers = Array.from({ length: 20 }, (_, index) => `n${index}`);
  const words = Array.from({ length: 20 }, (_, index) => `w${index}`);
  const lines = [[...numbers, ...words, 'won'].join(',')];
  for (let lead = 0; lead < leads; lead++) {
    let odds = -1;
    const cells = numbers.map((_, index) => {
      const value = next();
      if (index % 3 === 0) odds += (value - 0.5) * (index / 10);
      return next() < 0.05 ? '' : index % 2 ? Math.floor(value * 1000) : (value * 100).toFixed(2);
    });
    for (let index = 0; index < 20; index++) {
      const value = Math.floor(next() ** 2 * (4 + 2 * index));
      if (index % 4 === 0) odds += value % 3 === 0 ? 0.4 : -0.1;
      cells.push(`word ${value}`);
    }
    lines.push(`${cells.join(',')},${next() < 1 / (1 + Math.exp(-odds)) ? 1 : 0}`);
  }
  const csv = new TextEncoder().encode(lines.join('\n'));
  const schema = { target: 'won', features: [...numbers.map((name) => ({ name, kind: 'num' })), ...words.map((name) => ({ name, kind: 'cat' }))] };
  const times = [];
  let auc = 0;
  for (let round = 0; round < 5; round++) {
    const began = performance.now();
    let longest = 0;
    let last = began;
    const onProgress = () => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    };
    const learned = await propose({ leads: csv, schema }, { now: 0, onProgress });
    times.push({ total: Math.round(performance.now() - began), longestStep: Math.round(longest) });
    auc = learned.proposal.measured.proposed.auc;
    learned.free();
  }
  return { megabytes: Math.round(csv.length / 1e5) / 10, auc, times };
}

const show = (where, { megabytes, auc, times }) => console.log(`${where}: ${leads} leads, ${megabytes} MB, AUC ${auc}; ms ${times.map(({ total, longestStep }) => `${total} (longest step ${longestStep})`).join(', ')}`);

show('node', await measure(pathToFileURL(join(packageFolder, 'entry-studio-inlined.js')).href, leads));
const server = await serve({ mounts: { '/': packageFolder } });
const browser = await launch();
try {
  const page = await browser.newPage();
  await page.goto(`${server.url}package.json`);
  show('chromium', await page.evaluate(`(${measure})(${JSON.stringify(`${server.url}entry-studio.js`)}, ${leads})`));
} finally {
  await browser.close();
  await server.close();
}
