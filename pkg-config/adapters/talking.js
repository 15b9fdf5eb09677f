// What to speak of with whom: by the part that a person has in the decision. Data, to be replaced by
// what your own team has learned.

/** @type {{ readonly [role in import('../types.js').BuyingRole]: readonly string[] }} */
export const talkingPoints = {
  decision_maker: ['What it changes in their numbers, and by when', 'What happens if nothing is done this quarter', 'Who else has to agree, and by which date'],
  economic_buyer: ['What it costs in all over three years, and what it saves', 'Which budget it comes from, and when that is decided', 'Terms, risk, and a way out'],
  executive_sponsor: ['Which goal of the company it serves', 'Two customers of their size, with results', 'What they need to put their name to it'],
  champion: ['What they need to win the others over: figures, a page to forward, a demo for the team', 'Who is against it, and why', 'A next step that makes them look good'],
  influencer: ['What they would advise, and to whom', 'Which alternatives they have seen', 'An introduction to who decides'],
  technical_evaluator: ['How it fits what they run: sign-in, data, interfaces', 'Security papers and a test account', 'What a pilot has to show'],
  legal_compliance: ['Where data lies, who sees it, how it is deleted', 'The contract on data processing', 'Certificates, and whom to ask for more'],
  end_user: ['What takes too long today', 'A look at their own case', 'Who chooses the tools in their team'],
  gatekeeper: ['What their manager wants to know before a call', 'The shortest way to a date', 'Written material that can be passed on'],
  not_a_buyer: ['What they are looking for, and where they find it', 'Nothing to sell: point to free material'],
};

/**
 * @param {import('../types.js').Verdict | null | undefined} verdict
 * @param {{ readonly [role: string]: readonly string[] }} [points]
 * @returns {readonly string[]}
 */
export const pointsFor = (verdict, points = talkingPoints) => points[verdict?.signals.buyingRole ?? ''] ?? [];
