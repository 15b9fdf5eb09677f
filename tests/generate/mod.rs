//! Random scorecards and leads, as JSON.
//!
//! They are drawn from a tape of numbers, which `proptest` makes shorter and smaller until a
//! failure is as simple as can be. Constants come from few values, so that tests of the same fact
//! meet, contradict and touch at their edges.

mod lead;
mod people;
#[allow(
    dead_code,
    reason = "only tests/questions.rs draws scorecards that ask"
)]
pub mod questions;

pub use lead::lead;

use serde_json::{Map, Value, json};

/// The moment at which leads are seen: 2026-11-18T00:00:00Z.
pub const NOW: i64 = 1_794_960_000_000;
/// Milliseconds of a day.
pub const DAY: i64 = 86_400_000;

/// What is drawn from.
pub struct Tape<'a> {
    numbers: &'a [u16],
    at: usize,
}

impl<'a> Tape<'a> {
    pub fn new(numbers: &'a [u16]) -> Self {
        Tape { numbers, at: 0 }
    }

    /// A number below `count`; 0 where the tape has ended.
    pub fn below(&mut self, count: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(number) % count
    }

    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }

    pub fn of<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }

    fn some<T: Clone>(&mut self, items: &[T]) -> Vec<T> {
        let mut some: Vec<T> = items
            .iter()
            .filter(|_| self.below(2) == 1)
            .cloned()
            .collect();
        if some.is_empty() {
            some.push(self.of(items));
        }
        some
    }

    fn points(&mut self) -> i64 {
        [0, 1, 5, 10, 25, 40, -5, -30, 7, 100][self.below(10)]
    }
}

const NUMBERS: [f64; 7] = [0.0, 1.0, 10.0, 50.0, 50.5, 200.0, -5.0];
const COUNTS: [f64; 5] = [0.0, 1.0, 2.0, 3.0, 5.0];
const DAYS: [f64; 5] = [0.0, 1.0, 7.0, 30.0, 365.0];
const PLANS: [&str; 3] = ["free", "team", "paid"];
const TOOLS: [&str; 3] = ["crm", "mail", "ads"];
const TEXTS: [&str; 5] = ["DE", "US", "Café", "日本", "x\u{301}\u{200d}🙂"];
const LEVELS: [&str; 4] = ["c_suite", "vp", "manager", "intern"];
const TYPES: [&str; 3] = ["pageView", "demo", "download"];
/// How deep conditions nest.
const DEPTH: usize = 3;

