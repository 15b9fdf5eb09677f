//! Counts of leads: everything that the studio draws is one of them or made of them.

use super::cube::Cube;
use super::rules::Rules;
use super::wording::Outcome;
use crate::program::{Program, StageKind, Value};

/// Number of outcomes.
pub const OUTCOMES: usize = Outcome::ALL.len();

/// Leads by outcome, and what those that were won brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// By index of the outcome.
    pub leads: [u64; OUTCOMES],
    /// Revenue of those that were won, in minor units.
    pub revenue: i64,
}

impl Count {
    fn add(&mut self, outcome: usize, leads: u64, revenue: i64) {
        if let Some(of) = self.leads.get_mut(outcome) {
            *of += leads;
        }
        self.revenue += revenue;
    }
}

/// Counts by points, from `low` on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// The points of the first.
    pub low: i32,
    /// One for each number of points.
    pub counts: Vec<Count>,
}

impl Histogram {
    fn add(&mut self, points: i32, outcome: usize, leads: u64, revenue: i64) {
        if self.counts.is_empty() {
            self.low = points;
        }
        if points < self.low {
            let more = (self.low - points) as usize;
            self.counts
                .splice(0..0, std::iter::repeat_n(Count::default(), more));
            self.low = points;
        }
        let place = (points - self.low) as usize;
        if place >= self.counts.len() {
            self.counts.resize(place + 1, Count::default());
        }
        if let Some(count) = self.counts.get_mut(place) {
            count.add(outcome, leads, revenue);
        }
    }
}

/// Leads that crossed into or out of being qualified while something moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// They are qualified now.
    pub gained: Count,
    /// They no longer are.
    pub lost: Count,
    /// They have another stage than before.
    pub stage: u64,
    /// They go another way than before.
    pub route: u64,
}

/// Counts of all leads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// By score, fit and engagement.
    pub histograms: [Histogram; 3],
    /// By band of fit, then of engagement.
    pub grades: Vec<Count>,
    /// By index of the stage; then without one, then disqualified without a stage for it.
    pub stages: Vec<Count>,
    /// By index of the route in the texts.
    pub routes: Vec<Count>,
    /// By segment; the last of none.
    pub segments: Vec<Count>,
    /// Qualified leads: of a stage from `mql` on, and not disqualified.
    pub qualified: Count,
    /// All.
    pub all: Count,
    /// Expected value of the leads that are not disqualified, in minor units.
    pub value: f64,
    /// Expected value of the qualified ones.
    pub qualified_value: f64,
    /// Who crossed a line since the lever was taken.
    pub moved: Moved,
}

/// Whether leads of this stage count as qualified.
pub fn is_qualified(program: &Program, stage: i32) -> bool {
    let stage = usize::try_from(stage)
        .ok()
        .and_then(|index| program.stages.get(index));
    stage.is_some_and(|stage| {
        use StageKind::*;
        matches!(stage.kind, Mql | Pql | Sal | Sql | Opportunity | Customer)
    })
}

/// Expected value of one lead in minor units; 0 where the card does not tell.
pub fn expected(program: &Program, segment: usize, score: i32) -> f64 {
    let Some(value) = &program.value else {
        return 0.0;
    };
    let Value {
        segments,
        otherwise,
        calibrated,
    } = value;
    let worth = segments
        .get(segment)
        .map_or(otherwise, |segment| &segment.worth);
    let rate = match program.calibration.as_ref().filter(|_| *calibrated) {
        // As a verdict has it: in ten-thousandths.
        Some(calibration) => {
            let share =
                1.0 / (1.0 + libm::exp(-(calibration.a + calibration.g * f64::from(score))));
            f64::from((share * 10_000.0 + 0.5) as u16) / 10_000.0
        }
        None => f64::from(worth.close_rate) / 1e6,
    };
    (rate * worth.average_revenue as f64).round()
}

/// Counts the leads of a cube. `moving` are the points of what leads found in its criterion.
pub fn tally(program: &Program, rules: &Rules, cube: &Cube, moving: &[i32]) -> Tally {
    let mut tally = Tally {
        grades: vec![Count::default(); program.bands.0.len() * program.bands.1.len()],
        stages: vec![Count::default(); program.stages.len() + 2],
        routes: vec![Count::default(); program.routes.len() + 2],
        segments: vec![
            Count::default();
            program
                .value
                .as_ref()
                .map_or(0, |value| value.segments.len())
                + 1
        ],
        ..Tally::default()
    };
    let decisions = rules.decisions();
    let qualified: Vec<bool> = decisions
        .iter()
        .map(|decision| !decision.disqualified && is_qualified(program, decision.stage))
        .collect();
    let is_qualified = |decision: u32| qualified.get(decision as usize).copied().unwrap_or(false);
    let add = |to: Option<&mut Count>, outcome, leads, revenue| {
        if let Some(to) = to {
            to.add(outcome, leads, revenue);
        }
    };
    for bunch in &cube.bunches {
        let (fit, engagement) = cube.points(program, moving, bunch);
        let score = fit + engagement;
        let index = rules.decide(bunch.class as usize, fit, engagement);
        let Some(decision) = decisions.get(index as usize) else {
            continue;
        };
        let (outcome, leads, revenue) = (
            usize::from(bunch.outcome),
            u64::from(bunch.leads),
            bunch.revenue,
        );
        let [scores, fits, engagements] = &mut tally.histograms;
        scores.add(score, outcome, leads, revenue);
        fits.add(fit, outcome, leads, revenue);
        engagements.add(engagement, outcome, leads, revenue);
        let bands = rules.bands(fit, engagement);
        add(
            tally
                .grades
                .get_mut(bands.0 * program.bands.1.len() + bands.1),
            outcome,
            leads,
            revenue,
        );
        let stage = usize::try_from(decision.stage).unwrap_or_else(|_| {
            program.stages.len() + usize::from(decision.stage == super::rules::DISQUALIFIED)
        });
        add(tally.stages.get_mut(stage), outcome, leads, revenue);
        add(
            tally.routes.get_mut(decision.route as usize),
            outcome,
            leads,
            revenue,
        );
        add(
            tally.segments.get_mut(decision.segment as usize),
            outcome,
            leads,
            revenue,
        );
        tally.all.add(outcome, leads, revenue);
        let now = is_qualified(index);
        if !decision.disqualified {
            let value = expected(program, decision.segment as usize, score) * leads as f64;
            tally.value += value;
            tally.qualified_value += if now { value } else { 0.0 };
        }
        if now {
            tally.qualified.add(outcome, leads, revenue);
        }
        if index != bunch.before {
            let before = is_qualified(bunch.before);
            if now && !before {
                tally.moved.gained.add(outcome, leads, revenue);
            }
            if before && !now {
                tally.moved.lost.add(outcome, leads, revenue);
            }
            if let Some(before) = decisions.get(bunch.before as usize) {
                tally.moved.stage += if before.stage == decision.stage {
                    0
                } else {
                    leads
                };
                tally.moved.route += if before.route == decision.route {
                    0
                } else {
                    leads
                };
            }
        }
    }
    tally
}
