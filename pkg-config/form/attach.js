// Makes a form that is there already one that routes: it stays what it is, looks as it did and goes
// where it went.

import { go, nextOf } from './action.js';
import { Asking } from './asking.js';
import { Attention } from './attention.js';
import { controlsIn, fieldAt, fill, questionAt } from './controls.js';
import { emit } from './events.js';
import { renamer } from './names.js';
import { Session } from './session.js';
import { grow, h } from './tree.js';
import { translator } from './words.js';

/** @typedef {import('../types.js').Lead} Lead */
/** @typedef {import('../types.js').Verdict} Verdict */
/** @typedef {'score' | 'fit' | 'engagement' | 'grade' | 'stage' | 'route' | 'owner' | 'receipt' | 'next'} Told what a field may carry: of a verdict, or as `next` the address that it leads to */
/** @typedef {{ verdict: Verdict, lead: Lead, next: import('./action.js').Next }} Moment */

/**
 * @typedef {object} AttachOptions
 * @property {import('../leadfit.js').Scorecard} scorecard
 * @property {import('./session.js').Facts | (() => import('./session.js').Facts)} [facts] what is known beside the form
 * @property {Record<string, string>} [fields] names of the form's fields that mean something else: question or fact by name
 * @property {Record<string, Told>} [hidden] hidden fields to add when the form is sent, by name
 * @property {number} [now] milliseconds since 1970; by default the moment of attaching
 * @property {number} [perStep] open questions that stand there at once. Default 2
 * @property {number} [budget] most questions that are asked, required ones aside
 * @property {boolean} [route] whether the visitor is led on after the form was sent; for forms that do not leave the page by themselves. Default true
 * @property {import('./sending.js').Delivery} [outbox] delivers in place of the form
 * @property {string} [ticket] address of the collector's `GET /ticket`, for what `outbox` delivers
 * @property {AbortSignal} [signal] ends it
 */

/**
 * A form that routes.
 *
 * @typedef {object} Attached
 * @property {HTMLFormElement} form
 * @property {Lead} lead as it stands
 * @property {Verdict} verdict as it stands. Not for visitors
 * @property {() => void} refresh looks at facts and answers anew
 * @property {(told: Told) => string} said what a field may carry, as it stands
 * @property {() => boolean} routed says that the form was sent: leads the visitor on, by a listener of `leadfit:routed` or by itself; false where neither does
 * @property {() => void} detach
 */

/** So that no form is attached twice, however often a script runs. @type {WeakMap<HTMLFormElement, Attached>} */
const attached = new WeakMap();

/**
 * Attaches to a form, or to all that a selector finds now and later: forms that a script brings, or
 * that come and go as visitors move about the site.
 *
 * @param {HTMLFormElement | string} target
 * @param {AttachOptions} options
 * @returns {Attached | { detach: () => void }}
 */
export function attach(target, options) {
  if (typeof target !== 'string') return attached.get(target) ?? one(target, options);
  /** @type {Map<HTMLFormElement, Attached>} */
  const mine = new Map();
  const look = () => {
    for (const [form, { detach }] of mine) if (!form.isConnected && mine.delete(form)) detach();
    for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll(target))) if (form.matches('form') && !attached.has(form)) mine.set(form, one(form, options));
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
  look();
  const detach = () => {
    observer.disconnect();
    for (const each of mine.values()) each.detach();
  };
  options.signal?.addEventListener('abort', detach);
  return { detach };
}

