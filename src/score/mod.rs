//! Scoring: each criterion finds its bin, bins earn points, limits clamp them.
//!
//! Matching and earning are apart: `matching` needs the lead, `earn` only points. Moving points
//! re-earns without matching again. No float touches points.

use alloc::vec;
use alloc::vec::Vec;

mod matching;

#[cfg(feature = "authoring")]
pub use matching::find;
pub use matching::{Match, matching, unmeasured};

use crate::program::{Axis, Criterion, Finder, Limit, Program};

/// Points now, and the least and most that open facts still allow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Points {
    /// Points now.
    pub now: i64,
    /// Least points that are still possible.
    pub low: i64,
    /// Most points that are still possible.
    pub high: i64,
}

/// Points of a fit and an engagement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scored {
    /// Points of each criterion before limits, in the order of the program.
    pub criteria: Vec<Points>,
    /// What limits took off or added, in the order in which they were applied.
    pub clamps: Vec<Clamp>,
    /// Fit points.
    pub fit: Points,
    /// Engagement points.
    pub engagement: Points,
}

impl Scored {
    /// Fit + engagement.
    pub fn total(&self) -> Points {
        self.fit.plus(self.engagement)
    }

    /// Points of an axis.
    pub fn axis(&self, axis: Axis) -> Points {
        match axis {
            Axis::Fit => self.fit,
            Axis::Engagement => self.engagement,
        }
    }
}

/// What a limit took off or added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clamp {
    /// Whose limit it is.
    pub of: Limited,
    /// The axis on which it works.
    pub axis: Axis,
    /// Clamped sum − sum.
    pub points: i64,
}

/// What has a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limited {
    /// The criterion of this index.
    Criterion(usize),
    /// The group of this index.
    Group(usize),
    /// An axis.
    Axis(Axis),
}

impl Points {
    fn plus(self, other: Points) -> Points {
        Points {
            now: self.now + other.now,
            low: self.low + other.low,
            high: self.high + other.high,
        }
    }

    /// Within a limit, and what that changed now.
    fn within(self, limit: &Limit) -> (Points, i64) {
        let clamp = |points: i64| {
            let points = limit.max.map_or(points, |max| points.min(i64::from(max)));
            limit.min.map_or(points, |min| points.max(i64::from(min)))
        };
        let clamped = Points {
            now: clamp(self.now),
            low: clamp(self.low),
            high: clamp(self.high),
        };
        (clamped, clamped.now - self.now)
    }
}

/// Full strength of an event that has not faded, in 64ths.
pub const FULL: i64 = 64;

/// Adds up the points of matches: criteria, then groups, then axes, each within its limit.
pub fn earn(program: &Program, matches: &[Match]) -> Scored {
    let each = program.criteria.iter().zip(matches);
    let mut scored = Scored {
        criteria: each
            .map(|(criterion, found)| earned(criterion, found))
            .collect(),
        ..Scored::default()
    };
    let mut groups = vec![Points::default(); program.groups.len()];
    let mut axes = [Points::default(); 2];
    for (index, criterion) in program.criteria.iter().enumerate() {
        let Some(points) = scored.criteria.get(index) else {
            break;
        };
        let points = scored.clamp(
            *points,
            &criterion.limit,
            Limited::Criterion(index),
            criterion.axis,
        );
        let sum = match criterion.group {
            Some(group) => groups.get_mut(usize::from(group)),
            None => axes.get_mut(criterion.axis.index()),
        };
        if let Some(sum) = sum {
            *sum = sum.plus(points);
        }
    }
    for (index, (group, points)) in program.groups.iter().zip(groups).enumerate() {
        let points = scored.clamp(points, &group.limit, Limited::Group(index), group.axis);
        if let Some(sum) = axes.get_mut(group.axis.index()) {
            *sum = sum.plus(points);
        }
    }
    let [fit, engagement] = axes;
    scored.fit = scored.clamp(fit, &program.axes.0, Limited::Axis(Axis::Fit), Axis::Fit);
    scored.engagement = scored.clamp(
        engagement,
        &program.axes.1,
        Limited::Axis(Axis::Engagement),
        Axis::Engagement,
    );
    scored
}

impl Scored {
    fn clamp(&mut self, points: Points, limit: &Limit, of: Limited, axis: Axis) -> Points {
        let (clamped, change) = points.within(limit);
        if change != 0 {
            self.clamps.push(Clamp {
                of,
                axis,
                points: change,
            });
        }
        clamped
    }
}

/// Points of one criterion before its limit.
fn earned(criterion: &Criterion, found: &Match) -> Points {
    let unknown = i64::from(criterion.unknown);
    let of_bin = |bin: usize| {
        criterion
            .bins
            .get(bin)
            .map_or(unknown, |points| i64::from(*points))
    };
    if criterion.finder == Finder::PerEvent {
        let now = found
            .strength
            .map_or(unknown, |strength| faded(of_bin(0), strength));
        return Points {
            now,
            low: now,
            high: now,
        };
    }
    let now = match found.bin {
        Some(bin) => faded(of_bin(usize::from(bin)), found.strength.unwrap_or(FULL)),
        None => unknown,
    };
    let mut points = Points {
        now,
        low: now,
        high: now,
    };
    let settled = found
        .bin
        .is_some_and(|bin| found.possible == 1 << (bin & 63));
    if settled && found.strength.is_none() && !found.may_stay_unknown {
        return points;
    }
    let mut allow = |possible: i64| {
        points.low = points.low.min(possible);
        points.high = points.high.max(possible);
    };
    for bin in 0..criterion.bins.len().min(64) {
        if found.possible >> bin & 1 == 1 {
            allow(of_bin(bin));
        }
    }
    if found.may_stay_unknown {
        allow(unknown);
    }
    points
}

/// `points` × `strength` / 64, rounded once, half away from zero.
pub fn faded(points: i64, strength: i64) -> i64 {
    if strength == FULL {
        return points;
    }
    let product = points.saturating_mul(strength);
    (product.saturating_abs().saturating_add(FULL / 2) / FULL) * product.signum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_fade_with_rounding_half_away_from_zero() {
        assert_eq!(faded(10, 64), 10);
        assert_eq!(faded(10, 32), 5);
        assert_eq!(faded(5, 32), 3);
        assert_eq!(faded(-5, 32), -3);
        assert_eq!(faded(1, 31), 0);
        assert_eq!(faded(1, 32), 1);
        assert_eq!(faded(10, 0), 0);
        assert_eq!(faded(3, 640), 30);
    }
}
