//! Hostile scorecards: whatever the text, problems come back, few of them, soon and without a panic.
//!
//! `cargo test --release --test hostile -- --nocapture` says how long each took.

use std::time::{Duration, Instant};

use leadfit::problem::Severity;
use leadfit::scorecard::{self, MAX_BYTES, MAX_PROBLEMS};
use serde_json::{Map, Value, json};

/// A scorecard without a fault, which uses every part of the format.
fn sound() -> Value {
    serde_json::from_str(include_str!("golden/problems/sound.json")).unwrap()
}

/// The sound scorecard with another value at a key.
fn with(key: &str, value: Value) -> String {
    let mut card = sound();
    card[key] = value;
    card.to_string()
}

/// The sound scorecard with raw text as its criteria, for what no JSON value can be.
fn with_raw_criteria(raw: &str) -> String {
    with("criteria", json!("HERE")).replace("\"HERE\"", raw)
}

fn repeat(item: &str, separator: &str, bytes: usize) -> String {
    let count = bytes / (item.len() + separator.len());
    vec![item; count].join(separator)
}

fn nested(open: &str, inner: &str, close: &str, depth: usize) -> String {
    open.repeat(depth) + inner + &close.repeat(depth)
}

fn condition(raw: &str) -> String {
    let criterion = r#"[{"id": "deep", "axis": "fit", "true": 1, "on": {"condition": HERE}}]"#;
    with_raw_criteria(&criterion.replace("HERE", raw))
}

/// `width` conditions inside each of `depth` levels.
fn laughs(width: usize, depth: usize) -> Value {
    if depth == 0 {
        return json!({ "fact": { "id": "none", "is": 1 } });
    }
    json!({ "all": vec![laughs(width, depth - 1); width] })
}

fn bins(count: usize, value: impl Fn(usize) -> Value) -> Value {
    (0..count)
        .map(|bin| json!({ "values": [value(bin)], "points": bin }))
        .collect()
}

fn criteria(count: usize, on: impl Fn(usize) -> Value, bins: &Value) -> Value {
    let one = |index| json!({ "id": format!("c{index}"), "axis": "fit", "group": format!("intrest{index}"), "on": on(index), "bins": bins });
    (0..count).map(one).collect()
}

fn named(count: usize, field: &str, make: impl Fn(usize) -> Value) -> Value {
    let one = |index| {
        let mut item = make(index);
        item[field] = json!(format!("{field}-{index:05}"));
        item
    };
    (0..count).map(one).collect()
}

