//! A file of past leads is judged as each lead is judged alone, whatever moves.

mod generate;

use generate::{DAY, NOW, Tape, lead, scorecard};
use leadfit::backtest::{
    Backtest, Choices, DISQUALIFIED, Import, Judged, Lever, Moving, NO_STAGE, Outcome,
};
use leadfit::card::Card;
use leadfit::scorecard::file::Scorecard;
use leadfit::scorecard::{Audience, compile};
use leadfit::time;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

fn compiled(card: &Value) -> Card {
    let card: Scorecard = serde_json::from_value(card.clone()).expect("a scorecard");
    compile::compiled(&card, Audience::Server)
}

/// A row: what stands in its cells by role, and when the lead came.
struct Row {
    cells: Vec<(String, String)>,
    created: Option<i64>,
    outcome: &'static str,
}

fn row(card: &Card, tape: &mut Tape) -> Row {
    let lead = lead(tape);
    let mut cells = Vec::new();
    let mut add = |role: String, value: Option<&Value>| {
        let text = match value {
            Some(Value::String(text)) => text.trim().to_owned(),
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::Bool(value)) => value.to_string(),
            _ => String::new(),
        };
        cells.push((role, text));
    };
    for fact in &card.texts.facts {
        let email = json!(tape.of(&[
            "",
            "a@acme.example",
            "b@gmail.com",
            "info@acme.example",
            "nobody"
        ]));
        let value = match fact.id.as_str() {
            "email" => Some(&email),
            id => id.split('.').try_fold(&lead, |value, key| value.get(key)),
        };
        add(format!("fact:{}", fact.id), value);
    }
    for question in &card.texts.questions {
        add(
            format!("answer:{}", question.id),
            lead["answers"].get(&question.id),
        );
    }
    for name in &card.texts.aggregates {
        let given = lead["aggregates"].get(name);
        let (value, last) = match given {
            Some(Value::Object(dated)) => (dated.get("value"), dated.get("lastAt")),
            value => (value, None),
        };
        add(format!("aggregate:{name}"), value);
        add(format!("lastAt:{name}"), last);
    }
    // What is no list of events is nothing to either.
    let events = lead.get("events").map_or(String::new(), Value::to_string);
    cells.push(("events".to_owned(), events));
    Row {
        cells,
        created: (!tape.one_in(6)).then(|| NOW - tape.below(40) as i64 * DAY),
        outcome: tape.of(&["won", "lost", "open", "disqualified"]),
    }
}

/// The file, and what it takes to read every column as it is meant.
fn file(rows: &[Row]) -> (Vec<u8>, Choices) {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let roles: Vec<&str> = rows[0]
        .cells
        .iter()
        .map(|(role, _)| role.as_str())
        .collect();
    let header = roles
        .iter()
        .copied()
        .chain(["createdAt", "outcome", "revenue"]);
    writer.write_record(header).unwrap();
    for row in rows {
        let created = row.created.map_or(String::new(), time::format);
        let cells = row.cells.iter().map(|(_, cell)| cell.clone());
        writer
            .write_record(cells.chain([created, row.outcome.to_owned(), "12.5".to_owned()]))
            .unwrap();
    }
    let roles = roles.into_iter().chain(["createdAt", "outcome", "revenue"]);
    let roles = roles
        .map(|role| (role.to_owned(), role.to_owned()))
        .collect();
    (
        writer.into_inner().unwrap(),
        Choices {
            roles,
            ..Choices::default()
        },
    )
}

