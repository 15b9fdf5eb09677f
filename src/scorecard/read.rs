//! Reading the text of a scorecard: strictly, and with every problem at once.
//!
//! The text is cut into items (each criterion, route, question, owner …) that are read on their
//! own, so that a broken item hides no other. What could be read is checked for sense as well.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{DeserializeOwned, IgnoredAny};

use super::check::check;
use super::file::{self, Action, Destination, Fallback, Scorecard, Text};
use super::locate::{Node, Tree, escape};
use super::prove::prove;
use super::shape;
use crate::problem::{Code, Problem, Severity};

/// Longest text of a scorecard in bytes.
pub const MAX_BYTES: usize = 1 << 20;
/// Most problems that are reported at once.
pub const MAX_PROBLEMS: usize = 200;

/// Longest pointer to a place whose parts are looked at one by one, in bytes.
const MAX_POINTER: usize = 4096;

/// What came of reading the text of a scorecard.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The scorecard, where no problem is an error.
    pub scorecard: Option<Scorecard>,
    /// All that is wrong, by place in the text: errors, and warnings that do not block.
    pub problems: Vec<Problem>,
}

/// Reads the text of a scorecard and checks it for shape and for sense.
///
/// No text makes it panic; one above [`MAX_BYTES`] is not read at all. Of very many problems the
/// first [`MAX_PROBLEMS`] are reported.
pub fn read(text: &str) -> Outcome {
    if text.len() > MAX_BYTES {
        let found = format!("{} bytes", text.len());
        return Outcome::broken(Problem::error(
            Code::TooLarge,
            "",
            found,
            "at most 1 MiB of text",
            "split the scorecard, or move long lists such as accounts out of it",
        ));
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
        return Outcome::broken(shape::not_json(text, &error));
    }
    let Some(tree) = Tree::new(text) else {
        return Outcome::broken(Problem::error(
            Code::TooLarge,
            "",
            "more than 100,000 values",
            "at most 100,000 values in the whole scorecard",
            "take out what is not needed",
        ));
    };
    let mut reader = Reader {
        tree: &tree,
        lost: Lost::default(),
        problems: Vec::new(),
    };
    let scorecard = reader.scorecard();
    let Reader {
        lost, mut problems, ..
    } = reader;
    if let Some(card) = &scorecard {
        for mut problem in check(card, &lost) {
            problem.at = lost.restore(&problem.at);
            problems.push((tree.nearest(&problem.at).start, problem));
        }
        let is_error = |(_, problem): &(usize, Problem)| problem.severity == Severity::Error;
        if !problems.iter().any(is_error) {
            let proved = prove(card).into_iter();
            problems.extend(proved.map(|problem| (tree.nearest(&problem.at).start, problem)));
        }
    }
    let problems = placed(&tree, problems);
    let usable = !problems
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    Outcome {
        scorecard: scorecard.filter(|_| usable),
        problems,
    }
}

impl Outcome {
    fn broken(problem: Problem) -> Self {
        Outcome {
            scorecard: None,
            problems: vec![problem],
        }
    }
}

/// Sorts problems by place and fills in lines and columns.
fn placed(tree: &Tree, mut problems: Vec<(usize, Problem)>) -> Vec<Problem> {
    problems.sort_by_key(|(offset, _)| *offset);
    problems.dedup();
    // Errors first where there are too many, since a warning must never push one out.
    if problems.len() > MAX_PROBLEMS {
        problems.sort_by_key(|(_, problem)| problem.severity);
        problems.truncate(MAX_PROBLEMS);
        problems.sort_by_key(|(offset, _)| *offset);
    }
    let places = tree.lines(problems.iter().map(|(offset, _)| *offset));
    problems
        .into_iter()
        .zip(places)
        .map(|((_, mut problem), (line, column))| {
            problem.line = Some(line);
            problem.column = Some(column);
            problem
        })
        .collect()
}

