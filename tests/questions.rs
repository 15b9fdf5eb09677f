//! The rules of the question planner (13 to 15) as properties of random scorecards, random leads and
//! random visitors: stopping early leads where asking everything leads, which is the route, among
//! whom it is dealt, and the stage where the scorecard asks until that is certain.
//!
//! `LEADFIT_FULL=1 cargo test --release --test questions` runs 100,000 cases.

mod generate;

use std::collections::BTreeSet;

use generate::{NOW, Tape, lead, questions};
use leadfit::card::{Asking, Card};
use leadfit::scorecard::file::Scorecard;
use leadfit::scorecard::{Audience, compile};
use proptest::prelude::*;
use serde_json::{Value, json};

fn config() -> ProptestConfig {
    // What is not optimised would take hours.
    let full = std::env::var_os("LEADFIT_FULL").is_some() && !cfg!(debug_assertions);
    let cases = if full { 100_000 } else { 250 };
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_iters: 500,
        ..ProptestConfig::default()
    }
}

fn program(card: &Value, accounts: bool) -> Card {
    let card: Scorecard =
        serde_json::from_value(card.clone()).unwrap_or_else(|error| panic!("{error}: {card}"));
    let value = false;
    compile::compiled(&card, Audience::PageWith { value, accounts })
}

/// The same card with one criterion for each territory, which earns a point where it holds: whom
/// queues may deal to, found without anything that plans.
fn territories(card: &Value) -> Card {
    let mut card = card.clone();
    let owners = card["owners"].as_array().unwrap().iter();
    let criteria = owners.filter(|owner| !owner["territory"].is_null());
    let criteria = criteria.map(|owner| json!({ "id": owner["id"], "axis": "fit", "on": { "condition": owner["territory"] }, "true": 1 }));
    card["criteria"] = criteria.collect();
    card["groups"] = json!([]);
    program(&card, false)
}

/// A card, a lead, and what decides how its visitor answers.
struct Case {
    card: Value,
    lead: Value,
    visitor: Vec<u16>,
}

impl std::fmt::Debug for Case {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\n{}\n{}\n{:?}", self.card, self.lead, self.visitor)
    }
}

fn any_case() -> impl Strategy<Value = Case> {
    let tape = |most| prop::collection::vec(any::<u16>(), 0..most);
    (tape(400), tape(200), tape(60)).prop_map(|(card, of, visitor)| {
        let mut lead = lead(&mut Tape::new(&of));
        // Answers come from the visitor.
        lead["answers"] = json!({});
        Case {
            card: questions::scorecard(&mut Tape::new(&card)),
            lead,
            visitor,
        }
    })
}

/// Somebody who fills in a form.
struct Visit<'c> {
    card: &'c Card,
    territories: &'c Card,
    lead: Value,
    form: Option<&'c str>,
    skipped: Vec<String>,
}

impl<'c> Visit<'c> {
    fn new((card, territories): (&'c Card, &'c Card), lead: &Value, form: Option<&'c str>) -> Self {
        Visit {
            card,
            territories,
            lead: lead.clone(),
            form,
            skipped: Vec::new(),
        }
    }

    fn verdict(&self) -> Value {
        self.verdict_by(self.card)
    }

    fn verdict_by(&self, card: &Card) -> Value {
        let frame = card.frame(&self.lead);
        let verdict = card.evaluate(&frame, NOW).expect("a frame");
        serde_json::from_str(&verdict.to_json()).expect("JSON")
    }

    fn route(&self) -> String {
        self.verdict()["route"]["id"].as_str().unwrap().to_owned()
    }

    /// Where the lead goes: the route; for each of its queues the owner of the account, or who
    /// serves such leads; the stage where that counts.
    fn destination(&self, card: &Value) -> Value {
        let verdict = self.verdict();
        let reasons = self.verdict_by(self.territories)["reasons"].clone();
        let holds = |owner: &Value| {
            let of_owner = |reason: &Value| reason["id"] == *owner && reason["points"] == 1;
            reasons.as_array().unwrap().iter().any(of_owner)
        };
        let serves = |owner: &&Value| owner["territory"].is_null() || holds(&owner["id"]);
        let owners = card["owners"].as_array().unwrap().iter().filter(serves);
        let pool: Vec<&Value> = owners.map(|owner| &owner["id"]).collect();
        let steps = verdict["route"]["followUp"].as_array().unwrap().iter();
        let pools = steps.map(|step| match step["owner"]["by"].as_str() {
            Some("queue") => json!(pool),
            _ => step["owner"]["id"].clone(),
        });
        let pools: Vec<Value> = pools.collect();
        let stage = (card["askUntil"] == "stage").then(|| &verdict["stage"]["id"]);
        json!([verdict["route"]["id"], pools, stage])
    }

    fn plan(&self, budget: Option<usize>, per_step: usize) -> Plan {
        let asking = Asking {
            form: self.form,
            skipped: &self.skipped,
            budget,
            per_step: Some(per_step),
        };
        let frame = self.card.frame(&self.lead);
        let plan = self
            .card
            .next_questions(&frame, NOW, asking)
            .expect("a frame");
        Plan {
            settled: plan.settled,
            destinations: plan
                .destinations
                .iter()
                .map(|id| (*id).to_owned())
                .collect(),
            ask: plan.ask.iter().map(|ask| ask.id.to_owned()).collect(),
            remaining: plan.remaining,
        }
    }

