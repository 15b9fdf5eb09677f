// HubSpot, embed of version 2, as raw HTML in the page.

import { el, pairsOf, post } from './post.js';

const fields = [
  { name: 'email', label: 'Email', type: 'email', required: true },
  { name: 'jobtitle', label: 'Job title', type: 'text' },
  { name: 'numemployees', label: 'Company size', options: ['1-9', '10-49', '50-499', '500-4999', '5000+'] },
];

function control({ name, type, options, required }, id) {
  const attributes = { id, name, class: 'hs-input', ...(required ? { required: '' } : {}) };
  if (!options) return el('input', { ...attributes, type, autocomplete: name === 'email' ? 'email' : 'off' });
  return el('select', attributes, el('option', { value: '' }, 'Please Select'), ...options.map((value) => el('option', { value }, value)));
}

/** @param {{ portalId: string, formId: string, target: string, onFormReady?: Function, onFormSubmit?: Function, onFormSubmitted?: Function }} options */
function create({ portalId, formId, target, onFormReady, onFormSubmit, onFormSubmitted }) {
  const say = (eventName, data) => window.postMessage({ type: 'hsFormCallback', eventName, id: formId, data }, location.origin);
  const form = /** @type {HTMLFormElement} */ (el('form', { id: `hsForm_${formId}`, class: `hs-form hs-form-private hs-form-${formId}`, 'data-form-id': formId, 'data-portal-id': portalId, method: 'POST', novalidate: '' }));
  say('onBeforeFormInit', {});
  setTimeout(() => {
    for (const field of fields) {
      const id = `${field.name}-${formId}`;
      form.append(el('div', { class: `hs_${field.name} hs-${field.name} hs-form-field` }, el('label', { for: id }, el('span', {}, field.label)), el('div', { class: 'input' }, control(field, id))));
    }
    // A hidden property that the form's author added, to be filled by the page.
    form.append(el('input', { type: 'hidden', name: 'lead_grade', class: 'hs-input' }));
    form.append(el('div', { class: 'hs_submit hs-submit' }, el('input', { type: 'submit', class: 'hs-button primary large', value: 'Submit' })));
    document.querySelector(target)?.append(form);
    onFormReady?.(form);
    say('onFormReady', {});
  }, 50);

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const values = pairsOf(form).map(([name, value]) => ({ name, value }));
    say('onBeforeFormSubmit', values);
    if (!form.checkValidity()) return;
    onFormSubmit?.(form);
    say('onFormSubmit', values);
    if (!(await post(pairsOf(form)))) return;
    const submissionValues = Object.fromEntries(values.map(({ name, value }) => [name, value]));
    form.replaceWith(el('div', { class: 'submitted-message hs-main-font-element' }, 'Thanks for submitting the form.'));
    onFormSubmitted?.(form, { submissionValues });
    say('onFormSubmitted', { formGuid: formId, submissionValues });
  });
}

Object.assign(window, { hbspt: { forms: { create } } });
