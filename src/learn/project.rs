//! From the smooth fit to whole points: the nearest card, in the eyes of the fit itself.
//!
//! The card is fitted to the smooth model and not to the outcomes again (projection; Goutis and
//! Robert 1998): cut points chosen on raw outcomes fit chance. It minimises the second-order
//! Kullback-Leibler distance `½ Σ W (η - a - g Σ points)²` plus a price for every rule, one
//! criterion after the other, each by an exact dynamic programme over (level, points)
//! (Storath et al. 2015 for such piecewise constant fits).
// INVARIANT: codes are below the number of levels of their column; all slices of rows or levels
// are equally long.
#![allow(clippy::indexing_slicing, clippy::needless_range_loop)]

use super::column::Column;
use crate::scorecard::file::Direction;

/// Most passes over all criteria; the last ones change nothing.
const MAX_SWEEPS: usize = 6;
/// Weight with which a level holds to the smooth effect where hardly any lead is in it.
const PSEUDO: f64 = 5.0;
/// Scales that are tried at the start.
const RAYS: usize = 24;
/// Highest step of the prices that are tried.
const PRICES: usize = 20;

/// What is to be projected.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// Criteria.
    pub columns: &'a [Column],
    /// Effects of their levels, in logits.
    pub effects: &'a [Vec<f64>],
    /// How each criterion is priced.
    pub prices: &'a [Price],
    /// Log odds of each lead.
    pub eta: &'a [f64],
    /// What an error there weighs: `w μ (1 - μ)`.
    pub curvature: &'a [f64],
}

/// What the rules of a criterion cost.
#[derive(Clone, Debug)]
pub enum Price {
    /// Each change of points from level to level is a rule; unknown may share the points of the
    /// commonest level for nothing. Points go from -`cap` to `cap`.
    Rules {
        /// Most points.
        cap: i32,
        /// The level of unknown values.
        unknown: usize,
    },
    /// Each level whose points differ from the present ones is a change.
    Changes {
        /// Present points.
        present: Vec<i32>,
        /// Levels whose points stay whatever the fit says.
        kept: Vec<bool>,
    },
}

/// A card of whole points.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// Points of each level of each criterion.
    pub points: Vec<Vec<i32>>,
    /// Log odds at 0 points.
    pub intercept: f64,
    /// Logits that a point is worth.
    pub slope: f64,
    /// Share of what the smooth fit tells that the card keeps.
    pub kept: f64,
}

/// What stays the same during a projection.
struct Work<'a> {
    target: Target<'a>,
    /// Weight of each level.
    masses: Vec<Vec<f64>>,
    /// Effects, from that of the commonest level.
    effects: Vec<Vec<f64>>,
    commonest: Vec<usize>,
    /// Price of a rule or change.
    price: f64,
    /// Whether the slope is given.
    fixed: bool,
}

/// The plain rounding that comes nearest, of many scales; at the slope `slope` where one is given.
pub fn rounded(target: Target, slope: Option<f64>) -> Points {
    let work = Work::new(target, 0.0, slope.is_some());
    match slope {
        Some(slope) => work.rounded(slope),
        None => work.ray(),
    }
}

/// Projects at the given price of a rule, as a share of all information of the smooth fit, from the
/// card `start` on; onto its slope where that is `fixed`.
pub fn project(target: Target, price: f64, start: &Points, fixed: bool) -> Points {
    let information = information(&target);
    let work = Work::new(target, price * information, fixed);
    let mut card = start.clone();
    let mut score = work.score(&card.points);
    work.scale(&mut card, &score);
    for _ in 0..MAX_SWEEPS {
        let mut pull = work.pull(&card, &score);
        let mut changed = false;
        for index in 0..work.target.columns.len() {
            changed |= work.improve(index, &mut card, &mut score, &mut pull);
        }
        work.scale(&mut card, &score);
        if !changed {
            break;
        }
    }
    work.anchor(&mut card);
    card.kept = if information > 0.0 {
        1.0 - work.distance(&card, &work.score(&card.points)) / information
    } else {
        1.0
    };
    card
}

