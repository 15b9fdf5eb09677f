//! Conditions in Kleene's three-valued logic.
//!
//! One evaluator serves two questions: what is the truth now (an unknown fact gives unknown), and
//! which truths are possible once open facts are answered (an open fact gives several). The second
//! treats parts as independent, so it may keep a truth that cannot be, but never drops one that can.

use alloc::borrow::Cow;

use crate::lead::FactValue;
use crate::program::{Check, Condition, Interval, Program, Subject};
use crate::text;

/// A set of truths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Truths(u8);

impl Truths {
    /// True for sure.
    pub const TRUE: Truths = Truths(1);
    /// False for sure.
    pub const FALSE: Truths = Truths(2);
    /// Unknown, and staying so.
    pub const UNKNOWN: Truths = Truths(4);
    /// Anything.
    pub const ANY: Truths = Truths(7);
    const NONE: Truths = Truths(0);

    /// Either.
    pub fn known(truth: bool) -> Truths {
        if truth { Truths::TRUE } else { Truths::FALSE }
    }

    /// Whether all of `other` are in this set.
    pub fn has(self, other: Truths) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether it is decided.
    pub fn is_single(self) -> bool {
        self.0.count_ones() == 1
    }

    /// This set with `other`, where `more` says so.
    pub fn with(self, other: Truths, more: bool) -> Truths {
        if more { Truths(self.0 | other.0) } else { self }
    }

    fn not(self) -> Truths {
        Truths::NONE
            .with(Truths::TRUE, self.has(Truths::FALSE))
            .with(Truths::FALSE, self.has(Truths::TRUE))
            .with(Truths::UNKNOWN, self.has(Truths::UNKNOWN))
    }

    fn and(self, other: Truths) -> Truths {
        use Truths as T;
        let unknown = (self.has(T::UNKNOWN) && (other.has(T::UNKNOWN) || other.has(T::TRUE)))
            || (self.has(T::TRUE) && other.has(T::UNKNOWN));
        T::NONE
            .with(T::TRUE, self.has(T::TRUE) && other.has(T::TRUE))
            .with(T::FALSE, self.has(T::FALSE) || other.has(T::FALSE))
            .with(T::UNKNOWN, unknown)
    }

    /// One of both holds.
    pub fn or(self, other: Truths) -> Truths {
        self.not().and(other.not()).not()
    }
}

/// A value of a fact, a signal, a measure or the score.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// A number.
    Number(f64),
    /// A text.
    Text(&'a str),
    /// A choice by index.
    Choice(u16),
    /// Choices as a mask.
    Choices(u64),
    /// Several texts.
    Texts(&'a [Cow<'a, str>]),
    /// Yes or no.
    Boolean(bool),
}

/// Which values a subject may yet have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Open<'a> {
    /// The one it has, or unknown for good.
    Settled,
    /// Any value, or unknown.
    Any,
    /// The choices of this mask; unknown too where it is now.
    Choices(u64),
    /// A number in `[from, to)`; unknown too where it is now.
    Between(f64, f64),
    /// Points in `[low, high]`.
    Points(i64, i64),
    /// One of these, whatever it is now.
    Among(&'a [FactValue<'a>]),
}

/// What is known of a subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Known<'a> {
    /// Its value now, or unknown.
    pub value: Option<Value<'a>>,
    /// What it may yet be.
    pub open: Open<'a>,
}

impl<'a> Known<'a> {
    /// Settled on a value.
    pub fn settled(value: Value<'a>) -> Self {
        Known {
            value: Some(value),
            open: Open::Settled,
        }
    }

    /// Settled on a value, or unknown for good.
    pub fn given(value: Option<Value<'a>>) -> Self {
        Known {
            value,
            open: Open::Settled,
        }
    }

    /// Open to any value, or none.
    pub fn any() -> Self {
        Known {
            value: None,
            open: Open::Any,
        }
    }

