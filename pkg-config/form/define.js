// Registers `<lead-form>`. Importing it is all that a page has to do.

import { LeadForm } from './element.js';

/** The wasm comes with the default entry, when the first form needs it. A page that uses another entry sets a loader of its own before. */
LeadForm.loader ??= async (src) => {
  const { Scorecard, pageFacts } = await import('../entry-default.js');
  const scorecard = await Scorecard.load(src);
  return { scorecard, facts: pageFacts() };
};

/** One outbox for each collector, whatever forms the page has. @type {Map<string, Promise<import('./sending.js').Delivery>>} */
const outboxes = new Map();
LeadForm.collect ??= (address) => {
  const open = async () => {
    const { collector, openOutbox } = await import('../outbox/index.js');
    return openOutbox({ receivers: [collector(address)] });
  };
  outboxes.set(address, outboxes.get(address) ?? open());
  return /** @type {Promise<import('./sending.js').Delivery>} */ (outboxes.get(address));
};

if (!customElements.get('lead-form')) customElements.define('lead-form', LeadForm);

export { LeadForm };
