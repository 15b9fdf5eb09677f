// WordPress with Elementor Pro's form widget: three events on the form, which is emptied and stays.

import { el, pairsOf, post } from './post.js';

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form.elementor-form'))) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const $form = window.jQuery(form);
    form.classList.add('elementor-form-waiting');
    form.querySelector('.elementor-message')?.remove();
    const success = await post(pairsOf(form));
    form.classList.remove('elementor-form-waiting');
    if (!success) return $form.trigger('error');
    const data = { message: 'Your submission was successful.', data: {} };
    $form.trigger('submit_success', data);
    // By this one its own redirect goes.
    $form.trigger('form_destruct', data);
    form.reset();
    $form.trigger('reset');
    form.append(el('div', { class: 'elementor-message elementor-message-success', role: 'alert' }, data.message));
  });
}
