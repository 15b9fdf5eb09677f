// What adapters make of a handoff, against what the other systems document. Each test names the page of
// its maker, as it was read in November 2026.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import Ajv from 'ajv/dist/2020.js';

import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from './packed.mjs';

const { installed } = await packed();
const from = (path) => import(pathToFileURL(join(installed, path)).href);
const { Scorecard } = await from('entry-default.js');
const adapters = await from('adapters/index.js');
const { leadOf } = await from('outbox/index.js');

const card = await Scorecard.load(readFileSync(join(root, 'www/sample/b2b-software.leadfit')));
const now = '2026-11-18T10:00:00.000Z';
const submission = {
  leadfit: 1,
  id: '0b7c2f6e-51a4-4c39-9d11-5f0c8f7a2e10',
  at: now,
  form: 'landing',
  page: { url: 'https://www.tallowmere.example/', title: 'Tallowmere' },
  pairs: [['email', 'nora.quist@brightmoor.example'], ['firstName', 'Nora'], ['lastName', 'Quist'], ['jobTitle', 'VP Marketing'], ['company', 'Brightmoor & Sons'], ['companySize', '50-499'], ['country', 'DE'], ['consent', 'yes']],
  attribution: { source: 'google', medium: 'cpc' },
  touches: { first: { at: '2026-10-02T08:11:00.000Z', referrer: 'https://www.linkedin.com/' }, last: { at: '2026-11-18T09:58:00.000Z', source: 'google', medium: 'cpc' } },
  events: [{ type: 'pageView', at: '2026-11-17T09:58:00.000Z', path: '/pricing' }, { type: 'pageView', at: '2026-11-18T09:58:00.000Z', path: '/pricing' }, { type: 'demoRequest', at: now }],
  consent: [{ purpose: 'marketingEmail', version: '2026-09', basis: 'consent', at: now, language: 'en', text: 'Tallowmere may contact me' }],
};
const lead = leadOf(card, submission);
const verdict = card.evaluate(lead, { now });
const handoff = { submission, lead, verdict, card: { title: 'Tallowmere', questions: card.questions }, owner: { id: 'iva', name: 'Iva Stone' }, due: '2026-11-18T11:00:00.000Z', link: 'https://leads.tallowmere.example/7' };
const unscored = { submission: { ...submission, pairs: [['email', 'nora@brightmoor.example'], ['company', 'Brightmoor'], ['company.domain', 'brightmoor.example'], ['__proto__', 'x'], ['constructor.name', 'y']] } };

const hubspot = { portalId: '1234567', formId: '0b7c2f6e-51a4-4c39-9d11-5f0c8f7a2e10', now: () => Date.parse(now) };

// developers.hubspot.com/docs/api-reference/legacy/forms-v3-legacy/post-submissions-v3-integration-submit-portalId-formGuid
test('HubSpot form: the body is the documented one', () => {
  const { url, type, body, ack } = adapters.hubspotForm({ ...hubspot, hutk: '60c2ccdfe4892f0fa0593940b12c11aa', fields: { ...adapters.hubspotFields, '0-2/name': 'lead.company.name' }, consent: adapters.hubspotConsent({ subscriptions: { marketingEmail: 999 } }) }).request(handoff);
  assert.equal(url, 'https://api.hsforms.com/submissions/v3/integration/submit/1234567/0b7c2f6e-51a4-4c39-9d11-5f0c8f7a2e10');
  assert.equal(type, 'application/json');
  assert.deepEqual(ack, ['inlineMessage', 'redirectUri']);
  assert.deepEqual(JSON.parse(body), {
    submittedAt: String(Date.parse(now)),
    fields: [
      { objectTypeId: '0-1', name: 'email', value: 'nora.quist@brightmoor.example' },
      { objectTypeId: '0-1', name: 'firstname', value: 'Nora' },
      { objectTypeId: '0-1', name: 'lastname', value: 'Quist' },
      { objectTypeId: '0-1', name: 'jobtitle', value: 'VP Marketing' },
      { objectTypeId: '0-1', name: 'company', value: 'Brightmoor & Sons' },
      { objectTypeId: '0-1', name: 'country', value: 'DE' },
      { objectTypeId: '0-2', name: 'name', value: 'Brightmoor & Sons' },
    ],
    context: { hutk: '60c2ccdfe4892f0fa0593940b12c11aa', pageUri: 'https://www.tallowmere.example/', pageName: 'Tallowmere' },
    legalConsentOptions: { consent: { consentToProcess: true, text: 'Tallowmere may contact me', communications: [{ value: true, subscriptionTypeId: 999, text: 'Tallowmere may contact me' }] } },
  });
});

