// How a build starts, once its bytes are there. Importing starts nothing: the first call does.

/** @typedef {RequestInfo | URL | Response | BufferSource | WebAssembly.Module} Arrived bytes, module, response or address */
/** @typedef {Arrived | Promise<Arrived>} Wasm what a build starts from, there already or on its way */

/** So many bytes are compiled on the spot, in a few milliseconds: to have it done beside takes a page several times as long. */
const ON_THE_SPOT = 512 * 1024;

/** What was started: entries with the same glue share one engine. @type {Map<object, Promise<any>>} */
const engines = new Map();

/**
 * Gives a function that starts `glue` at its first call and answers with it, and with the memory in
 * which it leaves its answers, from then on.
 * A start that failed, for example offline, is forgotten: the next call tries again.
 *
 * @template {{ __wbg_set_wasm: (exports: WebAssembly.Exports) => void }} Glue
 * @param {Glue} glue
 * @param {() => Wasm} wasm
 * @returns {() => Promise<Glue & { memory: WebAssembly.Memory }>}
 */
export function starting(glue, wasm) {
  return () => {
    const begun = engines.get(glue);
    if (begun) return begun;
    const engine = start(glue, wasm);
    engines.set(glue, engine);
    engine.catch(() => engines.delete(glue));
    return engine;
  };
}

/**
 * @template {{ __wbg_set_wasm: (exports: WebAssembly.Exports) => void }} Glue
 * @param {Glue} glue
 * @param {() => Wasm} wasm
 */
async function start(glue, wasm) {
  const { exports } = await instanceOf(await wasm(), { './glue_bg.js': /** @type {any} */ (glue) });
  glue.__wbg_set_wasm(exports);
  /** @type {any} */ (exports).__wbindgen_start();
  return { ...glue, memory: /** @type {WebAssembly.Memory} */ (exports.memory) };
}

/**
 * @param {Arrived} arrived
 * @param {WebAssembly.Imports} imports
 * @returns {Promise<WebAssembly.Instance>}
 */
async function instanceOf(arrived, imports) {
  const given = await compiledOf(arrived);
  if (given instanceof WebAssembly.Module) return WebAssembly.instantiate(given, imports);
  if (given.byteLength <= ON_THE_SPOT) {
    try {
      return new WebAssembly.Instance(new WebAssembly.Module(given), imports);
    } catch (error) {
      // Older browsers compile nothing of this size on a page's own thread.
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return (await WebAssembly.instantiate(given, imports)).instance;
}

/**
 * A module, compiled while it arrives where that can be, or its bytes.
 *
 * @param {Arrived} arrived
 * @returns {Promise<WebAssembly.Module | BufferSource>}
 */
async function compiledOf(arrived) {
  const isAddress = typeof arrived === 'string' || arrived instanceof URL || (typeof Request === 'function' && arrived instanceof Request);
  const response = isAddress ? await fetch(arrived) : arrived;
  if (typeof Response !== 'function' || !(response instanceof Response)) return /** @type {WebAssembly.Module | BufferSource} */ (response);
  if (!response.ok) throw new Error(`status ${response.status} at ${response.url}`);
  // Under another type it is refused, though the bytes may be right.
  const isWasm = /^application\/wasm\b/i.test(response.headers.get('content-type') ?? '');
  return isWasm && WebAssembly.compileStreaming ? WebAssembly.compileStreaming(response) : response.arrayBuffer();
}
