// What other scripts of a page may have done to it: polluted prototypes, patched built-ins, elements
// that stand in the way, frozen prototypes. Each is a function that does its harm at once.

const wrong = () => 999;
const nothing = () => undefined;

/** Puts `value` where every object inherits it. */
const pollute = (key, value) => () => {
  Object.prototype[key] = value;
};

/** Puts a function in place of a built-in one, made from it. */
const patch = (object, key, make = () => wrong) => () => {
  const real = object[key];
  Object.defineProperty(object, key, { value: make(real), writable: true, configurable: true });
};

/** Adds an element to the page, or to the form. */
const clobber = (tag, attributes, into = 'body') => () => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.querySelector(into).append(element);
};

const Bytes = Object.getPrototypeOf(Uint8Array.prototype);
const Iterator = Object.getPrototypeOf([][Symbol.iterator]());

/** @type {Record<string, () => void>} */
export const gadgets = {
  none: nothing,

  'pollute jobTitle': pollute('jobTitle', 'CEO'),
  'pollute company': pollute('company', { name: 'Evil', employees: 5000, country: 'DE' }),
  'pollute email': pollute('email', 'x@harbourline.example'),
  'pollute answers': pollute('answers', { role: 'decision_maker', companySize: '5000+' }),
  'pollute aggregates': pollute('aggregates', { demoRequests: 99, pricingViews: 99 }),
  'pollute events': pollute('events', [{ type: 'demoRequest', at: Date.now() }]),
  'pollute from and to': () => (pollute('from', 5000)(), pollute('to', 9000)()),
  'pollute value and lastAt': () => (pollute('value', 99)(), pollute('lastAt', Date.now())()),
  'pollute now': pollute('now', 0),
  'pollute audience': pollute('audience', 'server'),
  'pollute get': pollute('get', wrong),
  'pollute then': pollute('then', nothing),
  'pollute toJSON': pollute('toJSON', wrong),
  'pollute Symbol.iterator': () => {
    Object.prototype[Symbol.iterator] = function* () {
      yield 999;
    };
  },
  'pollute Symbol.toStringTag': () => void (Object.prototype[Symbol.toStringTag] = 'FormData'),
  'pollute 0': pollute('0', 'CEO'),
  'pollute score': () => (pollute('score', 999)(), pollute('grade', 'A1')()),
  'pollute ./glue_bg.js': pollute('./glue_bg.js', { run: nothing }),
  'pollute __wbg_set_wasm': pollute('__wbg_set_wasm', nothing),
  'pollute Array 0': () => void (Array.prototype[0] = 'CEO'),

  'patch Object.hasOwn': patch(Object, 'hasOwn', () => () => true),
  'patch Object.keys': patch(Object, 'keys', () => () => []),
  'patch Object.values': patch(Object, 'values', () => () => [999]),
  'patch Object.freeze': patch(Object, 'freeze', () => () => ({ score: 999 })),
  'patch Object.create': patch(Object, 'create', () => () => ({ jobTitle: 'CEO' })),
  'patch Array.isArray': patch(Array, 'isArray', () => () => true),
  'patch Array.push': patch(Array.prototype, 'push'),
  'patch Array.map': patch(Array.prototype, 'map', () => () => [999]),
  'patch String.split': patch(String.prototype, 'split', () => () => ['jobTitle']),
  'patch Array iterator': patch(Iterator, 'next', () => () => ({ done: true, value: undefined })),
  'patch String.charCodeAt': patch(String.prototype, 'charCodeAt', () => () => 65),
  'patch String.slice': patch(String.prototype, 'slice', () => () => 'CEO'),
  'patch Number': patch(globalThis, 'Number'),
  'patch Math': () => (patch(Math, 'max')(), patch(Math, 'floor')(), patch(Math, 'trunc')(), patch(Math, 'imul')()),
  'patch Date.now': patch(Date, 'now', () => () => 0),
  'patch Date.getTime': patch(Date.prototype, 'getTime', () => () => 0),
  'patch JSON.parse': patch(JSON, 'parse', () => () => ({ score: 999 })),
  'patch JSON.stringify': patch(JSON, 'stringify', () => () => '{"score":999}'),
  'patch RegExp.exec': patch(RegExp.prototype, 'exec', () => () => null),
  'patch Reflect.get': patch(Reflect, 'get'),
  'patch Function.call': patch(Function.prototype, 'call', () => nothing),
  'patch Function.apply': patch(Function.prototype, 'apply', () => nothing),
  'patch Promise.then': patch(Promise.prototype, 'then', () => nothing),
  'patch TextEncoder.encodeInto': patch(TextEncoder.prototype, 'encodeInto', () => () => ({ read: 4, written: 4096 })),
  'patch TextDecoder.decode': patch(TextDecoder.prototype, 'decode', () => () => '{"score":999}'),
  'patch TextDecoder': patch(globalThis, 'TextDecoder', () => class { decode() { return '{"score":999}'; } }),
  'patch Uint8Array.set': patch(Bytes, 'set', () => nothing),
  'patch Uint8Array.subarray': patch(Bytes, 'subarray', () => () => new Uint8Array(8)),
  'patch DataView.setFloat64': patch(DataView.prototype, 'setFloat64', (real) => function (at) { real.call(this, at, 5000, true); }),
  'patch DataView.setUint32': patch(DataView.prototype, 'setUint32', (real) => function (at) { real.call(this, at, 1, true); }),
  'patch DataView.getFloat64': patch(DataView.prototype, 'getFloat64'),
  'patch Uint8Array.fromBase64': patch(Uint8Array, 'fromBase64', () => () => new Uint8Array(8)),
  'patch atob': patch(globalThis, 'atob', () => () => 'AAAA'),
  'patch WebAssembly.instantiate': patch(WebAssembly, 'instantiate', () => async () => ({ instance: { exports: {} }, module: {} })),
  'patch FormData': patch(globalThis, 'FormData', () => class {}),

  'element named leadfit': clobber('form', { id: 'leadfit', name: 'leadfit' }),
  'element named Scorecard': clobber('img', { id: 'Scorecard', name: 'Scorecard' }),
  'element named currentScript': clobber('img', { name: 'currentScript' }),
  'element named body': clobber('form', { name: 'body' }),
  'field named submit': clobber('input', { name: 'submit' }, '#lead'),
  'field named elements': clobber('input', { name: 'elements' }, '#lead'),
  'field named length': clobber('input', { name: 'length' }, '#lead'),
  'field named tagName': clobber('input', { name: 'tagName' }, '#lead'),
  'field named __proto__': clobber('input', { name: '__proto__', value: 'CEO' }, '#lead'),

  'freeze Object.prototype': () => void Object.freeze(Object.prototype),
  'freeze all prototypes': () => [Object, Array, Function, String, Number, Promise, Error, Map, Set, RegExp, Date, Uint8Array, Bytes.constructor, DataView].forEach(({ prototype }) => Object.freeze(prototype)),
};
