// The form: the element's class, and what turns other forms into ones that route. Nothing is
// registered here; `leadfit/form/define` does that.

export { safeAddress } from './action.js';
export { attach, attachRoutes } from './attach.js';
export { LeadForm } from './element.js';
export { attachHubSpot, attachMarketo, attachSite } from './vendors.js';

/** @typedef {import('./attach.js').AttachOptions} AttachOptions */
/** @typedef {import('./attach.js').Attached} Attached */
/** @typedef {import('./events.js').LeadFormEvents} LeadFormEvents */
/** @typedef {import('./sending.js').Delivery} Delivery */
/** @typedef {import('./session.js').Facts} Facts */
/** @typedef {import('./texts.js').Texts} Texts */
