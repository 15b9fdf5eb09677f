// WordPress with Gravity Forms and AJAX: the answer of its server takes the place of the form, first
// the form again where something was wrong; only then the document is told, with the form's number.

import { el, pairsOf, post } from './post.js';

/** @param {HTMLFormElement} form */
function start(form) {
  const id = Number(form.id.replace('gform_', ''));
  const wrapper = /** @type {HTMLElement} */ (document.querySelector(`#gform_wrapper_${id}`));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const answered = await post(pairsOf(form));
    const wrong = form.querySelector('[aria-required="true"]:placeholder-shown');
    if (wrong) {
      const again = /** @type {HTMLFormElement} */ (form.cloneNode(true));
      for (const [name, value] of pairsOf(form)) /** @type {any} */ (again.elements.namedItem(name)).value = value;
      wrapper.classList.add('gform_validation_error');
      wrapper.replaceChildren(el('div', { class: 'gform_validation_errors' }, 'There was a problem with your submission.'), again);
      start(again);
      window.jQuery(document).trigger('gform_page_loaded', [id, 1]);
    } else if (answered) {
      setTimeout(() => {
        wrapper.replaceWith(el('div', { id: `gform_confirmation_wrapper_${id}`, class: 'gform_confirmation_wrapper' }, 'Thanks for contacting us!'));
        window.jQuery(document).trigger('gform_confirmation_loaded', [id]);
      }, 50);
    }
    window.jQuery(document).trigger('gform_post_render', [id, 1]);
  });
}
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form[id^="gform_"]'))) start(form);
