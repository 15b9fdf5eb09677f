//! Whether a scorecard that reads makes sense: ids, references, bins, thresholds, people, dates.
//!
//! Every check adds to one list, so that all faults are reported at once. Pointers count the
//! items that were read; the reader turns them into places in the file. What interval analysis
//! of the compiled program can prove (`neverReached`, `neverFires`, `worthless`) is added by
//! whoever holds the program, with problems of the same form.

mod agreement;
mod bins;
mod calendar;
mod condition;
mod criteria;
mod facts;
mod ids;
mod kind;
mod people;
mod questions;
mod routes;
mod text;
mod usage;

pub(super) use calendar::parse_time;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;

use super::canonical::number_text;
use super::file::Scorecard;
use super::nearest::nearest;
use super::read::{Lost, MAX_PROBLEMS};
use super::shape::quoted;
use crate::problem::{Code, Problem};
use condition::BandNames;
use kind::Kind;

/// Most words that are looked at in search of those that were meant.
const MAX_LOOKS: usize = 25_000;

/// Checks a scorecard of which `lost` could not be read.
pub(super) fn check(file: &Scorecard, lost: &Lost) -> Vec<Problem> {
    let mut checker = Checker {
        file,
        lost,
        kinds: Rc::new(kind::kinds(file, lost)),
        bands: Rc::new(BandNames::new(file, lost)),
        ids: ids::sections(file)
            .into_iter()
            .map(|(section, ids)| (section, Rc::new(ids)))
            .collect(),
        used: BTreeSet::new(),
        looks: MAX_LOOKS,
        problems: Vec::new(),
    };
    checker.sizes();
    if !checker.problems.is_empty() {
        // A file beyond the limits must not buy work without bound.
        return checker.problems;
    }
    checker.ids();
    checker.texts();
    checker.facts();
    checker.criteria();
    checker.ladders();
    checker.questions();
    checker.calendars();
    checker.people();
    checker.routes();
    checker.agreement();
    checker.usage();
    checker.problems
}

/// A place in the file, which is written out only where something is wrong there: a file may have
/// a hundred thousand places.
type At<'p> = fmt::Arguments<'p>;

/// A section whose items have ids that other parts refer to.
type Section = &'static str;

struct Checker<'a> {
    file: &'a Scorecard,
    lost: &'a Lost,
    /// What values each fact has.
    kinds: Rc<BTreeMap<&'a str, Kind<'a>>>,
    /// What bands and grades are called.
    bands: Rc<BandNames>,
    /// The ids of each section.
    ids: BTreeMap<Section, Rc<BTreeSet<&'a str>>>,
    /// What is referred to.
    used: BTreeSet<(Section, &'a str)>,
    /// How many more words are looked at in search of what was meant.
    looks: usize,
    problems: Vec<Problem>,
}

impl<'a> Checker<'a> {
    fn error(
        &mut self,
        code: Code,
        at: At<'_>,
        found: impl AsRef<str>,
        expected: impl Into<String>,
        help: impl Into<String>,
    ) {
        if !self.full() {
            self.report(Problem::error(code, at.to_string(), found, expected, help));
        }
    }

    fn warn(
        &mut self,
        code: Code,
        at: At<'_>,
        found: impl AsRef<str>,
        expected: impl Into<String>,
        help: impl Into<String>,
    ) {
        if self.may_warn() {
            self.report(Problem::warning(
                code,
                at.to_string(),
                found,
                expected,
                help,
            ));
        }
    }

    /// Half of the room is for errors: no number of warnings may hide that there is one.
    fn may_warn(&self) -> bool {
        self.problems.len() < 2 * MAX_PROBLEMS
    }

    fn report(&mut self, problem: Problem) {
        if !self.full() {
            self.problems.push(problem);
        }
    }

    /// Enough is enough: a hostile file must not buy unbounded work.
    fn full(&self) -> bool {
        self.problems.len() >= 4 * MAX_PROBLEMS
    }

    /// Follows a reference; gives whether what it names exists.
    fn refer(&mut self, section: Section, id: &'a str, at: At<'_>) -> bool {
        self.used.insert((section, id));
        if self.ids.get(section).is_some_and(|ids| ids.contains(id)) {
            return true;
        }
        if self.lost.may_have(section, id) || self.full() {
            return false;
        }
        let ids = self.ids.get(section).cloned().unwrap_or_default();
        let near = self.meant(id, ids.iter().copied());
        let help = match near {
            Some(near) => format!("write `{near}`, or add {} to `{section}`", quoted(id)),
            None => format!(
                "add {} to `{section}`, or name one that is there",
                quoted(id)
            ),
        };
        let expected = format!("the id of one of the `{section}`");
        self.error(
            Code::UnknownReference,
            at,
            format!("text {}", quoted(id)),
            expected,
            help,
        );
        false
    }

    /// The word that was likely meant. Looking for it is dear: when so many words were looked at,
    /// further problems go without.
    fn meant<'w>(
        &mut self,
        word: &str,
        words: impl ExactSizeIterator<Item = &'w str>,
    ) -> Option<&'w str> {
        self.looks = self.looks.checked_sub(words.len())?;
        nearest(word, words)
    }

    /// Reports a number outside `from..=to`; gives whether it is inside.
    fn within(&mut self, at: At<'_>, number: f64, from: f64, to: f64) -> bool {
        let inside = (from..=to).contains(&number);
        if !inside {
            self.error(
                Code::OutOfRange,
                at,
                format!("number {}", number_text(number)),
                format!("a number from {} to {}", grouped(from), grouped(to)),
                "write a number inside this range",
            );
        }
        inside
    }

    /// Reports points that no scorecard needs.
    fn points(&mut self, at: At<'_>, points: Option<i32>) {
        if let Some(points) = points {
            self.within(at, f64::from(points), -10_000.0, 10_000.0);
        }
    }
}

/// A number with its thousands set apart.
fn grouped(number: f64) -> String {
    let text = format!("{}", number.abs());
    let (whole, rest) = match text.split_once('.') {
        Some((whole, rest)) => (whole, format!(".{rest}")),
        None => (text.as_str(), String::new()),
    };
    let mut out = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let sign = if number < 0.0 { "-" } else { "" };
    format!("{sign}{out}{rest}")
}
