//! Conditions: references, comparisons that suit the kind of value, and tests that may stand here.

use std::rc::Rc;

use super::criteria::MAX_BANDS;
use super::kind::{Kind, of_signal};
use super::{At, Checker, Code, Lost};
use crate::program::Axis;
use crate::scorecard::file::{
    Band, Condition, Events, Measure, PropertyTest, Scalar, Scorecard, SignalTest, Test,
};
use crate::scorecard::shape::{one_of, quoted, render_scalar, too_deep, unknown_choice};
use crate::scorecard::sizes;
use crate::signals::Signal;

/// Where a condition stands, which decides what is settled before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// In criteria, disqualifiers, questions and territories: no score is settled.
    BeforeScore,
    /// In stages: score, bands and grade are settled.
    BeforeStage,
    /// In routes and segments: the stage is settled as well.
    AfterStage,
}

/// What bands and grades are called; the default names where the scorecard has none.
#[derive(Default)]
pub(super) struct BandNames {
    fit: Vec<String>,
    engagement: Vec<String>,
    grades: Vec<String>,
    /// Whether they are not known: not read, or so many that there is an error already.
    lost: bool,
}

impl BandNames {
    pub fn new(file: &Scorecard, lost: &Lost) -> Self {
        let names = |bands: &[Band]| bands.iter().map(|band| band.name.clone()).collect();
        let (fit, engagement) = match &file.bands {
            Some(bands) if bands.fit.len().max(bands.engagement.len()) > MAX_BANDS => {
                return BandNames {
                    lost: true,
                    ..BandNames::default()
                };
            }
            Some(bands) => (names(&bands.fit), names(&bands.engagement)),
            None => (
                ["A", "B", "C", "D"].map(str::to_owned).to_vec(),
                ["1", "2", "3", "4"].map(str::to_owned).to_vec(),
            ),
        };
        let grades = fit
            .iter()
            .flat_map(|fit| engagement.iter().map(move |other| format!("{fit}{other}")))
            .collect();
        BandNames {
            fit,
            engagement,
            grades,
            lost: lost.is_vague("bands"),
        }
    }
}

/// All comparisons of a test, in one form.
#[derive(Default)]
struct Given<'a> {
    is: Option<&'a Scalar>,
    one_of: Option<&'a [Scalar]>,
    numbers: Vec<(&'static str, f64)>,
    texts: Vec<(&'static str, &'a [String])>,
    known: bool,
}

impl<'a> Checker<'a> {
    pub(super) fn condition(&mut self, at: At<'_>, condition: &'a Condition, place: Place) {
        self.nested(at, condition, place, 1);
    }

    fn nested(&mut self, at: At<'_>, condition: &'a Condition, place: Place, depth: usize) {
        if depth > sizes::CONDITION_DEPTH {
            self.report(too_deep(at));
            return;
        }
        if self.full() {
            return;
        }
        let list = |this: &mut Self, at: At<'_>, conditions: &'a [Condition]| {
            for (index, condition) in conditions.iter().enumerate() {
                this.nested(format_args!("{at}/{index}"), condition, place, depth + 1);
            }
        };
        match condition {
            Condition::All(of) => list(self, format_args!("{at}/all"), of),
            Condition::Any(of) => list(self, format_args!("{at}/any"), of),
            Condition::Not(inner) => self.nested(format_args!("{at}/not"), inner, place, depth + 1),
            Condition::AtLeast(some) => {
                if some.n == 0 || some.n as usize > some.of.len() {
                    self.error(
                        Code::OutOfRange,
                        format_args!("{at}/atLeast/n"),
                        format!("number {}", some.n),
                        format!("a whole number from 1 to {}", some.of.len().max(1)),
                        "ask for as many as there are conditions, or fewer",
                    );
                }
                list(self, format_args!("{at}/atLeast/of"), &some.of);
            }
            Condition::Fact(test) => self.fact_test(format_args!("{at}/fact"), test, false),
            Condition::DaysSince(test) => {
                self.fact_test(format_args!("{at}/daysSince"), test, true)
            }
            Condition::Signal(test) => self.signal_test(format_args!("{at}/signal"), test),
            Condition::Events(test) => {
                let at = format_args!("{at}/events");
                self.events(
                    at,
                    &test.types,
                    &test.filter,
                    test.within_days,
                    test.measure.as_ref(),
                    test.aggregate.as_deref(),
                );
                self.interval(at, test.at_least, test.below);
            }
            Condition::Score(test) | Condition::Fit(test) | Condition::Engagement(test) => {
                let key = match condition {
                    Condition::Score(_) => "score",
                    Condition::Fit(_) => "fit",
                    _ => "engagement",
                };
                let at = format_args!("{at}/{key}");
                self.settled(at, key, place, Place::BeforeStage);
                if test.at_least.is_none() && test.below.is_none() {
                    self.no_comparison(at, "`atLeast` or `below`");
                }
                self.interval(at, test.at_least.map(f64::from), test.below.map(f64::from));
            }
            Condition::Band(test) => {
                let at = format_args!("{at}/band");
                self.settled(at, "band", place, Place::BeforeStage);
                let names = Rc::clone(&self.bands);
                let names = match test.axis {
                    Axis::Fit => &names.fit,
                    Axis::Engagement => &names.engagement,
                };
                self.names(format_args!("{at}/in"), &test.one_of, names);
            }
            Condition::Grade(test) => {
                let at = format_args!("{at}/grade");
                self.settled(at, "grade", place, Place::BeforeStage);
                let names = Rc::clone(&self.bands);
                self.names(format_args!("{at}/in"), &test.one_of, &names.grades);
            }
            Condition::Stage(test) => {
                let at = format_args!("{at}/stage");
                self.settled(at, "stage", place, Place::AfterStage);
                self.some(format_args!("{at}/in"), test.one_of.len());
                for (index, id) in test.one_of.iter().enumerate() {
                    self.refer("stages", id, format_args!("{at}/in/{index}"));
                }
            }
        }
    }

