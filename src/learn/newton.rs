//! Plain penalised logistic regression on coded columns, to the last digit: Newton steps on
//! cross products, which serve for several steps. What narrow problems are solved with, and what error bars stand on.
// INVARIANT: vectors of levels are as wide as the groups say.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)]

use super::column::Column;
use super::fit::Outcomes;
use super::gram::{Factor, Groups};
use super::math::logit;
use super::slope::Slope;

/// Most Newton steps.
const MAX_STEPS: usize = 50;
/// From so many leads on every eighth of them says where to begin: that saves two steps of all.
const MANY: usize = 32_768;
const STRIDE: usize = 8;
/// Share of the last step's promise from which on the cross products are summed anew: until then those
/// of an earlier step serve (the chord method), since they cost more than a step does.
const SLOW: f64 = 0.02;

/// A regression.
#[derive(Clone, Debug, PartialEq)]
pub struct Regression {
    /// Log odds where all columns are at their first level.
    pub intercept: f64,
    /// For each column the effect of each level; the first has none.
    pub effects: Vec<Vec<f64>>,
    /// `Σ w [ln(1+e^η) - y η] + ½ ridge Σ β²`.
    pub loss: f64,
    /// Newton steps taken.
    pub steps: usize,
}

/// Minimises the loss; the first level of each column is the reference, the intercept is free.
pub fn regress(columns: &[Column], outcomes: &Outcomes, ridge: f64) -> Regression {
    let groups = Groups::of(columns);
    let width = groups.width();
    // Levels that have an effect, by their place in the cross products.
    let free = groups.free();
    let size = free.len() + 1;
    let (won, all) = outcomes
        .won
        .iter()
        .zip(&outcomes.weight)
        .fold((0.0, 0.0), |(won, all), (y, w)| (won + w * y, all + w));
    let (mut intercept, mut effects) = (logit((won + 0.5) / (all + 1.0)), vec![0.0; width]);
    if outcomes.won.len() > MANY {
        let near = of_part(columns, outcomes, ridge);
        intercept = near.intercept;
        effects = near.effects.concat();
        effects.resize(width, 0.0);
    }
    let mut eta = vec![0.0; outcomes.won.len()];
    groups.predict(&effects, intercept, &mut eta);
    let penalty =
        |effects: &[f64]| 0.5 * ridge * effects.iter().map(|effect| effect * effect).sum::<f64>();
    let mut at = Slope::default();
    let mut loss = at.go(&eta, outcomes) + penalty(&effects);
    let (mut steps, mut last_promise) = (0, f64::INFINITY);
    let mut factor: Option<Factor> = None;
    while steps < MAX_STEPS {
        steps += 1;
        let is_new = factor.is_none();
        if is_new {
            factor = Factor::new(curvature_of(&groups, &free, &at.curvature, ridge), size);
        }
        let Some(solver) = &factor else { break };
        let gradient = groups.sums(&at.residual);
        let slope: Vec<f64> = std::iter::once(at.residual.iter().sum())
            .chain(
                free.iter()
                    .map(|level| gradient[*level] - ridge * effects[*level]),
            )
            .collect();
        let mut step = slope.clone();
        solver.solve(&mut step);
        let promise: f64 = step.iter().zip(&slope).map(|(a, b)| a * b).sum();
        let (mut share, before) = (1.0, loss);
        loop {
            let tried = intercept + share * step[0];
            let mut tried_effects = effects.clone();
            for (level, step) in free.iter().zip(&step[1..]) {
                tried_effects[*level] += share * step;
            }
            groups.predict(&tried_effects, tried, &mut eta);
            let after = at.go(&eta, outcomes) + penalty(&tried_effects);
            if after <= before {
                (intercept, effects, loss) = (tried, tried_effects, after);
                break;
            }
            share /= 2.0;
            if share < 1e-4 {
                break;
            }
        }
        // What one more step would gain falls faster than this one's share of the last.
        if promise < 1e-10 * (1.0 + loss.abs()) || (share < 1e-4 && is_new) {
            break;
        }
        if promise > SLOW * last_promise || share < 1.0 {
            factor = None;
        }
        last_promise = promise;
    }
    let effects = groups.by_column(&effects);
    Regression {
        intercept,
        effects,
        loss,
        steps,
    }
}

/// The penalised cross products of the intercept and of the levels that have an effect.
fn curvature_of(groups: &Groups, free: &[usize], curvature: &[f64], ridge: f64) -> Vec<f64> {
    let (width, size) = (groups.width(), free.len() + 1);
    let gram = groups.gram(curvature);
    let mut matrix = vec![0.0; size * size];
    matrix[0] = curvature.iter().sum::<f64>() + 1e-10;
    for (row, level) in free.iter().enumerate() {
        let at = (row + 1) * size;
        let own = gram[level * width + level];
        matrix[row + 1] = own;
        matrix[at] = own;
        for (column, other) in free.iter().enumerate() {
            matrix[at + column + 1] = gram[level * width + other];
        }
        matrix[at + row + 1] += ridge + 1e-10;
    }
    matrix
}

/// The regression of every eighth lead.
fn of_part(columns: &[Column], outcomes: &Outcomes, ridge: f64) -> Regression {
    let rows: Vec<u32> = (0..outcomes.won.len() as u32).step_by(STRIDE).collect();
    let columns: Vec<Column> = columns.iter().map(|column| column.of_rows(&rows)).collect();
    let part = |values: &[f64]| values.iter().step_by(STRIDE).copied().collect();
    let outcomes = Outcomes {
        won: part(&outcomes.won),
        weight: part(&outcomes.weight),
    };
    regress(&columns, &outcomes, ridge / STRIDE as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::column::Levels;
    use crate::learn::math::logistic;

    #[test]
    fn the_gradient_vanishes() {
        let code = |row: u32, turn: u32| (row.wrapping_mul(2_654_435_761) >> turn & 1) as u16;
        let columns: Vec<Column> = (0..10)
            .map(|turn| {
                Column::new(
                    (0..2000).map(|row| code(row, turn + 5)).collect(),
                    Levels::pooled(2),
                    None,
                )
            })
            .collect();
        let won = (0..2000)
            .map(|row| f64::from(code(row, 7) & code(row, 9) | code(row, 20)))
            .collect();
        let outcomes = Outcomes {
            won,
            weight: vec![1.0; 2000],
        };
        let found = regress(&columns, &outcomes, 1.0);
        let mut of_intercept = 0.0;
        let mut gradient = vec![0.0; columns.len()];
        for row in 0..2000 {
            let eta = found.intercept
                + columns
                    .iter()
                    .zip(&found.effects)
                    .map(|(column, effects)| effects[usize::from(column.codes[row])])
                    .sum::<f64>();
            let residual = outcomes.won[row] - logistic(eta);
            of_intercept += residual;
            for (gradient, column) in gradient.iter_mut().zip(&columns) {
                *gradient += residual * f64::from(column.codes[row]);
            }
        }
        assert!(of_intercept.abs() < 1e-6);
        for (gradient, effects) in gradient.iter().zip(&found.effects) {
            assert!((gradient - effects[1]).abs() < 1e-6);
        }
    }
}
