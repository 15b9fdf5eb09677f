// The form: the element's class, and what turns other forms into ones that route. Nothing is
// registered here; `leadfit/form/define` does that.

export { safeAddress } from './action.js';
export { attach, attachRoutes } from './attach.js';
export { LeadForm } from './element.js';
export { attachHubSpot, attachMarketo, attachSite } from './vendors.js';
