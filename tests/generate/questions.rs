//! Random scorecards that ask: questions of all kinds, and criteria, disqualifiers and routes that
//! read what their answers settle.

use serde_json::{Value, json};

use super::{LEVELS, NUMBERS, PLANS, Stratum, TEXTS, TOOLS, Tape, condition, of_fact, word_bins};

const ROLES: [&str; 4] = ["decision_maker", "champion", "end_user", "not_a_buyer"];
const DEPARTMENTS: [&str; 4] = ["marketing", "sales", "it", "legal"];

/// Answers to a question without options.
pub fn free_answers(fact: &str) -> Vec<Value> {
    match fact {
        "jobTitle" => vec![
            json!("VP Marketing"),
            json!("Student"),
            json!("Head of Growth"),
            json!("Marketing"),
            json!("CEO"),
            json!("asdf"),
            json!("Assistant to the CEO"),
            json!("Director"),
        ],
        "email" => vec![
            json!("ann@firm.example"),
            json!("bo@acme.example"),
            json!("ann@gmail.com"),
            json!("info@firm.example"),
            json!("nothing"),
        ],
        "seats" | "company.employees" => NUMBERS
            .iter()
            .map(|number| json!(number))
            .chain([json!("10-49"), json!("many"), json!(1000)])
            .collect(),
        "plan" => PLANS.iter().map(|plan| json!(plan)).collect(),
        "tools" => vec![
            json!(["crm"]),
            json!(["mail", "ads"]),
            json!([]),
            json!("ads"),
        ],
        "partner" => vec![json!(true), json!(false), json!("perhaps")],
        "renewal" => vec![json!("2026-11-17"), json!("2020-01-01"), json!("never")],
        "seniority" => LEVELS.iter().map(|level| json!(level)).collect(),
        "department" => vec![json!(["marketing"]), json!(["it", "legal"])],
        "buyingRole" => ROLES.iter().map(|role| json!(role)).collect(),
        _ => TEXTS.iter().map(|text| json!(text)).collect(),
    }
}

/// A scorecard with questions.
pub fn scorecard(tape: &mut Tape) -> Value {
    let mut card = super::scorecard(tape);
    let facts = [
        "jobTitle",
        "email",
        "seats",
        "company.employees",
        "plan",
        "tools",
        "partner",
        "renewal",
        "seniority",
        "department",
        "buyingRole",
        "company.country",
    ];
    let mut asked: Vec<&str> = Vec::new();
    for _ in 0..1 + tape.below(7) {
        let fact = tape.of(&facts);
        if !asked.contains(&fact) || tape.one_in(6) {
            asked.push(fact);
        }
    }
    let mut questions = Vec::new();
    for (index, fact) in asked.iter().enumerate() {
        let mut question =
            json!({ "id": format!("q{index}-{fact}"), "fact": fact, "label": *fact });
        if tape.one_in(4) {
            question["required"] = json!(true);
        }
        if tape.one_in(6) {
            question["forms"] = json!(["demo"]);
        }
        if index > 0 && tape.one_in(3) {
            question["when"] = of_earlier(tape, &asked[..index]);
        }
        let options = options(tape, fact);
        if !options.is_empty() {
            question["options"] = options.into();
        }
        questions.push(question);
    }
    card["questions"] = questions.into();
    // What they settle is read.
    let criteria = card["criteria"].as_array_mut().unwrap();
    for (index, signal) in ["buyingRole", "departments", "emailKind", "seniority"]
        .into_iter()
        .enumerate()
    {
        if tape.one_in(3) {
            let words: &[&str] = match signal {
                "buyingRole" => &ROLES,
                "departments" => &DEPARTMENTS,
                "seniority" => &LEVELS,
                _ => &["work", "free", "invalid"],
            };
            criteria.push(json!({ "id": format!("s{index}"), "axis": "fit", "on": { "signal": signal }, "bins": word_bins(tape, words), "unknown": tape.points() }));
        }
    }
    if tape.below(2) == 1 {
        card["titles"] = json!({ "targetDepartments": ["marketing"] });
    }
    let mut routes = card["routes"].as_array().unwrap().clone();
    for index in 0..1 + tape.below(3) {
        let when = match tape.below(4) {
            0 => json!({ "all": [of_signal(tape), of_asked(tape, &asked)] }),
            1 => json!({ "any": [of_asked(tape, &asked), condition(tape, Stratum::Points, 1)] }),
            2 => of_asked(tape, &asked),
            _ => of_signal(tape),
        };
        let mut route = json!({ "id": format!("a{index}"), "when": when, "action": { "show": { "element": "r" } } });
        if tape.one_in(2) {
            route["followUp"] = json!([{ "queue": "sales", "sla": "fast" }]);
        }
        routes.push(route);
    }
    card["routes"] = routes.into();
    for owner in card["owners"].as_array_mut().unwrap() {
        if tape.one_in(4) {
            owner["territory"] = of_asked(tape, &asked);
        }
    }
    if tape.one_in(3) {
        card["fallback"]["unmatched"]
            .as_object_mut()
            .unwrap()
            .remove("followUp");
    }
    if tape.one_in(4) {
        card["askUntil"] = json!("stage");
    }
    if tape.one_in(4) {
        let disqualify = card["disqualify"].as_array_mut().unwrap();
        disqualify.push(json!({ "id": "d9", "reason": "No buyer", "when": of_signal(tape) }));
    }
    card
}

