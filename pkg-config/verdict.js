// Verdicts and readings of job titles, unfolded from an answer of the engine: numbers, and one text
// that they cut. What stands where is said in src/verdict/packed.rs; src/card/unfold.rs is this
// file's equal for native callers, and the golden verdicts hold both to the same bytes.
//
// Keys stand in the order of canonical JSON. Everything is frozen.

import { keptOf, none, SMALL } from './kept.js';
import { axes, certainties, departments, flags, levels, pickedBy, roles, signals, statuses, warnings } from './words.js';

/** @typedef {import('./types.js').Texts} Texts */

// Taken at once: scripts that run later cannot put their own in place.
const { freeze, keys } = Object;
const { isArray } = Array;
const { stringify } = JSON;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const decode = decoder.decode.bind(decoder);
const slice = Function.prototype.call.bind(String.prototype.slice);
const isoOf = Function.prototype.call.bind(Date.prototype.toISOString);
const At = Date;

const truths = [null, 'true', 'false', 'unknown'];

/** Tags of what was found; as in src/verdict/packed.rs. */
const NOTHING = 0;
const NUMBER = 1;
const TEXT = 2;
const FALSE = 3;
const TRUE = 4;
const WORD = 5;

/** All of an engine's memory as numbers. @type {{ memory: WebAssembly.Memory | undefined, numbers: Float64Array }} */
let views = { memory: undefined, numbers: new Float64Array(0) };

// The answer that is being read. Nothing that reads runs any code of the page.
/** @type {Float64Array} */
let numbers;
/** @type {string} */
let whole;
/** @type {Texts} */
let texts;
/** @type {ReturnType<typeof keptOf>} */
let kept;
let at = 0;

const next = () => numbers[at++];

/** @template T @param {() => T} read @returns {readonly T[]} */
function list(read) {
  const length = next();
  if (length === 0) return none;
  const items = new Array(length);
  for (let index = 0; index < length; index++) items[index] = read();
  return freeze(items);
}

function text() {
  const start = next();
  return slice(whole, start, start + next());
}

/** An index, or −1 for none. @param {readonly string[]} names */
function nameIn(names) {
  const index = next();
  return index < 0 ? null : names[index];
}

/** The word of this index of what a subject may be. @param {number} of @param {number} index @returns {string} */
function word(of, index) {
  const which = of & 0xffff;
  switch (of >> 16) {
    case 0:
      return texts.facts[which].choices[index];
    case 1:
      return signals[which][1][index];
    case 5:
      return texts.bands[which][index];
    default:
      // Beyond the last one stand none, and disqualified.
      return texts.stages[index]?.id ?? (index > texts.stages.length ? 'disqualified' : null);
  }
}

/** The words of a mask. */
function words() {
  const of = next();
  const found = [];
  for (let half = 0; half < 64; half += 32) {
    for (let index = half, mask = next() >>> 0; mask > 0; index++, mask >>>= 1) if (mask & 1) found[found.length] = word(of, index);
  }
  return found;
}

/** What was found, in words; `null` where it is unknown. */
function found() {
  switch (next()) {
    case NOTHING:
      return null;
    case NUMBER:
      return `${next()}`;
    case TEXT:
      return text();
    case FALSE:
      return 'false';
    case TRUE:
      return 'true';
    case WORD:
      return word(next(), next());
    default:
      return joined(words());
  }
}

/** @param {readonly string[]} parts */
function joined(parts) {
  let all = '';
  for (let index = 0; index < parts.length; index++) all += (index ? ', ' : '') + parts[index];
  return all;
}

/** The name of a subject behind points. @param {number} of */
function subject(of) {
  const which = of & 0xffff;
  switch (of >> 16) {
    case 0:
      return texts.facts[which].id;
    case 1:
      return signals[which][0];
    case 2:
      return texts.measures[which];
    case 3:
      return 'score';
    case 4:
    case 5:
      return axes[which];
    default:
      return 'stage';
  }
}

function proof() {
  const truth = next();
  const of = next();
  return freeze({ found: found(), of: truth ? texts.tests[of] : subject(of), truth: truths[truth] });
}

/** @param {number} number */
const isSmall = (number) => number >= 0 && number < SMALL && number === (number | 0);

function evidence() {
  // A test alone, of which a number was found.
  const found = numbers[at + 4];
  if (numbers[at] !== 1 || numbers[at + 1] === 0 || numbers[at + 3] !== NUMBER || !isSmall(found)) return list(proof);
  const shelf = kept.alone(numbers[at + 2] * 4 + numbers[at + 1]);
  const known = shelf[found];
  if (known === undefined) return (shelf[found] = /** @type {any} */ (list(proof)));
  at += 5;
  return known;
}

/** The small number that stands for the one fact behind points, else −1. */
function behind() {
  if (numbers[at] !== 1 || numbers[at + 1] !== 0) return -1;
  const tag = numbers[at + 3];
  const value = tag === NUMBER ? numbers[at + 4] : tag === WORD ? numbers[at + 5] : tag === TRUE ? 1 : tag === FALSE ? 0 : -1;
  return isSmall(value) ? value : -1;
}