    /// Reports a test of something that is not settled yet.
    fn settled(&mut self, at: At<'_>, key: &str, place: Place, from: Place) {
        if place < from {
            let allowed = if from == Place::AfterStage {
                "routes and segments"
            } else {
                "stages, routes and segments"
            };
            self.error(
                Code::NotAllowedHere,
                at,
                format!("a test of `{key}`"),
                "a test of facts, signals or events",
                format!("test what the points rest on; `{key}` may stand in {allowed} only"),
            );
        }
    }

    fn no_comparison(&mut self, at: At<'_>, expected: &str) {
        let help = "say what the value is compared with";
        self.error(Code::WrongComparison, at, "no comparison", expected, help);
    }

    /// Reports an empty list, which nothing can be one of.
    pub(super) fn some(&mut self, at: At<'_>, length: usize) {
        if length == 0 {
            let help = "add what counts, or take the test out";
            self.error(
                Code::WrongComparison,
                at,
                "an empty list",
                "at least one entry",
                help,
            );
        }
    }

    fn interval(&mut self, at: At<'_>, least: Option<f64>, below: Option<f64>) {
        if let (Some(least), Some(below)) = (least, below)
            && least >= below
        {
            self.error(
                Code::OutOfOrder,
                at,
                format!("at least {least} and below {below}"),
                "a lower number in `atLeast` than in `below`",
                "swap the two, or combine two tests by `any`",
            );
        }
    }

    fn names(&mut self, at: At<'_>, given: &[String], known: &[String]) {
        self.some(at, given.len());
        for (index, name) in given.iter().enumerate() {
            if !self.bands.lost && !self.full() && !known.contains(name) {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                let found = format!("text {}", quoted(name));
                let near = self.meant(name, known.iter().copied());
                let at = format_args!("{at}/{index}");
                let mut problem = unknown_choice(at, found, near, &known);
                problem.code = Code::UnknownReference;
                self.report(problem);
            }
        }
    }

    fn fact_test(&mut self, at: At<'_>, test: &'a Test, days: bool) {
        let kind = self.fact(format_args!("{at}/id"), &test.id);
        let kind = match (days, kind) {
            (true, Kind::Date) => Kind::Number,
            (true, Kind::Lost) => Kind::Lost,
            (true, other) => {
                self.not_a_date(format_args!("{at}/id"), &test.id, other.name());
                return;
            }
            (false, kind) => kind,
        };
        let numbers = [
            ("atLeast", test.at_least),
            ("above", test.above),
            ("atMost", test.at_most),
            ("below", test.below),
        ];
        let texts = [
            ("contains", &test.contains),
            ("containsWord", &test.contains_word),
            ("startsWith", &test.starts_with),
            ("endsWith", &test.ends_with),
        ];
        let given = Given {
            is: test.is.as_ref(),
            one_of: test.one_of.as_deref(),
            numbers: numbers
                .into_iter()
                .filter_map(|(key, number)| Some((key, number?)))
                .collect(),
            texts: texts
                .into_iter()
                .filter_map(|(key, texts)| Some((key, texts.as_deref()?)))
                .collect(),
            known: test.known.is_some(),
        };
        self.comparisons(at, &kind, &given);
        let least = test.at_least.or(test.above);
        self.interval(at, least, test.below);
        if let (Some(least), Some(most)) = (least, test.at_most)
            && least > most
        {
            self.error(
                Code::OutOfOrder,
                at,
                format!("at least {least} and at most {most}"),
                "a lower number in `atLeast` than in `atMost`",
                "swap the two, or combine two tests by `any`",
            );
        }
    }

