//! One run of learning, in steps short enough to be stopped between them: the fit of all leads, its
//! card, and the same again for parts of the leads, to measure on leads that were not fitted to.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)] // Rows come from the same study.

use super::calibrate::{Curve, ScoreTable};
use super::column::Column;
use super::feature::Feature;
use super::fit::{Fit, Outcomes, Prior};
use super::limits::Limits;
use super::math::logit;
use super::model::{self, Style};
use super::pairs;
use super::project::Points;
use super::slope::Slope;

/// Leads up to which five parts are held out in turn; more leads need only two.
const FIVE_FOLDS: usize = 20_000;
/// Fewest outcomes of each kind for which parts are held out.
const LEAST_OF_EACH: f64 = 5.0;

/// Leads with outcomes, and what the present scorecard says of them.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// Criteria, present and to be.
    pub features: Vec<Feature>,
    /// Outcomes.
    pub outcomes: Outcomes,
    /// When each outcome was known, in any unit that rises.
    pub times: Option<Vec<f64>>,
    /// What each won lead was worth; NaN where that is not known.
    pub amounts: Option<Vec<f64>>,
    /// The present scorecard, where there is one.
    pub present: Option<Present>,
}

/// What the present scorecard says.
#[derive(Clone, Debug, Default)]
pub struct Present {
    /// Score of each lead, limits included.
    pub scores: Vec<i64>,
    /// Points of each lead by criteria that are not learned.
    pub fixed: Vec<f64>,
    /// Limits of criteria, groups and axes, where there are any.
    pub limits: Option<Limits>,
    /// Logits that a point is expected to be worth.
    pub worth: f64,
}

/// What was measured on leads that were not fitted to.
#[derive(Clone, Debug, Default)]
pub struct HeldOut {
    /// For each lead: which part held it out; `None` where no part did.
    pub part: Vec<Option<u8>>,
    /// Probability by the proposed card.
    pub proposed: Vec<f64>,
    /// Probability by the present card.
    pub present: Vec<f64>,
    /// Probability without any card: the share of wins.
    pub base: Vec<f64>,
    /// Whether time went forward: fitted to earlier leads, measured on later ones.
    pub forward: bool,
}

/// A study in progress.
pub struct Study {
    /// What is learned from.
    pub past: Past,
    style: Style,
    /// Whether combinations are still to be looked for.
    combine: bool,
    merged: Vec<Column>,
    columns: Vec<Column>,
    prior: Option<Prior>,
    fit: Fit,
    card: Option<Points>,
    parts: Vec<Split>,
    part: Option<(usize, Box<Part>)>,
    held_out: HeldOut,
    done: f64,
}

/// Leads to fit to, and leads to measure on.
type Split = (Vec<u32>, Vec<u32>);

/// The fit of one part.
struct Part {
    past: Past,
    columns: Vec<Column>,
    prior: Option<Prior>,
    fit: Fit,
}

/// What a study found.
pub struct Findings {
    /// What was learned from.
    pub past: Past,
    /// A column for each feature, with all its levels.
    pub merged: Vec<Column>,
    /// The fit.
    pub fit: Fit,
    /// The card.
    pub card: Points,
    /// From score to probability.
    pub curve: Curve,
    /// Score of each lead by the card, after limits.
    pub scores: Vec<i64>,
    /// What was measured.
    pub held_out: HeldOut,
}

impl Past {
    fn prior(&self) -> Option<Prior> {
        let present = self.present.as_ref()?;
        let mut score = present.fixed.clone();
        for feature in &self.features {
            let Some(points) = &feature.present else {
                continue;
            };
            for (score, code) in score.iter_mut().zip(&feature.column.codes) {
                *score += f64::from(points[usize::from(*code)]);
            }
        }
        Some(model::prior(&self.features, score, present.worth))
    }

    /// The score of each lead with these points, after limits.
    pub fn scores(&self, merged: &[Column], points: &[Vec<i32>]) -> Vec<i64> {
        let Some(present) = &self.present else {
            return model::scores(merged, points);
        };
        if let Some(limits) = &present.limits {
            return limits.scores(merged, points);
        }
        let mut scores: Vec<i64> = present.fixed.iter().map(|fixed| *fixed as i64).collect();
        for (score, earned) in scores.iter_mut().zip(model::scores(merged, points)) {
            *score += earned;
        }
        scores
    }

    /// Logits that a proposed point is worth: what a present point is worth, so that the scale stays;
    /// but never so that scores spread three times as far, or a third.
    fn slope(&self, fit: &Fit) -> Option<f64> {
        let present = self.present.as_ref()?;
        let scores: Vec<f64> = present.scores.iter().map(|score| *score as f64).collect();
        let (logits, points) = (deviation(&fit.eta), deviation(&scores));
        let middle = if points > 0.0 { logits / points } else { 0.0 };
        if middle > 1e-9 {
            Some(fit.worth.clamp(middle / 3.0, middle * 3.0))
        } else {
            Some(present.worth)
        }
    }

