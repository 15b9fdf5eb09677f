// Each engine with the model, as its documentation says to use it. `score` gives points and matched
// rules; leadfit and the code by hand give grade, route and evidence too. `read` is what a page does
// with an answer: it goes through all of it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { packed } from '../tests/package/packed.mjs';
import { tools } from '../tests/tools/tools.mjs';
import { bands, routes, rules, scorecard } from './model.mjs';

/** The moment at which all leads are seen. */
const now = Date.UTC(2026, 10, 18, 10);

/**
 * @typedef {{ score: number, rules: string[], grade?: string, route?: string }} Answer
 *
 * @typedef {object} Engine
 * @property {string} name
 * @property {(lead: any) => any} score may be a promise
 * @property {(given: any) => number} read a checksum of all that was given
 * @property {(given: any) => Answer} answer
 */

const pointsOf = new Map(rules.map(({ id, points }) => [id, points]));

/** For engines that give the rules' points in a row. */
const inARow = {
  read(points) {
    let sum = 0;
    for (let index = 0; index < points.length; index++) if (points[index] !== 0) sum += points[index] + rules[index].id.length;
    return sum;
  },
  answer: (points) => ({ score: points.reduce((sum, one) => sum + one, 0), rules: rules.flatMap(({ id }, index) => (points[index] === 0 ? [] : [id])) }),
};

/** For answers with reasons. */
const reasoned = {
  read({ score, grade, route, reasons }) {
    let sum = score + grade.length + route.id.length;
    for (const { points, bin, evidence } of reasons) sum += points + (bin ?? '').length + evidence[0].found.length;
    return sum;
  },
  answer: ({ score, grade, route, reasons }) => ({ score, grade, route: route.id, rules: reasons.flatMap(({ bin, points }) => (points === 0 ? [] : [bin])) }),
};

async function leadfit() {
  const { installed } = await packed();
  const { compile } = await import(pathToFileURL(join(installed, 'entry-studio-inlined.js')).href);
  const { Scorecard } = await import(pathToFileURL(join(installed, 'entry-default.js')).href);
  const compiled = await compile(JSON.stringify(scorecard));
  const card = await Scorecard.load(compiled);
  return { compiled, engines: [{ name: 'leadfit', score: (lead) => card.evaluate(lead, { now }), ...reasoned }] };
}

/** The code that one would write by hand, written from the model. @returns {Engine} */
function byHand() {
  const text = (value) => JSON.stringify(value);
  const test = ({ test }, value) => {
    if ('values' in test) return test.values.map((one) => `${value} === ${text(one)}`).join(' || ');
    return [test.from === undefined ? '' : `${value} >= ${test.from}`, test.to === undefined ? '' : `${value} < ${test.to}`].filter(Boolean).join(' && ');
  };
  const code = [...new Set(rules.map(({ field }) => field))].map((field) => {
    const branches = rules.filter((rule) => rule.field === field).map((rule) => `if (${test(rule, field)}) { ${rule.axis} += ${rule.points}; reasons.push({ id: ${text(field)}, axis: ${text(rule.axis)}, bin: ${text(rule.id)}, points: ${rule.points}, evidence: [{ of: ${text(field)}, found: String(${field}) }] }); }`);
    return `const ${field} = lead.${field};\n${branches.join('\nelse ')}`;
  });
  const ladder = (value, steps, name) => steps.reduceRight((otherwise, step) => (step.from === undefined ? text(step[name]) : `${value} >= ${step.from} ? ${text(step[name])} : ${otherwise}`), '');
  const body = `let fit = 0, engagement = 0;\nconst reasons = [];\n${code.join('\n')}\nconst score = fit + engagement;\nreturn { score, fit, engagement, grade: (${ladder('fit', bands.fit, 'name')}) + (${ladder('engagement', bands.engagement, 'name')}), route: { id: ${ladder('score', routes, 'id')} }, reasons };`;
  return { name: 'JavaScript by hand', score: /** @type {any} */ (new Function('lead', body)), ...reasoned };
}

/** The rules as JSON Logic: one list of points or 0. */
export const logic = rules.map(({ field, points, test }) => {
  const value = { var: field };
  const holds =
    'values' in test
      ? { or: test.values.map((one) => ({ '===': [value, one] })) }
      : { and: [{ '!==': [value, null] }, ...(test.from === undefined ? [] : [{ '>=': [value, test.from] }]), ...(test.to === undefined ? [] : [{ '<': [value, test.to] }])] };
  return { if: [holds, points, 0] };
});

/** @param {import('../tests/tools/tools.mjs').Tools} tools */
async function others({ load, at }) {
  const { LogicEngine } = await load('json-logic-engine');
  const compiled = new LogicEngine().build(logic);

  const { default: jsonLogic } = await load('json-logic-js');

  const { Engine } = await load('json-rules-engine');
  const rulesEngine = new Engine([], { allowUndefinedFacts: true });
  for (const { id, field, test } of rules) {
    const condition = (operator, value) => ({ fact: field, operator, value });
    const all = 'values' in test ? [condition('in', test.values)] : [...(test.from === undefined ? [] : [condition('greaterThanInclusive', test.from)]), ...(test.to === undefined ? [] : [condition('lessThan', test.to)])];
    rulesEngine.addRule({ conditions: { all }, event: { type: id } });
  }

  // As text, which it takes in anew for each lead: the package has no way to keep what it read.
  const zen = await import(pathToFileURL(at('@gorules/zen-engine-wasm/index.js')).href);
  await zen.default({ module_or_path: readFileSync(at('@gorules/zen-engine-wasm/dist/zen_engine_wasm_bg.wasm')) });
  const zenTest = ({ field, test }) =>
    'values' in test
      ? test.values.map((one) => `${field} == ${JSON.stringify(one)}`).join(' or ')
      : [`${field} != null`, ...(test.from === undefined ? [] : [`${field} >= ${test.from}`]), ...(test.to === undefined ? [] : [`${field} < ${test.to}`])].join(' and ');
  const expression = `[${rules.map((rule) => `(${zenTest(rule)}) ? ${rule.points} : 0`).join(', ')}]`;

  return [
    { name: 'json-logic-engine, compiled', score: (lead) => compiled(lead), ...inARow },
    { name: 'json-logic-js', score: (lead) => jsonLogic.apply(logic, lead), ...inARow },
    {
      name: 'json-rules-engine',
      score: (lead) => rulesEngine.run(lead),
      read: ({ events }) => events.reduce((sum, { type }) => sum + pointsOf.get(type) + type.length, 0),
      answer: ({ events }) => ({ score: events.reduce((sum, { type }) => sum + pointsOf.get(type), 0), rules: events.map(({ type }) => type) }),
    },
    { name: 'zen-engine-wasm', score: (lead) => zen.evaluateExpression(expression, lead), ...inARow },
  ];
}

/** All engines, the code by hand first; and the compiled scorecard. @returns {Promise<{ engines: Engine[], compiled: Uint8Array }>} */
export async function engines() {
  const { compiled, engines } = await leadfit();
  return { compiled, engines: [byHand(), ...engines, ...(await others(await tools('bench')))] };
}
