// Firefox, by WebDriver BiDi, as far as tests need it.

import { attempt } from '../../pkg-config/tool/run.mjs';
import { toolsIfPossible } from '../tools/tools.mjs';

const names = ['firefox-esr', 'firefox'];

/** @returns {Promise<string | undefined>} */
async function executable() {
  if (process.env.FIREFOX_PATH) return process.env.FIREFOX_PATH;
  for (const name of names) {
    const { code, stdout } = await attempt(process.platform === 'win32' ? 'where' : 'which', [name]);
    if (code === 0) return stdout.split('\n')[0].trim();
  }
  return undefined;
}

/** Why it cannot be tested here; empty where it can. */
export async function missing() {
  return (await executable()) ? ((await toolsIfPossible('quick')).missing ?? '') : 'it is not installed';
}

/**
 * @param {{ prefs?: Record<string, unknown>, profile?: string }} [options] settings; a folder that outlives the browser
 * @returns {Promise<import('./browsers.mjs').Engine & { kill: () => Promise<unknown> }>}
 */
export async function launch({ prefs, profile } = {}) {
  const puppeteer = (await (await toolsIfPossible('quick')).tools?.load('puppeteer-core')).default;
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: await executable(), headless: true, extraPrefsFirefox: prefs, userDataDir: profile });
  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  return {
    name: (await browser.version()).replace('/', ' '),
    open: (url) => page.goto(url),
    evaluate: (body) => page.evaluate(`(() => { ${body} })()`),
    type: (selector, text) => page.type(selector, text),
    click: (selector) => page.click(selector),
    close: () => browser.close(),
    /** As when the machine runs out of memory: nothing is written any more. */
    async kill() {
      const program = browser.process();
      const ended = new Promise((resolve) => program.once('exit', resolve));
      program.kill('SIGKILL');
      await ended;
    },
  };
}