    /// Questions that the form asks, that apply and whose facts are not known.
    fn open(&self) -> Vec<String> {
        let texts = &self.card.texts.questions;
        let verdict = self.verdict();
        let open = verdict["questions"].as_array().unwrap().iter();
        let open = open.map(|question| question["id"].as_str().unwrap().to_owned());
        open.filter(|id| {
            let forms = &texts
                .iter()
                .find(|question| question.id == *id)
                .unwrap()
                .forms;
            let of_form = forms.is_empty() || forms.iter().any(|form| self.form == Some(form));
            of_form && !self.skipped.contains(id)
        })
        .collect()
    }

    /// Answers a question, always the same way, or passes it over.
    fn answer(&mut self, card: &Value, id: &str, visitor: &[u16]) {
        let question = card["questions"]
            .as_array()
            .unwrap()
            .iter()
            .find(|question| question["id"] == id)
            .unwrap();
        let index = card["questions"]
            .as_array()
            .unwrap()
            .iter()
            .position(|question| question["id"] == id)
            .unwrap();
        let draw = usize::from(visitor.get(index).copied().unwrap_or(0));
        if question["required"] != true && draw % 4 == 3 {
            self.skipped.push(id.to_owned());
            return;
        }
        let draw = draw / 4;
        let options = self.card.texts.questions[index].view["options"]
            .as_array()
            .unwrap();
        let answer = if options.is_empty() {
            let values = questions::free_answers(question["fact"].as_str().unwrap());
            values[draw % values.len()].clone()
        } else {
            options[draw % options.len()]["value"].clone()
        };
        self.lead["answers"][id] = answer;
    }
}

struct Plan {
    settled: bool,
    destinations: Vec<String>,
    ask: Vec<String>,
    remaining: usize,
}

/// Puts everything that is left, in an order that the tape decides.
fn ask_everything(visit: &mut Visit, card: &Value, visitor: &[u16], order: &mut Tape) {
    for _ in 0..50 {
        let open = visit.open();
        if open.is_empty() {
            return;
        }
        let id = open[order.below(open.len())].clone();
        visit.answer(card, &id, visitor);
        // An answer that means nothing is not given twice.
        if visit.open().contains(&id) {
            visit.skipped.push(id);
        }
    }
    panic!("asks for ever");
}

fn forms(tape: &mut Tape) -> Option<&'static str> {
    tape.of(&[None, Some("demo")])
}

proptest! {
    #![proptest_config(config())]

    /// Rules 13 and 14: at every step of every visit the plan holds the route where it ends, and so
    /// a visit that stops once the plan is settled ends where asking everything ends.
    #[test]
    fn stopping_early_leads_where_asking_everything_leads(case in any_case(), order in prop::collection::vec(any::<u16>(), 40)) {
        let mut order = Tape::new(&order);
        let cards = (&program(&case.card, order.one_in(3)), &territories(&case.card));
        let form = forms(&mut order);
        // Every step on the way to all answers, in any order.
        let mut visit = Visit::new(cards, &case.lead, form);
        let mut plans = vec![(visit.destination(&case.card), visit.lead.clone(), visit.plan(None, 9))];
        for _ in 0..50 {
            let open = visit.open();
            if open.is_empty() {
                break;
            }
            let id = open[order.below(open.len())].clone();
            visit.answer(&case.card, &id, &case.visitor);
            if visit.open().contains(&id) {
                visit.skipped.push(id);
            }
            plans.push((visit.destination(&case.card), visit.lead.clone(), visit.plan(None, 9)));
        }
        // Questions of one step are of different facts: the answer to one may spare another.
        for (_, _, plan) in &plans {
            let questions = case.card["questions"].as_array().unwrap();
            let fact = |id: &String| &questions.iter().find(|question| question["id"] == *id).unwrap()["fact"];
            let facts: Vec<&Value> = plan.ask.iter().map(fact).collect();
            let twice = (1..facts.len()).any(|last| facts[..last].contains(&facts[last]));
            prop_assert!(!twice, "{:?}", plan.ask);
        }
        let route = visit.route();
        let end = visit.destination(&case.card);
        for (destination, lead, plan) in &plans {
            prop_assert!(plan.destinations.contains(&route), "{:?} without {route} at {lead}", plan.destinations);
            prop_assert!(!plan.settled || plan.destinations.len() == 1);
            // What must be answered may still lead there.
            prop_assert!(!plan.settled || !plan.ask.is_empty() || *destination == end, "{destination} is settled at {lead}, and ends as {end}");
        }

        // The planner's own way, then all that it left out.
        let mut visit = Visit::new(cards, &case.lead, form);
        let mut asked = BTreeSet::new();
        let mut remaining = usize::MAX;
        loop {
            let plan = visit.plan(None, 1);
            prop_assert!(plan.remaining < remaining, "{} after {}", plan.remaining, remaining);
            remaining = plan.remaining;
            let Some(id) = plan.ask.first() else {
                prop_assert!(plan.settled);
                prop_assert_eq!(remaining, 0);
                break;
            };
            prop_assert!(asked.insert(id.clone()), "{id} is asked twice");
            prop_assert!(visit.open().contains(id), "{id} is not open");
            visit.answer(&case.card, id, &case.visitor);
            if visit.open().contains(id) {
                visit.skipped.push(id.clone());
            }
        }
        let early = visit.destination(&case.card);
        ask_everything(&mut visit, &case.card, &case.visitor, &mut order);
        prop_assert_eq!(visit.destination(&case.card), early);
    }
}