test('HubSpot form: no consent is none, and a clock that is off is not sent', () => {
  const { body } = adapters.hubspotForm({ ...hubspot, now: () => Date.parse('2027-11-18T10:00:00Z') }).request({ submission: { ...submission, consent: undefined } });
  assert.deepEqual(Object.keys(JSON.parse(body)), ['fields', 'context']);
});

test('an unscored lead goes out without the engine, by the names of its fields', () => {
  const { body } = adapters.hubspotForm(hubspot).request(unscored);
  assert.deepEqual(Object.fromEntries(JSON.parse(body).fields.map(({ name, value }) => [name, value])), { email: 'nora@brightmoor.example', company: 'Brightmoor', website: 'brightmoor.example' });
  assert.equal({}.x, undefined);
});

test('facts may stand nested or by their paths', () => {
  const flat = { email: 'nora@brightmoor.example', 'company.name': 'Brightmoor', 'company.employees': { from: 50, to: 500 } };
  const nested = { email: 'nora@brightmoor.example', company: { name: 'Brightmoor', employees: { from: 50, to: 500 } } };
  const fields = { ...adapters.hubspotFields, numemployees: 'lead.company.employees' };
  const [a, b] = [flat, nested].map((lead) => adapters.hubspotForm({ ...hubspot, fields }).request({ submission: { ...submission, pairs: [] }, lead }).body);
  assert.equal(a, b);
  assert.deepEqual(JSON.parse(a).fields.at(-1), { objectTypeId: '0-1', name: 'numemployees', value: '50-499' });
});

// help.salesforce.com: Generate Leads from Your Website; its form posts these names, and a lead with a value
// that its field cannot hold is not made.
test('web-to-lead: a form post that nobody can confirm', () => {
  const { url, type, body, ack } = adapters.webToLead({ oid: '00D000000000001', key: '00N000000000001' }).request(handoff);
  assert.equal(url, 'https://webto.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8');
  assert.equal(type, 'application/x-www-form-urlencoded');
  assert.equal(ack, 'none');
  const fields = Object.fromEntries(new URLSearchParams(body));
  assert.deepEqual(fields, { oid: '00D000000000001', email: 'nora.quist@brightmoor.example', first_name: 'Nora', last_name: 'Quist', company: 'Brightmoor & Sons', title: 'VP Marketing', country: 'DE', lead_source: 'Web', '00N000000000001': submission.id });
  // Last name and company are required by Salesforce, so something stands there.
  const least = new URLSearchParams(adapters.webToLead({ oid: '00D' }).request({ submission: { ...submission, pairs: [['email', 'n@b.example']] } }).body);
  assert.deepEqual([least.get('last_name'), least.get('company')], ['n@b.example', 'n@b.example']);
});

// developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_upsert_patch.htm: neither Id nor
// the external id stands in the body.
// developers.hubspot.com/docs/api-reference/legacy/crm/objects/contacts/batch/upsert-contacts
test('Salesforce and HubSpot from a server are upserts', () => {
  const salesforce = adapters.salesforceLead({ instance: 'https://acme.my.salesforce.com/', token: 'T', key: 'Leadfit_Id__c' }).request(handoff);
  assert.deepEqual({ ...salesforce, body: undefined }, { url: `https://acme.my.salesforce.com/services/data/v62.0/sobjects/Lead/Leadfit_Id__c/${submission.id}`, method: 'PATCH', headers: { authorization: 'Bearer T' }, type: 'application/json', body: undefined });
  assert.deepEqual(JSON.parse(salesforce.body), { Email: 'nora.quist@brightmoor.example', FirstName: 'Nora', LastName: 'Quist', Company: 'Brightmoor & Sons', Title: 'VP Marketing', Country: 'DE', LeadSource: 'Web' });
  const contact = adapters.hubspotContact({ token: 'T' }).request(handoff);
  assert.equal(contact.url, 'https://api.hubapi.com/crm/v3/objects/contacts/batch/upsert');
  const { inputs } = JSON.parse(contact.body);
  assert.equal(inputs.length, 1);
  assert.deepEqual([inputs[0].idProperty, inputs[0].id, inputs[0].properties.firstname], ['email', 'nora.quist@brightmoor.example', 'Nora']);
  assert.throws(() => adapters.hubspotContact({ token: 'T' }).request({ submission: { ...submission, pairs: [] } }), /email/);
});

