//! What the layout of the crate promises: arrows between modules point one way, the running part
//! touches nothing of the outside, JavaScript stays in its two places, files stay short, pages
//! never turn text into markup, and generated files say which command makes them.
//!
//! The sources are read as text, without comments, strings and tests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules that run on a page, in layers: each may use only modules that stand above it, and
/// uses exactly those that stand beside it. A new arrow is written down here, where a review sees
/// it; one that points down has to be turned round first.
const RUNNING: &[(&str, &str)] = &[
    // Text, numbers, time, bytes.
    ("text", ""),
    ("num", "text"),
    ("time", ""),
    ("wire", ""),
    // Words and what can be wrong.
    ("vocabulary", "wire"),
    ("problem", "vocabulary"),
    // What text tells: job titles, addresses, channels.
    ("title", "text vocabulary"),
    ("signals", "text title vocabulary"),
    // What runs, and what it runs on.
    ("program", "signals title vocabulary wire"),
    ("lead", "num problem program text time vocabulary wire"),
    ("clock", "program time"),
    // From a lead to its score and route.
    ("condition", "lead program text"),
    (
        "situation",
        "condition lead num program signals text time title",
    ),
    ("score", "condition program situation"),
    ("route", "condition lead program score situation"),
    // Who picks it up, by when.
    ("owner", "condition program signals text time"),
    ("follow_up", "clock condition owner program time"),
    (
        "verdict",
        "condition follow_up lead num owner problem program route score signals situation title wire",
    ),
    (
        "question",
        "condition lead program route score situation title verdict wire",
    ),
    // What a form and a page tell.
    ("dom", ""),
];

/// What stands beside the running part, for authors; the running part knows nothing of it.
const BESIDE: &[(&str, &str)] = &[
    ("names", ""),
    ("texts", "names program"),
    (
        "card",
        "lead num program question signals texts time title verdict wire",
    ),
    ("table", "card lead problem texts"),
    (
        "scorecard",
        "card clock condition lead names num owner problem program score signals text texts time title vocabulary",
    ),
    (
        "learn",
        "card condition lead names num problem program score scorecard situation table text time vocabulary",
    ),
    // Past leads, for the studio.
    (
        "backtest",
        "card condition lead names num problem program route score signals situation table text texts time title vocabulary wire",
    ),
];

/// The surface of both builds, above everything.
const SURFACE: (&str, &str) = (
    "wasm",
    "backtest card learn problem program question scorecard table time title verdict",
);

/// The only modules that may know JavaScript.
const JAVASCRIPT: &[&str] = &["wasm", "dom"];

/// Most lines of a file without its tests.
const MAX_LINES: usize = 600;

