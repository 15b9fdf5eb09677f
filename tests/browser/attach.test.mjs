// Forms that are there already: a plain one, and what stands in for those of others, which replays
// the markup and events that their makers document (tests/stand-ins).

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { dangling, landing, violations } from './landing.mjs';

/** @type {Awaited<ReturnType<typeof landing>>} */ let site;
before(async () => void (site = await landing()));
after(() => site?.close());

const open = (options = {}) => site.open({ path: 'attach/', ready: '[data-ready] #react[data-hydrated]', ...options });

/** Where the form of a card leads, as its line says. @param {import('playwright-core').Page} page @param {string} id */
const told = (page, id) => page.locator(`.told[data-for="${id}"]`);

/** @param {import('playwright-core').Page} page @param {string} id @param {RegExp} words */
async function says(page, id, words) {
  await told(page, id).filter({ hasText: words }).waitFor();
}

/** The same lead in the words of each form, and what is posted of the verdict. */
const forms = {
  plain: { form: '#plain', answers: { mail: 'nora@brightmoor.example', field_7: 'VP Marketing', company_size: '500-4999' } },
  'hubspot-v2': { form: '#hubspot-v2 form', answers: { email: 'nora@brightmoor.example', jobtitle: 'VP Marketing', numemployees: '500-4999' }, posted: { lead_grade: /^[A-D][1-4]$/ } },
  'hubspot-v4': { form: '.hs-form-html form', answers: { '0-1/email': 'nora@brightmoor.example', '0-1/jobtitle': 'VP Marketing', '0-2/numberofemployees': '800' }, posted: { '0-1/lead_grade': /^[A-D][1-4]$/ } },
  marketo: { form: '#mktoForm_1057', answers: { Email: 'nora@brightmoor.example', Title: 'VP Marketing', NumberOfEmployees: '800' }, posted: { leadGrade: /^[A-D][1-4]$/ } },
  'wf-form-Lead': { form: '#wf-form-Lead', answers: { 'Email-2': 'nora@brightmoor.example', 'Job-Title': 'VP Marketing', 'Company-Size': '800' } },
  cf7: { form: '#cf7', answers: { 'your-email': 'nora@brightmoor.example', 'your-title': 'VP Marketing', 'your-size': '800' } },
  'wpforms-form-12': { form: '#wpforms-form-12', answers: { 'wpforms[fields][1]': 'nora@brightmoor.example', 'wpforms[fields][2]': 'VP Marketing', 'wpforms[fields][3]': '800' } },
  gform_4: { form: '#gform_4', answers: { input_1: 'nora@brightmoor.example', input_2: 'VP Marketing', input_3: '800' } },
  elementor: { form: '#elementor', answers: { 'form_fields[email]': 'nora@brightmoor.example', 'form_fields[title]': 'VP Marketing', 'form_fields[size]': '800' } },
  controlled: { form: '#controlled', answers: { email: 'nora@brightmoor.example', jobTitle: 'VP Marketing', team_size: '800' } },
};

/** @param {import('playwright-core').Page} page @param {string} form @param {Record<string, string>} answers */
async function fill(page, form, answers) {
  for (const [name, answer] of Object.entries(answers)) {
    const control = page.locator(`${form} [name="${name}"]`);
    if (await control.evaluate(({ tagName }) => tagName === 'SELECT')) await control.selectOption(answer);
    else await control.pressSequentially(answer);
    await control.press('Tab');
  }
}

for (const [id, { form, answers, posted: wanted = {} }] of Object.entries(forms)) {
  test(`${id}: stays what it is, and routes`, async () => {
    const { page, posted, noises } = await open();
    await fill(page, form, answers);
    await says(page, id, /leads to enterprise-call/);
    await page.locator(`${form} [type=submit]`).click();
    if (id !== 'controlled') await says(page, id, /sent; leads to enterprise-call, \/enterprise/);
    else await page.locator('#react').getByText('Thank you!').waitFor();
    assert.equal(posted.length, 1);
    const sent = Object.fromEntries(new URLSearchParams(posted[0]));
    for (const [name, answer] of Object.entries(answers)) if (id !== 'plain') assert.equal(sent[name], answer, name);
    for (const [name, pattern] of Object.entries(wanted)) assert.match(sent[name] ?? '', pattern, name);
    assert.deepEqual(noises, []);
    await page.context().close();
  });
}

