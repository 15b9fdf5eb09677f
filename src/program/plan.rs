//! The plan: what JavaScript must know of a program to write frames and show forms.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Program, Question};
use crate::json::{Ready, answer};

answer! {
/// What a caller must know of a compiled scorecard.
pub struct Plan<'a> {
    /// Names of the aggregates, in the order of a frame.
    pub aggregates as "aggregates": Vec<&'a str>,
    /// The scorecard.
    pub card as "card": PlanCard<'a>,
    /// The facts, in the order of a frame.
    pub facts as "facts": Vec<PlanFact<'a>>,
    /// Properties of events, in the order of a frame.
    pub properties as "properties": Vec<&'a str>,
    /// The questions, in the order of the file and of a frame.
    pub questions as "questions": Vec<PlanQuestion<'a>>,
}

/// Which scorecard it is.
pub struct PlanCard<'a> {
    /// Language of plain texts.
    pub default_language as "defaultLanguage": &'a str,
    /// SHA-256 of its content.
    pub hash as "hash": &'a str,
    /// Its id.
    pub id as "id": &'a str,
    /// Its revision.
    pub revision as "revision": u32,
    /// Whether both teams signed this content.
    pub signed as "signed": bool,
}

/// A fact.
pub struct PlanFact<'a> {
    /// Its id; `company.employees` is read from `employees` inside `company`.
    pub id as "id": &'a str,
    /// Other names under which it may stand in a lead.
    pub names as "names": &'a Vec<String>,
}

/// A question.
pub struct PlanQuestion<'a> {
    /// The fact that it settles.
    pub fact as "fact": &'a str,
    /// Forms that ask it; all where empty.
    pub forms as "forms": &'a Vec<String>,
    /// Its id, also the name of its form field.
    pub id as "id": &'a str,
    /// Whether the form cannot be sent without an answer.
    pub required as "required": bool,
    /// Field, label, help, options and consent.
    #[cfg_attr(test, ts(type = "QuestionView"))]
    pub view as "view": Ready<'a>,
}
}

impl Program {
    /// What a caller must know of this program.
    pub fn plan(&self) -> Plan<'_> {
        let fact = |question: &Question| {
            self.facts
                .get(usize::from(question.fact))
                .map_or("", |fact| fact.id.as_str())
        };
        Plan {
            aggregates: self.aggregates.iter().map(String::as_str).collect(),
            card: PlanCard {
                default_language: &self.card.default_language,
                hash: &self.card.hash,
                id: &self.card.id,
                revision: self.card.revision,
                signed: self.card.signed,
            },
            facts: self
                .facts
                .iter()
                .map(|fact| PlanFact {
                    id: &fact.id,
                    names: &fact.names,
                })
                .collect(),
            properties: self.properties.iter().map(String::as_str).collect(),
            questions: self
                .questions
                .iter()
                .map(|question| PlanQuestion {
                    fact: fact(question),
                    forms: &question.forms,
                    id: &question.id,
                    required: question.required,
                    view: Ready(&question.view),
                })
                .collect(),
        }
    }
}