/// Generated files that can carry a header, and the command that it must name.
const GENERATED: &[(&str, &str)] = &[
    ("docs/scorecard.md", "UPDATE_GENERATED=1 cargo test"),
    (
        "pkg-config/scorecard.schema.json",
        "UPDATE_GENERATED=1 cargo test",
    ),
    ("pkg-config/types.d.ts", "UPDATE_GENERATED=1 cargo test"),
    ("src/signals/domains.rs", "node lists/refresh.mjs"),
    ("src/signals/sites.rs", "node lists/refresh.mjs"),
    ("pkg-config/words.js", "UPDATE_GENERATED=1 cargo test"),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file of `src/`.
struct Source {
    /// Path from the repository, with `/`.
    path: String,
    /// Its module, from the crate: `["lead", "read"]`.
    module: Vec<String>,
    /// The text as it stands there.
    text: String,
    /// The same length without comments, strings and tests: blanks stand in their place.
    code: String,
}

impl Source {
    fn top(&self) -> &str {
        self.module.first().map_or("lib", String::as_str)
    }

    fn is_generated(&self) -> bool {
        self.text
            .lines()
            .next()
            .is_some_and(|line| line.contains("GENERATED"))
    }

    /// `path:line` of a byte.
    fn place(&self, at: usize) -> String {
        format!(
            "{}:{}",
            self.path,
            self.text[..at].matches('\n').count() + 1
        )
    }
}

/// All files below `folder` whose name ends in one of `ends`, sorted, with `/` in their paths.
fn files(folder: &str, ends: &[&str]) -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            if path.is_dir() {
                let built = ["node_modules", "target", "dist"];
                if !built.iter().any(|built| name == *built) {
                    walk(&path, found);
                }
            } else {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    let mut paths: Vec<String> = found
        .iter()
        .map(|path| {
            let path = path.strip_prefix(root()).expect("below the repository");
            path.to_string_lossy().replace('\\', "/")
        })
        .filter(|path| ends.iter().any(|end| path.ends_with(end)))
        .collect();
    paths.sort();
    paths
}

/// Where a piece of Rust that is no code ends: a comment, a string or a character that starts at
/// `at`; `None` where code stands there.
fn end_of_no_code(text: &[u8], at: usize) -> Option<usize> {
    let rest = &text[at..];
    let until = |end: &[u8], from: usize| {
        let found = text[from..]
            .windows(end.len())
            .position(|window| window == end);
        found.map_or(text.len(), |found| from + found + end.len())
    };
    if rest.starts_with(b"//") {
        return Some(until(b"\n", at) - 1);
    }
    if rest.starts_with(b"/*") {
        let (mut depth, mut end) = (1, at + 2);
        while depth > 0 && end < text.len() {
            match &text[end..] {
                [b'/', b'*', ..] => (depth, end) = (depth + 1, end + 2),
                [b'*', b'/', ..] => (depth, end) = (depth - 1, end + 2),
                _ => end += 1,
            }
        }
        return Some(end);
    }
    let in_word = at > 0 && (text[at - 1].is_ascii_alphanumeric() || text[at - 1] == b'_');
    if !in_word {
        // `r"…"`, `r#"…"#`, `br"…"`: nothing is escaped in them.
        let raw = rest.strip_prefix(b"b").unwrap_or(rest);
        if let Some(raw) = raw.strip_prefix(b"r") {
            let hashes = raw.iter().take_while(|&&byte| byte == b'#').count();
            if raw.get(hashes) == Some(&b'"') {
                let open = at + (rest.len() - raw.len()) + hashes + 1;
                return Some(until(
                    &[b"\"", "#".repeat(hashes).as_bytes()].concat(),
                    open,
                ));
            }
        }
    }
    match rest {
        [b'"', ..] => {
            let mut end = at + 1;
            while end < text.len() && text[end] != b'"' {
                end += if text[end] == b'\\' { 2 } else { 1 };
            }
            Some((end + 1).min(text.len()))
        }
        [b'\'', b'\\', _, ..] => Some(until(b"'", at + 3)),
        // A lifetime has no quote after its first letter.
        [b'\'', first, ..] => {
            let length = std::str::from_utf8(&rest[1..rest.len().min(5)])
                .map_or_else(|error| error.valid_up_to(), str::len);
            let letter = std::str::from_utf8(&rest[1..1 + length])
                .ok()?
                .chars()
                .next()?;
            let end = at + 1 + letter.len_utf8();
            (*first != b'\'' && text.get(end) == Some(&b'\'')).then_some(end + 1)
        }
        _ => None,
    }
}

/// Blanks in place of `text[from..to]`, so that lines keep their numbers.
fn blank(text: &mut [u8], from: usize, to: usize) {
    for byte in &mut text[from..to] {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

/// Rust without comments, strings and characters.
fn code_of(text: &str) -> String {
    let source = text.as_bytes();
    let (mut code, mut at) = (source.to_vec(), 0);
    while at < source.len() {
        match end_of_no_code(source, at) {
            Some(end) => {
                blank(&mut code, at, end);
                at = end;
            }
            None => at += 1,
        }
    }
    String::from_utf8(code).expect("whole characters were blanked")
}

/// Blanks the items that only tests have, and gives the names of test modules in other files.
fn without_tests(code: &mut String) -> Vec<String> {
    const MARK: &str = "#[cfg(test)]";
    let mut elsewhere = Vec::new();
    while let Some(from) = code.find(MARK) {
        let rest = &code[from..];
        // The item ends with its block, or with a semicolon outside of one.
        let mut depth = 0;
        let mut end = rest.len();
        for (at, byte) in rest.bytes().enumerate().skip(MARK.len()) {
            match byte {
                b'{' | b'[' | b'(' => depth += 1,
                b'}' | b']' | b')' => depth -= 1,
                _ => {}
            }
            if depth == 0 && matches!(byte, b'}' | b';') {
                end = at + 1;
                break;
            }
        }
        let mut words = rest[MARK.len()..end].split_whitespace();
        if let (Some("mod"), Some(name)) = (words.next(), words.next())
            && let Some(name) = name.strip_suffix(';')
        {
            elsewhere.push(name.to_owned());
        }
        let mut bytes = std::mem::take(code).into_bytes();
        blank(&mut bytes, from, from + end);
        *code = String::from_utf8(bytes).expect("whole characters were blanked");
    }
    elsewhere
}

/// The files of the crate, those that only tests have left out.
fn sources() -> Vec<Source> {
    let mut only_tests: BTreeSet<Vec<String>> = BTreeSet::new();
    let mut sources: Vec<Source> = Vec::new();
    for path in files("src", &[".rs"]) {
        let text = fs::read_to_string(root().join(&path)).expect("a source is text");
        let name = path.trim_start_matches("src/").trim_end_matches(".rs");
        let module: Vec<String> = name
            .split('/')
            .filter(|part| !["lib", "mod"].contains(part))
            .map(str::to_owned)
            .collect();
        let mut code = code_of(&text);
        for name in without_tests(&mut code) {
            only_tests.insert([module.as_slice(), &[name]].concat());
        }
        sources.push(Source {
            path,
            module,
            text,
            code,
        });
    }
    sources.retain(|source| {
        !(0..=source.module.len()).any(|length| only_tests.contains(&source.module[..length]))
    });
    assert!(sources.len() > 30, "the sources were not found");
    sources
}

/// The words of some code, each with its place.
fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + code[at..].find(is_word)?;
        let length = code[start..]
            .find(|c| !is_word(c))
            .unwrap_or(code.len() - start);
        at = start + length;
        Some((start, &code[start..at]))
    })
}