test('a form that comes again with what was wrong is read on', async () => {
  const { page } = await open();
  await fill(page, '#gform_4', { input_2: 'VP Marketing', input_3: '800' });
  await page.locator('#gform_4 [type=submit]').click();
  await page.locator('.gform_validation_errors').waitFor();
  await fill(page, '#gform_4', { input_1: 'nora@brightmoor.example' });
  await page.locator('#gform_4 [type=submit]').click();
  await page.locator('.gform_confirmation_wrapper').waitFor();
  await says(page, 'gform_4', /sent; leads to enterprise-call/);
  await page.context().close();
});

test('what React keeps is filled so that its state takes notice', async () => {
  const { page, posted } = await open();
  await fill(page, '#controlled', forms.controlled.answers);
  await page.locator('#controlled [type=submit]').click();
  await page.locator('#react').getByText('Thank you!').waitFor();
  assert.match(Object.fromEntries(new URLSearchParams(posted[0])).grade, /^[A-D][1-4]$/);
  await page.context().close();
});

test('web-to-lead posts as it did, and comes back to where the route leads', async () => {
  const { page, posted } = await open();
  await fill(page, '#salesforce', { last_name: 'Quist', email: 'nora@brightmoor.example', title: 'Head of Growth', employees: '800' });
  await says(page, 'salesforce', /leads to/);
  await page.locator('#salesforce [type=submit]').click();
  await page.waitForURL('**/thanks/**');
  const sent = Object.fromEntries(new URLSearchParams(posted[0]));
  assert.equal(sent.oid, '00D000000000000');
  assert.match(sent['00N000000000001'], /^[A-D][1-4]$/);
  assert.ok('retURL' in sent);
  await page.context().close();
});

test('a marked question comes up only where it matters', async () => {
  const { page } = await open();
  const role = page.locator('#p-role');
  await fill(page, '#plain', { mail: 'nora@brightmoor.example', field_7: 'Head of Growth' });
  await role.waitFor();
  await page.locator('#plain [name=field_7]').fill('Marketing Intern');
  await role.waitFor({ state: 'hidden' });
  assert.ok(await role.isDisabled());
  await page.context().close();
});

test('a link goes where the lead goes, and to its own address without scripts', async () => {
  const { page } = await open();
  await fill(page, '#plain', forms.plain.answers);
  await page.locator('#link').click();
  await says(page, 'link', /sent; leads to enterprise-call/);
  await page.context().close();

  const { page: without } = await open({ javaScriptEnabled: false, ready: '#link' });
  await without.locator('#link').click();
  await without.waitForURL('**/help/');
  await without.context().close();
});

test('forms that come later, go and come again are attached once each', async () => {
  const { page } = await open();
  const counts = await page.evaluate(async () => {
    const { attach } = await import('/leadfit/form/index.js');
    const { Scorecard } = await import('/leadfit/entry-streaming.js');
    const scorecard = await Scorecard.load('/sample/b2b-software.leadfit');
    let heard = 0;
    document.addEventListener('leadfit:verdict', ({ target }) => (heard += target.matches?.('.late') ? 1 : 0));
    const one = attach('form.late', { scorecard });
    attach('form.late', { scorecard });
    const form = Object.assign(document.createElement('form'), { className: 'late' });
    form.append(Object.assign(document.createElement('input'), { name: 'email' }));
    const settled = () => new Promise((resolve) => setTimeout(resolve, 30));
    document.body.append(form);
    await settled();
    const came = heard;
    form.remove();
    await settled();
    document.body.append(form);
    await settled();
    const again = heard;
    one.detach();
    return { came, again };
  });
  assert.deepEqual(counts, { came: 1, again: 2 });
  await page.context().close();
});

test('nothing is in anybody’s way', async () => {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const { page, noises } = await open({ colorScheme });
    assert.deepEqual(await violations(page), [], colorScheme);
    assert.deepEqual(await dangling(page), []);
    await page.setViewportSize({ width: 320, height: 700 });
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
    assert.deepEqual(noises, []);
    await page.context().close();
  }
});