// developers.google.com/analytics/devguides/collection/ga4/reference/events: `value` never without `currency`.
test('Google Analytics: recommended events, with money only where the page knows it, and without answers', () => {
  const worth = { ...verdict, value: { amountMinor: 123456, currency: 'EUR', method: 'segment', segment: null }, stage: { ...verdict.stage, id: 'mql', kind: 'mql' }, disqualified: [] };
  assert.deepEqual(adapters.dataLayerEvents({ ...handoff, verdict: worth }), [
    { event: 'generate_lead', form_id: 'landing', value: 1234.56, currency: 'EUR', lead_source: 'paidSearch' },
    { event: 'qualify_lead', form_id: 'landing', value: 1234.56, currency: 'EUR' },
  ]);
  const yen = { ...worth, value: { ...worth.value, amountMinor: 5000, currency: 'JPY' }, disqualified: [{ id: 'student', reason: null, why: [] }] };
  assert.deepEqual(adapters.gtagCalls({ ...handoff, verdict: yen })[1], ['event', 'disqualify_lead', { form_id: 'landing', value: 5000, currency: 'JPY', disqualified_lead_reason: 'student' }]);
  assert.deepEqual(adapters.analyticsEvents(unscored), [{ name: 'generate_lead', params: { form_id: 'landing', lead_source: 'google' } }]);
  assert.doesNotMatch(JSON.stringify(adapters.analyticsEvents(handoff)), /nora|brightmoor|score|grade/i);
});

// twilio.com/docs/segment/connections/spec/identify, …/group, …/track; and segmentio/analytics-next, whose browser
// library sets `messageId` itself, whatever the options say.
test('Segment: identify, group, track, by the names that it reserves', () => {
  const calls = adapters.segmentCalls(handoff);
  assert.deepEqual(calls.map(([method]) => method), ['identify', 'group', 'track']);
  assert.deepEqual(calls[0][1], { email: 'nora.quist@brightmoor.example', firstName: 'Nora', lastName: 'Quist', title: 'VP Marketing' });
  assert.deepEqual(calls[1].slice(1, 3), ['brightmoor.example', { name: 'Brightmoor & Sons', employees: '50-499' }]);
  assert.deepEqual(calls[2].slice(1), ['Lead Submitted', { submissionId: submission.id, form: 'landing', channel: 'paidSearch' }]);
});

// experienceleague.adobe.com/en/docs/marketo-developer/marketo/javascriptapi/forms-api-reference: addHiddenFields(values)
test('Marketo: hidden values by the names of its form', () => {
  assert.deepEqual(adapters.marketoValues(handoff), { Email: 'nora.quist@brightmoor.example', FirstName: 'Nora', LastName: 'Quist', Title: 'VP Marketing', Company: 'Brightmoor & Sons', Country: 'DE' });
});

const schemas = Object.fromEntries(['handoff', 'submission'].map((name) => [name, JSON.parse(readFileSync(join(root, `pkg-config/${name}.schema.json`), 'utf8'))]));
const validate = new Ajv({ strict: true, strictTypes: false, strictTuple: false, schemas: { 'submission.schema.json': schemas.submission } }).compile(schemas.handoff);