/** @param {number} index @param {number} points */
function criterion(index, points) {
  const { axis, bins, id } = texts.criteria[index];
  const bin = nameIn(bins) ?? 'unknown';
  const found = behind();
  if (found < 0) return freeze({ axis, bin, evidence: evidence(), id, kind: 'criterion', limitOf: null, points });
  const shelf = kept.reasons(index);
  const known = shelf[found];
  // What fades has other points for the same number.
  if (known !== undefined && known.points === points && known.bin === bin) {
    const tag = numbers[at + 3];
    at += tag === WORD ? 6 : tag === NUMBER ? 5 : 4;
    return known;
  }
  return (shelf[found] = /** @type {any} */ (freeze({ axis, bin, evidence: evidence(), id, kind: 'criterion', limitOf: null, points })));
}

function reason() {
  const kind = next();
  const index = next();
  const points = next();
  if (kind === 0) return criterion(index, points);
  const limitOf = kind === 1 ? 'axis' : kind === 2 ? 'criterion' : 'group';
  const { axis, id } = kind === 1 ? { axis: axes[index], id: axes[index] } : texts[kind === 2 ? 'criteria' : 'groups'][index];
  return freeze({ axis, bin: null, evidence: none, id, kind: 'limit', limitOf, points });
}

function stage() {
  const index = next();
  const suggested = next() === 1;
  const why = evidence();
  if (index === -1) return null;
  if (index === -2) return freeze({ id: 'disqualified', kind: 'disqualified', suggested, team: null, why });
  const { id, kind, team } = texts.stages[index];
  return freeze({ id, kind, suggested, team, why });
}

const time = () => isoOf(new At(next()));

/** Of what was planned, who does it and by when. @param {readonly import('./types.js').PlannedFollowUp[]} planned */
function followUp(planned) {
  const length = next();
  if (length === 0) return none;
  const steps = new Array(length);
  for (let index = 0; index < length; index++) {
    const of = next();
    const owner = of < 0 ? null : freeze({ by: pickedBy[next()], contact: texts.owners[of].contact, id: texts.owners[of].id, present: next() === 1, why: evidence() });
    const times = list(time);
    const due = times.length > 0 ? times[0] : null;
    const { queue, sla, task } = planned[index];
    steps[index] = freeze({ attempts: sla && sla.attempts ? times : null, due, owner, queue, sla, task });
  }
  return freeze(steps);
}

const notMatched = () => freeze({ id: texts.routes[next()].id, why: evidence() });

function disqualified() {
  const { id, reason } = texts.disqualifiers[next()];
  return freeze({ id, reason, why: evidence() });
}

const question = () => kept.questions[next()];

function unknown() {
  const index = next();
  const low = next();
  const high = next();
  const known = kept.unknown[index];
  if (known !== undefined && known.low === low && known.high === high) return known;
  return (kept.unknown[index] = freeze({ high, id: texts.criteria[index].id, low }));
}

function warning() {
  const kind = next();
  const index = next();
  const place = kind === 0 ? texts.facts[index].id : kind === 1 ? 'events' : texts[kind === 2 ? 'aggregates' : 'calendars'][index];
  return freeze({ at: place, code: warnings[next()], found: kind === 3 ? texts.timeZones : text() });
}

function derived() {
  const number = () => (next() ? next() : null);
  const several = () => (next() ? freeze(words()) : null);
  const seniority = found();
  const departments = several();
  const buyingRole = found();
  const titleStatus = found();
  const titleFlags = several();
  const emailKind = found();
  const emailDomain = found();
  const channel = found();
  const eventCount = number();
  const daysSinceFirstEvent = number();
  const daysSinceLastEvent = number();
  const last = kept.signals;
  const same =
    last !== undefined &&
    last.seniority === seniority &&
    last.departments === departments &&
    last.buyingRole === buyingRole &&
    last.titleStatus === titleStatus &&
    last.titleFlags === titleFlags &&
    last.emailKind === emailKind &&
    last.emailDomain === emailDomain &&
    last.channel === channel &&
    last.eventCount === eventCount &&
    last.daysSinceFirstEvent === daysSinceFirstEvent &&
    last.daysSinceLastEvent === daysSinceLastEvent;
  return same ? last : (kept.signals = /** @type {any} */ (freeze({ buyingRole, channel, daysSinceFirstEvent, daysSinceLastEvent, departments, emailDomain, emailKind, eventCount, seniority, titleFlags, titleStatus })));
}

/** @param {boolean} buys */
function value(buys) {
  if (next() === 0) return null;
  const amountMinor = next();
  const method = next() ? 'calibrated' : 'segment';
  const index = next();
  const { breakEven, currency, segments } = texts;
  // On a page there are none.
  const attempts = breakEven.length > 0 ? breakEven[index < 0 ? segments.length : index] : null;
  return freeze({ amountMinor, breakEvenAttempts: attempts && (buys ? attempts : 0), currency, method, segment: index < 0 ? null : segments[index] });
}

