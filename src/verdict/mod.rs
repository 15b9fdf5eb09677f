//! The verdict: everything about one lead, told in indices of the program and texts of the lead.
//!
//! [`evaluate`] packs it; with the texts of the compiled card, `card::unfold` makes the whole answer
//! of it for native callers, and `pkg-config/verdict.js` for JavaScript.

mod explain;
pub(crate) mod packed;

pub use packed::Packed;

use crate::condition::{Known, Look, Value};
use crate::follow_up::{self, Task};
use crate::lead::{self, Lead, Place, WarningCode};
use crate::owner::Key;
use crate::program::{Axis, CriterionSubject, NONE, Program, Subject};
use crate::route::{Decision, Stage};
use crate::score::{self, Limited, Scored};
use crate::signals::Signal;
use crate::situation::{Applies, Situation};
use crate::title::{Department, Reading};
use crate::wire::Damaged;
use alloc::vec::Vec;
use core::mem;
use explain::{evidence, explain};

/// Version of the engine, as receipts name it.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// Judges the lead in a frame as seen at `now` (milliseconds since 1970) and puts the verdict in
/// the place of what `out` held.
///
/// # Errors
/// Only where the bytes are no frame of this program.
pub fn evaluate(
    program: &Program,
    frame: &[u8],
    now: i64,
    out: &mut Packed,
) -> Result<(), Damaged> {
    let lead = lead::read(program, frame)?;
    out.clear();
    judge(program, lead, now, out);
    Ok(())
}

/// What a job title says, and the place in the decision that follows for these target departments
/// and this number of employees.
pub fn title(reading: &Reading, targets: &[Department], employees: Option<f64>, out: &mut Packed) {
    out.clear();
    out.title(reading);
    out.index(reading.settled_role(targets, employees).index());
}

fn judge(program: &Program, lead: Lead, now: i64, out: &mut Packed) {
    let (mut situation, applies) = Situation::new(program, lead, now);
    note_undated_aggregates(program, &mut situation);
    let matches = score::matching(program, &situation);
    let scored = score::earn(program, &matches);
    let decision = Decision::new(program, &situation, &scored);
    let (route, passed) = decision.route();
    // Nobody asks for a company where nobody is dealt a lead.
    let key = match program.plan(route) {
        [] => Key::default(),
        _ => Key::of(program, &decision),
    };
    let tasks = follow_up::tasks(program, route, &key, &decision, now);
    let total = scored.total();
    let probability = program.calibration.as_ref().map(|calibration| {
        let share = 1.0 / (1.0 + libm::exp(-(calibration.a + calibration.g * total.now as f64)));
        (share * 10_000.0 + 0.5) as u16
    });

    for points in [scored.fit.now, scored.engagement.now, total.low, total.high] {
        out.long(points);
    }
    out.index(decision.bands.0);
    out.index(decision.bands.1);
    out.maybe(probability.map(usize::from));
    stage(program, &decision, out);
    pack_route(program, route, &decision, out);
    out.list(|out| {
        let passed = passed.into_iter();
        passed
            .map(|index| pack_route(program, index, &decision, out))
            .count()
    });
    out.list(|out| {
        let tasks = tasks.iter();
        tasks
            .map(|task| pack_task(program, task, &key, &decision, out))
            .count()
    });
    out.list(|out| {
        let holding = decision.disqualifiers.iter();
        let disqualifiers =
            holding.filter_map(|index| Some((*index, program.disqualifiers.get(*index)?)));
        disqualifiers
            .map(|(index, when)| {
                out.index(index);
                explain(program, when, &decision, out);
            })
            .count()
    });
    out.list(|out| {
        let open = (0..).zip(&applies);
        open.filter(|(_, applies)| **applies == Applies::Open)
            .map(|(index, _)| out.int(index))
            .count()
    });
    reasons(program, &situation, &matches, &scored, out);
    unknown(program, &matches, &scored, out);
    signals(&situation, out);
    value(program, &decision, probability, out);
    out.list(|out| {
        let warnings = situation.warnings().as_list().iter();
        let warnings = warnings
            .map(|warning| {
                let (kind, index) = match warning.at {
                    Place::Fact(index) => (0, index),
                    Place::Events => (1, 0),
                    Place::Aggregate(index) => (2, index),
                };
                out.int(kind);
                out.int(i32::from(index));
                out.index(warning.code.index());
                out.text(&warning.found);
            })
            .count();
        let late = tasks.iter().filter(|task| task.past_horizon != NONE);
        let late = late.map(|task| {
            out.int(3);
            out.int(task.past_horizon);
            out.index(WarningCode::ZonePastHorizon.index());
        });
        warnings + late.count()
    });
    match situation.title() {
        Some(reading) => {
            out.int(1);
            out.title(reading);
        }
        None => out.int(0),
    }
}

