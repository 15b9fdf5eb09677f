//! Conditions: each test of the file becomes one or several single tests.

use super::super::file::{self, EventTest, Scalar, SignalTest, Test};
use super::super::words;
use super::Compiler;
use crate::program::{
    self, AtLeast, Axis, Check, Condition, FactType, Interval, MeasureOf, Subject,
};
use crate::signals::{Signal, SignalType};
use crate::text::fold;
use crate::title::Level;

impl Compiler<'_> {
    pub(super) fn condition(&mut self, condition: &file::Condition) -> Condition {
        let words = || words::condition(condition);
        match condition {
            file::Condition::All(of) => Condition::All(self.conditions(of)),
            file::Condition::Any(of) => Condition::Any(self.conditions(of)),
            file::Condition::Not(of) => Condition::Not(Box::new(self.condition(of))),
            file::Condition::AtLeast(of) => Condition::AtLeast(AtLeast {
                n: of.n,
                of: self.conditions(&of.of),
            }),
            file::Condition::Fact(test) => {
                let (subject, checks) =
                    (Subject::Fact(self.fact(&test.id)), self.fact_checks(test));
                self.tests(&subject, checks, &words())
            }
            file::Condition::DaysSince(test) => {
                let subject = Subject::DaysSince(self.fact(&test.id));
                let mut checks: Vec<Check> =
                    interval(test.at_least, test.above, test.at_most, test.below)
                        .into_iter()
                        .collect();
                checks.extend(test.known.map(Check::Known));
                self.tests(&subject, checks, &words())
            }
            file::Condition::Signal(test) => {
                self.tests(&Subject::Signal(test.id), signal_checks(test), &words())
            }
            file::Condition::Events(test) => {
                let measure = self.event_measure(test);
                let least = if test.at_least.is_none() && test.below.is_none() {
                    Some(1.0)
                } else {
                    test.at_least
                };
                let checks = interval(least, None, None, test.below)
                    .into_iter()
                    .collect();
                self.tests(&Subject::Measure(measure), checks, &words())
            }
            file::Condition::Score(test) => self.points(Subject::Score, test, &words()),
            file::Condition::Fit(test) => self.points(Subject::Points(Axis::Fit), test, &words()),
            file::Condition::Engagement(test) => {
                self.points(Subject::Points(Axis::Engagement), test, &words())
            }
            file::Condition::Band(test) => self.band(test.axis, &test.one_of),
            file::Condition::Grade(test) => self.grade(&test.one_of),
            file::Condition::Stage(test) => {
                let stages = self.card.stages.iter();
                let ids: Vec<&str> = stages.map(|stage| stage.id.as_str()).collect();
                let checks = vec![Check::Choices(indices(ids.into_iter(), &test.one_of))];
                self.tests(&Subject::Stage, checks, &words())
            }
        }
    }

    fn conditions(&mut self, conditions: &[file::Condition]) -> Vec<Condition> {
        conditions
            .iter()
            .map(|condition| self.condition(condition))
            .collect()
    }

    /// One condition for all checks of a subject. Equal tests are kept once.
    fn tests(&mut self, subject: &Subject, checks: Vec<Check>, words: &str) -> Condition {
        let known = self.sentences.iter().position(|other| other == words);
        let sentence = known.unwrap_or_else(|| {
            self.sentences.push(words.to_owned());
            self.sentences.len() - 1
        });
        let mut tests: Vec<Condition> = checks
            .into_iter()
            .map(|check| {
                let test = program::Test {
                    subject: subject.clone(),
                    check,
                    words: u16::try_from(sentence).unwrap_or(u16::MAX),
                };
                let known = self.tests.iter().position(|other| *other == test);
                let index = known.unwrap_or_else(|| {
                    self.tests.push(test);
                    self.tests.len() - 1
                });
                Condition::Test(u16::try_from(index).unwrap_or(u16::MAX))
            })
            .collect();
        if tests.len() == 1 {
            tests.remove(0)
        } else {
            Condition::All(tests)
        }
    }

    fn points(&mut self, subject: Subject, test: &file::PointsTest, words: &str) -> Condition {
        let checks = interval(
            test.at_least.map(f64::from),
            None,
            None,
            test.below.map(f64::from),
        );
        self.tests(&subject, checks.into_iter().collect(), words)
    }

    fn band(&mut self, axis: Axis, names: &[String]) -> Condition {
        let (fit, engagement) = super::bands(self.card);
        let bands = if axis == Axis::Fit { fit } else { engagement };
        let chosen = indices(bands.iter().map(|(name, _)| name.as_str()), names);
        let words = words::condition(&file::Condition::Band(file::BandTest {
            axis,
            one_of: names.to_vec(),
        }));
        self.tests(&Subject::Band(axis), vec![Check::Choices(chosen)], &words)
    }

    /// A grade is a fit band and an engagement band.
    fn grade(&mut self, grades: &[String]) -> Condition {
        let (fit, engagement) = super::bands(self.card);
        let mut pairs: Vec<(String, Vec<String>)> = Vec::new();
        for fit in &fit {
            let with: Vec<String> = engagement
                .iter()
                .filter(|engagement| grades.contains(&[fit.0.as_str(), &engagement.0].concat()))
                .map(|engagement| engagement.0.clone())
                .collect();
            if !with.is_empty() {
                pairs.push((fit.0.clone(), with));
            }
        }
        let any = pairs.into_iter().map(|(fit, engagements)| {
            Condition::All(vec![
                self.band(Axis::Fit, &[fit]),
                self.band(Axis::Engagement, &engagements),
            ])
        });
        Condition::Any(any.collect())
    }

    fn fact_checks(&self, test: &Test) -> Vec<Check> {
        let mut checks: Vec<Check> = interval(test.at_least, test.above, test.at_most, test.below)
            .into_iter()
            .collect();
        for values in [
            test.is.as_ref().map(std::slice::from_ref),
            test.one_of.as_deref(),
        ]
        .into_iter()
        .flatten()
        {
            checks.push(self.one_of(&test.id, values));
        }
        checks.extend(text_checks(
            test.contains.as_ref(),
            test.contains_word.as_ref(),
            test.starts_with.as_ref(),
            test.ends_with.as_ref(),
        ));
        checks.extend(test.known.map(Check::Known));
        checks
    }

    /// Equality with one of several values, by the type of the fact.
    fn one_of(&self, fact: &str, values: &[Scalar]) -> Check {
        let fact = self.facts.get(usize::from(self.fact(fact)));
        match fact.map(|fact| (fact.kind, &fact.choices)) {
            Some((FactType::Number, _)) => Check::Numbers(numbers(values)),
            Some((FactType::Boolean, _)) => match values {
                [Scalar::Boolean(value)] => Check::Is(*value),
                _ => Check::Known(true),
            },
            Some((FactType::Choice | FactType::List, choices)) if !choices.is_empty() => {
                Check::Choices(indices(
                    choices.iter().map(|choice| choice.value.as_str()),
                    &texts(values),
                ))
            }
            _ => Check::Texts(texts(values)),
        }
    }

    fn event_measure(&mut self, test: &EventTest) -> u16 {
        let events = file::Events {
            types: test.types.clone(),
            filter: test.filter.clone(),
            within_days: test.within_days,
            measure: test.measure.clone(),
            aggregate: test.aggregate.clone(),
        };
        self.measure(&events, test.aggregate.as_deref())
    }

    /// Index of a measure of events. Equal measures are kept once.
    pub(super) fn measure(&mut self, events: &file::Events, aggregate: Option<&str>) -> u16 {
        let mut types = events.types.clone();
        types.sort();
        types.dedup();
        let measure = program::Measure {
            types,
            filter: events
                .filter
                .iter()
                .flat_map(|test| {
                    let property = self.property(&test.property);
                    property_checks(test)
                        .into_iter()
                        .map(move |check| (property, check))
                })
                .collect(),
            within: events.within_days.map(milliseconds),
            of: match &events.measure {
                None | Some(file::Measure::Count) => MeasureOf::Count,
                Some(file::Measure::Distinct(property)) => {
                    MeasureOf::Distinct(self.property(property))
                }
                Some(file::Measure::DaysSinceLast) => MeasureOf::DaysSinceLast,
            },
            aggregate: aggregate
                .and_then(|name| self.aggregates.iter().position(|other| other == name))
                .and_then(|index| u16::try_from(index).ok()),
        };
        // With its name: what is described otherwise stays apart.
        let measure = (measure, words::events(events));
        let known = self.measures.iter().position(|other| *other == measure);
        let index = known.unwrap_or_else(|| {
            self.measures.push(measure);
            self.measures.len() - 1
        });
        u16::try_from(index).unwrap_or(u16::MAX)
    }

    fn property(&self, name: &str) -> u16 {
        let index = self.properties.iter().position(|other| other == name);
        index
            .and_then(|index| u16::try_from(index).ok())
            .unwrap_or(u16::MAX)
    }
}