/// The lead of a row as everybody else sees it. Of a lead of which nobody knows when it came,
/// nothing that depends on time is known, and of events that came later neither.
fn alone(row: &Row) -> Value {
    let mut lead = Map::new();
    let (mut answers, mut aggregates) = (Map::new(), Map::new());
    let cell = |role: String| {
        row.cells
            .iter()
            .find(|(of, _)| *of == role)
            .map_or("", |(_, cell)| cell.as_str())
    };
    let date = |text: &str| text.parse::<i64>().ok().or_else(|| time::parse(text));
    for (role, text) in row.cells.iter().filter(|(_, cell)| !cell.is_empty()) {
        let (kind, id) = role.split_once(':').unwrap_or((role, ""));
        match kind {
            "events" => {
                let mut events: Value = serde_json::from_str(text).unwrap();
                let known = |event: &Value| match &event["at"] {
                    Value::String(at) => time::parse(at).is_none_or(|at| Some(at) <= row.created),
                    at => at.as_i64().is_none_or(|at| Some(at) <= row.created),
                };
                if let Some(events) = events.as_array_mut() {
                    events.retain(known);
                }
                if row.created.is_some() {
                    lead.insert("events".to_owned(), events);
                }
            }
            "fact" if id == "renewal" && row.created.is_none() => {}
            "fact" => drop(lead.insert(id.to_owned(), json!(text))),
            "answer" => drop(answers.insert(id.to_owned(), json!(text))),
            "aggregate" => {
                let last = date(cell(format!("lastAt:{id}"))).filter(|_| row.created.is_some());
                if last
                    .zip(row.created)
                    .is_none_or(|(last, created)| last <= created)
                {
                    aggregates.insert(id.to_owned(), json!({ "value": text, "lastAt": last }));
                }
            }
            _ => {}
        }
    }
    lead.insert("answers".to_owned(), Value::Object(answers));
    lead.insert("aggregates".to_owned(), Value::Object(aggregates));
    Value::Object(lead)
}

fn read(card: &Card, rows: &[Row], piece: usize) -> Backtest {
    let (bytes, choices) = file(rows);
    let mut import = Import::new(card.clone(), choices);
    for piece in bytes.chunks(piece) {
        import.feed(piece, false);
    }
    Backtest::new(card.clone(), import.finish())
}

/// What a backtest says of a lead, in the words of its verdict.
fn said(backtest: &Backtest, judged: &Judged, row: usize) -> Value {
    let texts = &backtest.card().texts;
    let decision = backtest.decisions()[judged.decision[row] as usize];
    let stage = match decision.stage {
        NO_STAGE => Value::Null,
        DISQUALIFIED => json!("disqualified"),
        index => json!(texts.stages[index as usize].id),
    };
    json!({
        "fit": judged.fit[row], "engagement": judged.engagement[row], "stage": stage, "suggested": !decision.given,
        "disqualified": decision.disqualified, "route": texts.routes[decision.route as usize].id,
        "segment": texts.segments.get(decision.segment as usize),
    })
}

fn expected(card: &Card, row: &Row) -> Value {
    let frame = card.frame(&alone(row));
    let verdict = card
        .evaluate(&frame, row.created.unwrap_or(0))
        .expect("a frame");
    let verdict: Value = serde_json::from_str(&verdict.to_json()).expect("JSON");
    json!({
        "fit": verdict["fit"], "engagement": verdict["engagement"], "stage": verdict["stage"]["id"],
        "suggested": verdict["stage"]["suggested"].as_bool().unwrap_or(true),
        "disqualified": !verdict["disqualified"].as_array().unwrap().is_empty(), "route": verdict["route"]["id"],
        "segment": verdict["value"]["segment"],
    })
}

