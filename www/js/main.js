// The landing page. Without scripts or WebAssembly its form posts as any form does; with them the
// answers are scored while they are typed, and the visitor is taken to the right place at once.

import { el, the } from './dom.js';
import { clearErrors, showErrors } from './errors.js';
import { layOut } from './fields.js';
import { startEvents } from './panel/events.js';
import { showState, showVerdict } from './panel/panel.js';
import { startTabs } from './panel/tabs.js';
import { applying, follow } from './questions.js';
import { hideResult, showResult } from './result.js';
import { send } from './send.js';
import { reader } from './text.js';
import { faultsOf } from './validate.js';

const form = the('#lead');
const title = document.title;

async function run() {
  const { Scorecard, pageFacts } = await import('/leadfit/entry-streaming.js');
  const card = await Scorecard.load(new URL('sample/b2b-software.leadfit', document.baseURI));
  const read = reader(document.documentElement.lang, card.defaultLanguage);
  const say = (text) => (the('#status').textContent = text);
  const facts = pageFacts();
  const events = startEvents(update);
  const lead = () => ({ ...facts, ...card.leadFrom(form), events: events.list() });

  /** The verdict that was sent; nothing changes it. @type {import('/leadfit/types.js').Verdict | undefined} */
  let sent;
  let sending = false;

  const asked = card.questions.filter(({ forms }) => forms.length === 0 || forms.includes(form.elements.namedItem('form').value));
  layOut(the('.fields', form), asked, read);
  const settle = follow(form, () => applying(card, lead(), Date.now()), say);
  form.noValidate = true;

  function update() {
    if (!sent) showVerdict(card.evaluate(lead(), { now: Date.now() }), read);
  }
  form.addEventListener('input', update);
  // A question that goes takes its answer along, which is no input.
  new MutationObserver(update).observe(form, { subtree: true, attributeFilter: ['data-asked'] });

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (sending) return;
    settle();
    clearErrors();
    const verdict = card.evaluate(lead(), { now: Date.now() });
    const faults = faultsOf(form, verdict);
    if (faults.length > 0) return showErrors(faults);

    sending = true;
    sent = verdict;
    const given = new FormData(form);
    say('Sending your answers.');
    showSending(true);
    const arrived = await send(form);
    sending = false;
    showSending(false);
    if (arrived) {
      history.pushState({ sent: true }, '');
      return showSent(verdict, given);
    }
    sent = undefined;
    say('');
    update();
    showErrors([], 'Your answers did not get through. Check your connection and press Continue again; nothing you typed is lost.');
  });

  /** @param {import('/leadfit/types.js').Verdict} verdict @param {FormData} given */
  function showSent(verdict, given) {
    the('#asking').hidden = true;
    const heading = the('h2', showResult(verdict, given, read));
    say('Your answers have been sent.');
    document.title = `${heading.textContent} · Tallowmere`;
    heading.focus();
    events.freeze(true);
    showVerdict(verdict, read);
    showState('frozen', 'As it was when the answers were sent.');
  }

  function showForm() {
    hideResult();
    the('#asking').hidden = false;
    sent = undefined;
    say('');
    document.title = title;
    the('#start').focus();
    events.freeze(false);
    showState('live');
    update();
  }

  the('#back').addEventListener('click', () => history.back());
  addEventListener('popstate', ({ state }) => {
    if (!state?.sent && the('#asking').hidden) showForm();
  });
  // Links to the form lead to it even where the answer stands in its place.
  for (const link of document.querySelectorAll('a[href="#start"]')) link.addEventListener('click', () => the('#asking').hidden && showForm());
  // After a reload nothing is known of what was sent, and the form is there again.
  if (history.state?.sent) history.replaceState(null, '');

  startTabs();
  events.freeze(false);
  showState('live');
  update();
}

/** @param {boolean} on */
function showSending(on) {
  const button = the('[type=submit]', form);
  button.setAttribute('aria-disabled', String(on));
  button.replaceChildren(on ? 'Sending …' : 'Continue');
}

await run().catch((fault) => {
  // The form is untouched and posts by itself.
  form.noValidate = false;
  for (const field of form.querySelectorAll('[data-after]')) field.dataset.asked = '';
  showState('off', 'The form posts by itself; nothing is scored.');
  the('#pane-reasons').replaceChildren(el('p', { class: 'dim' }, fault instanceof Error ? fault.message : String(fault)));
});