    /// Some of the leads only.
    pub fn of_rows(&self, rows: &[u32]) -> Past {
        let floats = |values: &Vec<f64>| {
            rows.iter()
                .map(|row| values[*row as usize])
                .collect::<Vec<f64>>()
        };
        Past {
            features: self
                .features
                .iter()
                .map(|feature| feature.of_rows(rows))
                .collect(),
            outcomes: Outcomes {
                won: floats(&self.outcomes.won),
                weight: floats(&self.outcomes.weight),
            },
            times: None,
            amounts: None,
            present: self.present.as_ref().map(|present| Present {
                scores: rows
                    .iter()
                    .map(|row| present.scores[*row as usize])
                    .collect(),
                fixed: floats(&present.fixed),
                limits: present.limits.as_ref().map(|limits| limits.of_rows(rows)),
                worth: present.worth,
            }),
        }
    }
}

impl Study {
    /// Begins.
    pub fn new(past: Past, style: Style, combine: bool) -> Study {
        let columns = model::columns(&past.features);
        let merged = past.features.iter().map(Feature::merged).collect();
        let prior = past.prior();
        let fit = Fit::new(&columns, &past.outcomes, prior.as_ref());
        let (parts, forward) = parts(&past);
        let rows = past.outcomes.won.len();
        let held_out = HeldOut {
            part: vec![None; rows],
            proposed: vec![f64::NAN; rows],
            present: vec![f64::NAN; rows],
            base: vec![f64::NAN; rows],
            forward,
        };
        Study {
            past,
            style,
            combine,
            merged,
            columns,
            prior,
            fit,
            card: None,
            parts,
            part: None,
            held_out,
            done: 0.0,
        }
    }

    /// A step; the share of all work that is done, 1 at the end.
    pub fn step(&mut self) -> f64 {
        let whole = 1.0 / (1.0 + self.parts.len() as f64);
        let within = |done: f64, share: f64| done + (share - done) * 0.2;
        if self.card.is_none() {
            let more = self
                .fit
                .round(&self.columns, &self.past.outcomes, self.prior.as_ref());
            self.done = within(self.done, whole);
            if !more && self.combine {
                // With combinations all is fitted once more.
                self.combine = false;
                self.add_combinations();
            } else if !more {
                self.card = Some(self.project());
                self.done = whole;
            }
        } else if let Some((index, part)) = &mut self.part {
            let index = *index;
            let more = part
                .fit
                .round(&part.columns, &part.past.outcomes, part.prior.as_ref());
            self.done = within(self.done, whole * (index as f64 + 2.0));
            if !more && let Some((_, part)) = self.part.take() {
                self.measure(index, &part);
                self.done = whole * (index as f64 + 2.0);
                if index + 1 < self.parts.len() {
                    self.part = Some((index + 1, Box::new(self.begin(index + 1))));
                } else {
                    self.done = 1.0;
                }
            }
        } else if self.done < 1.0 && !self.parts.is_empty() {
            self.part = Some((0, Box::new(self.begin(0))));
        } else {
            self.done = 1.0;
        }
        self.done
    }

    /// Adds the combinations that the fit so far makes certain.
    fn add_combinations(&mut self) {
        let Slope {
            curvature,
            residual,
        } = &self.fit.slope;
        let found = pairs::combinations(&self.past.features, curvature, residual);
        if !found.is_empty() {
            self.past.features.extend(found);
            self.columns = model::columns(&self.past.features);
            self.merged = self.past.features.iter().map(Feature::merged).collect();
            self.prior = self.past.prior();
            self.fit = Fit::new(&self.columns, &self.past.outcomes, self.prior.as_ref());
        }
    }

    fn project(&self) -> Points {
        model::card(
            &self.past.features,
            &self.merged,
            &self.past.outcomes,
            &self.fit,
            self.style,
            self.past.slope(&self.fit),
        )
    }

    /// Projects again, with another wish for simplicity; nothing else is done anew.
    pub fn restyle(&mut self, style: Style) {
        self.style = style;
        if self.card.is_some() {
            self.card = Some(self.project());
        }
    }

    fn begin(&self, index: usize) -> Part {
        let past = self.past.of_rows(&self.parts[index].0);
        let columns = model::columns(&past.features);
        let prior = past.prior();
        let fit = Fit::new(&columns, &past.outcomes, prior.as_ref());
        Part {
            past,
            columns,
            prior,
            fit,
        }
    }