/// What could not be read, so that checking raises no false alarm over what is missing.
#[derive(Debug, Default)]
pub(crate) struct Lost {
    /// For each list with broken items: the places in the file of those that were read.
    places: BTreeMap<&'static str, Vec<usize>>,
    /// Ids of broken items.
    ids: BTreeSet<(&'static str, String)>,
    /// Sections of which not even the ids are known.
    vague: BTreeSet<&'static str>,
    /// Whether anything at all was lost.
    any: bool,
}

impl Lost {
    /// Whether nothing was lost.
    pub fn nothing(&self) -> bool {
        !self.any
    }

    /// Whether `id` may stand in a part of `section` that could not be read.
    pub fn may_have(&self, section: &'static str, id: &str) -> bool {
        self.vague.contains(section) || self.ids.contains(&(section, id.to_owned()))
    }

    /// Whether `section` could not be read, or items of it whose ids are unknown.
    pub fn is_vague(&self, section: &str) -> bool {
        self.vague.contains(section)
    }

    /// Whether items of `section` could not be read.
    pub fn lacks(&self, section: &str) -> bool {
        self.places.contains_key(section)
    }

    /// A pointer into what was read as a pointer into the file.
    fn restore(&self, pointer: &str) -> String {
        let restored = || {
            let (section, rest) = pointer.strip_prefix('/')?.split_once('/')?;
            let (index, tail) = match rest.split_once('/') {
                Some((index, tail)) => (index, Some(tail)),
                None => (rest, None),
            };
            let place = self
                .places
                .get(section)?
                .get(index.parse::<usize>().ok()?)?;
            Some(match tail {
                Some(tail) => format!("/{section}/{place}/{tail}"),
                None => format!("/{section}/{place}"),
            })
        };
        restored().unwrap_or_else(|| pointer.to_owned())
    }
}

struct Reader<'a> {
    tree: &'a Tree<'a>,
    lost: Lost,
    problems: Vec<(usize, Problem)>,
}

/// Keys of a scorecard in the order of the format.
const KEYS: &[&str] = &[
    "$schema",
    "leadfit",
    "id",
    "revision",
    "title",
    "description",
    "defaultLanguage",
    "agreement",
    "facts",
    "titles",
    "groups",
    "criteria",
    "limits",
    "disqualify",
    "bands",
    "stages",
    "questions",
    "askUntil",
    "calendars",
    "owners",
    "queues",
    "accounts",
    "sla",
    "routes",
    "fallback",
    "value",
    "calibration",
];

