//! Which values a subject can have, as far as tests tell them apart.
//!
//! Every test splits the numbers at a few points and the choices into two sets, so a handful of
//! values stands for all. The engine's own evaluator judges them: nothing is defined twice.

use crate::condition::{Known, Mode, Open, Truths, Value, test_truths};
use crate::lead::MAX_EVENTS;
use crate::program::{Check, FactType, MeasureOf, Program, Subject};
use crate::signals::{Signal, SignalType};
use crate::time::DAY;

/// What the values of a subject are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Numbers from the least to the most.
    Numbers(f64, f64),
    /// Numbers of which only the range may be known.
    NumbersOrRanges,
    /// One of so many choices.
    Choices(usize),
    /// Several of so many choices.
    Lists(usize),
    /// A text.
    Text,
    /// Several texts.
    Texts,
    /// Yes or no.
    Booleans,
}

/// What the values of a subject are.
pub fn kind(program: &Program, subject: &Subject) -> Kind {
    let number = |least| Kind::Numbers(least, f64::MAX);
    match subject {
        Subject::Fact(index) => {
            let fact = program.facts.get(usize::from(*index));
            let count = fact.map_or(0, |fact| fact.choices.len());
            match fact.map_or(FactType::Text, |fact| fact.kind) {
                FactType::Number => Kind::NumbersOrRanges,
                FactType::Date => number(f64::MIN),
                FactType::Boolean => Kind::Booleans,
                FactType::Choice => Kind::Choices(count),
                FactType::List if count > 0 => Kind::Lists(count),
                FactType::List => Kind::Texts,
                FactType::Text => Kind::Text,
            }
        }
        Subject::DaysSince(_) => number(f64::MIN),
        Subject::Signal(Signal::EventCount) => Kind::Numbers(0.0, MAX_EVENTS as f64),
        Subject::Signal(signal) => match signal.kind() {
            SignalType::Word => Kind::Choices(signal.words().count()),
            SignalType::Words => Kind::Lists(signal.words().count()),
            SignalType::Text => Kind::Text,
            SignalType::Number => number(0.0),
        },
        Subject::Measure(index) => match program.measures.get(usize::from(*index)) {
            // What was counted elsewhere may be any number that is not negative.
            Some(measure) if measure.aggregate.is_none() => match (&measure.of, measure.within) {
                (MeasureOf::DaysSinceLast, Some(within)) => {
                    Kind::Numbers(0.0, within as f64 / DAY as f64)
                }
                (MeasureOf::DaysSinceLast, None) => number(0.0),
                _ => Kind::Numbers(0.0, MAX_EVENTS as f64),
            },
            _ => number(0.0),
        },
        // None and disqualified are no stage of the program, and known.
        Subject::Stage => Kind::Choices(program.stages.len() + 2),
        // Points are looked at together.
        Subject::Score | Subject::Points(_) | Subject::Band(_) => number(f64::MIN),
    }
}

/// A test and the truth that is wanted of it.
pub type Wanted<'p> = (&'p Check, Truths);

/// Whether some value, or none, gives each test of one subject its wanted truth. Says yes where
/// it cannot tell.
pub fn possible(kind: Kind, wanted: &[Wanted]) -> bool {
    let fits = |known: &Known| {
        let mut tests = wanted.iter();
        tests.all(|(check, truth)| test_truths(check, known, Mode::Now) == *truth)
    };
    let is = |value: Value| fits(&Known::settled(value));
    if fits(&Known::given(None)) {
        return true;
    }
    match kind {
        Kind::Numbers(least, most) => numbers(least, most, wanted.iter().map(|(check, _)| *check))
            .into_iter()
            .any(|number| is(Value::Number(number))),
        Kind::NumbersOrRanges => {
            let points = numbers(f64::MIN, f64::MAX, wanted.iter().map(|(check, _)| *check));
            // A range settles no more than the numbers in it; it may leave more unsettled.
            let unsettled = wanted.iter().any(|(_, truth)| *truth == Truths::UNKNOWN);
            points.iter().any(|number| is(Value::Number(*number)))
                || unsettled
                    && (points.len() > MOST_ENDS || ranges(&points).any(|range| fits(&range)))
        }
        Kind::Choices(count) => choices(count).any(is),
        Kind::Lists(count) => is(Value::Choices(avoiding(count, wanted))),
        Kind::Booleans => [true, false]
            .into_iter()
            .any(|value| is(Value::Boolean(value))),
        Kind::Text => {
            let listed = wanted.iter().find_map(|(check, truth)| match check {
                Check::Texts(texts) if *truth == Truths::TRUE => Some(texts),
                _ => None,
            });
            match listed {
                Some(texts) => texts.iter().any(|text| is(Value::Text(text))),
                None => may_be_known(wanted),
            }
        }
        Kind::Texts => may_be_known(wanted),
    }
}

