//! One model: the smooth fit of some leads, the card of whole points nearest to it, and the curve
//! from its score to a probability.

use super::calibrate::{Curve, ScoreTable};
use super::column::Column;
use super::feature::Feature;
use super::fit::{Fit, Outcomes, Prior};
use super::project::{Points, Price, Target, rounded, simplest};

/// Leads that settle how simple the card can be, and what its points are.
const SAMPLE: usize = 32_768;
/// Leads that settle how simple the card can be.
const SMALL_SAMPLE: usize = 8_192;

/// How to make a card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    /// Most points of a new bin.
    pub cap: i32,
    /// Share of what the smooth fit tells that the card must keep.
    pub kept: f64,
    /// Most rules of a new card.
    pub rules: usize,
}

/// The columns of the smooth fit: one for each feature, then those of single values.
pub fn columns(features: &[Feature]) -> Vec<Column> {
    let plain = features.iter().map(|feature| feature.column.clone());
    let exact = features.iter().filter_map(|feature| feature.exact.clone());
    plain.chain(exact).collect()
}

/// Values of all columns of the fit, put together for each feature.
pub fn by_feature(features: &[Feature], values: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let (plain, exact) = values.split_at(features.len().min(values.len()));
    let mut exact = exact.iter();
    let of = |(feature, ranges): (&Feature, &Vec<f64>)| {
        let singles = feature.exact.as_ref().and_then(|_| exact.next());
        feature.merge(ranges, singles.map(Vec::as_slice))
    };
    features.iter().zip(plain).map(of).collect()
}

/// The effect of each level of each feature in logits, present points included.
pub fn whole_effects(features: &[Feature], fit: &Fit) -> Vec<Vec<f64>> {
    let mut effects = by_feature(features, &fit.effects);
    for (effects, feature) in effects.iter_mut().zip(features) {
        for (effect, points) in effects.iter_mut().zip(feature.present.iter().flatten()) {
            *effect += fit.worth * f64::from(*points);
        }
    }
    effects
}

/// The prior that the present points make, worth `worth` logits each.
pub fn prior(features: &[Feature], score: Vec<f64>, worth: f64) -> Prior {
    let of = |feature: &Feature| {
        let present = feature.present.iter().flatten();
        let mut points: Vec<f64> = present.map(|points| f64::from(*points)).collect();
        points.resize(feature.column.levels.count, 0.0);
        points
    };
    let single = |feature: &Feature| {
        feature
            .exact
            .as_ref()
            .map(|exact| vec![0.0; exact.levels.count])
    };
    let points = features
        .iter()
        .map(of)
        .chain(features.iter().filter_map(single));
    Prior {
        points: points.collect(),
        score,
        worth,
    }
}

/// The card nearest to a fit. `slope`: logits that a point is to be worth; free where `None`.
pub fn card(
    features: &[Feature],
    merged: &[Column],
    outcomes: &Outcomes,
    fit: &Fit,
    style: Style,
    slope: Option<f64>,
) -> Points {
    let effects = whole_effects(features, fit);
    let prices: Vec<Price> = features
        .iter()
        .map(|feature| feature.price(style.cap))
        .collect();
    let rows = outcomes.won.len();
    let part = |most: usize| {
        let stride = rows.div_ceil(most).max(1);
        let rows: Vec<u32> = (0..rows as u32).step_by(stride).collect();
        let of = |values: &[f64]| values.iter().step_by(stride).copied().collect();
        let (eta, curvature): (Vec<f64>, Vec<f64>) = (of(&fit.eta), of(&fit.slope.curvature));
        let columns: Vec<Column> = merged.iter().map(|column| column.of_rows(&rows)).collect();
        (columns, eta, curvature)
    };
    let (full, small) = (part(SAMPLE), part(SMALL_SAMPLE));
    let full = Target {
        columns: &full.0,
        effects: &effects,
        prices: &prices,
        eta: &full.1,
        curvature: &full.2,
    };
    let small = Target {
        columns: &small.0,
        effects: &effects,
        prices: &prices,
        eta: &small.1,
        curvature: &small.2,
    };
    // Where the slope is given, so are most of the points, and how many rules there are.
    let rules = if slope.is_some() {
        usize::MAX
    } else {
        style.rules
    };
    let start = rounded(small, slope);
    simplest(full, small, (style.kept, rules), &start, slope.is_some())
}

/// The score of each lead.
pub fn scores(columns: &[Column], points: &[Vec<i32>]) -> Vec<i64> {
    let mut scores = vec![0; columns.first().map_or(0, |column| column.codes.len())];
    for (column, points) in columns.iter().zip(points) {
        for (score, code) in scores.iter_mut().zip(&column.codes) {
            *score += points.get(usize::from(*code)).copied().map_or(0, i64::from);
        }
    }
    scores
}

/// The curve of a card: fitted to the outcomes, with what the projection says as its prior.
pub fn curve(scores: &[i64], outcomes: &Outcomes, slope: f64) -> Curve {
    ScoreTable::of(scores, outcomes).curve(slope)
}
