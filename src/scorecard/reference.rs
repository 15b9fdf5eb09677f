//! The reference of the format, `docs/scorecard.md`: made from the schema, the vocabularies and the
//! sizes, so that it cannot drift from them. What is written by hand here is order and headings.

use std::collections::BTreeMap;
use std::fmt::Write;

use schemars::JsonSchema;
use serde_json::{Map, Value};

use super::schema::schema;
use super::standard::{STANDARD, fact_words, signal_facts};
use super::{Checked, sizes};
use crate::names::bare;
use crate::problem::{Code, Severity};
use crate::program::MAX_BINS;
use crate::signals::channel::Channel;
use crate::signals::email::EmailKind;
use crate::signals::{Signal, SignalType};
use crate::title::{BuyingRole, Flag, Level, Status};

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/scorecard.md");

/// A heading, a sentence below it, and the shapes and vocabularies in the order of reading.
type Chapter = (&'static str, &'static str, &'static [&'static str]);

const CHAPTERS: &[Chapter] = &[
    (
        "The file",
        "One JSON object holds everything.",
        &["Scorecard", "Text", "Scalar"],
    ),
    (
        "Facts",
        "What is known of a lead. Every fact may be missing; missing is unknown, never zero.",
        &["Fact", "FactType", "Choice", "Titles"],
    ),
    (
        "What is scored",
        "The points of all criteria on both axes add up to the score.",
        &[
            "Criterion",
            "Axis",
            "Subject",
            "Bin",
            "Events",
            "Measure",
            "PropertyTest",
            "PerEvent",
            "Decay",
            "LinearDecay",
            "Limit",
            "Direction",
            "Group",
            "AxisLimits",
            "Disqualifier",
        ],
    ),
    (
        "Conditions",
        "One language for criteria, disqualifiers, stages, questions, routes and territories.",
        &[
            "Condition",
            "AtLeast",
            "Test",
            "SignalTest",
            "EventTest",
            "PointsTest",
            "BandTest",
            "NameTest",
        ],
    ),
    (
        "Grades and stages",
        "What a score means, and where in its life a lead stands.",
        &["Bands", "Band", "Stage", "StageKind", "Team"],
    ),
    (
        "Questions",
        "A form asks only what can still change what happens next.",
        &[
            "Question",
            "Field",
            "QuestionOption",
            "Range",
            "Setting",
            "Consent",
            "AskUntil",
        ],
    ),
    (
        "Routes",
        "Where a lead goes, and what the page does next.",
        &[
            "Route",
            "Fallback",
            "Destination",
            "Action",
            "Link",
            "Booking",
            "Offer",
            "Show",
            "Nurture",
            "Message",
            "FollowUp",
        ],
    ),
    (
        "People and times",
        "Who picks a lead up, and by when.",
        &[
            "Owner", "Absence", "Queue", "Member", "Rotation", "Account", "Sla", "Attempts",
            "Calendar", "Hours", "Day",
        ],
    ),
    (
        "What a lead is worth",
        "Money, where both teams agree on it.",
        &["Value", "ValueMethod", "Segment", "Worth", "Calibration"],
    ),
    (
        "The agreement",
        "Who signed, and what both teams promise.",
        &[
            "Agreement",
            "Signature",
            "Goals",
            "Period",
            "MarketingPromise",
            "SalesPromise",
            "ConversionGoal",
        ],
    ),
    (
        "Signals",
        "Facts that leadfit derives from other facts. Criteria and conditions name them by `signal`.",
        &[
            "Signal",
            "Level",
            "Department",
            "BuyingRole",
            "Status",
            "Flag",
            "EmailKind",
            "Channel",
        ],
    ),
];

const SMALLEST: &str = r#"{
  "leadfit": 1,
  "id": "acme",
  "revision": 1,
  "title": "Acme",
  "criteria": [
    {
      "id": "size",
      "axis": "fit",
      "on": { "fact": "company.employees" },
      "bins": [
        { "to": 50, "points": 0 },
        { "from": 50, "points": 20 }
      ]
    }
  ],
  "fallback": {
    "unmatched": { "id": "later", "action": { "thankYou": { "message": "Thank you." } } },
    "disqualified": { "id": "no-fit", "action": { "thankYou": { "message": "Thank you." } } }
  }
}"#;

