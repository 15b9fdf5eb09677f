// A `<lead-form>` as the address asks for: `card`, `lang`, `dir`, and every attribute of the element.
// What it tells the page is kept in `said`.

import { LeadForm } from '/leadfit/form/define.js';

const { lang = 'en', dir = 'ltr', card = 'b2b-software', count = 1, ...attributes } = Object.fromEntries(new URLSearchParams(location.search));
Object.assign(document.documentElement, { lang, dir });

export const said = (window.said = []);
for (const name of ['change', 'question', 'verdict', 'routed', 'delivered', 'error']) {
  document.addEventListener(`leadfit:${name}`, ({ type, detail }) => said.push({ type, detail }));
}

for (let index = 0; index < count; index++) {
  const form = document.createElement('lead-form');
  form.setAttribute('src', `/sample/${card}.leadfit`);
  form.setAttribute('action', '/submit');
  for (const [name, value] of Object.entries(attributes)) form.setAttribute(name, value);
  document.querySelector('main').append(form);
}
window.LeadForm = LeadForm;
