// `npm run bench:studio`: a million leads in the studio, in Chromium: from the file to the first counts,
// and every move of a slider from its event to the changed page.
//
//   node bench/studio.mjs [leads]

import { existsSync, mkdirSync, openSync, closeSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

import { serve } from '../pkg-config/serve.mjs';
import { cache, mainOf } from '../pkg-config/tool/run.mjs';
import { launch } from '../tests/browser/browser.mjs';
import { go, openTemplate } from '../tests/browser/studio.mjs';
import { pieces } from '../www/studio/model/sample.js';

const moves = 200;

/** A file of made-up leads, made once. @param {number} leads */
function fileOf(leads) {
  const path = join(cache, 'bench', `leads-${leads}.csv`);
  if (existsSync(path)) return path;
  mkdirSync(join(cache, 'bench'), { recursive: true });
  const file = openSync(path, 'w');
  for (const piece of pieces({ seed: 11, leads })) writeSync(file, piece);
  closeSync(file);
  return path;
}

/** In the page: moves a slider so often, and gives the milliseconds from each event to the changed page. @param {number} moves */
async function drag(moves) {
  const slider = document.querySelector('[data-criterion=companySize] input[type=range]');
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  slider.focus();
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const start = Number(slider.value);
  const times = [];
  for (let move = 1; move <= moves; move++) {
    // Up and down by ten points, so that each move changes the counts.
    const value = start - (move % 2 === 1 ? 10 : 0);
    const begun = performance.now();
    slider.value = String(value);
    const changed = new Promise((resolve) => {
      const observer = new MutationObserver(() => (observer.disconnect(), resolve()));
      observer.observe(document.querySelector('[data-chart=histogram]'), { subtree: true, childList: true, attributes: true });
    });
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    await changed;
    times.push(performance.now() - begun);
    await frame();
  }
  return times.sort((a, b) => a - b);
}

await mainOf(import.meta, async () => {
  const leads = Number(process.argv[2] ?? 1_000_000);
  const path = fileOf(leads);
  const server = await serve({});
  const browser = await launch();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(10 * 60_000);
    await page.goto(`${server.url}studio/`);
    await openTemplate(page);
    await page.evaluate(() => addEventListener('change', () => (globalThis.begun = performance.now()), true));
    await page.locator('main input[type=file]').first().setInputFiles(path);
    await page.waitForSelector('.columns');
    const read = await page.evaluate(() => performance.now() - globalThis.begun);
    console.log(`${leads} leads, ${(statSync(path).size / 1e6).toFixed(0)} MB: read, judged and shown in ${read.toFixed(0)} ms`);
    await go(page, 'Tune');
    await page.locator('[data-criterion=companySize] summary').click();
    const times = await page.evaluate(drag, moves);
    const at = (share) => times[Math.floor(times.length * share)].toFixed(1);
    console.log(`${moves} moves of a slider to the changed page: median ${at(0.5)} ms, p95 ${at(0.95)} ms`);
  } finally {
    await browser.close();
    await server.close();
  }
});
