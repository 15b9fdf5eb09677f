//! How many questions visitors are asked by the planner, against the full form and against asking in
//! the order of the file until nothing can change any more. The visitors stand in
//! `tests/visitors/visitors.json`; what comes out is `tests/visitors/saved.json`, from which the table
//! in README.md is made.
//!
//! `UPDATE_GOLDEN=1 cargo test --test saved` measures anew.

use std::fs;
use std::path::{Path, PathBuf};

use leadfit::card::{Asking, Card};
use leadfit::scorecard::{self, Audience};
use serde_json::{Value, json};

const SAMPLES: [(&str, Option<&str>); 3] = [
    ("b2b-software", Some("demo")),
    ("hubspot-shaped", None),
    ("self-serve-sales-assist", None),
];
/// Visitors of each sample.
const VISITORS: u64 = 100;
/// 2026-11-18T10:00:00Z
const NOW: i64 = 1_794_996_000_000;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn json_of(name: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(path(name)).unwrap()).unwrap()
}

/// Numbers that look random and are always the same (SplitMix64).
struct Draws(u64);

impl Draws {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % count
    }

    /// One of several values with their shares.
    fn of<T: Clone>(&mut self, shares: impl Iterator<Item = (u64, T)> + Clone) -> T {
        let mut left = self.below(shares.clone().map(|(share, _)| share).sum());
        for (share, value) in shares {
            if left < share {
                return value;
            }
            left -= share;
        }
        unreachable!("the shares are their sum")
    }

    fn drawn(&mut self, table: &Value) -> Value {
        self.of(table
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row[0].as_u64().unwrap(), row[1].clone())))
    }
}

/// Somebody with an answer to every question, or none where they pass it over.
struct Visitor {
    events: Value,
    answers: Vec<Option<Value>>,
}

fn visitor(card: &Card, sample: &str, model: &Value, draws: &mut Draws) -> Visitor {
    let mut events = draws.drawn(&model["events"][sample]);
    for event in events.as_array_mut().unwrap() {
        event["at"] = json!(NOW - 60_000);
    }
    let questions = card.program.questions.iter().zip(&card.texts.questions);
    let answers = questions.map(|(question, texts)| {
        let passes = draws.below(100) < model["passesOver"].as_u64().unwrap();
        let answer = if question.options.is_empty() {
            draws.drawn(&model[&texts.fact])
        } else {
            draws.of(question.options.iter().map(|option| {
                (
                    u64::from(option.share.expect("the samples tell shares")),
                    json!(option.value),
                )
            }))
        };
        Some(answer).filter(|_| question.required || !passes)
    });
    Visitor {
        answers: answers.collect(),
        events,
    }
}

struct Visit<'c> {
    card: &'c Card,
    form: Option<&'c str>,
    lead: Value,
    skipped: Vec<String>,
    asked: u32,
}

impl<'c> Visit<'c> {
    fn new(card: &'c Card, form: Option<&'c str>, visitor: &Visitor) -> Self {
        Visit {
            card,
            form,
            lead: json!({ "events": visitor.events, "answers": {} }),
            skipped: Vec::new(),
            asked: 0,
        }
    }

    fn verdict(&self) -> Value {
        let verdict = self
            .card
            .evaluate(&self.card.frame(&self.lead), NOW)
            .unwrap();
        serde_json::from_str(&verdict.to_json()).unwrap()
    }

    fn open(&self) -> Vec<(String, bool)> {
        let verdict = self.verdict();
        let open = verdict["questions"].as_array().unwrap().iter();
        open.map(|question| {
            (
                question["id"].as_str().unwrap().to_owned(),
                question["required"] == true,
            )
        })
        .filter(|(id, _)| {
            let texts = self
                .card
                .texts
                .questions
                .iter()
                .find(|question| question.id == *id)
                .unwrap();
            !self.skipped.contains(id)
                && (texts.forms.is_empty()
                    || texts.forms.iter().any(|form| self.form == Some(form)))
        })
        .collect()
    }

