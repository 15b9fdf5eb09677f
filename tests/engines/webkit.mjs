// WebKitGTK, by its WebDriver, as far as tests need it.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { attempt } from '../../pkg-config/tool/run.mjs';
import { freePort, startServer } from '../tools/server.mjs';

/** Where distributions put the browser that comes with the driver. */
function miniBrowser() {
  for (const folder of ['/usr/lib', ...readdirSync('/usr/lib').map((name) => join('/usr/lib', name)), '/usr/libexec']) {
    for (const name of ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0']) {
      const path = join(folder, name, 'MiniBrowser');
      if (existsSync(path)) return path;
    }
  }
  return undefined;
}

/** Why it cannot be tested here; empty where it can. */
export async function missing() {
  if (process.platform !== 'linux') return 'only on Linux';
  for (const program of ['WebKitWebDriver', 'xvfb-run']) if ((await attempt('which', [program])).code !== 0) return `${program} is not installed`;
  return miniBrowser() ? '' : 'no MiniBrowser is installed';
}

/** @returns {Promise<import('./browsers.mjs').Engine>} */
export async function launch() {
  const port = await freePort();
  const driver = await startServer('xvfb-run', ['-a', 'WebKitWebDriver', `--port=${port}`], { url: `http://127.0.0.1:${port}/status` });
  const command = async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = /** @type {any} */ (await response.json());
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const options = { binary: miniBrowser(), args: ['--automation'] };
  const { sessionId, capabilities } = await command('POST', '/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } } });
  const session = `/session/${sessionId}`;
  const element = async (selector) => Object.values(await command('POST', `${session}/element`, { using: 'css selector', value: selector }))[0];
  const evaluate = (script) => command('POST', `${session}/execute/sync`, { script, args: [] });
  return {
    name: `WebKitGTK ${capabilities.browserVersion}`,
    open: (url) => command('POST', `${session}/url`, { url }),
    evaluate,
    type: async (selector, text) => command('POST', `${session}/element/${await element(selector)}/value`, { text }),
    async click(selector) {
      // By itself the driver clicks while a page that scrolls smoothly is still on its way.
      await evaluate(`document.querySelector(${JSON.stringify(selector)}).scrollIntoView({ block: 'center', behavior: 'instant' })`);
      await command('POST', `${session}/element/${await element(selector)}/click`, {});
    },
    async close() {
      await command('DELETE', session).catch(() => {});
      await driver.stop();
    },
  };
}