/// A scorecard. It has no fault but perhaps parts that no lead can reach.
pub fn scorecard(tape: &mut Tape) -> Value {
    let mut criteria: Vec<Value> = (0..1 + tape.below(5))
        .map(|index| criterion(tape, index))
        .collect();
    // Every declared fact is used, so that reading warns of nothing.
    criteria.push(json!({
        "id": "all-facts", "axis": "fit",
        "on": { "condition": { "any": [
            { "fact": { "id": "seats", "known": true } }, { "fact": { "id": "plan", "known": true } },
            { "fact": { "id": "tools", "known": true } }, { "fact": { "id": "partner", "known": true } },
            { "fact": { "id": "renewal", "known": true } },
        ] } },
        "true": tape.points(), "unknown": 0,
    }));
    let groups: Vec<Value> = [("group-fit", "fit"), ("group-engagement", "engagement")]
        .into_iter()
        .filter(|(id, _)| criteria.iter().any(|criterion| criterion["group"] == *id))
        .map(|(id, axis)| json!({ "id": id, "axis": axis, "limit": limit(tape) }))
        .collect();
    let mut card = json!({
        "leadfit": 1, "id": "random", "revision": 1, "title": "Random",
        "facts": [
            { "id": "seats", "type": "number" },
            { "id": "plan", "type": "choice", "choices": PLANS.map(|value| json!({ "value": value })) },
            { "id": "tools", "type": "list", "choices": TOOLS.map(|value| json!({ "value": value })) },
            { "id": "partner", "type": "boolean" },
            { "id": "renewal", "type": "date" },
        ],
        "groups": groups,
        "criteria": criteria,
        "fallback": {
            "unmatched": { "id": "rest", "action": { "show": { "element": "rest" } } },
            "disqualified": { "id": "bye", "action": { "show": { "element": "bye" } } },
        },
        "value": {
            "currency": "EUR",
            "segments": [{ "id": "large", "when": { "fact": { "id": "company.employees", "atLeast": 50 } }, "worth": { "closeRate": 0.25, "averageRevenueMinor": 1000 } }],
            "otherwise": { "closeRate": 0.1, "averageRevenueMinor": 1000 },
        },
    });
    let fields = card.as_object_mut().unwrap();
    let mut limits = Map::new();
    for axis in ["fit", "engagement"] {
        if tape.one_in(3) {
            limits.insert(axis.to_owned(), limit(tape));
        }
    }
    if !limits.is_empty() {
        fields.insert("limits".to_owned(), Value::Object(limits));
    }
    if tape.below(2) == 1 {
        fields.insert(
            "bands".to_owned(),
            json!({
                "fit": [{ "name": "A", "from": 30 }, { "name": "B", "from": 5 }, { "name": "C" }],
                "engagement": [{ "name": "1", "from": 10 }, { "name": "2" }],
            }),
        );
    }
    let disqualify: Vec<Value> = (0..tape.below(3))
        .map(|index| json!({ "id": format!("d{index}"), "reason": "No buyer", "when": condition(tape, Stratum::Facts, 2) }))
        .collect();
    let mut stages: Vec<Value> = (0..1 + tape.below(3))
        .map(|index| json!({
            "id": format!("s{index}"), "kind": "lead", "definition": "A stage", "team": "marketing",
            "when": condition(tape, Stratum::Points, 2),
        }))
        .collect();
    stages
        .push(json!({ "id": "won", "kind": "customer", "definition": "Bought", "team": "sales" }));
    let routes: Vec<Value> = (0..tape.below(6))
        .map(|index| {
            json!({
                "id": format!("r{index}"), "when": condition(tape, Stratum::Stage, DEPTH),
                "forDisqualified": tape.one_in(4), "action": { "show": { "element": "r" } },
            })
        })
        .collect();
    let questions: Vec<Value> = [
        ("q-seats", "seats"),
        ("q-plan", "plan"),
        ("q-country", "company.country"),
        ("q-partner", "partner"),
    ]
    .into_iter()
    .filter_map(|(id, fact)| {
        if tape.below(2) == 0 {
            return None;
        }
        let mut question = json!({ "id": id, "fact": fact, "label": id });
        if tape.below(2) == 1 {
            // The fact that a question settles is not what it depends on.
            let on = if fact == "company.employees" {
                "seats"
            } else {
                "company.employees"
            };
            question["when"] = of_fact(tape, on);
        }
        Some(question)
    })
    .collect();
    for (key, items) in [
        ("disqualify", disqualify),
        ("stages", stages),
        ("routes", routes),
        ("questions", questions),
    ] {
        fields.insert(key.to_owned(), Value::Array(items));
    }
    people::people(tape, fields);
    card
}

fn limit(tape: &mut Tape) -> Value {
    match tape.below(3) {
        0 => json!({ "max": 20 }),
        1 => json!({ "min": -10 }),
        _ => json!({ "min": -5, "max": tape.of(&[0, 5, 30]) }),
    }
}