/// Projects at the highest price that keeps `kept` of the information of the smooth fit, found on
/// `sample`, a part of the leads of `target`; at a higher one where the card has more than `rules` else.
/// Onto a given slope `kept` is a share of what the closest card keeps.
pub fn simplest(
    target: Target,
    sample: Target,
    (kept, rules): (f64, usize),
    start: &Points,
    fixed: bool,
) -> Points {
    // Prices from a millionth to a tenth of the information, four to a decade.
    let price = |step: usize| 1e-6 * libm::pow(10.0, step as f64 / 4.0);
    let tried = |step: usize| project(sample, price(step), start, fixed);
    // Points that may not change keep even the closest card from the fit.
    let kept = kept
        * if fixed {
            tried(0).kept.clamp(0.0, 1.0)
        } else {
            1.0
        };
    // The first step that holds too little is one too far.
    let mut step = first(1, PRICES + 1, |step| tried(step).kept < kept) - 1;
    let mut card = project(target, price(step), start, fixed);
    if card.rules() > rules {
        step = first(step + 1, PRICES, |step| tried(step).rules() <= rules);
        card = project(target, price(step), start, fixed);
    }
    // The sample may have got along with fewer.
    while card.rules() > rules && step < PRICES {
        step += 1;
        card = project(target, price(step), start, fixed);
    }
    card
}

