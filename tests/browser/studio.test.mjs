// Journeys of the studio.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { root } from '../../pkg-config/tool/run.mjs';
import { dangling, violations } from './landing.mjs';
import { downloaded, figure, give, giveLeads, go, openSample, openTemplate, read, studio } from './studio.mjs';

/** @type {Awaited<ReturnType<typeof studio>>} */
let at;
before(async () => (at = await studio()));
after(() => at?.close());

test('open the sample, move a slider, undo, set a threshold, sign, export, reload: the same bytes', async () => {
  const { page, noises, context } = await at.open();
  await openSample(page);
  await go(page, 'Tune');
  const qualified = await figure(page, 'qualified');
  const criterion = page.locator('[data-criterion=companySize]');
  await criterion.locator('summary').click();
  const slider = criterion.getByRole('slider', { name: /50 to below 500/ });
  await slider.focus();
  for (let step = 0; step < 10; step++) await page.keyboard.press('ArrowLeft');
  await page.waitForFunction((before) => document.querySelector('[data-figure=qualified] strong')?.textContent !== before, qualified);
  assert.match((await page.locator('[data-figure=effect]').textContent()) ?? '', /leads are no longer MQL/);
  assert.equal(await page.locator('.state').getAttribute('data-state'), 'changed');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction((before) => document.querySelector('[data-figure=qualified] strong')?.textContent === before, qualified);
  await page.waitForSelector('[data-state=signed]');

  await page.getByRole('button', { name: /Define MQL as score/ }).click();
  await page.waitForSelector('[data-state=changed]');
  assert.ok(await page.getByRole('slider', { name: 'MQL from this score on' }).isVisible());

  await go(page, 'Agree');
  for (const team of ['marketing', 'sales']) {
    await page.getByLabel(`Name, for ${team}`).fill('Ada Abel');
    await page.getByRole('button', { name: `Sign as ${team}` }).click();
    await page.getByText(`Ada Abel signed`).nth(team === 'sales' ? 1 : 0).waitFor();
  }
  await page.waitForSelector('[data-state=signed]');
  const text = await downloaded(page, 'Export scorecard');
  assert.equal(JSON.parse(text).revision, 5);
  await page.waitForTimeout(500);
  await page.reload();
  await page.waitForSelector('[data-state=signed]');
  assert.equal(await downloaded(page, 'Export scorecard'), text);
  assert.deepEqual(noises, []);
  await context.close();
});

test('the page counts a move in its own event, as the worker does', async () => {
  const { page, noises, context } = await at.open();
  await openSample(page);
  await go(page, 'Tune');
  await page.locator('[data-criterion=companySize] summary').click();
  const slider = page.locator('[data-criterion=companySize]').getByRole('slider', { name: /50 to below 500/ });
  await slider.focus();
  /** The figures, and the bars of the scores, which are in sight. */
  const shown = () => page.evaluate(() => [document.querySelector('.glance'), ...document.querySelector('[data-chart=histogram]').querySelectorAll('path')].map((of) => of.getAttribute('d') ?? of.textContent));
  /** Moves the slider; what is shown before anybody else had a turn. @param {number} points */
  const move = (points) =>
    slider.evaluate(async (input, points) => {
      const told = () => document.querySelector('.glance')?.textContent;
      const before = told();
      /** @type {HTMLInputElement} */ (input).value = String(points);
      input.dispatchEvent(new Event('input', { bubbles: true }));
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      return told() !== before;
    }, points);
  // The first ones may come before the page has what it takes.
  let points = 0;
  for (const until = Date.now() + 20_000; !(await move(points)); points = 20 - points) {
    assert.ok(Date.now() < until, 'the page counts by itself');
    await page.waitForTimeout(200);
  }
  assert.ok(await move(5), 'and again');
  const counted = await shown();
  await page.waitForSelector('.updating', { state: 'detached' });
  assert.deepEqual(await shown(), counted, 'what the worker tells later changes nothing');
  // Back and there again is counted by the worker.
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction((counted) => document.querySelector('.glance')?.textContent !== counted, counted[0]);
  await page.getByRole('button', { name: 'Redo' }).click();
  await page.waitForFunction((counted) => document.querySelector('.glance')?.textContent === counted, counted[0]);
  await page.waitForSelector('.updating', { state: 'detached' });
  await page.waitForTimeout(200);
  assert.deepEqual(await shown(), counted);
  // After an edit that is no move the page counts by itself again.
  await page.locator('.handle').first().focus();
  await page.keyboard.press('ArrowRight');
  await slider.focus();
  for (const until = Date.now() + 20_000; !(await move(points)); points = 20 - points) {
    assert.ok(Date.now() < until, 'the page counts by itself after an edit');
    await page.waitForTimeout(200);
  }
  const edited = await shown();
  await page.waitForSelector('.updating', { state: 'detached' });
  assert.deepEqual(await shown(), edited);
  assert.deepEqual(noises, []);
  await context.close();
});

