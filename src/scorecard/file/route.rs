//! Where leads go, what the page does next, and what a lead is worth.

use super::criterion::is_false;
use super::{Condition, Text, shape};

shape! {
/// A route: when it matches, what the page does next, and who follows up.
pub struct Route {
    /// Name of the route in verdicts.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Za-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// Label for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// When it matches.
    pub when: Condition,
    /// Whether it is for disqualified leads, and for no others. Default false.
    #[serde(default, skip_serializing_if = "is_false")]
    pub for_disqualified: bool,
    /// What the page does next.
    pub action: Action,
    /// Who follows up, one after the other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub follow_up: Vec<FollowUp>,
}

/// Where a lead goes when no route matches.
pub struct Fallback {
    /// For leads that no route matches.
    pub unmatched: Destination,
    /// For disqualified leads that no route matches.
    pub disqualified: Destination,
}

/// A destination without a condition.
pub struct Destination {
    /// Name of the route in verdicts.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Za-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// Label for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// What the page does next.
    pub action: Action,
    /// Who follows up, one after the other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub follow_up: Vec<FollowUp>,
}

/// One step of the follow-up: who does what by when.
pub struct FollowUp {
    /// The queue that picks the lead up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// The owner who picks it up, instead of a queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// The promised response time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sla: Option<String>,
    /// What is to be done, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<Text>,
}

/// What the page does next.
pub enum Action {
    /// Goes to another page.
    Redirect(Link),
    /// Offers a meeting.
    Book(Booking),
    /// Offers to start by oneself.
    SelfServe(Offer),
    /// Shows a part of the page.
    Show(Show),
    /// Puts the lead on a list for nurturing and says so.
    Nurture(Nurture),
    /// Says thank you.
    ThankYou(Message),
}

/// A link. Only `https:`, `mailto:`, `tel:` and paths of the same site are safe to follow.
pub struct Link {
    /// The address.
    pub url: String,
}

/// A link with a text.
pub struct Offer {
    /// The address.
    pub url: String,
    /// What the visitor reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Text>,
}

/// A meeting to book.
pub struct Booking {
    /// The address of the booking page.
    pub url: String,
    /// Whether name and email address are filled in already. Default false.
    #[serde(default, skip_serializing_if = "is_false")]
    pub prefill: bool,
    /// What the visitor reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Text>,
}

/// A part of the page to show.
pub struct Show {
    /// Id of the element.
    pub element: String,
}

/// A list for nurturing.
pub struct Nurture {
    /// Name of the list.
    pub list: String,
    /// What the visitor reads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Text>,
}

/// A text.
pub struct Message {
    /// What the visitor reads.
    pub message: Text,
}

/// What a lead is worth.
pub struct Value {
    /// ISO 4217 code of the currency.
    pub currency: String,
    /// How the value is worked out. Default `segment`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<ValueMethod>,
    /// Segments and channels: the first that matches counts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<Segment>,
    /// For leads that match no segment.
    pub otherwise: Worth,
}

/// A segment of leads and what they are worth.
pub struct Segment {
    /// Name of the segment.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Za-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// When a lead belongs to it, for example by channel or company size.
    pub when: Condition,
    /// What its leads are worth.
    pub worth: Worth,
}

/// Close rate and revenue. Money is in minor units: 5000000 are $50,000.00.
pub struct Worth {
    /// Share of leads that become customers, from 0 to 1.
    #[cfg_attr(test, schemars(range(min = 0, max = 1)))]
    pub close_rate: f64,
    /// Average revenue of a customer in minor units.
    pub average_revenue_minor: u64,
    /// Share of the revenue that is margin, from 0 to 1. Default 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(range(min = 0, max = 1)))]
    pub gross_margin: Option<f64>,
    /// Cost of one attempt to reach the lead, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost_per_attempt_minor: Option<u64>,
    /// For each attempt the odds that it reaches a lead not reached before, from 0 to 1. With the
    /// cost they tell how many attempts pay: attempt k does while odds k × close rate × revenue ×
    /// margin is more than its cost.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contact_odds: Vec<f64>,
}

/// From score to probability: 1 / (1 + exp(-(a + g · score))).
pub struct Calibration {
    /// Intercept.
    pub a: f64,
    /// Slope per point, above 0.
    pub g: f64,
    /// When it was fitted: a date such as `2026-10-01`.
    pub fitted_on: String,
    /// Number of outcomes it was fitted on.
    pub n: u32,
}
}

crate::vocabulary::vocabulary! {
    /// How the value of a lead is worked out.
    pub enum ValueMethod {
        /// Close rate of the segment × average revenue.
        Segment = "segment",
        /// Probability by the scorecard's calibration × average revenue.
        Calibrated = "calibrated",
    }
}
