// The landing page. Without scripts or WebAssembly its form posts as any form does; with them
// `<lead-form>` scores the answers while they are typed, asks only what still matters, and the visitor
// is taken to the right place at once.

import { el, the } from './dom.js';
import { startEvents } from './panel/events.js';
import { showState, showVerdict } from './panel/panel.js';
import { startTabs } from './panel/tabs.js';
import { startLeft } from './left.js';
import { hideResult, showResult } from './result.js';
import { reader } from './text.js';

const host = the('lead-form');
const title = document.title;

/** Labels of the panel, in the language of the page. */
let read = (text) => text;
const events = startEvents(() => host.refresh?.());
host.facts = () => ({ events: events.list() });

/** Also where nothing can be scored: what was written here once must not be lost. */
async function deliver() {
  const words = await import('/leadfit/outbox/index.js');
  host.outbox = words.openOutbox({ receivers: [words.collector(new URL(host.querySelector('form').getAttribute('action'), document.baseURI).href)] });
  startLeft(host.outbox, words);
}

async function run() {
  // Without it the form posts by itself.
  await deliver().catch(() => {});
  const { LeadForm } = await import('/leadfit/form/index.js');
  // The wasm is a file beside the package here, compiled while it arrives.
  LeadForm.loader = async (src) => {
    const { Scorecard, pageFacts } = await import('/leadfit/entry-streaming.js');
    const scorecard = await Scorecard.load(src);
    read = reader(document.documentElement.lang, scorecard.defaultLanguage);
    return { scorecard, facts: pageFacts() };
  };
  await import('/leadfit/form/define.js');
}

/** What is asked, for the panel; a verdict follows. */
let plan;
host.addEventListener('leadfit:question', ({ detail }) => (plan = detail));

host.addEventListener('leadfit:verdict', ({ detail: { verdict, final } }) => {
  showVerdict(verdict, read, plan);
  if (final) return;
  events.freeze(false);
  showState('live');
});

host.addEventListener('leadfit:error', ({ detail: { error, during } }) => {
  // Everything else the form says by itself.
  if (during === 'load') off(error);
});

/** What became of the answers: words for the visitor. */
const arrived = {
  delivered: 'Your answers have been sent.',
  kept: 'Your answers are safe and on their way.',
};
let became = '';
host.addEventListener('leadfit:delivered', ({ detail: { state } }) => (became = arrived[state] ?? arrived.delivered));

host.addEventListener('leadfit:routed', (event) => {
  event.preventDefault();
  history.pushState({ sent: true }, '');
  const { verdict, next } = event.detail;
  the('#asking').hidden = true;
  const heading = the('h2', showResult(verdict, next));
  the('#status').textContent = became;
  document.title = `${heading.textContent} · Tallowmere`;
  heading.focus();
  events.freeze(true);
  showState('frozen', 'As it was when the answers were sent.');
});

function showForm() {
  hideResult();
  the('#asking').hidden = false;
  the('#status').textContent = '';
  document.title = title;
  host.reopen();
  the('#start').focus();
}

the('#back').addEventListener('click', () => history.back());
addEventListener('popstate', ({ state }) => {
  if (!state?.sent && the('#asking').hidden) showForm();
});
// Links to the form lead to it even where the answer stands in its place.
for (const link of document.querySelectorAll('a[href="#start"]')) link.addEventListener('click', () => the('#asking').hidden && showForm());
// After a reload nothing is known of what was sent, and the form is there again.
if (history.state?.sent) history.replaceState(null, '');

/** @param {unknown} fault */
function off(fault) {
  showState('off', 'The form posts by itself; nothing is scored.');
  the('#pane-reasons').replaceChildren(el('p', { class: 'dim' }, fault instanceof Error ? fault.message : String(fault)));
}

startTabs();
await run().catch((fault) => {
  host.dataset.state = 'off';
  off(fault);
});
