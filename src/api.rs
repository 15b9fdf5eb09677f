//! The one list of types that cross the boundary, and their TypeScript: `pkg-config/types.d.ts`;
//! the words that cross as indices: `pkg-config/words.js`.
//!
//! Verdicts, problems and texts are described by their Rust types, scorecard files by the same
//! JSON Schema that editors use. What only JavaScript sends, a lead, is declared here.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::Value;
use ts_rs::{Config, TS};

use crate::card::*;
use crate::lead::WarningCode;
use crate::learn::Options as LearnOptions;
use crate::learn::proposal::*;
use crate::names::Names;
use crate::problem::{Code, Problem, Severity};
use crate::program::{Axis, FactType, PickedBy, StageKind, Team};
use crate::scorecard::compile::{Contact, OptionView, PlannedFollowUp, PlannedSla, QuestionView};
use crate::scorecard::diff::{Change, ChangeKind};
use crate::scorecard::file::{self, Field, ValueMethod};
use crate::scorecard::{Checked, CheckedCard};
use crate::signals::Signal;
use crate::signals::channel::{Channel, ClickId};
use crate::signals::email::EmailKind;
use crate::table::Column;
use crate::texts::*;
use crate::title::{BuyingRole, Certainty, Department, Flag, Level, Status};

const HEADER: &str = "\
// GENERATED from the Rust types by `UPDATE_GENERATED=1 cargo test`; `cargo test` fails when it is stale.
";

/// What JavaScript sends: read leniently, so that most values may come as text too.
const LEAD: &str = "\
/** A value of a fact as forms, CRMs and scripts give it. What a fact cannot be gives a warning and counts as unknown. */
export type Given = string | number | bigint | boolean | Date | null | undefined | NumberRange | ReadonlyArray<string | number | boolean | null>;

/** A number of which only the range is known: `from` counts, `to` does not, an absent end is open. */
export type NumberRange = { from: number, to?: number | null } | { from?: number | null, to: number };

/** Something that the lead did. */
export type LeadEvent = {
/** What it was, for example `pageView`. */
type: string,
/** When: a date, RFC 3339 text, or milliseconds since 1970. */
at: Date | string | number,
/** Properties that the scorecard may read, for example `path`. */
[property: string]: unknown };

/** What was counted elsewhere in place of single events. */
export type LeadAggregate = number | string | null | {
/** The measure. */
value: number | string,
/** When the newest of the events was. */
lastAt?: Date | string | number | null };
";

fn config() -> Config {
    // Points and amounts stay far below 2^53.
    Config::new().with_large_int("number")
}

/// Adds the declaration of a type.
fn declare<T: TS>(out: &mut String, names: &mut BTreeSet<String>) {
    let config = config();
    names.insert(T::ident(&config));
    let docs = T::docs().unwrap_or_default();
    let _ = write!(out, "\n{docs}export {}\n", T::decl(&config));
}

macro_rules! declarations {
    ($out:ident, $names:ident: $($type:ty,)+) => { $(declare::<$type>(&mut $out, &mut $names);)+ };
}

fn types() -> String {
    let (mut out, mut names) = (HEADER.to_owned(), BTreeSet::new());
    declarations! { out, names:
        Verdict, Disqualified, Evidence, OpenQuestion, Range, Reason, Receipt, ReceiptCard,
        Destination, FollowUp, PickedOwner, PickedBy, NotMatched, CardOfVerdict, Signals, StageOfVerdict, Title, TitleFinding,
        UnknownCriterion, ValueOfVerdict, Warning, WarningCode,
        Texts, CardTexts, CriterionTexts, DisqualifierTexts, FactTexts, GroupTexts, QuestionTexts, RouteTexts,
        StageTexts, Names, QuestionView, OptionView, PlannedFollowUp, PlannedSla, OwnerTexts, Contact,
        Problem, Code, Severity, Checked, CheckedCard, Change, ChangeKind, Column,
        LearnOptions, Proposal, LearnedFrom, LearnedSignal, Strength, CriterionProposal, BinProposal, BinPlace, Measured,
        Measures, CalibrationProposal, TenthProposal, Volume, Money, Leak, Feedback, Accepted, BinChoice,
        Axis, StageKind, Team, FactType, Field, ValueMethod,
        Signal, Channel, EmailKind, Level, Department, BuyingRole, Flag, Status, Certainty,
    }
    let _ = write!(out, "\n{LEAD}\n{}", lead());
    for name in ["Action", "Attempts", "Consent", "Text"] {
        let _ = write!(out, "\nexport type {name} = ScorecardFile.{name};\n");
    }
    out + &scorecard_file(&names)
}