fn check(backtest: &mut Backtest, rows: &[Row]) {
    let judged = backtest.judge();
    for (index, row) in rows.iter().enumerate() {
        let (said, expected) = (
            said(backtest, &judged, index),
            expected(backtest.card(), row),
        );
        assert_eq!(
            said, expected,
            "row {index}: {:?}, came {:?}",
            row.cells, row.created
        );
    }
    // Counting bunches counts the same as counting leads.
    let tally = backtest.tally();
    let mut stages = vec![0_u64; tally.stages.len()];
    for decision in &judged.decision {
        let stage = backtest.decisions()[*decision as usize].stage;
        let place =
            usize::try_from(stage).unwrap_or(stages.len() - 2 + usize::from(stage == DISQUALIFIED));
        stages[place] += 1;
    }
    let counted: Vec<u64> = tally
        .stages
        .iter()
        .map(|count| count.leads.iter().sum())
        .collect();
    assert_eq!(counted, stages);
    let won = rows.iter().filter(|row| row.outcome == "won").count();
    assert_eq!(tally.all.leads[Outcome::Won as usize], won as u64);
    assert_eq!(tally.all.revenue, won as i64 * 1250);
    let scores = &tally.histograms[0];
    for (place, count) in scores.counts.iter().enumerate() {
        let of_score =
            (0..rows.len()).filter(|row| judged.score(*row) == scores.low + place as i32);
        assert_eq!(count.leads.iter().sum::<u64>(), of_score.count() as u64);
    }
}

fn case() -> impl Strategy<Value = (Value, Vec<u16>, usize)> {
    let tape = || prop::collection::vec(any::<u16>(), 0..1500);
    (tape(), tape(), 1..200_usize)
        .prop_map(|(card, rows, piece)| (scorecard(&mut Tape::new(&card)), rows, piece))
}

/// Each case is some sixty leads, so fewer do; `PROPTEST_CASES` asks for more.
fn config() -> ProptestConfig {
    let cases = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => ProptestConfig::default().cases,
        None => 24,
    };
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    /// Every lead as alone, after reading, after every kind of move and edit, and back again.
    #[test]
    fn leads_are_judged_as_alone((mut text, tape, piece) in case()) {
        let card = compiled(&text);
        let mut tape = Tape::new(&tape);
        let rows: Vec<Row> = (0..1 + tape.below(12)).map(|_| row(&card, &mut tape)).collect();
        let mut backtest = read(&card, &rows, piece);
        check(&mut backtest, &rows);
        let mut texts = Vec::new();
        for _ in 0..6 {
            let criteria = backtest.card().program.criteria.len();
            let groups = card.program.groups.len();
            let lever = match tape.below(4) {
                0 => Some(Lever::Criterion(tape.below(criteria))),
                1 if groups > 0 => Some(Lever::Group(tape.below(groups))),
                2 => Some(Lever::Totals),
                _ => None,
            };
            lever.into_iter().for_each(|lever| backtest.take(lever));
            let handed = lever.and_then(|_| Moving::from_bytes(&Moving::bytes_of(&backtest)));
            // Some of these scorecards are no sound ones.
            let is_sound = Card::from_bytes(&backtest.card().to_bytes()).is_ok();
            prop_assert_eq!(handed.is_some(), lever.is_some() && is_sound);
            edit(&mut text, &mut tape);
            let (mut moved, compiled) = (backtest.card().clone(), compiled(&text));
            prop_assert!(compile::moved(&mut moved, &text.to_string(), Audience::Server));
            // Accounts are salted with the hash, which stays.
            moved.program.people = compiled.program.people.clone();
            prop_assert_eq!(moved.program.to_bytes(), compiled.program.to_bytes());
            prop_assert_eq!(&moved.texts.tests, &compiled.texts.tests);
            backtest.follow(compiled);
            check(&mut backtest, &rows);
            // Without the leads the same is counted, as long as nothing else moves.
            let program = &backtest.card().program;
            if let Some(tally) = handed.and_then(|mut handed| handed.tally(program)) {
                prop_assert_eq!(tally, backtest.tally());
            }
            texts.push(text.clone());
            match tape.below(4) {
                0 => text = texts.swap_remove(tape.below(texts.len())),
                _ => rework(&mut text, &mut tape),
            }
            backtest.follow(self::compiled(&text));
            check(&mut backtest, &rows);
        }
    }
}

