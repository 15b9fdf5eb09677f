//! Past leads against a scorecard: a million of them, judged again while a slider moves.
//!
//! A file becomes columns of distinct cells ([`Import`], [`Leads`]). Each criterion and each test is
//! worked out once for every combination of cells that it depends on (`plan`, `reader`, by the very
//! engine that judges one lead), which leaves for every lead small numbers: what it found in each
//! criterion, and a class of conditions that hold (`matches`). From there on points are looked up
//! and added (`points`), decisions are a table (`rules`), and leads that move alike are counted
//! together (`cube`, `tally`).
//!
//! INVARIANT: every lead is judged as `verdict::evaluate` judges it at its own time; a property test
//! compares them.

mod addresses;
mod alike;
mod cells;
mod columns;
mod cube;
mod dates;
mod distinct;
mod encoding;
mod import;
mod index;
mod intervals;
mod judged;
mod lanes;
mod leads;
mod lookup;
mod matches;
mod moving;
mod plan;
mod plane;
mod points;
mod reader;
mod rules;
mod split;
mod standing;
pub mod stats;
mod tally;
mod trouble;
mod tuples;
pub mod view;
mod wording;

pub use columns::{Because, Choices, Column, Role};
pub use cube::Lever;
pub use import::Import;
pub use judged::Judged;
pub use leads::Leads;
pub use moving::Moving;
pub use rules::{DISQUALIFIED, Decision, NO_STAGE};
pub use tally::{Count, Histogram, Moved, Tally, expected, is_qualified};
pub use trouble::{Trouble, Troubles};
pub use wording::Outcome;

use crate::card::Card;
use crate::program::Program;
use core::ops::Range;
use cube::Cube;
use matches::Matches;
use plan::Plan;
use reader::Reader;
use rules::Rules;
use standing::Standing;
use std::cell::OnceCell;
use std::sync::Arc;

/// Past leads and the scorecard that judges them.
pub struct Backtest {
    leads: Leads,
    card: Card,
    plan: Plan,
    matches: Matches,
    rules: Rules,
    tables: Vec<Vec<i32>>,
    /// What was taken to move, or moved last.
    lever: Option<Lever>,
    /// Where leads stand while that is all that moves.
    standing: Option<Standing>,
    /// And in bunches.
    cube: Option<Cube>,
    /// By criterion, once somebody asked: points change nothing about it.
    bins: Vec<OnceCell<Vec<Count>>>,
}

impl Backtest {
    /// Judges `leads` by `card`.
    pub fn new(card: Card, leads: Leads) -> Self {
        let plan = Plan::new(&card, &leads);
        let matches = matches::matches(&card, &leads, &plan, None);
        let rules = Rules::new(&card.program, &matches);
        let tables = tables(&card.program, &matches);
        Backtest {
            bins: vec![OnceCell::new(); matches.criteria.len()],
            leads,
            card,
            plan,
            matches,
            rules,
            tables,
            lever: None,
            standing: None,
            cube: None,
        }
    }

    /// The leads.
    pub fn leads(&self) -> &Leads {
        &self.leads
    }

    /// The leads again, for another scorecard that reads other columns of them.
    pub fn into_leads(self) -> Leads {
        self.leads
    }

    /// The scorecard.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// Decisions that occur, by index.
    pub fn decisions(&self) -> &[Decision] {
        self.rules.decisions()
    }

    /// Makes ready for something to move.
    pub fn take(&mut self, lever: Lever) {
        self.hold(Some(lever));
        let (program, matches, rules) = (&self.card.program, &self.matches, &self.rules);
        let (leads, tables) = (&self.leads, &self.tables);
        let points = points_of(lever, tables);
        match &mut self.cube {
            // It was let go and is taken again.
            Some(cube) => cube.begin(program, rules, points),
            cube => {
                let add_up = || Standing::new(program, matches, rules, tables, lever);
                let standing = self.standing.get_or_insert_with(add_up);
                *cube = Some(Cube::new(program, leads, matches, rules, points, standing));
            }
        }
    }

    /// Goes on with this lever, and forgets what was made for another one.
    fn hold(&mut self, lever: Option<Lever>) {
        if lever != self.lever {
            (self.lever, self.standing, self.cube) = (lever, None, None);
        }
    }

