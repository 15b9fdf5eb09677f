// A `<lead-form>` as the address asks for: `card`, `lang`, `dir`, `count`, `events`, and every attribute
// of the element. What it tells the page is kept in `said`; with `stay` the page deals with the route.

const { lang = 'en', dir = 'ltr', card = 'b2b-software', count = 1, events = '[]', stay, ...attributes } = Object.fromEntries(new URLSearchParams(location.search));
Object.assign(document.documentElement, { lang, dir });

const said = (window.said = []);
for (const name of ['change', 'question', 'verdict', 'routed', 'delivered', 'error']) {
  document.addEventListener(`leadfit:${name}`, (event) => {
    said.push({ type: event.type, detail: event.detail });
    if (stay && name === 'routed') event.preventDefault();
  });
}

const { LeadForm } = await import('/leadfit/form/define.js');
window.LeadForm = LeadForm;
const facts = { events: JSON.parse(events) };
for (const form of document.querySelectorAll('lead-form')) form.facts = facts;
for (let index = document.querySelectorAll('lead-form').length; index < count; index++) {
  const form = document.createElement('lead-form');
  form.setAttribute('src', card.includes('/') ? card : `/sample/${card}.leadfit`);
  form.setAttribute('action', '/submit');
  for (const [name, value] of Object.entries(attributes)) form.setAttribute(name, value);
  form.facts = facts;
  document.querySelector('main').append(form);
}
