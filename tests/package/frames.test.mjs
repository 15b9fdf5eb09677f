// The JavaScript writer of frames makes the same bytes as the native one. The cases are recorded by
// `UPDATE_GENERATED=1 cargo test`, from src/card/frame.rs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from './packed.mjs';

const { installed } = await packed();
const inside = (name) => import(pathToFileURL(join(installed, name)).href);
const { frameWriter, opened } = await inside('crossing.js');
const { compile } = await inside('entry-studio-inlined.js');
const studio = await (await inside('authoring.js')).start();
const bytes = await compile(readFileSync(join(root, 'www/sample/b2b-software.json'), 'utf8'), { audience: 'server' });
const { write, scratch } = frameWriter(opened(studio, bytes).texts);

/** What was recorded once stands there as often as it was. */
const whole = (value) => {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(whole);
  if ('repeat' in value) return typeof value.of === 'string' ? value.of.repeat(value.repeat) : Array.from({ length: value.repeat }, () => whole(value.of[0]));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, whole(inner)]));
};

const fnv1a = (bytes) => bytes.reduce((hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n), 0xcbf29ce484222325n).toString(16).padStart(16, '0');

for (const [index, recorded] of JSON.parse(readFileSync(join(root, 'tests/golden/frames.json'), 'utf8')).entries()) {
  test(`lead ${index}: ${JSON.stringify(recorded.lead).slice(0, 60)}`, () => {
    const length = write(whole(recorded.lead));
    const frame = scratch().subarray(0, length);
    assert.deepEqual([frame.length, fnv1a(frame)], [recorded.bytes, recorded.fnv1a]);
  });
}
