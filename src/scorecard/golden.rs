//! Broken scorecards and exactly what is said about them (`tests/golden/problems`), and texts that
//! no file should hold: huge, deep, random.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{MAX_PROBLEMS, Outcome, read};
use crate::problem::{Code, Problem};

const SOUND: &str = include_str!("../../tests/golden/problems/sound.json");

/// Codes that reading the text of a scorecard never gives.
const ELSEWHERE: &[Code] = &[
    // These are about compiled scorecards, leads and leadfit itself.
    Code::NotAProgram,
    Code::ProgramTooNew,
    Code::CompiledScorecardNeeded,
    Code::LeadNotObject,
    Code::BadNow,
    Code::NotReady,
    Code::NotLoaded,
    Code::Internal,
    Code::NotReady,
    Code::NotLoaded,
];

fn cases() -> Vec<(String, PathBuf)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/problems");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .map(|path| (fs::read_to_string(&path).expect("a text"), path))
        .collect();
    cases.sort_by(|a, b| a.1.cmp(&b.1));
    cases
}

fn lines(problems: &[Problem]) -> String {
    let mut lines = String::new();
    for problem in problems {
        let (line, column) = (problem.line.unwrap_or(0), problem.column.unwrap_or(0));
        let (severity, code) = (problem.severity.id(), problem.code.id());
        writeln!(lines, "{line}:{column} {severity} {code} {problem}").expect("room");
    }
    lines
}

#[test]
fn problems_are_as_expected() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    assert!(
        !(update && std::env::var_os("CI").is_some()),
        "golden files are rewritten by people only"
    );
    let mut stale = Vec::new();
    for (text, path) in cases() {
        let actual = lines(&read(&text).problems);
        let expected_path = path.with_extension("expected.txt");
        if update {
            fs::write(&expected_path, &actual).expect("a file that can be written");
        }
        if fs::read_to_string(&expected_path).ok().as_ref() != Some(&actual) {
            stale.push(format!("{}\n{actual}", path.display()));
        }
    }
    assert!(
        stale.is_empty(),
        "other problems than expected; `UPDATE_GOLDEN=1 cargo test` takes these over:\n{}",
        stale.join("\n")
    );
}

#[test]
fn every_code_has_a_case() {
    let seen: BTreeSet<Code> = cases()
        .iter()
        .flat_map(|(text, _)| read(text).problems)
        .map(|problem| problem.code)
        .collect();
    let wanted: BTreeSet<Code> = Code::ALL
        .iter()
        .copied()
        .filter(|code| !ELSEWHERE.contains(code))
        .collect();
    assert_eq!(seen, wanted);
}

#[test]
fn problems_name_no_type_and_show_a_way_out() {
    for (text, path) in cases() {
        for problem in read(&text).problems {
            let message = problem.to_string();
            for leak in [
                "struct ", "enum ", "i32", "u32", "f64", "variant", "newtype", "serde",
            ] {
                assert!(!message.contains(leak), "{}: {message}", path.display());
            }
            assert!(
                !problem.help.is_empty() && !problem.help.ends_with('.'),
                "{message}"
            );
            assert!(
                !problem.found.is_empty() && !problem.expected.is_empty(),
                "{message}"
            );
        }
    }
}

#[test]
fn a_sound_scorecard_has_no_problem() {
    let outcome = read(SOUND);
    assert_eq!(lines(&outcome.problems), "");
    let card = outcome.scorecard.expect("a scorecard");
    let written = serde_json::to_string(&card).expect("a scorecard is JSON");
    assert_eq!(read(&written).scorecard, Some(card));
}