/** @param {readonly string[]} words */
function finding(words) {
  const certainty = certainties[next()];
  const confidence = next();
  const evidence = text();
  const word = () => words[next()];
  const values = list(word);
  return freeze({ alternatives: list(word), certainty, confidence, evidence, values });
}

function title() {
  const level = finding(levels);
  const fields = finding(departments);
  const others = list(() => flags[next()]);
  const status = statuses[next()];
  return freeze({ departments: fields, flags: others, level, status, subRole: text() || null });
}

/**
 * Opens what an answer holds.
 *
 * @param {import('./leadfit.js').Page} page
 * @param {import('./wasm/page.js').Answer} answer
 */
function open({ memory }, answer) {
  // A view detaches when memory grows: then nothing stands at its first place.
  if (views.memory !== memory || views.numbers[0] === undefined) views = { memory, numbers: new Float64Array(memory.buffer) };
  numbers = views.numbers;
  at = answer.numbers() / 8;
  const length = answer.textLength();
  whole = length === 0 ? '' : decode(new Uint8Array(memory.buffer, answer.text(), length));
}

/**
 * @param {import('./leadfit.js').Page} page
 * @param {import('./wasm/page.js').Answer} answer
 * @returns {import('./types.js').Title & { buyingRole: import('./types.js').BuyingRole }}
 */
export function titleIn(page, answer) {
  open(page, answer);
  const read = title();
  return /** @type {any} */ (freeze({ buyingRole: roles[next()], ...read }));
}

/**
 * Gives a function that unfolds the verdict that an answer holds.
 *
 * @param {import('./leadfit.js').Page} page
 * @param {import('./wasm/page.js').Answer} answer
 * @param {Texts} of texts of the scorecard
 * @param {string} engine its version
 * @returns {(now: number) => import('./types.js').Verdict}
 */
export function verdictReader(page, answer, of, engine) {
  const own = keptOf(of);
  let last = NaN;
  let lastWritten = '';
  return function verdict(now) {
    open(page, answer);
    texts = of;
    kept = own;
    const fit = next();
    const engagement = next();
    const low = next();
    const high = next();
    const score = fit + engagement;
    const grade = of.bands[0][next()] + of.bands[1][next()];
    const share = next();
    const reached = stage();
    const routed = next();
    const to = of.routes[routed];
    const why = evidence();
    const passed = list(notMatched);
    const steps = followUp(to.followUp);
    const first = steps.length > 0 ? steps[0].owner : null;
    const refused = list(disqualified);
    const questions = list(question);
    const reasons = list(reason);
    const unknowns = list(unknown);
    const facts = derived();
    const worth = value(refused.length === 0);
    const odd = list(warning);
    const read = next() ? title() : null;
    if (now !== last) {
      last = now;
      lastWritten = isoOf(new At(now));
    }
    return /** @type {any} */ (
      freeze({
        disqualified: refused,
        engagement,
        fit,
        grade,
        probability: share < 0 ? null : share / 10_000,
        questions,
        range: freeze({ high, low }),
        reasons,
        receipt: freeze({
          engagement,
          engine,
          fit,
          grade,
          now: lastWritten,
          owner: first && first.id,
          route: to.id,
          score,
          scorecard: own.receipt,
          stage: reached && reached.id,
        }),
        route: freeze({ action: to.action, fallback: routed > of.routes.length - 3, followUp: steps, id: to.id, notMatched: passed, why }),
        score,
        scorecard: own.card,
        signals: facts,
        stage: reached,
        title: read,
        unknown: unknowns,
        value: worth,
        warnings: odd,
      })
    );
  };
}

const routeIds = () => list(() => texts.routes[next()].id);

function toAsk() {
  const { id, required, view } = texts.questions[next()];
  const separates = routeIds();
  const options = list(() => view.options[next()].value);
  return freeze(options.length > 0 ? { id, options, required, separates } : { id, required, separates });
}

/**
 * @param {import('./leadfit.js').Page} page
 * @param {import('./wasm/page.js').Answer} answer
 * @param {Texts} of texts of the scorecard
 * @returns {import('./types.js').QuestionPlan}
 */
export function planIn(page, answer, of) {
  open(page, answer);
  texts = of;
  const settled = next() === 1;
  const destinations = routeIds();
  const remaining = next();
  return /** @type {any} */ (freeze({ ask: list(toAsk), destinations, remaining, settled }));
}

/**
 * Canonical JSON of what has its keys in order. Looks for no `toJSON`, which a page might have put
 * on every object.
 *
 * @param {any} value
 * @returns {string}
 */
export function canonical(value) {
  if (typeof value !== 'object' || value === null) return stringify(value);
  const list = isArray(value);
  const names = keys(value);
  let text = '';
  for (let index = 0; index < names.length; index++) {
    const key = names[index];
    text += `${index ? ',' : ''}${list ? '' : `${stringify(key)}:`}${canonical(value[key])}`;
  }
  return list ? `[${text}]` : `{${text}}`;
}
