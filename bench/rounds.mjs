// Times engines against each other: in turn, round by round, so that whatever else the machine does
// falls on all of them.

/** @param {number[]} numbers */
export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Milliseconds that an engine runs in one round. */
const slice = 60;

/**
 * @param {import('./engines.mjs').Engine} engine
 * @param {any[]} leads
 * @param {number} count
 * @returns {Promise<number>} nanoseconds per lead
 */
async function time({ score, read }, leads, count) {
  let sum = 0;
  const from = performance.now();
  for (let index = 0; index < count; index++) {
    const given = score(leads[index % leads.length]);
    // Waiting costs: only where an engine makes one wait.
    sum += read(given instanceof Promise ? await given : given);
  }
  const nanoseconds = ((performance.now() - from) / count) * 1e6;
  if (!Number.isFinite(sum)) throw new Error('a checksum is no number');
  return nanoseconds;
}

/**
 * @param {import('./engines.mjs').Engine[]} engines the first is what the others are compared with
 * @param {any[]} leads
 * @param {number} rounds
 * @returns {Promise<{ name: string, nanoseconds: number, ratio: number }[]>} medians; of the ratio, that of each round
 */
export async function race(engines, leads, rounds) {
  const counts = [];
  for (const engine of engines) {
    // Warm, and then as many leads as fill a slice.
    await time(engine, leads, 500);
    counts.push(Math.max(20, Math.round((slice * 1e6) / (await time(engine, leads, 500)))));
  }
  /** @type {number[][]} */
  const times = engines.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, engine] of engines.entries()) times[index].push(await time(engine, leads, counts[index]));
  }
  return engines.map(({ name }, index) => ({ name, nanoseconds: median(times[index]), ratio: median(times[index].map((one, round) => one / times[0][round])) }));
}
