#!/usr/bin/env node
// `npx leadfit`: the same engine from a terminal and in CI.

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { commands } from './cli/commands.js';
import { error, nearest, print, Refusal } from './cli/terminal.js';

const help = `leadfit: score, qualify and route leads by one scorecard file

  leadfit check FILE…                      all problems of scorecards, with their places
  leadfit compile FILE                     a small file that pages load at once
  leadfit score SCORECARD LEADS            scores leads in a .json or .csv file, or from - (stdin)
  leadfit diff OLD NEW                     what changed between two scorecards, in plain words
  leadfit title "VP Sales"                 what a job title says
  leadfit serve SCORECARD…                 takes leads from pages, checks, keeps and forwards them
  leadfit person NAME                      hashes a password, for LEADFIT_PEOPLE of \`serve\`
  leadfit learn SCORECARD LEADS            points proposed from the outcomes of past leads
  leadfit learn --data TABLE.csv --schema SCHEMA.json -o CARD.json
                                           a scorecard learned from a plain table

  check    --strict                        warnings fail too
  compile  --for page|server               what visitors must not read is left out for a page (default)
           --with value,accounts           keep on a page what leads are worth, and which companies
                                           have an owner (hashes: hidden from a casual look only)
           -o, --out FILE                  default: FILE with the ending .leadfit; - is stdout
  score    --now 2026-10-01T09:00:00Z      the moment at which leads are seen; default: now
           -o, --out FILE                  default: stdout
  title    --departments it,sales          the departments that buy; they decide the role
           --employees 200                 size of the company
  serve    --port 8787  --host localhost   where it listens
           --store leads.sqlite            where leads are kept
           --origin https://www.acme.com   pages that may send; again for each
           --receivers receivers.js        to whom leads are forwarded
           --url https://leads.acme.com    where it is reached from outside, for links in messages
           --thanks /thanks/               where forms without scripts lead
           --time-zone Europe/Berlin       in which sales reads times
           --work-bits 16                  proof of work that form tickets ask for
           --proxy                         a proxy before it says who asks
           Secrets come from the environment: LEADFIT_SECRET, LEADFIT_PEOPLE
  person   --workers                       a hash that Cloudflare Workers can check
  learn    -o, --out FILE                  the scorecard with all that is proposed
           --proposal FILE                 the proposal as JSON, for \`accept\` and the studio
           --options FILE                  wishes as JSON: simplicity, columns, halfLifeDays, …
           --simplicity 0.5                0 closest fit, 1 fewest rules
           --strict                        ends with 1 where there is no clear signal
  all      --json                          for programs: one JSON value, for several leads one per line
           -h, --help   -v, --version

  Exit: 0 fine, 1 the scorecard has problems, 2 the call or a file is wrong. \`diff\` and \`learn\` end
  with 0 whether or not something changes.`;

const options = /** @type {const} */ ({
  json: { type: 'boolean' },
  strict: { type: 'boolean' },
  for: { type: 'string' },
  with: { type: 'string' },
  now: { type: 'string' },
  out: { type: 'string', short: 'o' },
  departments: { type: 'string' },
  employees: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  store: { type: 'string' },
  origin: { type: 'string', multiple: true },
  receivers: { type: 'string' },
  url: { type: 'string' },
  thanks: { type: 'string' },
  'time-zone': { type: 'string' },
  'work-bits': { type: 'string' },
  proxy: { type: 'boolean' },
  workers: { type: 'boolean' },
  data: { type: 'string' },
  schema: { type: 'string' },
  proposal: { type: 'string' },
  options: { type: 'string' },
  simplicity: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
});

/** Which options a command takes beside `--json`. */
const taken = { check: ['strict'], compile: ['for', 'with', 'out'], score: ['now', 'out'], diff: [], title: ['departments', 'employees'], serve: ['port', 'host', 'store', 'origin', 'receivers', 'url', 'thanks', 'time-zone', 'work-bits', 'proxy'], person: ['workers'], learn: ['data', 'schema', 'proposal', 'options', 'simplicity', 'now', 'strict', 'out'] };

async function main() {
  const { values, positionals } = read();
  if (values.version) return print(JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')).version);
  const [name, ...rest] = positionals;
  if (values.help || name === undefined || name === 'help') {
    if (name === undefined && !values.help) process.exitCode = 2;
    return print(help);
  }
  if (!Object.hasOwn(commands, name)) {
    throw new Refusal(`\`${name}\` is no command`, `use \`${nearest(name, Object.keys(commands))}\`, or see \`leadfit --help\``);
  }
  for (const option of Object.keys(values)) {
    if (option !== 'json' && !taken[name].includes(option)) throw new Refusal(`\`leadfit ${name}\` has no option --${option}`, 'see `leadfit --help`');
  }
  process.exitCode = await commands[name](rest, values);
}

function read() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (fault) {
    const wrong = /'(--?[^\s'=<]+)/.exec(fault.message)?.[1];
    const known = nearest(wrong?.replace(/^-+/, '') ?? '', Object.keys(options));
    const unknown = fault.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION';
    throw new Refusal(unknown ? `${wrong} is no option` : fault.message.split('\n')[0], unknown ? `use --${known}, or see \`leadfit --help\`` : 'see `leadfit --help`');
  }
}

// `leadfit … | head` ends early, which is no fault.
process.stdout.on('error', (fault) => process.exit(fault.code === 'EPIPE' ? 0 : 2));

await main().catch((fault) => {
  process.exitCode = fault instanceof Refusal ? fault.exit : 2;
  error(fault instanceof Refusal ? fault.message : (fault.stack ?? String(fault)));
});
