// The closing line of `npm test` can be believed.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { countsOf } from '../counts.mjs';

const check = (name, output, ok, [passed, failed, skipped]) =>
  test(name, () => assert.deepEqual(countsOf(output, ok), { passed, failed, skipped }));

const cargo = 'test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured\n';
check('cargo: several binaries add up', cargo + 'test result: FAILED. 2 passed; 4 failed; 0 ignored; 0 measured\n', false, [5, 4, 1]);
check('node: cancelled counts as failed', 'ℹ pass 5\nℹ fail 1\nℹ cancelled 2\nℹ skipped 3\nℹ todo 1\n', false, [5, 3, 4]);
check('a step without counts is one test', 'all is well\n', true, [1, 0, 0]);
check('and one failed test when it fails', 'alas\n', false, [0, 1, 0]);
check('a crash after passing tests is a failure', cargo, false, [3, 1, 1]);
check('a line that only resembles a count is none', 'test result: maybe\n  ℹ pass 5\n', true, [1, 0, 0]);