    /// Follows a reference to a fact; gives its kind.
    pub(super) fn fact(&mut self, at: At<'_>, id: &'a str) -> Kind<'a> {
        if self.refer("facts", id, at) {
            let kinds = Rc::clone(&self.kinds);
            return kinds.get(id).cloned().unwrap_or(Kind::Lost);
        }
        Kind::Lost
    }

    pub(super) fn not_a_date(&mut self, at: At<'_>, id: &str, kind: &str) {
        self.error(
            Code::WrongComparison,
            at,
            format!("{} of type `{kind}`", quoted(id)),
            "a fact of type `date`",
            "name a date, or test the fact by `fact`",
        );
    }

    fn signal_test(&mut self, at: At<'_>, test: &'a SignalTest) {
        let kind = of_signal(test.id);
        let mut given = Given {
            is: test.is.as_ref(),
            one_of: test.one_of.as_deref(),
            texts: test
                .ends_with
                .as_deref()
                .map(|texts| ("endsWith", texts))
                .into_iter()
                .collect(),
            known: test.known.is_some(),
            ..Given::default()
        };
        let bounds = [("atLeast", &test.at_least), ("below", &test.below)];
        let mut levels = false;
        for (key, bound) in bounds {
            match bound {
                // The levels of seniority have an order.
                Some(word) if test.id == Signal::Seniority => {
                    levels = true;
                    self.value(format_args!("{at}/{key}"), &kind, word);
                }
                Some(Scalar::Number(number)) => given.numbers.push((key, *number)),
                Some(other) => {
                    self.error(
                        Code::WrongComparison,
                        format_args!("{at}/{key}"),
                        render_scalar(other),
                        "a number",
                        "write a number, or use `in`",
                    );
                    levels = true;
                }
                None => {}
            }
        }
        if levels && given.is.is_none() && given.one_of.is_none() {
            return;
        }
        self.comparisons(at, &kind, &given);
        if let (Some(Scalar::Number(least)), Some(Scalar::Number(below))) =
            (&test.at_least, &test.below)
        {
            self.interval(at, Some(*least), Some(*below));
        }
    }

    fn comparisons(&mut self, at: At<'_>, kind: &Kind, given: &Given) {
        let allowed: &[&str] = match kind {
            Kind::Text => &[
                "is",
                "in",
                "contains",
                "containsWord",
                "startsWith",
                "endsWith",
                "known",
            ],
            Kind::Number => &["is", "in", "atLeast", "above", "atMost", "below", "known"],
            Kind::Boolean => &["is", "known"],
            Kind::Choice(_) | Kind::List(_) => &["is", "in", "known"],
            Kind::Date => &["known"],
            Kind::Lost => return,
        };
        let keys = (given.is.iter().map(|_| "is"))
            .chain(given.one_of.iter().map(|_| "in"))
            .chain(given.numbers.iter().map(|(key, _)| *key))
            .chain(given.texts.iter().map(|(key, _)| *key));
        for key in keys.filter(|key| !allowed.contains(key)) {
            self.error(
                Code::WrongComparison,
                format_args!("{at}/{key}"),
                format!("`{key}` on a {}", kind.name()),
                one_of(allowed),
                if *kind == Kind::Date {
                    "test the days since it by `daysSince`"
                } else {
                    "use a comparison that suits the type of the value"
                },
            );
        }
        let nothing = given.is.is_none()
            && given.one_of.is_none()
            && given.numbers.is_empty()
            && given.texts.is_empty()
            && !given.known;
        if nothing {
            self.no_comparison(at, &one_of(allowed));
        }
        if let (Some(value), true) = (given.is, allowed.contains(&"is")) {
            self.value(format_args!("{at}/is"), kind, value);
        }
        if let (Some(values), true) = (given.one_of, allowed.contains(&"in")) {
            self.some(format_args!("{at}/in"), values.len());
            for (index, value) in values.iter().enumerate() {
                self.value(format_args!("{at}/in/{index}"), kind, value);
            }
        }
        for (key, texts) in &given.texts {
            self.text_list(format_args!("{at}/{key}"), texts);
        }
    }

    /// Texts to look for: at least one, and none empty, since all texts hold an empty one.
    pub(super) fn text_list(&mut self, at: At<'_>, texts: &[String]) {
        self.some(at, texts.len());
        for (index, text) in texts.iter().enumerate() {
            if text.trim().is_empty() {
                let help = "write what to look for, or take the entry out";
                let at = format_args!("{at}/{index}");
                self.error(Code::WrongComparison, at, "an empty text", "a text", help);
            }
        }
    }

    /// A value that a fact or signal of this kind is compared with.
    pub(super) fn value(&mut self, at: At<'_>, kind: &Kind, value: &Scalar) {
        let expected = match (kind, value) {
            (Kind::Choice(Some(words)) | Kind::List(Some(words)), Scalar::Text(text)) => {
                if !self.full() && !words.has(text) {
                    let near = self.meant(text, words.iter().copied());
                    let problem = unknown_choice(at, render_scalar(value), near, words);
                    self.report(problem);
                }
                return;
            }
            (Kind::Text | Kind::Choice(_) | Kind::List(_), Scalar::Text(_))
            | (Kind::Number, Scalar::Number(_))
            | (Kind::Boolean, Scalar::Boolean(_))
            | (Kind::Date | Kind::Lost, _) => return,
            (Kind::Number, _) => "a number",
            (Kind::Boolean, _) => "`true` or `false`",
            _ => "a text",
        };
        let help = format!("write {expected}, as the type of the value asks");
        self.error(
            Code::WrongComparison,
            at,
            render_scalar(value),
            expected,
            help,
        );
    }

    /// Which events count, in a test or a criterion.
    pub(super) fn events(
        &mut self,
        at: At<'_>,
        types: &[String],
        filter: &[PropertyTest],
        within_days: Option<f64>,
        measure: Option<&Measure>,
        aggregate: Option<&str>,
    ) {
        self.text_list(format_args!("{at}/types"), types);
        for (index, test) in filter.iter().enumerate() {
            let at = format_args!("{at}/where/{index}");
            let texts = [
                ("contains", &test.contains),
                ("startsWith", &test.starts_with),
                ("endsWith", &test.ends_with),
            ];
            if let Some(values) = &test.one_of {
                self.some(format_args!("{at}/in"), values.len());
            }
            for (key, texts) in texts {
                if let Some(texts) = texts {
                    self.text_list(format_args!("{at}/{key}"), texts);
                }
            }
            let nothing = test.one_of.is_none()
                && test.at_least.is_none()
                && test.below.is_none()
                && texts.iter().all(|(_, texts)| texts.is_none());
            if nothing {
                self.no_comparison(
                    at,
                    "`in`, `atLeast`, `below`, `contains`, `startsWith` or `endsWith`",
                );
            }
            self.interval(at, test.at_least, test.below);
            self.id_like(format_args!("{at}/property"), &test.property);
        }
        if let Some(days) = within_days {
            self.days(format_args!("{at}/withinDays"), days);
        }
        if let Some(Measure::Distinct(property)) = measure {
            self.id_like(format_args!("{at}/measure/distinct"), property);
        }
        if let Some(name) = aggregate {
            self.id_like(format_args!("{at}/aggregate"), name);
        }
    }

    /// A name from outside, which follows no rules but is not empty.
    fn id_like(&mut self, at: At<'_>, name: &str) {
        if name.trim().is_empty() {
            self.error(Code::BadId, at, "an empty text", "a name", "write the name");
        }
    }

    /// A number of days: above 0 and at most ten years.
    pub(super) fn days(&mut self, at: At<'_>, days: f64) {
        if !(days > 0.0 && days <= 3_650.0) {
            self.error(
                Code::OutOfRange,
                at,
                format!("number {days}"),
                "a number of days above 0 and up to 3,650",
                "write a number of days inside this range",
            );
        }
    }

    /// The events of a criterion.
    pub(super) fn criterion_events(&mut self, at: At<'_>, events: &Events) {
        self.events(
            at,
            &events.types,
            &events.filter,
            events.within_days,
            events.measure.as_ref(),
            events.aggregate.as_deref(),
        );
    }
}

