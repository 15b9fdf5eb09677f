//! The smooth fit: a penalised additive logistic regression whose smoothing the data choose.
//!
//! Minimises `Σ w [ln(1+e^η) - y η] + ½ Σ λ δ'Sδ + ½ Σ ridge δ²` with
//! `η = intercept + s · present score + Σ δ[level]`: Newton rounds outside, block descent over
//! columns inside. After each round λ is set by empirical Bayes (generalised Fellner-Schall; Wood
//! and Fasiolo 2017), so that no cross-validation is needed. Effects are deviations δ from the
//! present points, where there are any: the marketer's scorecard is the prior mean, and with no
//! outcomes nothing moves.
// INVARIANT: codes are below the number of levels of their column, and all rows are equally many.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)]

use super::column::Column;
use super::math::{logit, rising};
use super::slope::Slope;
use super::smooth::{Inverse, quadratic, roughness};
use crate::scorecard::file::Direction;

/// Most Newton rounds.
const MAX_ROUNDS: usize = 30;
/// Passes over all columns in each round.
const SWEEPS: usize = 2;
/// A round that lowers the loss by less than this share of it is the last.
const ENOUGH: f64 = 1e-5;
/// Limits of the smoothing.
const LAMBDA: [f64; 2] = [0.05, 3000.0];

/// The outcomes to be explained.
#[derive(Clone, Debug, Default)]
pub struct Outcomes {
    /// 1 won, 0 lost.
    pub won: Vec<f64>,
    /// How much each counts.
    pub weight: Vec<f64>,
}

impl Outcomes {
    /// How much each lead counts as won.
    pub fn wins(&self) -> Vec<f64> {
        let leads = self.won.iter().zip(&self.weight);
        leads.map(|(won, weight)| won * weight).collect()
    }
}

/// What is believed before any outcome: the present score.
#[derive(Clone, Debug)]
pub struct Prior {
    /// Present score of each lead.
    pub score: Vec<f64>,
    /// Present points of each level of each column.
    pub points: Vec<Vec<f64>>,
    /// Logits that a point is expected to be worth; half of it is its standard deviation.
    pub worth: f64,
}

/// A fit in progress, and its result.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Log odds where nothing adds to them.
    pub intercept: f64,
    /// Logits that a present point is worth.
    pub worth: f64,
    /// For each column the effect of each level, in logits, beyond the present points.
    pub effects: Vec<Vec<f64>>,
    /// For each column the share of each effect that the outcomes decided; the rest is prior.
    pub evidence: Vec<Vec<f64>>,
    /// Smoothing of each column.
    pub lambda: Vec<f64>,
    /// Log odds of each lead.
    pub eta: Vec<f64>,
    /// What the log-loss does there.
    pub slope: Slope,
    /// Log-loss there.
    loss: f64,
    rounds: usize,
}

/// What a round works with, made anew for each.
struct Round {
    /// Change of η so far.
    change: Vec<f64>,
    inverses: Vec<Inverse>,
    sums: Vec<Vec<f64>>,
}

impl Fit {
    /// A fit that has not begun.
    pub fn new(columns: &[Column], outcomes: &Outcomes, prior: Option<&Prior>) -> Fit {
        let won: f64 = dot(&outcomes.won, &outcomes.weight);
        let all: f64 = outcomes.weight.iter().sum();
        let worth = prior.map_or(0.0, |prior| prior.worth);
        // Half an outcome of each kind keeps it finite.
        let rate = logit((won + 0.5) / (all + 1.0));
        let score = |row: usize| prior.map_or(0.0, |prior| worth * prior.score[row]);
        let mean = if all > 0.0 {
            let weights = outcomes.weight.iter().enumerate();
            weights
                .map(|(row, weight)| weight * score(row))
                .sum::<f64>()
                / all
        } else {
            0.0
        };
        let intercept = rate - mean;
        let leads = 0..outcomes.won.len();
        let eta: Vec<f64> = leads.map(|row| intercept + score(row)).collect();
        let mut slope = Slope::default();
        let loss = slope.go(&eta, outcomes);
        Fit {
            intercept,
            worth,
            effects: columns
                .iter()
                .map(|column| vec![0.0; column.levels.count])
                .collect(),
            evidence: columns
                .iter()
                .map(|column| vec![0.0; column.levels.count])
                .collect(),
            lambda: vec![1.0; columns.len()],
            eta,
            slope,
            loss,
            rounds: 0,
        }
    }

    /// Runs to the end.
    pub fn run(mut self, columns: &[Column], outcomes: &Outcomes, prior: Option<&Prior>) -> Fit {
        while self.round(columns, outcomes, prior) {}
        self
    }

