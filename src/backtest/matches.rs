//! Which bin of each criterion every lead falls into, and the truths of all tests: what stays the
//! same while points, limits and thresholds move.

use super::leads::Leads;
use super::plan::{Plan, Unit};
use super::plane::Plane;
use super::reader::{Reader, Tuples, UnitResult};
use crate::card::Card;
use crate::condition::Truths;

/// Where leads can stand with one criterion: its bin, and the remaining strength of events.
pub type Found = (Option<u8>, Option<i64>);

/// Leads and one criterion.
#[derive(Clone, Debug, Default)]
pub struct Matched {
    /// All that occurs.
    pub found: Vec<Found>,
    /// Index of what each lead found.
    pub of: Plane,
}

/// Truths of a program's tests, and the stage that people set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// By index of the test; unknown for those that look at the score.
    pub truths: Vec<Truths>,
    /// Index of the stage.
    pub stage: Option<u16>,
}

/// All leads and one scorecard, before any points.
#[derive(Clone, Debug)]
pub struct Matches {
    /// By criterion.
    pub criteria: Vec<Matched>,
    /// All that occurs.
    pub classes: Vec<Class>,
    /// Index of the class of each lead.
    pub class_of: Plane,
}

/// Matches all leads.
pub fn matches(card: &Card, leads: &Leads, plan: &Plan) -> Matches {
    let program = &card.program;
    let mut reader = Reader::new(program, leads, plan);
    let mut matches = Matches {
        criteria: vec![Matched::default(); program.criteria.len()],
        classes: vec![Class {
            truths: vec![Truths::UNKNOWN; program.tests.len()],
            stage: None,
        }],
        class_of: Plane::filled(leads.rows),
    };
    for unit in &plan.units {
        let tuples = reader.tuples(unit);
        let results = reader.evaluate(unit, &tuples.rows);
        for (place, criterion) in unit.criteria.iter().enumerate() {
            let mut found: Vec<Found> = Vec::new();
            let mut code_of = Vec::with_capacity(results.len());
            for result in &results {
                let of = result.found.get(place).copied().unwrap_or_default();
                let code = found.iter().position(|other| *other == of);
                code_of.push(code.unwrap_or_else(|| {
                    found.push(of);
                    found.len() - 1
                }) as u32);
            }
            if let Some(matched) = matches.criteria.get_mut(*criterion) {
                *matched = Matched {
                    found,
                    of: tuples.plane(&code_of, leads.rows),
                };
            }
        }
        if !unit.tests.is_empty() || unit.stage {
            refine(&mut matches, unit, &tuples, &results);
        }
    }
    matches
}

/// Splits classes by what a unit tells.
fn refine(matches: &mut Matches, unit: &Unit, tuples: &Tuples, results: &[UnitResult]) {
    type Pattern = (Vec<Truths>, Option<u16>);
    let mut patterns: Vec<Pattern> = Vec::new();
    let pattern_of: Vec<u32> = results
        .iter()
        .map(|result| {
            let pattern = (result.truths.clone(), result.stage);
            let known = patterns.iter().position(|other| *other == pattern);
            known.unwrap_or_else(|| {
                patterns.push(pattern);
                patterns.len() - 1
            }) as u32
        })
        .collect();
    let mut classes: Vec<Class> = Vec::new();
    let mut pairs: Vec<u32> = vec![u32::MAX; matches.classes.len() * patterns.len()];
    let before = core::mem::take(&mut matches.class_of);
    let mut class_of = Plane::default();
    for row in 0..before.len() {
        let (class, pattern) = (before.get(row), tuples.of(row, &pattern_of));
        let pair = pairs.get_mut(class as usize * patterns.len() + pattern as usize);
        let Some(pair) = pair else { continue };
        if *pair == u32::MAX {
            *pair = classes.len() as u32;
            let of = (
                matches.classes.get(class as usize),
                patterns.get(pattern as usize),
            );
            let (Some(class), Some((truths, stage))) = of else {
                continue;
            };
            let mut class = class.clone();
            for (test, truth) in unit.tests.iter().zip(truths) {
                if let Some(of) = class.truths.get_mut(*test) {
                    *of = *truth;
                }
            }
            class.stage = class.stage.or(*stage);
            classes.push(class);
        }
        class_of.push(*pair);
    }
    matches.classes = classes;
    matches.class_of = class_of;
}