    /// This, or the choice that an explicit fact makes.
    pub fn or(self, explicit: Known) -> Self {
        let mut mask = match self.open {
            Open::Choices(mask) => mask,
            Open::Settled => 0,
            _ => return Known::any(),
        };
        match explicit.open {
            Open::Settled => self,
            Open::Among(values) => {
                let mut value = self.value;
                for one in values {
                    if let FactValue::Choice(choice @ 0..64) = one {
                        mask |= 1 << choice;
                        if !values.contains(&FactValue::Unknown) {
                            value = Some(Value::Choice(*choice));
                        }
                    } else if *one != FactValue::Unknown {
                        return Known::any();
                    }
                }
                Known {
                    value,
                    open: Open::Choices(mask),
                }
            }
            _ => Known::any(),
        }
    }
}

impl<'a> From<&'a FactValue<'_>> for Known<'a> {
    fn from(fact: &'a FactValue<'_>) -> Self {
        Known::settled(match fact {
            FactValue::Unknown => return Known::given(None),
            FactValue::Range(from, to) => {
                return Known {
                    value: None,
                    open: Open::Between(*from, *to),
                };
            }
            FactValue::Text(text) => Value::Text(text),
            FactValue::Number(number) => Value::Number(*number),
            FactValue::Boolean(value) => Value::Boolean(*value),
            FactValue::Choice(choice) => Value::Choice(*choice),
            FactValue::Choices(mask) => Value::Choices(*mask),
            FactValue::Texts(texts) => Value::Texts(texts),
            // A date is compared by its age only; as itself it is just known.
            FactValue::Date(at) => Value::Number(*at as f64),
        })
    }
}

/// Whoever knows the values of subjects.
pub trait Look {
    /// What is known of `subject`.
    fn look(&self, subject: &Subject) -> Known<'_>;
}

/// What is asked: the truth now, or the truths that are still possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The truth now.
    Now,
    /// The truths that open facts still allow.
    Possible,
}

/// Truth of a condition.
pub fn truths(program: &Program, condition: &Condition, look: &dyn Look, mode: Mode) -> Truths {
    let each = |of: &Condition| truths(program, of, look, mode);
    match condition {
        Condition::All(of) => of.iter().map(each).fold(Truths::TRUE, Truths::and),
        Condition::Any(of) => of.iter().map(each).fold(Truths::FALSE, Truths::or),
        Condition::Not(of) => each(of).not(),
        Condition::AtLeast(of) => at_least(of.n as usize, of.of.iter().map(each)),
        Condition::Test(index) => match program.tests.get(usize::from(*index)) {
            Some(test) => test_truths(&test.check, &look.look(&test.subject), mode),
            None => Truths::UNKNOWN,
        },
    }
}

/// Whether a condition holds now; unknown does not.
pub fn holds(program: &Program, condition: &Condition, look: &dyn Look) -> bool {
    truths(program, condition, look, Mode::Now) == Truths::TRUE
}

/// At least `n` of several.
fn at_least(n: usize, truths: impl Iterator<Item = Truths>) -> Truths {
    let (mut count, mut may_hold, mut must_hold) = (0, 0, 0);
    let (mut may_fail, mut may_be_unknown, mut never_unknown) = (0, 0, 0);
    for truth in truths {
        count += 1;
        may_hold += usize::from(truth.has(Truths::TRUE));
        must_hold += usize::from(truth == Truths::TRUE);
        may_fail += usize::from(truth.has(Truths::FALSE));
        may_be_unknown += usize::from(truth.has(Truths::UNKNOWN));
        never_unknown += usize::from(truth.has(Truths::TRUE) && !truth.has(Truths::UNKNOWN));
    }
    // Unknown: fewer than n hold for sure, but n could with those that are unknown.
    let unknown = may_be_unknown > 0
        && must_hold < n
        && may_be_unknown + never_unknown.min(n.saturating_sub(1)) >= n;
    Truths::NONE
        .with(Truths::TRUE, may_hold >= n)
        .with(Truths::FALSE, may_fail + n > count)
        .with(Truths::UNKNOWN, unknown)
}

