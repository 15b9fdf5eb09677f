// The tables in README.md are the measured ones. `npm run gen` writes them anew.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { figuresOf, savedOf, tableIn, withTable } from '../../bench/table.mjs';
import { root } from '../../pkg-config/tool/run.mjs';

for (const [name, source, made] of /** @type {const} */ ([
  ['figures', 'bench/results.json', figuresOf],
  ['saved', 'tests/visitors/saved.json', savedOf],
])) {
  test(`the table \`${name}\` in README.md is that of ${source}`, () => {
    const path = join(root, 'README.md');
    const table = made(JSON.parse(readFileSync(join(root, source), 'utf8')));
    if (process.env.UPDATE_GENERATED) writeFileSync(path, withTable(readFileSync(path, 'utf8'), name, table));
    assert.equal(tableIn(readFileSync(path, 'utf8'), name), table, 'run `npm run gen`');
  });
}
