// What a receiver refused for good, on this visit or an earlier one: it is shown until the visitor has
// done something about it, and offered to be copied, mailed, sent again or deleted.

import { el, the } from './dom.js';

/** To whom a refused submission is mailed, and about what. */
const address = 'hello@tallowmere.example';
const subject = 'My answers from your page';

/**
 * @param {import('/leadfit/outbox/index.js').Outbox} outbox
 * @param {typeof import('/leadfit/outbox/index.js')} words how a submission becomes text
 */
export function startLeft(outbox, { mailOf, textOf }) {
  const part = the('#left');
  const told = the('#left-told');
  /** @param {string} text */
  const tell = (text) => void (told.textContent = text);

  /** @param {import('/leadfit/outbox/index.js').Entry} entry */
  function item({ id, at, submission }) {
    const text = textOf(submission);
    const words = el('pre', { class: 'scroll', tabindex: '0', 'aria-label': 'Your answers' }, text);
    /** @param {string} label @param {() => unknown} work */
    const button = (label, work) => {
      const made = el('button', { type: 'button', class: 'link' }, label);
      made.addEventListener('click', work);
      return made;
    };
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(text);
        tell('Copied.');
      } catch {
        // Where no page may: what is chosen can be copied by hand.
        words.parentElement?.setAttribute('open', '');
        getSelection()?.selectAllChildren(words);
        tell('Your answers are marked below: copy them from there.');
      }
    };
    const again = async () => {
      tell('Sending again …');
      await outbox.retry(id);
      tell((await refused()).some((entry) => entry.id === id) ? 'They were refused again. Please copy or mail them.' : 'They have been sent.');
    };
    const when = new Date(at);
    return el('li', {},
      el('p', {}, 'Written on ', el('time', { datetime: at }, when.toLocaleString(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' }))),
      el('p', { class: 'left-ways' }, button('Copy', copy), el('a', { class: 'link', href: mailOf(submission, address, subject) }, 'Mail them to us'), button('Send again', again), button('Delete', () => outbox.discard(id).then(() => tell('Deleted from this device.')))),
      el('details', {}, el('summary', {}, 'What they say'), words),
    );
  }

  /** What was told last: what lies in the outbox may be a moment behind it. @type {Map<string, string>} */
  const states = new Map();
  const refused = async () => (await outbox.list()).filter(({ id, deliveries }) => deliveries.some(({ to, state }) => (states.get(`${id} ${to}`) ?? state) === 'parked'));

  /** What stands there now, so that nothing is made anew under somebody's hands. */
  let shown = '';
  async function show() {
    const entries = await refused();
    const ids = entries.map(({ id }) => id).join();
    if (ids === shown) return;
    // Whoever has just pressed a button here must not lose their place with it.
    const inside = part.contains(document.activeElement);
    shown = ids;
    the('#left-list').replaceChildren(...entries.map(item));
    part.hidden = entries.length === 0;
    if (inside) the(part.hidden ? '#start' : '#left-title').focus();
  }
  outbox.subscribe(({ id, to, state }) => {
    states.set(`${id} ${to}`, state);
    void show();
  });
  void show();
}
