// The states of the outbox, in any order of events: nothing that a visitor was promised is lost.
//
// Some hundred thousand steps by default, a million and more with LEADFIT_FULL.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Site } from './outbox-model.mjs';

const full = Boolean(process.env.LEADFIT_FULL);
const runs = full ? 20_000 : 400;
const stepsOfRun = 60;

const kinds = {
  'faults, crashes and kills': {},
  'no crashes': { crashes: 0 },
  'bad storage': { storage: 40 },
  'a dead network': { faults: 100 },
};

for (const [kind, chances] of Object.entries(kinds)) {
  test(`${kind}: what is promised is kept`, async () => {
    const count = Math.ceil(runs / Object.keys(kinds).length);
    const sum = { steps: 0, submitted: 0, promised: 0, stored: 0, parked: 0 };
    for (let seed = 1; seed <= count; seed++) {
      const site = new Site(seed, chances);
      for (let step = 0; step < stepsOfRun; step++) await site.step();
      await site.settle();
      const why = `seed ${seed}`;
      const left = new Set([...site.base.keys(), ...[...site.local.keys()].map((key) => key.split('/')[1])]);
      for (const id of site.promised) {
        const shown = site.told.get(id)?.has('parked') && left.has(id);
        assert.ok(site.rows.has(id) || shown, `${id} is lost, ${why}`);
      }
      // What is left is parked, and lies there for the visitor to see.
      for (const id of left) assert.ok(site.told.get(id)?.has('parked'), `${id} is neither delivered nor parked, ${why}`);
      assert.equal(site.lies.size, 0, `told delivered and is not, ${why}`);
      assert.ok(site.mostAtOnce <= 1, `two at once, ${why}`);
      sum.steps += site.steps;
      sum.submitted += site.submitted;
      sum.promised += site.promised.size;
      sum.stored += site.rows.size;
      sum.parked += left.size;
    }
    console.log(`${kind}: ${JSON.stringify(sum)}`);
    assert.ok(sum.promised > count / 2, 'hardly anything was promised');
  });
}
