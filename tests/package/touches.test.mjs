// How visitors come, by addresses and referrers as they look in the wild: what a touch keeps of them,
// and the channel that the engine makes of it, by Google Analytics' default channel group.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { bounded, joined, memoryIn, nothing } from '../../pkg-config/visit/memory.js';
import { attributionOf, isDirect, touchOf } from '../../pkg-config/visit/touch.js';
import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from './packed.mjs';

const { installed } = await packed();
const { Scorecard } = await import(pathToFileURL(join(installed, 'entry-default.js')).href);
const card = await Scorecard.load(readFileSync(join(root, 'www/sample/b2b-software.leadfit')));

const at = '2026-11-18T10:00:00.000Z';
const site = 'https://www.tallowmere.example';
const channelOf = (touch) => card.evaluate({ attribution: attributionOf(touch) }, { now: at }).signals.channel;

/** Channel, path with query, referrer. */
const visits = [
  ['direct', '/', ''],
  ['direct', '/pricing', 'https://tallowmere.example/'],
  ['direct', '/pricing', 'https://www.tallowmere.example/blog'],
  ['organicSearch', '/', 'https://www.google.com/'],
  ['organicSearch', '/', 'https://www.bing.com/'],
  ['organicSearch', '/blog/plan', 'https://duckduckgo.com/'],
  ['organicSearch', '/', 'https://www.ecosia.org/'],
  ['organicSocial', '/', 'https://www.linkedin.com/'],
  ['organicSocial', '/', 'https://lnkd.in/'],
  ['organicSocial', '/', 'https://t.co/'],
  ['organicSocial', '/guide', 'https://www.facebook.com/'],
  ['organicSocial', '/guide?fbclid=IwAR0xYzAbC', 'https://l.facebook.com/'],
  ['organicVideo', '/', 'https://www.youtube.com/'],
  ['aiAssistant', '/', 'https://chatgpt.com/'],
  ['referral', '/', 'https://news.planners.example/best-tools'],
  ['referral', '/?utm_source=partner&utm_medium=referral', ''],
  ['paidSearch', '/?gclid=Cj0KCQiA-AbC_dEf', 'https://www.google.com/'],
  ['paidSearch', '/?utm_source=google&utm_medium=cpc&utm_campaign=brand%20de&utm_term=campaign+plan', 'https://www.google.com/'],
  ['paidSearch', '/?msclkid=9f8e7d6c', 'https://www.bing.com/'],
  ['paidSearch', '/?UTM_Source=Bing&UTM_Medium=PPC', ''],
  ['paidSocial', '/?utm_source=linkedin&utm_medium=paid-social&utm_campaign=abm&li_fat_id=1a2B-3c', 'https://www.linkedin.com/'],
  ['paidSocial', '/?utm_source=facebook&utm_medium=cpc&fbclid=IwAR1', 'https://m.facebook.com/'],
  ['paidVideo', '/?utm_source=youtube&utm_medium=cpv', 'https://www.youtube.com/'],
  ['display', '/?utm_source=dv360&utm_medium=display&utm_content=banner-3', ''],
  ['email', '/?utm_source=newsletter&utm_medium=email&utm_campaign=2026-11', ''],
  ['email', '/?utm_source=hs_email&utm_medium=email&_hsenc=p2ANqtz', 'https://mail.google.com/'],
  ['affiliates', '/?utm_source=awin&utm_medium=affiliate', ''],
  ['audio', '/?utm_source=podcast&utm_medium=audio', ''],
  ['sms', '/?utm_source=twilio&utm_medium=sms', ''],
  ['mobilePushNotifications', '/?utm_source=app&utm_medium=push', ''],
  ['paidShopping', '/?utm_source=google&utm_medium=cpc&utm_campaign=shopping', ''],
  ['unassigned', '/?utm_source=qr&utm_medium=booth', ''],
];

