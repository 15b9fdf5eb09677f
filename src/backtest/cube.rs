//! Leads that move alike, counted together: what makes a slider follow the pointer.
//!
//! While points of one criterion or limits of one group move, a lead's score depends on what it
//! found there and on three sums that stand still. Leads for which all of this and the class are the
//! same move as one, however many they are.

use super::index::{Index, hash_number};
use super::leads::Leads;
use super::lookup::{Lookup, bounds};
use super::matches::Matches;
use super::plane::Plane;
use super::points::{self, Sums, axis_limit, within};
use super::rules::Rules;
use super::wording::Outcome;
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// How many they are, by index of their outcome.
    pub leads: [u32; Outcome::ALL.len()],
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
            let group = group.and_then(|group| sums.groups.get(group));
            for (place, row) in (from..to).enumerate() {
                let of = |sums: &[i32]| sums.get(place).copied().unwrap_or(0);
                let outcome = leads.outcomes.get(row).copied();
                let outcome = outcome.unwrap_or(Outcome::Open as u8);
                let bunch = cube.bunch(
                    &mut index,
                    Bunch {
                        found: found.get(row),
                        group: group.map_or(0, |group| of(group)),
                        axis: of(moves),
                        other: of(stands),
                        class: rules.class_of.get(row),
                        ..Bunch::default()
                    },
                );
                let Some(bunch) = bunch else { continue };
                if let Some(leads) = bunch.leads.get_mut(usize::from(outcome)) {
                    *leads += 1;
                }
                if outcome == Outcome::Won as u8 {
                    bunch.revenue += leads.revenue.get(row).copied().unwrap_or(0);
                }
            }
        }
        let moved = moving.and_then(|index| tables.get(index));
        let points = cube.all_points(program, moved.map_or(&[], Vec::as_slice));
        let lookup = Lookup::new(
            rules,
            bounds(points.iter().map(|(fit, _)| *fit)),
            bounds(points.iter().map(|(_, engagement)| *engagement)),
        );
        for (bunch, (fit, engagement)) in cube.bunches.iter_mut().zip(points) {
            bunch.before = lookup.decide(bunch.class, fit, engagement);
        }
        cube
    }

    /// The criterion that moves.
    pub fn criterion(&self) -> Option<usize> {
        match self.lever {
            Lever::Criterion(index) => Some(index),
            Lever::Group(_) | Lever::Totals => None,
        }
    }

    /// The bunch of leads that move as this one; a new one where there is none.
    fn bunch(&mut self, index: &mut Index, bunch: Bunch) -> Option<&mut Bunch> {
        let sums = (bunch.group as u32 as u64) << 42
            ^ (bunch.axis as u32 as u64) << 21
            ^ bunch.other as u32 as u64;
        let rest = u64::from(bunch.class) << 32 ^ u64::from(bunch.found);
        let hash = hash_number(sums ^ rest.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let bunches = &mut self.bunches;
        let same = |code: u32| {
            bunches.get(code as usize).is_some_and(|other| {
                other.found == bunch.found
                    && other.group == bunch.group
                    && other.axis == bunch.axis
                    && other.other == bunch.other
                    && other.class == bunch.class
            })
        };
        let code = index.find(hash, same).unwrap_or_else(|| {
            let code = bunches.len() as u32;
            index.insert(hash, code);
            bunches.push(bunch);
            code
        });
        bunches.get_mut(code as usize)
    }

    /// Fit and engagement of all bunches. `moving` are the points of all that was found in the
    /// criterion that moves.
    pub fn all_points(&self, program: &Program, moving: &[i32]) -> Vec<(i32, i32)> {
        let points = |bunch| self.points(program, moving, bunch);
        self.bunches.iter().map(points).collect()
    }

    fn points(&self, program: &Program, moving: &[i32], bunch: &Bunch) -> (i32, i32) {
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
