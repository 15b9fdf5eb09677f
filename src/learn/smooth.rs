//! The penalty of one column, and the small linear systems that it makes: tridiagonal along the
//! chain of ordered levels, diagonal elsewhere.
// INVARIANT: all slices have one value for each level.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)]

use super::column::Levels;

/// The inverse of `diag(curvature + ridge) + lambda S` of one column, factored.
#[derive(Clone, Debug, Default)]
pub struct Inverse {
    chain: usize,
    /// Pivots along the chain (L D L'), plain diagonal behind it.
    pivots: Vec<f64>,
    /// Multipliers of L along the chain.
    multipliers: Vec<f64>,
    /// The diagonal of the inverse.
    pub diagonal: Vec<f64>,
    /// Trace of inverse times S.
    pub trace: f64,
}

impl Inverse {
    /// Factors the matrix and finds what is needed of its inverse.
    pub fn new(levels: &Levels, curvature: &[f64], lambda: f64) -> Inverse {
        let (count, chain) = (levels.count, levels.chain);
        let mut pivots: Vec<f64> = curvature
            .iter()
            .zip(&levels.ridge)
            .map(|(curvature, ridge)| curvature + ridge)
            .collect();
        for level in 0..count {
            pivots[level] += lambda * own_penalty(levels, level);
        }
        let mut multipliers = vec![0.0; chain.saturating_sub(1)];
        for level in 1..chain {
            let multiplier = -lambda / pivots[level - 1];
            multipliers[level - 1] = multiplier;
            pivots[level] += lambda * multiplier;
        }
        // From the last level back (Takahashi): only the diagonals next to the main one are needed.
        let mut diagonal: Vec<f64> = pivots.iter().map(|pivot| 1.0 / pivot).collect();
        let mut trace = 0.0;
        for level in (0..chain.saturating_sub(1)).rev() {
            let beside = -multipliers[level] * diagonal[level + 1];
            diagonal[level] -= multipliers[level] * beside;
            trace -= 2.0 * beside;
        }
        for level in 0..count {
            trace += own_penalty(levels, level) * diagonal[level];
        }
        Inverse {
            chain,
            pivots,
            multipliers,
            diagonal,
            trace,
        }
    }

    /// Puts the solution in the place of the right-hand side.
    pub fn solve(&self, values: &mut [f64]) {
        for level in 1..self.chain {
            values[level] -= self.multipliers[level - 1] * values[level - 1];
        }
        for (value, pivot) in values.iter_mut().zip(&self.pivots) {
            *value /= pivot;
        }
        for level in (0..self.chain.saturating_sub(1)).rev() {
            values[level] -= self.multipliers[level] * values[level + 1];
        }
    }
}

/// The diagonal of S.
fn own_penalty(levels: &Levels, level: usize) -> f64 {
    if !levels.is_ordered() {
        return 1.0;
    }
    match level {
        _ if level >= levels.chain || levels.chain == 1 => 0.0,
        0 => 1.0,
        _ if level + 1 == levels.chain => 1.0,
        _ => 2.0,
    }
}

/// S times `values`.
pub fn roughness(levels: &Levels, values: &[f64]) -> Vec<f64> {
    if !levels.is_ordered() {
        return values.to_vec();
    }
    let mut out = vec![0.0; values.len()];
    for level in 1..levels.chain {
        let step = values[level] - values[level - 1];
        out[level] += step;
        out[level - 1] -= step;
    }
    out
}

/// `values' S values`.
pub fn quadratic(levels: &Levels, values: &[f64]) -> f64 {
    let rough = roughness(levels, values);
    rough.iter().zip(values).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The matrix written out.
    fn matrix(levels: &Levels, curvature: &[f64], lambda: f64) -> Vec<Vec<f64>> {
        let unit = |at: usize| {
            (0..levels.count)
                .map(|level| f64::from(u8::from(level == at)))
                .collect()
        };
        let mut rows: Vec<Vec<f64>> = (0..levels.count)
            .map(|at| {
                let unit: Vec<f64> = unit(at);
                roughness(levels, &unit)
                    .iter()
                    .map(|value| lambda * value)
                    .collect()
            })
            .collect();
        for (at, row) in rows.iter_mut().enumerate() {
            row[at] += curvature[at] + levels.ridge[at];
        }
        rows
    }

    #[test]
    fn solves_and_inverts_what_the_penalty_says() {
        for levels in [
            Levels::ordered(5),
            Levels::ordered(1),
            Levels::with_exact(3, 2),
            Levels::pooled(4),
        ] {
            let curvature: Vec<f64> = (0..levels.count).map(|at| (at * at) as f64).collect();
            let inverse = Inverse::new(&levels, &curvature, 2.5);
            let matrix = matrix(&levels, &curvature, 2.5);
            let mut trace = 0.0;
            for at in 0..levels.count {
                let mut column = vec![0.0; levels.count];
                column[at] = 1.0;
                inverse.solve(&mut column);
                assert!(
                    (column[at] - inverse.diagonal[at]).abs() < 1e-12,
                    "{levels:?}"
                );
                trace += roughness(&levels, &column)[at];
                for (row, values) in matrix.iter().enumerate() {
                    let product: f64 = values.iter().zip(&column).map(|(a, b)| a * b).sum();
                    let expected = f64::from(u8::from(row == at));
                    assert!((product - expected).abs() < 1e-12, "{levels:?}");
                }
            }
            assert!((trace - inverse.trace).abs() < 1e-12, "{levels:?}");
        }
    }
}