/// A lead: the standard facts, which go without saying, and any others.
fn lead() -> String {
    let mut out = "/** What is known of one person. Every fact may be missing; a scorecard may declare others. */\nexport type Lead = {\n".to_owned();
    let mut groups: Vec<&str> = Vec::new();
    let field = |id: &str, kind: FactType, label: &str| {
        let words = match id {
            "seniority" => "Level | ",
            "buyingRole" => "BuyingRole | ",
            _ => "",
        };
        let given = match kind {
            FactType::Text => "string | number | null",
            FactType::Choice => "(string & {}) | null",
            FactType::Number => "number | bigint | string | NumberRange | null",
            FactType::Boolean => "boolean | string | number | null",
            FactType::Date => "Date | string | number | null",
            FactType::List => "ReadonlyArray<string> | string | null",
        };
        format!("/** {label}. */\n{id}?: {words}{given},\n")
    };
    for fact in crate::scorecard::standard::STANDARD {
        match fact.id.split_once('.') {
            None => out += &field(fact.id, fact.kind, fact.label),
            Some((group, _)) if groups.contains(&group) => {}
            Some((group, _)) => {
                groups.push(group);
                let _ = writeln!(out, "{group}?: {{");
                for fact in crate::scorecard::standard::STANDARD {
                    if let Some(id) = fact
                        .id
                        .strip_prefix(group)
                        .and_then(|id| id.strip_prefix('.'))
                    {
                        out += &field(id, fact.kind, fact.label);
                    }
                }
                // Forms call the name of the company just `company`.
                let or_name = if group == "company" { "string | " } else { "" };
                let _ = writeln!(out, "[fact: string]: unknown }} | {or_name}null,");
            }
        }
    }
    out + "/** Answers to the scorecard's questions, by id. */\nanswers?: { [question: string]: Given } | null,\n\
        /** What the lead did. Absent: nobody observed it; empty: nothing. */\nevents?: ReadonlyArray<LeadEvent> | null,\n\
        /** What was counted elsewhere, by the name that the scorecard gives the measure. */\naggregates?: { [name: string]: LeadAggregate } | null,\n\
        [fact: string]: unknown };\n"
}

/// The shapes of a scorecard file, from its JSON Schema.
fn scorecard_file(elsewhere: &BTreeSet<String>) -> String {
    let schema = schemars::schema_for!(file::Scorecard).to_value();
    let mut inner = String::new();
    for (name, shape) in schema["$defs"].as_object().unwrap() {
        // Vocabularies stand outside already: one name, one meaning.
        if !(elsewhere.contains(name) && shape.get("properties").is_none() && is_words(shape)) {
            let _ = write!(
                inner,
                "\n{}export type {name} = {};\n",
                docs(shape),
                typed(shape)
            );
        }
    }
    // Inside the namespace its own names come first, then those around it.
    format!(
        "\n{}export type ScorecardFile = ScorecardFile.Scorecard;\n\n/** The parts of a scorecard file. */\n\
         export namespace ScorecardFile {{\n{}export type Scorecard = {};\n{inner}}}\n",
        docs(&schema),
        docs(&schema),
        typed(&schema)
    )
}

fn docs(shape: &Value) -> String {
    let text = shape["description"].as_str().unwrap_or_default();
    if text.is_empty() {
        String::new()
    } else {
        format!("/** {} */\n", text.replace('\n', "\n * "))
    }
}

fn is_words(shape: &Value) -> bool {
    let mut members = shape["oneOf"].as_array().into_iter().flatten();
    shape.get("enum").is_some() || members.all(|member| member.get("const").is_some())
}

