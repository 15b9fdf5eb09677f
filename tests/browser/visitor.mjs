// How a visitor goes through a form: with a mouse, or with nothing but the keyboard. Neither knows
// what comes next; both answer what they are asked, and press the button until the form was sent.

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Record<string, string>} Answers by question */

/** Whether the form was sent. @param {Page} page */
const isSent = (page) => page.evaluate(() => window.said?.some(({ type }) => type === 'leadfit:routed') ?? false);

/** Nobody presses a button more often than this. */
const mostPresses = 15;

/** What stands there: question, kind of control, and whether it was answered. @param {Page} page */
const visible = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('lead-form [data-leadfit-question]')]
      .filter((field) => field.checkVisibility())
      .map((field) => {
        const controls = [...field.querySelectorAll('input[name], select')];
        const answered = controls.some(({ type, checked, value }) => (/radio|checkbox/.test(type) ? checked : value));
        return { id: field.dataset.leadfitQuestion, type: controls[0].type, answered };
      }),
  );

/**
 * @param {Page} page
 * @param {Answers} answers
 * @returns {Promise<string[]>} questions that stood there, in the order in which they came up
 */
export async function byMouse(page, answers) {
  const seen = new Set();
  for (let press = 0; press < mostPresses; press++) {
    for (let left = true; left; ) {
      left = false;
      for (const { id, type, answered } of await visible(page)) {
        seen.add(id);
        const answer = answers[id];
        if (answered || !answer) continue;
        await answerByMouse(page, id, type, answer);
        // What comes up may stand before what is next.
        left = true;
        break;
      }
    }
    await page.locator('lead-form [type=submit], lead-form [part~=submit]').filter({ visible: true }).click();
    if (await isSent(page)) return [...seen];
    await page.waitForFunction(() => document.querySelector('lead-form').dataset.state !== 'sending');
    if (await isSent(page)) return [...seen];
  }
  throw new Error(`not sent after ${mostPresses} presses; asked ${[...seen]}`);
}

/** @param {Page} page @param {string} id @param {string} type @param {string} answer */
async function answerByMouse(page, id, type, answer) {
  const field = page.locator(`lead-form [data-leadfit-question="${id}"]`);
  if (type === 'radio' || type === 'checkbox') await field.locator(`input[value="${answer}"]`).click();
  else if (type === 'select-one') await field.locator('select').selectOption(answer);
  else {
    await field.locator('input').click();
    await page.keyboard.type(answer);
  }
  // Looks at the next thing: typing rests, and what is to come up does.
  await page.waitForTimeout(type === 'radio' || type === 'checkbox' || type === 'select-one' ? 20 : 450);
}

/**
 * @param {Page} page
 * @param {Answers} answers
 * @returns {Promise<string[]>} questions that the keyboard came to
 */
export async function byKeyboard(page, answers) {
  const { keyboard } = page;
  const seen = new Set();
  let presses = 0;
  await page.evaluate(() => document.querySelector('lead-form').scrollIntoView());
  for (let stop = 0; stop < 80; stop++) {
    const at = await focused(page);
    if (at.id && !seen.has(at.id)) {
      seen.add(at.id);
      const answer = answers[at.id];
      if (answer && at.type === 'checkbox') await keyboard.press('Space');
      else if (answer && at.type === 'radio') {
        await keyboard.press('Space');
        for (let index = 0; index < at.values.indexOf(answer); index++) await keyboard.press('ArrowDown');
      } else if (answer && at.type === 'select-one') await keyboard.type(at.labels[at.values.indexOf(answer)]);
      else if (answer) await keyboard.type(answer);
    }
    if (at.submit) {
      if ((presses += 1) > mostPresses) break;
      await keyboard.press('Enter');
      await page.waitForFunction(() => document.querySelector('lead-form').dataset.state !== 'sending');
      if (await isSent(page)) return [...seen];
      // In a form of steps the keyboard stands in the next one already.
      if ((await focused(page)).id) continue;
    }
    await keyboard.press('Tab');
  }
  throw new Error(`not sent by keyboard; asked ${[...seen]}`);
}

/** Where the keyboard is. @param {Page} page */
const focused = (page) =>
  page.evaluate(() => {
    const outer = document.activeElement;
    const inner = outer?.shadowRoot?.activeElement ?? outer;
    const field = outer?.closest?.('[data-leadfit-question]');
    const controls = field ? [...field.querySelectorAll('input, select')] : [];
    const options = outer instanceof HTMLSelectElement ? [...outer.options] : controls;
    return {
      id: field?.dataset.leadfitQuestion,
      type: /** @type {any} */ (outer)?.type,
      values: options.map(({ value }) => value),
      labels: options.map((option) => /** @type {any} */ (option).text ?? ''),
      submit: inner?.matches?.('[part~=submit], [type=submit]') ?? false,
    };
  });
