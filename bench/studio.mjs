// `npm run bench:studio`: a million leads in the studio, in Chromium, beside what others need for less:
// from the file to the first counts, memory, and every move of a slider from its event to the changed page.
//
//   node bench/studio.mjs [leads] [rounds]

import { createServer } from 'node:http';
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { extname, join } from 'node:path';

import { build } from 'esbuild';

import { serve } from '../pkg-config/serve.mjs';
import { cache, mainOf, root } from '../pkg-config/tool/run.mjs';
import { launch } from '../tests/browser/browser.mjs';
import { go, openTemplate } from '../tests/browser/studio.mjs';
import { tools } from '../tests/tools/tools.mjs';
import { pieces } from '../www/studio/model/sample.js';

const moves = 200;
const folder = join(cache, 'bench', 'studio');

/** A file of made-up leads, made once: clean, or with every cell in quotes. @param {number} leads @param {boolean} [quoted] */
function fileOf(leads, quoted = false) {
  const path = join(folder, `leads-${leads}${quoted ? '-quoted' : ''}.csv`);
  if (existsSync(path)) return path;
  const file = openSync(path, 'w');
  // No cell of them holds a comma or a quote, and pieces are whole rows.
  const inQuotes = (rows) => rows.trimEnd().split('\n').map((row) => `"${row.replaceAll(',', '","')}"\r\n`).join('');
  for (const piece of pieces({ seed: 11, leads })) writeSync(file, quoted ? inQuotes(piece) : piece);
  closeSync(file);
  return path;
}

/** The page of the others, built. */
async function peersPage() {
  const { folder: installed, at } = await tools('bench-studio');
  const site = join(folder, 'site');
  mkdirSync(join(site, 'duckdb'), { recursive: true });
  await build({ entryPoints: [join(root, 'bench', 'studio', 'peers.js')], bundle: true, format: 'esm', outfile: join(site, 'peers.js'), nodePaths: [join(installed, 'node_modules')], logLevel: 'warning' });
  copyFileSync(join(root, 'bench', 'studio', 'peers.html'), join(site, 'index.html'));
  for (const name of ['duckdb-eh.wasm', 'duckdb-browser-eh.worker.js']) copyFileSync(at(`@duckdb/duckdb-wasm/dist/${name}`), join(site, 'duckdb', name));
  return site;
}