/// Calls `see` with every fact and signal that a condition reads.
pub(super) fn reads<'a>(
    condition: &'a Condition,
    at: At<'_>,
    see: &mut dyn FnMut(Read<'a>, String),
) {
    let mut list = |key: &str, conditions: &'a [Condition]| {
        for (index, condition) in conditions.iter().enumerate() {
            reads(condition, format_args!("{at}/{key}/{index}"), see);
        }
    };
    match condition {
        Condition::All(of) => list("all", of),
        Condition::Any(of) => list("any", of),
        Condition::AtLeast(some) => list("atLeast/of", &some.of),
        Condition::Not(inner) => reads(inner, format_args!("{at}/not"), see),
        Condition::Fact(test) => see(Read::Fact(&test.id), format!("{at}/fact/id")),
        Condition::DaysSince(test) => see(Read::Fact(&test.id), format!("{at}/daysSince/id")),
        Condition::Signal(test) => see(Read::Signal(test.id), format!("{at}/signal/id")),
        Condition::Events(_)
        | Condition::Score(_)
        | Condition::Fit(_)
        | Condition::Engagement(_)
        | Condition::Band(_)
        | Condition::Grade(_)
        | Condition::Stage(_) => {}
    }
}

/// What a condition reads.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Read<'a> {
    Fact(&'a str),
    Signal(Signal),
}
