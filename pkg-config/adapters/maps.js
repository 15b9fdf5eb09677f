// Which value goes where, as data: spread one into your own and change what differs.
//
// Sizes of companies are left out where a field takes numbers or options of its own only: a range such as
// `50-499` would make HubSpot refuse the lead, and Salesforce make none. Add yours where they agree.

/** Contact properties of HubSpot, by their internal names. @type {import('./handoff.js').FieldMap} */
export const hubspotFields = {
  email: 'lead.email',
  firstname: 'lead.firstName',
  lastname: 'lead.lastName',
  phone: 'lead.phone',
  jobtitle: 'lead.jobTitle',
  company: 'lead.company.name',
  website: 'lead.company.domain',
  industry: 'lead.company.industry',
  country: 'lead.company.country',
  state: 'lead.company.region',
};

/** Fields of web-to-lead forms. @type {import('./handoff.js').FieldMap} */
export const webToLeadFields = {
  email: 'lead.email',
  first_name: 'lead.firstName',
  // Without these two Salesforce makes no lead.
  last_name: ['lead.lastName', 'lead.firstName', 'lead.email'],
  company: ['lead.company.name', 'lead.company.domain', 'lead.email'],
  phone: 'lead.phone',
  title: 'lead.jobTitle',
  URL: 'lead.company.domain',
  industry: 'lead.company.industry',
  country: 'lead.company.country',
  state: 'lead.company.region',
  lead_source: { is: 'Web' },
};

/** Fields of the Lead object of Salesforce, by their API names. @type {import('./handoff.js').FieldMap} */
export const salesforceFields = {
  Email: 'lead.email',
  FirstName: 'lead.firstName',
  LastName: ['lead.lastName', 'lead.firstName', 'lead.email'],
  Company: ['lead.company.name', 'lead.company.domain', 'lead.email'],
  Phone: 'lead.phone',
  Title: 'lead.jobTitle',
  Website: 'lead.company.domain',
  Industry: 'lead.company.industry',
  Country: 'lead.company.country',
  State: 'lead.company.region',
  LeadSource: { is: 'Web' },
};

/** Fields of Marketo forms. @type {import('./handoff.js').FieldMap} */
export const marketoFields = {
  Email: 'lead.email',
  FirstName: 'lead.firstName',
  LastName: 'lead.lastName',
  Phone: 'lead.phone',
  Title: 'lead.jobTitle',
  Company: 'lead.company.name',
  Industry: 'lead.company.industry',
  Country: 'lead.company.country',
};

/** Traits of a person that Segment reserves. @type {import('./handoff.js').FieldMap} */
export const segmentTraits = {
  email: 'lead.email',
  firstName: 'lead.firstName',
  lastName: 'lead.lastName',
  phone: 'lead.phone',
  title: 'lead.jobTitle',
};

/** Traits of a company that Segment reserves. @type {import('./handoff.js').FieldMap} */
export const segmentGroupTraits = {
  name: 'lead.company.name',
  website: 'lead.company.domain',
  industry: 'lead.company.industry',
  employees: 'lead.company.employees',
};

/** Columns of a line for spreadsheets. @type {import('./handoff.js').FieldMap} */
export const csvColumns = {
  id: 'submission.id',
  at: 'submission.at',
  email: 'lead.email',
  firstName: 'lead.firstName',
  lastName: 'lead.lastName',
  phone: 'lead.phone',
  jobTitle: 'lead.jobTitle',
  company: 'lead.company.name',
  employees: 'lead.company.employees',
  country: 'lead.company.country',
  score: 'verdict.score',
  grade: 'verdict.grade',
  stage: 'verdict.stage.id',
  route: 'verdict.route.id',
  channel: 'verdict.signals.channel',
  source: 'submission.attribution.source',
  medium: 'submission.attribution.medium',
  campaign: 'submission.attribution.campaign',
  owner: ['owner.id', 'owner'],
  due: 'due',
};
