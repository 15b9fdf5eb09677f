// How a build starts, once its bytes are there. Importing starts nothing: the first call does.

/** @typedef {import('./wasm/page.js').InitInput} Arrived bytes, module, response or address */
/** @typedef {Arrived | Promise<Arrived>} Wasm what a build starts from, there already or on its way */

/**
 * Gives a function that starts `glue` at its first call and answers with it, and with the memory in
 * which it leaves its answers, from then on.
 * A start that failed, for example offline, is forgotten: the next call tries again.
 *
 * @template {{ default: (given: { module_or_path: Wasm }) => Promise<{ memory: WebAssembly.Memory }> }} Glue
 * @param {Glue} glue
 * @param {() => Wasm} wasm
 * @returns {() => Promise<Glue & { memory: WebAssembly.Memory }>}
 */
export function starting(glue, wasm) {
  /** @type {Promise<Glue & { memory: WebAssembly.Memory }> | undefined} */
  let started;
  const start = async () => {
    const { memory } = await glue.default({ module_or_path: wasm() });
    return { ...glue, memory };
  };
  return () => (started ??= start().catch((error) => ((started = undefined), Promise.reject(error))));
}