/// The first number from `low` on for which `holds`, which then holds for all above; `high` where there
/// is none below that.
fn first(mut low: usize, mut high: usize, holds: impl Fn(usize) -> bool) -> usize {
    while low < high {
        let middle = usize::midpoint(low, high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

impl Points {
    /// Number of rules: bins that earn points. Levels of a criterion with the same points are one.
    pub fn rules(&self) -> usize {
        let of = |points: &Vec<i32>| {
            let mut values: Vec<i32> = points.iter().copied().filter(|it| *it != 0).collect();
            values.sort_unstable();
            values.dedup();
            values.len()
        };
        self.points.iter().map(of).sum()
    }
}

fn commonest(masses: &[f64]) -> usize {
    let mut best = 0;
    for (level, mass) in masses.iter().enumerate() {
        if *mass > masses[best] {
            best = level;
        }
    }
    best
}

/// Effects from that of the commonest level on. An ordered criterion whose values were never unknown
/// takes the mean for unknown.
fn centred(target: &Target, index: usize, masses: &[f64], commonest: usize) -> Vec<f64> {
    let (column, effects) = (&target.columns[index], &target.effects[index]);
    let all: f64 = masses.iter().sum();
    let mean = if all > 0.0 {
        masses
            .iter()
            .zip(effects)
            .map(|(mass, effect)| mass * effect)
            .sum::<f64>()
            / all
    } else {
        0.0
    };
    let keeps = matches!(target.prices[index], Price::Changes { .. });
    let levels = effects.iter().zip(masses).enumerate();
    levels
        .map(|(level, (effect, mass))| {
            let unseen = *mass == 0.0
                && level >= column.levels.chain
                && column.levels.is_ordered()
                && !keeps;
            (if unseen { mean } else { *effect }) - effects[commonest]
        })
        .collect()
}

/// `½ Σ W (η - mean)²`.
fn information(target: &Target) -> f64 {
    let (mut mass, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for (eta, weight) in target.eta.iter().zip(target.curvature) {
        mass += weight;
        sum += weight * eta;
        squares += weight * eta * eta;
    }
    if mass > 0.0 {
        (0.5 * (squares - sum * sum / mass)).max(0.0)
    } else {
        0.0
    }
}

impl<'a> Work<'a> {
    fn new(target: Target<'a>, price: f64, fixed: bool) -> Self {
        let sums = |column: &Column| column.sums(target.curvature);
        let masses: Vec<Vec<f64>> = target.columns.iter().map(sums).collect();
        let commonest: Vec<usize> = masses.iter().map(|masses| commonest(masses)).collect();
        let effects = (0..target.columns.len())
            .map(|index| centred(&target, index, &masses[index], commonest[index]))
            .collect();
        Work {
            target,
            masses,
            effects,
            commonest,
            price,
            fixed,
        }
    }

    /// The best of many scales with plain rounding.
    fn ray(&self) -> Points {
        let largest = self
            .effects
            .iter()
            .flatten()
            .fold(0.0_f64, |most, effect| most.max(effect.abs()));
        let cap = self.target.prices.iter().find_map(|price| match price {
            Price::Rules { cap, .. } => Some(f64::from(*cap)),
            Price::Changes { .. } => None,
        });
        let cap = cap.unwrap_or(20.0);
        let mut best: Option<(f64, Points)> = None;
        for ray in 0..RAYS {
            let scale = (0.4 + 0.6 * ray as f64 / (RAYS - 1) as f64) * cap / largest.max(1e-9);
            let mut card = self.rounded(1.0 / scale);
            let score = self.score(&card.points);
            self.scale(&mut card, &score);
            let distance = self.distance(&card, &score);
            if best.as_ref().is_none_or(|(least, _)| distance < *least) {
                best = Some((distance, card));
            }
        }
        best.map_or_else(|| self.rounded(1.0), |(_, card)| card)
    }

    fn rounded(&self, slope: f64) -> Points {
        let points = (0..self.effects.len()).map(|index| {
            let (low, high) = self.bounds(index, slope);
            let at = self.present(index, self.commonest[index]);
            let levels = self.effects[index].iter().enumerate();
            levels
                .map(|(level, effect)| match &self.target.prices[index] {
                    Price::Changes { present, kept } if kept[level] => present[level],
                    _ => (at + libm::round(effect / slope) as i32).clamp(low, high),
                })
                .collect()
        });
        Points {
            points: points.collect(),
            intercept: 0.0,
            slope,
            kept: 0.0,
        }
    }

    /// Present points; 0 in a new criterion.
    fn present(&self, index: usize, level: usize) -> i32 {
        match &self.target.prices[index] {
            Price::Rules { .. } => 0,
            Price::Changes { present, .. } => present[level],
        }
    }

    /// Least and most points that a level of this criterion may get.
    fn bounds(&self, index: usize, slope: f64) -> (i32, i32) {
        match &self.target.prices[index] {
            Price::Rules { cap, .. } => (-cap, *cap),
            Price::Changes { present, .. } => {
                let at = f64::from(self.present(index, self.commonest[index]));
                let ends = self.effects[index].iter().map(|effect| at + effect / slope);
                let present = present.iter().map(|points| f64::from(*points));
                let (low, high) = ends
                    .chain(present)
                    .fold((at, at), |(low, high), end| (low.min(end), high.max(end)));
                (
                    (low.floor() as i32 - 1).max(-10_000),
                    (high.ceil() as i32 + 1).min(10_000),
                )
            }
        }
    }

    fn score(&self, points: &[Vec<i32>]) -> Vec<f64> {
        let mut score = vec![0.0; self.target.eta.len()];
        for (column, points) in self.target.columns.iter().zip(points) {
            let points: Vec<f64> = points.iter().map(|points| f64::from(*points)).collect();
            for (score, code) in score.iter_mut().zip(&column.codes) {
                *score += points[usize::from(*code)];
            }
        }
        score
    }

    /// Intercept and slope in closed form.
    fn scale(&self, card: &mut Points, score: &[f64]) {
        let (mut mass, mut x, mut y, mut xx, mut xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for ((eta, weight), score) in self.target.eta.iter().zip(self.target.curvature).zip(score) {
            mass += weight;
            x += weight * score;
            y += weight * eta;
            xx += weight * score * score;
            xy += weight * score * eta;
        }
        if mass <= 0.0 {
            return;
        }
        let spread = xx - x * x / mass;
        let slope = (xy - x * y / mass) / spread;
        if !self.fixed && spread > 1e-9 && slope > 1e-9 {
            card.slope = slope;
        }
        card.intercept = (y - card.slope * x) / mass;
    }

    fn distance(&self, card: &Points, score: &[f64]) -> f64 {
        let rows = self.target.eta.iter().zip(self.target.curvature).zip(score);
        rows.map(|((eta, weight), score)| {
            let error = eta - card.intercept - card.slope * score;
            0.5 * weight * error * error
        })
        .sum()
    }

    /// How strongly each lead asks for more points: its weighted error.
    fn pull(&self, card: &Points, score: &[f64]) -> Vec<f64> {
        let rows = self.target.eta.iter().zip(self.target.curvature).zip(score);
        rows.map(|((eta, weight), score)| weight * (eta - card.intercept - card.slope * score))
            .collect()
    }

    /// Best points of one criterion as the others are; whether anything changed.
    fn improve(
        &self,
        index: usize,
        card: &mut Points,
        score: &mut [f64],
        pull: &mut [f64],
    ) -> bool {
        let column = &self.target.columns[index];
        let sums = column.sums(pull);
        let slope = card.slope;
        let old = &card.points[index];
        let masses = &self.masses[index];
        let anchor = slope * f64::from(self.present(index, self.commonest[index]));
        let goals: Vec<f64> = (0..sums.len())
            .map(|level| {
                let told = sums[level] + masses[level] * slope * f64::from(old[level]);
                (told + PSEUDO * (self.effects[index][level] + anchor))
                    / (masses[level] + PSEUDO)
                    / slope
            })
            .collect();
        let weights: Vec<f64> = masses
            .iter()
            .map(|mass| 0.5 * (mass + PSEUDO) * slope * slope)
            .collect();
        let new = self.best(index, column, &goals, &weights, slope);
        if new == *old {
            return false;
        }
        let steps: Vec<f64> = new
            .iter()
            .zip(old)
            .map(|(new, old)| f64::from(new - old))
            .collect();
        let rows = score.iter_mut().zip(pull).zip(self.target.curvature);
        for (((score, pull), weight), code) in rows.zip(&column.codes) {
            let step = steps[usize::from(*code)];
            *score += step;
            *pull -= weight * slope * step;
        }
        card.points[index] = new;
        true
    }

    /// The cheapest points for these goals.
    fn best(
        &self,
        index: usize,
        column: &Column,
        goals: &[f64],
        weights: &[f64],
        slope: f64,
    ) -> Vec<i32> {
        let (low, high) = self.bounds(index, slope);
        let mut points = vec![0; goals.len()];
        let far = |level: usize, at: i32| {
            weights[level] * (goals[level] - f64::from(at)) * (goals[level] - f64::from(at))
        };
        let chain: Vec<usize> = (0..column.levels.chain).collect();
        match &self.target.prices[index] {
            Price::Rules { unknown, .. } => {
                let alone = (column.levels.chain..goals.len()).filter(|level| level != unknown);
                let mut alone: Vec<usize> = alone.collect();
                alone.sort_by(|a, b| goals[*a].total_cmp(&goals[*b]).then(a.cmp(b)));
                for (levels, direction) in [(chain, column.direction), (alone, None)] {
                    let path = cheapest(
                        levels.len(),
                        low,
                        high,
                        self.price,
                        direction,
                        |at, points| far(levels[at], points),
                    );
                    for (level, at) in levels.iter().zip(path) {
                        points[*level] = at;
                    }
                }
                let common = commonest(&self.masses[index]);
                let shared = if common == *unknown {
                    0
                } else {
                    points[common]
                };
                let own = (libm::round(goals[*unknown]) as i32).clamp(low, high);
                let pays = far(*unknown, own) + self.price < far(*unknown, shared);
                points[*unknown] = if pays || common == *unknown {
                    own
                } else {
                    shared
                };
            }
            Price::Changes { present, kept } => {
                let cost = |level: usize, at: i32| {
                    let change = if at == present[level] {
                        0.0
                    } else if kept[level] {
                        f64::INFINITY
                    } else {
                        self.price
                    };
                    far(level, at) + change
                };
                let path = cheapest(chain.len(), low, high, 0.0, column.direction, cost);
                for (level, at) in path.into_iter().enumerate() {
                    points[level] = at;
                }
                for level in column.levels.chain..goals.len() {
                    let own = (libm::round(goals[level]) as i32).clamp(low, high);
                    points[level] = if cost(level, own) < cost(level, present[level]) {
                        own
                    } else {
                        present[level]
                    };
                }
            }
        }
        points
    }

    /// Lets the commonest level of each new criterion have 0 points, and no other more than the cap:
    /// what the shift pushes beyond it stays at it, which keeps every direction.
    fn anchor(&self, card: &mut Points) {
        for (index, points) in card.points.iter_mut().enumerate() {
            let Price::Rules { cap, .. } = &self.target.prices[index] else {
                continue;
            };
            let shift = points[self.commonest[index]];
            for points in points.iter_mut() {
                *points = (*points - shift).clamp(-cap, *cap);
            }
            card.intercept += card.slope * f64::from(shift);
        }
    }
}

/// Points of `levels` steps in a row between `low` and `high`: the cheapest path where each step
/// costs what `cost` says, and each change `jump`; only rising or falling ones where declared.
fn cheapest(
    levels: usize,
    low: i32,
    high: i32,
    jump: f64,
    direction: Option<Direction>,
    cost: impl Fn(usize, i32) -> f64,
) -> Vec<i32> {
    if levels == 0 {
        return Vec::new();
    }
    let choices = (high - low + 1) as usize;
    let points = |choice: usize| low + choice as i32;
    let mut costs: Vec<f64> = (0..choices).map(|choice| cost(0, points(choice))).collect();
    let mut from: Vec<Vec<u16>> = Vec::with_capacity(levels);
    for level in 1..levels {
        // The best of all choices that may come before.
        let mut before = vec![0_usize; choices];
        match direction {
            None => {
                let best = (0..choices).fold(0, |best, choice| {
                    if costs[choice] < costs[best] {
                        choice
                    } else {
                        best
                    }
                });
                before.fill(best);
            }
            Some(Direction::Rising) => {
                for choice in 1..choices {
                    before[choice] = if costs[choice] < costs[before[choice - 1]] {
                        choice
                    } else {
                        before[choice - 1]
                    };
                }
            }
            Some(Direction::Falling) => {
                before[choices - 1] = choices - 1;
                for choice in (0..choices - 1).rev() {
                    before[choice] = if costs[choice] <= costs[before[choice + 1]] {
                        choice
                    } else {
                        before[choice + 1]
                    };
                }
            }
        }
        let mut next = vec![0.0; choices];
        let mut back = vec![0_u16; choices];
        for choice in 0..choices {
            let moved = costs[before[choice]] + jump;
            let stays = costs[choice] <= moved;
            back[choice] = if stays { choice } else { before[choice] } as u16;
            next[choice] = if stays { costs[choice] } else { moved } + cost(level, points(choice));
        }
        costs = next;
        from.push(back);
    }
    let mut choice = (0..choices).fold(0, |best, choice| {
        if costs[choice] < costs[best] {
            choice
        } else {
            best
        }
    });
    let mut path = vec![points(choice)];
    for back in from.iter().rev() {
        choice = usize::from(back[choice]);
        path.push(points(choice));
    }
    path.reverse();
    path
}