for (const [channel, path, referrer] of visits) {
  test(`${channel}: ${path}${referrer && ` from ${referrer}`}`, () => {
    const touch = touchOf(site + path, referrer, at);
    assert.equal(channelOf(touch), channel);
    assert.equal(isDirect(touch), channel === 'direct');
  });
}

test('every tag is kept, click ids letter by letter', () => {
  const touch = touchOf(`${site}/?utm_source=%20Google%20&utm_medium=cpc&utm_id=77&utm_source_platform=SA360&utm_creative_format=video&gclid=Cj0KCQiA-AbC_dEf&fbclid=IwAR0xYz&GBRAID=0AAAA#top`, '', at);
  assert.deepEqual(touch, {
    at,
    source: 'Google',
    medium: 'cpc',
    id: '77',
    sourcePlatform: 'SA360',
    creativeFormat: 'video',
    clickId: 'gclid=Cj0KCQiA-AbC_dEf',
    clickIds: { gclid: 'Cj0KCQiA-AbC_dEf', fbclid: 'IwAR0xYz', gbraid: '0AAAA' },
    landingPage: `${site}/?utm_source=%20Google%20&utm_medium=cpc&utm_id=77&utm_source_platform=SA360&utm_creative_format=video&gclid=Cj0KCQiA-AbC_dEf&fbclid=IwAR0xYz&GBRAID=0AAAA`,
  });
  assert.equal('clickIds' in attributionOf(touch), false);
});

test('without ad ids there are none, neither beside the address nor in it', () => {
  const touch = touchOf(`${site}/?utm_source=google&gclid=Cj0&FBCLID=IwAR&q=1`, '', at, { adIds: false });
  assert.deepEqual(touch, { at, source: 'google', landingPage: `${site}/?utm_source=google&q=1` });
});

test('a hostile address is kept short and changes nothing else', () => {
  const touch = touchOf(`${site}/?utm___proto__=x&utm_constructor=y&utm_source=${'s'.repeat(5000)}&utm_medium=`, 'no address', at);
  assert.equal(touch.source?.length, 300);
  assert.equal(touch.landingPage?.length, 1000);
  assert.equal('medium' in touch, false);
  assert.equal('referrer' in touch, false);
  assert.equal({}.x, undefined);
});

const ago = (days) => new Date(Date.parse(at) - days * 86_400_000).toISOString();
const bounds = { days: 90, mostEvents: 3 };

test('what is too old or too much is forgotten', () => {
  const memory = {
    ...nothing(),
    first: { at: ago(91), source: 'google' },
    last: { at: ago(2), source: 'bing' },
    events: [{ type: 'visit', at: ago(100) }, ...[4, 3, 2, 1].map((days) => ({ type: `before ${days}`, at: ago(days) }))],
    answers: { size: { value: '1-9', at: ago(95) }, role: { value: 'user', at: ago(1) } },
  };
  const kept = bounded(memory, Date.parse(at), bounds);
  assert.equal(kept.first?.source, 'bing');
  assert.equal(kept.last?.source, 'bing');
  assert.deepEqual(kept.events.map(({ type }) => type), ['before 3', 'before 2', 'before 1']);
  assert.deepEqual(Object.keys(kept.answers), ['role']);
});

test('what is no memory of ours is none', () => {
  for (const text of [null, '', 'x', '[]', '{"v":2,"events":[],"answers":{}}', '{"v":1}']) assert.deepEqual(memoryIn(text), nothing());
});

test('consent that comes late joins what was known', () => {
  const before = { ...nothing(), first: { at: ago(9), source: 'google' }, last: { at: ago(9), source: 'google' }, events: [{ type: 'visit', at: ago(9) }] };
  const now = { ...nothing(), first: { at, landingPage: site }, last: { at, landingPage: site }, events: [{ type: 'visit', at }], answers: { role: { value: 'user', at } } };
  const both = joined(before, now);
  assert.deepEqual([both.first?.source, both.last?.source, both.events.length, Object.keys(both.answers)], ['google', 'google', 2, ['role']]);
});