    /// One Newton round; false when it was the last.
    pub fn round(
        &mut self,
        columns: &[Column],
        outcomes: &Outcomes,
        prior: Option<&Prior>,
    ) -> bool {
        self.rounds += 1;
        let before = self.loss + self.penalty(columns, prior, &self.effects, self.worth);
        let mut round = self.begin(columns);
        let (mut effects, mut worth, mut intercept) =
            (self.effects.clone(), self.worth, self.intercept);
        for _ in 0..SWEEPS {
            self.sweep(columns, prior, &mut round, &mut effects, worth);
            (intercept, worth) = self.common(prior, &mut round, intercept, worth);
        }
        // The step is halved until the loss falls: columns that say the same would overshoot.
        let (mut step, mut gained) = (1.0, 0.0);
        let mut slope = Slope::default();
        for _ in 0..12 {
            let eta = add(&self.eta, &round.change, step);
            let tried: Vec<Vec<f64>> = self
                .effects
                .iter()
                .zip(&effects)
                .map(|(old, new)| between(old, new, step))
                .collect();
            let tried_worth = self.worth + step * (worth - self.worth);
            let loss = slope.go(&eta, outcomes);
            let after = loss + self.penalty(columns, prior, &tried, tried_worth);
            if after <= before {
                (self.slope, self.loss) = (slope, loss);
                gained = before - after;
                self.intercept += step * (intercept - self.intercept);
                (self.eta, self.effects, self.worth) = (eta, tried, tried_worth);
                break;
            }
            step /= 2.0;
        }
        let moved = self.smoothing(columns, &round);
        for ((evidence, inverse), sums) in self
            .evidence
            .iter_mut()
            .zip(&round.inverses)
            .zip(&round.sums)
        {
            *evidence = inverse
                .diagonal
                .iter()
                .zip(sums)
                .map(|(own, sum)| own * sum)
                .collect();
        }
        let settled = gained <= ENOUGH * before.abs() && moved < 0.2;
        !settled && self.rounds < MAX_ROUNDS
    }

    fn begin(&self, columns: &[Column]) -> Round {
        let sums: Vec<Vec<f64>> = columns
            .iter()
            .map(|column| column.sums(&self.slope.curvature))
            .collect();
        let inverses = columns
            .iter()
            .zip(&sums)
            .zip(&self.lambda)
            .map(|((column, sums), lambda)| Inverse::new(&column.levels, sums, *lambda))
            .collect();
        Round {
            change: vec![0.0; self.eta.len()],
            inverses,
            sums,
        }
    }

    /// One pass over all columns: each takes up what the others leave unexplained.
    fn sweep(
        &self,
        columns: &[Column],
        prior: Option<&Prior>,
        round: &mut Round,
        effects: &mut [Vec<f64>],
        worth: f64,
    ) {
        let mut step: Vec<f64> = Vec::new();
        let mut before: Option<&Column> = None;
        for (index, column) in columns.iter().enumerate() {
            // Applying the last column's step and adding up for this one is one pass over the leads.
            let mut gradient = vec![0.0; column.levels.count];
            pass(
                before,
                &step,
                Some((column, &mut gradient)),
                &self.slope,
                &mut round.change,
            );
            let own = &mut effects[index];
            let rough = roughness(&column.levels, own);
            for level in 0..gradient.len() {
                gradient[level] -=
                    self.lambda[index] * rough[level] + column.levels.ridge[level] * own[level];
            }
            round.inverses[index].solve(&mut gradient);
            let mut moved: Vec<f64> = own
                .iter()
                .zip(&gradient)
                .map(|(own, step)| own + step)
                .collect();
            let points = prior.map(|prior| prior.points[index].as_slice());
            hold_direction(column, &mut moved, points, worth, &round.sums[index]);
            step = moved
                .iter()
                .zip(own.iter())
                .map(|(new, old)| new - old)
                .collect();
            *own = moved;
            before = Some(column);
        }
        pass(before, &step, None, &self.slope, &mut round.change);
    }

    /// Newton steps of the intercept and of what a present point is worth.
    fn common(
        &self,
        prior: Option<&Prior>,
        round: &mut Round,
        intercept: f64,
        worth: f64,
    ) -> (f64, f64) {
        let Slope {
            curvature: weights,
            residual,
        } = &self.slope;
        let left = |round: &Round, row: usize| residual[row] - weights[row] * round.change[row];
        let (mut gradient, mut curvature) = (0.0, 0.0);
        for row in 0..round.change.len() {
            gradient += left(round, row);
            curvature += weights[row];
        }
        let step = gradient / (curvature + 1e-3);
        for change in &mut round.change {
            *change += step;
        }
        let Some(prior) = prior else {
            return (intercept + step, worth);
        };
        let precision = prior.precision();
        let mut gradient = precision * (prior.worth - worth);
        let mut curvature = precision;
        for (row, score) in prior.score.iter().enumerate() {
            gradient += left(round, row) * score;
            curvature += weights[row] * score * score;
        }
        let of_worth = gradient / curvature;
        for (change, score) in round.change.iter_mut().zip(&prior.score) {
            *change += of_worth * score;
        }
        (intercept + step, worth + of_worth)
    }

