// What is known of one visitor at one form, and what the scorecard makes of it. Knows forms, but
// nothing of how they look.

import { consentsIn, leadOf, pairsOf } from '../outbox/submission.js';
import { answered, controlsIn, fieldsOf } from './controls.js';
import { ticketFrom } from './ticket.js';

/** Name of the field that people neither see nor reach. */
export const trap = 'leadfit-website';

/** @typedef {import('../leadfit.js').Scorecard} Scorecard */
/** @typedef {import('../types.js').Lead} Lead */
/** @typedef {import('../types.js').Verdict} Verdict */

/** @typedef {import('../types.js').QuestionPlan} Plan what the form asks next */

/**
 * What is known beside the form: facts of the visitor and the page, what they did, how they came, and
 * what they answered on earlier visits.
 *
 * @typedef {Partial<Lead> & { touches?: import('../outbox/submission.js').Draft['touches'] }} Facts
 */

/**
 * @typedef {object} Sources
 * @property {Scorecard} scorecard
 * @property {HTMLFormElement} form
 * @property {number} now milliseconds since 1970; fixed when the form is first shown
 * @property {() => Facts} facts
 * @property {(pairs: [string, string][]) => [string, string][]} [rename] gives names the spelling that the scorecard knows
 * @property {boolean} [named] questions are found by the names of controls, not only by marks
 * @property {number} [budget] most questions that are asked, required ones aside
 * @property {string | null} [ticket] address of the collector's `GET /ticket`
 */

export class Session {
  #sources;
  /** Questions that the visitor saw and left unanswered. @type {Set<string>} */
  passed = new Set();
  /** @type {import('./ticket.js').Ticket} */
  #ticket = {};
  #shownAt = 0;

  /** @param {Sources} sources */
  constructor(sources) {
    this.#sources = sources;
    this.shown();
  }

  /** The form is shown, for the first time or again after it was sent. */
  async shown() {
    this.#shownAt = performance.now();
    this.#ticket = {};
    const { ticket } = this.#sources;
    if (ticket) this.#ticket = await ticketFrom(ticket, this.#form());
  }

  get now() {
    return this.#sources.now;
  }

  /** Raw names and values, as a submission carries them. */
  pairs() {
    const pairs = pairsOf(this.#sources.form).filter(([name]) => name !== trap);
    return this.#sources.rename?.(pairs) ?? pairs;
  }

  /** The id of the form. */
  #form() {
    return String(new FormData(this.#sources.form).get('form') ?? '') || undefined;
  }

  /** The questions that this form may ask. */
  questions() {
    const form = this.#form();
    return this.#sources.scorecard.questions.filter(({ forms }) => forms.length === 0 || (form !== undefined && forms.includes(form)));
  }

  /** The fields of the questions that the form has. */
  fields() {
    return fieldsOf(this.#sources.form, this.#sources.scorecard.questions, this.#sources.named);
  }

  /** What a submission says beside the form. */
  #known() {
    const { attribution, answers, events, touches, ...facts } = this.#sources.facts();
    return { facts, attribution: attribution ?? undefined, touches, events: /** @type {any} */ (events ?? undefined), answers: answers ?? undefined };
  }

  /** @param {[string, string][]} [pairs] @returns {Lead} */
  lead(pairs = this.pairs()) {
    return leadOf(this.#sources.scorecard, { pairs, ...this.#known() });
  }

  /**
   * What is sent, by docs/submission.md.
   *
   * @param {{ lead: Lead, verdict: Verdict | undefined, language: string }} moment
   * @returns {import('../outbox/submission.js').Draft}
   */
  draft({ lead, verdict, language }) {
    const { scorecard, form } = this.#sources;
    const { id, revision, hash } = scorecard;
    const at = new Date(this.now).toISOString();
    return {
      at,
      form: this.#form(),
      page: { url: location.href.split('#', 1)[0], title: document.title },
      card: { id, revision, hash },
      pairs: this.pairs(),
      ...this.#known(),
      consent: consentsIn(this.questions(), lead, at, language),
      receipt: verdict?.receipt,
      guard: { ...this.#ticket, elapsedMs: Math.round(performance.now() - this.#shownAt), honeypot: String(new FormData(form).get(trap) ?? '') },
    };
  }

  /** @param {Lead} [lead] @returns {Verdict} */
  verdict(lead = this.lead()) {
    return this.#sources.scorecard.evaluate(lead, { now: this.now });
  }

  /**
   * Which questions the scorecard puts to this visitor, answered or not.
   *
   * @returns {Set<string>}
   */
  applying() {
    const open = (/** @type {Lead} */ lead) => this.verdict(lead).questions.map(({ id }) => id);
    const pairs = this.pairs();
    const ids = new Set(open(this.lead(pairs)));
    // A verdict names what is not answered; so each answer is taken away once, to see whether it is asked for.
    for (const [id, field] of this.fields()) {
      if (ids.has(id) || !answered(field)) continue;
      const names = new Set(controlsIn(field).map(({ name }) => name));
      const without = this.lead(pairs.filter(([name]) => !names.has(name)));
      if (open(without).includes(id)) ids.add(id);
    }
    return ids;
  }

  /** What to ask now, most telling first. @returns {Plan} */
  plan() {
    const { scorecard, budget } = this.#sources;
    const questions = this.questions();
    const skipped = questions.filter(({ id, required }) => !required && this.passed.has(id)).map(({ id }) => id);
    return scorecard.nextQuestions(this.lead(), { now: this.now, form: this.#form(), skipped, budget, perStep: questions.length });
  }
}