/** What cannot be read of the dirty file: row, column and what is wrong. */
const dirt = [
  '4 Employees noNumber',
  '4 Lead Cost noAmount',
  '4 Deal Amount noAmount',
  '5 the row noTime',
  '5 Created at noDate',
  '6 the row longRow',
  '6 Outcome noOutcome',
  '7 the row shortRow',
  '8 the row openQuote',
];

test('what every kind of dirt does to a file is told', async () => {
  const { page, noises, context } = await at.open();
  await openTemplate(page);
  const rows = [
    'Lead ID;Created at;Job Title;Employees;Lead Cost;Outcome;Deal Amount;Email',
    '1;03.11.2025;"VP, ""Growth""";50;1.234,50;won;2.000,00;a@acme.example',
    '2;2025-11-04;Head of\tMarketing;51-200;0,5;Closed Lost;;b@acme.example',
    '3;5. November 2025;"CEO\nand founder";viele;x;gewonnen;viel;c@acme.example',
    '4;nie;;;;;;',
    '5;05/11/2025;Intern;1.000;;puzzled;;d@gmail.com;more;cells',
    '6;6/11/25',
    '7;45966;"Sales Manager;7;;lost;;e@acme.example',
    '8;1762300800;Größe Ä;<50;;disqualified;;not an address',
  ];
  // Windows letters, as old spreadsheets save them.
  await giveLeads(page, 'dirty.csv', Buffer.from(rows.join('\r\n'), 'latin1'));
  await page.waitForSelector('#troubles');
  const told = (await page.locator('section:has(#troubles)').textContent()) ?? '';
  assert.match((await page.locator('#read').textContent()) ?? '', /^8 leads/);
  for (const word of ['viele', 'row 5: nie', 'row 6: puzzled', 'row 4: viel', 'quote that never closes', 'fewer cells', 'more cells']) assert.ok(told.includes(word), `${word} in: ${told}`);
  const report = await downloaded(page, 'Row by row, as CSV');
  assert.match(report, /^\uFEFFrow,column,what,found\n/);
  assert.match(report, /5,"Created at",noDate,"nie"/);

  // Nothing else is wrong with it: 25 kinds of dirt, of which these cannot be mended.
  const lines = (text) => text.slice(text.indexOf('\n') + 1).trimEnd().split('\n').map((line) => line.split(',').slice(0, 3).join(' ').replaceAll('"', ''));
  assert.deepEqual(lines(report), dirt);

  // The same in UTF-16 with tabs.
  const wide = rows.map((row) => row.replaceAll('\t', ' ').replaceAll(';', '\t')).join('\r\n');
  await giveLeads(page, 'wide.tsv', Buffer.from(`\uFEFF${wide}`, 'utf16le'));
  await page.getByText('from wide.tsv').waitFor();
  assert.deepEqual(lines(await downloaded(page, 'Row by row, as CSV')), dirt);

  // A word that is no outcome is said to be one, and the file is read again.
  await page.getByLabel('What puzzled means').selectOption('won');
  await page.waitForFunction(() => !document.body.textContent?.includes('row 6: puzzled'));
  assert.deepEqual(noises, []);
  await context.close();
});

