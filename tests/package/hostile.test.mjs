// Whatever a page hands over as a lead, a verdict comes back: odd parts are warnings, nothing hangs,
// and memory stays bounded.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { root } from '../../pkg-config/tool/run.mjs';
import { fractions } from '../engines/leads.js';
import { packed } from './packed.mjs';

const { installed } = await packed();
const inside = (name) => import(pathToFileURL(join(installed, name)).href);
const { LeadfitError, Scorecard } = await inside('entry-default.js');
const { compile } = await inside('entry-studio-inlined.js');
const sample = readFileSync(join(root, 'www/sample/b2b-software.json'), 'utf8');
const compiled = await compile(sample);
/** That of the engine, which nobody hands out. @type {WebAssembly.Memory} */
let memory;
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...given) {
    super(...given);
    ({ memory } = this.exports);
  }
};
const card = await Scorecard.load(compiled);
const now = '2026-11-18T10:00:00Z';
const evaluate = (lead) => card.evaluate(lead, { now });
const nothing = card.verdictJson({}, { now });

/** What holds for every verdict. */
function sound({ score, fit, engagement, range, reasons, warnings, grade, route }) {
  assert.ok([score, fit, engagement, range.low, range.high].every(Number.isSafeInteger));
  assert.equal(fit + engagement, score);
  assert.equal(reasons.reduce((sum, { points }) => sum + points, 0), score);
  assert.ok(range.low <= score && score <= range.high);
  assert.ok(warnings.length <= 50 && warnings.every(({ found }) => [...found].length <= 81));
  assert.ok(grade.length > 0 && route.id.length > 0);
}

const thrower = () => {
  throw new Error('read');
};
const trapped = (target = {}) => new Proxy(target, { get: thrower, has: thrower, getOwnPropertyDescriptor: thrower, getPrototypeOf: thrower, ownKeys: thrower });
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const lying = (length) => new Proxy([], { get: (target, key) => (key === 'length' ? length : target[key]) });
const deep = (depth) => {
  let value = {};
  for (let level = 0; level < depth; level++) value = { from: value, company: value, 0: value };
  return value;
};
const cyclic = [];
cyclic.push(cyclic);

/** One fact each: what it is, and what is said of it. */
const oddities = [
  ['a throwing getter', 'jobTitle', Object.defineProperty({}, 'jobTitle', { get: thrower, enumerable: true }), 'unreadable'],
  ['a proxy that throws', 'jobTitle', { jobTitle: trapped() }, 'unreadable'],
  ['a revoked proxy', 'jobTitle', { jobTitle: revoked() }, 'unreadable'],
  ['an object', 'jobTitle', { jobTitle: {} }, 'wrongType'],
  ['a function', 'jobTitle', { jobTitle: () => 'CEO' }, 'wrongType'],
  ['a symbol', 'jobTitle', { jobTitle: Symbol('CEO') }, 'wrongType'],
  ['a text object', 'jobTitle', { jobTitle: new String('CEO') }, 'wrongType'],
  ['a text of 50 million characters', 'jobTitle', { jobTitle: 'x'.repeat(5e7) }, 'tooLong'],
  ['a text of too many bytes', 'jobTitle', { jobTitle: '日'.repeat(8000) }, 'tooLong'],
  ['a list', 'jobTitle', { jobTitle: ['CEO'] }, 'wrongType'],
  ['a list of 5 million', 'jobTitle', { jobTitle: Array(5e6).fill('x') }, 'tooLong'],
  ['NaN', 'company.employees', { company: { employees: NaN } }, 'notFinite'],
  ['infinity', 'company.employees', { company: { employees: Infinity } }, 'notFinite'],
  ['an immense number', 'company.employees', { company: { employees: 10n ** 40n } }, 'wrongType'],
  ['a range upside down', 'company.employees', { company: { employees: { from: 5, to: 1 } } }, 'wrongType'],
  ['a deep object', 'company.employees', { company: { employees: deep(10_000) } }, 'wrongType'],
  ['a company that throws', 'company.employees', { company: trapped() }, 'unreadable'],
  ['events that are none', 'events', { events: 'pageView' }, 'wrongType'],
  ['5 million events', 'events', { events: Array(5e6) }, 'tooLong'],
  ['20,000 large events', 'events', { events: Array(20_000).fill({ type: 'pageView', at: now, path: '/'.repeat(8000) }) }, 'tooLong'],
  ['events of a lying length', 'events', { events: lying(-1) }, 'unreadable'],
  ['sparse events', 'events', { events: [, , { type: 'pageView', at: now }] }, 'badEvent'],
  ['an event that throws', 'events', { events: [Object.defineProperty({}, 'at', { get: thrower })] }, 'badEvent'],
  ['events that throw', 'events', { events: Object.defineProperty([], 0, { get: thrower }) }, 'badEvent'],
  ['an event without a date', 'events', { events: [{ type: 'pageView', at: new Date(NaN) }] }, 'badEvent'],
];

for (const [name, at, lead, code] of oddities) {
  test(`${name} is a warning`, () => {
    const verdict = evaluate(lead);
    sound(verdict);
    assert.ok(verdict.warnings.some((warning) => warning.at === at && warning.code === code), JSON.stringify(verdict.warnings));
  });
}

