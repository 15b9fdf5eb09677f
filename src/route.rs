//! Where a scored lead goes: disqualifiers, bands, stage and route, each reading only what was
//! decided before it.

use alloc::vec::Vec;

use crate::condition::{self, Known, Look, Value};
use crate::lead::FactValue;
use crate::program::{Axis, Condition, Program, StageKind, Subject, Worth};
use crate::score::Scored;
use crate::situation::Situation;

/// All that was decided about a lead.
pub struct Decision<'a, 's> {
    program: &'a Program,
    situation: &'a Situation<'s>,
    scored: &'a Scored,
    /// Indices of the disqualifiers that hold.
    pub disqualifiers: Vec<usize>,
    /// Indices of the bands of fit and engagement.
    pub bands: (usize, usize),
    /// The stage.
    pub stage: Stage,
}

/// The stage of a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// No stage's condition holds.
    None,
    /// The stage of this index, set by people.
    Given(usize),
    /// The stage of this index, suggested.
    Suggested(usize),
    /// Disqualified, where the scorecard has no stage of that kind.
    Disqualified,
}

impl Stage {
    /// Index of the stage in the program.
    pub fn index(self) -> Option<usize> {
        match self {
            Stage::Given(index) | Stage::Suggested(index) => Some(index),
            Stage::None | Stage::Disqualified => None,
        }
    }

    /// The stage of a lead that is no buyer.
    pub fn disqualified(program: &Program) -> Self {
        let mut stages = program.stages.iter();
        let of_kind = stages.position(|stage| stage.kind == StageKind::Disqualified);
        of_kind.map_or(Stage::Disqualified, Stage::Suggested)
    }

    /// What tests see: the index, and beyond the last one none, then disqualified, which are no
    /// stage of the program and known all the same.
    pub fn place(self, program: &Program) -> u16 {
        let beyond = usize::from(self == Stage::Disqualified);
        let place = self.index().unwrap_or(program.stages.len() + beyond);
        place as u16
    }
}

/// The stages that may be suggested, with their conditions, from the last.
pub fn suggested(program: &Program) -> impl Iterator<Item = (usize, &Condition)> {
    let stages = program.stages.iter().enumerate().rev();
    let stages = stages.filter(|(_, stage)| stage.kind.is_suggested());
    stages.filter_map(|(index, stage)| Some((index, stage.when.as_ref()?)))
}

impl<'a, 's> Decision<'a, 's> {
    /// Decides on a scored lead.
    pub fn new(program: &'a Program, situation: &'a Situation<'s>, scored: &'a Scored) -> Self {
        let disqualifiers = program
            .disqualifiers
            .iter()
            .enumerate()
            .filter(|(_, when)| condition::holds(program, when, situation))
            .map(|(index, _)| index)
            .collect::<Vec<_>>();
        let bands = (
            band(&program.bands.0, scored.fit.now),
            band(&program.bands.1, scored.engagement.now),
        );
        let mut decision = Decision {
            program,
            situation,
            scored,
            disqualifiers,
            bands,
            stage: Stage::None,
        };
        decision.stage = decision.find_stage();
        decision
    }

    /// People's stage stands; else disqualified; else the last suggested stage that holds.
    fn find_stage(&self) -> Stage {
        let given = self.situation.fact(self.program.standard.stage);
        if let Some(FactValue::Choice(stage)) = given {
            return Stage::Given(usize::from(*stage));
        }
        if self.is_disqualified() {
            return Stage::disqualified(self.program);
        }
        suggested(self.program)
            .find(|(_, when)| condition::holds(self.program, when, self))
            .map_or(Stage::None, |(index, _)| Stage::Suggested(index))
    }

    /// Whether any disqualifier holds.
    pub fn is_disqualified(&self) -> bool {
        !self.disqualifiers.is_empty()
    }

    /// Index of the route in the texts, and of the routes before it that did not match.
    pub fn route(&self) -> (usize, Vec<usize>) {
        let mut passed = Vec::new();
        for (index, route) in self.program.routes.iter().enumerate() {
            if route.for_disqualified != self.is_disqualified() {
                continue;
            }
            if condition::holds(self.program, &route.when, self) {
                return (index, passed);
            }
            passed.push(index);
        }
        (self.program.fallback(self.is_disqualified()), passed)
    }

    /// What leads like this are worth, and index of the segment that says so.
    pub fn worth(&self) -> Option<(Option<usize>, &'a Worth)> {
        let value = self.program.value.as_ref()?;
        let segments = value.segments.iter().enumerate();
        let mut holding =
            segments.filter(|(_, segment)| condition::holds(self.program, &segment.when, self));
        Some(match holding.next() {
            Some((index, segment)) => (Some(index), &segment.worth),
            None => (None, &value.otherwise),
        })
    }
}

impl Look for Decision<'_, '_> {
    fn look(&self, subject: &Subject) -> Known<'_> {
        let number = |points: i64| Known::settled(Value::Number(points as f64));
        let choice = |index: usize| Value::Choice(index as u16);
        match subject {
            Subject::Score => number(self.scored.total().now),
            Subject::Points(axis) => number(self.scored.axis(*axis).now),
            Subject::Band(Axis::Fit) => Known::settled(choice(self.bands.0)),
            Subject::Band(Axis::Engagement) => Known::settled(choice(self.bands.1)),
            Subject::Stage => Known::settled(Value::Choice(self.stage.place(self.program))),
            other => self.situation.look(other),
        }
    }
}

/// Index of the band that holds `points`: bands go from the highest down.
pub fn band(bands: &[Option<i32>], points: i64) -> usize {
    let holds = |from: &Option<i32>| from.is_none_or(|from| points >= i64::from(from));
    bands
        .iter()
        .position(holds)
        .unwrap_or(bands.len().saturating_sub(1))
}
