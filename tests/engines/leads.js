// Leads without end, the same in every engine: whole numbers only, of which no engine makes something
// else, and no call of the language's library that could differ.

/** Numbers from 0 to 2³² − 1, the same in every run (mulberry32). @param {number} seed */
export function numbers(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

/** The same as fractions from 0 to 1. @param {number} seed */
export function fractions(seed) {
  const next = numbers(seed);
  return () => next() / 2 ** 32;
}

const values = {
  email: ['nora@brightmoor.example', 'a.b@gmail.com', 'x@uni.example', 'nobody', 'İ@straße.example', 'nora@plannerwerk.example', ''],
  title: ['VP Marketing', 'Head of Growth', 'Marketing Intern', 'CEO 🙂', 'Geschäftsführerin', 'Student', 'Directeur marketing', 'Sales', 'ex-CMO, now advisor', 'Assistant to the CFO', '日本'],
  country: ['DE', 'germany', 'US', 'NL', 'XX', 'Österreich'],
  size: ['1-9', '10-49', '50-499', '500-4999', '5000+', '51–200', 'many'],
  role: ['decision_maker', 'champion', 'end_user', 'not_a_buyer', 'king'],
  type: ['pageView', 'download', 'demoRequest', 'emailClick', 'webinar', 'unsubscribe'],
  path: ['/pricing', '/docs', '/careers', '/', '/pricing/eu?x=1'],
  asset: ['buying-guide', 'whitepaper', ''],
  source: ['google', 'linkedin', 'newsletter', 'partner'],
  medium: ['cpc', 'organic', 'email', 'referral', ''],
};

/** The moment at which they are seen. */
export const now = Date.UTC(2026, 10, 18, 10);

/** @param {number} seed @returns {() => any} gives the next lead */
export function leads(seed) {
  const next = numbers(seed);
  const below = (count) => next() % count;
  const of = (list) => list[below(list.length)];
  /** Three times of four. */
  const maybe = (make) => (below(4) === 0 ? undefined : make());
  const event = () => ({ type: of(values.type), at: now - below(200 * 86_400) * 1000, path: maybe(() => of(values.path)), asset: maybe(() => of(values.asset)) });
  return () => ({
    email: maybe(() => of(values.email)),
    jobTitle: maybe(() => of(values.title)),
    company: maybe(() => ({ name: 'Brightmoor', country: maybe(() => of(values.country)), employees: maybe(() => of([below(10_000), of(values.size), { from: 50, to: 50 + below(400) }])) })),
    consent: maybe(() => below(2) === 0),
    role: maybe(() => of(values.role)),
    events: Array.from({ length: below(6) }, event),
    aggregates: maybe(() => ({ pageViews: below(30), downloads: { value: below(5), lastAt: now - below(90) * 86_400_000 } })),
    attribution: maybe(() => ({ source: of(values.source), medium: of(values.medium), referrer: 'https://search.example/?q=plan' })),
    answers: maybe(() => ({ role: maybe(() => of(values.role)), companySize: maybe(() => of(values.size)) })),
  });
}
