//! The golden leads of the samples, natively: each gets what its author expected, and exactly the
//! verdict that `tests/golden/verdict` holds. The packed package must give the same bytes.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden` writes the verdicts anew; read the difference.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use leadfit::card::{Asking, Card};
use leadfit::scorecard::{self, Audience};
use serde_json::Value;

const SAMPLES: [&str; 3] = ["b2b-software", "hubspot-shaped", "self-serve-sales-assist"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn card(sample: &str, audience: Audience) -> Card {
    let text = fs::read_to_string(
        root()
            .join("www/sample")
            .join(sample)
            .with_extension("json"),
    )
    .unwrap();
    let bytes = scorecard::compile(&text, audience).unwrap_or_else(|problems| {
        panic!(
            "{sample}: {}",
            problems
                .iter()
                .map(|p| format!("\n{p}"))
                .collect::<String>()
        )
    });
    Card::from_bytes(&bytes).expect("a compiled scorecard loads")
}

/// A lead of the samples and what its author expected.
struct Golden {
    name: String,
    now: i64,
    lead: Value,
    expected: Value,
}

fn leads(sample: &str) -> Vec<Golden> {
    let path = root()
        .join("www/sample/leads")
        .join(format!("{sample}.leads.json"));
    let leads: Vec<Value> = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    leads
        .into_iter()
        .map(|lead| Golden {
            name: lead["name"].as_str().unwrap().to_owned(),
            now: leadfit::time::parse(lead["now"].as_str().unwrap()).unwrap(),
            lead: lead["lead"].clone(),
            expected: lead["expect"].clone(),
        })
        .collect()
}

fn verdict_of(card: &Card, lead: &Value, now: i64) -> String {
    let frame = card.frame(lead);
    let verdict = card.evaluate(&frame, now);
    verdict.expect("a frame of this card").to_json()
}

fn compare(path: &Path, text: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        assert!(
            std::env::var_os("CI").is_none(),
            "golden files are not written in CI"
        );
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let golden = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(
        text,
        golden,
        "{}: UPDATE_GOLDEN=1 cargo test --test golden writes it anew",
        path.display()
    );
}

fn slug(name: &str) -> String {
    let words = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

/// Keys sorted, no white space, whole numbers: what the verdict must look like already.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let sorted: std::collections::BTreeMap<_, _> = fields.iter().collect();
            let fields: Vec<String> = sorted
                .into_iter()
                .map(|(key, value)| {
                    format!(
                        "{}:{}",
                        serde_json::to_string(key).unwrap(),
                        canonical(value)
                    )
                })
                .collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(items) => format!(
            "[{}]",
            items.iter().map(canonical).collect::<Vec<_>>().join(",")
        ),
        plain => plain.to_string(),
    }
}

