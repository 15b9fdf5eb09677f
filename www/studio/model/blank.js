// A scorecard to begin with where no template fits: whoever scores 10 points is qualified.

export const blank = {
  leadfit: 1,
  id: 'scorecard',
  revision: 1,
  title: 'New scorecard',
  criteria: [{ id: 'jobLevel', label: 'Level of the job', axis: 'fit', on: { signal: 'seniority' }, bins: [{ values: ['owner', 'founder', 'c_suite', 'partner', 'vp', 'head', 'director'], label: 'Leads', points: 10 }, { else: true, points: 0 }] }],
  stages: [
    { id: 'lead', kind: 'lead', label: 'Lead', definition: 'Known to us.', team: 'marketing', when: { all: [] } },
    { id: 'mql', kind: 'mql', label: 'Marketing-qualified lead', definition: 'Scores at least 10 points.', team: 'marketing', when: { score: { atLeast: 10 } } },
  ],
  routes: [{ id: 'talk-to-sales', label: 'Talk to sales', when: { stage: { in: ['mql'] } }, action: { thankYou: { message: 'Thank you! We will call you.' } } }],
  fallback: {
    unmatched: { id: 'newsletter', label: 'Newsletter', action: { nurture: { list: 'newsletter' } } },
    disqualified: { id: 'goodbye', label: 'Goodbye', action: { thankYou: { message: 'Thank you for your interest.' } } },
  },
};