/// Hostile scorecards by name.
pub fn cards() -> Vec<(&'static str, String)> {
    let full = MAX_BYTES - 8 * 1024;
    let choices = named(12_000, "value", |_| json!({}));
    let mut many_words = sound();
    many_words["facts"] = json!([{ "id": "plan", "type": "choice", "choices": choices }]);
    let words: Vec<Value> = (0..90)
        .map(|word| json!(format!("value-{:05}", 11_999 - word)))
        .collect();
    many_words["criteria"] = criteria(
        200,
        |_| json!({ "fact": "plan" }),
        &json!([{ "values": words, "points": 1 }]),
    );
    let mut many_facts = sound();
    many_facts["facts"] = named(500, "id", |_| json!({ "type": "number" }));
    many_facts["criteria"] = criteria(
        200,
        |index| json!({ "fact": format!("id-x{index}") }),
        &bins(64, |bin| json!(bin)),
    );
    let mut many_owners = sound();
    many_owners["owners"] = named(1000, "id", |_| json!({}));
    many_owners["accounts"] = (0..10_000).map(|index| json!({ "domains": [format!("d{index}.example")], "owner": format!("od-{index:05}") })).collect();
    let mut many_grades = sound();
    let half = repeat(r#"{"name":"b"}"#, ",", full / 2);
    many_grades["bands"] = json!("HERE");
    many_grades["disqualify"] =
        json!([{ "id": "d", "reason": "x", "when": { "grade": { "in": ["b"] } } }]);
    let many_grades = many_grades.to_string().replace(
        "\"HERE\"",
        &format!(r#"{{"fit":[{half}],"engagement":[{half}]}}"#),
    );
    let mut many_edges = sound();
    many_edges["criteria"] = criteria(
        100,
        |_| json!({ "fact": "company.employees" }),
        &(0..64)
            .map(|bin| json!({ "from": bin * 2, "to": bin * 2 + 1, "points": 1 }))
            .collect(),
    );
    many_edges["questions"] = named(
        15,
        "id",
        |_| json!({ "fact": "company.employees", "label": "x", "options": vec![json!({ "label": "x", "range": { "from": 0, "to": 1000 } }); 500] }),
    );
    let mut many_forms = sound();
    let forms = |question: usize| -> Value {
        (0..20_000)
            .map(|form| json!(format!("{question}-{form}")))
            .collect()
    };
    many_forms["questions"] = named(4, "id", |_| json!({ "fact": "plan", "label": "x" }));
    for (question, card) in many_forms["questions"]
        .as_array_mut()
        .unwrap()
        .iter_mut()
        .enumerate()
    {
        card["forms"] = forms(question);
        card["when"] = json!({ "all": vec![json!({ "fact": { "id": "plan", "is": "x" } }); 500] });
    }
    let mut wrong_words = sound();
    wrong_words["facts"] =
        json!([{ "id": "plan", "type": "choice", "choices": named(1000, "value", |_| json!({})) }]);
    wrong_words["criteria"] = criteria(
        200,
        |_| json!({ "fact": "plan" }),
        &(0..40)
            .map(|bin| json!({ "values": [format!("valeu-{bin:05}")], "points": 1 }))
            .collect(),
    );
    let mut pointers = json!(vec![Value::Null; 2000]);
    for _ in 0..100 {
        pointers = json!({ "k".repeat(5000): pointers });
    }
    let proto: Map<String, Value> = [
        "__proto__",
        "constructor",
        "prototype",
        "toString",
        "hasOwnProperty",
    ]
    .map(|key| (key.to_owned(), json!({ "polluted": true })))
    .into_iter()
    .collect();
    let mut polluted = sound();
    polluted.as_object_mut().unwrap().extend(proto.clone());
    polluted["criteria"][0]
        .as_object_mut()
        .unwrap()
        .extend(proto);
    vec![
        ("nothing", String::new()),
        ("not an object", "7".to_owned()),
        ("too long", " ".repeat(MAX_BYTES + 1)),
        ("white space", " ".repeat(MAX_BYTES)),
        ("open brackets", "[".repeat(MAX_BYTES)),
        ("open objects", repeat("{\"a\":", "", MAX_BYTES)),
        ("brackets that close", nested("[", "1", "]", MAX_BYTES / 2)),
        (
            "one string that never ends",
            format!("\"{}", "a".repeat(full)),
        ),
        ("a NUL", with("id", json!("a\0b"))),
        (
            "half a surrogate",
            with("id", json!("HERE")).replace("HERE", "\\ud800"),
        ),
        (
            "1e400 points",
            with_raw_criteria(
                r#"[{"id":"x","axis":"fit","on":{"fact":"company.employees"},"bins":[{"else":true,"points":1e400}]}]"#,
            ),
        ),
        (
            "a bin from 1e400",
            with_raw_criteria(
                r#"[{"id":"x","axis":"fit","on":{"fact":"company.employees"},"bins":[{"from":1e400,"points":1},{"else":true,"points":0}]}]"#,
            ),
        ),
        ("a million digits", with_raw_criteria(&"9".repeat(full))),
        (
            "a very small number",
            with_raw_criteria(&format!("[0.{}1]", "0".repeat(full))),
        ),
        (
            "the same key again and again",
            format!("{{{}}}", repeat("\"leadfit\":1", ",", full)),
        ),
        (
            "other keys",
            format!(
                "{{{}}}",
                (0..60_000)
                    .map(|key| format!("\"k{key}\":{key}"))
                    .collect::<Vec<_>>()
                    .join(",")
            ),
        ),
        ("keys of prototypes", polluted.to_string()),
        (
            "a condition of 120 levels",
            condition(&nested("{\"not\":", r#"{"score":{"atLeast":1}}"#, "}", 100)),
        ),
        (
            "a condition of 10,000 levels",
            condition(&nested("{\"not\":", "1", "}", 10_000)),
        ),
        (
            "a condition of 20,000 parts",
            condition(&laughs(27, 3).to_string()),
        ),
        (
            "a condition that doubles 14 times",
            condition(&laughs(2, 14).to_string()),
        ),
        (
            "a list of nothing",
            with_raw_criteria(&format!("[{}]", repeat("{}", ",", full))),
        ),
        (
            "a list of numbers",
            with_raw_criteria(&format!("[{}]", repeat("1", ",", full))),
        ),
        (
            "a list of null",
            with_raw_criteria(&format!("[{}]", repeat("null", ",", full))),
        ),
        (
            "a list of lists",
            with_raw_criteria(&format!("[{}]", repeat("[[]]", ",", full))),
        ),
        (
            "criteria without bins",
            with_raw_criteria(&format!(
                "[{}]",
                repeat(r#"{"id":"a","axis":"fit"}"#, ",", full)
            )),
        ),
        ("one long key", format!("{{\"{}\":1}}", "k".repeat(full))),
        ("one long id", with("id", json!("i".repeat(full)))),
        ("long pointers", with("accounts", pointers)),
        (
            "10,000 values that repeat",
            with(
                "criteria",
                criteria(
                    1,
                    |_| json!({ "fact": "jobTitle" }),
                    &json!([{ "values": vec!["x"; 100_000], "points": 1 }]),
                ),
            ),
        ),
        (
            "wrong values",
            with(
                "criteria",
                criteria(
                    1,
                    |_| json!({ "fact": "company.employees" }),
                    &json!([{ "values": vec!["x"; 100_000], "points": 1 }]),
                ),
            ),
        ),
        ("many words of many choices", many_words.to_string()),
        ("a grade of 80,000 bands", many_grades),
        ("many options across many edges", many_edges.to_string()),
        ("questions of 20,000 forms", many_forms.to_string()),
        ("many words that are misspelt", wrong_words.to_string()),
        ("many facts that are not there", many_facts.to_string()),
        ("many owners that are not there", many_owners.to_string()),
        (
            "64 bins of 200 criteria",
            with(
                "criteria",
                criteria(
                    200,
                    |index| json!({ "fact": format!("jobTitel{index}") }),
                    &bins(64, |bin| json!(bin)),
                ),
            ),
        ),
        (
            "65 bins",
            with(
                "criteria",
                criteria(
                    200,
                    |_| json!({ "fact": "teamSize" }),
                    &bins(65, |bin| json!(bin)),
                ),
            ),
        ),
        (
            "options that set what is not there",
            with(
                "questions",
                json!([{ "id": "q", "fact": "plan", "label": "Q", "options": named(1000, "value", |_| json!({ "label": "x", "sets": { "nofact": "x" } })) }]),
            ),
        ),
        (
            "stages without end",
            with("stages", named(15_000, "id", |_| json!({ "kind": "lead" }))),
        ),
        (
            "texts in 40,000 languages",
            with(
                "title",
                (0..40_000)
                    .map(|index| (format!("x{index}"), json!("")))
                    .collect::<Map<_, _>>()
                    .into(),
            ),
        ),
    ]
}

/// Far above what any takes: only what grows out of bounds comes near, however slow the machine.
const PATIENCE: Duration = Duration::from_secs(15);

#[test]
fn hostile_scorecards_are_answered_with_problems() {
    let mut times = Vec::new();
    for (name, text) in cards() {
        let start = Instant::now();
        let outcome = scorecard::read(&text);
        let took = start.elapsed();
        let errors = outcome
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error);
        assert!(
            errors.count() > 0 && outcome.scorecard.is_none(),
            "{name}: accepted"
        );
        assert!(
            outcome.problems.len() <= MAX_PROBLEMS,
            "{name}: {} problems",
            outcome.problems.len()
        );
        let said: usize = outcome
            .problems
            .iter()
            .map(|problem| problem.to_string().len())
            .sum();
        assert!(said <= MAX_BYTES, "{name}: {said} bytes of problems");
        assert!(took < PATIENCE, "{name}: {took:?}");
        times.push((took, name, text.len()));
    }
    times.sort();
    for (took, name, bytes) in times.iter().rev() {
        println!(
            "{:8.1} ms {bytes:>9} bytes  {name}",
            took.as_secs_f64() * 1e3
        );
    }
}
