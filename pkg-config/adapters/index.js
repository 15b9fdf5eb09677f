// From a handoff to what other systems take: `leadfit/adapters`. A bundler keeps of it what is used.
export { analyticsEvents, dataLayerEvents, gtagCalls, marketoValues, segmentCalls } from './analytics.js';
export { csvHead, csvLine } from './csv.js';
export { hubspotConsent, hubspotContact, hubspotForm } from './hubspot.js';
export { csvColumns, hubspotFields, marketoFields, salesforceFields, segmentGroupTraits, segmentTraits, webToLeadFields } from './maps.js';
export { slack, teams } from './messages.js';
export { salesforceLead, webToLead } from './salesforce.js';
export { talkingPoints } from './talking.js';
export { handoffDocument, webhook } from './webhook.js';

/** @typedef {import('./handoff.js').FieldMap} FieldMap */
/** @typedef {import('./handoff.js').Handoff} Handoff */
