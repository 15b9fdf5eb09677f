//! Working time: when an owner works next, and when so much working time will have passed.
//!
//! A moment is working time if the clock of the calendar's zone shows working hours then, on a day
//! that is not off. So an hour that a change of clocks skips is not worked, and one that it repeats
//! is worked twice. Between two changes of clocks all is plain arithmetic: whole weeks are passed
//! at once, and only the hours of the last week are looked at.

use crate::program::{Calendar, Zone};
use crate::time::{DAY, RANGE};

/// Milliseconds of a minute.
pub const MINUTE: i64 = 60_000;
const WEEK: i64 = 7 * DAY;
/// A Monday: 1969-12-29.
const MONDAY: i64 = -3 * DAY;
/// How far ahead working time is looked for: 20 years.
const MOST: i64 = 20 * 366 * DAY;

/// A piece of working time, inside the hours of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    /// When it begins.
    from: i64,
    /// When it ends.
    to: i64,
    /// The day by the clock of the calendar, as days since 1970.
    day: i64,
}

/// A time in which the clock of a zone runs without being changed.
struct Span {
    /// What the clock is ahead of UTC, in milliseconds.
    offset: i64,
    /// When it is changed next.
    end: i64,
}

impl Zone<'_> {
    /// The span that holds the moment `at`.
    fn span(&self, at: i64) -> Span {
        let mut offset = self.first;
        let mut end = *RANGE.end();
        for [change, then] in self.changes {
            let change = i64::from(*change) * MINUTE;
            if change > at {
                end = change;
                break;
            }
            offset = *then;
        }
        Span {
            offset: i64::from(offset) * MINUTE,
            end,
        }
    }
}

impl Calendar<'_> {
    /// Until when the changes of its clock are known.
    pub fn horizon(&self) -> i64 {
        i64::from(self.zone.horizon) * MINUTE
    }

    /// The day on which the owner of this calendar works next by the hours of the week, days off
    /// or not.
    pub fn opens(&self, at: i64) -> Option<i64> {
        self.next(at, end_after(at), &[]).map(|piece| piece.day)
    }

    /// Whether a day since 1970 is off.
    pub fn is_off(&self, day: i64) -> bool {
        is_off(self.days_off, day)
    }

    /// The moment at which `wanted` milliseconds of working time have passed since `from`; `None`
    /// where they do not in 20 years.
    pub fn after(&self, from: i64, mut wanted: i64) -> Option<i64> {
        let mut at = from;
        loop {
            at = self.skip_weeks(at, &mut wanted);
            let piece = self.next(at, end_after(from), self.days_off)?;
            let length = piece.to - piece.from;
            if wanted <= length {
                return Some(piece.from + wanted);
            }
            wanted -= length;
            at = piece.to;
        }
    }

    /// Working time from `from` to the end of the last of so many working days, the first of which
    /// holds `from`.
    pub fn over_days(&self, from: i64, days: i32) -> i64 {
        let mut at = from;
        let (mut total, mut counted, mut day) = (0, 0, i64::MIN);
        while let Some(piece) = self.next(at, end_after(from), self.days_off) {
            counted += i32::from(piece.day != day);
            if counted > days {
                break;
            }
            day = piece.day;
            total += piece.to - piece.from;
            at = piece.to;
        }
        total
    }

    /// Passes whole weeks while more than one is wanted and the clocks are not changed.
    fn skip_weeks(&self, mut at: i64, wanted: &mut i64) -> i64 {
        let week: i64 = (self.hours.iter())
            .map(|[from, to]| (i64::from(*to) - i64::from(*from)) * MINUTE)
            .sum();
        let span = self.zone.span(at);
        loop {
            // One millisecond stays, so that the end is found inside working hours.
            let weeks = ((*wanted - 1) / week.max(1)).min((span.end - at) / WEEK);
            if weeks <= 0 {
                return at;
            }
            let to = at + weeks * WEEK;
            *wanted -= weeks * week - self.off_between(at + span.offset, to + span.offset);
            at = to;
        }
    }

    /// Working time that days off take between two moments of the zone's clock.
    fn off_between(&self, from: i64, to: i64) -> i64 {
        let mut total = 0;
        for off in self.days_off {
            let start = i64::from(*off) * DAY;
            let monday = start - (start - MONDAY).rem_euclid(WEEK);
            for [open, close] in self.hours {
                let open = monday + i64::from(*open) * MINUTE;
                let close = monday + i64::from(*close) * MINUTE;
                if open.div_euclid(DAY) == i64::from(*off) {
                    total += (close.min(to) - open.max(from)).max(0);
                }
            }
        }
        total
    }

    /// The first piece of working time that ends after `at` and begins before `until`, cut at both.
    fn next(&self, mut at: i64, until: i64, days_off: &[i32]) -> Option<Piece> {
        while at < until {
            let span = self.zone.span(at);
            let end = span.end.min(until);
            let (local, local_end) = (at + span.offset, end + span.offset);
            let mut monday = local - (local - MONDAY).rem_euclid(WEEK);
            while monday < local_end {
                for [open, close] in self.hours {
                    let open = monday + i64::from(*open) * MINUTE;
                    let close = monday + i64::from(*close) * MINUTE;
                    let (from, to) = (open.max(local), close.min(local_end));
                    let day = open.div_euclid(DAY);
                    if from < to && !is_off(days_off, day) {
                        return Some(Piece {
                            from: from - span.offset,
                            to: to - span.offset,
                            day,
                        });
                    }
                }
                monday += WEEK;
            }
            at = end;
        }
        None
    }
}

/// Whether a day since 1970 is among these.
fn is_off(days_off: &[i32], day: i64) -> bool {
    days_off.iter().any(|off| i64::from(*off) == day)
}

/// Until when working time is looked for.
fn end_after(at: i64) -> i64 {
    (at + MOST).min(*RANGE.end())
}

#[cfg(test)]
mod tests;