/** Serves the page of the others, without a policy: their workers need more than ours allows. @param {string} site */
async function serveOthers(site) {
  const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };
  const server = createServer(({ url }, response) => {
    const path = join(site, url === '/' ? 'index.html' : new URL(String(url), 'http://site').pathname);
    if (!existsSync(path)) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain' }).end(readFileSync(path));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}/`, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** Peak memory of the page's process in MB, where the system tells. @param {import('playwright-core').Browser} browser */
async function peakOf(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const peak = (id) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) / 1000;
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  return process.platform === 'linux' ? Math.max(...renderers.map(({ id }) => peak(id))) : NaN;
}

/** In the page: notes of each move of a slider how long it took from its event to the changed page, and to the frame that shows it, in milliseconds. */
function watchMoves() {
  globalThis.moves = [];
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const painted = async () => {
    await frame();
    // A message after a frame's callbacks is heard when the frame is painted.
    const { port1, port2 } = new MessageChannel();
    await new Promise((resolve) => ((port1.onmessage = resolve), port2.postMessage(null)));
  };
  const changed = () =>
    new Promise((resolve) => {
      const observer = new MutationObserver(() => (observer.disconnect(), resolve(performance.now())));
      observer.observe(document.querySelector('[data-chart=histogram]'), { subtree: true, childList: true, attributes: true });
    });
  const note = async ({ timeStamp }) => {
    const at = await changed();
    await painted();
    return { at, took: at - timeStamp, painted: performance.now() - timeStamp };
  };
  addEventListener('input', (event) => globalThis.moves.push(note(event)), true);
}

/** Drags with the pointer of the browser itself, as a hand would. @param {import('playwright-core').Page} page @param {import('playwright-core').Locator} slider */
async function hand(page, slider) {
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  const pointer = await page.context().newCDPSession(page);
  /** @param {'mouseMoved' | 'mousePressed' | 'mouseReleased'} type @param {number} share of the way along the slider @param {number} [buttons] */
  const send = (type, share, buttons = 1) => pointer.send('Input.dispatchMouseEvent', { type, x: box.x + box.width * share, y: box.y + box.height / 2, button: type === 'mouseMoved' && buttons === 0 ? 'none' : 'left', buttons, clickCount: 1 });
  return {
    /** Reaches the slider and moves it at once. */
    async take() {
      await send('mouseMoved', 0.35, 0);
      await send('mousePressed', 0.35);
      await this.move(0.6);
      return page.evaluate(async () => (await globalThis.moves[0]).took);
    },
    /** @param {number} share */
    async move(share) {
      await send('mouseMoved', share);
      await page.evaluate(() => Promise.all(globalThis.moves));
    },
    letGo: () => send('mouseReleased', 0.35, 0),
  };
}

/** Drags a slider to and fro so often, so that each move changes the counts. @param {import('playwright-core').Page} page */
async function drag(page) {
  await page.evaluate(watchMoves);
  const slider = await hand(page, page.locator('[data-criterion=companySize] .bin input[type=range]').first());
  const first = await slider.take();
  await page.evaluate(() => (globalThis.moves = []));
  for (let number = 0; number < moves; number++) await slider.move(number % 2 === 0 ? 0.35 : 0.6);
  const told = await page.evaluate(async () => {
    const notes = await Promise.all(globalThis.moves);
    while (document.querySelector('.updating')) await new Promise((resolve) => requestAnimationFrame(resolve));
    const ascending = (key) => notes.map((note) => note[key]).sort((a, b) => a - b);
    return { times: ascending('took'), frames: ascending('painted'), settled: performance.now() - notes.at(-1).at };
  });
  await slider.letGo();
  // Another lever, of which nobody knew that it would be next.
  await page.evaluate(() => (globalThis.moves = []));
  const other = await hand(page, page.getByLabel('The company: together, at most', { exact: true }));
  const cold = await other.take();
  await other.letGo();
  return { ...told, first, cold };
}

/** In the page: moves a boundary of bins so often by a key. Milliseconds to the changed page. @param {number} moves */
async function shift(moves) {
  while (!document.querySelector('.handle')) await new Promise((resolve) => setTimeout(resolve, 20));
  const times = [];
  for (let number = 0; number < moves; number++) {
    // A key moves what has the focus.
    document.querySelectorAll('.handle')[1].focus();
    await new Promise((resolve) => setTimeout(resolve, 300));
    while (document.querySelector('.updating')) await new Promise((resolve) => setTimeout(resolve, 20));
    const begun = performance.now();
    const changed = new Promise((resolve) => {
      const observer = new MutationObserver(() => (observer.disconnect(), resolve(performance.now() - begun)));
      observer.observe(document.querySelector('[data-chart=histogram]'), { subtree: true, childList: true, attributes: true });
    });
    document.querySelectorAll('.handle')[1].dispatchEvent(new KeyboardEvent('keydown', { key: number % 2 === 0 ? 'PageUp' : 'PageDown', bubbles: true }));
    times.push(await changed);
  }
  return times.sort((a, b) => a - b);
}

/** In the page: notes tasks that keep it from answering. */
function watchTasks() {
  globalThis.tasks = [];
  new PerformanceObserver((list) => globalThis.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
}

/** Does parts of a journey, and notes the longest task of the page in each; the browser tells none below 50 ms. @param {import('playwright-core').Page} page */
function phases(page) {
  const longest = /** @type {Record<string, number>} */ ({});
  /** @template T @param {string} name @param {() => Promise<T>} work */
  const phase = async (name, work) => {
    const done = await work();
    // What is drawn later belongs to it, too.
    await page.waitForTimeout(400);
    longest[name] = Math.max(0, ...(await page.evaluate(() => globalThis.tasks.splice(0))));
    return done;
  };
  return Object.assign(phase, { longest });
}

/** A page of its own browser, so that memory is of this work alone. @param {(page: import('playwright-core').Page) => Promise<number>} work */
async function alone(work) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(10 * 60_000);
    const took = await work(page);
    return { took, peak: await peakOf(browser) };
  } finally {
    await browser.close();
  }
}

