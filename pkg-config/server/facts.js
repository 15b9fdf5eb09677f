// What a lead said, as a flat list of names and texts: for people, and for tables.

/** @typedef {import('../leadfit.js').Scorecard} Scorecard */

/** @param {unknown} value @returns {value is Record<string, any>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {unknown} value @returns {string} */
function textOf(value) {
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(', ');
  if (isObject(value)) return 'from' in value || 'to' in value ? `${value.from ?? ''}-${value.to ?? ''}` : '';
  return value === null || value === undefined ? '' : String(value).trim();
}

/**
 * Facts by id, and answers by question, as the scorecard reads them in a table; what it does not know by
 * the name of its field. Events are left out, of which there may be thousands.
 *
 * @param {Record<string, any>} lead
 * @returns {Record<string, string>}
 */
export function factsIn(lead) {
  /** @type {Record<string, string>} */
  const facts = {};
  /** @param {string} name @param {unknown} value */
  const put = (name, value) => {
    const text = textOf(value);
    if (text !== '' && !Object.hasOwn(facts, name)) Object.defineProperty(facts, name, { value: text, enumerable: true });
  };
  for (const [key, value] of Object.entries(lead)) {
    if (key === 'events' || key === 'aggregates') continue;
    if (!isObject(value) || 'from' in value || 'to' in value) put(key, value);
    else for (const [inner, one] of Object.entries(value)) put(key === 'answers' || key === 'other' ? inner : `${key}.${inner}`, one);
  }
  return facts;
}

/**
 * Who it is: the address by which leads are one, how to call them, where they work, and the words by
 * which people look for them.
 *
 * @param {Record<string, string>} facts
 * @param {Scorecard | null} scorecard which questions settle which facts
 * @returns {{ email: string | null, name: string, place: string, words: string }}
 */
export function whoIs(facts, scorecard) {
  const of = (/** @type {string} */ fact) => [fact, ...(scorecard?.questions.filter((question) => question.fact === fact).map(({ id }) => id) ?? [])].map((name) => (Object.hasOwn(facts, name) ? facts[name] : '')).find(Boolean) ?? '';
  const short = (/** @type {string} */ text) => text.slice(0, 200);
  const email = of('email').toLowerCase();
  const company = of('company.name') || (Object.hasOwn(facts, 'company') ? facts.company : '');
  const name = short([of('firstName'), of('lastName')].filter(Boolean).join(' ') || email || company) || 'Somebody without a name';
  const place = short([of('jobTitle'), company].filter(Boolean).join(', '));
  return { email: /^[^\s@]{1,64}@[^\s@]{1,255}$/.test(email) ? email : null, name, place, words: [name, email, place].join(' ').toLowerCase().slice(0, 600) };
}