test('what cannot be read at all is a lead of which nothing is known', () => {
  for (const lead of [trapped(), revoked()]) {
    const verdict = evaluate(lead);
    sound(verdict);
    assert.ok(verdict.warnings.filter(({ code }) => code === 'unreadable').length > 10);
  }
});

test('a polluted prototype fills nothing', () => {
  const polluted = { jobTitle: 'CEO', company: { employees: 500, country: 'DE' }, email: 'a@b.example', answers: { jobTitle: 'CEO' }, aggregates: { demoRequests: 9 }, events: [{ type: 'demoRequest', at: now }] };
  let verdict;
  try {
    Object.assign(Object.prototype, polluted);
    verdict = card.verdictJson({}, { now });
  } finally {
    for (const key of Object.keys(polluted)) delete Object.prototype[key];
  }
  assert.equal(verdict, nothing);
});

test('inherited facts count for nothing, nor do names that objects have', () => {
  assert.equal(card.verdictJson(Object.create({ jobTitle: 'CEO' }), { now }), nothing);
  assert.equal(card.verdictJson(JSON.parse('{"__proto__": {"jobTitle": "CEO"}, "constructor": {"jobTitle": "CEO"}, "hasOwnProperty": 1, "toString": 2}'), { now }), nothing);
  assert.equal(card.verdictJson(Object.assign(Object.create(null), { other: 1 }), { now }), nothing);
});

test('patched built-ins change nothing', () => {
  const patches = [[TextEncoder.prototype, 'encodeInto', () => ({ read: 9, written: 4096 })], [Object, 'hasOwn', () => true], [Array, 'isArray', () => false], [Date.prototype, 'getTime', () => 0], [String.prototype, 'charCodeAt', () => 65]];
  const now = Date.parse('2026-11-18T10:00:00Z');
  const lead = { jobTitle: 'Geschäftsführer 🙂', company: { employees: 200 }, department: ['sales'] };
  const expected = card.verdictJson(lead, { now });
  for (const [object, name, instead] of patches) {
    const real = object[name];
    let verdict;
    try {
      object[name] = instead;
      verdict = card.verdictJson(lead, { now });
    } finally {
      object[name] = real;
    }
    assert.equal(verdict, expected, name);
  }
});

const random = fractions(20_261_118);
const pick = (list) => list[Math.floor(random() * list.length)];
const texts = ['', ' ', 'CEO', 'VP Marketing', 'a@b.example', '51-200', '-0', '1e999', '\0', '\uD800', '\uDC00x', '🙂'.repeat(50), '\u202Eabc', 'İ', 'ß'.repeat(5000), '<script>', '=1+1', now, '9'.repeat(400)];
const atoms = [() => pick(texts), () => (random() - 0.5) * 10 ** (random() * 320), () => pick([0, -0, NaN, Infinity, -Infinity, 2 ** 53, 5e-324]), () => random() < 0.5, () => null, () => undefined, () => BigInt(Math.floor(random() * 1e18)) ** 2n, () => Symbol('s'), () => thrower, () => new Date(pick([0, NaN, 1e15, -1e15])), () => trapped(), revoked, () => lying(pick([1e9, NaN, '7', -1, {}])), () => new String('CEO'), () => new Uint8Array(9), () => /x/g, () => deep(50), () => cyclic, () => ({ from: pick([1, null, NaN, '1']), to: pick([2, undefined, Infinity]) })];
const keys = ['email', 'jobTitle', 'company', 'numemployees', 'companySize', 'department', 'seniority', 'stage', 'consent', 'attribution', 'answers', 'aggregates', 'events', 'visitReason', '__proto__', 'constructor', 'length', 'title'];

function value(depth) {
  const chance = random();
  if (depth > 0 && chance < 0.25) return Array.from({ length: Math.floor(random() * 130) }, () => value(depth - 1));
  if (depth > 0 && chance < 0.5) return object(depth - 1);
  return pick(atoms)();
}

function object(depth) {
  const made = random() < 0.2 ? Object.create(null) : {};
  for (let count = random() * 8; count > 0; count--) {
    const key = pick([...keys, 'employees', 'country', 'type', 'at', 'path', 'value', 'lastAt', 'demoRequests', 'referrer', 'source']);
    if (random() < 0.05) Object.defineProperty(made, key, { get: thrower, enumerable: true, configurable: true });
    else Object.defineProperty(made, key, { value: value(depth), enumerable: true, configurable: true, writable: true });
  }
  return random() < 0.2 ? Object.freeze(made) : made;
}

test('1,000 hostile leads', () => {
  for (let count = 0; count < 1000; count++) {
    const lead = random() < 0.05 ? pick(atoms)() : object(3);
    try {
      sound(evaluate(lead));
    } catch (error) {
      if (!(error instanceof LeadfitError && error.code === 'leadNotObject')) throw new Error(`lead ${count}`, { cause: error });
    }
  }
});

test('the next lead is as if nothing had been, and memory is bounded', () => {
  for (let round = 0; round < 20; round++) for (const [, , lead] of oddities) evaluate(lead);
  assert.equal(card.verdictJson({}, { now }), nothing);
  assert.ok(memory.buffer.byteLength < 64 * 1024 * 1024, `${memory.buffer.byteLength} bytes`);
});
