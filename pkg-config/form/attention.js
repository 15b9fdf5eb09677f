// Where the visitor is and what they are at, so that a form changes only when it disturbs nobody.

import { answered, fieldAt } from './controls.js';

/** Milliseconds of rest after which a half-typed answer may change the form below it. */
const rest = 400;

/**
 * What a form does about it.
 *
 * @typedef {object} Reactions
 * @property {() => void} typed something in the form is another
 * @property {(field: HTMLElement) => void} changed an answer was given, and the field left or the choice made
 * @property {(field: HTMLElement) => void} passed a field was left without an answer
 * @property {(field: HTMLElement | null) => void} settle time to show what is to be asked
 */

export class Attention {
  #reactions;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #pressed = false;

  /** @param {Reactions} reactions */
  constructor(reactions) {
    this.#reactions = reactions;
  }

  /** @param {HTMLFormElement} form @param {AbortSignal} signal */
  follow(form, signal) {
    const { typed, changed, passed, settle } = this.#reactions;
    /** @param {string} type @param {(field: HTMLElement | null, event: any) => void} listener */
    const on = (type, listener) => form.addEventListener(type, (event) => listener(fieldAt(event.target), event), { signal });
    const leave = (/** @type {HTMLElement} */ field) => answered(field) || passed(field);
    on('input', (field) => {
      this.#soon(field, rest);
      typed();
    });
    on('change', (field, { target }) => {
      if (field) this.calm(() => changed(field));
      this.#soon(field, target.matches('select, [type=radio], [type=checkbox]') ? 0 : rest);
    });
    on('focusout', (field) => {
      if (!field) return;
      leave(field);
      this.#soon(field, rest);
    });
    // Before Tab leaves a field, so that the keyboard never lands in one that is about to go.
    on('keydown', (field, { key, shiftKey }) => {
      if (key !== 'Tab' || shiftKey || !field) return;
      leave(field);
      settle(field);
    });
    // A button that moves between press and release is not clicked; so nothing comes or goes meanwhile.
    document.addEventListener('pointerdown', () => (this.#pressed = true), { signal });
    for (const type of ['pointerup', 'pointercancel']) document.addEventListener(type, () => setTimeout(() => (this.#pressed = false)), { signal });
    signal.addEventListener('abort', () => this.rested());
  }

  /** @param {HTMLElement | null} field @param {number} after */
  #soon(field, after) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.calm(() => this.#reactions.settle(field)), after);
  }

  /** Does it once no button is held. @param {() => void} change */
  calm(change) {
    if (this.#pressed) setTimeout(() => this.calm(change), 30);
    else change();
  }

  /** Nothing is to be looked at any more. */
  rested() {
    clearTimeout(this.#timer);
  }
}