/// Truth of a single test.
pub fn test_truths(check: &Check, known: &Known, mode: Mode) -> Truths {
    if let (Open::Among(values), Mode::Possible) = (known.open, mode) {
        return values.iter().fold(Truths::NONE, |all, value| {
            all.with(test_truths(check, &value.into(), mode), true)
        });
    }
    if let Check::Known(wanted) = check {
        let is_known = known.value.is_some() || matches!(known.open, Open::Between(..));
        let now = Truths::known(is_known == *wanted);
        // Answering makes an unknown value known; a known one stays known.
        let may_become_known = !is_known && known.open != Open::Settled;
        return now.with(
            Truths::known(*wanted),
            mode == Mode::Possible && may_become_known,
        );
    }
    let now = match &known.value {
        Some(value) => Truths::known(passes(check, value)),
        None => match known.open {
            // A range may decide a comparison although the number itself is unknown.
            Open::Between(from, to) => between(check, from, to),
            _ => Truths::NONE,
        },
    };
    let unknown = now == Truths::NONE || (known.value.is_none() && now == Truths(3));
    if mode == Mode::Now {
        return if unknown { Truths::UNKNOWN } else { now };
    }
    match known.open {
        Open::Settled => now.with(Truths::UNKNOWN, unknown),
        Open::Any | Open::Among(_) => Truths::ANY,
        Open::Between(..) => now.with(Truths::UNKNOWN, unknown),
        Open::Points(low, high) => match check {
            Check::Within(interval) => interval.truths(low as f64, high as f64),
            _ => Truths::ANY,
        },
        Open::Choices(mask) => {
            let passing = choice_mask(check);
            now.with(Truths::TRUE, mask & passing != 0)
                .with(Truths::FALSE, mask & !passing != 0)
                .with(Truths::UNKNOWN, unknown)
        }
    }
}

/// Truths of a comparison for all numbers in `[from, to)`.
fn between(check: &Check, from: f64, to: f64) -> Truths {
    match check {
        Check::Within(Interval {
            min,
            above,
            max,
            below,
        }) => {
            let starts_inside = min.is_none_or(|min| if *above { from > min } else { from >= min });
            // Numbers below `to` only: at a bound that counts, they end inside.
            let ends_inside = max.is_none_or(|max| to <= max);
            let _ = below;
            if starts_inside && ends_inside {
                return Truths::TRUE;
            }
            let all_below = min.is_some_and(|min| to <= min);
            let all_above = max.is_some_and(|max| if *below { from >= max } else { from > max });
            if all_below || all_above {
                Truths::FALSE
            } else {
                Truths(3)
            }
        }
        Check::Numbers(numbers) => {
            if numbers.iter().any(|number| (from..to).contains(number)) {
                Truths(3)
            } else {
                Truths::FALSE
            }
        }
        _ => Truths::FALSE,
    }
}

fn choice_mask(check: &Check) -> u64 {
    match check {
        Check::Choices(choices) => choices
            .iter()
            .filter(|choice| **choice < 64)
            .fold(0, |mask, choice| mask | 1 << choice),
        _ => 0,
    }
}

/// Whether a value passes a check. A check for another type of value is not passed.
pub fn passes(check: &Check, value: &Value) -> bool {
    match (check, value) {
        (Check::Within(interval), Value::Number(number)) => interval.holds(*number),
        (Check::Numbers(numbers), Value::Number(number)) => numbers.contains(number),
        (Check::Choices(choices), Value::Choice(choice)) => choices.binary_search(choice).is_ok(),
        (Check::Choices(_), Value::Choices(mask)) => choice_mask(check) & mask != 0,
        (Check::Texts(texts), Value::Text(text)) => texts.iter().any(|wanted| wanted == text),
        (Check::Texts(texts), Value::Texts(members)) => members
            .iter()
            .any(|member| texts.iter().any(|wanted| wanted == member)),
        (Check::Is(wanted), Value::Boolean(value)) => wanted == value,
        (
            Check::Contains(_) | Check::ContainsWord(_) | Check::StartsWith(_) | Check::EndsWith(_),
            Value::Text(text),
        ) => passes_folded(check, &text::fold(text)),
        _ => false,
    }
}

fn passes_folded(check: &Check, folded: &str) -> bool {
    match check {
        Check::Contains(parts) => parts.iter().any(|part| text::holds(folded, part)),
        Check::ContainsWord(words) => words.iter().any(|word| text::contains_word(folded, word)),
        Check::StartsWith(starts) => starts
            .iter()
            .any(|start| folded.starts_with(start.as_str())),
        Check::EndsWith(ends) => ends.iter().any(|end| folded.ends_with(end.as_str())),
        _ => false,
    }
}

