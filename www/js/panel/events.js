// Behaviour on demand: buttons stand for what a visitor would have done on the site.

import { el, the } from '../dom.js';

/**
 * @param {() => void} changed
 * @returns {{ list: () => readonly any[], freeze: (frozen: boolean) => void }}
 */
export function startEvents(changed) {
  /** @type {any[]} */
  let events = [];
  const buttons = [...document.querySelectorAll('[data-event]')];
  const clear = the('#clear-events');

  function show() {
    the('#event-list').replaceChildren(...events.map(lineOf).reverse());
    the('#no-events').hidden = events.length > 0;
    changed();
  }
  for (const button of buttons) {
    button.addEventListener('click', () => {
      const { event: type, ...properties } = button.dataset;
      events.push({ type, at: new Date().toISOString(), ...properties });
      show();
    });
  }
  clear.addEventListener('click', () => {
    events = [];
    show();
  });
  return {
    list: () => events,
    freeze(frozen) {
      for (const button of [...buttons, clear]) button.disabled = frozen;
    },
  };
}

/** @param {any} event */
function lineOf({ type, at, ...properties }) {
  return el('li', {}, el('time', { datetime: at }, `${at.slice(11, 19)} UTC`), ' ', el('b', {}, type), ' ', Object.values(properties).join(' '));
}