fn criterion(tape: &mut Tape, index: usize) -> Value {
    let axis = tape.of(&["fit", "engagement"]);
    let mut criterion = json!({ "id": format!("c{}", (index * 7) % 10), "axis": axis });
    let fields = criterion.as_object_mut().unwrap();
    let mut set = |key: &str, value: Value| fields.insert(key.to_owned(), value);
    match tape.below(9) {
        0 => {
            set("on", json!({ "fact": "company.employees" }));
            set("bins", number_bins(tape, &NUMBERS));
        }
        1 => {
            set("on", json!({ "fact": "plan" }));
            set("bins", word_bins(tape, &PLANS));
        }
        2 => {
            set("on", json!({ "fact": "tools" }));
            set("bins", word_bins(tape, &TOOLS));
        }
        3 => {
            set("on", json!({ "fact": "company.country" }));
            set("bins", word_bins(tape, &TEXTS));
        }
        4 => {
            set("on", json!({ "signal": tape.of(&["seniority"]) }));
            set("bins", word_bins(tape, &LEVELS));
        }
        5 => {
            set("on", json!({ "daysSince": "renewal" }));
            set("bins", number_bins(tape, &DAYS));
        }
        6 => {
            set(
                "on",
                json!({ "condition": condition(tape, Stratum::Facts, DEPTH) }),
            );
            set("true", tape.points().into());
            if tape.below(2) == 1 {
                set("false", tape.points().into());
            }
        }
        each => {
            let measure = if each == 7 { tape.below(3) } else { 0 };
            set("on", json!({ "events": events(tape, measure) }));
            if each == 7 {
                set(
                    "bins",
                    number_bins(tape, if measure == 2 { &DAYS } else { &COUNTS }),
                );
            } else {
                set("perEvent", json!({ "points": tape.points() }));
            }
            match tape.below(3) {
                1 => drop(set(
                    "decay",
                    json!({ "halfLifeDays": tape.of(&[1.0, 7.0, 30.0]) }),
                )),
                2 => drop(set(
                    "decay",
                    json!({ "linear": { "percent": tape.of(&[10, 25, 30, 100]), "everyDays": tape.of(&[1.0, 7.0]) } }),
                )),
                _ => {}
            }
        }
    }
    if tape.below(2) == 1 {
        set("unknown", tape.points().into());
    }
    if tape.one_in(4) {
        set("limit", limit(tape));
    }
    if tape.one_in(3) {
        set("group", format!("group-{axis}").into());
    }
    criterion
}

fn number_bins(tape: &mut Tape, edges: &[f64]) -> Value {
    let mut edges = tape.some(edges);
    edges.sort_by(f64::total_cmp);
    let mut bins = Vec::new();
    if tape.one_in(3) {
        bins.push(
            json!({ "values": [tape.of(&[0.0, 10.0, -1.0, -0.0])], "points": tape.points() }),
        );
    }
    let with_else = tape.one_in(3);
    if !with_else || tape.below(2) == 1 {
        bins.push(json!({ "to": edges[0], "points": tape.points() }));
    }
    for pair in edges.windows(2) {
        if !with_else || tape.below(2) == 1 {
            bins.push(json!({ "from": pair[0], "to": pair[1], "points": tape.points() }));
        }
    }
    if with_else {
        bins.push(json!({ "else": true, "points": tape.points() }));
    } else {
        bins.push(json!({ "from": edges[edges.len() - 1], "points": tape.points() }));
    }
    bins.into()
}

fn word_bins(tape: &mut Tape, words: &[&str]) -> Value {
    let first = tape.some(words);
    let rest: Vec<&str> = words
        .iter()
        .filter(|word| !first.contains(word))
        .copied()
        .collect();
    let mut bins = vec![json!({ "values": first, "points": tape.points() })];
    if !rest.is_empty() {
        bins.push(json!({ "values": tape.some(&rest), "points": tape.points() }));
    }
    bins.push(json!({ "else": true, "points": tape.points() }));
    bins.into()
}

/// Events by measure: count, distinct paths, days since the last.
fn events(tape: &mut Tape, measure: usize) -> Value {
    let mut events = json!({ "types": tape.some(&TYPES) });
    match tape.below(4) {
        1 => events["where"] = json!([{ "property": "path", "startsWith": ["/PRICING"] }]),
        2 => events["where"] = json!([{ "property": "seconds", "atLeast": 10 }]),
        3 => {
            events["where"] = json!([{ "property": "path", "in": ["/docs"] }, { "property": "seconds", "below": 50 }])
        }
        _ => {}
    }
    if tape.one_in(3) {
        events["withinDays"] = tape.of(&[1.0, 7.0, 30.0]).into();
    }
    match measure {
        1 => events["measure"] = json!({ "distinct": "path" }),
        2 => events["measure"] = json!("daysSinceLast"),
        _ => {}
    }
    events
}

/// What a condition may test.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub enum Stratum {
    /// Facts, signals, events.
    Facts,
    /// Points, bands and grade too.
    Points,
    /// The stage too.
    Stage,
}

