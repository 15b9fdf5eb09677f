// Which fields are shown: all that must be answered, what was answered, and what may still change where
// the lead goes; on one page as they come up, or step by step.

import { answered, controlsIn, show } from './controls.js';

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./session.js').Plan} Plan */

/** @typedef {{ plan: Plan, appeared: HTMLElement[], last: boolean, changed: boolean }} Shown `changed`: other fields are shown than before, or for other reasons */

export class Asking {
  #session;
  #stepped;
  #ahead;
  /** On one page: what was shown once stays, so that nothing moves. @type {Set<string>} */
  #seen = new Set();
  /** What was open before. @type {Set<string> | undefined} */
  #open;
  /** Steps that were shown, and which of them is. @type {string[][]} */
  #steps = [];
  #at = -1;
  #before = '';

  /**
   * @param {Session} session
   * @param {{ stepped: boolean, perStep: number }} options `perStep`: questions in one step; on one page, open questions that stand there at once
   */
  constructor(session, { stepped, perStep }) {
    this.#session = session;
    this.#stepped = stepped;
    this.#ahead = perStep;
  }

  /** Whether there is a step before this one. */
  get canGoBack() {
    return this.#at > 0;
  }

  /**
   * Shows what is to be asked now.
   *
   * @param {HTMLElement | null} [current] the field that the visitor is at: nothing appears before it, and it stays
   * @returns {Shown}
   */
  settle(current = null) {
    const session = this.#session;
    const plan = session.plan();
    const applies = session.applying();
    const fields = session.fields();
    const may = new Set(session.questions().map(({ id }) => id));
    const ids = this.#stepped ? this.#inStep(plan, fields, applies) : this.#onPage(plan, fields, current);
    const shown = new Set(ids.filter((id) => applies.has(id) && may.has(id)));
    /** @type {HTMLElement[]} */
    const appeared = [];
    for (const [id, field] of fields) {
      const was = !field.hidden;
      if (shown.has(id) && !was) {
        appeared.push(field);
        offer(field, plan.ask.find((question) => question.id === id)?.options);
        if (current && !this.#stepped) follow(field, current);
      }
      show(field, shown.has(id), applies.has(id) && may.has(id));
    }
    // What is asked, and what hangs on it.
    const now = JSON.stringify([[...shown], plan]);
    const changed = now !== this.#before;
    this.#before = now;
    // Nothing is left beside what stands there: then the button sends.
    const last = !this.#stepped || !this.#rest(plan, fields, applies).some((id) => !shown.has(id));
    return { plan, appeared, last, changed };
  }

  /** @param {Plan} plan @param {Map<string, HTMLElement>} fields @param {HTMLElement | null} current */
  #onPage(plan, fields, current) {
    const open = plan.ask.filter(({ id, required }) => !required && fields.has(id)).map(({ id }) => id);
    const there = [...this.#session.questions()].filter(({ id, required }) => required || this.#session.passed.has(id) || [...fields].some(([other, field]) => other === id && answered(field))).map(({ id }) => id);
    // What no longer matters goes, unless the visitor is at it.
    const stay = [...this.#seen].filter((id) => open.includes(id) || fields.get(id) === current);
    const room = this.#ahead - stay.filter((id) => open.includes(id) && !there.includes(id)).length;
    const others = open.filter((id) => !stay.includes(id) && !there.includes(id));
    // What an answer has just brought up stands there at once, beside what waits for its turn.
    const fresh = others.filter((id) => this.#open && !this.#open.has(id));
    this.#open = new Set(open);
    this.#seen = new Set([...stay, ...fresh, ...others.slice(0, Math.max(0, room))]);
    return [...there, ...this.#seen];
  }

  /**
   * What has to stand in this step or a later one: open questions, and what must be answered.
   *
   * @param {Plan} plan @param {Map<string, HTMLElement>} fields @param {Set<string>} applies
   */
  #rest(plan, fields, applies) {
    const before = new Set(this.#steps.slice(0, this.#at + 1).flat());
    const open = plan.ask.map(({ id }) => id).filter((id) => fields.has(id) && !before.has(id));
    const must = this.#session.questions().filter(({ id, required }) => required && applies.has(id) && fields.has(id) && !before.has(id) && !open.includes(id)).map(({ id }) => id);
    return [...open, ...must];
  }

  /** @param {Plan} plan @param {Map<string, HTMLElement>} fields @param {Set<string>} applies */
  #inStep(plan, fields, applies) {
    if (this.#at < 0) this.#forward(plan, fields, applies);
    return this.#steps[this.#at] ?? [];
  }

  /** @param {Plan} plan @param {Map<string, HTMLElement>} fields @param {Set<string>} applies @returns {boolean} whether there is another step */
  #forward(plan, fields, applies) {
    const next = this.#steps[this.#at + 1];
    if (next?.some((id) => applies.has(id))) return (this.#at += 1) > 0;
    this.#steps.length = this.#at + 1;
    const rest = this.#rest(plan, fields, applies);
    if (rest.length === 0) return false;
    // Consent comes last, where one knows what for.
    const kinds = new Map(this.#session.questions().map(({ id, view }) => [id, view.field]));
    const open = rest.filter((id) => kinds.get(id) !== 'consent');
    const consents = rest.filter((id) => kinds.get(id) === 'consent');
    const step = open.slice(0, this.#ahead);
    if (open.length <= this.#ahead) step.push(...consents);
    this.#steps.push(step);
    this.#at += 1;
    return true;
  }

  /** What stands there and has no answer is not asked again. */
  pass() {
    const shown = this.#stepped ? new Set(this.#steps[this.#at]) : undefined;
    for (const [id, field] of this.#session.fields()) {
      if (!field.hidden && !answered(field) && (shown?.has(id) ?? true)) this.#session.passed.add(id);
    }
  }

  /** @returns {boolean} whether there is another step, which is shown then */
  forward() {
    if (!this.#stepped) return false;
    const { plan, applies, fields } = { plan: this.#session.plan(), applies: this.#session.applying(), fields: this.#session.fields() };
    return this.#forward(plan, fields, applies);
  }

  back() {
    if (this.canGoBack) this.#at -= 1;
  }

  /** How far the visitor is: questions behind, and at most ahead. @param {Plan} plan */
  progress(plan) {
    const behind = this.#steps.slice(0, this.#at).flat().length;
    const here = this.#steps[this.#at]?.length ?? 0;
    const fields = this.#session.fields();
    const unanswered = (this.#steps[this.#at] ?? []).filter((id) => plan.ask.some((question) => question.id === id) && fields.has(id)).length;
    const ahead = Math.max(0, Math.min(plan.remaining, plan.ask.length) - unanswered);
    return { done: behind, all: behind + here + ahead, ahead };
  }
}

/** Puts a field behind the one that the visitor is at, where it stands before it. @param {HTMLElement} field @param {HTMLElement} current */
function follow(field, current) {
  const before = current.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_PRECEDING;
  if (before && field.parentElement === current.parentElement) current.after(field);
}

/** Offers the answers in this order, while none was chosen. @param {HTMLElement} field @param {readonly string[]} [values] */
function offer(field, values) {
  if (!values || answered(field)) return;
  const places = values
    .map((value) => (field.querySelector('select') ? [.../** @type {HTMLSelectElement} */ (field.querySelector('select')).options].find((option) => option.value === value) : controlsIn(field).find((control) => control.value === value)?.closest('label')))
    .filter((place) => place && place.parentElement !== field);
  for (const place of places) place?.parentElement?.append(place);
}
