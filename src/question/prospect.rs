//! Where a lead may yet go: disqualifiers, bands, stages and routes, each for all that facts may
//! still be.
//!
//! Parts are treated as independent, so a destination may be kept that no answers reach; none that
//! some reach is dropped.

use alloc::vec::Vec;

use crate::condition::{self, Known, Look, Mode, Open, Truths, Value};
use crate::program::{AskUntil, Axis, Check, Condition, Program, Subject};
use crate::route::{self, Decision, Stage};
use crate::score::{Points, Scored};
use crate::situation::Situation;

/// Where a lead may go: its route, among whom that deals it, and its stage where the scorecard asks
/// until that is certain. Each is told apart by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Destinations {
    /// Routes of the program, then its two fallbacks, as a mask.
    pub routes: u64,
    /// Routes among whose owners it is open whom they deal to, as a mask.
    pub open: u64,
    /// Stages, then none and disqualified, as a mask; nothing where they do not count.
    pub stages: u64,
}

impl Destinations {
    /// At least how many they are.
    pub fn count(self) -> u32 {
        let owners = (self.routes & self.open).count_ones();
        self.routes.count_ones() + owners + self.stages.count_ones().saturating_sub(1)
    }

    /// What is in both.
    pub fn and(self, other: Self) -> Self {
        Destinations {
            routes: self.routes & other.routes,
            open: self.open & other.open,
            stages: self.stages & other.stages,
        }
    }

    /// What is in either.
    pub fn or(self, other: Self) -> Self {
        Destinations {
            routes: self.routes | other.routes,
            open: self.open | other.open,
            stages: self.stages | other.stages,
        }
    }

    /// Where a decision leads.
    pub fn decided(program: &Program, decision: &Decision) -> Self {
        Destinations {
            routes: bit(decision.route().0),
            open: 0,
            stages: counted(program, bit(decision.stage.place(program).into())),
        }
    }
}

/// Stages as far as the scorecard asks for them.
fn counted(program: &Program, stages: u64) -> u64 {
    match program.ask_until {
        AskUntil::Route => 0,
        AskUntil::Stage => stages,
    }
}

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
        let mut found = Destinations::default();
        self.each_route(&mut |prospect, index, truths| {
            if truths.has(Truths::TRUE) {
                found.routes |= bit(index);
                found.stages |= counted(prospect.program, prospect.may_be());
                if prospect.is_open(index, &mut |_| {}) {
                    found.open |= bit(index);
                }
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
            prospect.is_open(index, &mut |territory| {
                prospect.undecided(territory, &mut live)
            });
            if program.ask_until == AskUntil::Stage {
                prospect.stages_behind(None, &mut live);
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

    /// Whether answers may yet change whom the queues of a route deal to; calls `visit` with the
    /// territories in them.
    fn is_open(&self, route: usize, visit: &mut dyn FnMut(&Condition)) -> bool {
        let people = &self.program.people;
        let facts = &self.program.standard;
        let mut open = false;
        for step in self.program.plan(route) {
            let Some(queue) = people.queue(step[0]) else {
                continue;
            };
            for [owner, _] in queue.members {
                if let Some(territory) = people.owner(*owner).and_then(|owner| owner.territory) {
                    let truths = self.truths(territory);
                    open |= truths.has(Truths::TRUE) && truths != Truths::TRUE;
                    visit(territory);
                }
            }
            // An account goes before: whose company it is hangs on these two.
            for fact in [facts.domain, facts.email] {
                open |= people.accounts().is_some() && self.situation.may_change(fact);
            }
        }
        open
    }

    /// The stages that may be: one that people set, or the last that may hold and those before it
    /// as far as the later ones may fail.
    fn stages(&self, is_disqualified: bool) -> Known<'s> {
        let program = self.program;
        let given = Subject::Fact(program.standard.stage);
        let given = self.situation.look(&given);
        if given.value.is_some() || given.open != Open::Settled {
            return given;
        }
        let mut may_be = 0;
        let mut stage = Stage::None;
        if is_disqualified {
            stage = Stage::disqualified(program);
        } else {
            for (index, when) in route::suggested(program) {
                let truths = self.truths(when);
                if truths.has(Truths::TRUE) {
                    may_be |= bit(index);
                }
                if truths == Truths::TRUE {
                    stage = Stage::Suggested(index);
                    break;
                }
            }
        }
        let place = stage.place(program);
        Known {
            value: Some(Value::Choice(place)),
            open: Open::Choices(may_be | bit(place.into())),
        }
    }

    /// The stages that may be, as a mask.
    fn may_be(&self) -> u64 {
        match (&self.stage.value, self.stage.open) {
            (_, Open::Choices(mask)) => mask,
            (Some(Value::Choice(place)), Open::Settled) => bit((*place).into()),
            _ => u64::MAX,
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
            Subject::Stage => self.stages_behind(Some(&test.check), live),
            _ => {}
        }
    }

    /// Notes what the stages rest on that a test tells apart, or all of them: of stages at the
    /// beginning that it treats alike it does not matter which one holds.
    fn stages_behind(&self, check: Option<&Check>, live: &mut Live) {
        let Open::Choices(may_be) = self.stage.open else {
            return;
        };
        let none = Stage::None.place(self.program);
        let mut first = (may_be & bit(none.into()) != 0).then_some(false);
        let mut apart = check.is_none();
        for (index, stage) in self.program.stages.iter().enumerate() {
            if may_be & bit(index) == 0 {
                continue;
            }
            let value = Value::Choice(index as u16);
            let passes = check.is_some_and(|check| condition::passes(check, &value));
            apart |= *first.get_or_insert(passes) != passes;
            if apart && let Some(when) = &stage.when {
                self.undecided(when, live);
            }
        }
    }
}

fn bit(index: usize) -> u64 {
    // Cards hold at most 50 routes and 50 stages; what a damaged one holds beyond is lumped together.
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