/// Days as whole milliseconds.
pub(super) fn milliseconds(days: f64) -> i64 {
    (days * crate::time::DAY as f64).round() as i64
}

fn signal_checks(test: &SignalTest) -> Vec<Check> {
    let mut checks = Vec::new();
    let words: Vec<&str> = test.id.words().collect();
    for values in [
        test.is.as_ref().map(std::slice::from_ref),
        test.one_of.as_deref(),
    ]
    .into_iter()
    .flatten()
    {
        checks.push(match test.id.kind() {
            SignalType::Word | SignalType::Words => {
                Check::Choices(indices(words.iter().copied(), &texts(values)))
            }
            SignalType::Text => Check::Texts(
                texts(values)
                    .iter()
                    .map(|text| text.to_lowercase())
                    .collect(),
            ),
            SignalType::Number => Check::Numbers(numbers(values)),
        });
    }
    let bound = |bound: &Option<Scalar>| match bound {
        Some(Scalar::Number(number)) => Some(*number),
        _ => None,
    };
    checks.extend(interval(
        bound(&test.at_least),
        None,
        None,
        bound(&test.below),
    ));
    if test.id == Signal::Seniority {
        checks.extend(levels(&test.at_least, |level, bound| level >= bound));
        checks.extend(levels(&test.below, |level, bound| level < bound));
    }
    checks.extend(text_checks(None, None, None, test.ends_with.as_ref()));
    checks.extend(test.known.map(Check::Known));
    checks
}

