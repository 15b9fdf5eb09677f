// WordPress with WPForms, sent by a script: it tells on the form, then shows a confirmation in its place
// or goes elsewhere.

import { el, pairsOf, post } from './post.js';

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form.wpforms-ajax-form'))) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const $form = window.jQuery(form);
    $form.trigger('wpformsBeforeFormSubmit', [form]);
    const container = /** @type {HTMLElement} */ (form.closest('.wpforms-container'));
    container.style.opacity = '0.6';
    const success = await post(pairsOf(form));
    container.style.opacity = '';
    const json = { success, data: { redirect_url: form.dataset.redirect ?? '' } };
    if (!success) return $form.trigger('wpformsAjaxSubmitFailed', json);
    $form.trigger('wpformsAjaxSubmitSuccess', json);
    if (json.data.redirect_url) {
      $form.trigger('wpformsAjaxSubmitBeforeRedirect', json);
      return location.assign(json.data.redirect_url);
    }
    container.replaceChildren(el('div', { class: 'wpforms-confirmation-container-full' }, 'Thanks for contacting us!'));
    window.jQuery(container).trigger('wpformsAjaxSubmitSuccessConfirmation', json);
  });
}
