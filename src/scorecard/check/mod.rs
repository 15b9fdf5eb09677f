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

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::canonical::number_text;
use super::file::Scorecard;
use super::read::{Lost, MAX_PROBLEMS};
use super::shape::{nearest, quoted};
use crate::problem::{Code, Problem};
use kind::Kind;

/// Checks a scorecard of which `lost` could not be read.
pub(super) fn check(file: &Scorecard, lost: &Lost) -> Vec<Problem> {
    let mut checker = Checker {
        file,
        lost,
        kinds: Rc::new(kind::kinds(file, lost)),
        ids: ids::sections(file),
        used: BTreeSet::new(),
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

/// A section whose items have ids that other parts refer to.
type Section = &'static str;

struct Checker<'a> {
    file: &'a Scorecard,
    lost: &'a Lost,
    /// What values each fact has.
    kinds: Rc<BTreeMap<&'a str, Kind<'a>>>,
    /// The ids of each section.
    ids: BTreeMap<Section, BTreeSet<&'a str>>,
    /// What is referred to.
    used: BTreeSet<(Section, &'a str)>,
    problems: Vec<Problem>,
}

impl<'a> Checker<'a> {
    fn error(
        &mut self,
        code: Code,
        at: impl Into<String>,
        found: impl AsRef<str>,
        expected: impl Into<String>,
        help: impl Into<String>,
    ) {
        if !self.full() {
            self.report(Problem::error(code, at, found, expected, help));
        }
    }

    fn warn(
        &mut self,
        code: Code,
        at: impl Into<String>,
        found: impl AsRef<str>,
        expected: impl Into<String>,
        help: impl Into<String>,
    ) {
        // Half of the room is for errors: no number of warnings may hide that there is one.
        if self.problems.len() < 2 * MAX_PROBLEMS {
            self.report(Problem::warning(code, at, found, expected, help));
        }
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
    fn refer(&mut self, section: Section, id: &'a str, at: impl FnOnce() -> String) -> bool {
        self.used.insert((section, id));
        let known = self.ids.get(section);
        if known.is_some_and(|ids| ids.contains(id)) {
            return true;
        }
        if self.lost.may_have(section, id) || self.full() {
            return false;
        }
        // Looking for what was meant is dear: for as many as are shown.
        let candidates = known.filter(|_| self.problems.len() < MAX_PROBLEMS);
        let near = nearest(id, candidates.into_iter().flatten().copied());
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
            at(),
            format!("text {}", quoted(id)),
            expected,
            help,
        );
        false
    }

    /// Reports a number outside `from..=to`; gives whether it is inside.
    fn within(&mut self, at: impl Into<String>, number: f64, from: f64, to: f64) -> bool {
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
    fn points(&mut self, at: impl Into<String>, points: Option<i32>) {
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
