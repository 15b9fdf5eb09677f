//! Where a lead may yet go: disqualifiers, bands, stages and routes, each for all that facts may
//! still be.
//!
//! Parts are treated as independent, so a destination may be kept that no answers reach; none that
//! some reach is dropped.

use alloc::vec::Vec;

use crate::condition::{self, Known, Look, Mode, Open, Truths, Value};
use crate::program::{Axis, Check, Condition, Program, StageKind, Subject};
use crate::route;
use crate::score::{Points, Scored};
use crate::situation::Situation;

/// Destinations as a mask: the routes of the program, then its two fallbacks. Owner pools and the
/// stage would be further bits: a destination is whatever this module tells apart.
pub type Destinations = u64;

/// A lead with all that it may yet become.
pub struct Prospect<'s, 'a> {
    program: &'a Program,
    situation: &'s Situation<'a>,
    scored: &'s Scored,
    stage: Known<'s>,
}

/// What undecided routes rest on.
#[derive(Debug, Default)]
pub struct Live {
    /// Indices of undecided tests.
    pub tests: Vec<u16>,
    /// Whether any of them reads points of fit and engagement.
    pub axes: [bool; 2],
}

impl<'s, 'a> Prospect<'s, 'a> {
    /// What may become of a lead in a situation that is planned, with these points.
    pub fn new(program: &'a Program, situation: &'s Situation<'a>, scored: &'s Scored) -> Self {
        Prospect {
            program,
            situation,
            scored,
            stage: Known::given(None),
        }
    }

    fn truths(&self, condition: &Condition) -> Truths {
        condition::truths(self.program, condition, self, Mode::Possible)
    }

    /// Truths of the test of this index.
    pub fn test(&self, index: u16) -> Truths {
        self.truths(&Condition::Test(index))
    }

    fn disqualified(&self) -> Truths {
        let each = self.program.disqualifiers.iter();
        each.fold(Truths::FALSE, |any, when| any.or(self.truths(when)))
    }

    /// All destinations that are still possible.
    pub fn destinations(&mut self) -> Destinations {
        let mut found = 0;
        self.each_route(&mut |_, index, truths| {
            if truths.has(Truths::TRUE) {
                found |= bit(index);
            }
        });
        found
    }

    /// What undecided routes rest on.
    pub fn live(&mut self) -> Live {
        let mut live = Live::default();
        let program = self.program;
        for when in &program.disqualifiers {
            self.undecided(when, &mut live);
        }
        self.each_route(&mut |prospect, index, _| {
            if let Some(route) = program.routes.get(index) {
                prospect.undecided(&route.when, &mut live);
            }
        });
        live
    }

    /// Calls `visit` with each route that may be reached, for buyers and for the disqualified,
    /// and with what its condition may be; a fallback always holds.
    fn each_route(&mut self, visit: &mut dyn FnMut(&Self, usize, Truths)) {
        let disqualified = self.disqualified();
        for (is_disqualified, may_be) in [
            (true, disqualified.has(Truths::TRUE)),
            (false, disqualified != Truths::TRUE),
        ] {
            if may_be {
                self.stage = self.stages(is_disqualified);
                self.routes(is_disqualified, visit);
            }
        }
    }

    fn routes(&self, is_disqualified: bool, visit: &mut dyn FnMut(&Self, usize, Truths)) {
        for (index, route) in self.program.routes.iter().enumerate() {
            if route.for_disqualified == is_disqualified {
                let truths = self.truths(&route.when);
                visit(self, index, truths);
                if truths == Truths::TRUE {
                    return;
                }
            }
        }
        visit(self, self.program.fallback(is_disqualified), Truths::TRUE);
    }

