// The browsers that tests run in, by one small interface. Each is one page; `evaluate` takes the body
// of a function and gives what it returns.

import { launch as launchChromium } from '../browser/browser.mjs';
import * as firefox from './firefox.mjs';
import * as webkit from './webkit.mjs';

/**
 * @typedef {object} Engine
 * @property {string} name with its version
 * @property {(url: string) => Promise<unknown>} open
 * @property {(body: string) => Promise<any>} evaluate
 * @property {(selector: string, text: string) => Promise<unknown>} type
 * @property {(selector: string) => Promise<unknown>} click
 * @property {() => Promise<unknown>} close
 */

const chromium = {
  // The step before found or fetched one; without it the tests fail.
  missing: async () => '',
  /** @returns {Promise<Engine>} */
  async launch() {
    const browser = await launchChromium();
    const page = await browser.newPage();
    return {
      name: `Chromium ${browser.version()}`,
      open: (url) => page.goto(url),
      evaluate: (body) => page.evaluate(`(() => { ${body} })()`),
      type: (selector, text) => page.locator(selector).pressSequentially(text),
      click: (selector) => page.locator(selector).click(),
      close: () => browser.close(),
    };
  },
};

/** By name: why it is missing, or empty, and how it starts. @type {Record<string, { missing: () => Promise<string>, launch: () => Promise<Engine> }>} */
export const browsers = { Chromium: chromium, Firefox: firefox, WebKitGTK: webkit };

/**
 * Why each is not run, or an empty text. To be asked before the first test is declared: while one
 * waits between two, the runner may take those that are done for all, and clean up.
 *
 * @template T
 * @param {Record<string, T>} all
 * @param {(one: T, name: string) => string | Promise<string>} why
 * @returns {Promise<Record<string, string>>}
 */
export async function whyNot(all, why) {
  return Object.fromEntries(await Promise.all(Object.entries(all).map(async ([name, one]) => [name, await why(one, name)])));
}

/**
 * What an expression is, once it is a text that is not empty.
 *
 * @param {Engine} engine
 * @param {string} expression
 * @param {number} [patience] milliseconds
 */
export async function until(engine, expression, patience = 20_000) {
  const end = Date.now() + patience;
  for (;;) {
    // While a page goes over into the next there is nobody to ask.
    const value = await engine.evaluate(`return ${expression}`).catch((error) => ({ error }));
    if (typeof value === 'string' && value !== '') return value;
    if (Date.now() > end) throw new Error(`${engine.name}: \`${expression}\` is still ${value?.error ?? JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
