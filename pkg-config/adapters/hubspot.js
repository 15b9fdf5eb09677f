// HubSpot: from the page into a form (Forms API v3, submissions without a key), from a server into a
// contact (CRM API v3).

import { fieldsOf } from './handoff.js';
import { hubspotFields } from './maps.js';

/** @typedef {import('./handoff.js').FieldMap} FieldMap */
/** @typedef {import('./handoff.js').Handoff} Handoff */

/** HubSpot's number for contacts. */
const contact = '0-1';

/** How far back HubSpot takes a submission's own time. */
const oldest = 28 * 24 * 60 * 60_000;

/**
 * A receiver for the outbox. HubSpot knows no idempotency key: it merges by email, and says so by a
 * message or a redirect.
 *
 * @param {object} options
 * @param {string} options.portalId
 * @param {string} options.formId GUID of the form; its fields must be part of it
 * @param {FieldMap} [options.fields] properties of contacts; a name such as `0-2/name` is one of another object
 * @param {(handoff: Handoff) => object | undefined} [options.consent] HubSpot's `legalConsentOptions`; by default from the submission's consents, see `hubspotConsent`
 * @param {string} [options.hutk] value of HubSpot's own cookie, where the page has it
 * @param {() => number} [options.now]
 * @param {string} [options.name]
 * @returns {import('../outbox/outbox.js').Receiver}
 */
export function hubspotForm({ portalId, formId, fields = hubspotFields, consent = hubspotConsent(), hutk, now = Date.now, name = 'hubspot' }) {
  const url = `https://api.hsforms.com/submissions/v3/integration/submit/${encodeURIComponent(portalId)}/${encodeURIComponent(formId)}`;
  return {
    name,
    url,
    request(handoff) {
      const { page, at } = handoff.submission;
      const time = Date.parse(at);
      const body = {
        // A clock that is far off would make HubSpot refuse the lead.
        submittedAt: Math.abs(now() - time) < oldest ? String(time) : undefined,
        fields: fieldsOf(fields, handoff).map(([key, value]) => {
          const [, objectTypeId = contact, property = key] = /^(\d+-\d+)\/(.+)$/.exec(key) ?? [];
          return { objectTypeId, name: property, value };
        }),
        context: { hutk, pageUri: page?.url, pageName: page?.title },
        legalConsentOptions: consent(handoff),
      };
      return { url, type: 'application/json', body: JSON.stringify(body), ack: ['inlineMessage', 'redirectUri'] };
    },
  };
}

/**
 * Consents of a submission as HubSpot takes them: to processing, and to the subscription types of the
 * purposes that are named here. Nothing where there is no consent.
 *
 * @param {{ subscriptions?: { [purpose: string]: number } }} [options] HubSpot's subscription type by purpose
 */
export const hubspotConsent =
  ({ subscriptions = {} } = {}) =>
  (/** @type {Handoff} */ { submission: { consent = [] } }) => {
    if (consent.length === 0) return undefined;
    const text = (/** @type {{ text?: string, purpose: string, version: string }} */ one) => one.text ?? `${one.purpose} (${one.version})`;
    const communications = consent.filter(({ purpose }) => subscriptions[purpose] !== undefined).map((one) => ({ value: true, subscriptionTypeId: subscriptions[one.purpose], text: text(one) }));
    return { consent: { consentToProcess: true, text: consent.map(text).join('\n'), communications } };
  };

/**
 * A receiver for a server: creates or updates the contact of this email address.
 *
 * @param {object} options
 * @param {string} options.token of a private app, from the environment
 * @param {FieldMap} [options.fields]
 * @param {string} [options.name]
 */
export const hubspotContact = ({ token, fields = hubspotFields, name = 'hubspot-contact' }) => ({
  name,
  /** @param {Handoff} handoff */
  request(handoff) {
    const properties = Object.fromEntries(fieldsOf(fields, handoff));
    if (!properties.email) throw new Error('HubSpot finds contacts by email, and this lead has none');
    return {
      url: 'https://api.hubapi.com/crm/v3/objects/contacts/batch/upsert',
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      type: 'application/json',
      body: JSON.stringify({ inputs: [{ idProperty: 'email', id: properties.email, properties }] }),
    };
  },
});
