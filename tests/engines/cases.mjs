// The folder in which every engine finds what it is asked: the probe, and the golden leads with their
// scorecards compiled.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../../pkg-config/tool/run.mjs';
import { samples } from '../golden.mjs';
import { packed } from '../package/packed.mjs';

/** The golden verdicts and plans, one a line. */
export const expected = samples.flatMap(({ leads, plans }) => [...leads.map(({ verdict }) => verdict), ...plans.map(({ plan }) => plan)]).join('\n');

/**
 * Writes probe and cases into a folder.
 *
 * @param {string} folder
 */
export function layOutProbe(folder) {
  const cases = samples.map(({ name, leads, plans }) => ({ card: readFileSync(join(root, 'www/sample', `${name}.leadfit`)).toString('base64'), leads: leads.map(({ lead, now }) => ({ lead, now })), plans: plans.map(({ lead, options }) => ({ lead, options })) }));
  writeFileSync(join(folder, 'cases.js'), `export const cases = ${JSON.stringify(cases)};\n`);
  for (const name of ['probe.js', 'leads.js', 'rechecks.js']) cpSync(join(root, 'tests/engines', name), join(folder, name));
}

/** A folder below one in which the packed package is installed; `remove` it at the end. */
export async function probeFolder() {
  const { project, installed } = await packed();
  const folder = mkdtempSync(join(project, 'probe-'));
  layOutProbe(folder);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  const program = (name, call) => writeFileSync(join(folder, name), `import { Scorecard } from 'leadfit';\nimport { cases } from './cases.js';\nimport { generated, golden } from './probe.js';\n\nexport default () => ${call};\n`);
  program('golden.js', 'golden(Scorecard, cases)');
  return { folder, installed, program, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
