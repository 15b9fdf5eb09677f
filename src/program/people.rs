//! Who picks leads up and by when, as the program knows it: no names, only indices and times.
//!
//! All of it is rows of whole numbers, since one way to read them costs a page less than ten. What
//! stands where in a row is said here and nowhere else: each kind of row is written by its `row`
//! and read back as a view. A row that is too short, and an index that leads nowhere, is nobody.

use alloc::vec::Vec;

use super::{Condition, Program};
use crate::vocabulary::vocabulary;
use crate::wire::wire_struct;

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

/// Whole numbers, one after the other.
pub type Row = Vec<i32>;

/// Most numbers in the row of a zone, of a calendar, or of its days off.
pub const MAX_ROW: usize = 3_000;
/// Most steps of one follow-up.
pub const MAX_STEPS: usize = 10;
/// In place of an index: nothing.
pub const NONE: i32 = -1;

wire_struct! {
/// Everybody who follows up.
pub struct People {
    /// Time zones that calendars stand in, each a [`Zone`].
    pub zones: Vec<Row>,
    /// Working hours, each a [`Calendar`].
    pub calendars: Vec<Row>,
    /// Of each calendar its days off as days since 1970, ascending.
    pub days_off: Vec<Row>,
    /// Owners in the order of the file, each an [`Owner`].
    pub owners: Vec<Row>,
    /// Which leads an owner serves.
    pub territories: Vec<Condition>,
    /// Queues in the order of the file, each a [`Queue`].
    pub queues: Vec<Row>,
    /// Companies that already have an owner: [`Accounts`], or nothing where they are not told.
    pub accounts: Row,
    /// Promised response times in the order of the file, each a [`Promise`].
    pub promises: Vec<Row>,
    /// Of each route, then of the fallbacks for unmatched and disqualified leads, the [`Step`]s.
    pub plans: Vec<Row>,
}
}

/// A time zone: its offsets in minutes east of UTC, and the moments in minutes since 1970 at which
/// they change.
#[derive(Clone, Copy, Debug)]
pub struct Zone<'a> {
    /// Until when the changes are known.
    pub horizon: i32,
    /// The offset before the first change.
    pub first: i32,
    /// Moment and offset of each change, ascending.
    pub changes: &'a [[i32; 2]],
}

/// Working hours in one time zone.
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a> {
    /// The zone.
    pub zone: Zone<'a>,
    /// Begin and end of all working hours, in minutes since Monday 0:00, ascending; each inside of
    /// one day.
    pub hours: &'a [[i32; 2]],
    /// Days off as days since 1970, ascending.
    pub days_off: &'a [i32],
}

/// A person who picks leads up.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    /// Hash of the id, by which queues deal.
    pub seed: i32,
    /// Index of the calendar, or [`NONE`].
    pub calendar: i32,
    /// Which leads the owner serves; all where absent.
    pub territory: Option<&'a Condition>,
    /// First and last days of absences, as days since 1970.
    pub absences: &'a [[i32; 2]],
}

/// A shared list of leads.
#[derive(Clone, Copy, Debug)]
pub struct Queue<'a> {
    /// After how many months companies are dealt anew; 0 for never.
    pub rotate_months: i32,
    /// Indices of the owners and their weights.
    pub members: &'a [[i32; 2]],
}

/// Companies that already have an owner, by salted hashes of their domains.
#[derive(Clone, Copy, Debug)]
pub struct Accounts<'a> {
    /// The salt.
    pub salt: i32,
    /// Whether the lower half of hashes was kept.
    pub whole: bool,
    /// Upper and lower halves of hashes, and the indices of the owners.
    pub owners: &'a [[i32; 3]],
}

/// A promised response time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Promise {
    /// Minutes of working time.
    pub minutes: i32,
    /// Index of the calendar, or [`NONE`]: the owner's own.
    pub calendar: i32,
    /// How often to try; 0 where this program does not tell it.
    pub attempts: i32,
    /// Over how many working days.
    pub over_days: i32,
}

/// A step of a follow-up: indices of its queue, its owner and its promise, or [`NONE`] for each.
pub type Step = [i32; 3];