    /// The stages that may be: one that people set, or the last that may hold and those before it
    /// as far as the later ones may fail.
    fn stages(&self, is_disqualified: bool) -> Known<'s> {
        let given = self
            .situation
            .look(&Subject::Fact(self.program.standard.stage));
        if given.value.is_some() || given.open != Open::Settled {
            return given;
        }
        let choice = |index: usize| Some(Value::Choice(index as u16));
        let mut stages = self.program.stages.iter().enumerate();
        if is_disqualified {
            let of_kind = stages.find(|(_, stage)| stage.kind == StageKind::Disqualified);
            return Known::given(of_kind.and_then(|(index, _)| choice(index)));
        }
        let mut may_be = 0;
        for (index, stage) in stages.rev().filter(|(_, stage)| stage.kind.is_suggested()) {
            let truths = stage
                .when
                .as_ref()
                .map_or(Truths::FALSE, |when| self.truths(when));
            if truths.has(Truths::TRUE) {
                may_be |= bit(index);
            }
            if truths == Truths::TRUE {
                return Known {
                    value: choice(index),
                    open: Open::Choices(may_be),
                };
            }
        }
        Known {
            value: None,
            open: Open::Choices(may_be),
        }
    }

    /// Notes the undecided tests of an undecided condition.
    fn undecided(&self, condition: &Condition, live: &mut Live) {
        if self.truths(condition).is_single() {
            return;
        }
        let parts = match condition {
            Condition::Test(index) => return self.note(*index, live),
            Condition::Not(of) => return self.undecided(of, live),
            Condition::AtLeast(of) => &of.of,
            Condition::All(of) | Condition::Any(of) => of,
        };
        parts.iter().for_each(|part| self.undecided(part, live));
    }

    fn note(&self, index: u16, live: &mut Live) {
        if live.tests.contains(&index) {
            return;
        }
        live.tests.push(index);
        let Some(test) = self.program.tests.get(usize::from(index)) else {
            return;
        };
        match test.subject {
            Subject::Score => live.axes = [true; 2],
            Subject::Points(axis) | Subject::Band(axis) => {
                if let Some(axis) = live.axes.get_mut(axis.index()) {
                    *axis = true;
                }
            }
            Subject::Stage => self.stages_behind(&test.check, live),
            _ => {}
        }
    }

    /// Notes what the stages rest on that a test tells apart: of stages at the beginning that it
    /// treats alike it does not matter which one holds.
    fn stages_behind(&self, check: &Check, live: &mut Live) {
        let Open::Choices(may_be) = self.stage.open else {
            return;
        };
        let mut first = self.stage.value.is_none().then_some(false);
        let mut apart = false;
        for (index, stage) in self.program.stages.iter().enumerate() {
            if may_be & bit(index) == 0 {
                continue;
            }
            let passes = condition::passes(check, &Value::Choice(index as u16));
            // No stage at all is neither: it is told apart from every other.
            apart |= *first.get_or_insert(passes) != passes || self.stage.value.is_none();
            if apart && let Some(when) = &stage.when {
                self.undecided(when, live);
            }
        }
    }
}

fn bit(index: usize) -> u64 {
    // Cards hold at most 50 routes and stages; what a damaged one holds beyond is lumped together.
    1 << index.min(63)
}

impl Look for Prospect<'_, '_> {
    fn look(&self, subject: &Subject) -> Known<'_> {
        match subject {
            Subject::Score => of_points(self.scored.total()),
            Subject::Points(axis) => of_points(self.scored.axis(*axis)),
            Subject::Band(axis) => {
                let bands = match axis {
                    Axis::Fit => &self.program.bands.0,
                    Axis::Engagement => &self.program.bands.1,
                };
                let points = self.scored.axis(*axis);
                let (best, worst) = (
                    route::band(bands, points.high),
                    route::band(bands, points.low),
                );
                Known {
                    value: Some(Value::Choice(worst as u16)),
                    open: Open::Choices((best..=worst).fold(0, |mask, index| mask | bit(index))),
                }
            }
            Subject::Stage => self.stage.clone(),
            other => self.situation.look(other),
        }
    }
}

fn of_points(points: Points) -> Known<'static> {
    Known {
        value: Some(Value::Number(points.now as f64)),
        open: Open::Points(points.low, points.high),
    }
}
