//! Who picks leads up and by when, as the program knows it: no names, only indices and times.

use alloc::vec::Vec;

use super::Condition;
use crate::vocabulary::vocabulary;
use crate::wire::wire_struct;

/// Most entries in the working hours of one calendar.
pub const MAX_HOURS: usize = 200;
/// Most days off of one calendar.
pub const MAX_DAYS_OFF: usize = 2_000;
/// Most steps of one follow-up.
pub const MAX_STEPS: usize = 10;
/// Most attempts of one promise.
pub const MAX_ATTEMPTS: u32 = 50;

vocabulary! {
    /// Why an owner got a lead.
    pub enum PickedBy {
        /// The company's account is the owner's.
        Account = "account",
        /// The queue dealt it.
        Queue = "queue",
        /// The route names the owner.
        Route = "route",
    }
}

wire_struct! {
/// Everybody who follows up.
pub struct People {
    /// Time zones that calendars stand in.
    pub zones: Vec<Zone>,
    /// Working hours.
    pub calendars: Vec<Calendar>,
    /// Owners, in the order of the file.
    pub owners: Vec<Owner>,
    /// Queues, in the order of the file.
    pub queues: Vec<Queue>,
    /// Companies that already have an owner, where this program knows them.
    pub accounts: Option<Accounts>,
    /// Promised response times, in the order of the file.
    pub promises: Vec<Promise>,
    /// The follow-up of each route, then of the fallbacks for unmatched and disqualified leads.
    pub plans: Vec<Vec<Step>>,
}

/// A time zone: what POSIX calls a `TZ` rule, and the times that defy it.
pub struct Zone {
    /// Minutes east of UTC, outside of `summer`.
    pub offset: i32,
    /// The other half of the year, where clocks are changed.
    pub summer: Option<Summer>,
    /// Times at which the rule is wrong, ascending.
    pub exceptions: Vec<Exception>,
    /// Until when exceptions are known, in milliseconds since 1970.
    pub horizon: i64,
}

/// The part of a year in which a zone has another offset.
pub struct Summer {
    /// Minutes east of UTC.
    pub offset: i32,
    /// When it begins, by the clock before.
    pub from: Yearly,
    /// When it ends, by the clock before.
    pub to: Yearly,
}

/// A time of every year: POSIX's `Mm.w.d/time`.
pub struct Yearly {
    /// 1 to 12.
    pub month: u8,
    /// 1 to 4 for the first to fourth, 5 for the last.
    pub week: u8,
    /// 0 for Sunday to 6.
    pub weekday: u8,
    /// Minutes after midnight; may be below 0 or above a day.
    pub minute: i32,
}

/// A time at which the rule of a zone is wrong.
pub struct Exception {
    /// Its begin in milliseconds since 1970.
    pub from: i64,
    /// Its end.
    pub to: i64,
    /// Minutes east of UTC.
    pub offset: i32,
}

/// Working hours in one time zone.
pub struct Calendar {
    /// Index of the zone.
    pub zone: u16,
    /// The hours of a week, ascending.
    pub hours: Vec<Hours>,
    /// Days off as days since 1970, ascending.
    pub days_off: Vec<i32>,
}

/// Working hours of one day of the week.
pub struct Hours {
    /// 0 for Monday to 6.
    pub weekday: u8,
    /// Minutes after midnight at which they begin.
    pub from: u16,
    /// Minutes after midnight at which they end; at most a day.
    pub to: u16,
}

/// A person who picks leads up.
pub struct Owner {
    /// Hash of the id, by which queues deal.
    pub seed: u64,
    /// Index of the calendar.
    pub calendar: Option<u16>,
    /// Which leads the owner serves; all where absent.
    pub territory: Option<Condition>,
    /// First and last days of absences, as days since 1970.
    pub absences: Vec<(i32, i32)>,
}

/// A shared list of leads.
pub struct Queue {
    /// Indices of the owners and their weights.
    pub members: Vec<(u16, u32)>,
    /// After how many months companies are dealt anew; 0 for never.
    pub rotate_months: u8,
}

/// Companies that already have an owner, by salted hashes of their domains.
pub struct Accounts {
    /// The salt.
    pub salt: u64,
    /// How many of the 64 bits of a hash were kept.
    pub bits: u8,
    /// Hashes and the indices of the owners.
    pub owners: Vec<(u64, u16)>,
}

/// A promised response time.
pub struct Promise {
    /// Minutes of working time.
    pub minutes: u32,
    /// Index of the calendar; the owner's own where absent.
    pub calendar: Option<u16>,
    /// How often and over how many working days to try, where this program tells it.
    pub attempts: Option<(u32, u32)>,
}

/// A step of a follow-up: one queue or one owner.
pub struct Step {
    /// Index of the queue.
    pub queue: Option<u16>,
    /// Index of the owner.
    pub owner: Option<u16>,
    /// Index of the promise.
    pub promise: Option<u16>,
}
}
