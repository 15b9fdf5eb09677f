//! Dates as spreadsheets and CRMs write them.
//!
//! `03/04/2026` is two different days on two sides of an ocean: which one, a whole column decides
//! ([`Order::of`]), never a single cell. A time without a zone is UTC.

use crate::text::fold;
use crate::time;

crate::vocabulary::vocabulary! {
    /// The order of day and month where both are numbers and the year comes last.
    pub enum Order {
        /// 22/11/2026
        DayFirst = "dayFirst",
        /// 11/22/2026
        MonthFirst = "monthFirst",
    }
}

impl Order {
    /// The order in which most of these cells are dates; the day first where both are as good.
    pub fn of<'c>(cells: impl Iterator<Item = &'c str> + Clone) -> Order {
        let dates = |order| {
            cells
                .clone()
                .filter(move |cell| read(cell, order).is_some())
        };
        let (day, month) = (
            dates(Order::DayFirst).count(),
            dates(Order::MonthFirst).count(),
        );
        if month > day {
            Order::MonthFirst
        } else {
            Order::DayFirst
        }
    }
}

/// Milliseconds since 1970 of a date in nearly any form.
pub fn read(text: &str, order: Order) -> Option<i64> {
    let text = text.trim();
    time::parse(text).or_else(|| number(text)).or_else(|| {
        let (date, clock) = split(text);
        let (year, month, day) = date_of(&date, order)?;
        let iso = format!("{year:04}-{month:02}-{day:02}");
        match clock {
            None => time::parse(&iso),
            Some(clock) => time::parse(&format!("{iso}T{}", time_of(&clock)?)),
        }
    })
}

/// A date as most files have it: `2026-11-22`, or with a time of day in UTC, `2026-11-22T10:00:00Z`.
pub fn plain(text: &[u8]) -> Option<i64> {
    let (date, clock) = text.split_first_chunk::<10>()?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *date else {
        return None;
    };
    let two = |tens: u8, ones: u8| {
        let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
        (tens < 10 && ones < 10).then(|| i64::from(tens) * 10 + i64::from(ones))
    };
    let (year, month, day) = (
        two(y1, y2)? * 100 + two(y3, y4)?,
        two(m1, m2)?,
        two(d1, d2)?,
    );
    let is_day = (1..=12).contains(&month) && (1..=time::days_in_month(year, month)).contains(&day);
    if year == 0 || !is_day {
        return None;
    }
    let midnight = time::days_from_date(year, month, day) * time::DAY;
    match *clock {
        [] => Some(midnight),
        [b'T' | b' ', h1, h2, b':', m1, m2, b':', s1, s2, b'Z'] => {
            let (hours, minutes, seconds) = (two(h1, h2)?, two(m1, m2)?, two(s1, s2)?);
            let of_day = ((hours * 60 + minutes) * 60 + seconds) * 1000;
            (hours < 24 && minutes < 60 && seconds < 60).then_some(midnight + of_day)
        }
        _ => None,
    }
}

