//! Which points leads can have: least and most of criteria, groups and axes.

use super::solve::{Solver, Want};
use super::values::{Kind, kind, standing_for_all};
use crate::condition::{Truths, Value};
use crate::program::{
    Axis, Check, Criterion, CriterionSubject, Finder, Interval, Limit, Program, Subject,
};
use crate::score::find;

/// Least and most points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// Least.
    pub least: i64,
    /// Most.
    pub most: i64,
}

/// More points than any lead has: events of one lead are counted up to a million.
const MANY: i64 = 1_000_000;
const ALL: Span = Span {
    least: -(1 << 60),
    most: 1 << 60,
};

impl Span {
    fn of(points: impl IntoIterator<Item = i64>) -> Option<Span> {
        points
            .into_iter()
            .map(|points| Span {
                least: points,
                most: points,
            })
            .reduce(Span::join)
    }

    fn join(self, other: Span) -> Span {
        Span {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
        }
    }

    fn plus(self, other: Span) -> Span {
        Span {
            least: self.least + other.least,
            most: self.most + other.most,
        }
    }

    fn meet(self, other: Span) -> Option<Span> {
        let met = Span {
            least: self.least.max(other.least),
            most: self.most.min(other.most),
        };
        (met.least <= met.most).then_some(met)
    }

    /// Within a limit.
    pub fn within(self, limit: &Limit) -> Span {
        let clamp = |points: i64| {
            let points = limit.max.map_or(points, |max| points.min(i64::from(max)));
            limit.min.map_or(points, |min| points.max(i64::from(min)))
        };
        Span {
            least: clamp(self.least),
            most: clamp(self.most),
        }
    }

    /// Whether there is no choice.
    pub fn is_fixed(self) -> bool {
        self.least == self.most
    }
}

/// Which points leads can have.
#[derive(Clone, Debug)]
pub struct Reach {
    /// Of each criterion before its limit, in the order of the program.
    pub criteria: Vec<Span>,
    /// Of each group before its limit.
    pub groups: Vec<Span>,
    /// Of fit and engagement before their limits.
    pub sums: [Span; 2],
    /// Of fit and engagement.
    pub axes: [Span; 2],
}

impl Default for Reach {
    fn default() -> Self {
        Reach {
            criteria: Vec::new(),
            groups: Vec::new(),
            sums: [ALL; 2],
            axes: [ALL; 2],
        }
    }
}

impl Reach {
    /// What the criteria of a program can give.
    pub fn new<'p>(program: &'p Program, solver: &Solver<'p>) -> Self {
        let mut groups = vec![Span::default(); program.groups.len()];
        let mut sums = [Span::default(); 2];
        let mut criteria = Vec::with_capacity(program.criteria.len());
        for criterion in &program.criteria {
            let points = of_criterion(program, criterion, solver);
            criteria.push(points);
            let sum = match criterion.group {
                Some(group) => groups.get_mut(usize::from(group)),
                None => sums.get_mut(criterion.axis.index()),
            };
            if let Some(sum) = sum {
                *sum = sum.plus(points.within(&criterion.limit));
            }
        }
        for (group, points) in program.groups.iter().zip(&groups) {
            if let Some(sum) = sums.get_mut(group.axis.index()) {
                *sum = sum.plus(points.within(&group.limit));
            }
        }
        let [fit, engagement] = sums;
        let axes = [
            fit.within(&program.axes.0),
            engagement.within(&program.axes.1),
        ];
        Reach {
            criteria,
            groups,
            sums,
            axes,
        }
    }

    /// Of one axis.
    pub fn axis(&self, axis: Axis) -> Span {
        let [fit, engagement] = self.axes;
        match axis {
            Axis::Fit => fit,
            Axis::Engagement => engagement,
        }
    }
}

fn of_criterion<'p>(program: &'p Program, criterion: &'p Criterion, solver: &Solver<'p>) -> Span {
    let unknown = i64::from(criterion.unknown);
    let of_bins = |mask: u64| {
        let bins = criterion.bins.iter().take(64).enumerate();
        let reached = bins.filter(|(index, _)| mask >> index & 1 == 1);
        let points: Vec<i64> = reached.map(|(_, points)| i64::from(*points)).collect();
        points
    };
    let fades = |points: Vec<i64>| {
        if criterion.decay.is_empty() {
            points
        } else {
            [points, vec![0]].concat()
        }
    };
    let points = match &criterion.subject {
        CriterionSubject::PerEvent(_) => {
            let each = criterion
                .bins
                .first()
                .map_or(0, |points| i64::from(*points));
            vec![unknown, 0, each * MANY]
        }
        CriterionSubject::Condition(condition) => {
            let can = |want, bit: u64| if solver.can(condition, want) { bit } else { 0 };
            let mut points = of_bins(can(Want::True, 1) | can(Want::False, 2));
            points.push(unknown);
            points
        }
        CriterionSubject::Value(subject) => {
            let mut points = fades(of_bins(reached(program, subject, &criterion.finder)));
            points.push(unknown);
            points
        }
    };
    Span::of(points).unwrap_or_default()
}

