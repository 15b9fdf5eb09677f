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

/** @returns {Promise<import('./browsers.mjs').Engine>} */
export async function launch() {
  const puppeteer = (await (await toolsIfPossible('quick')).tools?.load('puppeteer-core')).default;
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: await executable(), headless: true });
  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  return {
    name: (await browser.version()).replace('/', ' '),
    open: (url) => page.goto(url),
    evaluate: (body) => page.evaluate(`(() => { ${body} })()`),
    type: (selector, text) => page.type(selector, text),
    click: (selector) => page.click(selector),
    close: () => browser.close(),
  };
}
