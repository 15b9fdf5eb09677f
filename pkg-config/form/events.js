// What a form tells the page. The names and details are part of the API.

/** @typedef {import('../types.js').Lead} Lead */
/** @typedef {import('../types.js').Verdict} Verdict */
/** @typedef {import('./session.js').Plan} Plan */

/** @typedef {{ lead: Lead }} ChangeDetail what the form says now */
/** @typedef {{ asked: Plan['ask'], shown: readonly string[], settled: boolean, destinations: readonly string[], remaining: number }} QuestionDetail what is asked now, and why */
/** @typedef {{ verdict: Verdict, lead: Lead, final: boolean }} VerdictDetail `final`: it is about to be sent */
/** @typedef {{ route: Verdict['route'], next: import('./action.js').Next, verdict: Verdict, lead: Lead, form?: HTMLFormElement }} RoutedDetail where the lead goes; `form`: that was sent */
/** @typedef {import('./sending.js').Submitted & { draft: import('../outbox/submission.js').Draft }} DeliveredDetail what was sent, and what became of it */
/** @typedef {{ error: unknown, during: 'load' | 'score' | 'deliver' }} ErrorDetail */

/**
 * The events by name. All bubble. Three can be prevented: the last `leadfit:verdict` stops the
 * sending, `leadfit:routed` leaves what comes next to the page, `leadfit:error` the words about it.
 *
 * @typedef {{
 *   'leadfit:change': CustomEvent<ChangeDetail>,
 *   'leadfit:question': CustomEvent<QuestionDetail>,
 *   'leadfit:verdict': CustomEvent<VerdictDetail>,
 *   'leadfit:routed': CustomEvent<RoutedDetail>,
 *   'leadfit:delivered': CustomEvent<DeliveredDetail>,
 *   'leadfit:error': CustomEvent<ErrorDetail>,
 * }} LeadFormEvents
 */

/**
 * @template {keyof LeadFormEvents} K
 * @param {EventTarget} target
 * @param {K} name
 * @param {LeadFormEvents[K]['detail']} detail
 * @param {boolean} [cancelable]
 * @returns {boolean} false where a listener prevented what comes next
 */
export const emit = (target, name, detail, cancelable = false) => target.dispatchEvent(new CustomEvent(name, { detail, cancelable, bubbles: true, composed: true }));