fn of_earlier(tape: &mut Tape, earlier: &[&str]) -> Value {
    let one = of_asked(tape, earlier);
    match tape.below(4) {
        0 => json!({ "not": one }),
        1 => json!({ "any": [one, of_asked(tape, earlier)] }),
        _ => one,
    }
}

fn of_asked(tape: &mut Tape, asked: &[&str]) -> Value {
    let fact = tape.of(asked);
    match fact {
        "jobTitle" | "seniority" | "department" | "buyingRole" | "email" => of_signal(tape),
        "renewal" => json!({ "daysSince": { "id": "renewal", "atLeast": 1 } }),
        other => of_fact(tape, other),
    }
}

fn of_signal(tape: &mut Tape) -> Value {
    let (id, words): (&str, &[&str]) = tape.of(&[
        ("buyingRole", &ROLES[..]),
        ("departments", &DEPARTMENTS[..]),
        ("emailKind", &["work", "free", "invalid"][..]),
        ("seniority", &LEVELS[..]),
        ("titleStatus", &["student", "employed"][..]),
    ]);
    if tape.one_in(4) {
        return json!({ "signal": { "id": id, "known": tape.below(2) == 1 } });
    }
    json!({ "signal": { "id": id, "in": tape.some(words) } })
}

fn options(tape: &mut Tape, fact: &str) -> Vec<Value> {
    let words: Vec<&str> = match fact {
        "plan" => PLANS.to_vec(),
        "seniority" => LEVELS.to_vec(),
        "department" => DEPARTMENTS.to_vec(),
        "buyingRole" => ROLES.to_vec(),
        "company.country" => TEXTS.to_vec(),
        "tools" => TOOLS.to_vec(),
        "seats" | "company.employees" => {
            if tape.one_in(3) {
                return Vec::new();
            }
            let ranges = [
                (Some(1), Some(10)),
                (Some(10), Some(50)),
                (Some(50), Some(500)),
                (Some(500), None),
                (None, Some(1)),
            ];
            return tape
                .some(&ranges)
                .into_iter()
                .map(|(from, to)| {
                    let mut range = json!({});
                    if let Some(from) = from {
                        range["from"] = from.into();
                    }
                    if let Some(to) = to {
                        range["to"] = to.into();
                    }
                    let mut option = json!({ "range": range, "label": "range" });
                    finish(tape, &mut option);
                    option
                })
                .collect();
        }
        "partner" => {
            return [true, false]
                .into_iter()
                .map(|value| {
                    let mut option = json!({ "value": value, "label": "x" });
                    finish(tape, &mut option);
                    option
                })
                .collect();
        }
        _ => return Vec::new(),
    };
    if tape.one_in(4) {
        return Vec::new();
    }
    tape.some(&words)
        .into_iter()
        .map(|value| {
            let mut option = json!({ "value": value, "label": value });
            finish(tape, &mut option);
            option
        })
        .collect()
}

fn finish(tape: &mut Tape, option: &mut Value) {
    if tape.below(2) == 1 {
        option["share"] = json!(tape.of(&[0.1, 0.2, 0.5]));
    }
    if tape.one_in(6) {
        option["sets"] = tape.of(&[
            json!([{ "fact": "plan", "value": "paid" }]),
            json!([{ "fact": "partner", "value": true }]),
            json!([{ "fact": "seats", "value": 50 }, { "fact": "company.country", "value": "DE" }]),
        ]);
    }
}