impl Reader<'_> {
    /// All that can be read; nothing where the text is no scorecard of this format.
    fn scorecard(&mut self) -> Option<Scorecard> {
        let root = &self.tree.root;
        self.everywhere(root, format_args!(""), 0);
        if !self.tree.slice(root).starts_with('{') {
            let problem = Problem::error(
                Code::WrongType,
                "",
                shape::render(self.tree.slice(root)),
                "an object",
                "write the scorecard as one object: `{\"leadfit\": 1, …}`",
            );
            self.report(root.start, problem);
            return None;
        }
        let format = self.required::<u32>("leadfit", "write `\"leadfit\": 1`");
        if format.is_some_and(|format| format != file::FORMAT) {
            self.format(format.unwrap_or_default());
            return None;
        }
        for part in &root.parts {
            if let Some((key, start)) = &part.key
                && !self.full()
                && !KEYS.contains(&key.as_ref())
            {
                let problem = shape::unknown_key(format_args!("/{}", escape(key)), key, KEYS);
                self.report(*start, problem);
            }
        }
        // What could not be read gets a stand-in that checking passes over.
        Some(Scorecard {
            schema: self.optional("$schema"),
            leadfit: file::FORMAT,
            id: self
                .required(
                    "id",
                    "give the scorecard a name, such as `\"id\": \"acme-b2b\"`",
                )
                .unwrap_or_else(|| "lost".to_owned()),
            revision: self
                .required(
                    "revision",
                    "write `\"revision\": 1` and raise it with every change",
                )
                .unwrap_or(1),
            title: self
                .required("title", "give the scorecard a title for people")
                .unwrap_or_else(|| Text::Plain("lost".to_owned())),
            description: self.optional("description"),
            default_language: self
                .optional("defaultLanguage")
                .unwrap_or_else(|| "en".to_owned()),
            agreement: self.optional("agreement"),
            facts: self.list("facts"),
            titles: self.optional("titles"),
            groups: self.list("groups"),
            criteria: self.list("criteria"),
            limits: self.optional("limits"),
            disqualify: self.list("disqualify"),
            bands: self.optional("bands"),
            stages: self.list("stages"),
            questions: self.list("questions"),
            ask_until: self.optional("askUntil"),
            calendars: self.list("calendars"),
            owners: self.list("owners"),
            queues: self.list("queues"),
            accounts: self.list("accounts"),
            sla: self.list("sla"),
            routes: self.list("routes"),
            fallback: self.fallback(),
            value: self.optional("value"),
            calibration: self.optional("calibration"),
        })
    }

    fn format(&mut self, format: u32) {
        let start = self.tree.nearest("/leadfit").start;
        let problem = if format > file::FORMAT {
            Problem::error(
                Code::FormatTooNew,
                "/leadfit",
                format!("format {format}"),
                "format 1",
                "update leadfit to a version that reads this format",
            )
        } else {
            Problem::error(
                Code::OutOfRange,
                "/leadfit",
                format!("format {format}"),
                "format 1",
                "write `\"leadfit\": 1`",
            )
        };
        self.report(start, problem);
    }

    fn report(&mut self, offset: usize, problem: Problem) {
        self.lost.any = true;
        // Enough is enough: a hostile file must not buy unbounded work.
        if !self.full() {
            self.problems.push((offset, problem));
        }
    }

    fn full(&self) -> bool {
        self.problems.len() >= 4 * MAX_PROBLEMS
    }

    /// Reports keys that stand twice in one object, and `null`, which the format does not have,
    /// anywhere in the text.
    fn everywhere(&mut self, node: &Node, at: fmt::Arguments<'_>, length: usize) {
        // No part of the format lies so far in: on the way there is a key that is reported.
        if length > MAX_POINTER {
            return;
        }
        let mut seen = BTreeSet::new();
        for (index, part) in node.parts.iter().enumerate() {
            if self.full() {
                return;
            }
            match &part.key {
                Some((key, start)) => {
                    let at = format_args!("{at}/{}", escape(key));
                    if node.parts.len() > 1 && !seen.insert(key) {
                        self.report(*start, shape::duplicate_key(at, key));
                    }
                    self.inside(&part.node, at, length + key.len());
                }
                None => self.inside(&part.node, format_args!("{at}/{index}"), length + 1),
            }
        }
    }

    fn inside(&mut self, node: &Node, at: fmt::Arguments<'_>, length: usize) {
        if self.tree.slice(node) == "null" {
            let help = "write a value, or take it out: what is absent is not written";
            let at = at.to_string();
            let problem = Problem::error(Code::WrongType, at, "null", "a value", help);
            self.report(node.start, problem);
        }
        self.everywhere(node, at, length);
    }

    /// Reads one item; its first fault is reported.
    fn item<T: DeserializeOwned>(&mut self, node: &Node, at: fmt::Arguments<'_>) -> Option<T> {
        let text = self.tree.slice(node);
        // Following the path to a fault is dear, and most items have none.
        if let Ok(value) = serde_json::from_str(text) {
            return Some(value);
        }
        let mut deserializer = serde_json::Deserializer::from_str(text);
        match serde_path_to_error::deserialize(&mut deserializer) {
            Ok(value) => Some(value),
            Err(error) => {
                self.lost.any = true;
                if self.full() {
                    return None;
                }
                let (offset, problem) = shape::fault(self.tree, node, &at.to_string(), &error);
                // Keys that stand twice and `null` are reported already, all of them at once.
                if problem.code != Code::DuplicateKey && problem.found != "null" {
                    self.report(offset, problem);
                }
                None
            }
        }
    }

    fn optional<T: DeserializeOwned>(&mut self, key: &'static str) -> Option<T> {
        let tree = self.tree;
        let part = tree.root.member(key)?;
        let value = self.item(&part.node, format_args!("/{key}"));
        if value.is_none() {
            self.lost.vague.insert(key);
        }
        value
    }

    fn required<T: DeserializeOwned>(&mut self, key: &'static str, help: &str) -> Option<T> {
        if self.tree.root.member(key).is_none() {
            let problem = shape::missing_key("", key, help);
            self.report(self.tree.root.start, problem);
            self.lost.vague.insert(key);
        }
        self.optional(key)
    }

    fn list<T: DeserializeOwned>(&mut self, section: &'static str) -> Vec<T> {
        let tree = self.tree;
        let Some(part) = tree.root.member(section) else {
            return Vec::new();
        };
        let raw = tree.slice(&part.node);
        if !raw.starts_with('[') {
            self.lost.vague.insert(section);
            // `null` is reported already.
            if raw != "null" {
                let problem = shape::wrong_type(format_args!("/{section}"), raw, "a list");
                self.report(part.node.start, problem);
            }
            return Vec::new();
        }
        let (mut items, mut places) = (Vec::new(), Vec::new());
        for (index, part) in part.node.parts.iter().enumerate() {
            if self.full() {
                self.lost.any = true;
                self.lost.vague.insert(section);
                break;
            }
            if let Some(item) = self.item(&part.node, format_args!("/{section}/{index}")) {
                items.push(item);
                places.push(index);
                continue;
            }
            let id = part.node.member("id").map(|id| tree.slice(&id.node));
            match id.and_then(|id| serde_json::from_str(id).ok()) {
                Some(id) => {
                    self.lost.ids.insert((section, id));
                }
                None => {
                    self.lost.vague.insert(section);
                }
            }
        }
        if items.len() < part.node.parts.len() {
            self.lost.places.insert(section, places);
        }
        items
    }

    fn fallback(&mut self) -> Fallback {
        let tree = self.tree;
        let part = tree.root.member("fallback");
        let object = part.is_none_or(|part| tree.slice(&part.node).starts_with('{'));
        if !object {
            self.optional::<Fallback>("fallback");
        }
        for part in part.into_iter().flat_map(|part| &part.node.parts) {
            if let Some((key, start)) = part
                .key
                .as_ref()
                .filter(|(key, _)| !ENDS.contains(&key.as_ref()))
            {
                let problem =
                    shape::unknown_key(format_args!("/fallback/{}", escape(key)), key, ENDS);
                self.report(*start, problem);
            }
        }
        let [unmatched, disqualified] = [
            ("unmatched", "leads that no route matches"),
            ("disqualified", "disqualified leads"),
        ]
        .map(|(key, whom)| {
            let end = part.and_then(|part| part.node.member(key));
            let read = match end {
                Some(end) => self.item(&end.node, format_args!("/fallback/{key}")),
                None => None,
            };
            if end.is_none() && object {
                let problem = Problem::error(
                    Code::NoFallback,
                    if part.is_some() { "/fallback" } else { "" },
                    format!("no destination for {whom}"),
                    format!("`fallback.{key}`"),
                    format!("add `{key}` with an `id` and an `action` to `fallback`"),
                );
                self.report(
                    part.map_or(tree.root.start, |part| part.node.start),
                    problem,
                );
            }
            if read.is_none() {
                self.lost.vague.insert("fallback");
            }
            read.unwrap_or_else(nowhere)
        });
        Fallback {
            unmatched,
            disqualified,
        }
    }
}

/// The two ways on where no route matches.
const ENDS: &[&str] = &["unmatched", "disqualified"];

/// The stand-in for a destination that could not be read.
fn nowhere() -> Destination {
    Destination {
        id: String::new(),
        label: None,
        action: Action::ThankYou(file::Message {
            message: Text::Plain("lost".to_owned()),
        }),
        follow_up: Vec::new(),
    }
}
