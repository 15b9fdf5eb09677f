//! What people read of a compiled scorecard: ids, labels, tests in words, questions, actions.
//!
//! The running part never looks at it: it decides by indices, and whoever shows a verdict finds
//! the words here. In a compiled card the texts stand behind the program as canonical JSON, so
//! that JavaScript reads them with `JSON.parse` and no byte of them passes through WebAssembly.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::names::Names;
use crate::program::{Axis, Program, StageKind, Team};

/// Declares shapes of the texts: JSON in the order of the fields, TypeScript from the same lines.
macro_rules! texts {
    ($($(#[$meta:meta])* pub struct $name:ident { $($(#[$fmeta:meta])* pub $field:ident: $type:ty,)* })+) => { $(
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(test, derive(ts_rs::TS), ts(rename_all = "camelCase"))]
        #[serde(rename_all = "camelCase")]
        $(#[$meta])*
        pub struct $name { $($(#[$fmeta])* pub $field: $type,)* }
    )+ };
}

texts! {
/// All texts of a compiled scorecard. Lists stand in the order of the program.
pub struct Texts {
    /// Names of the aggregates, in the order of a frame.
    pub aggregates: Vec<String>,
    /// Names of the bands of fit and engagement, from the highest.
    pub bands: (Vec<String>, Vec<String>),
    /// Which scorecard it is.
    pub card: CardTexts,
    /// The criteria.
    pub criteria: Vec<CriterionTexts>,
    /// ISO 4217 code of the currency, where it is told what leads are worth.
    pub currency: Option<String>,
    /// The disqualifiers.
    pub disqualifiers: Vec<DisqualifierTexts>,
    /// Of each segment, then of all other leads, how many attempts are worth making; empty on a
    /// page.
    pub break_even: Vec<Option<u32>>,
    /// Ids of the calendars.
    pub calendars: Vec<String>,
    /// The facts, in the order of a frame.
    pub facts: Vec<FactTexts>,
    /// The groups.
    pub groups: Vec<GroupTexts>,
    /// What each measure measures.
    pub measures: Vec<String>,
    /// Under which names forms, CRMs and spreadsheets send what.
    pub names: Names,
    /// The owners.
    pub owners: Vec<OwnerTexts>,
    /// Properties of events, in the order of a frame.
    pub properties: Vec<String>,
    /// The questions, in the order of the file and of a frame.
    pub questions: Vec<QuestionTexts>,
    /// The routes; then where leads go that no route matches, and where such leads go if they are
    /// disqualified.
    pub routes: Vec<RouteTexts>,
    /// Ids of the segments.
    pub segments: Vec<String>,
    /// The stages.
    pub stages: Vec<StageTexts>,
    /// The tests in words, for example `company.employees at least 50`.
    pub tests: Vec<String>,
    /// Version of the time zone database that its calendars rest on, where it has any.
    pub time_zones: Option<String>,
}

/// Which scorecard it is.
pub struct CardTexts {
    /// Language of plain texts.
    pub default_language: String,
    /// SHA-256 of its canonical content in hexadecimal.
    pub hash: String,
    /// Its id.
    pub id: String,
    /// Its revision.
    pub revision: u32,
    /// Whether both teams signed this content.
    pub signed: bool,
}

/// A criterion.
pub struct CriterionTexts {
    /// Its axis.
    pub axis: Axis,
    /// Of each bin its label, or its range or values in words.
    pub bins: Vec<String>,
    /// Its id.
    pub id: String,
}

/// A disqualifier.
pub struct DisqualifierTexts {
    /// Its id.
    pub id: String,
    /// Its reason for people: a text or a map from language to text; `null` on a page.
    #[cfg_attr(test, ts(type = "Text | null"))]
    pub reason: Value,
}

/// A fact.
pub struct FactTexts {
    /// Allowed values of a choice or of a list's members.
    pub choices: Vec<String>,
    /// Its id; `company.employees` is read from `employees` inside `company`.
    pub id: String,
    /// Other names under which it may stand in a lead.
    pub names: Vec<String>,
}

/// A group.
pub struct GroupTexts {
    /// Its axis.
    pub axis: Axis,
    /// Its id.
    pub id: String,
}

/// An owner.
pub struct OwnerTexts {
    /// How to reach the owner; `null` on a page.
    #[cfg_attr(test, ts(type = "Contact | null"))]
    pub contact: Value,
    /// The id.
    pub id: String,
}

/// A question.
#[cfg_attr(test, ts(rename = "Question"))]
pub struct QuestionTexts {
    /// The fact that it settles.
    pub fact: String,
    /// Forms that ask it; all where empty.
    pub forms: Vec<String>,
    /// Its id, also the name of its form field.
    pub id: String,
    /// Whether the form cannot be sent without an answer.
    pub required: bool,
    /// Field, label, help, options and consent.
    #[cfg_attr(test, ts(type = "QuestionView"))]
    pub view: Value,
}

/// A route.
pub struct RouteTexts {
    /// What the page does next.
    #[cfg_attr(test, ts(type = "Action"))]
    pub action: Value,
    /// Who follows up by when, one after the other.
    #[cfg_attr(test, ts(type = "Array<PlannedFollowUp>"))]
    pub follow_up: Value,
    /// Its id.
    pub id: String,
}

/// A stage.
pub struct StageTexts {
    /// Its id.
    pub id: String,
    /// The standard stage that it is.
    pub kind: StageKind,
    /// The team that owns it.
    pub team: Team,
}
}

impl Texts {
    /// Whether there is a text for everything that a verdict of this program may name.
    pub fn suit(&self, program: &Program) -> bool {
        let bins = |(texts, of): (&CriterionTexts, &crate::program::Criterion)| {
            texts.bins.len() == of.bins.len()
        };
        let choices = |(texts, of): (&FactTexts, &crate::program::Fact)| {
            texts.choices.len() == of.choices.len()
        };
        let steps = |(index, texts): (usize, &RouteTexts)| {
            texts.follow_up.as_array().map_or(0, Vec::len) == program.plan(index).len()
        };
        let segments = program
            .value
            .as_ref()
            .map_or(0, |value| value.segments.len());
        self.aggregates.len() == usize::from(program.aggregates)
            && self.bands.0.len() == program.bands.0.len()
            && self.bands.1.len() == program.bands.1.len()
            && self.criteria.len() == program.criteria.len()
            && self.criteria.iter().zip(&program.criteria).all(bins)
            && self.disqualifiers.len() == program.disqualifiers.len()
            && self.facts.len() == program.facts.len()
            && self.facts.iter().zip(&program.facts).all(choices)
            && self.groups.len() == program.groups.len()
            && self.measures.len() == program.measures.len()
            && self.properties.len() == usize::from(program.properties)
            && self.questions.len() == program.questions.len()
            && self.routes.len() == program.routes.len() + 2
            && self.routes.iter().enumerate().all(steps)
            && self.segments.len() == segments
            && self.currency.is_some() == program.value.is_some()
            && self.stages.len() == program.stages.len()
            && self.calendars.len() == program.people.calendars.len()
            && self.owners.len() == program.people.owners.len()
            && (self.break_even.is_empty() || self.break_even.len() == segments + 1)
            && program
                .tests
                .iter()
                .all(|test| usize::from(test.words) < self.tests.len())
    }
}