/// The first names of what a path goes on with: one, or several in braces.
fn heads(rest: &str) -> Vec<&str> {
    let first = |text| words(text).next().map_or("", |(_, word)| word);
    let Some(inner) = rest.trim_start().strip_prefix('{') else {
        return vec![first(rest)];
    };
    let (mut heads, mut depth, mut from) = (Vec::new(), 0, 0);
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                heads.push(first(&inner[from..at]));
                from = at + 1;
            }
            _ => {}
        }
        if c == '}' && depth == 0 && from == at + 1 {
            break;
        }
    }
    heads.retain(|head| !head.is_empty());
    heads
}

/// The modules of the crate that a source names, by `crate::` or by enough `super::`.
fn named(source: &Source) -> Vec<(usize, &str)> {
    let mut named = Vec::new();
    let mut above = 0;
    for (at, word) in words(&source.code) {
        let Some(rest) = source.code[at + word.len()..].strip_prefix("::") else {
            above = 0;
            continue;
        };
        match word {
            "super" => above += 1,
            "crate" => above = source.module.len(),
            _ => above = 0,
        }
        if above > 0 && above == source.module.len() && !rest.starts_with("super") {
            named.extend(heads(rest).into_iter().map(|head| (at, head)));
        }
    }
    named
}

fn fail_with(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n\n{}\n", wrong.join("\n"));
}