/// A date as one number: `20261122`, milliseconds or seconds since 1970, days of a spreadsheet
/// since 1899-12-30.
fn number(text: &str) -> Option<i64> {
    const DAY: f64 = time::DAY as f64;
    /// Days from 1899-12-30 to 1970-01-01.
    const EPOCH: f64 = 25_569.0;
    let plain = |c: char| c.is_ascii_digit() || c == '.';
    if text.len() < 5 || !text.chars().all(plain) || !text.starts_with(|c: char| c != '0') {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    let whole = value == value.trunc();
    match value {
        20_000.0..80_000.0 => Some(((value - EPOCH) * DAY).round() as i64),
        19_000_101.0..21_000_000.0 if whole && text.len() == 8 => {
            let (year, rest) = text.split_at_checked(4)?;
            let (month, day) = rest.split_at_checked(2)?;
            time::parse(&format!("{year}-{month}-{day}"))
        }
        5e8..5e9 if whole => Some(value as i64 * 1000),
        5e11..5e12 if whole => Some(value as i64),
        _ => None,
    }
}

/// A part of a date.
#[derive(Debug, PartialEq)]
enum Part {
    /// A number and of how many digits.
    Number(u32, usize),
    Month(u32),
}

/// Splits a text into date and time of day: the time is what holds the first colon.
fn split(text: &str) -> (String, Option<String>) {
    let Some(colon) = text.find(':') else {
        return (text.to_owned(), None);
    };
    let (before, _) = text.split_at(colon);
    let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (date, clock) = text.split_at(start);
    (
        date.trim_end_matches(['T', 't', ' ', ',']).to_owned(),
        Some(clock.to_owned()),
    )
}

/// Year, month and day.
fn date_of(text: &str, order: Order) -> Option<(u32, u32, u32)> {
    use Part::{Month, Number};
    let mut parts = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        // `22nd`, `1er` are numbers; `22Nov2026` is three parts.
        let mut rest = word;
        while !rest.is_empty() {
            let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let letters = rest
                .find(|c: char| c.is_ascii_digit())
                .unwrap_or(rest.len());
            let (part, after) = rest.split_at_checked(if digits > 0 { digits } else { letters })?;
            rest = after;
            if digits > 0 {
                parts.push(Number(part.parse().ok()?, digits));
            } else if let Some(month) = month(part) {
                parts.push(Month(month));
            } else if !is_filler(part) {
                return None;
            }
        }
    }
    let (year, digits, month, day) = match (parts.as_slice(), order) {
        ([Number(year, 4), Number(month, _), Number(day, _)], _) => (*year, 4, *month, *day),
        ([Number(year, 4), Month(month), Number(day, _)], _) => (*year, 4, *month, *day),
        ([Number(day, _), Month(month), Number(year, digits)], _)
        | ([Month(month), Number(day, _), Number(year, digits)], _) => {
            (*year, *digits, *month, *day)
        }
        ([Number(day, _), Number(month, _), Number(year, digits)], Order::DayFirst)
        | ([Number(month, _), Number(day, _), Number(year, digits)], Order::MonthFirst) => {
            (*year, *digits, *month, *day)
        }
        _ => return None,
    };
    let year = match digits {
        4 => year,
        2 if year < 70 => 2000 + year,
        2 => 1900 + year,
        _ => return None,
    };
    Some((year, month, day))
}

/// Names of months by what they begin with, in the languages that titles are read in.
const MONTHS: &[(&str, u32)] = &[
    ("juil", 7),
    ("juin", 6),
    ("jan", 1),
    ("ene", 1),
    ("gen", 1),
    ("feb", 2),
    ("fev", 2),
    ("mar", 3),
    ("mrz", 3),
    ("maa", 3),
    ("apr", 4),
    ("abr", 4),
    ("avr", 4),
    ("mai", 5),
    ("may", 5),
    ("mag", 5),
    ("mei", 5),
    ("jun", 6),
    ("giu", 6),
    ("jul", 7),
    ("lug", 7),
    ("aug", 8),
    ("ago", 8),
    ("aou", 8),
    ("sep", 9),
    ("set", 9),
    ("okt", 10),
    ("oct", 10),
    ("ott", 10),
    ("out", 10),
    ("nov", 11),
    ("dec", 12),
    ("dez", 12),
    ("dic", 12),
];

fn month(word: &str) -> Option<u32> {
    let folded = fold(word);
    let found = MONTHS.iter().find(|(start, _)| folded.starts_with(start));
    found.map(|(_, month)| *month)
}

/// Words of a date that say nothing more: days of the week, ordinals, `de`, `of`.
fn is_filler(word: &str) -> bool {
    const STARTS: &[&str] = &[
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "die", "mit", "don", "fre", "sam", "son",
        "lun", "mer", "jeu", "ven", "dim",
    ];
    let folded = fold(word);
    let weekday = STARTS.iter().any(|start| folded.starts_with(start));
    weekday
        || [
            "st", "nd", "rd", "th", "er", "de", "of", "del", "le", "am", "den", "the", "t",
        ]
        .contains(&folded.as_str())
}