impl<'a> Zone<'a> {
    /// The zone of a row.
    pub fn view(row: &'a Row) -> Option<Self> {
        let [horizon, first, changes @ ..] = row.as_slice() else {
            return None;
        };
        Some(Zone {
            horizon: *horizon,
            first: *first,
            changes: changes.as_chunks().0,
        })
    }

    /// The row of a zone.
    #[cfg(feature = "authoring")]
    pub fn row(&self) -> Row {
        [&[self.horizon, self.first], self.changes.as_flattened()].concat()
    }
}

impl Calendar<'_> {
    /// The row of a calendar in the zone of this index.
    #[cfg(feature = "authoring")]
    pub fn row(zone: i32, hours: &[[i32; 2]]) -> Row {
        [&[zone], hours.as_flattened()].concat()
    }
}

impl Owner<'_> {
    /// The row of an owner with the territory of this index.
    #[cfg(feature = "authoring")]
    pub fn row(seed: i32, calendar: i32, territory: i32, absences: &[[i32; 2]]) -> Row {
        [&[seed, calendar, territory], absences.as_flattened()].concat()
    }
}

impl Queue<'_> {
    /// The row of a queue.
    #[cfg(feature = "authoring")]
    pub fn row(&self) -> Row {
        [&[self.rotate_months], self.members.as_flattened()].concat()
    }
}

impl Accounts<'_> {
    /// The row of accounts.
    #[cfg(feature = "authoring")]
    pub fn row(&self) -> Row {
        let head = [self.salt, i32::from(self.whole)];
        [&head, self.owners.as_flattened()].concat()
    }
}

impl Promise {
    /// The row of a promise.
    #[cfg(feature = "authoring")]
    pub fn row(&self) -> Row {
        [self.minutes, self.calendar, self.attempts, self.over_days].to_vec()
    }
}

/// What stands at an index; nothing for [`NONE`].
fn at<T>(items: &[T], index: i32) -> Option<&T> {
    items.get(usize::try_from(index).ok()?)
}

impl People {
    /// The calendar of this index.
    pub fn calendar(&self, index: i32) -> Option<Calendar<'_>> {
        let [zone, hours @ ..] = at(&self.calendars, index)?.as_slice() else {
            return None;
        };
        Some(Calendar {
            zone: Zone::view(at(&self.zones, *zone)?)?,
            hours: hours.as_chunks().0,
            days_off: at(&self.days_off, index)?,
        })
    }

    /// The owner of this index.
    pub fn owner(&self, index: i32) -> Option<Owner<'_>> {
        let [seed, calendar, territory, absences @ ..] = at(&self.owners, index)?.as_slice() else {
            return None;
        };
        Some(Owner {
            seed: *seed,
            calendar: *calendar,
            territory: at(&self.territories, *territory),
            absences: absences.as_chunks().0,
        })
    }

    /// The queue of this index.
    pub fn queue(&self, index: i32) -> Option<Queue<'_>> {
        let (rotate_months, members) = at(&self.queues, index)?.split_first()?;
        Some(Queue {
            rotate_months: *rotate_months,
            members: members.as_chunks().0,
        })
    }

    /// The promise of this index.
    pub fn promise(&self, index: i32) -> Option<Promise> {
        let [minutes, calendar, attempts, over_days] = *at(&self.promises, index)?.as_array()?;
        Some(Promise {
            minutes,
            calendar,
            attempts,
            over_days,
        })
    }

    /// The companies that already have an owner.
    pub fn accounts(&self) -> Option<Accounts<'_>> {
        let [salt, whole, owners @ ..] = self.accounts.as_slice() else {
            return None;
        };
        Some(Accounts {
            salt: *salt,
            whole: *whole != 0,
            owners: owners.as_chunks().0,
        })
    }
}

impl Program {
    /// The steps of the route of this index in the texts.
    pub fn plan(&self, route: usize) -> &[Step] {
        let plan = self.people.plans.get(route);
        plan.map_or(&[], |plan| plan.as_chunks().0)
    }
}