test('a first look at a file shows what a correction does, before all of it is read', async () => {
  const { page, noises, context } = await at.open();
  await openTemplate(page);
  const rows = Array.from({ length: 30 }, (_, index) => `${index},${String((index % 12) + 1).padStart(2, '0')}/05/2025,"1,${100 + index}",${index % 3 === 0 ? 'yes' : 'no'}`);
  await give(page, 'first.csv', ['id,When,Seats,Bought', ...rows].join('\n'));
  await page.getByRole('heading', { name: 'First look at first.csv' }).waitFor();
  await page.getByText('No column tells what became of the leads').waitFor();
  await page.getByLabel('What Bought is').selectOption('outcome');
  await page.getByText('No column tells what became of the leads').waitFor({ state: 'detached' });
  assert.equal(await page.getByLabel('What yes means').inputValue(), 'won');
  // Numbers and dates that can be read in two ways.
  await page.getByLabel('What Seats is').selectOption('fact:company.employees');
  await page.getByLabel('Decimal mark in Seats').selectOption('true');
  await page.getByLabel('Order of day and month in When').selectOption('monthFirst');
  await page.getByRole('button', { name: 'Read all leads' }).click();
  await page.getByRole('heading', { name: '30 leads from first.csv' }).waitFor();
  await page.getByText('They came from 2025-01-05 to 2025-12-05.').waitFor();
  await go(page, 'Tune');
  await page.locator('[data-criterion=companySize] summary').click();
  // 1.1 to 1.13 employees, not a thousand.
  await page.locator('[data-criterion=companySize] .bin').first().getByText('30 leads').waitFor();
  assert.deepEqual(noises, []);
  await context.close();
});

test('a boundary between bins is dragged and moved by keys, and says where it is', async () => {
  const { page, noises, context } = await at.open();
  await openSample(page);
  await go(page, 'Tune');
  await page.locator('[data-criterion=companySize] summary').click();
  const handle = page.getByRole('slider', { name: 'Company size: boundary 2 of 4' });
  await handle.waitFor();
  const value = () => handle.getAttribute('aria-valuenow');
  const told = page.locator('[data-criterion=companySize] .bin').nth(1).locator('.row-name .soft');
  const before = await told.textContent();
  assert.equal(await value(), '50');
  await handle.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('PageUp');
  assert.equal(await value(), '56');
  assert.match((await handle.getAttribute('aria-valuetext')) ?? '', /^56, \d+ % of the leads are below$/);
  await page.waitForFunction((before) => document.querySelectorAll('[data-criterion=companySize] .bin')[1]?.querySelector('.row-name .soft')?.textContent !== before, before);
  // Keys one after the other are one step back, as a drag is.
  await page.locator('[data-criterion=companySize] summary').focus();
  await page.keyboard.press('Control+z');
  await page.waitForFunction(() => document.querySelectorAll('.handle')[1]?.getAttribute('aria-valuenow') === '50');
  const box = await handle.boundingBox();
  assert.ok(box);
  await page.mouse.move(box.x + box.width / 2, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 30, box.y + 40, { steps: 4 });
  await page.mouse.up();
  assert.ok(Number(await value()) > 60, `${await value()}`);
  assert.deepEqual(noises, []);
  await context.close();
});

test('each template has leads of all kinds among the made-up ones', async () => {
  for (const name of ['Sales-led', 'Fit and engagement', 'Self-serve']) {
    const { page, noises, context } = await at.open();
    await page.getByRole('button', { name: new RegExp(`Start from this.*${name}`) }).click();
    await page.waitForSelector('[data-view=data]');
    await page.getByRole('button', { name: 'Use sample leads' }).click();
    await read(page);
    assert.equal(await page.locator('.notice', { hasText: 'Nothing in the file tells' }).count(), 0, name);
    await go(page, 'Score');
    const share = Number((await figure(page, 'qualified')).replaceAll(',', '')) / 20_000;
    assert.ok(share > 0.02 && share < 0.5, `${name}: ${share} qualified`);
    assert.deepEqual(noises, []);
    await context.close();
  }
});

