// Registers `<lead-form>`. Importing it is all that a page has to do.

import { LeadForm } from './element.js';

/** The wasm comes with the default entry, when the first form needs it. A page that uses another entry sets a loader of its own before. */
LeadForm.loader ??= async (src) => {
  const { Scorecard, pageFacts } = await import('../entry-default.js');
  const scorecard = await Scorecard.load(src);
  return { scorecard, facts: pageFacts() };
};

if (!customElements.get('lead-form')) customElements.define('lead-form', LeadForm);

export { LeadForm };