/// Reads a hostile text in bounded time; gives the codes.
#[track_caller]
fn hostile(text: &str) -> Vec<Code> {
    let start = Instant::now();
    let Outcome { problems, .. } = read(text);
    // Far above the budget of an optimized build, far below anything that hangs.
    assert!(start.elapsed() < Duration::from_secs(20));
    assert!(problems.len() <= MAX_PROBLEMS);
    problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn too_large_texts_are_not_read() {
    assert_eq!(hostile(&" ".repeat(2 << 20)), [Code::TooLarge]);
}

#[test]
fn deep_nesting_is_refused() {
    for open in ["[", "{\"a\":"] {
        assert_eq!(hostile(&open.repeat(100_000)), [Code::NotJson]);
    }
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(hostile(&format!("{open}{close}")), [Code::WrongType]);
    for depth in [17, 60, 120, 10_000] {
        let when = format!(
            "{}{{\"all\":[]}}{}",
            "{\"not\":".repeat(depth),
            "}".repeat(depth)
        );
        let text = SOUND.replace(
            r#"{ "fact": { "id": "jobTitle", "contains": ["student"] } }"#,
            &when,
        );
        assert_eq!(hostile(&text), [Code::TooLarge], "{depth}");
    }
}

#[test]
fn many_faults_take_bounded_time() {
    let criterion = r#"{"id":"x","axis":"fit","on":{"fact":"x"},"bins":[]},"#;
    let many = |count: usize, item: &str| item.repeat(count).trim_end_matches(',').to_owned();
    for (section, item, count) in [
        ("criteria", criterion, 18_000),
        ("criteria", "1,", 400_000),
        ("accounts", r#"{"domains":["a"],"owner":"bo"},"#, 9_000),
        ("nonsense", "[],", 300_000),
    ] {
        let text = SOUND.replacen('{', &format!("{{\"{section}\":[{}],", many(count, item)), 1);
        assert!(!hostile(&text).is_empty());
    }
    let bin = many(20_000, r#"{"values":["a","b"],"points":1},"#);
    let criterion = format!(
        r#"{{"criteria":[{{"id":"x","axis":"fit","on":{{"fact":"email"}},"bins":[{bin}]}}],"leadfit":1}}"#
    );
    assert!(!hostile(&criterion).is_empty());
    let keys = many(100_000, r#""a":1,"#);
    assert!(!hostile(&format!("{{{keys}}}")).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_read(text in ".{0,200}") {
        read(&text);
    }

    #[test]
    fn any_json_like_text_is_read(text in r#"[\[\]{}",:0-9a-z\\ \n-]{0,200}"#) {
        read(&text);
    }

    #[test]
    fn damaged_scorecards_are_read(
        at in 0..SOUND.len(),
        length in 0..40_usize,
        patch in prop::sample::select(vec![
            "", "null", "\"\"", "-1", "1e400", "1e9", "{}", "[]", "true", "\"x\"", ",", "}", "\\ud800",
            "\u{FEFF}", "99999999999999999999", "0.5", "\"__proto__\"",
        ]),
    ) {
        let start = (0..=at).rev().find(|at| SOUND.is_char_boundary(*at)).unwrap_or(0);
        let end = (at + length..).find(|at| *at >= SOUND.len() || SOUND.is_char_boundary(*at));
        let end = end.unwrap_or(SOUND.len()).min(SOUND.len());
        let outcome = read(&format!("{}{patch}{}", &SOUND[..start], &SOUND[end..]));
        for problem in &outcome.problems {
            prop_assert!(problem.line.is_some() && problem.column.is_some());
        }
    }

    #[test]
    fn damaged_values_are_read(
        choice in any::<prop::sample::Index>(),
        patch in prop::sample::select(vec![
            "null", "\"\"", "-1", "1e400", "1e9", "{}", "[]", "true", "\"x\"", "0", "3.5",
            "{\"a\":1,\"b\":2}", "[[]]", "\"\\ud800\"",
        ]),
    ) {
        // Every number and text of the sound scorecard in turn becomes something else.
        let values: Vec<_> = SOUND.match_indices(": ").map(|(at, _)| at + 2).collect();
        let start = values[choice.index(values.len())];
        let tree = super::locate::Tree::new(&SOUND[start..]).unwrap();
        let text = format!("{}{patch}{}", &SOUND[..start], &SOUND[start + tree.root.end..]);
        read(&text);
    }
}
