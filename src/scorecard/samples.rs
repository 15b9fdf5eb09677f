//! The sample scorecards and their golden leads read as they should.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::compile::{Audience, compiled};
use super::file::Scorecard;
use super::read;
use crate::card::Card;

pub(crate) const SAMPLES: [&str; 3] = ["b2b-software", "hubspot-shaped", "self-serve-sales-assist"];

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn sample(name: &str) -> String {
    fs::read_to_string(root().join(format!("www/sample/{name}.json"))).unwrap()
}

pub(crate) fn card(text: &str) -> Scorecard {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}"))
}

/// A card that leads everybody to the same follow-up; with these parts of a scorecard beside it, such as
/// owners and queues.
pub(crate) fn followed_up(follow_up: &Value, parts: Value, audience: Audience) -> Card {
    let thanks = json!({"thankYou": {"message": "Thank you."}});
    let mut text = json!({
        "leadfit": 1, "id": "follow-up", "revision": 1, "title": "Follow-up",
        "criteria": [{"id": "size", "axis": "fit", "on": {"fact": "company.employees"},
            "bins": [{"from": 50, "points": 10}, {"else": true, "points": 0}]}],
        "routes": [],
        "fallback": {
            "unmatched": {"id": "all", "action": thanks, "followUp": follow_up},
            "disqualified": {"id": "no", "action": thanks},
        },
    });
    let Value::Object(parts) = parts else {
        panic!("the parts of a scorecard are an object");
    };
    text.as_object_mut().unwrap().extend(parts);
    let outcome = read(&text.to_string());
    let card = outcome
        .scorecard
        .unwrap_or_else(|| panic!("{:?}", outcome.problems));
    compiled(&card, audience)
}

/// The same value with keys in the order of the alphabet and numbers as floats: `50` is `50.0`.
fn normal(value: &Value) -> Value {
    match value {
        Value::Number(number) => Value::from(number.as_f64().unwrap()),
        Value::Array(items) => items.iter().map(normal).collect(),
        Value::Object(fields) => {
            let mut keys: Vec<&String> = fields.keys().collect();
            keys.sort();
            keys.into_iter()
                .map(|key| (key.clone(), normal(&fields[key])))
                .collect()
        }
        other => other.clone(),
    }
}

/// The samples hold nothing that the format does not read, and lose nothing when written.
#[test]
fn samples_survive_reading_and_writing() {
    for name in SAMPLES {
        let text = sample(name);
        let read = card(&text);
        let given: Value = serde_json::from_str(&text).unwrap();
        let written = serde_json::to_value(&read).unwrap();
        assert_eq!(normal(&given), normal(&written), "{name}");
        assert_eq!(card(&written.to_string()), read, "{name}");
    }
}

/// The golden leads reach every grade, every stage that leadfit suggests, every disqualifier and
/// every route with both fallbacks.
#[test]
fn golden_leads_reach_everything() {
    for name in SAMPLES {
        let card = card(&sample(name));
        let path = root().join(format!("www/sample/leads/{name}.leads.json"));
        let leads: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let leads = leads.as_array().unwrap();
        let reached = |key: &str| -> BTreeSet<&str> {
            leads
                .iter()
                .filter_map(|lead| lead["expect"][key].as_str())
                .collect()
        };

        let bands = card.bands.as_ref().unwrap();
        let grades: BTreeSet<String> = (bands.fit.iter())
            .flat_map(|fit| bands.engagement.iter().map(move |other| [fit, other]))
            .map(|[fit, engagement]| format!("{}{}", fit.name, engagement.name))
            .collect();
        assert_eq!(
            reached("grade"),
            grades.iter().map(String::as_str).collect(),
            "{name}"
        );

        let fallback = [&card.fallback.unmatched.id, &card.fallback.disqualified.id];
        let routes = card.routes.iter().map(|route| &route.id).chain(fallback);
        assert_eq!(
            reached("route"),
            routes.map(String::as_str).collect(),
            "{name}"
        );

        for stage in card.stages.iter().filter(|stage| stage.when.is_some()) {
            assert!(
                reached("stage").contains(stage.id.as_str()),
                "{name}: {}",
                stage.id
            );
        }
        let disqualified: BTreeSet<&str> = (leads.iter())
            .flat_map(|lead| lead["expect"]["disqualified"].as_array().unwrap())
            .filter_map(Value::as_str)
            .collect();
        let disqualifiers = card
            .disqualify
            .iter()
            .map(|disqualifier| disqualifier.id.as_str());
        assert_eq!(disqualified, disqualifiers.collect(), "{name}");
    }
}
