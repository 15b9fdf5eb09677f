// The published JSON Schema takes every sample and refuses what the checker refuses by shape.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import Ajv from 'ajv/dist/2020.js';

import { root } from '../../pkg-config/tool/run.mjs';

const read = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true, validateFormats: false });
const validate = ajv.compile(read('pkg-config/scorecard.schema.json'));

const samples = readdirSync(join(root, 'www/sample')).filter((name) => name.endsWith('.json'));

for (const name of samples) {
  test(`the schema takes ${name}`, () => {
    assert.ok(validate(read(`www/sample/${name}`)), JSON.stringify(validate.errors, undefined, 1));
  });

  test(`the schema refuses faults of shape in ${name}`, () => {
    const faults = {
      'an unknown key': (card) => (card.criterions = []),
      'a wrong type': (card) => (card.criteria[0].on = 7),
      'an unknown word': (card) => (card.criteria[0].axis = 'interest'),
      'a missing key': (card) => delete card.fallback,
      'half a point': (card) => (card.criteria[0].unknown = 0.5),
    };
    for (const [what, spoil] of Object.entries(faults)) {
      const card = read(`www/sample/${name}`);
      spoil(card);
      assert.ok(!validate(card), what);
    }
  });
}
