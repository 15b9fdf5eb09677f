// What a page sends when somebody submits a form. docs/submission.md is its description,
// submission.schema.json its JSON Schema.

/** @typedef {import('../types.js').Lead} Lead */

/**
 * A consent as it was given.
 *
 * @typedef {object} ConsentRecord
 * @property {string} purpose what for, for example `marketingEmail`
 * @property {string} version version of the text that was shown
 * @property {string} basis legal basis, for example `consent`
 * @property {string} at when: RFC 3339
 * @property {string} [language] in which the text was shown: BCP 47
 * @property {string} [text] the text itself
 */

/**
 * How a visitor came, once.
 *
 * @typedef {{ at: string, source?: string, medium?: string, campaign?: string, term?: string, content?: string, referrer?: string, landingPage?: string, clickId?: string, clickIds?: Record<string, string>, [tag: string]: string | Record<string, string> | undefined }} Touch
 */

/**
 * What the caller knows; the outbox adds `leadfit`, `id`, and `at` where it is missing.
 *
 * @typedef {object} Draft
 * @property {ReadonlyArray<readonly [string, string]>} pairs names and values of the form, as it would post them
 * @property {string} [at] the `now` of the verdict: RFC 3339
 * @property {string} [form] id of the form
 * @property {{ url: string, title?: string }} [page] where the form stands
 * @property {{ id: string, revision: number, hash: string }} [card] the scorecard that the page holds
 * @property {Record<string, any>} [facts] facts that the page knows beside the form
 * @property {Record<string, any>} [attribution] how the visitor came, as the verdict saw it
 * @property {{ first?: Touch, last?: Touch }} [touches] first and last touch
 * @property {ReadonlyArray<import('../types.js').LeadEvent>} [events] what the visitor did
 * @property {Record<string, any>} [answers] answers that are known without being in the form
 * @property {readonly ConsentRecord[]} [consent]
 * @property {import('../types.js').Receipt} [receipt] of the verdict; absent: unscored
 * @property {import('../types.js').Verdict} [verdict] where a receiver wants it
 * @property {{ ticket?: string, elapsedMs?: number, honeypot?: string, work?: string }} [guard] signs of a person or of a bot
 */

/** @typedef {Draft & { leadfit: 1, id: string, at: string, replaces?: string }} Submission */

/** Whether there is anything in it. @param {any} value */
const said = (value) => value !== null && value !== undefined && String(value).trim() !== '';

/**
 * The lead that a submission describes: page and server make it by this one rule, so that both judge
 * the same. What stands in the form wins over what the page knew; attribution of hidden fields counts
 * as a whole, where any of them says something.
 *
 * @param {{ leadFrom(pairs: any): Lead }} card the scorecard, which knows the names of fields
 * @param {Pick<Draft, 'pairs' | 'facts' | 'attribution' | 'answers' | 'events'>} submission
 * @returns {Lead}
 */
export function leadOf(card, { pairs, facts, attribution, answers, events }) {
  const told = card.leadFrom(pairs);
  const lead = { ...facts, ...told };
  if (attribution && !Object.values(told.attribution ?? {}).some(said)) lead.attribution = attribution;
  if (answers) lead.answers = { ...answers, ...told.answers };
  if (events) lead.events = events;
  return lead;
}

/**
 * Names and values of a form as it would post them, without files and passwords.
 *
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} [submitter] the button that was pressed
 * @returns {Array<[string, string]>}
 */
export function pairsOf(form, submitter) {
  const data = new FormData(form, submitter);
  // Not asked of the form: a field called `querySelectorAll` would answer in its place.
  for (const field of document.querySelectorAll('input')) if (field.type === 'password' && field.form === form) data.delete(field.name);
  return [...data].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
}

/** Answers to a question of consent that give none. */
const refusals = /^(|0|no|off|false)$/i;

/**
 * The consents that a form gives, with the words that were shown.
 *
 * @param {readonly import('../types.js').Question[]} questions of the scorecard
 * @param {Lead} lead that the form makes
 * @param {string} at when: RFC 3339
 * @param {string} language of the page: BCP 47
 * @returns {ConsentRecord[]}
 */
export function consentsIn(questions, lead, at, language) {
  return questions.flatMap(({ id, fact, view: { consent, label } }) => {
    const answer = lead.answers?.[id] ?? lead[fact] ?? '';
    if (!consent || refusals.test(String(answer))) return [];
    const shown = typeof label === 'string' ? label : (label[language] ?? label[language.split('-')[0]]);
    return [{ purpose: consent.purpose, version: consent.version, basis: consent.basis, at, language, text: shown }];
  });
}

/**
 * What was typed, as text that a person can copy or mail.
 *
 * @param {Submission} submission
 * @returns {string}
 */
export const textOf = ({ pairs, id }) => [...pairs.filter(([, value]) => said(value)).map(([name, value]) => `${name}: ${value}`), `(${id})`].join('\n');

/**
 * A link that opens a mail with what was typed. Mail programs take some 2,000 letters of a link, so
 * long answers are cut.
 *
 * @param {Submission} submission
 * @param {string} to address of the site's owner
 * @param {string} subject
 */
export const mailOf = (submission, to, subject) => `mailto:${encodeURIComponent(to)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(textOf(submission).slice(0, 1200))}`;