test('a large file is read by two workers as by one, be its middle within quotes or not', async () => {
  const { page, context, noises } = await at.open();
  await openTemplate(page);
  // Large enough for a second worker; the middle is in the lines before the last ones.
  const plain = `${'x'.repeat(80)},2025-11-03,Head of Marketing,50,Won\n`;
  const within = `"${'x\n'.repeat(2000)}",2025-11-03,CEO,50,Lost\n`;
  for (const [name, line, count] of [['plain.csv', plain, 250_000], ['quoted.csv', within, 7000]]) {
    await page.evaluate(([name, line, count]) => {
      const ends = 'last,2025-11-03,CEO,70,Won\nodd,soon,CEO,many,Perhaps\n';
      const big = new File(['id,Created at,Job Title,Employees,Outcome\n', 'early,soon,CEO,50,Won\n', line.repeat(count), ends], name);
      const transfer = new DataTransfer();
      transfer.items.add(big);
      const input = /** @type {HTMLInputElement} */ (document.querySelector('main input[type=file]'));
      input.files = transfer.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }, /** @type {[string, string, number]} */ ([name, line, count]));
    await page.getByRole('button', { name: 'Read all leads' }).click();
    await page.getByText(`${count + 3} leads are read.`).waitFor({ state: 'attached' });
    const last = count + 4;
    const report = (await downloaded(page, 'Row by row, as CSV')).replaceAll('"', '').split('\n').slice(1);
    const expected = ['2,Created at,noDate,soon', '2,the row,noTime,', `${last},Created at,noDate,soon`, `${last},Employees,noNumber,many`, `${last},Outcome,noOutcome,Perhaps`, `${last},the row,noTime,`];
    assert.deepEqual(report.map((told) => told.trim()).filter(Boolean).sort(), expected.sort(), name);
  }
  assert.deepEqual(noises, []);
  await context.close();
});

