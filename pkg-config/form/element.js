// `<lead-form>`: the form that a visitor sees. Its fields stand in the page, in a real `<form>`.

import { pairsOf } from '../outbox/submission.js';
import { follow, nextOf } from './action.js';
import { Asking } from './asking.js';
import { Attention } from './attention.js';
import { formIn } from './build.js';
import { fieldAt, firstOf, labelOf, questionAt } from './controls.js';
import { keep, restore } from './drafts.js';
import { Errors } from './errors.js';
import { emit } from './events.js';
import { partsOf, showProgress } from './parts.js';
import { plain } from './sending.js';
import { Session, trap } from './session.js';
import { dress } from './styles.js';
import { english, textsFor } from './texts.js';
import { faultIn, tidy } from './validate.js';
import { filled, translator } from './words.js';

/** @typedef {import('../leadfit.js').Scorecard} Scorecard */
/** @typedef {import('../types.js').Lead} Lead */
/** @typedef {import('../types.js').Verdict} Verdict */
/** @typedef {import('./sending.js').Delivery} Delivery */
/** @typedef {import('./session.js').Facts} Facts */
/** @typedef {{ scorecard: Scorecard, facts?: Facts | (() => Facts) }} Loaded */

let count = 0;

const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

export class LeadForm extends Base {
  static observedAttributes = ['src', 'name', 'mode', 'per-step', 'budget', 'choices', 'collector', 'ticket'];

  /** How the scorecard at `src` is loaded. @type {((src: string) => Promise<Loaded>) | undefined} */
  static loader;

  /** How the outbox for a collector at `collector` is opened. @type {((address: string) => Promise<Delivery>) | undefined} */
  static collect;

  /** What delivers the forms of this page, where a form has nothing of its own. @type {Delivery | undefined} */
  static outbox;

  /** @type {Scorecard | undefined} */ #scorecard;
  /** @type {Loaded['facts']} */ #facts;
  /** @type {Partial<import('./texts.js').Texts>} */ #ownTexts = {};
  /** @type {number | undefined} */ #now;
  /** @type {Delivery | undefined} */ #outbox;
  /** @type {Delivery | undefined} */ #collector;