/// Mask of the bins that values of a subject fall into.
pub fn reached(program: &Program, subject: &Subject, finder: &Finder) -> u64 {
    let bins = |values: &mut dyn Iterator<Item = Value>| {
        let found = values.filter_map(|value| find(finder, &value));
        found.fold(0_u64, |mask, bin| {
            mask | 1_u64.checked_shl(u32::from(bin)).unwrap_or(0)
        })
    };
    match finder {
        Finder::Numbers(numbers) => {
            let (least, most) = match kind(program, subject) {
                Kind::Numbers(least, most) => (least, most),
                _ => (f64::MIN, f64::MAX),
            };
            let exact = numbers.exact.iter().map(|(value, _)| *value);
            let edges = exact.chain(numbers.edges.iter().copied()).collect();
            bins(
                &mut standing_for_all(least, most, edges)
                    .into_iter()
                    .map(Value::Number),
            )
        }
        Finder::Choices(of) => bins(&mut (0_u16..).take(of.len()).map(Value::Choice)),
        Finder::Booleans(_) => bins(&mut [true, false].into_iter().map(Value::Boolean)),
        Finder::Lists(_) => {
            let single = (0..64).map(|choice| 1_u64 << choice);
            bins(&mut single.chain([0]).map(Value::Choices))
        }
        Finder::Texts(texts) => {
            let listed = texts.values.iter().map(|(text, _)| text.as_str());
            // No list of values has them all.
            let mut other = "-".to_owned();
            while texts.values.iter().any(|(text, _)| *text == other) {
                other.push('-');
            }
            bins(&mut listed.chain([other.as_str()]).map(Value::Text))
        }
        Finder::Truth | Finder::PerEvent => u64::MAX,
    }
}

/// Whether some fit and engagement within reach give each test of points its wanted truth.
pub fn points_possible(
    program: &Program,
    reach: &Reach,
    wanted: &[(&Subject, &Check, Truths)],
) -> bool {
    let [fit, engagement] = reach.axes;
    let (mut fit, mut engagement, mut score) = (vec![fit], vec![engagement], vec![ALL]);
    for (subject, check, truth) in wanted {
        let (spans, bands) = match subject {
            Subject::Score => (&mut score, None),
            Subject::Points(Axis::Fit) => (&mut fit, None),
            Subject::Points(Axis::Engagement) => (&mut engagement, None),
            Subject::Band(Axis::Fit) => (&mut fit, Some(&program.bands.0)),
            Subject::Band(Axis::Engagement) => (&mut engagement, Some(&program.bands.1)),
            _ => continue,
        };
        let passing = *truth == Truths::TRUE;
        // Points are always known.
        if *truth == Truths::UNKNOWN {
            return false;
        }
        let allowed: Vec<Span> = match (check, bands) {
            (Check::Within(interval), None) => within(interval, passing),
            (Check::Choices(chosen), Some(bands)) => {
                let wanted = |index: &usize| {
                    chosen.iter().any(|choice| usize::from(*choice) == *index) == passing
                };
                (0..bands.len())
                    .filter(wanted)
                    .map(|index| of_band(bands, index))
                    .collect()
            }
            _ => continue,
        };
        *spans = spans
            .iter()
            .flat_map(|span| allowed.iter().filter_map(|allowed| span.meet(*allowed)))
            .collect();
    }
    fit.iter().any(|fit| {
        let sums = engagement.iter().map(|engagement| fit.plus(*engagement));
        sums.into_iter()
            .any(|sum| score.iter().any(|score| sum.meet(*score).is_some()))
    })
}

/// Whole numbers inside an interval, or outside.
fn within(interval: &Interval, inside: bool) -> Vec<Span> {
    let least = interval.min.map_or(ALL.least, |min| {
        if interval.above {
            (min.floor() as i64).saturating_add(1)
        } else {
            min.ceil() as i64
        }
    });
    let most = interval.max.map_or(ALL.most, |max| {
        if interval.below {
            (max.ceil() as i64).saturating_sub(1)
        } else {
            max.floor() as i64
        }
    });
    let spans = match inside {
        true => vec![Span { least, most }],
        false => vec![
            Span {
                least: ALL.least,
                most: least.saturating_sub(1),
            },
            Span {
                least: most.saturating_add(1),
                most: ALL.most,
            },
        ],
    };
    spans
        .into_iter()
        .filter_map(|span| span.meet(ALL))
        .collect()
}

/// The points of a band: bands go from the highest down.
pub fn of_band(bands: &[Option<i32>], index: usize) -> Span {
    let from = |index: usize| bands.get(index).copied().flatten().map(i64::from);
    let above = index.checked_sub(1).and_then(from);
    Span {
        least: from(index).unwrap_or(ALL.least),
        most: above.map_or(ALL.most, |above| above - 1),
    }
}

impl Span {
    /// Whether the two have points in common.
    pub fn meets(self, other: Span) -> bool {
        self.meet(other).is_some()
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.least <= -MANY, self.most >= MANY) {
            (true, true) => write!(f, "any points"),
            (true, false) => write!(f, "{} points and less", self.most),
            (false, true) => write!(f, "{} points and more", self.least),
            (false, false) => write!(f, "{} to {} points", self.least, self.most),
        }
    }
}
