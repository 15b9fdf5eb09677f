//! What is scored: criteria, bins, groups, limits, disqualifiers, bands and stages.

use super::{Condition, Events, Scalar, Text, shape};
use crate::program::{Axis, StageKind, Team};
use crate::signals::Signal;

shape! {
/// One thing that is scored. Exactly one bin applies, or the criterion is unknown.
pub struct Criterion {
    /// Name of the criterion in reasons and reports.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Za-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// Label for people; the id where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// Whether it tells who they are (`fit`) or what they did (`engagement`).
    pub axis: Axis,
    /// The group whose limit it shares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What is scored.
    pub on: Subject,
    /// The bins; for a condition `true` and `false` stand instead, for events perhaps `perEvent`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bins: Option<Vec<Bin>>,
    /// Points where the condition holds.
    #[serde(rename = "true", default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(range(min = -10_000, max = 10_000)))]
    pub when_true: Option<i32>,
    /// Points where the condition does not hold. Default 0.
    #[serde(rename = "false", default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(range(min = -10_000, max = 10_000)))]
    pub when_false: Option<i32>,
    /// Points for every single event that counts, instead of bins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_event: Option<PerEvent>,
    /// How the points of events fade with their age.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decay: Option<Decay>,
    /// Points where it is unknown which bin applies. Default 0.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(test, schemars(range(min = -10_000, max = 10_000)))]
    pub unknown: i32,
    /// Least and most points of this criterion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// Which way the points must go with rising values; learning holds it exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
}

/// What a criterion scores.
pub enum Subject {
    /// A fact.
    Fact(String),
    /// A signal.
    Signal(Signal),
    /// The days since the date in a fact.
    DaysSince(String),
    /// What the lead did.
    Events(Events),
    /// Whether a condition holds.
    Condition(Condition),
}

/// One bin: a range of numbers, a set of values, or all else; and what it earns.
///
/// Number bins are half-open, `from` counts and `to` does not; bins of exact `values` go before
/// ranges; together they leave no gap, or one bin is the `else`.
pub struct Bin {
    /// Label for people; made from the range or values where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// From this number on. Open below where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<f64>,
    /// Up to, but without, this number. Open above where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<f64>,
    /// Exactly these values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<Scalar>>,
    /// Whether it takes all values that no other bin takes. Default false.
    #[serde(rename = "else", default, skip_serializing_if = "is_false")]
    pub otherwise: bool,
    /// What it earns: a whole number from -10,000 to 10,000.
    #[cfg_attr(test, schemars(range(min = -10_000, max = 10_000)))]
    pub points: i32,
}

/// Points for every single event.
pub struct PerEvent {
    /// Points of one event at full strength.
    #[cfg_attr(test, schemars(range(min = -10_000, max = 10_000)))]
    pub points: i32,
}

/// How the points of events fade with their age. Nothing is taken off in steps by a job that runs
/// at night: the remaining strength is worked out whenever the score is read.
pub enum Decay {
    /// Half of the points are left after so many days, a quarter after twice as many.
    HalfLifeDays(f64),
    /// Every so many days a fixed share of the full points is gone.
    Linear(LinearDecay),
}

/// Every `everyDays` days `percent` of the full points are gone.
pub struct LinearDecay {
    /// Share that goes each time, above 0 and up to 100.
    pub percent: f64,
    /// Days between two times.
    pub every_days: f64,
}

/// Least and most points; at least one of the two.
#[derive(Copy)]
pub struct Limit {
    /// Least points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(range(min = -10_000, max = 10_000)))]
    pub min: Option<i32>,
    /// Most points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(range(min = -10_000, max = 10_000)))]
    pub max: Option<i32>,
}

/// A group of criteria on one axis whose points together are limited.
pub struct Group {
    /// Name of the group.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Za-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// Label for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// The axis of all its criteria.
    pub axis: Axis,
    /// Least and most points of all its criteria together.
    pub limit: Limit,
}

/// Limits of the two axes. The total has none.
#[derive(Default)]
pub struct AxisLimits {
    /// Least and most fit points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<Limit>,
    /// Least and most engagement points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engagement: Option<Limit>,
}

/// A condition that makes a lead no buyer.
pub struct Disqualifier {
    /// Name of the disqualifier.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Za-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// Why such a lead is no buyer, for the people who see it.
    pub reason: Text,
    /// When it applies. Unknown does not disqualify.
    pub when: Condition,
}

/// The bands of both axes: 2 to 6 each, from the highest to the lowest.
pub struct Bands {
    /// Bands of fit, for example A to D.
    pub fit: Vec<Band>,
    /// Bands of engagement, for example 1 to 4.
    pub engagement: Vec<Band>,
}

/// One band of an axis.
pub struct Band {
    /// Its name, for example `A`.
    pub name: String,
    /// Least points of this band; absent in the last, which is open below.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(range(min = -10_000, max = 10_000)))]
    pub from: Option<i32>,
}

/// A stage in the life of a lead.
pub struct Stage {
    /// Name of the stage, for example `mql`.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Za-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// The standard lifecycle stage that it is.
    pub kind: StageKind,
    /// Label for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// What both teams mean by it, in words.
    pub definition: Text,
    /// The team that owns leads in this stage.
    pub team: Team,
    /// When a lead leaves this stage, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit: Option<Text>,
    /// When leadfit suggests this stage; up to `mql` and `pql` only. The rest is for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
}
}

crate::vocabulary::vocabulary! {
    /// Which way points go with rising values.
    pub enum Direction {
        /// More never lowers the points.
        Rising = "rising",
        /// More never raises the points.
        Falling = "falling",
    }
}

fn is_zero(points: &i32) -> bool {
    *points == 0
}

pub(super) fn is_false(value: &bool) -> bool {
    !value
}
