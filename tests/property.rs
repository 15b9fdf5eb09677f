//! The rules of scorecards and verdicts as properties of random scorecards and random leads.

mod generate;
mod reference;

use generate::{DAY, NOW, Tape, lead, scorecard};
use leadfit::card::Card;
use leadfit::scorecard::file::Scorecard;
use leadfit::scorecard::{Audience, compile};
use proptest::prelude::*;
use reference::decide;
use serde_json::{Value, json};

/// The program of a scorecard; parts that no lead can reach do no harm here.
fn program(card: &Value) -> Card {
    program_for(card, Audience::Server)
}

fn program_for(card: &Value, audience: Audience) -> Card {
    let card: Scorecard =
        serde_json::from_value(card.clone()).unwrap_or_else(|error| panic!("{error}: {card}"));
    let card = compile::compiled(&card, audience);
    let loaded = Card::from_bytes(&card.to_bytes()).expect("a card that was just written");
    assert!(loaded == card, "a card survives being written and read");
    loaded
}

fn text(card: &Card, lead: &Value, now: i64) -> String {
    let frame = card.frame(lead);
    card.evaluate(&frame, now).expect("a frame").to_json()
}

fn verdict(program: &Card, lead: &Value) -> Value {
    serde_json::from_str(&text(program, lead, NOW)).expect("JSON")
}

fn any_tape() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..300)
}

/// A card and a lead.
struct Case(Value, Value);

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\n{}\n{}\n", self.0, self.1)
    }
}

fn any_case() -> impl Strategy<Value = Case> {
    (any_tape(), any_tape())
        .prop_map(|(card, of)| Case(scorecard(&mut Tape::new(&card)), lead(&mut Tape::new(&of))))
}

/// `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// The same JSON with lists of these keys turned around and all objects the other way round.
fn turned(value: &Value, lists: &[&str]) -> Value {
    match value {
        Value::Object(fields) => {
            let turn = |(key, value): (&String, &Value)| {
                let mut value = turned(value, lists);
                if let (true, Value::Array(items)) = (lists.contains(&key.as_str()), &mut value) {
                    items.reverse();
                }
                (key.clone(), value)
            };
            Value::Object(fields.iter().rev().map(turn).collect())
        }
        Value::Array(items) => items.iter().map(|item| turned(item, lists)).collect(),
        plain => plain.clone(),
    }
}

