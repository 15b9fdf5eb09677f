// HubSpot, embed of the newer editor, inline: every `.hs-form-html` becomes a form.

import { el, pairsOf, post } from './post.js';

const forms = [];
let count = 0;

/** @param {HTMLElement} frame */
function render(frame) {
  const formId = frame.dataset.formId ?? '';
  const instanceId = (frame.id = `hs-form-${formId}-${(count += 1)}`);
  const form = /** @type {HTMLFormElement} */ (el('form', { class: 'hsfc-Form', novalidate: '' }));
  const line = (name, label, attributes = {}) => {
    const id = `${instanceId}-${name}`;
    form.append(el('div', { class: 'hsfc-Row' }, el('label', { class: 'hsfc-FieldLabel', for: id }, label), el('input', { id, class: 'hsfc-TextInput', name, ...attributes })));
  };
  line('0-1/email', 'Email', { type: 'email', required: '', autocomplete: 'email' });
  line('0-1/jobtitle', 'Job Title', { type: 'text' });
  line('0-2/numberofemployees', 'Number of Employees', { type: 'text', inputmode: 'numeric' });
  form.append(el('input', { type: 'hidden', name: '0-1/lead_grade' }), el('button', { type: 'submit', class: 'hsfc-Button' }, 'Submit'));
  frame.append(form);

  const api = {
    getFormId: () => formId,
    getInstanceId: () => instanceId,
    getConversionId: () => '',
    getRedirectUrl: () => '',
    getFormFieldValues: async () => pairsOf(form).map(([name, value]) => ({ name, value })),
    setFieldValue(name, value) {
      const control = /** @type {HTMLInputElement | null} */ (form.querySelector(`[name="${CSS.escape(name)}"]`));
      if (control) control.value = value;
    },
  };
  forms.push(api);
  const tell = (name) => window.dispatchEvent(new CustomEvent(`hs-form-event:${name}`, { detail: { formId, instanceId } }));
  tell('on-ready');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (!form.checkValidity()) return;
    const arrived = await post(pairsOf(form));
    if (arrived) form.replaceWith(el('div', { class: 'hsfc-PostSubmit' }, 'Thank you!'));
    tell(arrived ? 'on-submission:success' : 'on-submission:failed');
  });
}

Object.assign(window, {
  HubSpotFormsV4: {
    getForms: () => forms,
    getFormFromEvent: ({ detail }) => forms.find((form) => form.getInstanceId() === detail.instanceId),
  },
});
setTimeout(() => /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.hs-form-html')).forEach(render), 50);
