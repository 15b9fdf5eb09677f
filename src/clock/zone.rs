//! What the clock says in a time zone.

use crate::program::{Yearly, Zone};
use crate::time::{self, DAY};

use super::MINUTE;

/// Later than all that is asked for, with room for arithmetic.
const FAR: i64 = i64::MAX / 4;

/// A time in which the clock of a zone runs without being changed.
pub struct Span {
    /// What the clock is ahead of UTC, in milliseconds.
    pub offset: i64,
    /// When it is changed next.
    pub end: i64,
}

impl Zone {
    /// The span that holds the moment `at`.
    pub fn span(&self, at: i64) -> Span {
        let mut span = Span {
            offset: i64::from(self.offset) * MINUTE,
            end: FAR,
        };
        if let Some(summer) = &self.summer {
            let (winter, summer_offset) = (span.offset, i64::from(summer.offset) * MINUTE);
            let (year, ..) = time::date_from_days(at.div_euclid(DAY));
            let mut last = i64::MIN;
            for year in year - 1..=year + 1 {
                let changes = [
                    (summer.from.local(year) - winter, summer_offset),
                    (summer.to.local(year) - summer_offset, winter),
                ];
                for (change, offset) in changes {
                    if change > at {
                        span.end = span.end.min(change);
                    } else if change > last {
                        last = change;
                        span.offset = offset;
                    }
                }
            }
        }
        for exception in &self.exceptions {
            if exception.from > at {
                span.end = span.end.min(exception.from);
            } else if exception.to > at {
                span = Span {
                    offset: i64::from(exception.offset) * MINUTE,
                    end: exception.to.min(FAR),
                };
            }
        }
        span
    }
}

impl Yearly {
    /// The time by the zone's own clock, in milliseconds as if that were UTC.
    fn local(&self, year: i64) -> i64 {
        let (month, week) = (i64::from(self.month), i64::from(self.week));
        let first = time::days_from_date(year, month, 1);
        // The first of January 1970 was a Thursday.
        let until = (i64::from(self.weekday) - 4 - first).rem_euclid(7);
        let mut day = first + until + (week - 1) * 7;
        if day >= first + time::days_in_month(year, month) {
            day -= 7;
        }
        day * DAY + i64::from(self.minute) * MINUTE
    }
}
