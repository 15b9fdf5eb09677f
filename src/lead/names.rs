//! Form data: from raw names and values to a lead.
//!
//! Names are matched here and nowhere else, so that a page, a server and a spreadsheet understand
//! the same form alike.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::json::ToJson;
use crate::program::Program;

/// Where a named value belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The fact of this index.
    Fact(usize),
    /// The further fact of this index, that the scorecard does not read.
    Further(usize),
    /// The question of this index.
    Question(usize),
    /// The aggregate of this index.
    Aggregate(usize),
}

/// What a form field or a column called `name` means: the id of a question, a fact or an
/// aggregate, else one of a fact's other names, else the same without case and punctuation
/// (`Job Title`, `job_title`). `None` where it means nothing to this scorecard.
pub fn place(program: &Program, name: &str) -> Option<Place> {
    let name = name.trim();
    let question = program
        .questions
        .iter()
        .position(|question| question.id == name);
    if let Some(index) = question {
        return Some(Place::Question(index));
    }
    if let Some(index) = program.fact(name) {
        return Some(Place::Fact(index));
    }
    if let Ok(index) = program
        .aggregates
        .binary_search_by(|aggregate| aggregate.as_str().cmp(name))
    {
        return Some(Place::Aggregate(index));
    }
    let key = bare(name);
    if key.is_empty() {
        return None;
    }
    let is_meant = |id: &str, names: &[String]| {
        bare(id) == key || names.iter().any(|other| bare(other) == key)
    };
    let fact = program
        .facts
        .iter()
        .position(|fact| is_meant(&fact.id, &fact.names));
    let further = || {
        program
            .further
            .iter()
            .position(|fact| is_meant(&fact.id, &fact.names))
    };
    let question = || {
        program
            .questions
            .iter()
            .position(|question| bare(&question.id) == key)
    };
    let aggregate = || {
        program
            .aggregates
            .iter()
            .position(|aggregate| bare(aggregate) == key)
    };
    fact.map(Place::Fact)
        .or_else(|| further().map(Place::Further))
        .or_else(|| question().map(Place::Question))
        .or_else(|| aggregate().map(Place::Aggregate))
}

/// A name without case and punctuation.
pub(crate) fn bare(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The lead object, as JSON, that raw names and values make. What the scorecard does not know is
/// kept under `other`; several values of one name become a list.
pub fn lead_json<'p>(
    program: &'p Program,
    pairs: impl Iterator<Item = (&'p str, &'p str)>,
) -> String {
    let mut root = Node::default();
    for (name, value) in pairs {
        let fact = |id: Option<&'p String>| {
            let id = id.map_or("", String::as_str);
            match id.split_once('.') {
                Some((outer, inner)) => vec![outer, inner],
                None => vec![id],
            }
        };
        let path = match place(program, name) {
            Some(Place::Fact(index)) => fact(program.facts.get(index).map(|fact| &fact.id)),
            Some(Place::Further(index)) => fact(program.further.get(index).map(|fact| &fact.id)),
            Some(Place::Question(index)) => {
                vec![
                    "answers",
                    program
                        .questions
                        .get(index)
                        .map_or("", |question| question.id.as_str()),
                ]
            }
            Some(Place::Aggregate(index)) => {
                vec![
                    "aggregates",
                    program.aggregates.get(index).map_or("", String::as_str),
                ]
            }
            None => vec!["other", name],
        };
        root.add(&path, value);
    }
    root.to_json()
}

/// A part of a lead object.
#[derive(Default)]
struct Node {
    values: Vec<String>,
    /// Sorted by key.
    inner: Vec<(String, Node)>,
}

impl Node {
    /// Appends a value at a path.
    fn add(&mut self, path: &[&str], value: &str) {
        let [key, rest @ ..] = path else {
            return self.values.push(value.to_owned());
        };
        let place = self
            .inner
            .binary_search_by(|(other, _)| other.as_str().cmp(key));
        let index = place.unwrap_or_else(|index| {
            self.inner
                .insert(index, ((*key).to_owned(), Node::default()));
            index
        });
        if let Some((_, node)) = self.inner.get_mut(index) {
            node.add(rest, value);
        }
    }
}

impl ToJson for Node {
    fn json(&self, out: &mut String) {
        match self.values.as_slice() {
            [] => {
                out.push('{');
                for (key, node) in &self.inner {
                    crate::json::push_key(out, key);
                    node.json(out);
                }
                out.push('}');
            }
            [value] => value.json(out),
            _ => self.values.json(out),
        }
    }
}
