// Salesforce: from the page by web-to-lead, from a server as a record of the object Lead.

import { fieldsOf } from './handoff.js';
import { salesforceFields, webToLeadFields } from './maps.js';

/** @typedef {import('./handoff.js').FieldMap} FieldMap */
/** @typedef {import('./handoff.js').Handoff} Handoff */

/**
 * A receiver for the outbox. Salesforce lets no page read the answer, so what was sent stays
 * unconfirmed, and a second try makes a second lead: give `key` a custom field with a matching rule.
 *
 * @param {object} options
 * @param {string} options.oid organisation id
 * @param {FieldMap} [options.fields]
 * @param {string} [options.key] custom field (`00N…`) for the submission's id
 * @param {string} [options.url] for sandboxes and domains of your own
 * @param {string} [options.name]
 * @returns {import('../outbox/outbox.js').Receiver}
 */
export function webToLead({ oid, fields = webToLeadFields, key, url = 'https://webto.salesforce.com/servlet/servlet.WebToLead?encoding=UTF-8', name = 'web-to-lead' }) {
  const type = 'application/x-www-form-urlencoded';
  return {
    name,
    url,
    request(handoff) {
      const body = new URLSearchParams([['oid', oid], ...fieldsOf(fields, handoff)]);
      if (key) body.set(key, handoff.submission.id);
      return { url, type, body: String(body), ack: 'none' };
    },
  };
}

/**
 * A receiver for a server: creates or updates the lead that has this submission's id in a field marked
 * as external id, so that a second try makes no second lead.
 *
 * @param {object} options
 * @param {string} options.instance such as `https://acme.my.salesforce.com`
 * @param {string} options.token access token, from the environment
 * @param {string} options.key API name of the external id field, for example `Leadfit_Id__c`
 * @param {FieldMap} [options.fields]
 * @param {string} [options.version] of the REST API
 * @param {string} [options.name]
 */
export const salesforceLead = ({ instance, token, key, fields = salesforceFields, version = 'v62.0', name = 'salesforce' }) => ({
  name,
  /** @param {Handoff} handoff */
  request: (handoff) => ({
    url: `${instance.replace(/\/+$/, '')}/services/data/${version}/sobjects/Lead/${key}/${encodeURIComponent(handoff.submission.id)}`,
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}` },
    type: 'application/json',
    body: JSON.stringify(Object.fromEntries(fieldsOf(fields, handoff))),
  }),
});
