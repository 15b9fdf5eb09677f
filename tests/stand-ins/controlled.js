// A form that React owns: its state decides what fields hold, it watches `value` on each element, and
// it comes to life late, over the markup of a server, which it throws away where it finds more in it
// than it put there.

import { el, post } from './post.js';

const prototype = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');

/** @param {HTMLElement} root @param {number} [after] milliseconds until it hydrates */
export function hydrate(root, after = 300) {
  const state = { email: '', jobTitle: '', team_size: '', grade: '', sent: false };
  const rendered = root.cloneNode(true);

  /** @param {string} name */
  function watch(input, name) {
    let tracked = input.value;
    Object.defineProperty(input, 'value', {
      configurable: true,
      get: () => prototype?.get?.call(input),
      set(value) {
        tracked = String(value);
        prototype?.set?.call(input, value);
      },
    });
    input.addEventListener('input', () => {
      const now = prototype?.get?.call(input);
      // What the tracker knows already is no change.
      if (now === tracked) return;
      tracked = now;
      state[name] = now;
      render();
    });
  }

  function render() {
    for (const name of Object.keys(state)) {
      const input = root.querySelector(`[name="${name}"]`);
      if (input && prototype?.get?.call(input) !== state[name]) prototype?.set?.call(input, state[name]);
    }
    if (state.sent) root.replaceChildren(el('p', { role: 'status' }, 'Thank you!'));
  }

  setTimeout(() => {
    // More or less than was rendered: made anew, as React does after a mismatch.
    if (!root.isEqualNode(rendered)) root.replaceChildren(...rendered.childNodes);
    const form = /** @type {HTMLFormElement} */ (root.querySelector('form'));
    for (const input of form.querySelectorAll('input')) watch(input, input.name);
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const { sent, ...values } = state;
      state.sent = await post(/** @type {any} */ (Object.entries(values)));
      form.dispatchEvent(new CustomEvent('sent', { bubbles: true }));
      render();
    });
    root.dataset.hydrated = '';
  }, after);
}
