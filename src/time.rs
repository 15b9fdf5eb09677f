//! Points in time as milliseconds since 1970-01-01T00:00Z, and their RFC 3339 text.
//!
//! The calendar is the proleptic Gregorian one; the conversion between days and dates follows
//! Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".

use alloc::string::String;

/// Milliseconds of a day.
pub const DAY: i64 = 86_400_000;
/// Earliest and latest time that is taken: the years 1 to 9999.
pub const RANGE: core::ops::RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;

/// Reads a date (`2026-11-22`, taken as midnight UTC) or a date with time and zone
/// (`2026-11-22T10:00:00Z`, `2026-11-22 10:00:00.5+01:00`; a time without a zone is UTC).
pub fn parse(text: &str) -> Option<i64> {
    let (date, rest) = text.split_at_checked(10)?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *date.as_bytes() else {
        return None;
    };
    let year = digits(&[y1, y2, y3, y4])?;
    let (month, day) = (digits(&[m1, m2])?, digits(&[d1, d2])?);
    if year == 0 || !(1..=12).contains(&month) || !(1..=days_in_month(year, month)).contains(&day) {
        return None;
    }
    let midnight = days_from_date(year, month, day) * DAY;
    let time = if rest.is_empty() {
        0
    } else {
        time_of_day(rest)?
    };
    Some(midnight + time).filter(|time| RANGE.contains(time))
}

/// Milliseconds after midnight UTC of `T10:00:00.5+01:00`; may be below 0 or above a day.
fn time_of_day(text: &str) -> Option<i64> {
    let text = text.strip_prefix(['T', 't', ' '])?;
    let mut bytes = text.bytes();
    let (clock, zone) = match bytes.position(|byte| b"Zz+-".contains(&byte)) {
        Some(at) => text.split_at_checked(at)?,
        None => (text, "Z"),
    };
    let offset = match zone.as_bytes() {
        [b'Z' | b'z'] => 0,
        [sign, h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            (hours * 60 + minutes) * if *sign == b'-' { -60_000 } else { 60_000 }
        }
        _ => return None,
    };
    let (hours, rest) = clock.split_at_checked(2)?;
    let (minutes, rest) = rest.strip_prefix(':')?.split_at_checked(2)?;
    let (seconds, fraction) = match rest.strip_prefix(':') {
        Some(rest) => rest.split_at_checked(2)?,
        None => ("00", rest),
    };
    let [hours, minutes, seconds] = [hours, minutes, seconds].map(|part| digits(part.as_bytes()));
    let (hours, minutes, seconds) = (hours?, minutes?, seconds?);
    if hours > 23 || minutes > 59 || seconds > 59 {
        return None;
    }
    let millis = match fraction.strip_prefix('.') {
        Some(fraction) if !fraction.is_empty() && fraction.len() <= 9 => {
            digits(fraction.as_bytes())?;
            let first = fraction.bytes().chain([b'0'; 3]).take(3);
            first.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'))
        }
        None if fraction.is_empty() => 0,
        _ => return None,
    };
    Some(((hours * 60 + minutes) * 60 + seconds) * 1000 + millis - offset)
}

/// RFC 3339 text in UTC with milliseconds, as JavaScript's `toISOString` gives it.
pub fn format(time: i64) -> String {
    let (year, month, day) = date_from_days(time.div_euclid(DAY));
    let millis = time.rem_euclid(DAY);
    let mut text = String::with_capacity(24);
    push_padded(&mut text, year, 4);
    text.push('-');
    push_padded(&mut text, month, 2);
    text.push('-');
    push_padded(&mut text, day, 2);
    text.push('T');
    push_padded(&mut text, millis / 3_600_000, 2);
    text.push(':');
    push_padded(&mut text, millis / 60_000 % 60, 2);
    text.push(':');
    push_padded(&mut text, millis / 1000 % 60, 2);
    text.push('.');
    push_padded(&mut text, millis % 1000, 3);
    text.push('Z');
    text
}

fn push_padded(text: &mut String, number: i64, width: u32) {
    for place in (0..width).rev() {
        let digit = number / 10_i64.pow(place) % 10;
        text.push(char::from(b'0' + digit.unsigned_abs() as u8));
    }
}

fn digits(bytes: &[u8]) -> Option<i64> {
    bytes.iter().try_fold(0, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + i64::from(byte - b'0'))
    })
}

pub(crate) fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01.
pub(crate) fn days_from_date(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day of a number of days since 1970-01-01.
pub(crate) fn date_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: Option<i64>) {
        assert_eq!(parse(text), expected, "{text}");
    }

    #[test]
    fn reads_dates_and_times() {
        check("1970-01-01", Some(0));
        check("1970-01-01T00:00:00Z", Some(0));
        check("2026-11-22T10:00:00.123Z", Some(1_795_341_600_123));
        check("2026-11-22t11:00:00.123456+01:00", Some(1_795_341_600_123));
        check("2026-11-22 09:30-00:30", Some(1_795_341_600_000));
        check("2024-02-29", Some(1_709_164_800_000));
        check("0001-01-01", Some(*RANGE.start()));
        check("9999-12-31T23:59:59.999Z", Some(*RANGE.end()));
    }

    #[test]
    fn refuses_what_is_no_time() {
        for text in [
            "",
            "today",
            "2026-1-1",
            "2026-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-01-00",
            "0000-01-01",
            "2026-01-01T",
            "2026-01-01T1:00",
            "2026-01-01T24:00:00Z",
            "2026-01-01T10:60:00Z",
            "2026-01-01T10:00:60Z",
            "2026-01-01T10:00:00.Z",
            "2026-01-01T10:00:00+25:00",
            "2026-01-01T10:00:00+1:00",
            "2026-01-01Z",
            "9999-12-31T23:59:59-00:01",
            "20２6-01-01",
            "2026-01-01T10:00:00é",
        ] {
            check(text, None);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(time in RANGE) {
            prop_assert_eq!(parse(&format(time)), Some(time));
        }

        #[test]
        fn no_text_panics(text in ".{0,40}") {
            parse(&text);
        }
    }
}