impl Interval {
    /// Truths for all numbers from `low` to `high`.
    fn truths(&self, low: f64, high: f64) -> Truths {
        let all = self.holds(low) && self.holds(high);
        let none = high < low
            || self
                .min
                .is_some_and(|min| high < min || (self.above && high == min))
            || self
                .max
                .is_some_and(|max| low > max || (self.below && low == max));
        Truths::NONE
            .with(Truths::TRUE, !none)
            .with(Truths::FALSE, !all)
    }

    /// Whether a number lies inside.
    pub fn holds(&self, number: f64) -> bool {
        self.min.is_none_or(|min| {
            if self.above {
                number > min
            } else {
                number >= min
            }
        }) && self.max.is_none_or(|max| {
            if self.below {
                number < max
            } else {
                number <= max
            }
        })
    }
}

/// Calls `visit` with the tests that decide a condition as it is now: those that make an `all`
/// fail or hold, those that make an `any` hold or fail. Index of the test and its truth.
pub fn decisive(
    program: &Program,
    condition: &Condition,
    look: &dyn Look,
    visit: &mut dyn FnMut(u16, Truths),
) {
    let truth = truths(program, condition, look, Mode::Now);
    let parts = match condition {
        Condition::Test(index) => return visit(*index, truth),
        Condition::Not(of) => return decisive(program, of, look, visit),
        Condition::AtLeast(of) => {
            return of
                .of
                .iter()
                .for_each(|part| decisive(program, part, look, visit));
        }
        Condition::All(of) | Condition::Any(of) => of,
    };
    for part in parts {
        if truths(program, part, look, Mode::Now) == truth {
            decisive(program, part, look, visit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EACH: [Truths; 3] = [Truths::TRUE, Truths::FALSE, Truths::UNKNOWN];

    /// Kleene's tables, by hand.
    fn and(a: Truths, b: Truths) -> Truths {
        match (a, b) {
            (Truths::FALSE, _) | (_, Truths::FALSE) => Truths::FALSE,
            (Truths::TRUE, Truths::TRUE) => Truths::TRUE,
            _ => Truths::UNKNOWN,
        }
    }

    /// All single truths of a set.
    fn single(set: Truths) -> Vec<Truths> {
        EACH.into_iter().filter(|truth| set.has(*truth)).collect()
    }

    /// The set of what `combine` gives for every choice of one truth from each set.
    fn brute(sets: &[Truths], combine: &dyn Fn(&[Truths]) -> Truths) -> Truths {
        let mut choices = vec![vec![]];
        for set in sets {
            choices = choices
                .into_iter()
                .flat_map(|chosen: Vec<Truths>| {
                    single(*set)
                        .into_iter()
                        .map(move |truth| [&chosen[..], &[truth]].concat())
                })
                .collect();
        }
        choices
            .iter()
            .fold(Truths::NONE, |all, chosen| all.with(combine(chosen), true))
    }

    fn any_truths() -> impl Strategy<Value = Truths> {
        (1_u8..8).prop_map(Truths)
    }

    proptest! {
        #[test]
        fn sets_of_truths_combine_as_their_members_do(a in any_truths(), b in any_truths()) {
            prop_assert_eq!(a.and(b), brute(&[a, b], &|t| and(t[0], t[1])));
            prop_assert_eq!(a.or(b), brute(&[a, b], &|t| and(t[0].not(), t[1].not()).not()));
        }

        #[test]
        fn at_least_counts(sets in proptest::collection::vec(any_truths(), 1..6), n in 1_usize..7) {
            let n = n.min(sets.len());
            let expected = brute(&sets, &|truths| {
                let hold = truths.iter().filter(|t| **t == Truths::TRUE).count();
                let fail = truths.iter().filter(|t| **t == Truths::FALSE).count();
                if hold >= n {
                    Truths::TRUE
                } else if truths.len() - fail < n {
                    Truths::FALSE
                } else {
                    Truths::UNKNOWN
                }
            });
            prop_assert_eq!(at_least(n, sets.into_iter()), expected);
        }
    }
}