fn condition(tape: &mut Tape, stratum: Stratum, depth: usize) -> Value {
    let parts = |tape: &mut Tape| -> Vec<Value> {
        (0..1 + tape.below(3))
            .map(|_| condition(tape, stratum, depth - 1))
            .collect()
    };
    if depth > 0 {
        match tape.below(7) {
            1 => return json!({ "all": parts(tape) }),
            2 => return json!({ "any": parts(tape) }),
            3 => return json!({ "not": condition(tape, stratum, depth - 1) }),
            4 => {
                let of = parts(tape);
                return json!({ "atLeast": { "n": 1 + tape.below(of.len()), "of": of } });
            }
            _ => {}
        }
    }
    let last = match stratum {
        Stratum::Facts => 11,
        Stratum::Points => 15,
        Stratum::Stage => 16,
    };
    match tape.below(last) {
        0 => of_fact(tape, "company.employees"),
        1 => of_fact(tape, "seats"),
        2 => of_fact(tape, "plan"),
        3 => of_fact(tape, "tools"),
        4 => of_fact(tape, "partner"),
        5 => of_fact(tape, "company.country"),
        6 => json!({ "daysSince": bounds(tape, "renewal", &DAYS) }),
        7 => {
            json!({ "signal": { "id": tape.of(&["eventCount", "daysSinceLastEvent"]), "atLeast": tape.of(&COUNTS) } })
        }
        8 => json!({ "signal": { "id": "seniority", "in": tape.some(&LEVELS) } }),
        9 => of_events(tape, 0, &COUNTS),
        10 => {
            let measure = 1 + tape.below(2);
            of_events(tape, measure, if measure == 2 { &DAYS } else { &COUNTS })
        }
        11 => json!({ "score": { "atLeast": tape.of(&[0, 20, 60]) } }),
        12 => {
            json!({ tape.of(&["fit", "engagement"]): { "atLeast": tape.of(&[-5, 10]), "below": tape.of(&[11, 40]) } })
        }
        13 => json!({ "band": { "axis": "fit", "in": tape.some(&["A", "B", "C"]) } }),
        14 => json!({ "grade": { "in": tape.some(&["A1", "B2", "C2"]) } }),
        _ => json!({ "stage": { "in": tape.some(&["s0", "won"]) } }),
    }
}

fn of_fact(tape: &mut Tape, id: &str) -> Value {
    if tape.one_in(5) {
        return json!({ "fact": { "id": id, "known": tape.below(2) == 1 } });
    }
    match id {
        "plan" => json!({ "fact": { "id": id, "in": tape.some(&PLANS) } }),
        "tools" => json!({ "fact": { "id": id, "in": tape.some(&TOOLS) } }),
        "partner" => json!({ "fact": { "id": id, "is": tape.below(2) == 1 } }),
        "company.country" => match tape.below(3) {
            0 => json!({ "fact": { "id": id, "in": tape.some(&TEXTS) } }),
            1 => json!({ "fact": { "id": id, "contains": [tape.of(&["cafe", "D", "本"])] } }),
            _ => json!({ "fact": { "id": id, "startsWith": ["u"], "endsWith": ["s", "E"] } }),
        },
        number => match tape.below(4) {
            0 => json!({ "fact": { "id": number, "in": tape.some(&NUMBERS) } }),
            _ => json!({ "fact": bounds(tape, number, &NUMBERS) }),
        },
    }
}

fn bounds(tape: &mut Tape, id: &str, of: &[f64]) -> Value {
    let (least, most) = (tape.of(of), tape.of(of));
    match tape.below(5) {
        0 => json!({ "id": id, "above": least }),
        1 => json!({ "id": id, "atMost": most }),
        2 => json!({ "id": id, "below": most }),
        3 if least < most => json!({ "id": id, "atLeast": least, "below": most }),
        _ => json!({ "id": id, "atLeast": least }),
    }
}

fn of_events(tape: &mut Tape, measure: usize, of: &[f64]) -> Value {
    let mut test = events(tape, measure);
    let (least, below) = (tape.of(of), tape.of(of));
    match tape.below(4) {
        0 => test["atLeast"] = least.into(),
        1 => test["below"] = below.into(),
        2 if least < below => {
            test["atLeast"] = least.into();
            test["below"] = below.into();
        }
        _ => {}
    }
    json!({ "events": test })
}
