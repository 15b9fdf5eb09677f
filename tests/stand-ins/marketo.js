// Marketo Forms 2.0.

import { el, pairsOf, post } from './post.js';

const ready = [];
const forms = [];

/** @param {string} baseUrl @param {string} munchkinId @param {number} formId @param {Function} [callback] */
function loadForm(baseUrl, munchkinId, formId, callback) {
  const form = /** @type {HTMLFormElement} */ (document.querySelector(`#mktoForm_${formId}`));
  setTimeout(() => {
    form.classList.add('mktoForm');
    form.noValidate = true;
    const row = (name, label, control) => form.append(el('div', { class: 'mktoFormRow' }, el('label', { for: name, class: 'mktoLabel' }, label), control));
    row('Email', 'Email Address:', el('input', { id: 'Email', name: 'Email', type: 'email', class: 'mktoField mktoRequired', required: '', autocomplete: 'email' }));
    row('Title', 'Job Title:', el('input', { id: 'Title', name: 'Title', class: 'mktoField' }));
    row('NumberOfEmployees', 'Company Size:', el('input', { id: 'NumberOfEmployees', name: 'NumberOfEmployees', class: 'mktoField', inputmode: 'numeric' }));
    form.append(el('div', { class: 'mktoButtonRow' }, el('button', { type: 'submit', class: 'mktoButton' }, 'Submit')));

    const listeners = { submit: [], success: [] };
    const api = {
      getId: () => formId,
      getFormElem: () => ({ 0: form, length: 1, hide: () => void (form.hidden = true) }),
      getValues: () => Object.fromEntries(pairsOf(form)),
      vals: (values) => (values ? api.setValues(values) : api.getValues()),
      setValues(values) {
        for (const [name, value] of Object.entries(values)) /** @type {any} */ (form.elements.namedItem(name)).value = value;
      },
      addHiddenFields(values) {
        for (const [name, value] of Object.entries(values)) {
          form.querySelector(`input[type=hidden][name="${CSS.escape(name)}"]`)?.remove();
          form.append(el('input', { type: 'hidden', name, value, class: 'mktoField' }));
        }
      },
      onSubmit: (listener) => void listeners.submit.push(listener),
      onSuccess: (listener) => void listeners.success.push(listener),
    };
    forms.push(api);
    callback?.(api);
    for (const listener of ready) listener(api);

    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (!form.checkValidity()) return;
      for (const listener of listeners.submit) listener(api);
      if (!(await post(pairsOf(form)))) return;
      const followUpUrl = '/thanks/';
      const stays = listeners.success.map((listener) => listener(api.getValues(), followUpUrl)).includes(false);
      if (!stays) location.href = followUpUrl;
    });
  }, 50);
}

Object.assign(window, {
  MktoForms2: {
    loadForm,
    allForms: () => forms,
    getForm: (id) => forms.find((form) => form.getId() === id),
    whenReady(listener) {
      ready.push(listener);
      forms.forEach((form) => listener(form));
    },
  },
});
