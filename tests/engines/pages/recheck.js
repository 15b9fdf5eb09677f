import { Scorecard } from '/leadfit/entry-default.js';
import { leadOf } from '/leadfit/outbox/submission.js';
import { cardsOf, recheck } from '/leadfit/server/recheck.js';
import { cases } from '/probe/cases.js';
import { rechecked } from '/probe/rechecks.js';

const count = Number(new URLSearchParams(location.search).get('count'));
document.querySelector('output').value = await rechecked(Scorecard, { cardsOf, recheck }, leadOf, cases, count).catch((error) => `failed: ${error.stack ?? error}`);
