// Scores the golden leads of a sample as a page would, and shows the verdicts as they come: one a line.

import { Scorecard } from '/leadfit/entry-streaming.js';

const sample = new URLSearchParams(location.search).get('sample');
const card = await Scorecard.load(`/sample/${sample}.leadfit`);
const leads = await (await fetch(`/sample/leads/${sample}.leads.json`)).json();
document.querySelector('output').value = leads.map(({ lead, now }) => card.verdictJson(lead, { now })).join('\n');
