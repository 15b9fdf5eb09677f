// The tables of README.md, made from what was measured: bench/results.json for `figures`,
// tests/visitors/saved.json for `saved`.

const marks = {
  figures: ['<!-- figures: made from bench/results.json by `npm run gen` -->', '<!-- /figures -->'],
  saved: ['<!-- saved: made from tests/visitors/saved.json by `npm run gen` -->', '<!-- /saved -->'],
};

const row = (...cells) => `| ${cells.join(' | ')} |`;
const kb = (bytes) => (bytes / 1000).toFixed(1);
const times = (ratio) => (ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0));

/** @param {any} results as bench/run.mjs writes them */
export function figuresOf({ on, machine, versions, model, speed, cold, sizes }) {
  const versionOf = (name) => Object.entries(versions).find(([known]) => known.endsWith(name.split(',')[0]))?.[1] ?? '';
  const named = (name) => [name.split(',')[0], versionOf(name)].filter(Boolean).join(' ') + (name.includes(',') ? `,${name.split(',')[1]}` : '');
  const builds = { 'page, `.wasm` and JavaScript': sizes.pageWasmAndJs, 'page, all in one script': sizes.pageInlined, 'studio, `.wasm` and JavaScript': sizes.studioWasmAndJs };
  return [
    `One lead by a model of ${model.rules} rules on ${model.fields} fields, all of the answer read; the same points and matched rules from all, checked on ${model.leads.toLocaleString('en')} leads.`,
    'leadfit and the code by hand also give grade, route and evidence; the others give points and matched rules only. Less is faster.',
    '',
    row('', 'µs', 'times the code by hand'),
    row('---', '---:', '---:'),
    ...speed.map(({ name, nanoseconds, ratio }) => row(named(name), (nanoseconds / 1000).toFixed(2), times(ratio))),
    '',
    row('first score of a new page', 'ms since the script began', 'ms since the page was asked for'),
    row('---', '---:', '---:'),
    ...cold.map(({ name, scriptMs, pageMs }) => row(named(name), scriptMs.toFixed(1), pageMs.toFixed(1))),
    '',
    row('build', 'KB gzip', 'KB brotli'),
    row('---', '---:', '---:'),
    ...Object.entries(builds).map(([name, { gzip, brotli }]) => row(name, kb(gzip), kb(brotli))),
    '',
    `Medians of ${model.rounds} rounds in which the engines took turns, on ${on}: ${machine.processor}, ${machine.cores} cores shared with other work, Node ${machine.node}, ${machine.browser}. \`npm run bench\` measures anew; only what stands in one table can be compared.`,
  ].join('\n');
}

/**
 * How many questions the planner saves.
 *
 * @param {{ sample: string, visitors: number, fullForm: number, fileOrder: number, planned: number, most: number }[]} rows as tests/saved.rs writes them
 */
export function savedOf(rows) {
  const less = (planned, than) => `${Math.round((1 - planned / than) * 100)} %`;
  return [
    row('sample', 'full form', 'in the order of the file, until settled', 'planned', 'fewer than the full form'),
    row('---', '---:', '---:', '---:', '---:'),
    ...rows.map(({ sample, fullForm, fileOrder, planned }) => row(`\`${sample}\``, fullForm.toFixed(2), fileOrder.toFixed(2), planned.toFixed(2), less(planned, fullForm))),
    '',
    `${rows[0].visitors} visitors each, who answer in the shares of the scorecard and of [visitors.json](tests/visitors/visitors.json); required questions are always asked and counted. All three ways end on the same route for every one of them.`,
  ].join('\n');
}

/** The table of this name that stands in a text; throws where it has none. @param {string} text @param {keyof typeof marks} name */
export function tableIn(text, name) {
  const [begin, end] = marks[name];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the text has no \`${begin}\` … \`${end}\``);
  return text.slice(from + begin.length, to).trim();
}

/** A text with another table of this name in it. @param {string} text @param {keyof typeof marks} name @param {string} table */
export function withTable(text, name, table) {
  const [begin, end] = marks[name];
  return `${text.slice(0, text.indexOf(begin) + begin.length)}\n${table}\n${text.slice(text.indexOf(end))}`;
}