    /// Probabilities of the leads that the part did not see.
    fn measure(&mut self, index: usize, part: &Part) {
        let merged: Vec<Column> = part.past.features.iter().map(Feature::merged).collect();
        let slope = part.past.slope(&part.fit);
        let card = model::card(
            &part.past.features,
            &merged,
            &part.past.outcomes,
            &part.fit,
            self.style,
            slope,
        );
        let outcomes = &part.past.outcomes;
        let scores = part.past.scores(&merged, &card.points);
        let curve = ScoreTable::of(&scores, outcomes).curve(card.slope);
        let before = part
            .past
            .present
            .as_ref()
            .map(|present| ScoreTable::of(&present.scores, outcomes).curve(present.worth));
        let (won, all) = outcomes
            .won
            .iter()
            .zip(&outcomes.weight)
            .fold((0.5, 1.0), |(won, all), (y, w)| (won + y * w, all + w));
        let rows = &self.parts[index].1;
        let others = self.past.of_rows(rows);
        let merged: Vec<Column> = others.features.iter().map(Feature::merged).collect();
        for (row, score) in rows.iter().zip(others.scores(&merged, &card.points)) {
            let row = *row as usize;
            self.held_out.part[row] = Some(index as u8);
            self.held_out.proposed[row] = curve.at(score as f64);
            self.held_out.base[row] = won / all;
            if let (Some(curve), Some(present)) = (before, &self.past.present) {
                self.held_out.present[row] = curve.at(present.scores[row] as f64);
            }
        }
    }

    /// What was found; steps that are missing are done.
    pub fn findings(&mut self) -> Findings {
        while self.step() < 1.0 {}
        let card = match &self.card {
            Some(card) => card.clone(),
            None => self.project(),
        };
        let scores = self.past.scores(&self.merged, &card.points);
        let table = ScoreTable::of(&scores, &self.past.outcomes);
        let fitted = table.curve(card.slope);
        let curve = table.through(fitted.g * self.held_out.sobriety(&self.past.outcomes));
        Findings {
            past: self.past.clone(),
            merged: self.merged.clone(),
            fit: self.fit.clone(),
            card,
            curve,
            scores,
            held_out: self.held_out.clone(),
        }
    }
}

impl HeldOut {
    /// By what the slope of a curve that was fitted to its own leads has to shrink, as leads that were
    /// held out tell.
    fn sobriety(&self, outcomes: &Outcomes) -> f64 {
        let (mut scores, mut held) = (Vec::new(), Outcomes::default());
        for (row, part) in self.part.iter().enumerate() {
            if part.is_some() {
                // Thousandths of logits are fine enough.
                scores.push(
                    libm::round(1000.0 * logit(self.proposed[row].clamp(1e-6, 1.0 - 1e-6))) as i64,
                );
                held.won.push(outcomes.won[row]);
                held.weight.push(outcomes.weight[row]);
            }
        }
        if scores.is_empty() {
            return 1.0;
        }
        (1000.0 * ScoreTable::of(&scores, &held).curve(0.001).g).clamp(0.5, 1.1)
    }
}

/// Standard deviation.
pub fn deviation(values: &[f64]) -> f64 {
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    (values
        .iter()
        .map(|value| (value - mean) * (value - mean))
        .sum::<f64>()
        / count)
        .sqrt()
}

/// Which leads to fit to and which to measure on, in turn; and whether time goes forward.
fn parts(past: &Past) -> (Vec<Split>, bool) {
    let outcomes = &past.outcomes;
    let (won, all) =
        outcomes
            .won
            .iter()
            .zip(&outcomes.weight)
            .fold((0.0, 0.0), |(won, all), (y, w)| {
                let counts = f64::from(u8::from(*w > 0.0));
                (won + y * counts, all + counts)
            });
    if won < LEAST_OF_EACH || all - won < LEAST_OF_EACH {
        return (Vec::new(), false);
    }
    let rows = outcomes.won.len() as u32;
    if let Some(times) = &past.times {
        let mut order: Vec<u32> = (0..rows).collect();
        order.sort_by(|a, b| {
            times[*a as usize]
                .total_cmp(&times[*b as usize])
                .then(a.cmp(b))
        });
        let at = |share: f64| (f64::from(rows) * share) as usize;
        let part =
            |from: f64, to: f64| (order[..at(from)].to_vec(), order[at(from)..at(to)].to_vec());
        let parts = vec![part(0.55, 0.7), part(0.7, 0.85), part(0.85, 1.0)];
        let told = |rows: &[u32]| rows.iter().any(|row| outcomes.won[*row as usize] > 0.5);
        if parts
            .iter()
            .all(|(before, after)| told(before) && told(after))
        {
            return (parts, true);
        }
    }
    let count = if rows as usize > FIVE_FOLDS { 2 } else { 5 };
    // Rows that stand beside each other are often alike: they are dealt out by a hash.
    let of = |row: u32| u64::from(row).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
    let held = |row: u32| (of(row) % count) as usize;
    let parts = (0..count as usize).map(|part| (0..rows).partition(|row| held(*row) != part));
    (parts.collect(), false)
}
