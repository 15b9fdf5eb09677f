//! Which bin of each criterion a lead falls into.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::condition::{Known, Look, Mode, Open, Truths, Value, truths};
use crate::program::{Criterion, CriterionSubject, Finder, NO_BIN, NumberBins, Program, Subject};
use crate::situation::{Measured, Situation};

use super::FULL;

/// Where a lead stands with one criterion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Match {
    /// The bin that applies; `None` where it is unknown which.
    pub bin: Option<u8>,
    /// Mask of the bins that open facts still allow.
    pub possible: u64,
    /// Whether it may stay unknown which bin applies.
    pub may_stay_unknown: bool,
    /// Remaining strength of events in 64ths: of the newest one for bins, the sum for points per
    /// event; `None` where the criterion has nothing that fades.
    pub strength: Option<i64>,
}

impl Match {
    fn settled(bin: Option<u8>) -> Self {
        Match {
            bin,
            possible: bin.map_or(0, |bin| 1 << (bin & 63)),
            may_stay_unknown: bin.is_none(),
            strength: None,
        }
    }
}

/// The bin of each criterion.
pub fn matching(program: &Program, situation: &Situation) -> Vec<Match> {
    program
        .criteria
        .iter()
        .map(|criterion| one(program, criterion, situation))
        .collect()
}

fn one(program: &Program, criterion: &Criterion, situation: &Situation) -> Match {
    match &criterion.subject {
        CriterionSubject::PerEvent(measure) => per_event(criterion, &situation.measured(*measure)),
        CriterionSubject::Value(Subject::Measure(measure)) => {
            let measured = situation.measured(*measure);
            let bin = measured
                .value
                .and_then(|value| find(&criterion.finder, &Value::Number(value)));
            let mut found = Match::settled(bin);
            if !criterion.decay.is_empty() {
                let newest = measured.ages.iter().min();
                found.strength = Some(newest.map_or(FULL, |age| strength(&criterion.decay, *age)));
            }
            found
        }
        CriterionSubject::Value(Subject::Fact(index)) => match situation.plainly(*index) {
            Some(value) => Match::settled(find(&criterion.finder, &value)),
            None => unmeasured(program, criterion, situation),
        },
        CriterionSubject::Condition(_) | CriterionSubject::Value(_) => {
            unmeasured(program, criterion, situation)
        }
    }
}

/// The bin of a criterion that does not measure events.
pub fn unmeasured(program: &Program, criterion: &Criterion, look: &dyn Look) -> Match {
    match &criterion.subject {
        CriterionSubject::Condition(condition) => {
            let now = truths(program, condition, look, Mode::Now);
            let possible = truths(program, condition, look, Mode::Possible);
            let may_stay_unknown = possible.has(Truths::UNKNOWN);
            let bin = match now {
                Truths::TRUE => Some(0),
                Truths::FALSE => Some(1),
                // Unknown now, but an answer that must come will tell.
                _ if may_stay_unknown => None,
                _ => Some(u8::from(!possible.has(Truths::TRUE))),
            };
            Match {
                bin,
                possible: u64::from(possible.has(Truths::TRUE))
                    | u64::from(possible.has(Truths::FALSE)) << 1,
                may_stay_unknown,
                strength: None,
            }
        }
        CriterionSubject::Value(subject) => by_value(&criterion.finder, &look.look(subject)),
        CriterionSubject::PerEvent(_) => Match::default(),
    }
}

/// Points per event: the strengths of all that count, added up.
fn per_event(criterion: &Criterion, measured: &Measured) -> Match {
    let strength = measured.value.map(|count| {
        if measured.ages.len() as f64 == count {
            return measured
                .ages
                .iter()
                .map(|age| strength(&criterion.decay, *age))
                .sum();
        }
        // An aggregate tells how many and when the newest was.
        let newest = measured.ages.iter().min();
        let each = newest.map_or(FULL, |age| strength(&criterion.decay, *age));
        // Far below any sum that could overflow: more events than that are not one lead's.
        each * (count.clamp(0.0, 1e6) as i64)
    });
    Match {
        strength,
        ..Match::default()
    }
}

/// Remaining strength in 64ths at an age: how many of the thresholds it has not passed.
fn strength(decay: &[i64], age: i64) -> i64 {
    if decay.is_empty() {
        return FULL;
    }
    // Thresholds rise: the first belongs to 64 parts, the last to 1.
    FULL - decay.partition_point(|threshold| *threshold < age) as i64
}