#[test]
fn arrows_point_one_way() {
    let mut layers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (at, (module, uses)) in RUNNING.iter().enumerate() {
        for used in uses.split_whitespace() {
            assert!(
                RUNNING[..at].iter().any(|(above, _)| *above == used),
                "the table lets `{module}` use `{used}`, which does not stand above it"
            );
        }
    }
    for (module, uses) in RUNNING.iter().chain(BESIDE).chain([&SURFACE]) {
        layers.insert(module, uses.split_whitespace().collect());
    }

    let mut wrong = Vec::new();
    let mut unused: BTreeSet<(&str, &str)> = layers
        .iter()
        .flat_map(|(module, uses)| uses.iter().map(|used| (*module, *used)))
        .collect();
    let sources = sources();
    for source in sources.iter().filter(|source| !source.module.is_empty()) {
        let top = source.top();
        let Some(uses) = layers.get(top) else {
            wrong.push(format!(
                "{}: module `{top}` is not in the table; put it where its arrows point up",
                source.path
            ));
            continue;
        };
        for (at, used) in named(source) {
            if used == top {
                continue;
            }
            unused.remove(&(top, used));
            if !layers.contains_key(used) {
                wrong.push(format!(
                    "{}: `{used}` is no module of the table",
                    source.place(at)
                ));
            } else if !uses.contains(&used) {
                wrong.push(format!(
                    "{}: `{top}` uses `{used}`, an arrow that the table does not have; if `{used}` \
                     stands above `{top}` add it there, else move what both need further up",
                    source.place(at)
                ));
            }
        }
    }
    for (module, used) in unused {
        wrong.push(format!(
            "the table lets `{module}` use `{used}`, which it does not; take it out"
        ));
    }
    for module in layers.keys() {
        if !sources.iter().any(|source| source.top() == *module) {
            wrong.push(format!("the table has `{module}`, the crate has not"));
        }
    }
    fail_with(&wrong);
}

#[test]
fn javascript_and_unsafe_stay_in_their_place() {
    let only = [
        "wasm_bindgen",
        "js_sys",
        "web_sys",
        "serde_wasm_bindgen",
        "unsafe",
    ];
    let mut wrong = Vec::new();
    for source in sources() {
        if JAVASCRIPT.contains(&source.top()) {
            continue;
        }
        for (at, word) in words(&source.code).filter(|(_, word)| only.contains(word)) {
            wrong.push(format!(
                "{}: `{word}` may stand in src/wasm/ and src/dom.rs only",
                source.place(at)
            ));
        }
    }
    fail_with(&wrong);
}

#[test]
fn the_running_part_touches_nothing_outside() {
    // Hash tables are walked in another order on every run; the rest is the world itself. Authors'
    // modules may use std, but the same answer is owed for the same text.
    let world = [
        "HashMap",
        "HashSet",
        "RandomState",
        "SystemTime",
        "Instant",
        "rand",
        "getrandom",
    ];
    let parts = ["fs", "net", "env", "thread", "time", "process", "io", "os"];
    let mut wrong = Vec::new();
    for source in sources() {
        let running = RUNNING.iter().any(|(module, _)| *module == source.top());
        for (at, word) in words(&source.code) {
            let rest = &source.code[at + word.len()..];
            if world.contains(&word) {
                wrong.push(format!(
                    "{}: `{word}`: what leadfit answers follows from what it is given alone",
                    source.place(at)
                ));
            } else if word == "std" && rest.starts_with("::") {
                if running {
                    wrong.push(format!(
                        "{}: `std` in a module that runs on a page without it; use `core` or `alloc`",
                        source.place(at)
                    ));
                } else if let Some(part) = heads(&rest[2..])
                    .into_iter()
                    .find(|head| parts.contains(head))
                {
                    wrong.push(format!(
                        "{}: `std::{part}`: no clock, files, network, environment or threads in the crate",
                        source.place(at)
                    ));
                }
            }
        }
    }
    fail_with(&wrong);
}

