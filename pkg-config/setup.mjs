// Makes a machine ready to build and test leadfit: `node pkg-config/setup.mjs`.
// Run before every task, so it must cost nothing the second time, and it runs before anything is
// installed, so it uses nothing but Node's own modules.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { filesOf, hashOf, isCurrent, markCurrent } from './tool/inputs.mjs';
import { Failure, mainOf, npm, root, step } from './tool/run.mjs';
import { setUpRust } from './tool/rust.mjs';

/** The first Node whose `require` takes ES modules, and which still gets security fixes. */
const oldestNode = [20, 19];

export async function setUp() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    throw new Failure(`Node ${process.versions.node} is too old: install Node ${oldestNode.join('.')} or newer from https://nodejs.org.`);
  }

  const rust = hashOf(filesOf(['rust-toolchain.toml']), [process.env.RUSTUP_HOME ?? '', process.env.RUSTUP_TOOLCHAIN ?? '', process.env.PATH ?? '']);
  if (!isCurrent('setup-rust', rust)) {
    await setUpRust();
    markCurrent('setup-rust', rust);
  }

  const packages = hashOf(filesOf(['package-lock.json', 'package.json']), [process.platform, process.arch]);
  if (!isCurrent('setup-npm', packages) || !existsSync(join(root, 'node_modules', '.package-lock.json'))) {
    await step('installing npm packages', () => npm(['ci', '--no-audit', '--no-fund'], { help: 'Check the network (`npm ping`), then run this again.' }));
    markCurrent('setup-npm', packages);
  }
}

await mainOf(import.meta, setUp);