fn by_value(finder: &Finder, known: &Known) -> Match {
    let bin = known.value.as_ref().and_then(|value| find(finder, value));
    let mut found = Match::settled(bin);
    match known.open {
        Open::Settled | Open::Points(..) => {}
        Open::Among(values) => {
            let mut each = values.iter().map(|value| by_value(finder, &value.into()));
            found = each.next().unwrap_or_default();
            for other in each {
                found.possible |= other.possible;
                found.may_stay_unknown |= other.may_stay_unknown;
                // Unknown is what it is as long as it may be.
                found.bin = found.bin.and(other.bin);
            }
        }
        Open::Any => {
            found.possible = u64::MAX;
            found.may_stay_unknown |= known.value.is_none();
        }
        Open::Choices(mask) => {
            for choice in (0..64).filter(|choice| mask >> choice & 1 == 1) {
                let value = match finder {
                    Finder::Lists(_) => Value::Choices(1 << choice),
                    _ => Value::Choice(choice),
                };
                match find(finder, &value) {
                    Some(bin) => found.possible |= 1 << (bin & 63),
                    None => found.may_stay_unknown = true,
                }
            }
            if let Finder::Lists(lists) = finder {
                // Several members may be chosen: the first set wins, so any touched set may.
                for (set, bin) in &lists.sets {
                    if set & mask != 0 {
                        found.possible |= 1 << (bin & 63);
                    }
                }
            }
        }
        Open::Between(from, to) => {
            if let Finder::Numbers(numbers) = finder {
                let possible = numbers.touched(from, to);
                found = match possible.count_ones() {
                    1 => Match::settled(Some(possible.trailing_zeros() as u8)),
                    _ => Match {
                        bin: None,
                        possible,
                        may_stay_unknown: true,
                        strength: None,
                    },
                };
            }
        }
    }
    found
}

/// The bin of a value.
pub fn find(finder: &Finder, value: &Value) -> Option<u8> {
    match (finder, value) {
        (Finder::Numbers(numbers), Value::Number(number)) => numbers.find(*number),
        (Finder::Choices(bins), Value::Choice(choice)) => bins
            .get(usize::from(*choice))
            .copied()
            .filter(|bin| *bin != NO_BIN),
        (Finder::Booleans(bins), Value::Boolean(value)) => {
            Some(if *value { bins.yes } else { bins.no }).filter(|bin| *bin != NO_BIN)
        }
        (Finder::Texts(texts), Value::Text(text)) => {
            let exact = texts
                .values
                .binary_search_by(|(value, _)| value.as_str().cmp(text));
            exact
                .ok()
                .and_then(|at| texts.values.get(at))
                .map(|(_, bin)| *bin)
                .or(texts.otherwise)
        }
        (Finder::Texts(texts), Value::Texts(members)) => {
            let of = |member: &Cow<str>| {
                find(finder, &Value::Text(member)).filter(|bin| Some(*bin) != texts.otherwise)
            };
            members.iter().filter_map(of).min().or(texts.otherwise)
        }
        (Finder::Lists(lists), Value::Choices(mask)) => {
            let set = lists.sets.iter().find(|(set, _)| set & mask != 0);
            set.map(|(_, bin)| *bin).or(lists.otherwise)
        }
        _ => None,
    }
}

impl NumberBins {
    fn find(&self, number: f64) -> Option<u8> {
        if let Some((_, bin)) = self.exact.iter().find(|(value, _)| *value == number) {
            return Some(*bin);
        }
        let bin = self
            .bins
            .get(self.edges.partition_point(|edge| *edge <= number));
        bin.copied().filter(|bin| *bin != NO_BIN)
    }

    /// Mask of the bins that numbers in `[from, to)` fall into.
    fn touched(&self, from: f64, to: f64) -> u64 {
        let first = self.edges.partition_point(|edge| *edge <= from);
        let last = self.edges.partition_point(|edge| *edge < to);
        let ranges = self.bins.iter().take(last + 1).skip(first);
        let exact = self
            .exact
            .iter()
            .filter(|(value, _)| (from..to).contains(value))
            .map(|(_, bin)| bin);
        ranges
            .chain(exact)
            .filter(|bin| **bin != NO_BIN)
            .fold(0, |mask, bin| mask | 1 << (bin & 63))
    }
}