await mainOf(import.meta, async () => {
  const leads = Number(process.argv[2] ?? 1_000_000);
  const rounds = Number(process.argv[3] ?? 3);
  mkdirSync(folder, { recursive: true });
  const path = fileOf(leads);
  const quoted = fileOf(leads, true);
  const studio = await serve({});
  const others = await serveOthers(await peersPage());
  /** @type {Map<string, { took: number, peak: number }[]>} */
  const found = new Map();
  const answers = new Set();
  /** What the studio counts, of each of its files. */
  const counts = new Set();
  const note = (name, of) => found.set(name, [...(found.get(name) ?? []), of]);
  /** @type {({ look: number, shifted: number[], tasks: Record<string, number> } & Awaited<ReturnType<typeof drag>>)[]} */
  const moved = [];

  const inStudio = (file) => async (page) => {
    await page.goto(`${studio.url}studio/`);
    await page.evaluate(watchTasks);
    const phase = phases(page);
    await phase('opening', () => openTemplate(page));
    await page.evaluate(() => {
      // What a person does in between is not counted: from the file to the first look, and from there to the picture.
      globalThis.took = { look: 0, read: 0 };
      let begun = 0;
      addEventListener('change', () => (begun = performance.now()), true);
      addEventListener('click', ({ target }) => target.textContent === 'Read all leads' && (begun = performance.now()), true);
      new MutationObserver(() => {
        if (document.querySelector('.first-look')) globalThis.took.look ||= performance.now() - begun;
        if (document.querySelector('[data-chart=histogram]')) globalThis.took.read ||= performance.now() - begun;
      }).observe(document.body, { subtree: true, childList: true });
    });
    // The engine of the others is started beforehand too; a person takes longer to choose a file.
    await page.waitForTimeout(2000);
    await phase('first look', async () => {
      await page.locator('main input[type=file]').first().setInputFiles(file);
      await page.waitForSelector('.first-look tbody tr:nth-child(20)');
    });
    await phase('reading', async () => {
      await page.getByRole('button', { name: 'Read all leads' }).click();
      await page.waitForSelector('[data-chart=histogram]');
      await page.waitForSelector('.updating', { state: 'detached' });
    });
    const { look, read } = await page.evaluate(() => globalThis.took);
    counts.add((await page.locator('[data-figure] strong').allTextContents()).join(' '));
    if (file !== path) return look + read;
    for (const view of ['Score', 'Leads', 'Check', 'Agree', 'Try', 'Data', 'Tune']) await phase(`view ${view}`, () => go(page, view));
    await phase('unfolding', () => page.locator('[data-criterion=companySize] summary').click());
    const slid = await phase('moves', () => drag(page));
    const shifted = await phase('edits', () => page.evaluate(shift, 12));
    await phase('undo and redo', async () => {
      for (const name of ['Undo', 'Undo', 'Redo', 'Redo']) await page.getByRole('button', { name }).click();
    });
    await phase('signing', async () => {
      await go(page, 'Agree');
      for (const team of ['marketing', 'sales']) {
        await page.getByLabel(`Name, for ${team}`).fill('A. Person');
        await page.getByRole('button', { name: `Sign as ${team}` }).click();
        await page.getByText(`Signed as ${team}.`).waitFor({ state: 'attached' });
      }
    });
    await phase('printing', () => page.emulateMedia({ media: 'print' }));
    await page.emulateMedia({ media: 'screen' });
    await phase('learning', async () => {
      await go(page, 'Learn');
      await page.getByRole('button', { name: 'Propose points' }).click();
      await page.waitForSelector('#proposed');
    });
    moved.push({ ...slid, shifted, tasks: phase.longest, look });
    return look + read;
  };
  const inOther = (name) => async (page) => {
    await page.goto(others.url);
    await page.locator('input').setInputFiles(path);
    const { took, result } = await page.evaluate((name) => globalThis.peers(name), name);
    if (name !== 'blob') answers.add(result);
    return took;
  };

  try {
    for (let round = 0; round < rounds; round++) {
      note('reading the Blob', await alone(inOther('blob')));
      note('leadfit studio', await alone(inStudio(path)));
      note('  every cell in quotes', await alone(inStudio(quoted)));
      note('duckdb-wasm', await alone(inOther('duckdb')));
      note('papaparse and closures', await alone(inOther('papaparse')));
    }
  } finally {
    await studio.close();
    await others.close();
  }
  const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
  const ours = median(found.get('leadfit studio')?.map(({ took }) => took) ?? []);
  console.log(`\n  ${leads} leads, ${(statSync(path).size / 1e6).toFixed(0)} MB, from the file to the first counts, median of ${rounds}`);
  for (const [name, runs] of found) {
    const took = median(runs.map(({ took }) => took));
    console.log(`  ${name.padEnd(24)} ${took.toFixed(0).padStart(8)} ms  ${(took / ours).toFixed(2).padStart(6)} ×  ${Math.max(...runs.map(({ peak }) => peak)).toFixed(0).padStart(6)} MB at most`);
  }
  if (counts.size > 1) console.log('  The studio does not count the same in both files.');
  if (answers.size > 1) console.log('  The others do not agree with each other.');
  const at = (of, share) => median(moved.map((run) => run[of][Math.floor(run[of].length * share)])).toFixed(1);
  const of = (key) => median(moved.map((run) => run[key])).toFixed(0);
  console.log(`  first look after ${of('look')} ms`);
  console.log(`  ${moves} moves of a slider to the changed page: median ${at('times', 0.5)} ms, p95 ${at('times', 0.95)} ms; to the painted frame: median ${at('frames', 0.5)} ms, p95 ${at('frames', 0.95)} ms`);
  console.log(`  the first move of what was unfolded ${of('first')} ms, of another lever in the moment when the pointer reaches it ${of('cold')} ms; all else ${of('settled')} ms after the last`);
  console.log(`  an edited boundary: median ${at('shifted', 0.5)} ms, p95 ${at('shifted', 0.95)} ms`);
  const tasks = Object.keys(moved[0]?.tasks ?? {}).map((name) => [name, median(moved.map((run) => run.tasks[name]))]);
  console.log(`  longest task of the page, where one is above 50 ms: ${tasks.filter(([, longest]) => longest > 0).map(([name, longest]) => `${name} ${longest.toFixed(0)} ms`).join(', ') || 'none'}`);
});
