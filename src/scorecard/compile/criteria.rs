//! Criteria: how a value finds its bin, what bins earn, how events fade.

use super::super::file::{self, Bin, Decay, Scalar, Subject};
use super::super::words;
use super::conditions::{milliseconds, texts};
use super::facts::aggregate_name;
use super::{Compiler, Ranks, limit};
use crate::program::{
    self, BooleanBins, Criterion, CriterionSubject, FactType, Finder, ListBins, NO_BIN, NumberBins,
    TextBins,
};
use crate::signals::SignalType;
use crate::texts::CriterionTexts;
use crate::time::DAY;

/// What the values of a subject are, as far as bins care.
enum Values {
    Numbers,
    Booleans,
    Choices(Vec<String>),
    Lists(Vec<String>),
    Texts,
    /// Texts in lower case.
    LowercaseTexts,
}

impl Compiler<'_> {
    pub(super) fn criteria(
        &mut self,
        groups: &[&file::Group],
        ranks: &Ranks,
    ) -> (Vec<Criterion>, Vec<CriterionTexts>) {
        let mut criteria: Vec<&file::Criterion> = self.card.criteria.iter().collect();
        criteria.sort_by(|a, b| a.id.cmp(&b.id));
        criteria
            .into_iter()
            .map(|criterion| self.criterion(criterion, groups, ranks))
            .unzip()
    }

    fn criterion(
        &mut self,
        criterion: &file::Criterion,
        groups: &[&file::Group],
        ranks: &Ranks,
    ) -> (Criterion, CriterionTexts) {
        let (subject, finder, bins) = self.scored(criterion);
        let group = criterion
            .group
            .as_ref()
            .and_then(|id| groups.iter().position(|group| group.id == *id));
        let (names, points) = bins.into_iter().unzip();
        let compiled = Criterion {
            rank: ranks.of(&criterion.id),
            axis: criterion.axis,
            group: group.and_then(|index| u16::try_from(index).ok()),
            subject,
            finder,
            bins: points,
            unknown: criterion.unknown,
            limit: limit(criterion.limit),
            decay: criterion.decay.as_ref().map_or_else(Vec::new, thresholds),
        };
        let texts = CriterionTexts {
            axis: criterion.axis,
            bins: names,
            id: criterion.id.clone(),
        };
        (compiled, texts)
    }

    /// What is scored, how its bin is found, and names and points of the bins.
    fn scored(
        &mut self,
        criterion: &file::Criterion,
    ) -> (CriterionSubject, Finder, Vec<(String, i32)>) {
        let named = |name: &str, points| (name.to_owned(), points);
        let bins = criterion.bins.as_deref().unwrap_or_default();
        let infos = || bins.iter().map(|bin| (self.bin_name(bin), bin.points));
        match &criterion.on {
            Subject::Condition(condition) => {
                let bins = vec![
                    named("true", criterion.when_true.unwrap_or_default()),
                    named("false", criterion.when_false.unwrap_or_default()),
                ];
                (
                    CriterionSubject::Condition(self.condition(condition)),
                    Finder::Truth,
                    bins,
                )
            }
            Subject::Events(events) => {
                let infos = infos().collect();
                let measure = self.measure(events, Some(aggregate_name(events, &criterion.id)));
                match &criterion.per_event {
                    Some(per_event) => {
                        let bins = vec![named("per event", per_event.points)];
                        (CriterionSubject::PerEvent(measure), Finder::PerEvent, bins)
                    }
                    None => {
                        let subject = program::Subject::Measure(measure);
                        (
                            CriterionSubject::Value(subject),
                            finder(&Values::Numbers, bins),
                            infos,
                        )
                    }
                }
            }
            Subject::Fact(id) => {
                let subject = program::Subject::Fact(self.fact(id));
                (
                    CriterionSubject::Value(subject),
                    finder(&self.fact_values(id), bins),
                    infos().collect(),
                )
            }
            Subject::DaysSince(id) => {
                let subject = program::Subject::DaysSince(self.fact(id));
                (
                    CriterionSubject::Value(subject),
                    finder(&Values::Numbers, bins),
                    infos().collect(),
                )
            }
            Subject::Signal(signal) => {
                let words = || signal.words().map(str::to_owned).collect();
                let values = match signal.kind() {
                    SignalType::Word => Values::Choices(words()),
                    SignalType::Words => Values::Lists(words()),
                    SignalType::Text => Values::LowercaseTexts,
                    SignalType::Number => Values::Numbers,
                };
                let subject = program::Subject::Signal(*signal);
                (
                    CriterionSubject::Value(subject),
                    finder(&values, bins),
                    infos().collect(),
                )
            }
        }
    }

    fn bin_name(&self, bin: &Bin) -> String {
        let label = bin
            .label
            .as_ref()
            .map(|label| label.in_language(&self.card.default_language).to_owned());
        label.unwrap_or_else(|| words::bin(bin))
    }

    fn fact_values(&self, id: &str) -> Values {
        let Some(fact) = self.facts.get(usize::from(self.fact(id))) else {
            return Values::Texts;
        };
        let choices = || {
            fact.choices
                .iter()
                .map(|choice| choice.value.clone())
                .collect()
        };
        match fact.kind {
            FactType::Number | FactType::Date => Values::Numbers,
            FactType::Boolean => Values::Booleans,
            FactType::Choice => Values::Choices(choices()),
            FactType::List if !fact.choices.is_empty() => Values::Lists(choices()),
            FactType::List | FactType::Text => Values::Texts,
        }
    }
}