    fn put(&mut self, id: &str, visitor: &Visitor) {
        let index = self
            .card
            .texts
            .questions
            .iter()
            .position(|question| question.id == id)
            .unwrap();
        self.asked += 1;
        if let Some(answer) = &visitor.answers[index] {
            self.lead["answers"][id] = answer.clone();
        }
        if self.open().iter().any(|(open, _)| open == id) {
            self.skipped.push(id.to_owned());
        }
    }

    fn plan(&self) -> (bool, Option<String>) {
        let asking = Asking {
            form: self.form,
            skipped: &self.skipped,
            ..Asking::default()
        };
        let frame = self.card.frame(&self.lead);
        let plan = self.card.next_questions(&frame, NOW, asking).unwrap();
        (plan.settled, plan.ask.first().map(|ask| ask.id.to_owned()))
    }

    fn route(&self) -> String {
        self.verdict()["route"]["id"].as_str().unwrap().to_owned()
    }
}

fn measured(sample: &str, form: Option<&str>, model: &Value) -> Value {
    let text = fs::read_to_string(path("www/sample").join(sample).with_extension("json")).unwrap();
    let card = Card::from_bytes(&scorecard::compile(&text, Audience::Page).unwrap()).unwrap();
    let mut draws = Draws(20_261_118);
    let (mut full, mut in_order, mut planned) = (0, 0, 0);
    let mut most = 0;
    for _ in 0..VISITORS {
        let visitor = visitor(&card, sample, model, &mut draws);
        let mut all = Visit::new(&card, form, &visitor);
        while let Some((id, _)) = all.open().first().cloned() {
            all.put(&id, &visitor);
        }
        let mut ordered = Visit::new(&card, form, &visitor);
        loop {
            let settled = ordered.plan().0;
            let next = ordered
                .open()
                .into_iter()
                .find(|(_, required)| *required || !settled);
            let Some((id, _)) = next else { break };
            ordered.put(&id, &visitor);
        }
        let mut best = Visit::new(&card, form, &visitor);
        while let (_, Some(id)) = best.plan() {
            best.put(&id, &visitor);
        }
        let end = all.route();
        assert_eq!(ordered.route(), end, "{sample} {}", all.lead);
        assert_eq!(best.route(), end, "{sample} {}", all.lead);
        full += all.asked;
        in_order += ordered.asked;
        planned += best.asked;
        most = most.max(best.asked);
    }
    let mean = |total: u32| (f64::from(total) / VISITORS as f64 * 100.0).round() / 100.0;
    json!({
        "sample": sample, "form": form, "visitors": VISITORS,
        "fullForm": mean(full), "fileOrder": mean(in_order), "planned": mean(planned), "most": most,
    })
}

#[test]
fn the_planner_saves_what_the_table_says() {
    let model = json_of("tests/visitors/visitors.json");
    let rows: Vec<Value> = SAMPLES
        .iter()
        .map(|(sample, form)| measured(sample, *form, &model))
        .collect();
    let text = serde_json::to_string_pretty(&rows).unwrap() + "\n";
    let file = path("tests/visitors/saved.json");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&file, &text).unwrap();
    }
    assert_eq!(
        text,
        fs::read_to_string(&file).unwrap_or_default(),
        "UPDATE_GOLDEN=1 cargo test --test saved measures anew"
    );
    let sum = |key: &str| {
        rows.iter()
            .map(|row| row[key].as_f64().unwrap())
            .sum::<f64>()
    };
    for row in &rows {
        let share = row["planned"].as_f64().unwrap() / row["fullForm"].as_f64().unwrap();
        assert!(share <= 0.6, "{row}: not 40 % fewer");
    }
    assert!(sum("planned") < sum("fileOrder") && sum("fileOrder") < sum("fullForm"));
}
