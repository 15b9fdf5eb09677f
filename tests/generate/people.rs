//! Random owners, queues, calendars and promises of a random scorecard.

use serde_json::{Map, Value, json};

use super::{Stratum, Tape, condition};

const ZONES: [&str; 4] = [
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kolkata",
];
const WORKDAYS: [&str; 5] = ["monday", "tuesday", "wednesday", "thursday", "friday"];

/// Adds people to a scorecard, and follow-ups to its routes. Everybody is used.
pub fn people(tape: &mut Tape, card: &mut Map<String, Value>) {
    let calendars = json!([
        { "id": "day", "timeZone": tape.of(&ZONES), "daysOff": ["2026-11-20"], "hours": [
            { "days": WORKDAYS, "from": "09:00", "to": "12:30" },
            { "days": WORKDAYS, "from": "13:15", "to": "18:00" },
        ] },
        { "id": "night", "timeZone": tape.of(&ZONES), "hours": [
            { "days": ["saturday", "sunday", "wednesday"], "from": "00:00", "to": "24:00" },
        ] },
    ]);
    let ids = ["ann", "bob", "cid", "dee"];
    let owners: Vec<Value> = ids
        .iter()
        .enumerate()
        .map(|(index, id)| {
            let calendar = if index % 2 == 0 { "day" } else { "night" };
            let mut owner = json!({ "id": id, "calendar": calendar });
            if tape.one_in(3) {
                owner["territory"] = condition(tape, Stratum::Facts, 1);
            }
            if tape.one_in(3) {
                owner["absences"] = json!([{ "from": "2026-11-10", "to": "2026-11-30" }]);
            }
            owner
        })
        .collect();
    let members: Vec<Value> = ids
        .iter()
        .map(|id| json!({ "owner": id, "weight": 1 + tape.below(5) }))
        .collect();
    let mut queue = json!({ "id": "sales", "members": members });
    if tape.one_in(3) {
        queue["rotateEvery"] = json!(tape.of(&["month", "quarter", "year"]));
    }
    let sla = json!([
        { "id": "fast", "respondWithinMinutes": 1 + tape.below(600), "escalateTo": "dee" },
        { "id": "slow", "respondWithinMinutes": 1 + tape.below(43_200), "calendar": "day",
            "attempts": { "count": 1 + tape.below(8), "overWorkingDays": 1 + tape.below(20) } },
    ]);
    let steps = [
        json!({ "queue": "sales", "sla": "fast" }),
        json!({ "owner": "bob", "sla": "slow", "task": "Call" }),
        json!({ "queue": "sales", "sla": "slow" }),
    ];
    for route in card
        .get_mut("routes")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        let few = tape.some(&steps);
        if !few.is_empty() {
            route["followUp"] = json!(few);
        }
    }
    card["fallback"]["unmatched"]["followUp"] = json!(steps);
    for (key, value) in [
        ("calendars", calendars),
        ("owners", json!(owners)),
        ("queues", json!([queue])),
        ("sla", sla),
        (
            "accounts",
            json!([{ "domains": ["acme.example", "example.com"], "owner": "cid" }]),
        ),
    ] {
        card.insert(key.to_owned(), value);
    }
}
