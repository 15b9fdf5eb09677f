//! The agreement: who signed, when to review, what both teams promise.

use super::{Text, shape};
use crate::program::Team;

shape! {
/// What marketing and sales agreed on.
pub struct Agreement {
    /// When both teams look at the scorecard again: a date such as `2027-01-15`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_on: Option<String>,
    /// Who signed. The scorecard is signed when each team has one signature over this content.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<Signature>,
    /// What both teams promise for a period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goals: Option<Goals>,
    /// Notes of the meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Text>,
}

/// A signature records consent; it is no cryptographic proof.
pub struct Signature {
    /// The team for which the person signs.
    pub team: Team,
    /// Name of the person.
    pub name: String,
    /// When: RFC 3339 with time zone.
    pub at: String,
    /// Hash of the content that was signed, as `leadfit check` prints it.
    pub content_hash: String,
}

/// What both teams promise for a period.
pub struct Goals {
    /// The period.
    pub period: Period,
    /// ISO 4217 code of the currency.
    pub currency: String,
    /// Revenue that both work for, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revenue_target_minor: Option<u64>,
    /// What marketing promises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marketing: Option<MarketingPromise>,
    /// What sales promises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sales: Option<SalesPromise>,
    /// Share of leads on a route that shall convert.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conversion: Vec<ConversionGoal>,
}

/// What marketing promises for a period.
pub struct MarketingPromise {
    /// Number of qualified leads.
    pub qualified_leads: u32,
    /// What they are worth together, in minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value_minor: Option<u64>,
}

/// What sales promises.
pub struct SalesPromise {
    /// Minutes of working time until the first response.
    #[cfg_attr(test, schemars(range(min = 1, max = 43_200)))]
    pub respond_within_minutes: u32,
    /// Attempts before a lead is given up.
    #[cfg_attr(test, schemars(range(min = 1, max = 50)))]
    pub attempts: u32,
}

/// Share of leads on a route that shall convert.
pub struct ConversionGoal {
    /// The route.
    pub route: String,
    /// Share in percent, from 0 to 100.
    #[cfg_attr(test, schemars(range(min = 0, max = 100)))]
    pub target_percent: f64,
}
}

crate::vocabulary::vocabulary! {
    /// A period of the agreement.
    pub enum Period {
        /// A month.
        Month = "month",
        /// A quarter of a year.
        Quarter = "quarter",
        /// A year.
        Year = "year",
    }
}
