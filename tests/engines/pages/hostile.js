// Does one harm to this page, before leadfit is loaded or after, then scores the golden leads and reads
// the form. Says for each way of asking `same`, `typed` (a LeadfitError) or what is wrong, on a page
// that is unharmed: a driver may need what was harmed here.

import { cases } from '/probe/cases.js';
import { expected } from '/probe/expected.js';
import { gadgets } from './gadgets.js';

const query = new URLSearchParams(location.search);
const harm = gadgets[query.get('gadget')];
const [{ card: base64, leads }] = cases;
const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
const encode = encodeURIComponent;
const form = document.querySelector('form');

/** Nothing of a verdict that a page acts on may differ. */
const gist = ({ score, fit, engagement, grade, range, reasons, route, stage }) => `${score} ${fit} ${engagement} ${grade} ${range.low} ${range.high} ${reasons.length} ${route.id} ${stage ? stage.id : ''}`;
const gists = expected.map((verdict) => gist(JSON.parse(verdict)));

let LeadfitError;
/** @param {() => string} work */
function outcome(work) {
  try {
    return work();
  } catch (error) {
    return LeadfitError && error instanceof LeadfitError ? 'typed' : `untyped ${error}`;
  }
}

async function run() {
  if (query.get('when') === 'before') harm();
  const leadfit = await import('/leadfit/entry-default.js');
  LeadfitError = leadfit.LeadfitError;
  const card = await leadfit.Scorecard.load(bytes);
  if (query.get('when') === 'after') harm();

  /** @param {(lead: any, now: string) => string} ask @param {string[]} wanted */
  const all = (ask, wanted) =>
    outcome(() => {
      for (let index = 0; index < leads.length; index++) {
        const found = ask(leads[index].lead, leads[index].now);
        if (found !== wanted[index]) return `wrong: ${found}`;
      }
      return 'same';
    });
  const json = all((lead, now) => card.verdictJson(lead, { now }), expected);
  const object = all((lead, now) => gist(card.evaluate(lead, { now })), gists);
  const read = outcome(() => {
    const { answers } = card.leadFrom(form);
    const said = `${answers?.email} ${answers?.jobTitle} ${answers?.companySize}`;
    return said === 'nora@brightmoor.example Geschäftsführerin 🙂 50-499' ? 'same' : `wrong: ${said}`;
  });
  return `json ${json}\nobject ${object}\nform ${read}`;
}

let said;
try {
  said = await run();
} catch (error) {
  said = LeadfitError && error instanceof LeadfitError ? 'load typed' : `load untyped ${error}`;
}
location.replace(`said.html#${encode(said)}`);
