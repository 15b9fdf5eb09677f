// WordPress with Contact Form 7: sent by a script, which tells by events of the form.

import { pairsOf, post } from './post.js';

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('.wpcf7 > form.wpcf7-form'))) {
  form.noValidate = true;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const tell = (name, status) => form.dispatchEvent(new CustomEvent(`wpcf7${name}`, { bubbles: true, detail: { contactFormId: 171, status, inputs: pairsOf(form).map(([name, value]) => ({ name, value })) } }));
    if (!form.checkValidity()) {
      form.dataset.status = 'invalid';
      tell('invalid', 'validation_failed');
      return tell('submit', 'validation_failed');
    }
    form.dataset.status = 'submitting';
    const arrived = await post(pairsOf(form));
    form.dataset.status = arrived ? 'sent' : 'failed';
    tell(arrived ? 'mailsent' : 'mailfailed', arrived ? 'mail_sent' : 'mail_failed');
    tell('submit', arrived ? 'mail_sent' : 'mail_failed');
    if (arrived) form.reset();
  });
}
