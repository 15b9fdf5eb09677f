//! Names under which forms, CRMs and spreadsheets send facts, answers and aggregates.
//!
//! Worked out once, when a scorecard is compiled, so that a page, a server and a spreadsheet
//! understand the same form alike. `pkg-config/form.js` looks names up in the same two maps.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Where in a lead a named value belongs: `jobTitle`, `company.employees`, `answers.budget`,
/// `aggregates.pageViews`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Names {
    /// By name without case and punctuation.
    pub bare: BTreeMap<String, String>,
    /// By name as it is; goes first, and holds only what `bare` would answer otherwise.
    pub exact: BTreeMap<String, String>,
}

/// Ids of what may be named, and the further names of facts.
pub struct Named<'a> {
    /// Facts that the scorecard reads, then those that it does not.
    pub facts: &'a [(&'a str, &'a [String])],
    /// Questions.
    pub questions: &'a [&'a str],
    /// Aggregates.
    pub aggregates: &'a [&'a str],
}

impl Names {
    /// The names of all that is given. As they are, questions go before facts and facts before
    /// aggregates; without case and punctuation facts go first.
    pub fn new(named: &Named) -> Names {
        let answer = |id: &str| format!("answers.{id}");
        let aggregate = |id: &str| format!("aggregates.{id}");
        let mut names = Names::default();
        let mut add = |name: &str, path: String| {
            let key = bare(name);
            if !key.is_empty() {
                names.bare.entry(key).or_insert(path);
            }
        };
        for (id, others) in named.facts {
            add(id, (*id).to_owned());
            others.iter().for_each(|name| add(name, (*id).to_owned()));
        }
        named.questions.iter().for_each(|id| add(id, answer(id)));
        named
            .aggregates
            .iter()
            .for_each(|id| add(id, aggregate(id)));
        let exact = (named.questions.iter().map(|id| (*id, answer(id))))
            .chain(named.facts.iter().map(|(id, _)| (*id, (*id).to_owned())))
            .chain(named.aggregates.iter().map(|id| (*id, aggregate(id))));
        for (id, path) in exact {
            if names.place(id).is_none_or(|found| found != path) {
                names.exact.entry(id.to_owned()).or_insert(path);
            }
        }
        names
    }

    /// Where a value of this name belongs; a name as it stands in a form, a CRM or a header.
    pub fn place(&self, name: &str) -> Option<&str> {
        let name = name.trim();
        let path = (self.exact.get(name)).or_else(|| self.bare.get(&bare(name)))?;
        Some(path)
    }
}

/// A name without case and punctuation.
pub(crate) fn bare(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_without_case_and_punctuation() {
        let others = ["numemployees".to_owned(), "Company Size".to_owned()];
        let names = Names::new(&Named {
            facts: &[("company.employees", &others), ("budget", &[])],
            questions: &["budget", "team-size"],
            aggregates: &["budget", "pageViews"],
        });
        for (name, path) in [
            ("company_size", "company.employees"),
            (" NumEmployees ", "company.employees"),
            ("companyEmployees", "company.employees"),
            ("budget", "answers.budget"),
            ("Budget", "budget"),
            ("Team Size", "answers.team-size"),
            ("page views", "aggregates.pageViews"),
        ] {
            assert_eq!(names.place(name), Some(path), "{name}");
        }
        assert_eq!(names.place("?!"), None);
        assert_eq!(names.exact.len(), 1, "only what differs");
    }
}
