//! Scorecard format 1: the shapes as they stand on disk.
//!
//! The doc comments here are the reference of the format: the JSON Schema and `docs/scorecard.md`
//! are generated from them. Shapes only; what makes sense is decided by `scorecard::check`.

mod agreement;
mod condition;
mod criterion;
mod people;
mod question;
mod route;
mod text;

pub use agreement::*;
pub use condition::*;
pub use criterion::*;
pub use people::*;
pub use question::*;
pub use route::*;
pub use text::*;

pub use crate::program::{AskUntil, FactType};

/// Declares a shape of the file: strict, camelCase, with a schema under test.
macro_rules! shape {
    ($($item:item)+) => { $(
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "camelCase")]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        $item
    )+ };
}
use shape;

/// The version of the format that this crate reads and writes.
pub const FORMAT: u32 = 1;

shape! {
/// A scorecard: what marketing and sales agreed a good lead is, where it goes, and by when.
pub struct Scorecard {
    /// Where the JSON Schema of this format lies, so that editors complete and check the file.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Version of the format: 1.
    #[cfg_attr(test, schemars(range(min = 1, max = 1)))]
    pub leadfit: u32,
    /// Name of the scorecard in receipts and reports, for example `acme-b2b`.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Za-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// Number of this revision, from 1; raise it with every change that is signed.
    #[cfg_attr(test, schemars(range(min = 1)))]
    pub revision: u32,
    /// Title for people.
    pub title: Text,
    /// What the scorecard is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Language (BCP 47) of texts that are given without one. Default `en`.
    #[serde(default = "english", skip_serializing_if = "is_english")]
    pub default_language: String,
    /// Who signed this revision, when to review it, and what both teams promise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<Agreement>,
    /// Facts beside the standard ones, or more names and choices for standard ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// How job titles are understood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub titles: Option<Titles>,
    /// Groups of criteria whose points together are limited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// What is scored. At most 200.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Criterion>,
    /// Limits of the two axes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<AxisLimits>,
    /// Conditions that make a lead no buyer, each with a reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disqualify: Vec<Disqualifier>,
    /// Ranges of each axis; the names of both together are the grade. Without them A to D
    /// (fit) and 1 to 4 (engagement) at 75, 50 and 25 points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bands: Option<Bands>,
    /// The stages of a lead, from first to last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
    /// What may be asked of a visitor, in the preferred order. At most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// What must be certain before a form asks no more. Default `route`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask_until: Option<AskUntil>,
    /// Working hours, time zones and days off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calendars: Vec<Calendar>,
    /// People who pick leads up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<Owner>,
    /// Shared lists of leads, and who takes which share of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub queues: Vec<Queue>,
    /// Companies that already have an owner.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<Account>,
    /// Promised response times.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sla: Vec<Sla>,
    /// Where leads go: the first route that matches wins. At most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Route>,
    /// Where a lead goes when no route matches.
    pub fallback: Fallback,
    /// What a lead is worth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// From score to probability, where it was fitted on outcomes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calibration: Option<Calibration>,
}

/// A fact of a lead: what it is called and which values it may have.
///
/// A declaration with the id of a standard fact adds names and choices to it.
pub struct Fact {
    /// Name of the fact. Letters, digits, `_`, `-` and `.`; `company.employees` is read from
    /// `employees` inside `company`.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Za-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// Type of its values; a standard fact keeps its own.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<FactType>,
    /// Label for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// Allowed values of a `choice`, or of the members of a `list`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Other names under which forms and CRMs send it, for example `numemployees`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// The axis on which learning puts a new criterion on this fact. Default `fit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub axis: Option<crate::program::Axis>,
}

/// One allowed value of a choice.
pub struct Choice {
    /// The value as it stands in a lead.
    pub value: String,
    /// Label for people; the value itself where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// Other spellings under which forms and CRMs send it. Compared folded: case and accents do
    /// not count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
}

/// How job titles are understood.
pub struct Titles {
    /// The departments that buy what you sell; they decide the buying role.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_departments: Vec<crate::title::Department>,
}
}

fn english() -> String {
    "en".to_owned()
}

fn is_english(language: &str) -> bool {
    language == "en"
}
