//! From score to probability. Points are whole numbers, so won and lost leads per score are all
//! that a curve needs: after any edit of points it is fitted again from a few hundred rows.

use std::collections::BTreeMap;

use super::fit::Outcomes;
use super::math::{logistic, logit};

/// Won and lost leads per score, by weight.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScoreTable {
    /// Score → (won, lost), ascending.
    pub rows: Vec<(i64, f64, f64)>,
}

/// Probability = 1 / (1 + exp(-(a + g · score))).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    /// Log odds at 0 points.
    pub a: f64,
    /// Logits per point, above 0.
    pub g: f64,
}

impl Curve {
    /// Probability at a score.
    pub fn at(&self, score: f64) -> f64 {
        logistic(self.a + self.g * score)
    }
}

impl ScoreTable {
    /// The table of these scores.
    pub fn of(scores: &[i64], outcomes: &Outcomes) -> ScoreTable {
        let mut rows: BTreeMap<i64, (f64, f64)> = BTreeMap::new();
        for ((score, won), weight) in scores.iter().zip(&outcomes.won).zip(&outcomes.weight) {
            let row = rows.entry(*score).or_default();
            row.0 += weight * won;
            row.1 += weight * (1.0 - won);
        }
        ScoreTable {
            rows: rows
                .into_iter()
                .map(|(score, (won, lost))| (score, won, lost))
                .collect(),
        }
    }

    /// The curve of slope `g` that promises as many wins as there were.
    pub fn through(&self, g: f64) -> Curve {
        let all: f64 = self.rows.iter().map(|(_, won, lost)| won + lost).sum();
        let won: f64 = self.rows.iter().map(|(_, won, _)| won).sum();
        let wanted = (won + 0.5) / (all + 1.0) * all;
        // What is promised rises with a: halve the interval.
        let reach = self
            .rows
            .iter()
            .map(|(score, ..)| (g * *score as f64).abs())
            .fold(0.0, f64::max);
        let (mut low, mut high) = (-reach - 30.0, reach + 30.0);
        for _ in 0..60 {
            let a = f64::midpoint(low, high);
            let promised: f64 = self
                .rows
                .iter()
                .map(|(score, won, lost)| (won + lost) * logistic(a + g * *score as f64))
                .sum();
            if promised < wanted { low = a } else { high = a }
        }
        let a = if all > 0.0 {
            f64::midpoint(low, high)
        } else {
            0.0
        };
        Curve { a, g }
    }

    /// The curve of most likelihood, with half an outcome of each kind at the mean score, and for `g`
    /// the prior N(slope, (slope/2)²): so that it stays rising and finite however few outcomes there
    /// are.
    pub fn curve(&self, slope: f64) -> Curve {
        let slope = if slope > 0.0 && slope.is_finite() {
            slope.clamp(1e-6, 50.0)
        } else {
            0.05
        };
        let all: f64 = self.rows.iter().map(|(_, won, lost)| won + lost).sum();
        let won: f64 = self.rows.iter().map(|(_, won, _)| won).sum();
        let mean = if all > 0.0 {
            self.rows
                .iter()
                .map(|(score, won, lost)| *score as f64 * (won + lost))
                .sum::<f64>()
                / all
        } else {
            0.0
        };
        // Centred at the mean, so that the two hardly depend on each other.
        let precision = 4.0 / (slope * slope);
        let (mut a, mut g) = (logit((won + 0.5) / (all + 1.0)), slope);
        for _ in 0..50 {
            let (mut ga, mut gg) = (0.0, precision * (slope - g));
            let (mut haa, mut hag, mut hgg) = (0.0, 0.0, precision);
            let half = [(mean, 0.5, 0.5)];
            let rows = self
                .rows
                .iter()
                .map(|(score, won, lost)| (*score as f64, *won, *lost));
            for (score, won, lost) in rows.chain(half) {
                let (x, n) = (score - mean, won + lost);
                let p = logistic(a + g * x);
                let (residual, weight) = (won - n * p, n * p * (1.0 - p));
                ga += residual;
                gg += residual * x;
                haa += weight;
                hag += weight * x;
                hgg += weight * x * x;
            }
            let determinant = haa * hgg - hag * hag;
            if determinant.abs() < 1e-300 {
                break;
            }
            let (da, dg) = (
                (hgg * ga - hag * gg) / determinant,
                (haa * gg - hag * ga) / determinant,
            );
            // Far steps overshoot where outcomes are few.
            let step = (1.0 / da.abs().max(dg.abs() / slope)).min(1.0);
            a += step * da;
            g = (g + step * dg).max(slope * 1e-3);
            if da.abs() < 1e-10 && dg.abs() < 1e-10 * slope {
                break;
            }
        }
        Curve { a: a - g * mean, g }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_curve_that_made_the_outcomes() {
        let truth = Curve { a: -1.5, g: 0.07 };
        let rows = (-40..=60).map(|score| {
            let p = truth.at(f64::from(score));
            (i64::from(score), 1000.0 * p, 1000.0 * (1.0 - p))
        });
        let found = ScoreTable {
            rows: rows.collect(),
        }
        .curve(0.05);
        assert!(
            (found.a - truth.a).abs() < 1e-3 && (found.g - truth.g).abs() < 1e-4,
            "{found:?}"
        );
    }

    #[test]
    fn stays_rising_and_finite_with_few_outcomes() {
        for rows in [
            vec![],
            vec![(5, 1.0, 0.0)],
            vec![(0, 0.0, 9.0)],
            vec![(0, 5.0, 0.0), (9, 0.0, 5.0)],
            vec![(i64::from(i32::MAX), 1.0, 1.0)],
        ] {
            let curve = ScoreTable { rows }.curve(0.1);
            assert!(curve.g > 0.0 && curve.a.is_finite(), "{curve:?}");
        }
    }
}
