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
    /// What they found in the criterion that moves.
    found: u32,
    /// Points of their group, without the criterion that moves.
    group: i32,
    /// Points of the axis that moves, without what moves.
    axis: i32,
    /// Points of the other axis.
    other: i32,
    /// Their class.
    pub class: u32,
}

impl Stand {
    fn hash(&self) -> u64 {
        let sums = (self.group as u32 as u64) << 42
            ^ (self.axis as u32 as u64) << 21
            ^ self.other as u32 as u64;
        let rest = u64::from(self.class) << 32 ^ u64::from(self.found);
        hash_number(sums ^ rest.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }
}

/// All leads in bunches, for one lever.
#[derive(Clone, Debug)]
pub struct Cube {
    /// What moves.
    pub lever: Lever,
    axis: Axis,
    group: Option<usize>,
    /// The bunches.
    pub bunches: Vec<Bunch>,
}

/// Sums of all leads that stand still.
#[derive(Default)]
struct Stands {
    /// Empty where no group moves.
    group: Vec<i32>,
    axis: Vec<i32>,
    other: Vec<i32>,
}

/// Where leads that stand alike have their bunch.
enum Places {
    /// By all places where leads could stand, where those are few: nothing has to be compared.
    All(All),
    /// By hash.
    Some(Index),
}

/// One more than the index of the bunch of each place; 0 where there is none.
struct All {
    bunches: Vec<u32>,
    group: Span,
    axis: Span,
    other: Span,
    classes: usize,
}

/// From the least number on.
#[derive(Clone, Copy)]
struct Span {
    low: i32,
    count: usize,
}

impl Span {
    fn of(numbers: &[i32]) -> Span {
        let bounds = bounds(numbers.iter().copied());
        Span {
            low: *bounds.start(),
            count: bounds.end().abs_diff(*bounds.start()) as usize + 1,
        }
    }

    fn place(self, number: i32) -> usize {
        number.wrapping_sub(self.low) as u32 as usize
    }
}

/// Most places that are kept for all: they take 16 MB.
const MOST_PLACES: usize = 1 << 22;

impl Places {
    fn new(stands: &Stands, found: &Plane, class_of: &Plane) -> Places {
        let [group, axis, other] = [&stands.group, &stands.axis, &stands.other];
        let [group, axis, other] = [group, axis, other].map(|of| Span::of(of));
        let (founds, classes) = (found.end(), class_of.end());
        let counts = [founds, group.count, axis.count, other.count, classes];
        let places = counts
            .into_iter()
            .try_fold(1_usize, |places, count| places.checked_mul(count));
        match places.filter(|places| *places <= MOST_PLACES) {
            Some(places) => Places::All(All {
                bunches: vec![0; places],
                group,
                axis,
                other,
                classes,
            }),
            None => Places::Some(Index::default()),
        }
    }

    /// Index of the bunch of leads that stand here; a new one where there is none.
    fn of(&mut self, stand: Stand, bunches: &mut Vec<Bunch>) -> usize {
        let new = |bunches: &mut Vec<Bunch>| {
            bunches.push(Bunch {
                stand,
                leads: Default::default(),
                revenue: 0,
                before: 0,
            });
            bunches.len() as u32 - 1
        };
        match self {
            Places::All(all) => {
                let group = all.group.place(stand.group);
                let place = stand.found as usize * all.group.count + group;
                let place = place * all.axis.count + all.axis.place(stand.axis);
                let place = place * all.other.count + all.other.place(stand.other);
                let place = place * all.classes + stand.class as usize;
                let Some(bunch) = all.bunches.get_mut(place) else {
                    return usize::MAX;
                };
                if *bunch == 0 {
                    *bunch = new(bunches) + 1;
                }
                *bunch as usize - 1
            }
            Places::Some(index) => {
                let hash = stand.hash();
                let same = |code: u32| {
                    let other = bunches.get(code as usize);
                    other.is_some_and(|other| other.stand == stand)
                };
                let known = index.find(hash, same);
                let bunch = known.unwrap_or_else(|| {
                    let bunch = new(bunches);
                    index.insert(hash, bunch);
                    bunch
                });
                bunch as usize
            }
        }
    }
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
        let mut stands = Stands::default();
        let mut sums = Sums::default();
        for from in (0..leads.rows).step_by(CHUNK) {
            let to = (from + CHUNK).min(leads.rows);
            points::sums(program, matches, tables, (from, to), moving, &mut sums);
            points::add_groups(program, &mut sums, group);
            let [fit, engagement] = &sums.axes;
            let (moves, still) = match axis {
                Axis::Fit => (fit, engagement),
                Axis::Engagement => (engagement, fit),
            };
            stands.axis.extend_from_slice(moves);
            stands.other.extend_from_slice(still);
            if let Some(group) = group.and_then(|group| sums.groups.get(group)) {
                stands.group.extend_from_slice(group);
            }
        }
        let mut places = Places::new(&stands, found, &rules.class_of);
        for row in 0..leads.rows {
            let stand = Stand {
                found: found.get(row),
                group: stands.group.get(row).copied().unwrap_or(0),
                axis: stands.axis.get(row).copied().unwrap_or(0),
                other: stands.other.get(row).copied().unwrap_or(0),
                class: rules.class_of.get(row),
            };
            let bunch = places.of(stand, &mut cube.bunches);
            let Some(bunch) = cube.bunches.get_mut(bunch) else {
                continue;
            };
            let outcome = leads.outcomes.get(row).map(|of| usize::from(*of));
            let outcome = outcome.unwrap_or(Outcome::Open as usize);
            if let Some(leads) = bunch.leads.get_mut(outcome) {
                *leads += 1;
            }
            bunch.revenue += leads.revenue_of(row);
        }
        cube.begin(program, rules, tables);
        cube
    }

    /// From now on leads move from where they are.
    pub fn begin(&mut self, program: &Program, rules: &Rules, tables: &[Vec<i32>]) {
        let points = self.all_points(program, tables);
        let lookup = Lookup::new(
            rules,
            bounds(points.iter().map(|(fit, _)| *fit)),
            bounds(points.iter().map(|(_, engagement)| *engagement)),
        );
        for (bunch, (fit, engagement)) in self.bunches.iter_mut().zip(points) {
            bunch.before = lookup.decide(bunch.stand.class, fit, engagement);
        }
    }

    /// The criterion that moves.
    fn criterion(&self) -> Option<usize> {
        match self.lever {
            Lever::Criterion(index) => Some(index),
            Lever::Group(_) | Lever::Totals => None,
        }
    }

    /// Fit and engagement of all bunches. `tables` are the points of all that was found.
    pub fn all_points(&self, program: &Program, tables: &[Vec<i32>]) -> Vec<(i32, i32)> {
        let moving = self.criterion().and_then(|index| tables.get(index));
        let moving = moving.map_or(&[][..], Vec::as_slice);
        let points = |bunch: &Bunch| self.points(program, moving, &bunch.stand);
        self.bunches.iter().map(points).collect()
    }

    fn points(&self, program: &Program, moving: &[i32], stand: &Stand) -> (i32, i32) {
        let own = moving.get(stand.found as usize).copied().unwrap_or(0);
        let group = self.group.and_then(|index| program.groups.get(index));
        let own = group.map_or(own, |group| within(&group.limit, stand.group + own));
        let (fit, engagement) = match self.axis {
            Axis::Fit => (stand.axis + own, stand.other),
            Axis::Engagement => (stand.other, stand.axis + own),
        };
        (
            within(axis_limit(program, Axis::Fit), fit),
            within(axis_limit(program, Axis::Engagement), engagement),
        )
    }
}
