//! What values a fact or a signal has, which decides how it may be compared and binned.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::rc::Rc;

use super::Lost;
use crate::program::FactType;
use crate::scorecard::file::{Fact, Scorecard};
use crate::scorecard::standard::{STANDARD, fact_words, signal_words, standard};
use crate::signals::{Signal, SignalType};

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
    Choice(Option<Words<'a>>),
    /// Several of these words.
    List(Option<Words<'a>>),
    /// Not known, because its declaration could not be read.
    Lost,
}

/// A closed set of words in their order; none where it is open or not known. Many values are
/// looked up in many words, and each fact that is tested has them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Words<'a>(Rc<(Vec<&'a str>, BTreeSet<&'a str>)>);

impl Words<'_> {
    /// Whether `word` is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.0.1.contains(word)
    }
}

impl<'a> FromIterator<&'a str> for Words<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(words: I) -> Self {
        let words: Vec<_> = words.into_iter().collect();
        let set = words.iter().copied().collect();
        Words(Rc::new((words, set)))
    }
}

impl<'a> Deref for Words<'a> {
    type Target = [&'a str];

    fn deref(&self) -> &Self::Target {
        &self.0.0
    }
}

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
        .map(|fact| (fact.id, of_type(fact.kind, words(fact_words(fact.id)))))
        .collect();
    for (id, kind) in &mut kinds {
        if lost.may_have("facts", id) {
            *kind = Kind::Lost;
        }
    }
    for fact in &file.facts {
        kinds.insert(&fact.id, of_fact(fact));
    }
    // The stages are the choices of the stage that people gave a lead.
    if lost.is_vague("stages") || lost.lacks("stages") {
        kinds.insert("stage", Kind::Lost);
    } else if !file.stages.is_empty() {
        let ids = file.stages.iter().map(|stage| stage.id.as_str());
        kinds.insert("stage", Kind::Choice(Some(ids.collect())));
    }
    kinds
}

fn of_fact(fact: &Fact) -> Kind<'_> {
    let own = || {
        fact.choices
            .iter()
            .map(|choice| choice.value.as_str())
            .collect()
    };
    match (standard(&fact.id), fact.kind) {
        // Choices make a choice of a standard text.
        (Some(known), _) if known.kind == FactType::Text && !fact.choices.is_empty() => {
            Kind::Choice(Some(own()))
        }
        (Some(known), _) => of_type(known.kind, words(fact_words(&fact.id))),
        (None, Some(FactType::List)) if fact.choices.is_empty() => Kind::List(None),
        (None, Some(kind)) => of_type(kind, Some(own())),
        (None, None) => Kind::Lost,
    }
}

fn of_type<'a>(kind: FactType, words: Option<Words<'a>>) -> Kind<'a> {
    match kind {
        FactType::Text => Kind::Text,
        FactType::Number => Kind::Number,
        FactType::Boolean => Kind::Boolean,
        FactType::Date => Kind::Date,
        FactType::Choice => Kind::Choice(words),
        FactType::List => Kind::List(words),
    }
}

fn words<'a>(words: Option<Vec<&'a str>>) -> Option<Words<'a>> {
    words.map(Words::from_iter)
}

/// The kind of a signal.
pub(super) fn of_signal(signal: Signal) -> Kind<'static> {
    match signal.kind() {
        SignalType::Word => Kind::Choice(words(signal_words(signal))),
        SignalType::Words => Kind::List(words(signal_words(signal))),
        SignalType::Text => Kind::Text,
        SignalType::Number => Kind::Number,
    }
}
