//! What becomes a criterion: how values fall into bins, and the columns that the fit sees of it.

use super::bins::NumberBins;
use super::column::{Column, Levels};
use super::project::Price;
use super::proposal::BinPlace;
use crate::scorecard::file::Direction;

/// One criterion of the scorecard, or one to be.
#[derive(Clone, Debug)]
pub struct Feature {
    /// What it is called: the id of its criterion, or the column that a new one is about.
    pub name: String,
    /// Its bins.
    pub bins: Bins,
    /// The level of each lead: bins in order, then unknown.
    pub column: Column,
    /// For numbers with single values that stand out: 0, or one more than the place of the value.
    pub exact: Option<Column>,
    /// Present points of each level, where the scorecard has the criterion.
    pub present: Option<Vec<i32>>,
    /// Levels whose points stay as they are whatever the outcomes say.
    pub kept: Vec<bool>,
}

/// The bins of a feature, in the order of its levels; behind them comes the level of unknown values.
#[derive(Clone, Debug, PartialEq)]
pub enum Bins {
    /// Those that the scorecard has: where the points of each level stand, and the level in words.
    Own(Vec<(BinPlace, String)>),
    /// Ranges of numbers and single values.
    Numbers(NumberBins),
    /// Texts, each a level; then one for all others.
    Texts(Vec<String>),
    /// Whether two other features are in certain levels: no, yes.
    Both(Both),
}

/// A combination of two features, by index, and the levels that count of each.
#[derive(Clone, Debug, PartialEq)]
pub struct Both {
    /// Both sides.
    pub sides: [(usize, Vec<u16>); 2],
}

impl Feature {
    /// A criterion of the scorecard, without leads yet; the first `chain` of its levels stand in order.
    pub fn own(
        name: String,
        places: Vec<(BinPlace, String)>,
        present: Vec<i32>,
        kept: Vec<bool>,
        chain: usize,
        direction: Option<Direction>,
    ) -> Feature {
        let count = present.len();
        let levels = if chain > 1 {
            Levels::with_exact(chain, count - chain - 1)
        } else {
            Levels::pooled(count)
        };
        let column = Column::new(Vec::new(), levels, direction);
        Feature {
            name,
            bins: Bins::Own(places),
            column,
            exact: None,
            present: Some(present),
            kept,
        }
    }

    /// A new criterion on numbers; NaN is unknown.
    pub fn numbers(name: String, values: &[f64], direction: Option<Direction>) -> Feature {
        // A single value that earns more than its neighbours would break a declared direction.
        let bins = NumberBins::of(values, direction.is_none());
        let ranges = bins.ranges();
        let code = |value: &f64| bins.range(*value).unwrap_or(ranges) as u16;
        let column = Column::new(
            values.iter().map(code).collect(),
            Levels::ordered(ranges),
            direction,
        );
        let exact = (!bins.exact.is_empty()).then(|| {
            let code = |value: &f64| bins.single(*value).map_or(0, |place| place as u16 + 1);
            Column::new(
                values.iter().map(code).collect(),
                Levels::pooled(bins.exact.len() + 1),
                None,
            )
        });
        let kept = vec![false; ranges + bins.exact.len() + 1];
        Feature {
            name,
            bins: Bins::Numbers(bins),
            column,
            exact,
            present: None,
            kept,
        }
    }

    /// A new criterion on texts: `levels` are those with a bin of their own; codes count them, then
    /// all others, then unknown.
    pub fn texts(name: String, levels: Vec<String>, codes: Vec<u16>) -> Feature {
        let count = levels.len() + 2;
        let column = Column::new(codes, Levels::pooled(count), None);
        Feature {
            name,
            bins: Bins::Texts(levels),
            column,
            exact: None,
            present: None,
            kept: vec![false; count],
        }
    }

    /// The level of unknown values, in the merged column.
    pub fn unknown(&self) -> usize {
        self.kept.len() - 1
    }

    /// One column with a level for each range, each single value, and unknown.
    pub fn merged(&self) -> Column {
        let Some(exact) = &self.exact else {
            return self.column.clone();
        };
        let chain = self.column.levels.chain;
        let singles = exact.levels.count - 1;
        let codes = self
            .column
            .codes
            .iter()
            .zip(&exact.codes)
            .map(|(range, single)| {
                if *single > 0 {
                    chain as u16 + single - 1
                } else if usize::from(*range) == chain {
                    (chain + singles) as u16
                } else {
                    *range
                }
            });
        Column::new(
            codes.collect(),
            Levels::with_exact(chain, singles),
            self.column.direction,
        )
    }

    /// Values for the levels of the merged column, from those of the ranges and single values.
    pub fn merge(&self, ranges: &[f64], singles: Option<&[f64]>) -> Vec<f64> {
        let (Some([plain, singles @ ..]), Bins::Numbers(bins)) = (singles, &self.bins) else {
            return ranges.to_vec();
        };
        let at = |level: usize| ranges.get(level).copied().unwrap_or_default();
        let chain = self.column.levels.chain;
        let single = singles
            .iter()
            .zip(&bins.exact)
            .map(|(own, value)| at(bins.range(*value).unwrap_or_default()) + own);
        (0..chain)
            .map(|level| at(level) + plain)
            .chain(single)
            .chain([at(chain) + plain])
            .collect()
    }

    /// How its rules are priced.
    pub fn price(&self, cap: i32) -> Price {
        match &self.present {
            Some(present) => Price::Changes {
                present: present.clone(),
                kept: self.kept.clone(),
            },
            None => Price::Rules {
                cap,
                unknown: self.unknown(),
            },
        }
    }

    /// The same feature for some of the leads only.
    pub fn of_rows(&self, rows: &[u32]) -> Feature {
        Feature {
            name: self.name.clone(),
            bins: self.bins.clone(),
            column: self.column.of_rows(rows),
            exact: self.exact.as_ref().map(|exact| exact.of_rows(rows)),
            present: self.present.clone(),
            kept: self.kept.clone(),
        }
    }
}
