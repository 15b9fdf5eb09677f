// Forms of others, attached. Each line under a form is for this page's readers only: visitors never
// see where they are sent before they are.

import { el, the } from './dom.js';

const { Scorecard, pageFacts } = await import('/leadfit/entry-streaming.js');
const { attach, attachHubSpot, attachMarketo, attachRoutes, attachSite } = await import('/leadfit/form/index.js');

const scorecard = await Scorecard.load(new URL('../sample/b2b-software.leadfit', document.baseURI));
const facts = { ...pageFacts(), events: [{ type: 'demoRequest', at: new Date().toISOString() }] };
const common = { scorecard, facts };

/** Where each form or link stands: some makers take their form out of the page before they tell that it was sent. @type {WeakMap<object, Element | null>} */
const cards = new WeakMap();

/** What a form says stands under it. @param {any} from @param {...(Node | string)} words */
function tell(from, ...words) {
  if (!cards.has(from)) cards.set(from, from.closest('.card'));
  cards.get(from)?.querySelector('.told')?.replaceChildren(...words);
}
const heads = (id) => ['leads to ', el('b', {}, id)];
document.addEventListener('leadfit:verdict', ({ target, detail: { verdict, final } }) => final || tell(target, ...heads(verdict.route.id)));
document.addEventListener('leadfit:routed', (event) => {
  const { target, detail } = event;
  // Here the visitor stays, so that all forms can be tried.
  event.preventDefault();
  tell(detail.form ?? target, 'sent; ', ...heads(detail.route.id), detail.next.url ? `, ${detail.next.url.pathname}` : '');
});

attach(the('#plain'), { ...common, outbox: plainPost() });
attach(the('#salesforce'), { ...common, hidden: { '00N000000000001': 'grade', retURL: 'next' } });
attach('#controlled', common);
attachSite('#wf-form-Lead', common);
attachSite('.wpcf7 > form', { ...common, fields: { 'your-size': 'company.employees' } });
attachSite('.wpforms-form', common);
attachSite('#gform_wrapper_4 > form', common);
attachSite('.elementor-form', common);
attachRoutes(common);
attachHubSpot({ ...common, formId: 'a1b2c3d4-0000-4000-8000-000000000002', hidden: { lead_grade: 'grade' } });
attachHubSpot({ ...common, formId: 'b7c1d2e3-0000-4000-8000-000000000004', hidden: { '0-1/lead_grade': 'grade' } });

await import('/stand-ins/hubspot-v2.js');
await import('/stand-ins/hubspot-v4.js');
await import('/stand-ins/marketo.js');
await import('/stand-ins/webflow.js');
await import('/stand-ins/contact-form-7.js');
await import('/stand-ins/jquery.js');
await import('/stand-ins/wpforms.js');
await import('/stand-ins/gravity-forms.js');
await import('/stand-ins/elementor.js');
const { hydrate } = await import('/stand-ins/controlled.js');

window.hbspt.forms.create({ portalId: '12345678', formId: 'a1b2c3d4-0000-4000-8000-000000000002', target: '#hubspot-v2' });
attachMarketo({ ...common, hidden: { leadGrade: 'grade' } });
window.MktoForms2.loadForm('//app-ab00.marketo.com', '785-UHP-775', 1057);
hydrate(the('#react'));
document.documentElement.dataset.ready = '';

/** Posts as the form would, and stays on the page. */
function plainPost() {
  return {
    async submit({ pairs }) {
      const { ok } = await fetch('/submit', { method: 'POST', body: new URLSearchParams(pairs) });
      return { state: ok ? 'delivered' : 'unsent' };
    },
  };
}