proptest! {
    #![proptest_config(config())]

    /// Rules 1, 3 to 11: the engine decides as the plain reference does.
    #[test]
    fn engine_and_reference_agree(Case(card, lead) in any_case()) {
        let program = program(&card);
        let verdict = verdict(&program, &lead);
        let expected = decide(&card, &lead, NOW, &verdict["signals"]);
        let ids = |list: &Value| -> Vec<String> {
            list.as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
        };
        let found = reference::Decided {
            fit: verdict["fit"].as_i64().unwrap(),
            engagement: verdict["engagement"].as_i64().unwrap(),
            criteria: verdict["reasons"].as_array().unwrap().iter()
                .filter(|reason| reason["kind"] == "criterion")
                .map(|reason| (reason["id"].as_str().unwrap().to_owned(), reason["points"].as_i64().unwrap()))
                .collect(),
            grade: verdict["grade"].as_str().unwrap().to_owned(),
            disqualified: ids(&verdict["disqualified"]),
            stage: verdict["stage"]["id"].as_str().map(str::to_owned),
            route: verdict["route"]["id"].as_str().unwrap().to_owned(),
            segment: verdict["value"]["segment"].as_str().map(str::to_owned),
        };
        prop_assert_eq!(found, expected);
    }

    /// Rules 2 to 5 and 8: points add up, the range holds the score, the disqualified are told why.
    #[test]
    fn verdicts_are_consistent(Case(card, lead) in any_case()) {
        let program = program(&card);
        let verdict = verdict(&program, &lead);
        let number = |value: &Value| value.as_i64().unwrap();
        let reasons = verdict["reasons"].as_array().unwrap();
        let score = number(&verdict["score"]);
        prop_assert_eq!(reasons.iter().map(|reason| number(&reason["points"])).sum::<i64>(), score);
        prop_assert_eq!(number(&verdict["fit"]) + number(&verdict["engagement"]), score);
        prop_assert!(number(&verdict["range"]["low"]) <= score && score <= number(&verdict["range"]["high"]));
        for axis in ["fit", "engagement"] {
            let of_axis = reasons.iter().filter(|reason| reason["axis"] == axis);
            prop_assert_eq!(of_axis.map(|reason| number(&reason["points"])).sum::<i64>(), number(&verdict[axis]));
        }
        let order: Vec<_> = reasons.iter().map(|reason| (-number(&reason["points"]).abs(), reason["id"].as_str().unwrap())).collect();
        prop_assert!(order.is_sorted(), "{:?}", order);
        if verdict["disqualified"].as_array().unwrap().is_empty() {
            prop_assert_ne!(&verdict["route"]["id"], "bye");
        } else {
            prop_assert_eq!(&verdict["value"]["amountMinor"], 0);
            let routes = card["routes"].as_array().unwrap();
            let route = routes.iter().find(|route| route["id"] == verdict["route"]["id"]);
            prop_assert!(route.map_or(verdict["route"]["id"] == "bye", |route| route["forDisqualified"] == true));
        }
    }

    /// Rule 2: the order of criteria, groups, facts, events and keys changes no byte of what is
    /// decided. The content hash is over the file as it is, so it differs.
    #[test]
    fn order_changes_nothing(Case(card, lead) in any_case()) {
        let straight = program(&card);
        let mut other = program(&turned(&card, &[
            "criteria", "groups", "facts", "owners", "members", "absences", "calendars", "hours",
            "daysOff", "accounts", "domains", "sla",
        ]));
        let hash = &straight.texts.card.hash;
        other.texts.card.hash.clone_from(hash);
        let expected = text(&straight, &lead, NOW);
        prop_assert_eq!(&text(&other, &turned(&lead, &["events"]), NOW), &expected);
        prop_assert_eq!(&text(&straight, &lead, NOW), &expected);
    }

    /// Rules 16 and 23: a page picks the owner and the due time of the server, but for accounts.
    #[test]
    fn a_page_and_a_server_pick_the_same_owner(Case(card, lead) in any_case()) {
        let steps = |audience| -> Result<Value, TestCaseError> {
            let program = program_for(&card, audience);
            let mut verdict = verdict(&program, &lead);
            for step in verdict["route"]["followUp"].as_array_mut().unwrap() {
                if let Some(owner) = step["owner"].as_object_mut() {
                    owner.insert("contact".to_owned(), Value::Null);
                }
            }
            prop_assert_eq!(&verdict["receipt"]["owner"], &verdict["route"]["followUp"][0]["owner"]["id"]);
            Ok(verdict["route"]["followUp"].clone())
        };
        let (page, server) = (steps(Audience::Page)?, steps(Audience::Server)?);
        let with = steps(Audience::PageWith { value: false, accounts: true })?;
        let mut by_account = false;
        for (index, of_server) in server.as_array().unwrap().iter().enumerate() {
            // What a server knows better shows in all that follows.
            by_account |= of_server["owner"]["by"] == "account";
            for key in ["owner", "due"] {
                prop_assert_eq!(&with[index][key], &of_server[key]);
                prop_assert!(by_account || page[index][key] == of_server[key]);
            }
            prop_assert!(page[index]["attempts"].is_null());
            if !of_server["attempts"].is_null() {
                prop_assert_eq!(&of_server["attempts"][0], &of_server["due"]);
            }
        }
    }

    /// Rule 21: keys sorted, no white space, whole numbers.
    #[test]
    fn verdicts_are_canonical(Case(card, lead) in any_case()) {
        fn check(value: &Value) {
            match value {
                Value::Object(fields) => {
                    assert!(fields.keys().is_sorted(), "{value}");
                    fields.values().for_each(check);
                }
                Value::Array(items) => items.iter().for_each(check),
                Value::Number(number) => assert!(number.is_i64() || number.is_u64(), "{number}"),
                _ => {}
            }
        }
        let text = text(&program(&card), &lead, NOW);
        let parsed: Value = serde_json::from_str(&text).unwrap();
        check(&parsed);
        prop_assert_eq!(parsed.to_string(), text);
    }

    /// Rule 4: with the same questions applicable, a further answer never widens the range.
    #[test]
    fn answers_never_widen_the_range(Case(mut card, lead) in any_case(), more in any_tape()) {
        card["questions"] = json!([]);
        let program = program(&card);
        let mut further = lead.clone();
        let donor = generate::lead(&mut Tape::new(&more));
        let before = verdict(&program, &lead);
        let mut facts = vec![("employees", Some("company")), ("country", Some("company")), ("seats", None), ("plan", None), ("tools", None), ("partner", None), ("renewal", None)];
        // An answer that contradicts a title may move the range: the answer wins.
        if lead.get("jobTitle").is_none() {
            facts.push(("seniority", None));
        }
        for (path, group) in facts {
            let at = |lead: &Value| group.map_or(lead.get(path).cloned(), |group| lead[group].get(path).cloned());
            if at(&further).is_none() && let Some(value) = at(&donor) {
                match group {
                    Some(group) => further[group][path] = value,
                    None => further[path] = value,
                }
            }
        }
        let after = verdict(&program, &further);
        let end = |verdict: &Value, end: &str| verdict["range"][end].as_i64().unwrap();
        prop_assert!(end(&before, "low") <= end(&after, "low") && end(&after, "high") <= end(&before, "high"), "{}", further);
    }

    /// Rule 4 on the sample scorecards, whose signals read titles, roles and sizes: the fewer facts
    /// are known, the wider the range. Rule 21: the same bytes twice.
    #[test]
    fn samples_narrow_with_every_fact(sample in 0..3_usize, which in any::<prop::sample::Index>(), less in any::<u64>(), more in any::<u64>()) {
        thread_local!(static SAMPLES: Vec<(Card, Value)> = samples());
        let result: Result<(), TestCaseError> = SAMPLES.with(|samples| {
            let (program, leads) = &samples[sample];
            let full = &leads[which.index(leads.as_array().unwrap().len())]["lead"];
            let (known, mut known_more) = (knocked_out(full, less & more), knocked_out(full, more));
            // An answer may contradict what a title, or level and department, settle already: it
            // wins, so it is no further answer but another one.
            let settled = |facts: &[&str]| facts.iter().any(|fact| known.get(*fact).is_some());
            for (answer, by) in [("seniority", &["jobTitle"][..]), ("department", &["jobTitle"]), ("buyingRole", &["jobTitle", "seniority", "department"])] {
                if known.get(answer).is_none() && settled(by) {
                    known_more.as_object_mut().unwrap().remove(answer);
                }
            }
            let (before, after) = (verdict(program, &known), verdict(program, &known_more));
            prop_assert_eq!(text(program, &known, NOW), text(program, &known, NOW));
            let end = |verdict: &Value, end: &str| verdict["range"][end].as_i64().unwrap();
            prop_assert!(
                end(&before, "low") <= end(&after, "low") && end(&after, "high") <= end(&before, "high"),
                "{} {}\n{} {}", known, before["range"], known_more, after["range"]
            );
            Ok(())
        });
        result?;
    }

    /// Rule 14, and hidden answers: a question whose `when` does not hold loses its answer at once.
    #[test]
    fn hidden_answers_change_nothing(Case(card, lead) in any_case()) {
        let program = program(&card);
        let mut hidden = Vec::new();
        for question in card["questions"].as_array().unwrap() {
            if let Some(when) = question.get("when") {
                // Whether it applies is asked of a scorecard with this one criterion.
                let mut probe = card.clone();
                probe["criteria"] = json!([{ "id": "probe", "axis": "fit", "on": { "condition": when }, "true": 1 }]);
                let earlier = card["questions"].as_array().unwrap().iter().take_while(|other| other["id"] != question["id"]);
                probe["questions"] = earlier.cloned().collect();
                for key in ["groups", "disqualify", "stages", "routes"] {
                    probe[key] = json!([]);
                }
                probe.as_object_mut().unwrap().remove("limits");
                if verdict(&self::program(&probe), &lead)["score"] == 0 {
                    hidden.push(question["id"].as_str().unwrap().to_owned());
                }
            }
        }
        let mut without = lead.clone();
        without["answers"].as_object_mut().unwrap().retain(|id, _| !hidden.contains(id));
        prop_assert_eq!(text(&program, &lead, NOW), text(&program, &without, NOW));
    }

    /// Rule 7: what is earned for events fades, it never grows by itself.
    #[test]
    fn points_of_events_never_grow(
        points in -100_i64..=100,
        days in prop::sample::select(vec![0.5, 1.0, 7.0, 30.0]),
        linear in any::<bool>(),
        per_event in any::<bool>(),
        ages in prop::collection::vec(0..200_i64, 1..5),
        steps in prop::collection::vec(0..40 * DAY, 1..6),
    ) {
        let decay = if linear { json!({ "linear": { "percent": 30, "everyDays": days } }) } else { json!({ "halfLifeDays": days }) };
        let mut criterion = json!({ "id": "c", "axis": "engagement", "on": { "events": { "types": ["visit"] } }, "decay": decay });
        if per_event {
            criterion["perEvent"] = json!({ "points": points });
        } else {
            criterion["bins"] = json!([{ "to": 1, "points": 0 }, { "from": 1, "points": points }]);
        }
        let program = program(&with(vec![criterion]));
        let events: Vec<Value> = ages.iter().map(|age| json!({ "type": "visit", "at": NOW - age * DAY / 4 })).collect();
        let lead = json!({ "events": events });
        let mut now = NOW;
        let mut before = i64::MAX;
        for step in steps {
            let verdict: Value = serde_json::from_str(&text(&program, &lead, now)).unwrap();
            let points = verdict["score"].as_i64().unwrap();
            prop_assert!(points.abs() <= before);
            before = points.abs();
            now += step;
        }
    }

    /// Random bytes are no frame, or some lead; never a fall.
    #[test]
    fn any_bytes_are_judged_or_refused(Case(card, lead) in any_case(), noise in prop::collection::vec(any::<u8>(), 0..200), cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6)) {
        let program = program(&card);
        let _ = program.evaluate(&noise, NOW).map(|verdict| verdict.to_json());
        let mut frame = program.frame(&lead);
        for (at, byte) in cuts {
            let at = at.index(frame.len());
            frame[at] = byte;
        }
        for now in [NOW, i64::MIN, i64::MAX] {
            let _ = program.evaluate(&frame, now).map(|verdict| verdict.to_json());
        }
        let length = noise.first().map_or(0, |byte| usize::from(*byte) % frame.len().max(1));
        let _ = program.evaluate(&frame[..length], NOW).map(|verdict| verdict.to_json());
    }

    /// A damaged program does not load, or runs all the same and says something that is JSON.
    #[test]
    fn damaged_programs_never_fall(Case(card, lead) in any_case(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in prop::option::of(any::<prop::sample::Index>())) {
        let program = program(&card);
        let mut bytes = program.to_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(damaged) = Card::from_bytes(&bytes) {
            for frame in [program.frame(&lead), damaged.frame(&lead)] {
                if let Ok(text) = damaged.evaluate(&frame, NOW).map(|verdict| verdict.to_json()) {
                    prop_assert!(serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok(), "{text}");
                }
            }
        }
    }
}