#[test]
fn files_stay_short() {
    let mut wrong = Vec::new();
    for source in sources() {
        // A line counts that is not blank only because a test stood there.
        let lines = source
            .text
            .lines()
            .zip(source.code.lines())
            .filter(|(text, code)| {
                let text = text.trim_start();
                text.is_empty() || text.starts_with("//") || !code.trim().is_empty()
            })
            .count();
        if lines > MAX_LINES && !source.is_generated() {
            wrong.push(format!(
                "{}: {lines} lines without its tests, at most {MAX_LINES}; split it by idea",
                source.path
            ));
        }
    }
    fail_with(&wrong);
}

#[test]
fn pages_never_turn_text_into_markup_or_code() {
    let banned = [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function(",
    ];
    let mut wrong = Vec::new();
    for path in ["www", "pkg-config"]
        .iter()
        .flat_map(|folder| files(folder, &[".js", ".mjs", ".ts", ".html"]))
    {
        let text = fs::read_to_string(root().join(&path)).expect("a page is text");
        for (at, line) in text.lines().enumerate() {
            let line = line.trim_start();
            let comment = ["//", "* ", "/*"].iter().any(|mark| line.starts_with(mark));
            for word in banned
                .iter()
                .filter(|word| !comment && line.contains(**word))
            {
                wrong.push(format!(
                    "{path}:{}: `{word}` lets text become markup or code; use textContent, \
                     createElement or a template that escapes",
                    at + 1
                ));
            }
        }
    }
    fail_with(&wrong);
}

#[test]
fn generated_files_name_their_command() {
    let head = |path: &str| {
        let text = fs::read_to_string(root().join(path)).unwrap_or_default();
        text.lines().take(4).collect::<Vec<_>>().join("\n")
    };
    let mut wrong = Vec::new();
    for (path, command) in GENERATED {
        let head = head(path);
        if !(head.contains("GENERATED") && head.contains(command)) {
            wrong.push(format!(
                "{path}: its first lines must say GENERATED and name `{command}`"
            ));
        }
    }
    for folder in ["src", "docs", "pkg-config", "www"] {
        for path in files(
            folder,
            &[".rs", ".md", ".json", ".ts", ".js", ".mjs", ".css"],
        ) {
            if head(&path).contains("GENERATED")
                && !GENERATED.iter().any(|(listed, _)| *listed == path)
            {
                wrong.push(format!(
                    "{path}: says that it is generated; add it to the list in tests/architecture.rs"
                ));
            }
        }
    }
    fail_with(&wrong);
}

#[test]
fn reading_sources_as_text_sees_code_only() {
    let code = |text: &str| code_of(text).split_whitespace().collect::<String>();
    assert_eq!(code("a // b\nc /* d /* e */ f */ g"), "acg");
    assert_eq!(code(r#"a "b \" c" d 'e' '\'' '"' 'ä' f"#), "adf");
    assert_eq!(code(r##"a r"\" b r#"c"d"# br"e" f"##), "abf");
    assert_eq!(code("fn f<'a>(x: &'a str) { x }"), "fnf<'a>(x:&'astr){x}");

    let mut tests =
        "a #[cfg(test)] mod t; b #[cfg(test)] #[allow(x)] mod u { c { d } } e".to_owned();
    assert_eq!(without_tests(&mut tests), ["t"]);
    assert_eq!(tests.split_whitespace().collect::<String>(), "abe");

    let source = |module: &[&str], code: &str| Source {
        path: String::new(),
        module: module.iter().map(|name| (*name).to_owned()).collect(),
        text: code.to_owned(),
        code: code.to_owned(),
    };
    #[track_caller]
    fn check(source: &Source, expected: &[&str]) {
        let found: Vec<&str> = named(source).into_iter().map(|(_, name)| name).collect();
        assert_eq!(found, expected);
    }
    check(
        &source(&["a"], "use crate::{b, c::{d, e}, f}; crate::g::h()"),
        &["b", "c", "f", "g"],
    );
    check(
        &source(&["a"], "use super::b; use super::{c};"),
        &["b", "c"],
    );
    check(
        &source(&["a", "b"], "use super::c; use super::super::d::e;"),
        &["d"],
    );
}