/// Shapes and vocabularies by name: those of the file, and those that only signals have.
fn shapes() -> Map<String, Value> {
    fn of<T: JsonSchema>() -> (String, Value) {
        let schema = schemars::schema_for!(T).to_value();
        (T::schema_name().into_owned(), schema)
    }
    let mut root = schema();
    let mut shapes = match root.remove("$defs") {
        Some(Value::Object(shapes)) => shapes,
        other => panic!("no shapes: {other:?}"),
    };
    shapes.insert("Scorecard".to_owned(), Value::Object(root));
    shapes.extend([
        of::<Level>(),
        of::<BuyingRole>(),
        of::<Status>(),
        of::<Flag>(),
        of::<EmailKind>(),
        of::<Channel>(),
        of::<Code>(),
        of::<Severity>(),
    ]);
    shapes
}

/// The anchor that GitHub gives a heading.
fn anchor(heading: &str) -> String {
    heading.to_lowercase().replace(' ', "-")
}

fn link(heading: &str) -> String {
    format!("[{heading}](#{})", anchor(heading))
}

/// A number as people read it: `-10,000`.
fn number(value: &Value) -> String {
    let (sign, digits) = match value.as_f64() {
        Some(number) if number < 0.0 => ("−", (-number).to_string()),
        Some(number) => ("", number.to_string()),
        None => panic!("no number: {value}"),
    };
    let grouped: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|chunk| std::str::from_utf8(chunk).expect("digits"))
        .collect();
    format!("{sign}{}", grouped.join(","))
}

/// The type of a value, with a link to its section where it has one.
fn kind(shape: &Value) -> String {
    if let Some(target) = shape["$ref"].as_str() {
        return link(target.rsplit('/').next().unwrap_or_default());
    }
    let range = match (shape.get("minimum"), shape.get("maximum")) {
        (Some(least), Some(most)) if least == most => return number(least),
        (Some(least), Some(most)) => format!(", {} to {}", number(least), number(most)),
        (Some(least), None) => format!(", from {}", number(least)),
        (None, Some(most)) => format!(", to {}", number(most)),
        (None, None) => String::new(),
    };
    match shape["type"].as_str() {
        Some("string") if shape.get("pattern").is_some() => link("Id"),
        Some("string") => "text".to_owned(),
        Some("integer") => format!("whole number{range}"),
        Some("number") => format!("number{range}"),
        Some("boolean") => "boolean".to_owned(),
        Some("array") => format!("list of {}", kind(&shape["items"])),
        Some("object") if shape["additionalProperties"].is_object() => {
            format!("map to {}", kind(&shape["additionalProperties"]))
        }
        _ => panic!("no words for {shape}"),
    }
}

/// A description in one line: the line ends of the source mean nothing.
fn meaning(shape: &Value) -> String {
    let text = shape["description"].as_str();
    let text = text.unwrap_or_else(|| panic!("a shape without a description: {shape}"));
    text.replace("\n\n", "<br>").replace('\n', " ")
}

/// The default that a description names, and the rest of it.
fn split_default(meaning: &str) -> (String, String) {
    let sentence = |start: usize| {
        let end = meaning[start..].find(". ").map(|end| start + end + 1);
        let end = end.unwrap_or(meaning.len());
        let word = meaning[start + "Default ".len()..end].trim_end_matches('.');
        let rest = format!("{}{}", &meaning[..start], &meaning[end..]);
        (word.to_owned(), rest.trim().to_owned())
    };
    match meaning.find(". Default ") {
        Some(at) => sentence(at + 2),
        None => (String::new(), meaning.to_owned()),
    }
}

