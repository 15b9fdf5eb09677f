//! Conditions: a closed set of tests, combined by `all`, `any`, `not` and `atLeast`.

use super::{Scalar, shape};
use crate::program::Axis;
use crate::signals::Signal;

shape! {
/// A condition: true, false, or unknown where a fact that it needs is unknown.
///
/// Unknown counts as not matched. Tests of score, grade and stage may stand only where those are
/// decided already: not in criteria, disqualifiers, questions and territories.
pub enum Condition {
    /// All of these hold. An empty list always holds.
    All(Vec<Condition>),
    /// At least one of these holds. An empty list never holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// At least `n` of these hold.
    AtLeast(AtLeast),
    /// A test of a fact.
    Fact(Test),
    /// A test of a signal.
    Signal(SignalTest),
    /// A test of the days since the date in a fact; negative for a date to come.
    DaysSince(Test),
    /// A test of what the lead did.
    Events(EventTest),
    /// A test of the score (fit + engagement).
    Score(PointsTest),
    /// A test of the fit points.
    Fit(PointsTest),
    /// A test of the engagement points.
    Engagement(PointsTest),
    /// A test of one axis' band.
    Band(BandTest),
    /// A test of the grade, such as `A1`.
    Grade(NameTest),
    /// A test of the stage.
    Stage(NameTest),
}

/// At least `n` of several conditions.
pub struct AtLeast {
    /// How many must hold: from 1 to the number of conditions.
    pub n: u32,
    /// The conditions.
    pub of: Vec<Condition>,
}

/// A test of a fact. All comparisons that are given must hold.
pub struct Test {
    /// The fact.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Za-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// Equal to this. For a list: one of its members is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<Scalar>,
    /// Equal to one of these. For a list: one of its members is.
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub one_of: Option<Vec<Scalar>>,
    /// At least this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    /// Above this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<f64>,
    /// At most this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<f64>,
    /// Below this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<f64>,
    /// Holds this text, or one of these; case and accents do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contains: Option<Vec<String>>,
    /// Holds one of these as whole words; case and accents do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contains_word: Option<Vec<String>>,
    /// Starts with one of these; case and accents do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_with: Option<Vec<String>>,
    /// Ends with one of these; case and accents do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_with: Option<Vec<String>>,
    /// Whether the fact is known at all (`true`) or unknown (`false`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<bool>,
}

/// A test of a signal. All comparisons that are given must hold.
pub struct SignalTest {
    /// The signal.
    pub id: Signal,
    /// Equal to this. For a list: one of its members is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<Scalar>,
    /// Equal to one of these. For a list: one of its members is.
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub one_of: Option<Vec<Scalar>>,
    /// At least this number; for `seniority` at least this level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Scalar>,
    /// Below this number; for `seniority` below this level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<Scalar>,
    /// Ends with one of these; for `emailDomain`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_with: Option<Vec<String>>,
    /// Whether the signal is known at all (`true`) or unknown (`false`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<bool>,
}

/// Which events count, and what is counted of them.
pub struct Events {
    /// Types of the events, for example `pageView` or `demoRequest`.
    pub types: Vec<String>,
    /// Tests of an event's properties; all must hold.
    #[serde(rename = "where", default, skip_serializing_if = "Vec::is_empty")]
    pub filter: Vec<PropertyTest>,
    /// Only events of the last so many days count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_days: Option<f64>,
    /// What is measured. Default `count`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// Name under which a CSV file or a warehouse gives this measure instead of single events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aggregate: Option<String>,
}

/// What is measured of the events that count.
pub enum Measure {
    /// How many there are.
    Count,
    /// How many different values of this property there are.
    Distinct(String),
    /// Days since the last one; unknown where there is none.
    DaysSinceLast,
}

/// A test of events: which count, and how their measure compares. Without a comparison at least
/// one must be there.
pub struct EventTest {
    /// Types of the events, for example `pageView` or `demoRequest`.
    pub types: Vec<String>,
    /// Tests of an event's properties; all must hold.
    #[serde(rename = "where", default, skip_serializing_if = "Vec::is_empty")]
    pub filter: Vec<PropertyTest>,
    /// Only events of the last so many days count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within_days: Option<f64>,
    /// What is measured. Default `count`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// Name under which a CSV file or a warehouse gives this measure instead of single events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aggregate: Option<String>,
    /// At least this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    /// Below this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<f64>,
}

/// A test of one property of an event. All comparisons that are given must hold.
pub struct PropertyTest {
    /// The property, for example `path`.
    pub property: String,
    /// Equal to one of these.
    #[serde(rename = "in", default, skip_serializing_if = "Option::is_none")]
    pub one_of: Option<Vec<Scalar>>,
    /// At least this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    /// Below this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<f64>,
    /// Holds one of these texts; case and accents do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contains: Option<Vec<String>>,
    /// Starts with one of these; case and accents do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_with: Option<Vec<String>>,
    /// Ends with one of these; case and accents do not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_with: Option<Vec<String>>,
}

/// A test of points. All comparisons that are given must hold.
pub struct PointsTest {
    /// At least so many points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<i32>,
    /// Below so many points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<i32>,
}

/// A test of one axis' band.
pub struct BandTest {
    /// The axis.
    pub axis: Axis,
    /// One of these bands.
    #[serde(rename = "in")]
    pub one_of: Vec<String>,
}

/// A test of a name.
pub struct NameTest {
    /// One of these.
    #[serde(rename = "in")]
    pub one_of: Vec<String>,
}
}
