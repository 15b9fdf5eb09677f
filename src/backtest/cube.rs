//! Leads that move alike, counted together: what makes a slider follow the pointer.
//!
//! While points of one criterion or limits of one group move, a lead's score depends on what it
//! found there and on three sums that stand still. Leads for which all of this and the class are the
//! same move as one, however many they are.
//!
//! Where each lead stands is kept apart (`standing`): another boundary of the criterion that moves
//! changes nothing of it, another condition only the classes, so that leads are only counted again.

use super::leads::Leads;
use super::lookup::{Lookup, bounds};
use super::matches::Matches;
use super::plane::Plane;
use super::points::{axis_limit, within};
use super::rules::Rules;
use super::standing::{Standing, Still};
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

impl Lever {
    /// The criterion that moves.
    pub fn criterion(self) -> Option<usize> {
        match self {
            Lever::Criterion(index) => Some(index),
            Lever::Group(_) | Lever::Totals => None,
        }
    }

    /// The group whose limit may move.
    pub fn group(self, program: &Program) -> Option<usize> {
        match self {
            Lever::Criterion(index) => program.criteria.get(index)?.group.map(usize::from),
            Lever::Group(index) => Some(index),
            Lever::Totals => None,
        }
    }

    /// A number for its kind, and its index.
    pub fn code(self) -> (u8, u32) {
        match self {
            Lever::Criterion(index) => (0, index as u32),
            Lever::Group(index) => (1, index as u32),
            Lever::Totals => (2, 0),
        }
    }

    /// The lever with this code.
    pub fn of_code((kind, index): (u8, u32)) -> Lever {
        match kind {
            0 => Lever::Criterion(index as usize),
            1 => Lever::Group(index as usize),
            _ => Lever::Totals,
        }
    }

    /// The axis whose sums move.
    pub fn axis(self, program: &Program) -> Axis {
        let axis = match self {
            Lever::Criterion(index) => program.criteria.get(index).map(|of| of.axis),
            Lever::Group(index) => program.groups.get(index).map(|of| of.axis),
            Lever::Totals => None,
        };
        axis.unwrap_or(Axis::Fit)
    }
}

/// Leads that move as one.
#[derive(Clone, Debug)]
pub struct Bunch {
    /// What they have in common.
    pub stand: Stand,
    /// How many they are, by index of their outcome.
    pub leads: [u32; Outcome::ALL.len()],
    /// What those that were won brought, in minor units.
    pub revenue: i64,
    /// Decision before anything moved.
    pub before: u32,
}

/// Where leads stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// Their sums without what moves.
    sums: Still,
    /// Their class.
    pub class: u32,
    /// What they found in the criterion that moves.
    found: u32,
}

/// Numbers of 32 bits that a bunch is written as.
const WORDS: usize = 7 + Outcome::ALL.len();

impl Bunch {
    /// None yet that stand here.
    fn at(stand: Stand) -> Bunch {
        Bunch {
            stand,
            leads: Default::default(),
            revenue: 0,
            before: 0,
        }
    }

    fn add(&mut self, outcome: u8, revenue: i64) {
        if let Some(leads) = self.leads.get_mut(usize::from(outcome)) {
            *leads += 1;
        }
        self.revenue += revenue;
    }

    /// As it is handed over.
    pub fn to_bytes(&self) -> [[u8; 4]; WORDS] {
        let Stand { sums, class, found } = self.stand;
        let Still { group, axis, other } = sums;
        let [won, lost, disqualified, open] = self.leads;
        let revenue = self.revenue as u64;
        let revenue = [revenue as u32, (revenue >> 32) as u32];
        let stand = [group as u32, axis as u32, other as u32, class, found];
        let [group, axis, other, class, found] = stand;
        let [low, high] = revenue;
        let words = [
            group,
            axis,
            other,
            class,
            found,
            won,
            lost,
            disqualified,
            open,
            low,
            high,
        ];
        words.map(u32::to_le_bytes)
    }