/// The programs of the samples, which are free of errors, and their leads.
fn samples() -> Vec<(Card, Value)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/www/sample");
    let sample = |name: &&str| {
        let text = std::fs::read_to_string(format!("{folder}/{name}.json")).unwrap();
        let bytes =
            leadfit::scorecard::compile(&text, Audience::Server).expect("a sample without errors");
        let leads = std::fs::read_to_string(format!("{folder}/leads/{name}.leads.json")).unwrap();
        (
            Card::from_bytes(&bytes).unwrap(),
            serde_json::from_str(&leads).unwrap(),
        )
    };
    ["b2b-software", "hubspot-shaped", "self-serve-sales-assist"]
        .iter()
        .map(sample)
        .collect()
}

/// A lead with those facts that `keep` has a bit for; what was observed stays.
fn knocked_out(lead: &Value, keep: u64) -> Value {
    let observed = ["events", "aggregates", "attribution", "answers"];
    let mut bit = 0;
    let mut kept = |key: &str| {
        bit += 1;
        observed.contains(&key) || keep >> (bit % 64) & 1 == 1
    };
    let fields = lead
        .as_object()
        .unwrap()
        .iter()
        .map(|(key, value)| match value {
            Value::Object(inner) if !observed.contains(&key.as_str()) => {
                let inner = inner.iter().filter(|(key, _)| kept(key));
                (
                    key.clone(),
                    Some(
                        inner
                            .map(|(key, value)| (key.clone(), value.clone()))
                            .collect(),
                    ),
                )
            }
            value => (key.clone(), kept(key).then(|| value.clone())),
        });
    Value::Object(
        fields
            .filter_map(|(key, value)| Some((key, value?)))
            .collect(),
    )
}