/// A JSON Schema, of the few kinds that occur, as a type.
fn typed(shape: &Value) -> String {
    let list = |key: &str| shape[key].as_array().map(Vec::as_slice);
    if let Some(target) = shape["$ref"].as_str() {
        return target.rsplit('/').next().unwrap_or_default().to_owned();
    }
    if let Some(constant) = shape.get("const") {
        return constant.to_string();
    }
    if let Some(values) = list("enum") {
        return values
            .iter()
            .map(Value::to_string)
            .collect::<Vec<_>>()
            .join(" | ");
    }
    if let Some(members) = list("oneOf").or(list("anyOf")) {
        // What may be null may be left out, and is better left out.
        let known = members.iter().filter(|member| member["type"] != "null");
        return known.map(typed).collect::<Vec<_>>().join(" | ");
    }
    let kind = shape["type"]
        .as_array()
        .map_or(&shape["type"], |kinds| &kinds[0]);
    match kind.as_str() {
        Some("string") => "string".to_owned(),
        Some("integer" | "number") => "number".to_owned(),
        Some("boolean") => "boolean".to_owned(),
        Some("array") => format!("ReadonlyArray<{}>", typed(&shape["items"])),
        Some("object") if shape["additionalProperties"].is_object() => {
            format!(
                "{{ [key: string]: {} }}",
                typed(&shape["additionalProperties"])
            )
        }
        Some("object") => {
            let required = list("required").unwrap_or_default();
            let fields =
                shape["properties"]
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(key, value)| {
                        let open = if required.iter().any(|name| name == key) {
                            ""
                        } else {
                            "?"
                        };
                        format!("{}{key}{open}: {},\n", docs(value), typed(value))
                    });
            format!("{{\n{}}}", fields.collect::<String>())
        }
        _ => panic!("no type for {shape}"),
    }
}

/// The words that verdicts hold, by the indices under which they cross: `pkg-config/words.js`.
fn words() -> String {
    let mut out = HEADER.to_owned();
    let mut list = |name: &str, words: &mut dyn Iterator<Item = &'static str>| {
        let words: Vec<String> = words.map(|word| format!("'{word}'")).collect();
        let _ = writeln!(out, "export const {name} = [{}];", words.join(", "));
    };
    list("axes", &mut Axis::ALL.iter().map(|axis| axis.id()));
    list(
        "certainties",
        &mut Certainty::ALL.iter().map(|certainty| certainty.id()),
    );
    list("levels", &mut Level::ALL.iter().map(|level| level.id()));
    list(
        "departments",
        &mut Department::ALL.iter().map(|department| department.id()),
    );
    list("flags", &mut Flag::ALL.iter().map(|flag| flag.id()));
    list(
        "statuses",
        &mut Status::ALL.iter().map(|status| status.id()),
    );
    list(
        "warnings",
        &mut WarningCode::ALL.iter().map(|code| code.id()),
    );
    list("pickedBy", &mut PickedBy::ALL.iter().map(|by| by.id()));
    list("roles", &mut BuyingRole::ALL.iter().map(|role| role.id()));
    list("clickIds", &mut ClickId::ALL.iter().map(|id| id.id()));
    list(
        "emailKinds",
        &mut EmailKind::ALL.iter().map(|kind| kind.id()),
    );
    list(
        "channels",
        &mut Channel::ALL.iter().map(|channel| channel.id()),
    );
    out += "/** Each signal and the words that it may be. @type {ReadonlyArray<readonly [string, readonly string[]]>} */\n\
        export const signals = [\n";
    for signal in Signal::ALL {
        let words = match signal {
            Signal::Seniority => "levels",
            Signal::Departments => "departments",
            Signal::BuyingRole => "roles",
            Signal::TitleStatus => "statuses",
            Signal::TitleFlags => "flags",
            Signal::EmailKind => "emailKinds",
            Signal::Channel => "channels",
            _ => "[]",
        };
        let _ = writeln!(out, "  ['{}', {words}],", signal.id());
    }
    out + "];\n"
}

/// Compares a generated file with what it must be, or writes it.
fn compare(name: &str, expected: &str) {
    let path = format!("{}/pkg-config/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(path, expected).unwrap();
        return;
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == expected,
        "pkg-config/{name} is stale: run `UPDATE_GENERATED=1 cargo test`"
    );
}

#[test]
fn typescript_is_current() {
    compare("types.d.ts", &types());
}

#[test]
fn words_are_current() {
    compare("words.js", &words());
}

#[test]
fn no_whole_number_of_64_bits_becomes_a_bigint() {
    let types = types();
    let declared = types.split(LEAD).next().unwrap();
    assert!(!declared.contains("bigint"), "{declared}");
}
