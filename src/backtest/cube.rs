//! Leads that move alike, counted together: what makes a slider follow the pointer.
//!
//! While points of one criterion or limits of one group move, a lead's score depends on what it
//! found there and on three sums that stand still. Leads for which all of this, the class and the
//! outcome are the same move as one, however many they are.

use super::index::{Index, hash_number};
use super::leads::Leads;
use super::matches::Matches;
use super::plane::Plane;
use super::points::{self, Sums, axis_limit, within};
use super::rules::Rules;
use crate::program::{Axis, Program};

/// What may move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lever {
    /// Points and limit of a criterion, and the limit of its group.
    Criterion(usize),
    /// The limit of a group.
    Group(usize),
    /// Limits of axes, bands and thresholds.
    Totals,
}

/// Leads that move as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bunch {
    /// What they found in the criterion that moves.
    pub found: u32,
    /// Points of their group, without the criterion that moves.
    pub group: i32,
    /// Points of the axis that moves, without what moves.
    pub axis: i32,
    /// Points of the other axis.
    pub other: i32,
    /// Their class.
    pub class: u32,
    /// Index of their outcome.
    pub outcome: u8,
    /// How many they are.
    pub leads: u32,
    /// What those that were won brought, in minor units.
    pub revenue: i64,
    /// Decision before anything moved.
    pub before: u32,
}

/// All leads in bunches, for one lever.
#[derive(Clone, Debug)]
pub struct Cube {
    lever: Lever,
    axis: Axis,
    group: Option<usize>,
    /// The bunches.
    pub bunches: Vec<Bunch>,
}

/// Leads that are added up at a time: their sums stay in the processor's cache.
const CHUNK: usize = 8192;

impl Cube {
    /// Bunches leads for a lever. `tables` are the points of all that was found.
    pub fn new(
        program: &Program,
        leads: &Leads,
        matches: &Matches,
        rules: &Rules,
        tables: &[Vec<i32>],
        lever: Lever,
    ) -> Cube {
        let (axis, group) = match lever {
            Lever::Criterion(index) => {
                let criterion = program.criteria.get(index);
                let group = criterion
                    .and_then(|criterion| criterion.group)
                    .map(usize::from);
                (
                    criterion.map_or(Axis::Fit, |criterion| criterion.axis),
                    group,
                )
            }
            Lever::Group(index) => (
                program
                    .groups
                    .get(index)
                    .map_or(Axis::Fit, |group| group.axis),
                Some(index),
            ),
            Lever::Totals => (Axis::Fit, None),
        };
        let mut cube = Cube {
            lever,
            axis,
            group,
            bunches: Vec::new(),
        };
        let moving = cube.criterion();
        let nothing = Plane::default();
        let found = moving
            .and_then(|index| matches.criteria.get(index))
            .map_or(&nothing, |matched| &matched.of);
        let mut index = Index::default();
        let mut sums = Sums::default();
        for from in (0..leads.rows).step_by(CHUNK) {
            let to = (from + CHUNK).min(leads.rows);
            points::sums(program, matches, tables, (from, to), moving, &mut sums);
            points::add_groups(program, &mut sums, group);
            let (moves, stands) = match (&sums.axes, axis) {
                ([fit, engagement], Axis::Fit) => (fit, engagement),
                ([fit, engagement], Axis::Engagement) => (engagement, fit),
            };
            for (place, row) in (from..to).enumerate() {
                let of = |sums: &[i32]| sums.get(place).copied().unwrap_or(0);
                let outcome = leads.outcomes.get(row).copied().unwrap_or(3);
                let won = outcome == super::wording::Outcome::Won as u8;
                let bunch = Bunch {
                    found: found.get(row),
                    group: group
                        .and_then(|group| sums.groups.get(group))
                        .map_or(0, |group| of(group)),
                    axis: of(moves),
                    other: of(stands),
                    class: rules.class_of.get(row),
                    outcome,
                    leads: 1,
                    revenue: leads.revenue.get(row).copied().filter(|_| won).unwrap_or(0),
                    before: 0,
                };
                cube.add(&mut index, bunch);
            }
        }
        let moved = moving.and_then(|index| tables.get(index));
        let before: Vec<u32> = cube
            .bunches
            .iter()
            .map(|bunch| {
                let (fit, engagement) =
                    cube.points(program, moved.map_or(&[], Vec::as_slice), bunch);
                rules.decide(bunch.class as usize, fit, engagement)
            })
            .collect();
        for (bunch, before) in cube.bunches.iter_mut().zip(before) {
            bunch.before = before;
        }
        cube
    }

    /// What it was made for.
    pub fn lever(&self) -> Lever {
        self.lever
    }

    /// The criterion that moves.
    pub fn criterion(&self) -> Option<usize> {
        match self.lever {
            Lever::Criterion(index) => Some(index),
            Lever::Group(_) | Lever::Totals => None,
        }
    }

    fn add(&mut self, index: &mut Index, bunch: Bunch) {
        let sums = (bunch.group as u32 as u64) << 42
            ^ (bunch.axis as u32 as u64) << 21
            ^ bunch.other as u32 as u64;
        let rest =
            u64::from(bunch.class) << 34 ^ u64::from(bunch.found) << 2 ^ u64::from(bunch.outcome);
        let hash = hash_number(sums ^ rest.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let bunches = &mut self.bunches;
        let same = |code: u32| {
            bunches.get(code as usize).is_some_and(|other| {
                other.found == bunch.found
                    && other.group == bunch.group
                    && other.axis == bunch.axis
                    && other.other == bunch.other
                    && other.class == bunch.class
                    && other.outcome == bunch.outcome
            })
        };
        match index
            .find(hash, same)
            .and_then(|code| bunches.get_mut(code as usize))
        {
            Some(known) => {
                known.leads += 1;
                known.revenue += bunch.revenue;
            }
            None => {
                index.insert(hash, bunches.len() as u32);
                bunches.push(bunch);
            }
        }
    }

    /// Fit and engagement of a bunch. `moving` are the points of all that was found in the
    /// criterion that moves.
    pub fn points(&self, program: &Program, moving: &[i32], bunch: &Bunch) -> (i32, i32) {
        let own = moving.get(bunch.found as usize).copied().unwrap_or(0);
        let group = self.group.and_then(|index| program.groups.get(index));
        let own = group.map_or(own, |group| within(&group.limit, bunch.group + own));
        let (fit, engagement) = match self.axis {
            Axis::Fit => (bunch.axis + own, bunch.other),
            Axis::Engagement => (bunch.other, bunch.axis + own),
        };
        (
            within(axis_limit(program, Axis::Fit), fit),
            within(axis_limit(program, Axis::Engagement), engagement),
        )
    }
}
