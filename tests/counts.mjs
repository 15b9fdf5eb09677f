// How many tests a program says it ran.

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Adds up what `cargo test` and `node --test` print at their ends. A step that prints neither is one
 * test of its own; one that ends badly without naming a failed test has one more, itself.
 *
 * @param {string} output
 * @param {boolean} ok whether the program ended well
 * @returns {Counts}
 */
export function countsOf(output, ok) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let reported = false;
  for (const [, passed, failed, ignored] of output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm)) {
    reported = true;
    counts.passed += Number(passed);
    counts.failed += Number(failed);
    counts.skipped += Number(ignored);
  }
  for (const [, kind, count] of output.matchAll(/^(?:ℹ|#) (pass|fail|cancelled|skipped|todo) (\d+)$/gm)) {
    reported = true;
    if (kind === 'pass') counts.passed += Number(count);
    else if (kind === 'fail' || kind === 'cancelled') counts.failed += Number(count);
    else counts.skipped += Number(count);
  }
  if (!reported && ok) counts.passed = 1;
  if (!ok && counts.failed === 0) counts.failed = 1;
  return counts;
}