fn row(out: &mut String, cells: &[&str]) {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

fn table(out: &mut String, heads: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
    out.push('\n');
    row(out, heads);
    row(out, &vec!["---"; heads.len()]);
    for cells in rows {
        row(out, &cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// The keys of an object.
fn keys(out: &mut String, shape: &Value) {
    let properties = shape["properties"].as_object().expect("an object has keys");
    let required: Vec<&str> = shape["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let rows = properties.iter().map(|(key, value)| {
        let (default, meaning) = split_default(&meaning(value));
        let default = if required.contains(&key.as_str()) {
            "**required**".to_owned()
        } else {
            default
        };
        vec![format!("`{key}`"), kind(value), default, meaning]
    });
    table(out, &["Key", "Type", "Default", "Meaning"], rows);
}

/// The forms that a value may take.
fn forms(out: &mut String, forms: &[Value]) {
    if forms.iter().all(|form| form.get("const").is_some()) {
        let rows = forms
            .iter()
            .map(|form| vec![word(&form["const"]), meaning(form)]);
        return table(out, &["Word", "Meaning"], rows);
    }
    let rows = forms.iter().map(|form| {
        let written = match form["properties"]
            .as_object()
            .and_then(|keys| keys.iter().next())
        {
            Some((key, value)) => format!("`\"{key}\":` {}", kind(value)),
            None if form.get("const").is_some() => word(&form["const"]),
            None => kind(form),
        };
        vec![written, meaning(form)]
    });
    table(out, &["One of", "Meaning"], rows);
}

fn word(value: &Value) -> String {
    format!("`{}`", value.as_str().expect("a word is text"))
}

fn section(out: &mut String, name: &str, shape: &Value) {
    let _ = write!(out, "\n### {name}\n\n");
    let text = shape["description"]
        .as_str()
        .expect("a shape says what it is");
    for (index, paragraph) in text.split("\n\n").enumerate() {
        let gap = if index == 0 { "" } else { "\n" };
        let _ = writeln!(out, "{gap}{}", paragraph.replace('\n', " "));
    }
    match shape["oneOf"].as_array().or(shape["anyOf"].as_array()) {
        Some(all) => forms(out, all),
        None => keys(out, shape),
    }
}

/// The vocabulary of a signal's words.
fn words_of(signal: Signal) -> Option<&'static str> {
    match signal {
        Signal::Seniority => Some("Level"),
        Signal::Departments => Some("Department"),
        Signal::BuyingRole => Some("BuyingRole"),
        Signal::TitleStatus => Some("Status"),
        Signal::TitleFlags => Some("Flag"),
        Signal::EmailKind => Some("EmailKind"),
        Signal::Channel => Some("Channel"),
        Signal::EmailDomain
        | Signal::EventCount
        | Signal::DaysSinceFirstEvent
        | Signal::DaysSinceLastEvent => None,
    }
}

fn quoted_list(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn signals(out: &mut String, shape: &Value) {
    let _ = write!(out, "\n### Signal\n\n{}\n", meaning(shape));
    let forms = shape["oneOf"].as_array().expect("signals are words");
    let rows = Signal::ALL.iter().zip(forms).map(|(&signal, form)| {
        assert_eq!(form["const"], signal.id());
        let link = words_of(signal).map(link).unwrap_or_default();
        let kind = match signal.kind() {
            SignalType::Word => link,
            SignalType::Words => format!("list of {link}"),
            SignalType::Text => "text".to_owned(),
            SignalType::Number => "number".to_owned(),
        };
        let from = match signal_facts(signal) {
            [] => "events".to_owned(),
            facts => quoted_list(facts),
        };
        vec![word(&form["const"]), kind, meaning(form), from]
    });
    table(out, &["Signal", "Type", "Meaning", "Read from"], rows);
}

fn standard_facts(out: &mut String) {
    out.push_str(
        "\n### Standard facts\n\n\
         Every scorecard has these without declaring them, and forms and CRMs may send them under the other names.\n\
         Names are compared without case and punctuation: `job_title`, `Job Title` and `jobtitle` are one.\n",
    );
    let rows = STANDARD.iter().map(|fact| {
        // What differs in case and punctuation only is one name.
        let mut names: BTreeMap<String, &str> = BTreeMap::new();
        for name in fact.from {
            names.entry(bare(name)).or_insert(name);
        }
        names.remove(&bare(fact.id));
        let mut names: Vec<&str> = names.into_values().collect();
        names.sort_by_key(|name| fact.from.iter().position(|other| other == name));
        let words = match fact_words(fact.id) {
            Some(_) => match fact.id {
                "seniority" => format!(" of {}", link("Level")),
                "department" => format!(" of {}", link("Department")),
                "buyingRole" => format!(" of {}", link("BuyingRole")),
                other => panic!("no vocabulary of {other} is linked"),
            },
            None => String::new(),
        };
        vec![
            format!("`{}`", fact.id),
            format!("{}{words}", fact.kind.id()),
            fact.label.to_owned(),
            quoted_list(&names),
        ]
    });
    table(out, &["Fact", "Type", "Label", "Other names"], rows);
}

fn limits(out: &mut String) {
    out.push_str("\n## Limits\n\nA scorecard beyond them is refused, so that no file can make a page slow.\n");
    let bytes = |bytes: usize| format!("{} KiB", bytes / 1024);
    let counted = |count: usize| number(&Value::from(count));
    let whole = [
        ("Text of a scorecard", bytes(super::MAX_BYTES)),
        ("Compiled scorecard", bytes(crate::program::MAX_BYTES)),
        ("Bins of one criterion", counted(MAX_BINS)),
        (
            "Problems that are told at once",
            counted(super::MAX_PROBLEMS),
        ),
    ];
    let whole = whole.map(|(what, most)| vec![what.to_owned(), most]);
    let parts = sizes::ALL.iter().map(|(what, most)| {
        let what = what.trim().trim_end_matches('.');
        vec![what.to_owned(), counted(*most)]
    });
    table(out, &["What", "At most"], whole.into_iter().chain(parts));
}

fn problems(out: &mut String, shapes: &Map<String, Value>) {
    let _ = write!(
        out,
        "\n## Problems\n\n\
         `npx leadfit check` tells everything that is wrong at once, up to {} problems: where, what was found, what was expected and what to do.\n",
        super::MAX_PROBLEMS
    );
    for name in ["Severity", "Code"] {
        section(out, name, &shapes[name]);
    }
}

/// The list of contents, the text of all chapters below it.
fn reference() -> String {
    let shapes = shapes();
    let mut body = String::new();
    for (title, about, names) in CHAPTERS {
        let _ = write!(body, "\n## {title}\n\n{about}\n");
        for name in *names {
            let shape = shapes
                .get(*name)
                .unwrap_or_else(|| panic!("the format has no {name}: take it out of CHAPTERS"));
            match *name {
                "Signal" => signals(&mut body, shape),
                _ => section(&mut body, name, shape),
            }
            match *name {
                "Scalar" => body.push_str(
                    "\n### Id\n\n\
                     1 to 64 letters (a to z), digits, `_`, `-` or `.`.\n\
                     An id is unique among its like, and what everything else refers to.\n",
                ),
                "Titles" => standard_facts(&mut body),
                _ => {}
            }
        }
    }
    limits(&mut body);
    problems(&mut body, &shapes);

    let mut contents = String::new();
    for line in body.lines() {
        if let Some(chapter) = line.strip_prefix("## ") {
            let _ = write!(contents, "\n- {}", link(chapter));
        } else if let Some(name) = line.strip_prefix("### ") {
            let first = contents
                .lines()
                .last()
                .is_some_and(|line| !line.contains(": "));
            let gap = if first { ": " } else { " · " };
            let _ = write!(contents, "{gap}{}", link(name));
        }
    }
    format!(
        "<!-- GENERATED from the doc comments in src/ by `UPDATE_GENERATED=1 cargo test`; `cargo test` fails when it is stale. -->\n\n\
         # Scorecard format {}\n\n\
         A scorecard is one JSON file: what a good lead is, where it goes, and by when.\n\
         This page lists everything that may stand in it.\n\
         Unknown keys are problems, and so is everything that makes no sense; a key that is not **required** may be left out.\n\n\
         Editors complete and check the file when it begins with\n\
         `\"$schema\": \"./node_modules/leadfit/scorecard.schema.json\"`.\n\n\
         The smallest useful scorecard:\n\n\
         ```json\n{SMALLEST}\n```\n\n\
         ## Contents\n{contents}\n{body}",
        super::file::FORMAT
    )
}

#[test]
fn reference_is_up_to_date() {
    let text = reference();
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(PATH, &text).expect("the reference can be written");
    }
    let committed = std::fs::read_to_string(PATH).unwrap_or_default();
    assert!(
        committed == text,
        "docs/scorecard.md is stale: UPDATE_GENERATED=1 cargo test"
    );
}

#[test]
fn every_shape_has_one_section() {
    let told: Vec<&str> = CHAPTERS
        .iter()
        .flat_map(|(_, _, names)| *names)
        .copied()
        .collect();
    for name in shapes().keys() {
        let times = told.iter().filter(|told| *told == name).count();
        let expected = usize::from(!["Code", "Severity"].contains(&name.as_str()));
        assert_eq!(times, expected, "{name} in the CHAPTERS of the reference");
    }
}

#[test]
fn every_link_leads_to_one_heading() {
    let text = reference();
    let headings: Vec<String> = text
        .lines()
        .filter_map(|line| line.strip_prefix("## ").or(line.strip_prefix("### ")))
        .map(anchor)
        .collect();
    for target in text.split("](#").skip(1) {
        let target = target.split(')').next().unwrap_or_default();
        let times = headings.iter().filter(|heading| *heading == target).count();
        assert_eq!(times, 1, "headings for #{target}");
    }
}

#[test]
fn the_smallest_scorecard_is_one() {
    let Checked { problems, card } = super::check(SMALLEST);
    assert!(card.is_some_and(|card| card.id == "acme"), "{problems:?}");
}
