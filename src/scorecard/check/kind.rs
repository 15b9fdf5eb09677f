//! What values a fact or a signal has, which decides how it may be compared and binned.

use std::collections::BTreeMap;

use super::Lost;
use crate::program::FactType;
use crate::scorecard::file::{Fact, Scorecard};
use crate::scorecard::standard::{STANDARD, fact_words, signal_words, standard};
use crate::signals::Signal;

/// What values something has.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind<'a> {
    /// Any text.
    Text,
    /// Numbers.
    Number,
    /// Yes or no.
    Boolean,
    /// Dates.
    Date,
    /// One of these words.
    Choice(Words<'a>),
    /// Several of these words.
    List(Words<'a>),
    /// Not known, because its declaration could not be read.
    Lost,
}

/// A closed set of words; `None` where it is open or not known.
pub(super) type Words<'a> = Option<Vec<&'a str>>;

impl Kind<'_> {
    /// The kind in words.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Number => "number",
            Kind::Boolean => "boolean",
            Kind::Date => "date",
            Kind::Choice(_) => "choice",
            Kind::List(_) => "list",
            Kind::Lost => "unknown",
        }
    }
}

/// The kinds of all facts, declared and standard.
pub(super) fn kinds<'a>(file: &'a Scorecard, lost: &Lost) -> BTreeMap<&'a str, Kind<'a>> {
    let mut kinds: BTreeMap<&str, Kind> = STANDARD
        .iter()
        .map(|fact| (fact.id, of_type(fact.kind, fact_words(fact.id))))
        .collect();
    for (id, kind) in &mut kinds {
        if lost.may_have("facts", id) {
            *kind = Kind::Lost;
        }
    }
    for fact in &file.facts {
        kinds.insert(&fact.id, of_fact(fact));
    }
    kinds
}

fn of_fact(fact: &Fact) -> Kind<'_> {
    let fixed = fact_words(&fact.id);
    let kind = match (standard(&fact.id), fact.kind) {
        // Choices make a choice of a standard text.
        (Some(standard), _) if standard.kind == FactType::Text && !fact.choices.is_empty() => {
            FactType::Choice
        }
        (Some(standard), _) => standard.kind,
        (None, Some(kind)) => kind,
        (None, None) => return Kind::Lost,
    };
    let own = fact.choices.iter().map(|choice| choice.value.as_str());
    let open = kind == FactType::List && fact.choices.is_empty();
    let words = fixed.or_else(|| (!open && standard_is_open(&fact.id)).then(|| own.collect()));
    of_type(kind, words)
}

/// Whether the scorecard gives the choices of a fact, and not the fact itself.
fn standard_is_open(id: &str) -> bool {
    !matches!(id, "seniority" | "department" | "buyingRole")
}

fn of_type(kind: FactType, words: Words) -> Kind {
    match kind {
        FactType::Text => Kind::Text,
        FactType::Number => Kind::Number,
        FactType::Boolean => Kind::Boolean,
        FactType::Date => Kind::Date,
        FactType::Choice => Kind::Choice(words),
        FactType::List => Kind::List(words),
    }
}

/// The kind of a signal.
pub(super) fn of_signal(signal: Signal) -> Kind<'static> {
    match signal {
        Signal::Seniority
        | Signal::BuyingRole
        | Signal::TitleStatus
        | Signal::EmailKind
        | Signal::Channel => Kind::Choice(signal_words(signal)),
        Signal::Departments | Signal::TitleFlags => Kind::List(signal_words(signal)),
        Signal::EmailDomain => Kind::Text,
        Signal::EventCount | Signal::DaysSinceFirstEvent | Signal::DaysSinceLastEvent => {
            Kind::Number
        }
    }
}
