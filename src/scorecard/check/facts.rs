//! Declared facts: types, choices, and the names under which they are sent.

use std::collections::{BTreeMap, BTreeSet};

use super::kind::Kind;
use super::{At, Checker};
use crate::names::bare;
use crate::problem::Code;
use crate::program::FactType;
use crate::scorecard::file::Fact;
use crate::scorecard::shape::{missing_key, quoted, unknown_choice};
use crate::scorecard::sizes;
use crate::scorecard::standard::{STANDARD, Standard, standard};

impl Checker<'_> {
    pub(super) fn facts(&mut self) {
        // The names of standard facts are taken, each for its own.
        let mut names: BTreeMap<String, &str> = BTreeMap::new();
        for fact in STANDARD {
            for name in fact.from.iter().chain([&fact.id]) {
                names.insert(bare(name), fact.id);
            }
        }
        let file = self.file;
        for (index, fact) in file.facts.iter().enumerate() {
            let at = format_args!("/facts/{index}");
            match standard(&fact.id) {
                Some(standard) => self.standard_fact(at, fact, standard),
                None => self.own_fact(at, fact),
            }
            self.choices(at, fact);
            for (place, name) in fact.from.iter().enumerate() {
                self.sent_as(
                    &mut names,
                    format_args!("{at}/from/{place}"),
                    name,
                    &fact.id,
                );
            }
        }
    }

    fn sent_as<'n>(
        &mut self,
        names: &mut BTreeMap<String, &'n str>,
        at: At<'_>,
        name: &str,
        id: &'n str,
    ) {
        if bare(name).is_empty() {
            self.error(
                Code::BadId,
                at,
                "an empty text",
                "a name",
                "write the name, or take it out",
            );
            return;
        }
        if let Some(other) = names.insert(bare(name), id)
            && other != id
            && standard(other).is_none()
        {
            self.error(
                Code::DuplicateId,
                at,
                format!(
                    "text {}, a name of the fact {} too",
                    quoted(name),
                    quoted(other)
                ),
                "each name under one fact",
                "keep the name under the fact that it means",
            );
        }
    }

    fn standard_fact(&mut self, at: At<'_>, fact: &Fact, standard: &Standard) {
        let as_choice = standard.kind == FactType::Text && !fact.choices.is_empty();
        if let Some(kind) = fact.kind
            && kind != standard.kind
            && !(as_choice && kind == FactType::Choice)
        {
            self.error(
                Code::NotAllowedHere,
                format_args!("{at}/type"),
                format!("type `{}`", kind.id()),
                format!(
                    "type `{}`, which {} has",
                    standard.kind.id(),
                    quoted(&fact.id)
                ),
                "take `type` out, or declare a fact with another id",
            );
        }
        // A fact with words of its own may get further spellings of them.
        let words = match self.kinds.get(fact.id.as_str()) {
            Some(Kind::Choice(Some(words)) | Kind::List(Some(words))) => words.clone(),
            _ => [].into_iter().collect(),
        };
        for (index, choice) in fact.choices.iter().enumerate() {
            if !words.is_empty() && !self.full() && !words.has(&choice.value) {
                let at = format_args!("{at}/choices/{index}/value");
                let found = format!("text {}", quoted(&choice.value));
                let near = self.meant(&choice.value, words.iter().copied());
                self.report(unknown_choice(at, found, near, &words));
            }
        }
        if !fact.choices.is_empty() && words.is_empty() && standard.kind != FactType::Text {
            self.error(
                Code::NotAllowedHere,
                format_args!("{at}/choices"),
                format!("choices of {}", quoted(&fact.id)),
                format!("no choices: this fact is a {}", standard.kind.id()),
                "take `choices` out, or declare a fact with another id",
            );
        }
    }

    fn own_fact(&mut self, at: At<'_>, fact: &Fact) {
        let Some(kind) = fact.kind else {
            let kinds =
                "say what values it has: `text`, `number`, `boolean`, `choice`, `list` or `date`";
            self.report(missing_key(at, "type", kinds));
            return;
        };
        match kind {
            FactType::Choice if fact.choices.is_empty() => {
                let help = "list the values that it may have";
                self.report(missing_key(at, "choices", help));
            }
            FactType::Choice | FactType::List => {}
            _ if !fact.choices.is_empty() => self.error(
                Code::NotAllowedHere,
                format_args!("{at}/choices"),
                format!("choices of a {}", kind.id()),
                "choices of a `choice` or a `list`",
                "take `choices` out, or write `\"type\": \"choice\"`",
            ),
            _ => {}
        }
    }

    fn choices(&mut self, at: At<'_>, fact: &Fact) {
        let list = matches!(self.kinds.get(fact.id.as_str()), Some(Kind::List(_)));
        let most = if list {
            sizes::LIST_CHOICES
        } else {
            sizes::CHOICES
        };
        let listed = format_args!("{at}/choices");
        self.at_most(listed, fact.choices.len(), most, "choices");
        let mut values = BTreeSet::new();
        let mut spellings: BTreeMap<String, &str> = BTreeMap::new();
        for (index, choice) in fact.choices.iter().enumerate() {
            let at = format_args!("{at}/choices/{index}");
            if choice.value.trim().is_empty() {
                let at = format_args!("{at}/value");
                self.error(
                    Code::BadId,
                    at,
                    "an empty text",
                    "a value",
                    "write the value",
                );
            }
            self.once(
                &mut values,
                format_args!("{at}/value"),
                choice.value.as_str(),
                "each value once",
            );
            for (place, name) in choice.from.iter().enumerate() {
                let before = spellings.insert(name.to_lowercase(), &choice.value);
                if before.is_some_and(|other| other != choice.value) {
                    self.error(
                        Code::DuplicateId,
                        format_args!("{at}/from/{place}"),
                        format!("text {}, a spelling of another value too", quoted(name)),
                        "each spelling under one value",
                        "keep the spelling under the value that it means",
                    );
                }
            }
        }
    }
}
