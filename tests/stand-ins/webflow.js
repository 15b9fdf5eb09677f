// Webflow: every form in a `.w-form` is sent by a script, which shows the block for success or failure.

import { pairsOf, post } from './post.js';

for (const block of document.querySelectorAll('.w-form')) {
  const form = /** @type {HTMLFormElement} */ (block.querySelector('form'));
  const button = /** @type {HTMLInputElement} */ (form.querySelector('[type=submit]'));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const words = button.value;
    button.value = button.dataset.wait ?? words;
    button.disabled = true;
    const arrived = await post(pairsOf(form));
    const redirect = form.getAttribute('data-redirect');
    if (arrived && redirect) return location.assign(redirect);
    const toggle = (selector, shown) => (/** @type {HTMLElement} */ (block.querySelector(selector)).style.display = shown ? 'block' : 'none');
    toggle('.w-form-done', arrived);
    toggle('.w-form-fail', !arrived);
    form.style.display = arrived ? 'none' : '';
    button.value = words;
    button.disabled = false;
  });
}
