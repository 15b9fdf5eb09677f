//! Counts of leads: everything that the studio draws is one of them or made of them.

use core::ops::RangeInclusive;

use super::cube::{Bunch, Cube};
use super::lookup::{Lookup, Worths, bounds};
use super::rules::{DISQUALIFIED, Decision, Rules};
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
    fn add(&mut self, leads: &[u32; OUTCOMES], revenue: i64) {
        let leads = leads.iter().map(|leads| u64::from(*leads));
        self.leads
            .iter_mut()
            .zip(leads)
            .for_each(|(of, leads)| *of += leads);
        self.revenue += revenue;
    }

    /// Adds one lead and what it brought.
    pub(super) fn add_lead(&mut self, outcome: u8, revenue: i64) {
        if let Some(leads) = self.leads.get_mut(usize::from(outcome)) {
            *leads += 1;
        }
        self.revenue += revenue;
    }

    /// Adds the leads of another.
    pub(super) fn join(&mut self, other: &Count) {
        self.leads
            .iter_mut()
            .zip(other.leads)
            .for_each(|(of, leads)| *of += leads);
        self.revenue += other.revenue;
    }

    /// Leads of all outcomes.
    fn all(&self) -> u64 {
        self.leads.iter().sum()
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
    /// Nothing yet, within these bounds.
    fn within(points: &RangeInclusive<i32>) -> Self {
        Histogram {
            low: *points.start(),
            counts: vec![Count::default(); points.end().abs_diff(*points.start()) as usize + 1],
        }
    }

    fn of(&mut self, points: i32) -> Option<&mut Count> {
        self.counts.get_mut(points.wrapping_sub(self.low) as usize)
    }

    /// Without what is empty at its ends.
    fn trimmed(mut self) -> Self {
        let is_empty = |count: &Count| count.all() == 0;
        let from = self
            .counts
            .iter()
            .take_while(|count| is_empty(count))
            .count();
        let to = self
            .counts
            .iter()
            .rev()
            .take_while(|count| is_empty(count))
            .count();
        self.counts.truncate(self.counts.len() - to);
        self.counts.drain(..from.min(self.counts.len()));
        self.low += from as i32;
        self
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

/// Counts the leads of a cube. `points` are those of all that was found in the criterion that moves.
pub fn of_bunches(program: &Program, rules: &Rules, cube: &Cube, points: &[i32]) -> Tally {
    let points = cube.all_points(program, points);
    let fits = bounds(points.iter().map(|(fit, _)| *fit));
    let engagements = bounds(points.iter().map(|(_, engagement)| *engagement));
    let mut counting = Counting::new(program, rules, fits, engagements);
    for (bunch, points) in cube.bunches.iter().zip(points) {
        let leads: u32 = bunch.leads.iter().sum();
        let index = counting.add(bunch, points, leads);
        if index != bunch.before {
            counting.moved(bunch, index);
        }
    }
    counting.done(program)
}

/// A tally that is being made: leads are added where they cannot be told from other sums, and all
/// else is made of these.
struct Counting<'a> {
    lookup: Lookup<'a>,
    worths: Worths,
    decisions: &'a [Decision],
    /// By decision, whether leads count as qualified.
    qualified: Vec<bool>,
    /// By score, fit and engagement.
    histograms: [Histogram; 3],
    decided: Vec<Decided>,
    tally: Tally,
}

impl<'a> Counting<'a> {
    fn new(
        program: &Program,
        rules: &'a Rules,
        fits: RangeInclusive<i32>,
        engagements: RangeInclusive<i32>,
    ) -> Self {
        let scores = fits.start() + engagements.start()..=fits.end() + engagements.end();
        let decisions = rules.decisions();
        let is_qualified =
            |decision: &Decision| !decision.disqualified && is_qualified(program, decision.stage);
        let counts = |count: usize| vec![Count::default(); count];
        let segments = program
            .value
            .as_ref()
            .map_or(0, |value| value.segments.len());
        Counting {
            worths: Worths::new(program, scores.clone()),
            histograms: [&scores, &fits, &engagements].map(Histogram::within),
            lookup: Lookup::new(rules, fits, engagements),
            decisions,
            qualified: decisions.iter().map(is_qualified).collect(),
            decided: vec![Decided::default(); decisions.len()],
            tally: Tally {
                grades: counts(program.bands.0.len() * program.bands.1.len()),
                stages: counts(program.stages.len() + 2),
                routes: counts(program.routes.len() + 2),
                segments: counts(segments + 1),
                ..Tally::default()
            },
        }
    }

    /// Adds a bunch with these points of fit and engagement, and gives its decision.
    fn add(&mut self, bunch: &Bunch, (fit, engagement): (i32, i32), leads: u32) -> u32 {
        let score = fit + engagement;
        let index = self.lookup.decide(bunch.stand.class, fit, engagement);
        let add = |count: &mut Count| count.add(&bunch.leads, bunch.revenue);
        let [scores, fits, engagements] = &mut self.histograms;
        let grade = self.lookup.grade(fit, engagement);
        let grade = self.tally.grades.get_mut(grade);
        let counts = [
            scores.of(score),
            fits.of(fit),
            engagements.of(engagement),
            grade,
        ];
        counts.into_iter().flatten().for_each(add);
        if let Some(of) = self.decided.get_mut(index as usize) {
            add(&mut of.count);
            let segment = self
                .decisions
                .get(index as usize)
                .map_or(0, |of| of.segment);
            of.value += self.worths.of(segment, score) * f64::from(leads);
        }
        index
    }

    /// Notes that a bunch went from the decision before to another.
    fn moved(&mut self, bunch: &Bunch, now: u32) {
        let moved = &mut self.tally.moved;
        let is_qualified = |index: u32| self.qualified.get(index as usize) == Some(&true);
        match (is_qualified(bunch.before), is_qualified(now)) {
            (false, true) => moved.gained.add(&bunch.leads, bunch.revenue),
            (true, false) => moved.lost.add(&bunch.leads, bunch.revenue),
            _ => {}
        }
        let of = |index: u32| self.decisions.get(index as usize);
        if let Some((before, now)) = of(bunch.before).zip(of(now)) {
            let leads = bunch
                .leads
                .iter()
                .map(|leads| u64::from(*leads))
                .sum::<u64>();
            moved.stage += if before.stage == now.stage { 0 } else { leads };
            moved.route += if before.route == now.route { 0 } else { leads };
        }
    }

    fn done(self, program: &Program) -> Tally {
        let mut tally = self.tally;
        tally.histograms = self.histograms.map(Histogram::trimmed);
        let decided = self
            .decisions
            .iter()
            .zip(&self.qualified)
            .zip(&self.decided);
        for ((decision, is_qualified), of) in decided {
            let stage = usize::try_from(decision.stage).unwrap_or_else(|_| {
                program.stages.len() + usize::from(decision.stage == DISQUALIFIED)
            });
            let counts = [
                tally.stages.get_mut(stage),
                tally.routes.get_mut(decision.route as usize),
                tally.segments.get_mut(decision.segment as usize),
                Some(&mut tally.all),
                Some(&mut tally.qualified).filter(|_| *is_qualified),
            ];
            counts
                .into_iter()
                .flatten()
                .for_each(|count| count.join(&of.count));
            if !decision.disqualified {
                tally.value += of.value;
                tally.qualified_value += if *is_qualified { of.value } else { 0.0 };
            }
        }
        tally
    }
}

/// Leads of one decision, and what they are worth together.
#[derive(Clone, Default)]
struct Decided {
    count: Count,
    value: f64,
}