/// Most ends of ranges that are tried with each other.
const MOST_ENDS: usize = 64;

/// Whether nothing wants a value to be unknown, and no check to pass and to fail: of free texts no
/// more is claimed.
fn may_be_known(wanted: &[Wanted]) -> bool {
    wanted.iter().all(|(check, truth)| match check {
        Check::Known(known) => Truths::known(*known) == *truth,
        _ => {
            let mut same = wanted.iter().filter(|(other, _)| other == check);
            *truth != Truths::UNKNOWN && same.all(|(_, other)| other == truth)
        }
    })
}

/// Numbers from `least` to `most` that stand for all as far as `checks` tell them apart: every
/// number at which a test changes, and one between each two.
pub fn numbers<'p>(least: f64, most: f64, checks: impl Iterator<Item = &'p Check>) -> Vec<f64> {
    let mut edges = Vec::new();
    for check in checks {
        match check {
            Check::Within(interval) => edges.extend(interval.min.iter().chain(&interval.max)),
            Check::Numbers(numbers) => edges.extend(numbers),
            _ => {}
        }
    }
    standing_for_all(least, most, edges)
}

/// Those of `edges` that lie from `least` to `most`, both ends, and one number between each two.
pub fn standing_for_all(least: f64, most: f64, mut edges: Vec<f64>) -> Vec<f64> {
    edges.retain(|edge| (least..=most).contains(edge));
    edges.extend([least, most]);
    edges.sort_by(f64::total_cmp);
    edges.dedup();
    let between = edges
        .iter()
        .zip(edges.iter().skip(1))
        .map(|(a, b)| a.midpoint(*b));
    let mut all: Vec<f64> = between.collect();
    all.extend(edges);
    all
}

/// Ranges whose ends are among `points` or open.
fn ranges(points: &[f64]) -> impl Iterator<Item = Known<'static>> {
    let open = [f64::NEG_INFINITY, f64::INFINITY];
    let ends: Vec<f64> = points.iter().copied().chain(open).collect();
    let starts = ends.clone();
    starts.into_iter().flat_map(move |from| {
        let later = ends.iter().copied().filter(move |to| from < *to);
        let ranges = later.map(move |to| Known {
            value: None,
            open: Open::Between(from, to),
        });
        ranges.collect::<Vec<_>>()
    })
}

fn choices<'a>(count: usize) -> impl Iterator<Item = Value<'a>> {
    (0_u16..).take(count).map(Value::Choice)
}

/// The largest list that has no member which some test must not find: if any list passes the
/// other tests, this one does.
fn avoiding(count: usize, wanted: &[Wanted]) -> u64 {
    let all = u64::MAX
        .checked_shr(64_u32.saturating_sub(count as u32))
        .unwrap_or(0);
    wanted.iter().fold(all, |mask, (check, truth)| match check {
        Check::Choices(choices) if *truth == Truths::FALSE => {
            let bits = choices
                .iter()
                .filter_map(|choice| 1_u64.checked_shl(u32::from(*choice)));
            bits.fold(mask, |mask, bit| mask & !bit)
        }
        _ => mask,
    })
}