/** @param {HTMLFormElement} form @param {AttachOptions} options @returns {Attached} */
function one(form, { scorecard, facts = {}, fields = {}, hidden = {}, now = Date.now(), perStep = 2, budget, route = true, outbox, ticket, signal }) {
  const life = new AbortController();
  const session = new Session({ scorecard, form, now, budget, ticket, named: false, rename: renamer(scorecard, form, fields), facts: () => (typeof facts === 'function' ? facts() : facts) });
  const asking = new Asking(session, { stepped: false, perStep });
  const language = (/** @type {HTMLElement | null} */ (form.closest('[lang]'))?.lang) || 'en';
  /** What was sent: the form may be empty by the time that its success is told. @type {Moment | undefined} */
  let sent;
  let sending = false;

  const moment = () => momentOf(scorecard, session.lead(), now, language);
  const tell = () => {
    const { lead, verdict } = moment();
    emit(form, 'leadfit:change', { lead });
    emit(form, 'leadfit:verdict', { verdict, lead, final: false });
  };
  /** @param {HTMLElement | null} [current] */
  const settle = (current = null) => {
    attention.rested();
    const { plan, changed } = asking.settle(current ?? fieldAt(document.activeElement));
    if (!changed) return;
    emit(form, 'leadfit:question', { asked: plan.ask, shown: [...session.fields()].filter(([, field]) => !field.hidden).map(([id]) => id), settled: plan.settled, destinations: plan.destinations, remaining: plan.remaining });
  };
  const attention = new Attention({
    typed: tell,
    changed: () => {},
    passed: (field) => void session.passed.add(questionAt(field)),
    settle,
  });

  /** @param {Event} event */
  async function submitted(event) {
    // Whatever goes wrong here, the form goes its way.
    try {
      sent = moment();
      const { lead, verdict } = sent;
      if (!emit(form, 'leadfit:verdict', { verdict, lead, final: true }, true)) return event.preventDefault();
      tellForm(form, sent, hidden);
      // What was filled in just now, and the press itself, say nothing new.
      attention.rested();
    } catch (error) {
      return void emit(form, 'leadfit:error', { error, during: 'score' }, true);
    }
    if (!outbox) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (sending) return;
    sending = true;
    const draft = session.draft({ lead: sent.lead, verdict: sent.verdict, language });
    const { id, state } = await outbox.submit(draft, { lead: sent.lead, verdict: sent.verdict, form }).catch(() => ({ id: undefined, state: /** @type {const} */ ('unsent') }));
    sending = false;
    if (state === 'unsent' || state === 'parked') return void emit(form, 'leadfit:error', { error: new Error(`leadfit: ${state}`), during: 'deliver' }, true);
    emit(form, 'leadfit:delivered', { id, state, draft });
    session.shown();
    self.routed();
  }

  const self = {
    form,
    get lead() {
      return session.lead();
    },
    get verdict() {
      return moment().verdict;
    },
    refresh() {
      settle();
      tell();
    },
    said: (/** @type {Told} */ told) => said(moment(), told),
    routed() {
      const { lead, verdict, next } = sent ?? moment();
      // Words about what comes next the form has itself.
      // Some makers take the form out of the page before they tell that it was sent.
      const from = form.isConnected ? form : document;
      return !emit(from, 'leadfit:routed', { route: verdict.route, next, verdict, lead, form }, true) || (route && go(next));
    },
    detach() {
      life.abort();
      attached.delete(form);
    },
  };
  attached.set(form, self);
  signal?.addEventListener('abort', self.detach);
  attention.follow(form, life.signal);
  // Before the form's own scripts, which may send it at once.
  form.addEventListener('submit', submitted, { signal: life.signal, capture: true });
  settle();
  tell();
  return self;
}

/**
 * Writes the verdict into the form's hidden fields: those that ask for it, and those to be added.
 *
 * @param {HTMLFormElement} form
 * @param {Moment} moment
 * @param {Record<string, Told>} hidden
 */
function tellForm(form, moment, hidden) {
  for (const [name, told] of Object.entries(hidden)) {
    const there = controlsIn(form).find((control) => control.name === name);
    if (there) fill(there, said(moment, told));
    else form.append(grow(h('input', { type: 'hidden', name, value: said(moment, told) })));
  }
  for (const control of controlsIn(form)) {
    const told = /** @type {Told | undefined} */ (control.dataset.leadfitVerdict);
    if (told) fill(control, said(moment, told));
  }
}

/**
 * @param {import('../leadfit.js').Scorecard} scorecard
 * @param {Lead} lead
 * @param {number} now
 * @param {string} language
 * @returns {Moment}
 */
function momentOf(scorecard, lead, now, language) {
  const verdict = scorecard.evaluate(lead, { now });
  return { lead, verdict, next: nextOf(scorecard, verdict, lead, translator(language, scorecard.defaultLanguage)) };
}

/** @type {Partial<Record<Told, (moment: Moment) => unknown>>} */
const tellings = {
  route: ({ verdict }) => verdict.route.id,
  stage: ({ verdict }) => verdict.stage?.id,
  owner: ({ verdict }) => verdict.receipt.owner,
  receipt: ({ verdict }) => JSON.stringify(verdict.receipt),
  next: ({ next }) => next.url,
};

/** @param {Moment} moment @param {Told} told */
const said = (moment, told) => String((tellings[told]?.(moment) ?? /** @type {any} */ (moment.verdict)[told]) ?? '');

/**
 * Leads whoever clicks a button or link with `data-leadfit-route` to where their lead goes. Its value
 * may select a form; its own address holds where there is nowhere else to go.
 *
 * @param {Pick<AttachOptions, 'scorecard' | 'facts' | 'now' | 'signal'> & { inside?: Node }} options
 */
export function attachRoutes({ scorecard, facts = {}, now, signal, inside = document }) {
  inside.addEventListener(
    'click',
    (event) => {
      const link = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest?.('[data-leadfit-route]'));
      const { button, metaKey, ctrlKey, shiftKey } = /** @type {MouseEvent} */ (event);
      if (!link || button || metaKey || ctrlKey || shiftKey || event.defaultPrevented) return;
      const selector = link.dataset.leadfitRoute;
      const form = /** @type {HTMLFormElement | null} */ (selector ? document.querySelector(selector) : null);
      const lead = (form && attached.get(form)?.lead) ?? { ...(typeof facts === 'function' ? facts() : facts), ...(form && scorecard.leadFrom(form)) };
      const { verdict, next } = momentOf(scorecard, lead, now ?? Date.now(), document.documentElement.lang);
      if (!emit(link, 'leadfit:routed', { route: verdict.route, next, verdict, lead }, true) || go(next)) event.preventDefault();
    },
    { signal },
  );
}
