//! Random leads.

use serde_json::{Map, Value, json};

use super::{DAY, LEVELS, NOW, PLANS, TEXTS, TOOLS, TYPES, Tape};

/// Numbers of facts: some on the edges of tests, some between.
const GIVEN: [f64; 10] = [0.0, 10.0, 50.0, 50.25, 50.5, 199.0, 200.0, -5.0, -7.5, 1e9];

const PATHS: [&str; 4] = ["/pricing", "/pricing/eu", "/docs", "/Price"];

/// A lead: any fact may be missing, wrong or odd.
pub fn lead(tape: &mut Tape) -> Value {
    let mut lead = Map::new();
    let mut company = Map::new();
    if let Some(value) = number(tape) {
        company.insert("employees".to_owned(), value);
    }
    if let Some(value) = text(tape) {
        company.insert("country".to_owned(), value);
    }
    let mut set = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            lead.insert(key.to_owned(), value);
        }
    };
    set("company", Some(Value::Object(company)));
    set("seats", number(tape));
    set("plan", choice(tape, &PLANS));
    set("seniority", choice(tape, &LEVELS));
    set(
        "tools",
        match tape.below(5) {
            0 => None,
            1 => Some(json!([])),
            2 => Some(json!(tape.some(&TOOLS))),
            3 => Some(json!(tape.some(&["crm", "nothing", "mail"]))),
            _ => Some(json!("crm; mail")),
        },
    );
    set("partner", boolean(tape));
    set(
        "renewal",
        match tape.below(5) {
            0 => None,
            1 => Some(json!("31 February")),
            2 => Some(json!("2026-11-17T00:00:00Z")),
            _ => Some(json!(NOW - tape.below(800) as i64 * DAY / 2 + 30 * DAY)),
        },
    );
    set(
        "stage",
        if tape.one_in(8) {
            Some(json!(tape.of(&["s0", "won", "lost"])))
        } else {
            None
        },
    );
    set(
        "jobTitle",
        match tape.below(6) {
            0 => Some(json!(tape.of(&[
                "VP Marketing",
                "student",
                "Head of 日本",
                "CEO 🙂",
                ""
            ]))),
            _ => None,
        },
    );
    set("events", events_of_lead(tape));
    let mut answers = Map::new();
    for (id, value) in [
        ("q-seats", number(tape)),
        ("q-plan", choice(tape, &PLANS)),
        ("q-country", text(tape)),
        ("q-partner", boolean(tape)),
    ] {
        if let Some(value) = value.filter(|_| tape.below(2) == 1) {
            answers.insert(id.to_owned(), value);
        }
    }
    set("answers", Some(Value::Object(answers)));
    let mut aggregates = Map::new();
    for id in ["c0", "c7", "c4"] {
        match tape.below(6) {
            4 => drop(aggregates.insert(
                id.to_owned(),
                json!({ "value": tape.below(5), "lastAt": NOW - tape.below(60) as i64 * DAY }),
            )),
            5 => drop(aggregates.insert(
                id.to_owned(),
                tape.of(&[json!(3), json!("2"), json!(-1), json!("many"), json!(0.5)]),
            )),
            _ => {}
        }
    }
    set("aggregates", Some(Value::Object(aggregates)));
    let emails = [
        "jo@acme.example",
        " Sam@Mail.ACME.example",
        "kim@example.org",
        "lee@gmail.com",
        "nobody",
    ];
    if tape.below(4) > 0 {
        let number = tape.below(100);
        let email = match tape.below(6) {
            5 => format!("jo@company-{number}.example"),
            place => emails[place].to_owned(),
        };
        set("email", Some(json!(email)));
    }
    if tape.one_in(4) {
        let domains = [
            "acme.example",
            "https://www.example.org/a",
            "gmail.com",
            "no domain",
        ];
        lead["company"]["domain"] = json!(tape.of(&domains));
    }
    Value::Object(lead)
}

fn number(tape: &mut Tape) -> Option<Value> {
    match tape.below(7) {
        0 => None,
        1 => Some(tape.of(&[
            json!("many"),
            json!(""),
            json!(true),
            json!([1]),
            json!({ "from": "x" }),
            json!({ "from": 5, "to": 5 }),
        ])),
        2 => {
            let (from, to) = (tape.of(&[0.0, 10.0, 50.0]), tape.of(&[50.5, 200.0, 1e6]));
            Some(tape.of(&[
                json!({ "from": from, "to": to }),
                json!({ "from": from }),
                json!({ "to": to }),
            ]))
        }
        _ => Some(json!(tape.of(&GIVEN))),
    }
}

fn choice(tape: &mut Tape, words: &[&str]) -> Option<Value> {
    match tape.below(5) {
        0 => None,
        1 => Some(tape.of(&[json!("nothing"), json!(7), json!([]), json!({})])),
        _ => Some(json!(tape.of(words))),
    }
}

fn text(tape: &mut Tape) -> Option<Value> {
    match tape.below(5) {
        0 => None,
        1 => Some(tape.of(&[
            json!(["DE"]),
            json!({}),
            json!(" US "),
            json!("us"),
            json!("un\u{202e}s"),
            json!("e\u{301}"),
        ])),
        _ => Some(json!(tape.of(&TEXTS))),
    }
}

fn boolean(tape: &mut Tape) -> Option<Value> {
    match tape.below(5) {
        0 => None,
        1 => Some(tape.of(&[json!("perhaps"), json!(3)])),
        2 => Some(json!(true)),
        3 => Some(json!(false)),
        _ => Some(tape.of(&[json!("yes"), json!("No"), json!(0)])),
    }
}

fn events_of_lead(tape: &mut Tape) -> Option<Value> {
    if tape.one_in(4) {
        return tape.of(&[None, Some(json!({})), Some(json!("many"))]);
    }
    let events = (0..tape.below(6)).map(|_| {
        let mut event =
            json!({ "type": tape.of(&TYPES), "at": NOW - (tape.below(100) as i64 - 3) * DAY / 2 });
        match tape.below(4) {
            0 => event["path"] = json!(tape.of(&PATHS)),
            1 => event["seconds"] = json!(tape.of(&[5, 10, 49, 50])),
            2 => {
                event["path"] = json!(tape.of(&PATHS));
                event["seconds"] = json!(tape.of(&[5, 10, 50]));
            }
            _ => {}
        }
        if tape.one_in(8) {
            event["at"] = json!("never");
        }
        event
    });
    Some(events.collect())
}