test('a webhook gets the documented document, of scored leads and others', () => {
  for (const each of [handoff, unscored]) {
    const { body } = adapters.webhook({ url: 'https://hooks.example/' }).request(each);
    assert.ok(validate(JSON.parse(body)), JSON.stringify(validate.errors, undefined, 1));
  }
  const document = JSON.parse(adapters.webhook({ url: 'https://hooks.example/' }).request(handoff).body);
  assert.equal(document.name, 'Nora Quist, VP Marketing, Brightmoor & Sons');
  assert.equal(document.owner, 'Iva Stone');
  assert.equal(document.reasons.length, verdict.reasons.filter(({ points }) => points !== 0).length);
  assert.equal(document.reasons.reduce((sum, line) => sum + Number(line.split(' ')[0].replace('−', '-')), 0), verdict.score);
  assert.deepEqual(document.history, ['2026-10-02 first came by https://www.linkedin.com/', '2026-11-18 came by google / cpc', '2026-11-18 pageView /pricing (2 times)', '2026-11-18 demoRequest']);
  assert.ok(document.talkingPoints.length > 0);
  const doc = readFileSync(join(root, 'docs/handoff.md'), 'utf8').split('## The document of a webhook')[1];
  const described = [...doc.matchAll(/^\| (.+?) \| /gm)].flatMap(([, cell]) => [...cell.matchAll(/`(\w+)`/g)].map(([, key]) => key));
  assert.deepEqual(described, Object.keys(schemas.handoff.properties));
});

test('there are talking points for every buying role', () => {
  const words = readFileSync(join(root, 'pkg-config/words.js'), 'utf8');
  const roles = /export const roles = \[(.*?)\]/s.exec(words)?.[1].match(/\w+/g);
  assert.deepEqual(Object.keys(adapters.talkingPoints).sort(), roles?.toSorted());
});

const nasty = '<!channel> *bold* [x](javascript:alert) & =1+1';

// docs.slack.dev/reference/block-kit/blocks: header 150 characters, section 3000, ten fields of 2000, button 75.
// learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using: an Adaptive Card as
// the attachment of a message, 28 KB in all.
test('messages: no name of a person becomes markup, and limits are kept', () => {
  const hostile = { ...handoff, lead: { ...lead, firstName: nasty, phone: 'x'.repeat(10_000) } };
  const message = JSON.parse(adapters.slack({ url: 'https://hooks.slack.example/' }).request(hostile).body);
  assert.doesNotMatch(JSON.stringify(message.blocks.filter(({ type }) => type === 'section')) + message.text, /<!channel>/);
  assert.ok(message.blocks[0].text.text.length <= 150);
  for (const { fields = [], text } of message.blocks) {
    assert.ok(fields.length <= 10);
    for (const field of [...fields, ...(text ? [text] : [])]) assert.ok(field.text.length <= 3000);
  }
  const { type, attachments } = JSON.parse(adapters.teams({ url: 'https://hooks.teams.example/' }).request(hostile).body);
  assert.equal(type, 'message');
  assert.equal(attachments[0].contentType, 'application/vnd.microsoft.card.adaptive');
  const { content } = attachments[0];
  assert.equal(content.type, 'AdaptiveCard');
  assert.doesNotMatch(content.body[0].text, /(?<!\\)[[*]/);
  assert.deepEqual(Object.keys(attachments[0]), ['contentType', 'contentUrl', 'content']);
  const worst = { ...hostile, lead: { ...lead, firstName: '*'.repeat(9000), email: '_'.repeat(9000), phone: '#'.repeat(9000) }, owner: '['.repeat(9000), submission: { ...submission, events: Array.from({ length: 40 }, (_, index) => ({ type: `${'~'.repeat(9000)}${index}`, at: now })) } };
  worst.verdict = { ...verdict, reasons: Array.from({ length: 40 }, () => ({ ...verdict.reasons[0], evidence: [{ of: 'x', found: '`'.repeat(9000), truth: null }] })), unknown: Array.from({ length: 40 }, () => ({ id: '!'.repeat(9000), low: 0, high: 9 })) };
  assert.ok(Buffer.byteLength(adapters.teams({ url: 'https://hooks.teams.example/' }).request(worst).body) < 28 * 1024);
  const linked = adapters.slack({ url: 'https://hooks.slack.example/' }).request({ ...handoff, link: 'javascript:alert(1)' }).body;
  assert.doesNotMatch(linked, /javascript:/);
});

test('a line for a spreadsheet: as many cells as columns, and none a formula', () => {
  const columns = adapters.csvHead().trim().split(',');
  assert.equal(columns[2], 'email');
  const line = adapters.csvLine({ ...handoff, lead: { ...lead, firstName: '=1+1', lastName: 'Quist, "N"\nx', phone: '+49 30 1' } });
  assert.ok(line.includes(",'=1+1,\"Quist, \"\"N\"\"\nx\",'+49 30 1,"));
  assert.equal(adapters.csvLine(unscored).trim().split(',').length, columns.length);
});