/// Moves something of a scorecard.
fn edit(card: &mut Value, tape: &mut Tape) {
    let points = json!(tape.below(60) as i64 - 20);
    let criteria = card["criteria"].as_array_mut().unwrap();
    let index = tape.below(criteria.len());
    let criterion = &mut criteria[index];
    match tape.below(6) {
        0 => criterion["unknown"] = points,
        1 => criterion["limit"] = json!({ "max": points }),
        2 => {
            if let Some(bins) = criterion["bins"].as_array_mut() {
                let bin = tape.below(bins.len());
                bins[bin]["points"] = points;
            } else if criterion.get("true").is_some() {
                criterion["true"] = points;
            }
        }
        3 => {
            if let Some(group) = card["groups"]
                .as_array_mut()
                .and_then(|groups| groups.first_mut())
            {
                group["limit"] = json!({ "max": points });
            }
        }
        4 => card["limits"] = json!({ "fit": { "max": points } }),
        _ => constants(card, points.as_i64().unwrap()),
    }
}

/// Changes what leads find: a boundary of bins, constants of tests of facts, or a whole criterion.
fn rework(card: &mut Value, tape: &mut Tape) {
    let number = tape.below(80) as i64;
    let criteria = card["criteria"].as_array_mut().unwrap();
    let index = tape.below(criteria.len());
    match tape.below(3) {
        0 => {
            let bins = criteria[index]["bins"].as_array_mut();
            if let Some([first, second, ..]) = bins.map(Vec::as_mut_slice)
                && first.get("to").is_some()
                && second.get("from").is_some()
            {
                (first["to"], second["from"]) = (json!(number), json!(number));
            }
        }
        1 if criteria.len() > 1 => drop(criteria.remove(index)),
        _ => fact_constants(card, number),
    }
}

/// Moves the least number of every test of a fact.
fn fact_constants(value: &mut Value, number: i64) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                match value.get_mut("atLeast").filter(|_| key == "fact") {
                    Some(constant) if constant.is_number() => *constant = json!(number),
                    _ => fact_constants(value, number),
                }
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| fact_constants(item, number)),
        _ => {}
    }
}

/// Moves the constant of every test of points.
fn constants(value: &mut Value, points: i64) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                let is_points = ["score", "fit", "engagement"].contains(&key.as_str());
                match value.get_mut("atLeast").filter(|_| is_points) {
                    Some(constant) if constant.is_number() => *constant = json!(points),
                    _ => constants(value, points),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| constants(item, points)),
        _ => {}
    }
}

/// What scikit-learn and SciPy say, `tests/golden/measures/make.py` asked them.
#[test]
fn measures_are_as_scikit_learn_has_them() {
    use leadfit::backtest::stats;
    let text = include_str!("golden/measures/measures.json");
    let golden: Value = serde_json::from_str(text).unwrap();
    #[track_caller]
    fn same(found: f64, expected: &Value, what: &str) {
        let expected = expected.as_f64().unwrap();
        assert!(
            (found - expected).abs() < 1e-12,
            "{what}: {found}, not {expected}"
        );
    }
    for case in golden["cases"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let counts: Vec<(i32, u64, u64)> = serde_json::from_value(case["counts"].clone()).unwrap();
        same(stats::roc_auc(&counts), &case["rocAuc"], name);
        same(
            stats::average_precision(&counts),
            &case["averagePrecision"],
            name,
        );
        same(stats::lift(&counts, 0.1), &case["lift10"], name);
        let won: u64 = counts.iter().map(|(_, won, _)| won).sum();
        for threshold in case["thresholds"].as_array().unwrap() {
            let score = threshold["score"].as_i64().unwrap();
            let points = stats::points(&counts);
            let point = points
                .iter()
                .rfind(|point| i64::from(point.score) >= score)
                .unwrap();
            same(point.won as f64 / won as f64, &threshold["recall"], name);
            same(
                point.won as f64 / (point.won + point.lost) as f64,
                &threshold["precision"],
                name,
            );
        }
    }
    for case in golden["intervals"].as_array().unwrap() {
        let (low, high) =
            stats::interval(case["hits"].as_u64().unwrap(), case["of"].as_u64().unwrap());
        same(low, &case["low"], "interval");
        same(high, &case["high"], "interval");
    }
}