/// A time of day as RFC 3339 has it, from `9:05`, `9:05:30 PM`, `10:00 UTC`, `10:00 +0200`.
fn time_of(clock: &str) -> Option<String> {
    let clock = clock.trim();
    let end = clock
        .find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.'))
        .unwrap_or(clock.len());
    let (digits, rest) = clock.split_at(end);
    let rest = rest.trim().to_ascii_uppercase().replace(['.', ' '], "");
    let (half, zone) = match rest.get(..2) {
        Some(half @ ("AM" | "PM")) => (Some(half), rest.get(2..).unwrap_or_default()),
        _ => (None, rest.as_str()),
    };
    let mut parts = digits.splitn(3, ':');
    let hours: u32 = parts.next()?.parse().ok()?;
    let (minutes, seconds) = (parts.next()?, parts.next().unwrap_or("00"));
    let hours = match half {
        Some(_) if !(1..=12).contains(&hours) => return None,
        Some("AM") => hours % 12,
        Some(_) => hours % 12 + 12,
        None => hours,
    };
    let zone = match zone {
        "" | "Z" | "UTC" | "GMT" => "Z".to_owned(),
        zone => match zone
            .strip_prefix("UTC")
            .or(zone.strip_prefix("GMT"))
            .unwrap_or(zone)
        {
            short if short.len() == 5 && !short.contains(':') => {
                format!("{}:{}", short.get(..3)?, short.get(3..)?)
            }
            short if short.len() == 3 => format!("{short}:00"),
            whole => whole.to_owned(),
        },
    };
    let seconds = if seconds.len() == 1 {
        format!("0{seconds}")
    } else {
        seconds.to_owned()
    };
    Some(format!("{hours:02}:{minutes:0>2}:{seconds}{zone}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let read = read(text, Order::DayFirst).map(time::format);
        let expected = time::parse(expected).map(time::format);
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn dates_of_many_forms_are_read() {
        for text in [
            "2026-11-22",
            "2026/11/22",
            "2026.11.22",
            "20261122",
            "22/11/2026",
            "22.11.2026",
            "22.11.26",
            "22-11-2026",
            "22 Nov 2026",
            "22-Nov-26",
            "22nov2026",
            "Nov 22, 2026",
            "November 22nd, 2026",
            "Sunday, 22 November 2026",
            "22. November 2026",
            "22 novembre 2026",
            "22 de noviembre de 2026",
            "46348",
            "1795305600",
            "1795305600000",
            "2026-11-22 00:00:00 UTC",
        ] {
            check(text, "2026-11-22");
        }
        check("3 juin 2026", "2026-06-03");
        check("3 juillet 2026", "2026-07-03");
        check("5. März 2026", "2026-03-05");
        check("22/11/2026 9:05", "2026-11-22T09:05:00Z");
        check("22/11/2026, 9:05:30 PM", "2026-11-22T21:05:30Z");
        check("22/11/2026 12:00 am", "2026-11-22T00:00:00Z");
        check("22.11.2026 10:00 +0200", "2026-11-22T10:00:00+02:00");
        check("2026-11-22T10:00:00.5+01:00", "2026-11-22T09:00:00.5Z");
        check("46348.5", "2026-11-22T12:00:00Z");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "soon",
            "31/02/2026",
            "2026-13-01",
            "1.5",
            "12",
            "007",
            "22/11",
            "22/11/2026 25:00",
            "22/11/2026 13:00 PM",
            "1/2/3/4",
            "May",
            "555-1234",
        ] {
            assert_eq!(read(text, Order::DayFirst), None, "{text}");
        }
    }

    #[test]
    fn a_column_decides_the_order() {
        let of = |cells: &[&str]| Order::of(cells.iter().copied());
        assert_eq!(of(&["03/04/2026", "12/25/2026"]), Order::MonthFirst);
        assert_eq!(of(&["03/04/2026", "25/12/2026"]), Order::DayFirst);
        assert_eq!(of(&["03/04/2026"]), Order::DayFirst);
        let april = read("04/03/2026", Order::MonthFirst);
        assert_eq!(april, time::parse("2026-04-03"));
    }

    proptest! {
        /// What is read at once is what is read at length.
        #[test]
        fn a_plain_date_is_that_date(text in "[0129]{4}-[01][0-9]-[0-3][0-9]([T ][0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z|)") {
            prop_assert_eq!(plain(text.as_bytes()), time::parse(&text));
        }

        #[test]
        fn no_text_panics(text in ".{0,40}") {
            read(&text, Order::MonthFirst);
        }

        #[test]
        fn digits_and_marks_do_not_panic(text in "[0-9:/. TPMNov+-]{0,30}") {
            read(&text, Order::DayFirst);
        }
    }
}