test('a large file is read without the second worker where that one does not start', async () => {
  const { page, context, noises } = await at.open({ serviceWorkers: 'block' });
  await openTemplate(page);
  let held = 0;
  await page.route('**/*.wasm', () => void held++);
  await page.evaluate(() => {
    const line = `${'x'.repeat(80)},2025-11-03,Head of Marketing,50,Won\n`;
    const transfer = new DataTransfer();
    transfer.items.add(new File(['id,Created at,Job Title,Employees,Outcome\n', line.repeat(250_000)], 'big.csv'));
    const input = /** @type {HTMLInputElement} */ (document.querySelector('main input[type=file]'));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await page.getByRole('button', { name: 'Read all leads' }).click();
  await page.getByText('250000 leads are read.').waitFor({ state: 'attached' });
  assert.ok(held > 0, 'the engine of the second worker never came');
  assert.deepEqual(noises, ['Service Worker registration blocked by Playwright']);
  await context.close();
});

test('reading is cancelled in the middle, and what was there before stays', async () => {
  const { page, context } = await at.open();
  await openSample(page);
  const before = await page.locator('#read').textContent();
  const line = `${'x'.repeat(60)},2025-11-03,Head of Marketing,50\n`;
  await page.evaluate((line) => {
    const big = new File([`id,Created at,Job Title,Employees\n`, ...Array.from({ length: 60 }, () => line.repeat(20_000))], 'big.csv');
    const transfer = new DataTransfer();
    transfer.items.add(big);
    const input = /** @type {HTMLInputElement} */ (document.querySelector('main input[type=file]'));
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, line);
  await page.getByRole('button', { name: 'Read all leads' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.waitForSelector('.reading', { state: 'detached' });
  await page.getByRole('button', { name: 'Leave it' }).click();
  assert.equal(await page.locator('#read').textContent(), before);
  await context.close();
});

test('everything by keyboard alone', async () => {
  const { page, context } = await at.open();
  await page.getByRole('button', { name: /Start from this/ }).first().waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const press = async (name) => {
    for (let step = 0; step < 80; step++) {
      await page.keyboard.press('Tab');
      const found = await page.evaluate(() => (document.activeElement?.textContent || document.activeElement?.getAttribute('aria-label')) ?? '');
      if (found.startsWith(name)) return page.keyboard.press('Enter');
    }
    throw new Error(`${name} cannot be reached by the keyboard`);
  };
  await press('Start from this');
  await page.waitForSelector('[data-view=data]');
  await press('Use sample leads');
  await read(page);
  await press('Tune with these leads');
  await page.waitForSelector('[data-view=tune]');
  const state = () => page.locator('.state').getAttribute('data-state');
  const before = await state();
  await page.locator('[data-criterion=country] summary').focus();
  await page.keyboard.press('Enter');
  const slider = page.locator('[data-criterion=country] input[type=range]').first();
  const points = await slider.inputValue();
  await page.keyboard.press('Tab');
  for (let step = 0; step < 15; step++) await page.keyboard.press('ArrowRight');
  await page.waitForSelector('.state[data-state=changed]');
  assert.notEqual(await slider.inputValue(), points);
  await page.keyboard.press('Control+z');
  await page.waitForSelector(`.state[data-state=${before}]`);
  assert.equal(await slider.inputValue(), points);
  await context.close();
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`every view is accessible, ${colorScheme}`, async () => {
    const { page, noises, context } = await at.open({ colorScheme });
    assert.deepEqual(await violations(page), []);
    await openSample(page);
    assert.deepEqual(await violations(page), [], 'Data');
    for (const view of ['Score', 'Tune', 'Leads', 'Check', 'Agree', 'Try']) {
      await go(page, view);
      await page.waitForTimeout(300);
      if (view === 'Tune') for (const summary of await page.locator('summary').all()) await summary.click();
      assert.deepEqual(await violations(page), [], view);
      assert.deepEqual(await dangling(page), [], view);
    }
    assert.deepEqual(noises, []);
    await context.close();
  });
}

test('points go to a spreadsheet and come back', async () => {
  const { page, context } = await at.open();
  await openTemplate(page);
  await go(page, 'Agree');
  const csv = await downloaded(page, 'Points for a spreadsheet');
  assert.match(csv, /^\uFEFFplace,id,name,bin,points\n/);
  const line = csv.split('\n').find((line) => line.includes('companySize') && line.endsWith(',25'));
  await give(page, 'points.csv', csv.replace(line, line.replace(/25$/, '27')).replaceAll(',', ';'));
  await page.getByText('1 number changed.').waitFor();
  await page.getByText(/instead of/).first().waitFor();
  await context.close();
});

test('outcomes propose points; a bin, a criterion and all of them are taken over, and undone', async () => {
  const { page, noises, context } = await at.open();
  await openSample(page);
  await go(page, 'Learn');
  const text = await downloaded(page, 'Export scorecard');
  await page.getByRole('button', { name: 'Propose points' }).click();
  await page.waitForSelector('[data-signal=clear]', { timeout: 120_000 });
  assert.deepEqual(await violations(page), []);
  const pointsOf = async () => JSON.parse(await downloaded(page, 'Export scorecard')).criteria;
  const one = page.locator('[data-proposed] tr:not(.same) button').first();
  await one.click();
  await page.getByText('taken over').first().waitFor();
  assert.equal(await page.locator('.state').getAttribute('data-state'), 'changed');
  const before = JSON.parse(text).criteria;
  const now = await pointsOf();
  assert.equal(now.filter((criterion, index) => JSON.stringify(criterion) !== JSON.stringify(before[index])).length, 1);
  await page.getByRole('button', { name: 'Take over everything' }).click();
  await page.waitForFunction(() => [...document.querySelectorAll('[data-proposed] > button')].every((button) => button.disabled));
  for (let step = 0; step < 2; step++) await page.getByRole('toolbar').getByRole('button', { name: 'Undo' }).click();
  await page.waitForSelector('[data-state=signed]');
  assert.equal(await downloaded(page, 'Export scorecard'), text);

  // Fewest changes: no more than with the closest fit.
  const dial = page.getByRole('slider', { name: /Simplicity/ });
  const changes = async (value) => {
    await dial.fill(String(value));
    await page.waitForSelector(`[data-wish="${value}"]`);
    return page.locator('[data-proposed] tbody tr:not(.same)').count();
  };
  const [fit, few] = [await changes(0), await changes(1)];
  assert.ok(few < fit, `${few} of ${fit}`);
  assert.deepEqual(noises, []);
  await context.close();
});

test('columns that no scorecard knows become facts, and outcomes propose criteria on them', async () => {
  const { page, noises, context } = await at.open();
  await page.getByRole('button', { name: /Start from this.*Nearly empty/ }).click();
  await page.waitForSelector('[data-view=data]');
  const rows = Array.from({ length: 1200 }, (_, index) => `${index},${['Web', 'Fair', 'Partner'][index % 3]},${index % 40},${index % 3 === 2 || index % 40 > 32 ? 1 : 0}`);
  await give(page, 'own.csv', ['id,Where from,Seats wanted,won', ...rows].join('\n'));
  await page.getByRole('button', { name: 'Make facts of 2 other columns' }).click();
  await page.waitForFunction(() => [...document.querySelectorAll('.columns select')].some((select) => select.value === 'fact:seatsWanted'));
  await page.getByRole('button', { name: 'Read all leads' }).click();
  await page.getByRole('heading', { name: '1,200 leads from own.csv' }).waitFor();
  await go(page, 'Check');
  await page.waitForSelector('#hints');
  assert.equal(await page.locator('.problems .error').count(), 0);
  await go(page, 'Learn');
  await page.getByRole('button', { name: 'Propose points' }).click();
  await page.locator('[data-proposed]').first().waitFor();
  await page.getByRole('button', { name: 'Take over everything' }).click();
  await go(page, 'Tune');
  await page.locator('[data-criterion]').filter({ hasText: 'Where from' }).waitFor();
  assert.ok(Number((await figure(page, 'qualified')).replaceAll(',', '')) >= 0);
  assert.deepEqual(noises, []);
  await context.close();
});

test('a lead is tried: each question that a form would ask next can be answered, until none is left', async () => {
  const { page, noises, context } = await at.open();
  await openTemplate(page);
  await go(page, 'Try');
  const asked = [];
  for (;;) {
    const next = await page.waitForSelector('.verdict :is([data-next], .notice.good)');
    const id = await next.getAttribute('data-next');
    if (id === null) break;
    assert.ok(!asked.includes(id), `${id} was answered`);
    asked.push(id);
    await page.getByRole('button', { name: 'Answer it' }).click();
    const path = await page.evaluate(() => document.activeElement?.getAttribute('data-path'));
    const field = page.locator(`[data-path="${path}"]`);
    if (await field.evaluate((element) => element.tagName === 'SELECT')) await field.selectOption({ index: 1 });
    else await field.fill({ email: 'ada@alder-foods.example', 'company.name': 'Alder Foods' }[path]);
    await page.waitForFunction((id) => document.querySelector('[data-next]')?.getAttribute('data-next') !== id, id);
  }
  assert.deepEqual([asked.includes('email'), asked.includes('consent')], [true, true], `${asked}`);
  await page.getByLabel('Demo requests 30d').fill('1');
  await page.waitForFunction(() => /MQL|Marketing-qualified/.test(document.querySelector('.verdict .glance')?.textContent ?? ''));
  assert.deepEqual(noises, []);
  await context.close();
});

test('what did not work is shown until it is closed', async () => {
  const { page, context } = await at.open();
  // A scorecard with an error, which no version without one came before.
  await give(page, 'broken.json', '{ "leadfit": 1, "id": "broken", "criteria": [{ "nonsense": true }] }', 'application/json');
  await page.waitForSelector('[data-state=wrong]');
  for (const name of ['own.csv', 'again.csv']) {
    await give(page, name, 'id,won\n1,0');
    const shown = page.getByText('The scorecard has errors, so it can judge no leads.');
    await shown.waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await shown.waitFor({ state: 'detached' });
  }
  await page.getByRole('button', { name: 'Use sample leads' }).click();
  await page.getByText('The scorecard has errors, so it can judge no leads.').waitFor();
  await context.close();
});

test('names of any length and script stay within the page', async () => {
  const names = ['Donaudampfschifffahrtsgesellschaftskapitänsmützenhersteller und Beschäftigtenzahl', 'عدد الموظفين في الشركة الأم وجميع فروعها في الشرق الأوسط وشمال أفريقيا', 'How many times somebody of this company asked for a demonstration within ninety days'];
  let next = 0;
  const named = (value, key) => (['label', 'reason'].includes(key) || (key === 'name' && !/^[A-D1-4]$/.test(value)) ? names[next++ % names.length] : value);
  const card = JSON.stringify({ ...JSON.parse(readFileSync(join(root, 'www', 'sample', 'b2b-software.json'), 'utf8'), (key, value) => named(value, key)), title: names.join(' – ') });
  for (const width of [390, 1024]) {
    const { page, noises, context } = await at.open({ viewport: { width, height: 800 } });
    await give(page, 'long.json', card, 'application/json');
    await page.waitForSelector('[data-view=data]');
    await page.getByRole('button', { name: 'Use sample leads' }).click();
    await read(page);
    for (const view of ['Data', 'Score', 'Tune', 'Leads', 'Check', 'Agree', 'Try']) {
      await go(page, view);
      // Once all of it is drawn, by its last part.
      await page.waitForSelector({ Score: '.figure:has-text("Channels")', Tune: '.routes', Leads: '.lead-row button', Agree: '.agreement', Try: '.verdict' }[view] ?? 'h1');
      const beyond = await page.evaluate(() => [document.documentElement, ...document.querySelectorAll('.numbers-side')].map((of) => of.scrollWidth - of.clientWidth));
      assert.ok(beyond.every((pixels) => pixels === 0), `${view} at ${width} px: ${beyond}`);
    }
    assert.deepEqual(noises, []);
    await context.close();
  }
});

test('a file on disk is opened and saved in place', async () => {
  const { page, noises, context } = await at.open();
  // Pickers cannot be worked from a test; the files behind them are real.
  await page.evaluate((text) => {
    const file = async (name) => (await navigator.storage.getDirectory()).getFileHandle(name, { create: true });
    globalThis.showOpenFilePicker = async () => {
      const handle = await file('own.json');
      const writing = await handle.createWritable();
      await writing.write(text);
      await writing.close();
      return [handle];
    };
    globalThis.onDisk = async () => (await (await file('own.json')).getFile()).text();
  }, readFileSync(join(root, 'www', 'sample', 'hubspot-shaped.json'), 'utf8'));
  await page.locator('button', { hasText: 'Choose a scorecard file' }).click();
  await page.waitForSelector('[data-view=data]');
  assert.ok(await page.getByRole('button', { name: 'Saved' }).isDisabled());
  await go(page, 'Tune');
  await page.locator('[data-criterion] summary').first().click();
  await page.locator('[data-criterion] input[type=range]').first().press('ArrowRight');
  await page.locator('[data-criterion] summary').first().focus();
  await page.keyboard.press('Control+s');
  await page.getByText('own.json is saved.').waitFor({ state: 'attached' });
  assert.equal(await page.evaluate(() => globalThis.onDisk()), await downloaded(page, 'Export scorecard'));

  const toStart = async () => {
    await page.getByRole('navigation', { name: 'Studio' }).getByRole('button', { name: 'Open' }).click();
    await page.waitForSelector('[data-view=start]');
  };
  // Another one is opened: what is left is kept, and found again as it was.
  await toStart();
  await page.getByRole('button', { name: /Start from this.*Nearly empty/ }).click();
  await page.waitForSelector('[data-view=data]');
  await toStart();
  await page.locator('.recent button').first().click();
  await page.waitForSelector('[data-view=data]');
  assert.equal(await downloaded(page, 'Export scorecard'), await page.evaluate(() => globalThis.onDisk()));
  assert.deepEqual(noises, []);
  await context.close();
});
