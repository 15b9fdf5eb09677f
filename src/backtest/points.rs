//! Points by table: what each lead earns from one criterion is looked up by what it found there.

use super::matches::{Found, Matches};
use crate::program::{Axis, Criterion, Finder, Limit, Program};
use crate::score::{FULL, faded};

/// Points within a limit.
pub fn within(limit: &Limit, points: i32) -> i32 {
    let points = limit.max.map_or(points, |max| points.min(max));
    limit.min.map_or(points, |min| points.max(min))
}

/// Points of all that leads found in a criterion, within its own limit.
pub fn table(criterion: &Criterion, found: &[Found]) -> Vec<i32> {
    let of = |(bin, strength): &Found| {
        let bin = match criterion.finder {
            Finder::PerEvent => strength.map(|_| 0),
            _ => bin.map(usize::from),
        };
        let Some(points) = bin.and_then(|bin| criterion.bins.get(bin)) else {
            return within(&criterion.limit, criterion.unknown);
        };
        let faded = faded(i64::from(*points), strength.unwrap_or(FULL));
        let bounded = faded.clamp(i64::from(i32::MIN / 256), i64::from(i32::MAX / 256));
        within(&criterion.limit, bounded as i32)
    };
    found.iter().map(of).collect()
}

/// Sums of points of some leads: what limits take off is left to whoever asks.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    /// By group, before its limit.
    pub groups: Vec<Vec<i32>>,
    /// By axis, criteria without a group only.
    pub axes: [Vec<i32>; 2],
}

/// The sums of leads `from..to`. The criterion `without` is left out.
pub fn sums(
    program: &Program,
    matches: &Matches,
    tables: &[Vec<i32>],
    (from, to): (usize, usize),
    without: Option<usize>,
    sums: &mut Sums,
) {
    let length = to.saturating_sub(from);
    let Sums { groups, axes } = sums;
    groups.resize_with(program.groups.len(), Vec::new);
    for sum in groups.iter_mut().chain(axes.iter_mut()) {
        sum.clear();
        sum.resize(length, 0);
    }
    let criteria = program
        .criteria
        .iter()
        .zip(&matches.criteria)
        .zip(tables)
        .enumerate();
    for (index, ((criterion, matched), table)) in criteria {
        if Some(index) == without {
            continue;
        }
        let sum = match criterion.group {
            Some(group) => groups.get_mut(usize::from(group)),
            None => axes.get_mut(criterion.axis.index()),
        };
        if let Some(sum) = sum {
            matched.of.add(from, sum, table);
        }
    }
}

/// Adds groups to their axes, each within its limit; `without` is left out.
pub fn add_groups(program: &Program, sums: &mut Sums, without: Option<usize>) {
    let Sums { groups, axes } = sums;
    for (index, (group, sum)) in program.groups.iter().zip(groups.iter()).enumerate() {
        if Some(index) == without {
            continue;
        }
        if let Some(axis) = axes.get_mut(group.axis.index()) {
            for (axis, points) in axis.iter_mut().zip(sum) {
                *axis += within(&group.limit, *points);
            }
        }
    }
}

/// Limit of an axis.
pub fn axis_limit(program: &Program, axis: Axis) -> &Limit {
    match axis {
        Axis::Fit => &program.axes.0,
        Axis::Engagement => &program.axes.1,
    }
}