/// A scorecard with these criteria and nothing else.
fn with(criteria: Vec<Value>) -> Value {
    json!({
        "leadfit": 1, "id": "small", "revision": 1, "title": "Small",
        "facts": [{ "id": "seats", "type": "number" }],
        "criteria": criteria,
        "fallback": {
            "unmatched": { "id": "rest", "action": { "show": { "element": "rest" } } },
            "disqualified": { "id": "bye", "action": { "show": { "element": "bye" } } },
        },
    })
}

fn on_seats(bins: Value) -> Card {
    program(&with(vec![
        json!({ "id": "seats", "axis": "fit", "on": { "fact": "seats" }, "bins": bins, "unknown": 7 }),
    ]))
}

#[track_caller]
fn scores(program: &Card, lead: Value, expected: i64) {
    assert_eq!(verdict(program, &lead)["score"], expected, "{lead}");
}

/// Rules 3 and 6: unknown is not 0, edges belong to the upper bin, -0 is 0.
#[test]
fn bins_are_half_open_and_unknown_is_not_zero() {
    let program = on_seats(
        json!([{ "values": [0], "points": 1 }, { "to": 10, "points": 2 }, { "from": 10, "to": 20, "points": 3 }, { "from": 20, "points": 4 }]),
    );
    scores(&program, json!({}), 7);
    for (seats, expected) in [
        (0.0, 1),
        (-0.0, 1),
        (0.5, 2),
        (-1.0, 2),
        (9.999, 2),
        (10.0, 3),
        (19.5, 3),
        (20.0, 4),
        (1e300, 4),
    ] {
        scores(&program, json!({ "seats": seats }), expected);
    }
    for (range, expected) in [
        (json!({ "from": 10, "to": 20 }), 3),
        (json!({ "from": 20 }), 4),
        (json!({ "from": 1, "to": 10 }), 2),
        (json!({ "from": 0, "to": 10 }), 7),
        (json!({ "from": 10, "to": 20.5 }), 7),
        (json!("10-19"), 3),
    ] {
        scores(&program, json!({ "seats": range }), expected);
    }
}

