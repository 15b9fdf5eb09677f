// A page with the inlined build of leadfit and the compiled scorecard of the model.
import { Scorecard } from 'leadfit';

import { card, lead } from './data.js';

const scorecard = await Scorecard.load(Uint8Array.fromBase64(card));
document.querySelector('output').value = JSON.stringify({ score: scorecard.evaluate(lead, { now: 0 }).score, at: performance.now() });