#[test]
fn golden_leads_get_what_their_authors_expected() {
    let mut wrong = Vec::new();
    for sample in SAMPLES {
        let card = card(sample, Audience::Server);
        for golden in leads(sample) {
            let verdict: Value =
                serde_json::from_str(&verdict_of(&card, &golden.lead, golden.now)).unwrap();
            let found = |key: &str| match key {
                "stage" => verdict["stage"]["id"].clone(),
                "route" => verdict["route"]["id"].clone(),
                "disqualified" => {
                    let list = verdict["disqualified"].as_array().unwrap();
                    list.iter()
                        .map(|disqualified| disqualified["id"].clone())
                        .collect()
                }
                other => verdict[other].clone(),
            };
            for (key, expected) in golden.expected.as_object().unwrap() {
                if found(key) != *expected {
                    wrong.push(format!(
                        "{sample} {}: {key} {} expected {expected}\n   {}",
                        golden.name,
                        found(key),
                        verdict["reasons"]
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn golden_leads_get_the_same_verdict_to_the_byte() {
    for sample in SAMPLES {
        let card = card(sample, Audience::Page);
        let mut names = BTreeSet::new();
        for golden in leads(sample) {
            let verdict = verdict_of(&card, &golden.lead, golden.now);
            let name = slug(&golden.name);
            assert!(
                names.insert(name.clone()),
                "{sample}: two leads are called {name}"
            );
            compare(
                &root()
                    .join("tests/golden/verdict")
                    .join(sample)
                    .join(name)
                    .with_extension("json"),
                &verdict,
            );
            assert_eq!(verdict, canonical(&serde_json::from_str(&verdict).unwrap()));
        }
    }
}

/// The plan that a case of `tests/golden/plan` asks for.
fn plan_of(card: &Card, case: &Value) -> Value {
    let now = leadfit::time::parse(case["now"].as_str().unwrap()).unwrap();
    let asking = &case["asking"];
    let count = |key: &str| asking[key].as_u64().map(|count| count as usize);
    let skipped = asking["skipped"].as_array().into_iter().flatten();
    let skipped: Vec<String> = skipped.map(|id| id.as_str().unwrap().to_owned()).collect();
    let asking = Asking {
        form: asking["form"].as_str(),
        skipped: &skipped,
        budget: count("budget"),
        per_step: count("perStep"),
    };
    let plan = card.next_questions(&card.frame(&case["lead"]), now, asking);
    serde_json::to_value(plan.expect("a frame of this card")).unwrap()
}

/// What is asked next of a lead: cases with their plans.
#[test]
fn golden_plans_stay_the_same() {
    for sample in SAMPLES {
        let card = card(sample, Audience::Page);
        let path = root()
            .join("tests/golden/plan")
            .join(sample)
            .with_extension("json");
        let mut cases: Vec<Value> =
            serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for case in &mut cases {
            case["plan"] = plan_of(&card, case);
        }
        compare(
            &path,
            &(serde_json::to_string_pretty(&cases).unwrap() + "\n"),
        );
    }
}

#[test]
fn a_page_and_a_server_agree_on_what_both_tell() {
    for sample in SAMPLES {
        let (page, server) = (card(sample, Audience::Page), card(sample, Audience::Server));
        for golden in leads(sample) {
            let whole = |card: &Card| -> Value {
                serde_json::from_str(&verdict_of(card, &golden.lead, golden.now)).unwrap()
            };
            // Only a server knows accounts.
            let first = &whole(&server)["route"]["followUp"][0]["owner"]["by"];
            let by_account = *first == "account";
            let public = |card: &Card| {
                let mut verdict = whole(card);
                verdict["value"] = Value::Null;
                verdict["probability"] = Value::Null;
                for step in verdict["route"]["followUp"].as_array_mut().unwrap() {
                    step["attempts"] = Value::Null;
                    step["sla"]["attempts"] = Value::Null;
                    step["sla"]["escalateTo"] = Value::Null;
                    step["task"] = Value::Null;
                    if step["owner"] != Value::Null {
                        step["owner"]["contact"] = Value::Null;
                    }
                }
                if by_account {
                    verdict["route"]["followUp"] = Value::Null;
                    verdict["receipt"]["owner"] = Value::Null;
                }
                for disqualified in verdict["disqualified"].as_array_mut().unwrap() {
                    disqualified["reason"] = Value::Null;
                }
                verdict
            };
            assert_eq!(public(&page), public(&server), "{sample} {}", golden.name);
        }
    }
}

#[test]
fn samples_reach_every_grade_stage_and_route() {
    for sample in SAMPLES {
        let card = card(sample, Audience::Server);
        let (mut grades, mut stages, mut routes) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for golden in leads(sample) {
            let verdict: Value =
                serde_json::from_str(&verdict_of(&card, &golden.lead, golden.now)).unwrap();
            grades.insert(verdict["grade"].as_str().unwrap().to_owned());
            stages.extend(verdict["stage"]["id"].as_str().map(str::to_owned));
            routes.insert(verdict["route"]["id"].as_str().unwrap().to_owned());
        }
        let (fit, engagement) = &card.texts.bands;
        let all: BTreeSet<String> = fit
            .iter()
            .flat_map(|fit| {
                engagement
                    .iter()
                    .map(move |engagement| format!("{fit}{engagement}"))
            })
            .collect();
        assert_eq!(grades, all, "{sample}");
        for stage in card
            .texts
            .stages
            .iter()
            .filter(|stage| stage.kind.is_suggested())
        {
            assert!(
                stages.contains(&stage.id),
                "{sample}: no lead reaches stage {}",
                stage.id
            );
        }
        let ends = card.texts.routes.iter();
        let all: BTreeSet<String> = ends.map(|route| route.id.clone()).collect();
        assert_eq!(routes, all, "{sample}");
    }
}

#[test]
fn the_first_sample_is_signed_by_both_teams() {
    let texts = card("b2b-software", Audience::Page).texts;
    assert!(
        texts.card.signed,
        "sign {} in both signatures",
        texts.card.hash
    );
}