    /// As it was handed over.
    pub fn from_bytes(bytes: &[[u8; 4]; WORDS]) -> Bunch {
        let words = bytes.map(u32::from_le_bytes);
        let [group, axis, other, class, found, leads @ .., low, high] = words;
        let [group, axis, other] = [group, axis, other].map(|sum| sum as i32);
        let sums = Still { group, axis, other };
        Bunch {
            leads,
            revenue: (u64::from(low) | u64::from(high) << 32) as i64,
            ..Bunch::at(Stand { sums, class, found })
        }
    }
}

/// All leads in bunches, for one lever.
#[derive(Clone, Debug)]
pub struct Cube {
    /// What moves.
    pub lever: Lever,
    /// The bunches.
    pub bunches: Vec<Bunch>,
}

impl Cube {
    /// Bunches leads by where they stand. `points` are those of all that was found in the criterion
    /// that moves, here and below.
    pub fn new(
        program: &Program,
        leads: &Leads,
        matches: &Matches,
        rules: &Rules,
        points: &[i32],
        standing: &Standing,
    ) -> Cube {
        let lever = standing.lever;
        let matched = lever
            .criterion()
            .and_then(|index| matches.criteria.get(index));
        let nothing = Plane::default();
        let (found, founds) =
            matched.map_or((&nothing, 1), |matched| (&matched.of, matched.found.len()));
        let mut bunches: Vec<Bunch> = Vec::new();
        // One more than the index of the bunch of the place that found this; 0 where none has.
        let mut bunch_of = vec![0_usize; founds];
        let mut from = 0;
        for ([sums, class], end) in &standing.places {
            let others = bunches.len();
            let rows = standing.order.get(from as usize..*end as usize);
            from = *end;
            for row in rows.unwrap_or_default() {
                let row = *row as usize;
                let found = found.get(row);
                let Some(bunch) = bunch_of.get_mut(found as usize) else {
                    continue;
                };
                if *bunch == 0 {
                    let sums = standing.sums.get(*sums as usize);
                    bunches.push(Bunch::at(Stand {
                        sums: sums.copied().unwrap_or_default(),
                        class: *class,
                        found,
                    }));
                    *bunch = bunches.len();
                }
                if let Some(bunch) = bunches.get_mut(*bunch - 1) {
                    let outcome = leads
                        .outcomes
                        .get(row)
                        .copied()
                        .unwrap_or(Outcome::Open as u8);
                    bunch.add(outcome, leads.revenue_of(row));
                }
            }
            for bunch in bunches.iter().skip(others) {
                if let Some(of) = bunch_of.get_mut(bunch.stand.found as usize) {
                    *of = 0;
                }
            }
        }
        let mut cube = Cube { lever, bunches };
        cube.begin(program, rules, points);
        cube
    }

    /// From now on leads move from where they are.
    pub fn begin(&mut self, program: &Program, rules: &Rules, points: &[i32]) {
        let points = self.all_points(program, points);
        let lookup = Lookup::new(
            rules,
            bounds(points.iter().map(|(fit, _)| *fit)),
            bounds(points.iter().map(|(_, engagement)| *engagement)),
        );
        for (bunch, (fit, engagement)) in self.bunches.iter_mut().zip(points) {
            bunch.before = lookup.decide(bunch.stand.class, fit, engagement);
        }
    }

    /// Fit and engagement of all bunches.
    pub fn all_points(&self, program: &Program, points: &[i32]) -> Vec<(i32, i32)> {
        let group = self.lever.group(program);
        let group = group.and_then(|index| program.groups.get(index));
        let axis = self.lever.axis(program);
        let limits = [Axis::Fit, Axis::Engagement].map(|axis| axis_limit(program, axis));
        let of = |bunch: &Bunch| {
            let Stand { found, sums, .. } = &bunch.stand;
            let own = points.get(*found as usize).copied().unwrap_or(0);
            let own = group.map_or(own, |group| within(&group.limit, sums.group + own));
            let (fit, engagement) = match axis {
                Axis::Fit => (sums.axis + own, sums.other),
                Axis::Engagement => (sums.other, sums.axis + own),
            };
            let [of_fit, of_engagement] = limits;
            (within(of_fit, fit), within(of_engagement, engagement))
        };
        self.bunches.iter().map(of).collect()
    }
}
