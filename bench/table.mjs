// The figures of README.md, made from bench/results.json.

const begin = '<!-- figures: made from bench/results.json by `npm run gen` -->';
const end = '<!-- /figures -->';

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

/** The figures that stand in a text; throws where it has none. @param {string} text */
export function figuresIn(text) {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the text has no \`${begin}\` … \`${end}\``);
  return text.slice(from + begin.length, to).trim();
}

/** A text with other figures in it. @param {string} text @param {string} figures */
export const withFigures = (text, figures) => text.replace(`${begin}${text.slice(text.indexOf(begin) + begin.length, text.indexOf(end))}`, `${begin}\n${figures}\n`);
