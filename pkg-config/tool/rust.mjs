// Finds a Rust that can build this repository: the version in rust-toolchain.toml, with its parts.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { attempt, cache, Failure, root, run, step } from './run.mjs';

const exe = process.platform === 'win32' ? '.exe' : '';

/** @returns {{ channel: string, components: string[], targets: string[] }} what rust-toolchain.toml asks for */
export function pinned() {
  const text = readFileSync(join(root, 'rust-toolchain.toml'), 'utf8');
  const list = (key) => [...(text.match(new RegExp(`^${key}\\s*=\\s*\\[(.*)\\]`, 'm'))?.[1] ?? '').matchAll(/"(.+?)"/g)].map((m) => m[1]);
  return { channel: /^channel\s*=\s*"(.+?)"/m.exec(text)?.[1] ?? '', components: list('components'), targets: list('targets') };
}

/**
 * What a toolchain lacks; empty when it will do.
 *
 * @param {string} [name] as rustup calls it; without it, whatever `rustc` is on the PATH
 */
async function lacks(name) {
  const { channel, components, targets } = pinned();
  // `+name` would install on demand; asking must not.
  const ask = (args) => (name ? attempt('rustup', ['run', name, 'rustc', ...args]) : attempt('rustc', args));
  const version = await ask(['--version']);
  if (version.code !== 0) return ['rustc'];
  if (!version.stdout.startsWith(`rustc ${channel} `)) return [`rustc ${channel} (it is ${version.stdout.trim()})`];
  const home = (await ask(['--print', 'sysroot'])).stdout.trim();
  const programs = { clippy: 'cargo-clippy', rustfmt: 'rustfmt' };
  return [
    ...targets.filter((target) => !existsSync(join(home, 'lib', 'rustlib', target, 'lib'))),
    ...components.filter((part) => !existsSync(join(home, 'bin', `${programs[part] ?? part}${exe}`))),
  ];
}

/** Makes the pinned Rust usable, without touching what is installed under other names. */
export async function setUpRust() {
  const { channel, components, targets } = pinned();
  rmSync(join(cache, 'toolchain'), { force: true });

  if ((await attempt('rustup', ['--version'])).code !== 0) {
    const missing = await lacks();
    if (missing.length === 0) return;
    throw new Failure(
      missing[0] === 'rustc'
        ? 'Rust is missing. Install rustup from https://rustup.rs (one command, no administrator rights), then run this again.'
        : `This Rust lacks ${missing.join(', ')}. Install rustup from https://rustup.rs: it keeps the right version beside yours.`,
    );
  }

  const names = (await attempt('rustup', ['toolchain', 'list'])).stdout.split('\n').map((line) => line.split(' ')[0]).filter(Boolean);
  const own = names.find((name) => name.startsWith(`${channel}-`));
  if (own && (await lacks(own)).length === 0) return;
  // Often `stable` is that very version; then nothing needs to be fetched.
  for (const name of names) {
    if (name === own || (await lacks(name)).length > 0) continue;
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, 'toolchain'), `${name}\n`);
    return;
  }
  await step(`installing Rust ${channel} (once)`, () =>
    run(
      'rustup',
      ['toolchain', 'install', channel, '--profile', 'minimal', '--no-self-update', '--component', components.join(','), '--target', targets.join(',')],
      { help: `Rust ${channel} could not be installed. Check the network, then run this again.` },
    ),
  );
}
