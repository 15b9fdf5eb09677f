//! Decisions and bands by points, looked up: what is asked once for each of many thousand bunches.

use core::ops::RangeInclusive;

use super::rules::Rules;
use super::tally;
use crate::program::{Axis, Program};

/// All that follows from points within some bounds.
pub struct Lookup<'a> {
    rules: &'a Rules,
    fit: Along,
    engagement: Along,
    score: Along,
    /// Number of bands of engagement.
    bands: u32,
}

/// What follows from points of one kind, from `low` on.
#[derive(Default)]
struct Along {
    low: i32,
    /// Offset in the table of decisions.
    offsets: Vec<u32>,
    /// Index of the band.
    bands: Vec<u32>,
}

impl Along {
    fn new(points: RangeInclusive<i32>, offset: impl Fn(i32) -> u32) -> Self {
        Along {
            low: *points.start(),
            offsets: points.map(offset).collect(),
            bands: Vec::new(),
        }
    }

    fn offset(&self, points: i32) -> u32 {
        let place = points.wrapping_sub(self.low) as usize;
        self.offsets.get(place).copied().unwrap_or(0)
    }

    fn band(&self, points: i32) -> u32 {
        let place = points.wrapping_sub(self.low) as usize;
        self.bands.get(place).copied().unwrap_or(0)
    }
}

/// From the least to the most of some points; nothing but 0 where there are none.
pub fn bounds(points: impl Iterator<Item = i32>) -> RangeInclusive<i32> {
    let wider = |bounds: Option<(i32, i32)>, points: i32| {
        let (low, high) = bounds.unwrap_or((points, points));
        Some((low.min(points), high.max(points)))
    };
    let (low, high) = points.fold(None, wider).unwrap_or((0, 0));
    low..=high
}

impl<'a> Lookup<'a> {
    /// What follows from points of fit and of engagement within these bounds.
    pub fn new(
        rules: &'a Rules,
        fit: RangeInclusive<i32>,
        engagement: RangeInclusive<i32>,
    ) -> Lookup<'a> {
        let score = fit.start() + engagement.start()..=fit.end() + engagement.end();
        let bands = |axis, points: &RangeInclusive<i32>| {
            let band = |points| rules.band(axis, points) as u32;
            points.clone().map(band).collect()
        };
        let (fits, engagements) = (bands(Axis::Fit, &fit), bands(Axis::Engagement, &engagement));
        Lookup {
            rules,
            fit: Along {
                bands: fits,
                ..Along::new(fit, |points| rules.offset_of_fit(points))
            },
            engagement: Along {
                bands: engagements,
                ..Along::new(engagement, |points| rules.offset_of_engagement(points))
            },
            score: Along::new(score, |points| rules.offset_of_score(points)),
            bands: rules.bands_of_engagement(),
        }
    }

    /// Index of the decision on leads of a class.
    pub fn decide(&self, class: u32, fit: i32, engagement: i32) -> u32 {
        let cell = self.fit.offset(fit)
            + self.engagement.offset(engagement)
            + self.score.offset(fit + engagement);
        self.rules.decided(class, cell)
    }

    /// Index of the grade: by band of fit, then of engagement.
    pub fn grade(&self, fit: i32, engagement: i32) -> usize {
        (self.fit.band(fit) * self.bands + self.engagement.band(engagement)) as usize
    }
}

/// What one lead is worth, in minor units, by segment and score.
pub struct Worths {
    low: i32,
    scores: usize,
    of: Vec<f64>,
}

impl Worths {
    /// What leads with these scores are worth.
    pub fn new(program: &Program, scores: RangeInclusive<i32>) -> Worths {
        let value = program.value.as_ref();
        let segments = value.map_or(0, |value| value.segments.len()) + 1;
        let of = |segment| {
            let of = move |score| tally::expected(program, segment, score);
            scores.clone().map(of)
        };
        Worths {
            low: *scores.start(),
            scores: scores.end().abs_diff(*scores.start()) as usize + 1,
            of: (0..segments).flat_map(of).collect(),
        }
    }

    /// What a lead of this segment and score is worth.
    pub fn of(&self, segment: u32, score: i32) -> f64 {
        let place = segment as usize * self.scores + score.wrapping_sub(self.low) as usize;
        self.of.get(place).copied().unwrap_or(0.0)
    }
}