    /// What the prior says against these effects.
    fn penalty(
        &self,
        columns: &[Column],
        prior: Option<&Prior>,
        effects: &[Vec<f64>],
        worth: f64,
    ) -> f64 {
        let mut loss = 0.0;
        for ((column, effects), lambda) in columns.iter().zip(effects).zip(&self.lambda) {
            loss += 0.5 * lambda * quadratic(&column.levels, effects);
            loss += 0.5
                * column
                    .levels
                    .ridge
                    .iter()
                    .zip(effects)
                    .map(|(ridge, effect)| ridge * effect * effect)
                    .sum::<f64>();
        }
        if let Some(prior) = prior {
            loss += 0.5 * prior.precision() * (worth - prior.worth) * (worth - prior.worth);
        }
        loss
    }

    /// Sets the smoothing by empirical Bayes; gives the largest relative change.
    fn smoothing(&mut self, columns: &[Column], round: &Round) -> f64 {
        let mut moved: f64 = 0.0;
        for ordered in [true, false] {
            let told: Vec<(usize, f64, f64)> = columns
                .iter()
                .enumerate()
                .filter(|(_, column)| {
                    column.levels.is_ordered() == ordered && column.levels.rank() > 0.0
                })
                .map(|(index, column)| {
                    let freedom =
                        column.levels.rank() - self.lambda[index] * round.inverses[index].trace;
                    (
                        index,
                        freedom.max(0.0),
                        quadratic(&column.levels, &self.effects[index]),
                    )
                })
                .collect();
            // Columns of a kind lend each other what they know of it.
            let shared: f64 = if ordered { 0.5 } else { 4.0 };
            let (free, rough) = told
                .iter()
                .fold((0.0, 0.0), |(free, rough), (_, own_free, own_rough)| {
                    (free + own_free, rough + own_rough)
                });
            let common = if rough > 0.0 {
                (free / rough).clamp(LAMBDA[0], LAMBDA[1])
            } else {
                LAMBDA[1]
            };
            for (index, free, rough) in told {
                let lambda =
                    ((free + shared) / (rough + shared / common)).clamp(LAMBDA[0], LAMBDA[1]);
                moved = moved.max((lambda / self.lambda[index] - 1.0).abs());
                self.lambda[index] = lambda;
            }
        }
        moved
    }
}

impl Prior {
    fn precision(&self) -> f64 {
        4.0 / (self.worth * self.worth).max(1e-12)
    }
}

/// Adds a column's step to the change of η, and adds up for the next column what is left.
fn pass(
    done: Option<&Column>,
    step: &[f64],
    next: Option<(&Column, &mut Vec<f64>)>,
    slope: &Slope,
    change: &mut [f64],
) {
    let Slope {
        curvature,
        residual,
    } = slope;
    match (done, next) {
        (Some(done), Some((next, sums))) => {
            for row in 0..change.len() {
                change[row] += step[usize::from(done.codes[row])];
                sums[usize::from(next.codes[row])] += residual[row] - curvature[row] * change[row];
            }
        }
        (None, Some((next, sums))) => {
            for row in 0..change.len() {
                sums[usize::from(next.codes[row])] += residual[row] - curvature[row] * change[row];
            }
        }
        (Some(done), None) => {
            for (change, code) in change.iter_mut().zip(&done.codes) {
                *change += step[usize::from(*code)];
            }
        }
        (None, None) => {}
    }
}

/// Projects the whole effect of ordered levels, present points included, to the declared direction.
fn hold_direction(
    column: &Column,
    effects: &mut [f64],
    points: Option<&[f64]>,
    worth: f64,
    weights: &[f64],
) {
    let Some(direction) = column.direction else {
        return;
    };
    let sign = if direction == Direction::Rising {
        1.0
    } else {
        -1.0
    };
    let present = |level: usize| points.map_or(0.0, |points| worth * points[level]);
    let mut whole: Vec<f64> = (0..column.levels.chain)
        .map(|level| sign * (effects[level] + present(level)))
        .collect();
    rising(&mut whole, weights);
    for (level, value) in whole.iter().enumerate() {
        effects[level] = sign * value - present(level);
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(a: &[f64], b: &[f64], step: f64) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a + step * b).collect()
}

fn between(a: &[f64], b: &[f64], step: f64) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a + step * (b - a)).collect()
}
