//! Who picks leads up, and by when: calendars, owners, queues, accounts, response times.

use super::{Condition, Text, shape};

shape! {
/// Working hours in one time zone.
pub struct Calendar {
    /// Name of the calendar.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Za-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// IANA time zone, for example `Europe/Berlin`.
    pub time_zone: String,
    /// The working hours of a week.
    pub hours: Vec<Hours>,
    /// Days off: dates such as `2026-12-25`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub days_off: Vec<String>,
}

/// Working hours of some days of the week.
pub struct Hours {
    /// The days.
    pub days: Vec<Day>,
    /// Start of work, `HH:MM`.
    pub from: String,
    /// End of work, `HH:MM`, after `from`; `24:00` is the end of the day.
    pub to: String,
}

/// A person who picks leads up.
pub struct Owner {
    /// Name of the owner in verdicts.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Za-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// Name for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Email address; never part of what a page gets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Id of the owner in the CRM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crm_id: Option<String>,
    /// The calendar of the owner: when promises are due, and on which days the owner is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// Leads per week that the owner can handle: a figure for planning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_per_week: Option<u32>,
    /// Which leads the owner serves, by facts such as country or company size; all where absent.
    /// A lead that nobody in a queue serves stays in the queue without an owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub territory: Option<Condition>,
    /// When the owner is away. Whose next working day is an absence or a day off gets no leads from
    /// queues, unless everybody is away. A page gets these dates, so that it picks whom the server
    /// picks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absences: Vec<Absence>,
    /// Public key by which a receiver can seal a handoff for this owner. Never a secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_key: Option<String>,
}

/// A time in which an owner is away: both dates count.
pub struct Absence {
    /// First date, such as `2026-12-23`.
    pub from: String,
    /// Last date.
    pub to: String,
}

/// A shared list of leads and who takes which share of it. Leads of one company, known by its
/// domain, go to one owner; who leaves hands over the own leads and nobody else's.
pub struct Queue {
    /// Name of the queue in verdicts.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Za-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// Label for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// The owners and their shares.
    pub members: Vec<Member>,
    /// How often companies are dealt anew, in calendar periods of UTC. Default never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotate_every: Option<Rotation>,
}

/// An owner in a queue.
pub struct Member {
    /// The owner.
    pub owner: String,
    /// Share of the queue's leads against the other members' weights, from 0 to 1,000. Default 1.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    #[cfg_attr(test, schemars(range(max = 1_000)))]
    pub weight: u32,
}

/// Companies that already have an owner. Queues give their leads to that owner, unless away; a
/// follow-up that names an owner keeps it. A page does not know accounts unless it is compiled
/// `--with accounts`.
pub struct Account {
    /// Email domains of the company; what is part of them, as `mail.example.com` of `example.com`,
    /// counts too.
    pub domains: Vec<String>,
    /// Their owner.
    pub owner: String,
}

/// A promised response time.
pub struct Sla {
    /// Name of the promise.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Za-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// Label for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// Minutes of working time until the first response, from when the lead came or the step before
    /// is due.
    #[cfg_attr(test, schemars(range(min = 1, max = 43_200)))]
    pub respond_within_minutes: u32,
    /// The calendar that tells working time; the owner's own where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// How often and how long to try.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempts: Option<Attempts>,
    /// Who takes over when the time has passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalate_to: Option<String>,
}

/// How often and how long to try to reach a lead.
pub struct Attempts {
    /// Number of attempts, the first of which is the first response.
    #[cfg_attr(test, schemars(range(min = 1, max = 50)))]
    pub count: u32,
    /// Working days over whose working time they are spread evenly; the first is that of the first
    /// attempt.
    #[cfg_attr(test, schemars(range(min = 1, max = 365)))]
    pub over_working_days: u32,
}
}

crate::vocabulary::vocabulary! {
    /// A day of the week.
    pub enum Day {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

crate::vocabulary::vocabulary! {
    /// How often a queue deals its companies anew.
    pub enum Rotation {
        /// Every month.
        Month = "month",
        /// Every quarter.
        Quarter = "quarter",
        /// Every year.
        Year = "year",
    }
}

fn one() -> u32 {
    1
}

fn is_one(weight: &u32) -> bool {
    *weight == 1
}