/// A route and the tests that decided it.
fn pack_route(program: &Program, index: usize, decision: &Decision, out: &mut Packed) {
    out.index(index);
    match program.routes.get(index) {
        Some(route) => explain(program, &route.when, decision, out),
        None => out.int(0),
    }
}

/// A step of the follow-up: owner, by what, whether there, why; then by when to try. An
/// absent owner is −1.
fn pack_task(program: &Program, task: &Task, key: &Key, decision: &Decision, out: &mut Packed) {
    out.int(task.picked.map_or(NONE, |picked| picked.owner));
    if let Some(picked) = &task.picked {
        out.index(picked.by.index());
        out.int(i32::from(picked.present));
        explain::owner(program, picked, key, decision, out);
    }
    out.index(task.times.len());
    task.times.iter().for_each(|at| out.long(*at));
}

/// Index of the stage (−1 none, −2 disqualified where the scorecard has no such stage), whether it
/// is suggested, and the tests that decided it.
fn stage(program: &Program, decision: &Decision, out: &mut Packed) {
    let index = match decision.stage {
        Stage::Disqualified => -2,
        other => other.index().map_or(-1, |index| index as i32),
    };
    let suggested = !matches!(decision.stage, Stage::Given(_));
    out.int(index);
    out.int(i32::from(suggested));
    let stage = decision
        .stage
        .index()
        .and_then(|index| program.stages.get(index));
    match stage
        .and_then(|stage| stage.when.as_ref())
        .filter(|_| suggested)
    {
        Some(when) => explain(program, when, decision, out),
        None => out.int(0),
    }
}

/// What earned or took points: a criterion, or the limit of an axis, a criterion or a group.
#[derive(Clone, Copy)]
struct Earned {
    /// Weight, place of the id, and kind: what goes first has the lower one.
    order: u64,
    /// 0 for a criterion; for limits of axis, criterion, group 1, 2, 3: the order of their names.
    kind: u8,
    index: u16,
    points: i64,
}

impl Earned {
    fn new(kind: u8, index: usize, rank: u16, points: i64) -> Self {
        // Points of one reason stay far below: no more than 2^20 of a bin, a million times.
        const MOST: u64 = (1 << 46) - 1;
        let lightness = MOST - points.unsigned_abs().min(MOST);
        Earned {
            order: lightness << 18 | u64::from(rank) << 2 | u64::from(kind),
            kind,
            index: index as u16,
            points,
        }
    }
}

/// Reasons with points, the weightiest first, then by id, a limit after what it limits.
fn reasons(
    program: &Program,
    situation: &Situation,
    matches: &[score::Match],
    scored: &Scored,
    out: &mut Packed,
) {
    let mut reasons: Vec<Earned> = Vec::with_capacity(matches.len() + scored.clamps.len());
    let mut place = |reason: Earned| {
        let mut at = reasons.len();
        reasons.push(reason);
        // One by one to its place: most stand near it, since criteria come by id.
        while at > 0 {
            at -= 1;
            match reasons.get_mut(at..at + 2) {
                Some([before, after]) if after.order < before.order => mem::swap(before, after),
                _ => break,
            }
        }
    };
    for (index, (criterion, points)) in program.criteria.iter().zip(&scored.criteria).enumerate() {
        if points.now != 0 {
            place(Earned::new(0, index, criterion.rank, points.now));
        }
    }
    for clamp in &scored.clamps {
        let (kind, index, rank) = match clamp.of {
            Limited::Axis(axis) => (1, axis.index(), program.rank_of(axis)),
            Limited::Criterion(index) => (
                2,
                index,
                program.criteria.get(index).map_or(0, |of| of.rank),
            ),
            Limited::Group(index) => (3, index, program.groups.get(index).map_or(0, |of| of.rank)),
        };
        place(Earned::new(kind, index, rank, clamp.points));
    }
    out.index(reasons.len());
    for reason in reasons {
        let (kind, of) = (f64::from(reason.kind), f64::from(reason.index));
        let points = reason.points as f64;
        if reason.kind > 0 {
            out.all(&[kind, of, points]);
            continue;
        }
        let index = usize::from(reason.index);
        if let (Some(criterion), Some(found)) = (program.criteria.get(index), matches.get(index)) {
            let bin = found.bin.or(found.strength.map(|_| 0));
            out.all(&[kind, of, points, bin.map_or(-1.0, f64::from)]);
            evidence(program, criterion, situation, out);
        }
    }
}