    /// Goes on with an edited card. What the edit does not touch is not matched again, and where
    /// only the lever moved that was taken or moved before, nothing is bunched again.
    pub fn follow(&mut self, card: Card) {
        if matches_alike(&self.card.program, &card.program) {
            self.hold(self.lever_of(&card.program));
            self.card = card;
            self.rules.follow(&self.card.program);
        } else {
            let plan = Plan::new(&card, &self.leads);
            let before = Some((&self.card.program, &self.matches))
                .filter(|_| plan.inputs == self.plan.inputs);
            let matches = matches::matches(&card, &self.leads, &plan, before);
            self.hold_edited(&card.program, &matches);
            self.bins = self.bins_of(&matches);
            let rules = Rules::new(&card.program, &matches);
            if let Some(standing) = &mut self.standing
                && rules.class_of != self.rules.class_of
            {
                standing.classify(&rules);
            }
            self.rules = rules;
            (self.card, self.plan, self.matches) = (card, plan, matches);
        }
        self.tables = tables(&self.card.program, &self.matches);
    }

    /// What was edited is what will be edited and moved next: leads are bunched for the one criterion
    /// that is another, and where that is the lever or none is, they stand where they stood.
    fn hold_edited(&mut self, program: &Program, matches: &Matches) {
        self.cube = None;
        if self.matches.criteria.len() != matches.criteria.len() {
            return self.hold(None);
        }
        let found = self.matches.criteria.iter().zip(&matches.criteria);
        let edited = found.map(|(before, after)| !Arc::ptr_eq(before, after));
        let edited = edited.enumerate().filter(|(_, is_edited)| *is_edited);
        let edited: Vec<usize> = edited.map(|(index, _)| index).collect();
        let lever = match edited.as_slice() {
            [one] => Some(Lever::Criterion(*one)),
            _ => self.lever,
        };
        let stands = |lever| edited.len() < 2 && stays(lever, &self.card.program, program);
        if lever != self.lever || !lever.is_some_and(stands) {
            (self.lever, self.standing) = (lever, None);
        }
    }

    /// The lever that moves from this program to another: the one that was taken, if it is that.
    fn lever_of(&self, after: &Program) -> Option<Lever> {
        let others = [Lever::Totals]
            .into_iter()
            .chain((0..after.groups.len()).map(Lever::Group))
            .chain((0..after.criteria.len()).map(Lever::Criterion));
        let mut levers = self.lever.into_iter().chain(others);
        levers.find(|lever| stays(*lever, &self.card.program, after))
    }

    /// The counts by bin of criteria that stay as they were.
    fn bins_of(&self, matches: &Matches) -> Vec<OnceCell<Vec<Count>>> {
        let counted = |matched: &Arc<_>| {
            let same = |other: &Arc<_>| Arc::ptr_eq(matched, other);
            let place = self.matches.criteria.iter().position(same);
            place.and_then(|place| self.bins.get(place)).cloned()
        };
        let criteria = matches.criteria.iter();
        criteria
            .map(|matched| counted(matched).unwrap_or_default())
            .collect()
    }

    /// In how many bunches the leads move.
    pub fn bunches(&self) -> usize {
        self.cube.as_ref().map_or(0, |cube| cube.bunches.len())
    }

    /// Counts all leads as they stand now.
    pub fn tally(&mut self) -> Tally {
        if self.cube.is_none() {
            self.take(self.lever.unwrap_or(Lever::Totals));
        }
        let program = &self.card.program;
        let Some(cube) = &self.cube else {
            return Tally::default();
        };
        let points = points_of(cube.lever, &self.tables);
        tally::of_bunches(program, &self.rules, cube, points)
    }

    /// Judges every lead.
    pub fn judge(&self) -> Judged {
        self.judge_some(0..self.leads.rows)
    }

    /// Judges these leads alone, in this order.
    fn judge_rows(&self, rows: impl Iterator<Item = usize>) -> Judged {
        rows.fold(Judged::default(), |mut judged, row| {
            let mut one = self.judge_some(row..row + 1);
            judged.fit.append(&mut one.fit);
            judged.engagement.append(&mut one.engagement);
            judged.decision.append(&mut one.decision);
            judged
        })
    }

    /// Judges the leads of these rows.
    fn judge_some(&self, rows: Range<usize>) -> Judged {
        let program = &self.card.program;
        judged::judge(program, &self.matches, &self.rules, &self.tables, rows)
    }

    /// Cells that mean nothing to the scorecard, beside what [`Leads::troubles`] has.
    pub fn unread(&self) -> Troubles {
        Reader::new(&self.card.program, &self.leads, &self.plan).troubles()
    }

    /// The whole verdict on a lead, as canonical JSON.
    pub fn verdict(&self, row: usize) -> Option<String> {
        let reader = Reader::new(&self.card.program, &self.leads, &self.plan);
        let now = self.leads.judged_at(row).unwrap_or(0);
        let verdict = self.card.evaluate(&reader.lead(row), now).ok()?;
        Some(verdict.to_json())
    }

