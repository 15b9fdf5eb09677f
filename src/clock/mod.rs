//! Working time: when an owner works next, and when so much working time will have passed.
//!
//! A moment is working time if the clock of the calendar's zone shows working hours then, on a day
//! that is not off. So an hour that a change of clocks skips is not worked, and one that it repeats
//! is worked twice. Between two changes of clocks all is plain arithmetic: whole weeks are passed
//! at once, and only the days of the last week are looked at.

mod zone;

use crate::program::{Calendar, Hours, Zone};
use crate::time::{DAY, RANGE};

/// Milliseconds of a minute.
pub const MINUTE: i64 = 60_000;
const WEEK: i64 = 7 * DAY;
/// How far ahead working time is looked for: 20 years.
const MOST: i64 = 20 * 366 * DAY;

/// A piece of working time, inside the hours of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// When it begins.
    pub from: i64,
    /// When it ends.
    pub to: i64,
    /// The day by the clock of the calendar, as days since 1970.
    pub day: i64,
}

/// A calendar and the zone that it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Clock<'a> {
    calendar: &'a Calendar,
    zone: &'a Zone,
}

impl<'a> Clock<'a> {
    /// A clock.
    pub fn new(calendar: &'a Calendar, zone: &'a Zone) -> Self {
        Clock { calendar, zone }
    }

    /// Until when the zone's exceptions are known.
    pub fn horizon(&self) -> i64 {
        self.zone.horizon
    }

    /// The day on which the owner of this calendar works next by the hours of the week, days off
    /// or not.
    pub fn opens(&self, at: i64) -> Option<i64> {
        self.next(at, end_after(at), &[]).map(|piece| piece.day)
    }

    /// Whether a day since 1970 is off.
    pub fn is_off(&self, day: i64) -> bool {
        is_in(&self.calendar.days_off, day)
    }

    /// The moment at which `wanted` milliseconds of working time have passed since `from`; `None`
    /// where they do not in 20 years.
    pub fn after(&self, from: i64, mut wanted: i64) -> Option<i64> {
        let (mut at, until) = (from, end_after(from));
        loop {
            at = self.skip_weeks(at, &mut wanted);
            let piece = self.next(at, until, &self.calendar.days_off)?;
            if wanted <= piece.to - piece.from {
                return Some(piece.from + wanted);
            }
            wanted -= piece.to - piece.from;
            at = piece.to;
        }
    }

    /// Working time from `from` to the end of the last of so many working days, the first of which
    /// holds `from`.
    pub fn over_days(&self, from: i64, days: u32) -> i64 {
        let (mut at, until) = (from, end_after(from));
        let (mut total, mut counted, mut day) = (0, 0, i64::MIN);
        while let Some(piece) = self.next(at, until, &self.calendar.days_off) {
            if piece.day != day {
                counted += 1;
                day = piece.day;
            }
            if counted > days {
                break;
            }
            total += piece.to - piece.from;
            at = piece.to;
        }
        total
    }

    /// Passes whole weeks while more than one is wanted and the clocks are not changed.
    fn skip_weeks(&self, mut at: i64, wanted: &mut i64) -> i64 {
        let week: i64 = self.calendar.hours.iter().map(Hours::length).sum();
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
        let days = self.calendar.days_off.iter().map(|day| i64::from(*day));
        days.flat_map(|day| self.hours_of(day))
            .map(|(start, end)| (end.min(to) - start.max(from)).max(0))
            .sum()
    }

    /// Begin and end of the hours of a day by the zone's clock, in milliseconds as if that were
    /// UTC.
    fn hours_of(&self, day: i64) -> impl Iterator<Item = (i64, i64)> + 'a {
        // The first of January 1970 was a Thursday.
        let weekday = (day + 3).rem_euclid(7);
        let hours = self.calendar.hours.iter();
        hours
            .filter(move |hours| i64::from(hours.weekday) == weekday)
            .map(move |hours| {
                let start = day * DAY;
                (
                    start + i64::from(hours.from) * MINUTE,
                    start + i64::from(hours.to) * MINUTE,
                )
            })
    }

    /// The first piece of working time that ends after `at` and begins before `until`, cut at both.
    fn next(&self, mut at: i64, until: i64, days_off: &[i32]) -> Option<Piece> {
        while at < until {
            let span = self.zone.span(at);
            let end = span.end.min(until);
            let (local, local_end) = (at + span.offset, end + span.offset);
            let mut day = local.div_euclid(DAY);
            while day * DAY < local_end {
                if !is_in(days_off, day) {
                    for (start, stop) in self.hours_of(day) {
                        let (from, to) = (start.max(local), stop.min(local_end));
                        if from < to {
                            return Some(Piece {
                                from: from - span.offset,
                                to: to - span.offset,
                                day,
                            });
                        }
                    }
                }
                day += 1;
            }
            at = end;
        }
        None
    }
}

impl Hours {
    /// Milliseconds from begin to end.
    fn length(&self) -> i64 {
        (i64::from(self.to) - i64::from(self.from)) * MINUTE
    }
}

/// Until when working time is looked for.
fn end_after(at: i64) -> i64 {
    at.saturating_add(MOST).min(*RANGE.end())
}

fn is_in(days: &[i32], day: i64) -> bool {
    days.binary_search_by(|other| i64::from(*other).cmp(&day))
        .is_ok()
}

#[cfg(test)]
mod tests;