fn finder(values: &Values, bins: &[Bin]) -> Finder {
    let otherwise = bins.iter().position(|bin| bin.otherwise).map(index);
    let sets = || {
        (0_u8..)
            .zip(bins)
            .filter_map(|(bin, shape)| Some((texts(shape.values.as_deref()?), bin)))
    };
    match values {
        Values::Numbers => Finder::Numbers(number_bins(bins, otherwise.unwrap_or(NO_BIN))),
        Values::Booleans => {
            let bin_of = |value: bool| {
                let found = sets().find(|(set, _)| set.contains(&value.to_string()));
                found.map_or(otherwise.unwrap_or(NO_BIN), |(_, bin)| bin)
            };
            Finder::Booleans(BooleanBins {
                yes: bin_of(true),
                no: bin_of(false),
            })
        }
        Values::Choices(choices) => Finder::Choices(
            choices
                .iter()
                .map(|choice| {
                    let found = sets().find(|(set, _)| set.contains(choice));
                    found.map_or(otherwise.unwrap_or(NO_BIN), |(_, bin)| bin)
                })
                .collect(),
        ),
        Values::Lists(choices) => Finder::Lists(ListBins {
            sets: sets()
                .map(|(set, bin)| {
                    let chosen = (0..64)
                        .zip(choices)
                        .filter(|(_, choice)| set.contains(choice));
                    (
                        chosen.fold(0, |mask, (index, _)| mask | 1_u64 << index),
                        bin,
                    )
                })
                .collect(),
            otherwise,
        }),
        Values::Texts | Values::LowercaseTexts => {
            let as_found = |text: String| match values {
                Values::LowercaseTexts => text.to_lowercase(),
                _ => text,
            };
            let mut values: Vec<(String, u8)> = sets()
                .flat_map(|(set, bin)| set.into_iter().map(move |text| (as_found(text), bin)))
                .collect();
            values.sort();
            values.dedup_by(|a, b| a.0 == b.0);
            Finder::Texts(TextBins { values, otherwise })
        }
    }
}

/// Bins of numbers: exact values first, ranges by their edges, all else to `otherwise`.
fn number_bins(bins: &[Bin], otherwise: u8) -> NumberBins {
    let mut exact = Vec::new();
    let mut ranges = Vec::new();
    for (bin, shape) in (0_u8..).zip(bins) {
        for value in shape.values.iter().flatten() {
            if let Scalar::Number(number) = value {
                exact.push((*number + 0.0, bin));
            }
        }
        if shape.values.is_none() && !shape.otherwise {
            let from = shape.from.unwrap_or(f64::NEG_INFINITY);
            ranges.push((from, shape.to.unwrap_or(f64::INFINITY), bin));
        }
    }
    exact.sort_by(|a, b| a.0.total_cmp(&b.0));
    ranges.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut edges, mut of) = (Vec::new(), Vec::new());
    let mut reached = f64::NEG_INFINITY;
    for (from, to, bin) in ranges {
        if from > reached {
            of.push(otherwise);
            edges.push(from);
        }
        of.push(bin);
        reached = to;
        if to < f64::INFINITY {
            edges.push(to);
        }
    }
    if reached < f64::INFINITY {
        of.push(otherwise);
    }
    NumberBins {
        exact,
        edges,
        bins: of,
    }
}

fn index(index: usize) -> u8 {
    u8::try_from(index).unwrap_or(NO_BIN)
}

/// Ages in milliseconds up to which 64, 63, … 1 of 64 parts remain.
///
/// Half-life: 64 · 2^(-age/h) rounds to at least k while age ≤ h · log2(64 / (k − ½)).
/// Linear: after n whole periods 1 − n · percent/100 is left, so at least k of 64 parts remain
/// until the period after the last n ≤ (1 − (k − ½)/64) · 100/percent begins.
fn thresholds(decay: &Decay) -> Vec<i64> {
    (1..=64)
        .rev()
        .map(|k| {
            let least = f64::from(k) - 0.5;
            match decay {
                Decay::HalfLifeDays(days) => (days * DAY as f64 * libm::log2(64.0 / least)) as i64,
                Decay::Linear(linear) => {
                    let periods = ((1.0 - least / 64.0) * 100.0 / linear.percent).floor();
                    milliseconds((periods + 1.0) * linear.every_days).saturating_sub(1)
                }
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::file::LinearDecay;

    /// Remaining 64ths at an age in days.
    fn left(decay: &Decay, days: f64) -> i64 {
        let age = (days * DAY as f64) as i64;
        64 - thresholds(decay).partition_point(|threshold| *threshold < age) as i64
    }

    #[test]
    fn half_is_left_after_a_half_life() {
        let decay = Decay::HalfLifeDays(30.0);
        for (days, expected) in [
            (0.0, 64),
            (30.0, 32),
            (60.0, 16),
            (90.0, 8),
            (209.0, 1),
            (211.0, 0),
            (9e5, 0),
        ] {
            assert_eq!(left(&decay, days), expected, "{days}");
        }
    }

    #[test]
    fn a_quarter_goes_every_month() {
        let decay = Decay::Linear(LinearDecay {
            percent: 25.0,
            every_days: 30.0,
        });
        for (days, expected) in [
            (0.0, 64),
            (29.9, 64),
            (30.0, 48),
            (59.9, 48),
            (60.0, 32),
            (90.0, 16),
            (120.0, 0),
        ] {
            assert_eq!(left(&decay, days), expected, "{days}");
        }
    }

    #[test]
    fn rounding_follows_the_definition() {
        for half_life in [0.5, 7.0, 30.0, 365.0] {
            for day in 0..400 {
                let days = f64::from(day) * half_life / 50.0;
                let expected = (64.0 * (-days / half_life).exp2()).round() as i64;
                let found = left(&Decay::HalfLifeDays(half_life), days);
                assert!(
                    (found - expected).abs() <= 1,
                    "{half_life} {days}: {found} {expected}"
                );
            }
        }
    }
}
