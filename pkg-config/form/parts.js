// What the element has of its own: progress, summary, buttons, and the place for what comes after.

import { grow, h } from './tree.js';

/**
 * @typedef {object} Parts
 * @property {HTMLElement} progress
 * @property {HTMLElement} summary
 * @property {HTMLElement} buttons
 * @property {HTMLButtonElement} back
 * @property {HTMLButtonElement} submit
 * @property {HTMLElement} outcome
 * @property {HTMLElement} status
 * @property {HTMLSlotElement} fields
 */

/**
 * @param {ShadowRoot} shadow
 * @returns {Parts}
 */
export function partsOf(shadow) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (shadow.querySelector(`[part~="${name}"]`));
  shadow.replaceChildren(
    grow(h('p', { part: 'status', class: 'unseen', role: 'status' })),
    grow(h('div', { part: 'progress', hidden: true }, h('span', { part: 'progress-text' }), h('div', { class: 'bar', role: 'progressbar', 'aria-valuemin': 0 }, h('div', { class: 'fill' })))),
    grow(h('div', { part: 'summary', role: 'group', 'aria-labelledby': 'summary', tabindex: '-1', hidden: true }, h('h2', { part: 'summary-title', id: 'summary' }), h('ul', {}))),
    grow(h('slot')),
    grow(h('div', { part: 'buttons', hidden: true }, h('button', { part: 'button back', type: 'button', hidden: true }), h('button', { part: 'button submit', type: 'button' }))),
    grow(h('div', { part: 'outcome', hidden: true })),
  );
  return {
    progress: part('progress'),
    summary: part('summary'),
    buttons: part('buttons'),
    back: part('back'),
    submit: part('submit'),
    outcome: part('outcome'),
    status: part('status'),
    fields: /** @type {HTMLSlotElement} */ (shadow.querySelector('slot')),
  };
}

/**
 * @param {HTMLElement} progress
 * @param {{ done: number, all: number, ahead: number }} how
 * @param {import('./texts.js').Texts} texts
 */
export function showProgress(progress, { done, all, ahead }, texts) {
  const [text, bar] = /** @type {HTMLElement[]} */ ([...progress.children]);
  const words = ahead === 0 ? texts.last : ahead === 1 ? texts.moreOne : texts.more.replace('{n}', String(ahead));
  text.textContent = words;
  bar.setAttribute('aria-label', texts.progress);
  bar.setAttribute('aria-valuemax', String(all));
  bar.setAttribute('aria-valuenow', String(done));
  bar.setAttribute('aria-valuetext', words);
  /** @type {HTMLElement} */ (bar.firstElementChild).style.transform = `scaleX(${all ? done / all : 0})`;
  progress.hidden = false;
}
