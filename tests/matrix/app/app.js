import { Scorecard } from 'leadfit';
import { cases } from './cases.js';
import { golden } from './probe.js';

golden(Scorecard, cases).then(
  (verdicts) => (document.querySelector('output').value = verdicts),
  (error) => (document.querySelector('output').value = String(error)),
);
