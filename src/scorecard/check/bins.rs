//! Bins: each value of a criterion falls into exactly one.

use std::collections::BTreeMap;

use super::kind::Kind;
use super::{At, Checker};
use crate::problem::Code;
use crate::program::MAX_BINS;
use crate::scorecard::file::{Bin, Scalar};
use crate::scorecard::shape::{MOST_SHOWN, missing_key, one_of, render_scalar};

/// A value by which it is known again: -0 is 0, and `"1"` is not 1.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Known<'a> {
    Number(u64),
    Text(&'a str),
    Boolean(bool),
}

impl<'a> Known<'a> {
    fn of(value: &'a Scalar) -> Self {
        match value {
            Scalar::Number(number) => Known::Number((number + 0.0).to_bits()),
            Scalar::Text(text) => Known::Text(text),
            Scalar::Boolean(value) => Known::Boolean(*value),
        }
    }
}

impl Checker<'_> {
    /// The bins of a criterion on values of this kind.
    pub(super) fn bins(&mut self, at: At<'_>, bins: &[Bin], kind: &Kind) {
        self.at_most(at, bins.len(), MAX_BINS, "bins");
        if bins.is_empty() {
            let help = "add bins, or take the criterion out";
            self.error(Code::Gap, at, "no bins", "at least one bin", help);
            return;
        }
        if *kind == Kind::Date {
            let help = "score the days since it by `daysSince`";
            self.error(
                Code::WrongComparison,
                at,
                "bins on a date",
                "bins on a number",
                help,
            );
            return;
        }
        let before = self.problems.len();
        for (index, bin) in bins.iter().enumerate() {
            self.bin(format_args!("{at}/{index}"), bin, kind);
        }
        self.one_else(at, bins);
        self.values_once(at, bins, kind);
        // Overlaps and gaps follow from the faults above, so those come first.
        if self.problems.len() > before || *kind == Kind::Lost {
            return;
        }
        if *kind == Kind::Number {
            self.ranges(at, bins);
        } else {
            self.complete(at, bins, kind);
        }
    }

    fn bin(&mut self, at: At<'_>, bin: &Bin, kind: &Kind) {
        let range = bin.from.is_some() || bin.to.is_some();
        self.points(format_args!("{at}/points"), Some(bin.points));
        match [range, bin.values.is_some(), bin.otherwise]
            .iter()
            .filter(|is| **is)
            .count()
        {
            0 => {
                let (key, help) = match kind {
                    Kind::Number | Kind::Lost => {
                        ("from", "add `from`, `to`, `values` or `\"else\": true`")
                    }
                    _ => ("values", "add `values` or `\"else\": true`"),
                };
                self.report(missing_key(at, key, help));
            }
            1 => {}
            _ => self.error(
                Code::NotAllowedHere,
                at,
                "more than one of a range, `values` and `else`",
                "one of them",
                "make two bins of it",
            ),
        }
        if range && !matches!(kind, Kind::Number | Kind::Lost) {
            self.error(
                Code::WrongComparison,
                at,
                format!("a range on a {}", kind.name()),
                "`values` or `else`",
                "list what counts in `values`",
            );
        }
        if let (Some(from), Some(to)) = (bin.from, bin.to)
            && from >= to
        {
            self.error(
                Code::OutOfOrder,
                at,
                format!("from {from} to {to}"),
                "a lower number in `from` than in `to`",
                "swap the two; for one exact number write it in `values`",
            );
        }
        if let Some(values) = &bin.values {
            if values.is_empty() {
                let help = "add values, or take the bin out";
                self.error(
                    Code::Gap,
                    format_args!("{at}/values"),
                    "an empty list",
                    "at least one value",
                    help,
                );
            }
            for (index, value) in values.iter().enumerate() {
                self.value(format_args!("{at}/values/{index}"), kind, value);
            }
        }
    }

    fn one_else(&mut self, at: At<'_>, bins: &[Bin]) {
        let elses = bins.iter().enumerate().filter(|(_, bin)| bin.otherwise);
        for (index, _) in elses.skip(1) {
            let at = format_args!("{at}/{index}/else");
            self.error(
                Code::Overlap,
                at,
                "a second `else`",
                "one `else`",
                "keep one of the two",
            );
        }
    }

    /// A value is in one bin only; members of lists are taken by the first bin, and so once too.
    fn values_once(&mut self, at: At<'_>, bins: &[Bin], kind: &Kind) {
        let mut seen = BTreeMap::new();
        for (index, bin) in bins.iter().enumerate() {
            for (place, value) in bin.values.iter().flatten().enumerate() {
                let Some(other) = seen.insert(Known::of(value), index) else {
                    continue;
                };
                if self.full() {
                    return;
                }
                let at = format_args!("{at}/{index}/values/{place}");
                let found = format!("{} again", render_scalar(value));
                let code = if other == index {
                    Code::DuplicateId
                } else {
                    Code::Overlap
                };
                let expected = match kind {
                    Kind::List(_) => "each value in one bin: the first bin takes it",
                    _ => "each value in one bin",
                };
                self.error(code, at, found, expected, "keep it in one bin");
            }
        }
    }

    /// Ranges of numbers leave no gap and do not overlap.
    fn ranges(&mut self, at: At<'_>, bins: &[Bin]) {
        let otherwise = bins.iter().any(|bin| bin.otherwise);
        let mut ranges: Vec<(f64, f64, usize)> = bins
            .iter()
            .enumerate()
            .filter(|(_, bin)| bin.from.is_some() || bin.to.is_some())
            .map(|(index, bin)| {
                let (from, to) = (bin.from, bin.to);
                (
                    from.unwrap_or(f64::NEG_INFINITY),
                    to.unwrap_or(f64::INFINITY),
                    index,
                )
            })
            .collect();
        ranges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        let mut end = f64::NEG_INFINITY;
        let mut first = true;
        for (from, to, index) in ranges {
            let at = format_args!("{at}/{index}");
            if from < end || (!first && from == f64::NEG_INFINITY) {
                self.error(
                    Code::Overlap,
                    at,
                    format!("{} inside another bin", span(from, to.min(end))),
                    "each number in one bin",
                    if to <= end {
                        format!("take it out, or let the other bin end at {from}")
                    } else {
                        format!("start it at {end}, where the other ends")
                    },
                );
            } else if from > end && !otherwise {
                self.error(
                    Code::Gap,
                    at,
                    format!("no bin for {}", span(end, from)),
                    "a bin for every number",
                    if end == f64::NEG_INFINITY {
                        "take `from` out of the lowest bin, or add a bin with `\"else\": true`"
                            .to_owned()
                    } else {
                        format!("start it at {end}, or add a bin with `\"else\": true`")
                    },
                );
            }
            end = end.max(to);
            first = false;
        }
        if end < f64::INFINITY && !otherwise {
            let missing = if first {
                "all other numbers".to_owned()
            } else {
                span(end, f64::INFINITY)
            };
            self.error(
                Code::Gap,
                at,
                format!("no bin for {missing}"),
                "a bin for every number",
                "take `to` out of the highest bin, or add a bin with `\"else\": true`",
            );
        }
    }

    /// Every word is in a bin, or one bin is the `else`.
    fn complete(&mut self, at: At<'_>, bins: &[Bin], kind: &Kind) {
        if bins.iter().any(|bin| bin.otherwise) {
            return;
        }
        let values: Vec<&Scalar> = bins
            .iter()
            .filter_map(|bin| bin.values.as_ref())
            .flatten()
            .collect();
        let texts: std::collections::BTreeSet<&str> = values
            .iter()
            .filter_map(|value| match value {
                Scalar::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        let missing = match kind {
            Kind::Boolean => [true, false]
                .iter()
                .filter(|value| !values.contains(&&Scalar::Boolean(**value)))
                .map(|value| if *value { "true" } else { "false" })
                .collect(),
            // Whether open words are complete is not known.
            Kind::Choice(None) | Kind::Lost => Vec::new(),
            Kind::Choice(Some(words)) | Kind::List(Some(words)) => words
                .iter()
                .copied()
                .filter(|word| !texts.contains(word))
                .take(MOST_SHOWN + 1)
                .collect(),
            _ => vec!["all other texts"],
        };
        if missing.is_empty() {
            return;
        }
        let found = match kind {
            Kind::Text | Kind::List(None) => "no bin for all other texts".to_owned(),
            _ => format!("no bin for {}", one_of(&missing)),
        };
        let help = "add a bin with `\"else\": true`";
        self.error(Code::Gap, at, found, "a bin for every value", help);
    }
}

fn span(from: f64, to: f64) -> String {
    match (from.is_finite(), to.is_finite()) {
        (true, true) => format!("{from} to {to}"),
        (true, false) => format!("{from} and more"),
        (false, true) => format!("less than {to}"),
        (false, false) => "all numbers".to_owned(),
    }
}
