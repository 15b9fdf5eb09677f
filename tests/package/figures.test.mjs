// The figures in README.md are the measured ones. `npm run gen` writes them anew.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { figuresIn, figuresOf, withFigures } from '../../bench/table.mjs';
import { root } from '../../pkg-config/tool/run.mjs';

test('the figures in README.md are those of bench/results.json', () => {
  const path = join(root, 'README.md');
  const figures = figuresOf(JSON.parse(readFileSync(join(root, 'bench/results.json'), 'utf8')));
  if (process.env.UPDATE_GENERATED) writeFileSync(path, withFigures(readFileSync(path, 'utf8'), figures));
  assert.equal(figuresIn(readFileSync(path, 'utf8')), figures, 'run `npm run gen`');
});
