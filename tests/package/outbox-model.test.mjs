// The states of the outbox, in any order of events: nothing that a visitor was promised is lost.
//
// Some thousand orders by default, a million with LEADFIT_FULL.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { explore, exploreInThreads, kinds } from './outbox-runs.mjs';

const full = Boolean(process.env.LEADFIT_FULL);

for (const kind of Object.keys(kinds)) {
  test(`${kind}: what is promised is kept`, async () => {
    const count = full ? 250_000 : 500;
    const sum = full ? await exploreInThreads(kind, count) : await explore({ kind, from: 1, to: count + 1 });
    console.log(`${kind}: ${JSON.stringify(sum)}`);
    assert.equal(sum.runs, count);
    assert.ok(sum.promised > count / 2, 'hardly anything was promised');
  });
}