/// Levels whose rank compares with a level's.
fn levels(bound: &Option<Scalar>, compares: impl Fn(u8, u8) -> bool) -> Option<Check> {
    let Some(Scalar::Text(level)) = bound else {
        return None;
    };
    let bound = Level::from_id(level)?;
    let chosen = Level::ALL
        .iter()
        .filter(|level| compares(level.rank(), bound.rank()));
    Some(Check::Choices(
        chosen.map(|level| level.index() as u16).collect(),
    ))
}

fn property_checks(test: &file::PropertyTest) -> Vec<Check> {
    let mut checks: Vec<Check> = interval(test.at_least, None, None, test.below)
        .into_iter()
        .collect();
    if let Some(values) = &test.one_of {
        // Properties have no declared type: the values say which it is.
        checks.push(match values.first() {
            Some(Scalar::Number(_)) => Check::Numbers(numbers(values)),
            Some(Scalar::Boolean(value)) if values.len() == 1 => Check::Is(*value),
            _ => Check::Texts(texts(values)),
        });
    }
    checks.extend(text_checks(
        test.contains.as_ref(),
        None,
        test.starts_with.as_ref(),
        test.ends_with.as_ref(),
    ));
    checks
}

fn text_checks(
    contains: Option<&Vec<String>>,
    contains_word: Option<&Vec<String>>,
    starts_with: Option<&Vec<String>>,
    ends_with: Option<&Vec<String>>,
) -> impl Iterator<Item = Check> {
    let folded = |texts: &Vec<String>| texts.iter().map(|text| fold(text)).collect::<Vec<_>>();
    [
        contains.map(|texts| Check::Contains(folded(texts))),
        contains_word.map(|texts| Check::ContainsWord(folded(texts))),
        starts_with.map(|texts| Check::StartsWith(folded(texts))),
        ends_with.map(|texts| Check::EndsWith(folded(texts))),
    ]
    .into_iter()
    .flatten()
}

/// One interval for all bounds that are given.
fn interval(
    at_least: Option<f64>,
    above: Option<f64>,
    at_most: Option<f64>,
    below: Option<f64>,
) -> Option<Check> {
    if [at_least, above, at_most, below]
        .iter()
        .all(Option::is_none)
    {
        return None;
    }
    let (min, is_above) = match (at_least, above) {
        (Some(least), Some(above)) if above >= least => (Some(above), true),
        (None, Some(above)) => (Some(above), true),
        (least, _) => (least, false),
    };
    let (max, is_below) = match (at_most, below) {
        (Some(most), Some(below)) if below <= most => (Some(below), true),
        (None, Some(below)) => (Some(below), true),
        (most, _) => (most, false),
    };
    Some(Check::Within(Interval {
        min,
        above: is_above,
        max,
        below: is_below,
    }))
}

/// Indices of those words that are chosen, ascending.
fn indices<'a>(words: impl Iterator<Item = &'a str>, chosen: &[String]) -> Vec<u16> {
    (0_u16..)
        .zip(words)
        .filter(|(_, word)| chosen.iter().any(|chosen| chosen == word))
        .map(|(i, _)| i)
        .collect()
}

fn numbers(values: &[Scalar]) -> Vec<f64> {
    values
        .iter()
        .filter_map(|value| {
            if let Scalar::Number(number) = value {
                Some(*number)
            } else {
                None
            }
        })
        .collect()
}

pub(super) fn texts(values: &[Scalar]) -> Vec<String> {
    values.iter().map(Scalar::to_string).collect()
}
