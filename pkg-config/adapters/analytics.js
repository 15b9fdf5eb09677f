// Analytics on the page: what a verdict means to Google Analytics, Google Tag Manager, Segment and
// Marketo. Each function only says what is to be called; the page calls it, after its visitor agreed.

import { companyOf, fieldsOf, moneyOf, textOf, whole } from './handoff.js';
import { marketoFields, segmentGroupTraits, segmentTraits } from './maps.js';

/** @typedef {import('./handoff.js').FieldMap} FieldMap */
/** @typedef {import('./handoff.js').Handoff} Handoff */

const qualified = ['mql', 'pql', 'sal', 'sql'];

/**
 * What Google Analytics calls these moments, with its parameters. No answer of the visitor and no
 * score is in it; `value` only where the page's scorecard carries money.
 *
 * @param {Handoff} handoff
 * @returns {Array<{ name: string, params: Record<string, string | number> }>}
 */
export function analyticsEvents({ verdict, submission }) {
  /** @type {Record<string, string | number>} */
  const params = { ...(submission.form && { form_id: submission.form }), ...moneyOf(verdict) };
  const source = verdict?.signals.channel ?? textOf(submission.attribution?.source);
  /** @type {ReturnType<typeof analyticsEvents>} */
  const events = [{ name: 'generate_lead', params: { ...params, ...(source && { lead_source: source }) } }];
  const [reason] = verdict?.disqualified ?? [];
  if (reason) events.push({ name: 'disqualify_lead', params: { ...params, disqualified_lead_reason: reason.id } });
  else if (verdict?.stage && qualified.includes(verdict.stage.kind)) events.push({ name: 'qualify_lead', params });
  return events;
}

/**
 * The same for Google Tag Manager: `dataLayer.push(...dataLayerEvents(handoff))`.
 *
 * @param {Handoff} handoff
 */
export const dataLayerEvents = (handoff) => analyticsEvents(handoff).map(({ name, params }) => ({ event: name, ...params }));

/**
 * The same for gtag.js: `for (const call of gtagCalls(handoff)) gtag(...call)`.
 *
 * @param {Handoff} handoff
 * @returns {Array<['event', string, Record<string, string | number>]>}
 */
export const gtagCalls = (handoff) => analyticsEvents(handoff).map(({ name, params }) => ['event', name, params]);

/**
 * Calls of Segment, in order: `for (const [method, ...args] of segmentCalls(handoff)) analytics[method](...args)`.
 * Segment's library for browsers makes message ids of its own, so the submission's id goes along as a
 * property: by it whoever reads the events can tell doubles.
 *
 * @param {Handoff} handoff
 * @param {{ traits?: FieldMap, groupTraits?: FieldMap, event?: string }} [options]
 * @returns {Array<[method: 'identify' | 'group' | 'track', ...args: any[]]>}
 */
export function segmentCalls(handoff, { traits = segmentTraits, groupTraits = segmentGroupTraits, event = 'Lead Submitted' } = {}) {
  const { lead, submission, verdict } = whole(handoff);
  /** @type {Array<[method: 'identify' | 'group' | 'track', ...args: any[]]>} */
  const calls = [['identify', Object.fromEntries(fieldsOf(traits, handoff))]];
  const group = textOf(/** @type {any} */ (lead.company)?.domain) || textOf(verdict?.signals.emailKind === 'work' ? verdict.signals.emailDomain : '') || companyOf(lead);
  if (group) calls.push(['group', group, Object.fromEntries(fieldsOf(groupTraits, handoff))]);
  calls.push(['track', event, { submissionId: submission.id, form: submission.form, channel: verdict?.signals.channel ?? undefined, ...moneyOf(verdict) }]);
  return calls;
}

/**
 * Hidden values for a Marketo form: `form.addHiddenFields(marketoValues(handoff)); form.submit();`
 *
 * @param {Handoff} handoff
 * @param {FieldMap} [fields]
 * @returns {Record<string, string>}
 */
export const marketoValues = (handoff, fields = marketoFields) => Object.fromEntries(fieldsOf(fields, handoff));