/// Rule 6: what is no number counts as unknown, and the verdict says so.
#[test]
fn what_is_no_number_is_unknown_with_a_warning() {
    let program = on_seats(json!([{ "to": 10, "points": 2 }, { "from": 10, "points": 3 }]));
    let marker = 12_345.678_f64;
    let place = |frame: &[u8]| {
        frame
            .windows(8)
            .position(|bytes| bytes == marker.to_le_bytes())
            .unwrap()
    };
    for (odd, code) in [
        (f64::NAN, "notFinite"),
        (f64::INFINITY, "notFinite"),
        (f64::NEG_INFINITY, "notFinite"),
    ] {
        let mut frame = program.frame(&json!({ "seats": marker }));
        let at = place(&frame);
        frame[at..at + 8].copy_from_slice(&odd.to_le_bytes());
        let text = program
            .evaluate(&frame, NOW)
            .map(|verdict| verdict.to_json())
            .unwrap();
        let verdict: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            (&verdict["score"], &verdict["warnings"][0]["code"]),
            (&json!(7), &json!(code))
        );
    }
    for wrong in [
        json!("many"),
        json!(true),
        json!([1]),
        json!({ "from": 2, "to": 2 }),
    ] {
        let verdict = verdict(&program, &json!({ "seats": wrong }));
        assert_eq!(
            (&verdict["score"], &verdict["warnings"][0]["code"]),
            (&json!(7), &json!("wrongType")),
            "{wrong}"
        );
    }
}

/// Rule 3: no events are not the same as nobody watching.
#[test]
fn no_events_are_not_unknown_events() {
    let program = program(&with(vec![json!({
        "id": "visits", "axis": "engagement", "on": { "events": { "types": ["visit"] } },
        "bins": [{ "to": 1, "points": -3 }, { "from": 1, "points": 5 }], "unknown": 2,
    })]));
    scores(&program, json!({}), 2);
    scores(&program, json!({ "events": [] }), -3);
    scores(
        &program,
        json!({ "events": [{ "type": "visit", "at": NOW }] }),
        5,
    );
    scores(&program, json!({ "aggregates": { "visits": 4 } }), 5);
    // Aggregates stand in place of events; what no count can be does not.
    scores(
        &program,
        json!({ "events": [], "aggregates": { "visits": 4 } }),
        5,
    );
    scores(
        &program,
        json!({ "events": [], "aggregates": { "visits": -4 } }),
        -3,
    );
}

/// A field that was left empty is no answer: it takes nothing away.
#[test]
fn blank_answers_change_nothing() {
    let mut card = with(vec![
        json!({ "id": "seats", "axis": "fit", "on": { "fact": "seats" }, "bins": [{ "else": true, "points": 1 }] }),
    ]);
    card["questions"] = json!([{ "id": "how-many", "fact": "seats", "label": "Seats?" }]);
    let program = program(&card);
    for (answer, expected) in [
        (json!(""), 1),
        (json!(" "), 1),
        (json!(null), 1),
        (json!("many"), 0),
    ] {
        scores(
            &program,
            json!({ "seats": 5, "answers": { "how-many": answer } }),
            expected,
        );
    }
}

/// Domains are compared in lower case wherever they are written.
#[test]
fn domains_have_no_case() {
    let on = json!({ "signal": "emailDomain" });
    let bins = json!([{ "values": ["Example.COM"], "points": 9 }, { "else": true, "points": 1 }]);
    let program = program(&with(vec![
        json!({ "id": "domain", "axis": "fit", "on": on, "bins": bins }),
    ]));
    scores(&program, json!({ "email": "ann@EXAMPLE.com" }), 9);
}