/// Criteria whose bin is open, with the least and most points that they may bring.
fn unknown(program: &Program, matches: &[score::Match], scored: &Scored, out: &mut Packed) {
    out.list(|out| {
        let criteria = matches
            .iter()
            .zip(&scored.criteria)
            .take(program.criteria.len());
        criteria
            .enumerate()
            .filter(|(_, (found, points))| found.bin.is_none() && points.low != points.high)
            .map(|(index, (_, points))| {
                out.index(index);
                out.long(points.low);
                out.long(points.high);
            })
            .count()
    });
}

/// What was derived from the facts, in the order of the signals.
fn signals(situation: &Situation, out: &mut Packed) {
    for signal in Signal::ALL {
        let subject = Subject::Signal(*signal);
        let mut value = situation.look(&subject).value;
        if let Some(Value::Number(number)) = &mut value {
            *number = libm::trunc(*number);
        }
        out.known(&subject, &Known::given(value));
    }
}

/// Close rate × revenue, or probability × revenue; 0 for a lead that is no buyer. Whether it is
/// told; amount, whether by probability, segment.
fn value(program: &Program, decision: &Decision, probability: Option<u16>, out: &mut Packed) {
    let (Some(value), Some((segment, worth))) = (&program.value, decision.worth()) else {
        return out.int(0);
    };
    let calibrated = probability.filter(|_| value.calibrated);
    let rate = calibrated.map_or(u64::from(worth.close_rate), |share| u64::from(share) * 100);
    // In two parts, so that no product overflows: whole millions, and the rest with rounding.
    const MILLION: u64 = 1_000_000;
    let (millions, rest) = (
        worth.average_revenue / MILLION,
        worth.average_revenue % MILLION,
    );
    let amount = match decision.is_disqualified() {
        true => 0,
        false => millions
            .saturating_mul(rate)
            .saturating_add((rest * rate + MILLION / 2) / MILLION),
    };
    out.int(1);
    out.long(amount.min(MAX_SAFE) as i64);
    out.int(i32::from(calibrated.is_some()));
    out.maybe(segment);
}

/// Largest whole number that JSON carries exactly everywhere, 2^53 − 1.
const MAX_SAFE: u64 = (1 << 53) - 1;

fn note_undated_aggregates(program: &Program, situation: &mut Situation) {
    let fading = |criterion: &&crate::program::Criterion| !criterion.decay.is_empty();
    for criterion in program.criteria.iter().filter(fading) {
        let (CriterionSubject::PerEvent(measure)
        | CriterionSubject::Value(Subject::Measure(measure))) = criterion.subject
        else {
            continue;
        };
        let measure = program.measures.get(usize::from(measure));
        let Some(index) = measure.and_then(|measure| measure.aggregate) else {
            continue;
        };
        if situation.is_undated(index) {
            situation.warn(
                Place::Aggregate(index),
                WarningCode::AggregateWithoutDate,
                "no date",
            );
        }
    }
}

impl Program {
    /// Place of an axis's name among the ids of criteria and groups.
    fn rank_of(&self, axis: Axis) -> u16 {
        match axis {
            Axis::Fit => self.axis_ranks.0,
            Axis::Engagement => self.axis_ranks.1,
        }
    }
}
