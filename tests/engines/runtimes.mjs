// The runtimes beside browsers that the package runs in. A program is a module whose default export
// gives a text; each runtime prints it.

import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { build } from 'esbuild';

import { cache, run } from '../../pkg-config/tool/run.mjs';
import { freePort, startServer } from '../tools/server.mjs';
import { tools, toolsIfPossible } from '../tools/tools.mjs';

/** Programs may take a while, but not for ever. */
const timeout = 10 * 60_000;

/** A module that prints what a program gives. @param {string} folder @param {string} program */
function mainOf(folder, program) {
  const path = join(folder, `main-${program}`);
  writeFileSync(path, `import program from './${program}';\nconsole.log(await program());\n`);
  return path;
}

/** @param {string} command @param {string[]} args @param {string} cwd @param {NodeJS.ProcessEnv} [env] */
const printed = async (command, args, cwd, env) => (await run(command, args, { cwd, env, timeout })).stdout.trimEnd();

/**
 * Packages run no scripts here, so Bun lies in the package of its platform only.
 *
 * @param {import('../tools/tools.mjs').Tools} tools
 * @returns {string | undefined}
 */
function bunOf({ at }) {
  const program = process.platform === 'win32' ? 'bun.exe' : 'bun';
  return existsSync(at('@oven')) ? readdirSync(at('@oven')).map((name) => at(`@oven/${name}/bin/${program}`)).find(existsSync) : undefined;
}

/**
 * Serves a Worker: one script, and the wasm and scorecards beside it that it imports.
 *
 * @param {string} file
 * @param {{ bindings?: Record<string, string>, durable?: { name: string, className: string } }} [options] texts that it is
 *   given, and a class of Durable Objects that keep what they have in the folder `disk`
 */
export async function serveWorker(file, { bindings = {}, durable } = {}) {
  const { at } = await tools('quick');
  const [folder, name] = [dirname(file), basename(file)];
  const kinds = { wasm: 'wasm', leadfit: 'data' };
  const parts = readdirSync(folder).flatMap((name) => Object.entries(kinds).flatMap(([ending, kind]) => (name.endsWith(`.${ending}`) ? [`(name = "./${name}", ${kind} = embed "${name}")`] : [])));
  const given = Object.entries(bindings).map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`);
  if (durable) {
    mkdirSync(join(folder, 'disk'), { recursive: true });
    given.push(`(name = "${durable.name}", durableObjectNamespace = "${durable.className}")`);
  }
  writeFileSync(
    join(folder, 'workerd.capnp'),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "${name}", esModule = embed "${name}"), ${parts.join(', ')}],
    bindings = [${given.join(', ')}],${durable ? `
    durableObjectNamespaces = [(className = "${durable.className}", uniqueKey = "${durable.className}", enableSql = true)],
    durableObjectStorage = (localDisk = "disk"),` : ''}
    compatibilityDate = "2025-11-01"))${durable ? ', (name = "disk", disk = (path = "disk", writable = true))' : ''}],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]);
`,
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const { stop } = await startServer(process.execPath, [at('workerd/bin/workerd'), 'serve', 'workerd.capnp', `--socket-addr=http=127.0.0.1:${port}`], { cwd: folder, url: `${url}ready` });
  return { url, stop };
}

/** What a Worker around a program is; it answers at once to who asks whether it is ready. @param {string} program */
export const workerAround = (program) => `import program from '${program}';
export default { fetch: async (request) => new Response(request.url.endsWith('/ready') ? '' : await program()) };
`;

/** @type {Record<string, (folder: string, program: string) => Promise<string>>} */
const runs = {
  Node: (folder, program) => printed(process.execPath, ['--no-warnings', mainOf(folder, program)], folder),

  Deno: async (folder, program) => {
    const { at } = await tools('quick');
    // No permission: the package reads and asks for nothing.
    return printed(process.execPath, [at('deno/bin.cjs'), 'run', '--no-lock', '--no-prompt', mainOf(folder, program)], folder, { DENO_DIR: join(cache, 'deno'), DENO_NO_UPDATE_CHECK: '1' });
  },

  Bun: async (folder, program) => printed(bunOf(await tools('quick')) ?? '', ['run', mainOf(folder, program)], folder),

  workerd: async (folder, program) => {
    const worker = join(folder, 'worker');
    mkdirSync(worker, { recursive: true });
    writeFileSync(join(folder, 'main-worker.js'), workerAround(`./${program}`));
    await build({ entryPoints: [join(folder, 'main-worker.js')], bundle: true, format: 'esm', conditions: ['workerd'], outdir: worker, assetNames: '[name]', loader: { '.wasm': 'copy' }, logLevel: 'silent' });
    const { url, stop } = await serveWorker(join(worker, 'main-worker.js'));
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(timeout) });
      return (await response.text()).trimEnd();
    } finally {
      await stop();
    }
  },
};

/** Names of the runtimes, Node first. */
export const runtimes = Object.keys(runs);

/** Why a runtime cannot be had; empty where it can. @param {string} name */
export async function missing(name) {
  if (name === 'Node') return '';
  const { tools, missing } = await toolsIfPossible('quick');
  if (!tools) return missing;
  return name === 'Bun' && !bunOf(tools) ? 'there is none for this platform' : '';
}

/**
 * What a program prints in a runtime.
 *
 * @param {string} name of the runtime
 * @param {string} folder in which `leadfit` can be imported, and in which the program lies
 * @param {string} program file name
 */
export const runIn = (name, folder, program) => runs[name](folder, program);