    /// Judges every lead by another card, and the decisions that it makes.
    pub fn judge_by(&self, card: &Card) -> (Judged, Vec<Decision>) {
        let program = &card.program;
        let judge = |matches: &Matches, rules: &Rules| {
            let tables = tables(program, matches);
            let judged = judged::judge(program, matches, rules, &tables, 0..self.leads.rows);
            (judged, rules.decisions().to_vec())
        };
        if matches_alike(&self.card.program, program) {
            let mut rules = self.rules.clone();
            rules.follow(program);
            return judge(&self.matches, &rules);
        }
        let plan = Plan::new(card, &self.leads);
        let matches = matches::matches(card, &self.leads, &plan, None);
        judge(&matches, &Rules::new(program, &matches))
    }

    /// Indices of the criteria and of the tests that no column of the file tells anything of.
    pub fn untold(&self) -> (&[usize], &[usize]) {
        let unit = self.plan.untold();
        unit.map_or((&[], &[]), |unit| (&unit.criteria, &unit.tests))
    }

    /// How many leads found which bin of each criterion, by outcome; unknown last.
    pub fn bins(&self) -> impl Iterator<Item = &[Count]> {
        (0..self.bins.len()).map(|index| self.bins_at(index))
    }

    /// How many leads found which bin of a criterion, by outcome; unknown last.
    fn bins_at(&self, index: usize) -> &[Count] {
        let count = || judged::bins(&self.card.program, &self.leads, &self.matches, index);
        let bins = self.bins.get(index);
        bins.map_or(&[], |bins| bins.get_or_init(count))
    }

    /// The first criterion of which nobody asked that yet.
    fn not_counted(&self) -> Option<usize> {
        self.bins.iter().position(|bins| bins.get().is_none())
    }
}

/// Points of all that was found in the criterion that moves.
fn points_of(lever: Lever, tables: &[Vec<i32>]) -> &[i32] {
    let table = lever.criterion().and_then(|index| tables.get(index));
    table.map_or(&[], Vec::as_slice)
}

fn tables(program: &Program, matches: &Matches) -> Vec<Vec<i32>> {
    let criteria = program.criteria.iter().zip(&matches.criteria);
    criteria
        .map(|(criterion, matched)| points::table(criterion, &matched.found))
        .collect()
}

/// Whether all leads find the same by both programs: they differ in points, limits and the
/// constants of score tests at most.
fn matches_alike(before: &Program, after: &Program) -> bool {
    let criteria = before.criteria.iter().zip(&after.criteria);
    before.criteria.len() == after.criteria.len()
        && criteria.into_iter().all(|(before, after)| {
            before.subject == after.subject
                && before.finder == after.finder
                && before.decay == after.decay
        })
        && before.facts == after.facts
        && before.standard == after.standard
        && before.measures == after.measures
        && before.questions == after.questions
        && before.target_departments == after.target_departments
        && same_conditions(before, after)
}

/// Whether conditions differ in the constants of score tests at most.
fn same_conditions(before: &Program, after: &Program) -> bool {
    let stages = |program: &Program| -> Vec<_> {
        program
            .stages
            .iter()
            .map(|stage| (stage.kind, stage.when.clone()))
            .collect()
    };
    let segments = |program: &Program| -> Vec<_> {
        let segments = program.value.iter().flat_map(|value| &value.segments);
        segments.map(|segment| segment.when.clone()).collect()
    };
    matches::tests_alike(before, after)
        && before.disqualifiers == after.disqualifiers
        && before.routes == after.routes
        && stages(before) == stages(after)
        && segments(before) == segments(after)
        && before.bands.0.len() == after.bands.0.len()
        && before.bands.1.len() == after.bands.1.len()
}

/// Whether the bunches of a lever stay as they are: nothing moved but what it moves.
fn stays(lever: Lever, before: &Program, after: &Program) -> bool {
    let moves = |index: usize| lever == Lever::Criterion(index);
    let group_of = match lever {
        Lever::Criterion(index) => after
            .criteria
            .get(index)
            .and_then(|criterion| criterion.group)
            .map(usize::from),
        Lever::Group(index) => Some(index),
        Lever::Totals => None,
    };
    let criteria = before.criteria.iter().zip(&after.criteria).enumerate();
    let groups = before.groups.iter().zip(&after.groups).enumerate();
    criteria.into_iter().all(|(index, (before, after))| {
        let placed = before.axis == after.axis && before.group == after.group;
        let still = before.bins == after.bins
            && before.unknown == after.unknown
            && before.limit == after.limit;
        placed && (still || moves(index))
    }) && before.groups.len() == after.groups.len()
        && groups.into_iter().all(|(index, (before, after))| {
            before.axis == after.axis && (before.limit == after.limit || group_of == Some(index))
        })
}
