// Shows the golden verdicts, or the hash of so many generated ones, as this browser makes them.

import { Scorecard } from '/leadfit/entry-default.js';
import { cases } from '/probe/cases.js';
import { generated, golden } from '/probe/probe.js';

const count = Number(new URLSearchParams(location.search).get('count'));
const output = document.querySelector('output');
try {
  output.value = count > 0 ? await generated(Scorecard, cases, count) : await golden(Scorecard, cases);
} catch (error) {
  output.value = String(error);
}
