// What visitors of the samples answer and did, and where that takes them: one way to each route.

const at = '2026-11-18T10:00:00Z';
const did = (type, more = {}) => ({ type, at, ...more });
const looked = (path) => [1, 2, 3].map(() => did('pageView', { path }));
const prices = looked('/prices');

const decider = { email: 'nora@brightmoor.example', jobTitle: 'VP Marketing', company: 'Brightmoor', country: 'DE', consent: 'yes' };
const operator = { email: 'hedda.lorne@granitepark.example', jobTitle: 'Director of Operations', companySize: '200-1999', sites: '12' };

/**
 * By sample and route: `did`, what the page knows of the visitor; `answers` to whatever may be asked.
 *
 * @type {Record<string, Record<string, { did?: any[], answers: Record<string, string> }>>}
 */
export const journeys = {
  'b2b-software': {
    'enterprise-call': { did: [did('demoRequest')], answers: { ...decider, companySize: '500-4999' } },
    'talk-to-sales': { did: looked('/pricing'), answers: { ...decider, companySize: '50-499' } },
    'self-serve-trial': { did: [did('download', { asset: 'buying-guide' })], answers: { email: 'nora@gmail.com', jobTitle: 'Marketing Manager', companySize: '1-9', country: 'other', consent: 'yes' } },
    'nurture-buying-guide': { answers: { ...decider, jobTitle: 'Head of Growth', role: 'champion', companySize: '50-499', country: 'NL' } },
    'student-licence': { answers: { email: 'nora@uni.example', jobTitle: 'Head of Growth', role: 'not_a_buyer', consent: 'yes' } },
    newsletter: { answers: { email: 'nora@brightmoor.example', consent: 'yes' } },
    'help-pages': { answers: { ...decider, email: 'nora@plannerwerk.example' } },
  },
  'hubspot-shaped': {
    'best-leads': { did: [did('meetingBooked'), did('formSubmit'), ...prices], answers: operator },
    sales: { did: prices, answers: operator },
    'good-fit': { did: [], answers: { ...operator, jobTitle: '', country: 'US' } },
    newsletter: { did: [], answers: { email: 'nora@gmail.com', companySize: '1-19', sites: '1' } },
    goodbye: { did: prices, answers: { ...operator, jobTitle: 'Student' } },
  },
  'self-serve-sales-assist': {
    'instant-booking': { did: [], answers: { email: 'nora@brightmoor.example', jobTitle: 'VP Marketing', teamSize: '50+' } },
    'human-review': { did: [], answers: { email: 'nora@gmail.com', jobTitle: 'Student', teamSize: '1-9' } },
    'guided-start': { did: [did('boardFinished')], answers: { email: 'nora@brightmoor.example', jobTitle: 'Marketing Assistant', teamSize: '50+' } },
    'self-serve': { did: [did('boardFinished'), did('session'), ...['a', 'b', 'c'].map((who) => did('invite', { email: `${who}@board.example` }))], answers: { email: 'nora@gmail.com', jobTitle: 'Student', teamSize: '1-9' } },
    'check-address': { did: [], answers: { email: 'nora@mailinator.com' } },
  },
};