  #texts = english;
  /** @type {import('./parts.js').Parts} */ #parts;
  /** @type {HTMLFormElement | undefined} */ #form;
  /** @type {Session | undefined} */ #session;
  /** @type {Asking | undefined} */ #asking;
  /** What ends with the time that the element is in a page. */
  #life = new AbortController();
  #prefix = `lead-${(count += 1)}-`;
  /** @type {Errors} */ #errors;
  #starts = 0;
  #sending = false;
  #attention = new Attention({
    typed: () => {
      // So that the button never says that there is more while it sends.
      if (this.#stepped) this.#settle();
      this.#changed();
    },
    changed: (field) => this.#answered(field),
    // Step by step, the button passes what stands there.
    passed: (field) => this.#stepped || this.#session?.passed.add(questionAt(field)),
    settle: (field) => void this.#settle(field),
  });

  constructor() {
    super();
    this.#parts = partsOf(this.attachShadow({ mode: 'open' }));
    this.#errors = new Errors(this.#parts.summary, this.#prefix);
    this.#parts.submit.addEventListener('click', () => this.#submit());
    this.#parts.back.addEventListener('click', () => this.#back());
  }

  connectedCallback() {
    for (const name of ['scorecard', 'facts', 'outbox', 'texts', 'now']) this.#upgrade(name);
    this.#life = new AbortController();
    dress(/** @type {ShadowRoot} */ (this.shadowRoot), this.getRootNode());
    // While a page is still read, the fields inside may not be there.
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => this.#start(), { once: true, signal: this.#life.signal });
    else this.#start();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  attributeChangedCallback() {
    if (this.isConnected && this.#starts > 0) this.#restart();
  }

  /** Properties that were set before the element was known. @param {string} name */
  #upgrade(name) {
    if (!Object.hasOwn(this, name)) return;
    const value = /** @type {any} */ (this)[name];
    delete (/** @type {any} */ (this)[name]);
    /** @type {any} */ (this)[name] = value;
  }

  // ---- what a page may set and read

  /** The scorecard; goes before `src`. @returns {Scorecard | undefined} */
  get scorecard() {
    return this.#scorecard;
  }
  set scorecard(scorecard) {
    this.#scorecard = scorecard;
    if (this.isConnected) this.#restart();
  }

  /** What is known beside the form, and beside what the page tells of the visit: events, answers of earlier visits. A function is asked each time. @returns {Loaded['facts']} */
  get facts() {
    return this.#facts;
  }
  set facts(facts) {
    this.#facts = facts;
    this.refresh();
  }

  /** Words in place of the built-in ones. @returns {Partial<import('./texts.js').Texts>} */
  get texts() {
    return this.#ownTexts;
  }
  set texts(texts) {
    this.#ownTexts = { ...texts };
    if (this.#session) this.#restart();
  }

  /** What delivers it: an outbox of `leadfit/outbox`, or whatever has its `submit`. Without one, the form is posted to its own address. @returns {Delivery | undefined} */
  get outbox() {
    return this.#outbox;
  }
  set outbox(outbox) {
    this.#outbox = outbox;
  }

  /** The moment at which the lead is seen, in milliseconds since 1970: when the form was first shown. @returns {number | undefined} */
  get now() {
    return this.#session?.now ?? this.#now;
  }
  set now(now) {
    this.#now = now;
    if (this.#session) this.#restart();
  }

  /** The form. @returns {HTMLFormElement | undefined} */
  get form() {
    return this.#form;
  }

  /** The lead as it stands. @returns {Lead | undefined} */
  get lead() {
    return this.#session?.lead();
  }

  /** The verdict as it stands. Not for visitors. @returns {Verdict | undefined} */
  get verdict() {
    return this.#session?.verdict();
  }

  /** Looks at facts and answers anew, for facts that changed beside the form. */
  refresh() {
    if (!this.#session || this.#sending) return;
    this.#settle();
    this.#changed();
  }

  /** Shows the form again after it was sent, as it was. */
  reopen() {
    this.#parts.outcome.hidden = true;
    if (this.#form) this.#form.hidden = false;
    this.#state('asking');
    this.#session?.shown();
    this.refresh();
  }

  // ---- start

  #restart() {
    this.#life.abort();
    this.#life = new AbortController();
    this.#session = undefined;
    this.#start();
  }

  /** @param {'loading' | 'asking' | 'sending' | 'sent' | 'off'} state */
  #state(state) {
    this.setAttribute('data-state', state);
    const own = state === 'asking' || state === 'sending';
    this.#parts.buttons.hidden = !own;
    if (!own) this.#parts.progress.hidden = true;
    for (const button of [this.#parts.submit, ...this.querySelectorAll('[type=submit]')]) button.setAttribute('aria-disabled', String(state === 'sending'));
  }

  async #start() {
    if (this.#session) return this.#listen();
    const src = this.getAttribute('src');
    if (!this.#scorecard && !src) return;
    const start = (this.#starts += 1);
    this.#state('loading');
    try {
      // The outbox does not wait for the rest: what lies in it is sent now, and it is there if the rest is not.
      const collecting = this.#collecting();
      const [loaded, texts] = await Promise.all([this.#scorecard ? { scorecard: this.#scorecard } : this.#load(/** @type {string} */ (src)), textsFor(this.#language)]);
      await collecting;
      // Something newer began, or the element left the page, while this was fetched.
      if (start !== this.#starts || !this.isConnected) return;
      this.#texts = { ...texts, ...this.#ownTexts };
      this.#begin(loaded.scorecard, /** @type {Loaded} */ (loaded).facts);
    } catch (error) {
      if (start !== this.#starts) return;
      this.#fail(error, 'load');
      this.#unscored();
    }
  }

  /** Opens the outbox of the collector that the page names. */
  async #collecting() {
    const address = this.getAttribute('collector');
    if (address === null || this.#outbox) return;
    const { collect } = /** @type {typeof LeadForm} */ (this.constructor);
    this.#collector = await collect?.(new URL(address || (this.querySelector('form')?.getAttribute('action') ?? ''), document.baseURI).href).catch(() => undefined);
  }

  /** What delivers this form. */
  get #delivery() {
    return this.#outbox ?? this.#collector ?? /** @type {typeof LeadForm} */ (this.constructor).outbox;
  }

  /** Nothing is scored: the page's own form is untouched and posts by itself, so that a server leads on. Offline it is kept, where there is an outbox. */
  #unscored() {
    const form = this.querySelector('form');
    form?.addEventListener(
      'submit',
      async (event) => {
        if (navigator.onLine || !this.#delivery) return;
        event.preventDefault();
        const page = { url: location.href.split('#', 1)[0], title: document.title };
        const draft = { pairs: pairsOf(form).filter(([name]) => name !== trap), form: String(new FormData(form).get('form') ?? '') || undefined, page };
        const { id, state } = await this.#delivery.submit(draft, { form });
        if (state === 'unsent' || state === 'parked') return this.#failed(state);
        this.#state('sent');
        if (!emit(this, 'leadfit:delivered', { id, state, draft }, true)) return;
        this.#thank();
      },
      { signal: this.#life.signal },
    );
  }

  /** @param {string} src @returns {Promise<Loaded>} */
  #load(src) {
    const { loader } = /** @type {typeof LeadForm} */ (this.constructor);
    if (!loader) throw new Error('lead-form: nothing loads `src`; import `leadfit/form/define`, or set `LeadForm.loader`, or the property `scorecard`');
    return loader(new URL(src, document.baseURI).href);
  }

  get #stepped() {
    return this.getAttribute('mode') === 'steps';
  }

  get #language() {
    const near = /** @type {HTMLElement | null} */ (this.closest('[lang]'));
    return near?.lang || document.documentElement.lang || 'en';
  }

  /** @param {Scorecard} scorecard @param {Loaded['facts']} visit */
  #begin(scorecard, visit) {
    const stepped = this.#stepped;
    const number = (/** @type {string} */ name) => Number(this.getAttribute(name)) || undefined;
    const language = this.#language;
    const form = formIn(this, scorecard, { read: translator(language, scorecard.defaultLanguage), texts: this.#texts, prefix: this.id ? `${this.id}-` : this.#prefix, language, choices: /** @type {any} */ (this.getAttribute('choices') ?? undefined) });
    const session = new Session({
      scorecard,
      form,
      now: this.#now ?? Date.now(),
      facts: () => ({ ...told(visit), ...told(this.#facts) }),
      named: true,
      budget: number('budget'),
      ticket: this.getAttribute('ticket'),
    });
    this.#form = form;
    this.#session = session;
    this.#scorecard = scorecard;
    this.#asking = new Asking(session, { stepped, perStep: number('per-step') ?? (stepped ? 1 : 2) });
    form.noValidate = true;
    if (this.getAttribute('drafts') !== 'off') restore(this.#draft, form);
    this.#parts.submit.hidden = form.querySelector('[type=submit], button:not([type=button], [type=reset])') !== null;
    this.#parts.back.textContent = this.#texts.back;
    this.#state('asking');
    this.#listen();
    this.#settle(null, true);
    this.#changed();
  }

  get #draft() {
    return this.id || this.getAttribute('name') || 'form';
  }

  // ---- while the visitor answers

  #listen() {
    const form = /** @type {HTMLFormElement} */ (this.#form);
    const { signal } = this.#life;
    this.#attention.follow(form, signal);
    form.addEventListener('keydown', (event) => this.#key(event), { signal });
    form.addEventListener('submit', (event) => this.#submitted(event), { signal });
  }

  /** @param {HTMLElement} field */
  #answered(field) {
    tidy(field);
    this.#errors.mended(field, () => faultIn(field, this.#texts, /** @type {Session} */ (this.#session).verdict().signals));
  }

  /** A form whose button stands in a shadow has none by which Enter could send it. @param {KeyboardEvent} event */
  #key(event) {
    const sends = event.key === 'Enter' && !event.isComposing && /** @type {Element} */ (event.target).matches('input:not([type=submit], [type=button], [type=reset])');
    if (!sends || this.#parts.submit.hidden || event.defaultPrevented) return;
    event.preventDefault();
    this.#submit();
  }

  /** As a submit button does. */
  #submit() {
    if (this.#form) HTMLFormElement.prototype.requestSubmit.call(this.#form);
  }

  /** @param {HTMLElement | null} [current] @param {boolean} [first] */
  #settle(current = null, first = false) {
    this.#attention.rested();
    const session = this.#session;
    const asking = this.#asking;
    if (!session || !asking) return { last: true, appeared: [] };
    const focused = fieldAt(document.activeElement);
    const { plan, appeared, last, changed } = asking.settle(current ?? focused);
    this.#parts.submit.textContent = last ? this.#texts.send : this.#texts.next;
    this.#parts.back.hidden = !asking.canGoBack;
    if (this.#stepped) showProgress(this.#parts.progress, asking.progress(plan), this.#texts);
    if (!first) for (const field of appeared) field.setAttribute('data-leadfit-new', '');
    if (changed) {
      if (!first && appeared.length > 0 && !this.#stepped) this.#say(appeared.map((field) => filled(this.#texts.asked, { label: labelOf(field) })).join(' '));
      emit(this, 'leadfit:question', { asked: plan.ask, shown: [...session.fields()].filter(([, field]) => !field.hidden).map(([id]) => id), settled: plan.settled, destinations: plan.destinations, remaining: plan.remaining });
      if (!first) this.#changed();
    }
    return { last, appeared };
  }

  #changed() {
    const session = /** @type {Session} */ (this.#session);
    const lead = session.lead();
    emit(this, 'leadfit:change', { lead });
    emit(this, 'leadfit:verdict', { verdict: session.verdict(lead), lead, final: false });
    if (this.getAttribute('drafts') !== 'off') keep(this.#draft, /** @type {HTMLFormElement} */ (this.#form));
  }

  /** @param {string} text for those who do not see the form change */
  #say(text) {
    this.#parts.status.textContent = text;
  }

  // ---- errors

  /** @param {{ emailKind?: string | null }} signals @returns {import('./validate.js').Fault[]} in the order of the form */
  #faultsIn(signals) {
    const form = /** @type {HTMLFormElement} */ (this.#form);
    const fields = new Set(/** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll('[data-leadfit-question]')));
    return [...fields].flatMap((field) => {
      const control = firstOf(field);
      const message = field.hidden ? '' : faultIn(field, this.#texts, signals);
      return control && message ? [{ field, control, message }] : [];
    });
  }

  // ---- sending

  /** @param {SubmitEvent} event */
  async #submitted(event) {
    const session = /** @type {Session} */ (this.#session);
    const asking = /** @type {Asking} */ (this.#asking);
    event.preventDefault();
    if (this.#sending) return;
    /** @type {Lead} */
    let lead = {};
    /** @type {HTMLElement[]} */
    let appeared = [];
    let verdict;
    try {
      ({ appeared } = this.#settle());
      lead = session.lead();
      verdict = session.verdict(lead);
    } catch (error) {
      // What cannot be scored is sent all the same; a server scores it.
      this.#fail(error, 'score');
    }
    const faults = this.#faultsIn(verdict?.signals ?? {});
    if (faults.length > 0) return this.#errors.show(faults, this.#texts);
    this.#errors.clear();
    // Enter may be pressed in the very field whose answer brings up another question.
    if (appeared.length > 0 && !this.#stepped) return firstOf(appeared[0])?.focus();
    asking.pass();
    if (verdict && asking.forward()) {
      this.#settle();
      return this.#enter();
    }
    return this.#send(lead, verdict);
  }

  #back() {
    this.#errors.clear();
    this.#asking?.back();
    this.#settle();
    this.#enter();
  }

  /** The keyboard goes to the first question of the step. */
  #enter() {
    const field = [.../** @type {Session} */ (this.#session).fields().values()].find((field) => !field.hidden);
    if (field) firstOf(field)?.focus();
  }

  /** @param {Lead} lead @param {Verdict | undefined} verdict */
  async #send(lead, verdict) {
    const form = /** @type {HTMLFormElement} */ (this.#form);
    const session = /** @type {Session} */ (this.#session);
    if (verdict && !emit(this, 'leadfit:verdict', { verdict, lead, final: true }, true)) return;
    const draft = session.draft({ lead, verdict, language: this.#language });
    this.#sending = true;
    this.#state('sending');
    this.#say(this.#texts.sending);
    /** @type {import('./sending.js').Submitted} */
    const { id, state } = await (this.#delivery ?? plain).submit(draft, { lead, verdict, form }).catch((error) => ({ state: 'unsent', error }));
    this.#sending = false;
    if (state === 'unsent' || state === 'parked') {
      this.#state('asking');
      this.#settle();
      this.#say('');
      return this.#failed(state);
    }
    this.#state('sent');
    this.#say(state === 'kept' ? this.#texts.kept : this.#texts.sent);
    emit(this, 'leadfit:delivered', { id, state, draft });
    if (verdict) this.#route(lead, verdict);
    else this.#thank();
  }

  /** Where nobody knows what comes next. */
  #thank() {
    const form = this.querySelector('form');
    if (form) form.hidden = true;
    follow({ kind: 'thankYou', url: undefined, message: '', element: undefined, list: undefined }, this.#texts, this.#parts.outcome);
  }

  /** @param {string} state */
  #failed(state) {
    if (this.#fail(new Error(`lead-form: ${state}`), 'deliver')) this.#errors.show([], this.#texts, this.#texts.failed);
  }

  /** @param {Lead} lead @param {Verdict} verdict */
  #route(lead, verdict) {
    const scorecard = /** @type {Scorecard} */ (this.#scorecard);
    const next = nextOf(scorecard, verdict, lead, translator(this.#language, scorecard.defaultLanguage));
    if (!emit(this, 'leadfit:routed', { route: verdict.route, next, verdict, lead, form: this.#form }, true)) return;
    /** @type {HTMLFormElement} */ (this.#form).hidden = true;
    follow(next, this.#texts, this.#parts.outcome);
  }

  /** @param {unknown} error @param {'load' | 'score' | 'deliver'} during @returns {boolean} false where the page deals with it */
  #fail(error, during) {
    if (during === 'load') this.#state('off');
    return emit(this, 'leadfit:error', { error, during }, true);
  }
}

/** @param {Loaded['facts']} facts */
const told = (facts) => (typeof facts === 'function' ? facts() : facts);
