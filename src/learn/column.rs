//! What the fit sees of a criterion: for every lead the level it falls into.

use crate::scorecard::file::Direction;

/// Penalty on the level of unknown values: they are few or special, and have no neighbours.
const UNKNOWN_RIDGE: f64 = 1.0;
/// Penalty that fixes what the data leave open.
const RIDGE: f64 = 0.01;

/// Levels of all leads on one criterion.
///
/// INVARIANT: every code is below the number of levels.
#[derive(Clone, Debug)]
pub struct Column {
    /// The level of each lead.
    pub codes: Vec<u16>,
    /// How levels hang together.
    pub levels: Levels,
    /// Which way effects must go along the chain.
    pub direction: Option<Direction>,
}

/// How the levels of a column hang together.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    /// Number of levels.
    pub count: usize,
    /// So many of them, from the first, stand in order: neighbours are alike (a random walk). The
    /// others stand alone.
    pub chain: usize,
    /// Fixed penalty of each level.
    pub ridge: Vec<f64>,
}

impl Levels {
    /// `chain` ordered levels, then one for unknown.
    pub fn ordered(chain: usize) -> Levels {
        Levels::with_exact(chain, 0)
    }

    /// `chain` ordered levels, `exact` ones for single values, then one for unknown.
    pub fn with_exact(chain: usize, exact: usize) -> Levels {
        let mut ridge = vec![RIDGE; chain];
        ridge.resize(chain + exact + 1, UNKNOWN_RIDGE);
        Levels {
            count: chain + exact + 1,
            chain,
            ridge,
        }
    }

    /// `count` levels without an order, drawn to a common mean as far as the data say
    /// (random effects).
    pub fn pooled(count: usize) -> Levels {
        Levels {
            count,
            chain: 0,
            ridge: vec![RIDGE; count],
        }
    }

    /// Whether the smoothing of the column is about neighbours, not about a common mean.
    pub fn is_ordered(&self) -> bool {
        self.chain > 0
    }

    /// Number of directions that the smoothing penalises.
    pub fn rank(&self) -> f64 {
        if self.is_ordered() {
            self.chain as f64 - 1.0
        } else {
            self.count as f64
        }
    }
}

impl Column {
    /// A column; codes beyond the levels become the last one.
    pub fn new(mut codes: Vec<u16>, levels: Levels, direction: Option<Direction>) -> Column {
        let last = levels.count.saturating_sub(1) as u16;
        for code in &mut codes {
            *code = (*code).min(last);
        }
        Column {
            codes,
            levels,
            direction,
        }
    }

    /// The same column for some of the leads only.
    pub fn of_rows(&self, rows: &[u32]) -> Column {
        let code = |row: &u32| self.codes.get(*row as usize).copied().unwrap_or(0);
        Column {
            codes: rows.iter().map(code).collect(),
            levels: self.levels.clone(),
            direction: self.direction,
        }
    }

    /// `values` added up for each level, in the order of the leads.
    #[allow(clippy::indexing_slicing)] // Codes are below the number of levels.
    pub fn sums(&self, values: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.levels.count];
        for (code, value) in self.codes.iter().zip(values) {
            sums[usize::from(*code)] += value;
        }
        sums
    }
}
