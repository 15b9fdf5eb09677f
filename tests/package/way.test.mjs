// A route leads to the page's own host or to one that was named, however an address is spelled.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { safeTarget, wayOf } from '../../pkg-config/server/way.js';

const page = 'https://www.acme.example/start?utm_source=x';
const origins = ['https://meet.acme.example'];

const fine = {
  '/thanks/': 'https://www.acme.example/thanks/',
  'thanks': 'https://www.acme.example/thanks',
  '?sent=1': 'https://www.acme.example/start?sent=1',
  '#sent': 'https://www.acme.example/start?utm_source=x#sent',
  './a/../b': 'https://www.acme.example/b',
  '../../..': 'https://www.acme.example/',
  'https://www.acme.example/x': 'https://www.acme.example/x',
  'HTTPS://WWW.ACME.EXAMPLE/x': 'https://www.acme.example/x',
  'https://www.acme.example:443/x': 'https://www.acme.example/x',
  'https:/x': 'https://www.acme.example/x',
  'https://meet.acme.example/30?name=a%20b': 'https://meet.acme.example/30?name=a%20b',
  '/redirect?to=https://evil.example/': 'https://www.acme.example/redirect?to=https://evil.example/',
  '/%2F%2Fevil.example': 'https://www.acme.example/%2F%2Fevil.example',
  '/%5Cevil.example': 'https://www.acme.example/%5Cevil.example',
  '/.//evil.example': 'https://www.acme.example//evil.example',
  'javascript%3Aalert(1)': 'https://www.acme.example/javascript%3Aalert(1)',
};

const evil = [
  'javascript:alert(1)', 'JavaScript:alert(1)', 'javascript://www.acme.example/%0aalert(1)', ' javascript:alert(1)', 'java\tscript:alert(1)', 'java\nscript:alert(1)', '\u0001javascript:alert(1)', 'javascript\u003aalert(1)', 'jav&#x09;ascript:alert(1)\u0000', '\u00a0javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>', 'DATA:text/html;base64,PHNjcmlwdD4=', 'vbscript:msgbox(1)', 'file:///etc/passwd', 'ftp://www.acme.example/', 'blob:https://www.acme.example/1', 'filesystem:https://www.acme.example/temporary/x', 'about:blank', 'mailto:a@b.example', 'tel:1', 'intent://x#Intent;end', 'ms-settings:', 'view-source:https://www.acme.example/', 'ws://www.acme.example/', 'wss://www.acme.example/', 'feed:https://www.acme.example/', 'jar:https://www.acme.example!/', 'chrome://settings', 'x:y',
  '//evil.example', '///evil.example', '////evil.example', '//evil.example@www.acme.example', '/\\evil.example', '\\\\evil.example', '\\/evil.example', '/\t/evil.example', '/\n/evil.example', '/\r/evil.example', '\t//evil.example', ' //evil.example', '//\tevil.example', '\u2028//evil.example', '\ufeff//evil.example', '\u00a0//evil.example', '/ /evil.example', '//evil.example/..', '//evil%2eexample', '//www.acme.example.evil.example', '//www.acme.example',
  'https://evil.example', 'http:evil.example', 'https:///evil.example', 'https:\\\\evil.example', 'https:/\\evil.example', 'https:\\evil.example', 'http://www.acme.example/', 'http://meet.acme.example/', 'https://www.acme.example.evil.example/', 'https://www.acme.example@evil.example/', 'https://www.acme.example:x@evil.example/', 'https://user@www.acme.example/', 'https://user:pass@meet.acme.example/', 'https://evil.example#www.acme.example', 'https://evil.example?www.acme.example', 'https://evil.example\\www.acme.example', 'https://evil.example/\\www.acme.example', 'https://www.acme.example:444/', 'https://www.acme.example:80/', 'https://meet.acme.example:8443/', 'https://acme.example/', 'https://wwwacme.example/', 'https://evil。example/', 'https://evil．example/', 'https://ⓔvil.example/', 'https://xn--www-acme.example/', 'https://www.acme.example%2eevil.example/', 'https://www.acme.example%00.evil.example/', 'https://127.0.0.1/', 'https://0x7f.1/', 'https://[::1]/', 'https://2130706433/', 'https://localhost/', 'http:evil', 'http:/evil.example', 'http://', 'https://', 'https://?', 'https://[', 'https://%', 'https://a b/', 'https://www.acme.example/a b', 'https://www.acme.example/\u0000', 'https://www.acme.example/\u007f', '/a\u0085b', '/\u0000', '\u0000', 'x\u0000javascript:alert(1)', '', undefined, null, 7, {}, ['javascript:alert(1)'], `/${'a'.repeat(9000)}`,
];

test('addresses of the page and of hosts that were named are followed', () => {
  for (const [link, target] of Object.entries(fine)) assert.equal(safeTarget(link, page, origins), target, link);
});

test('a hundred others are not', () => {
  assert.ok(new Set(evil).size >= 100, `${new Set(evil).size}`);
  for (const link of evil.filter((link) => link !== '')) assert.equal(safeTarget(link, page, origins), undefined, JSON.stringify(link));
});

test('a form leads nowhere else, in any spelling of the answer', () => {
  const site = { page, thanks: '/thanks/', origins, host: 'www.acme.example' };
  for (const url of [...evil, ...Object.keys(fine)]) {
    const location = wayOf({ id: 'a route', action: { redirect: { url } } }, site);
    const target = new URL(location, page);
    assert.ok(target.host === 'www.acme.example' || origins.includes(target.origin), `${JSON.stringify(url)} leads to ${location}`);
  }
  assert.equal(wayOf({ id: 'a "b"', action: { thankYou: {} } }, site), '/thanks/#a%20%22b%22');
  assert.equal(wayOf(undefined, { ...site, host: 'leads.acme.example' }), 'https://www.acme.example/thanks/');
});
