//! Nothing that is said to be impossible ever happens, on random scorecards and leads.

// The same generator as in `tests/property.rs`, which uses all of it.
#[allow(dead_code)]
#[path = "../../../tests/generate/mod.rs"]
mod generate;

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::lead;
use crate::route::{Decision, Stage};
use crate::score::{earn, matching};
use crate::scorecard::read;
use crate::situation::{Applies, Situation};
use generate::{NOW, Tape, scorecard};

/// Places of what a lead reached: routes, stages, bands, questions, segments, disqualifiers,
/// criteria's conditions, bins.
fn reached(card: &Scorecard, compiled: &Card, lead: &Value) -> BTreeSet<String> {
    let Card { program, texts } = compiled;
    let frame = compiled.frame(lead);
    let lead = lead::read(program, &frame).unwrap();
    let (situation, applies) = Situation::new(program, lead, NOW);
    let matches = matching(program, &situation);
    let scored = earn(program, &matches);
    let decision = Decision::new(program, &situation, &scored);
    let mut places = BTreeSet::new();
    let (route, _) = decision.route();
    if route < card.routes.len() {
        places.extend([format!("/routes/{route}"), format!("/routes/{route}/when")]);
    }
    if let Stage::Suggested(index) = decision.stage {
        places.insert(format!("/stages/{index}/when"));
    }
    places.insert(format!("/bands/fit/{}", decision.bands.0));
    places.insert(format!("/bands/engagement/{}", decision.bands.1));
    let asked = applies
        .iter()
        .enumerate()
        .filter(|(_, applies)| **applies != Applies::No);
    places.extend(asked.map(|(index, _)| format!("/questions/{index}/when")));
    if let Some((Some(segment), _)) = decision.worth() {
        let at = format!("/value/segments/{segment}");
        places.extend([format!("{at}/when"), at]);
    }
    places.extend(
        decision
            .disqualifiers
            .iter()
            .map(|index| format!("/disqualify/{index}/when")),
    );
    for (index, criterion) in card.criteria.iter().enumerate() {
        let mut ids = texts.criteria.iter();
        let place = ids.position(|other| other.id == criterion.id).unwrap();
        match matches[place].bin {
            Some(0) if criterion.bins.is_none() => {
                places.insert(format!("/criteria/{index}/on/condition"))
            }
            Some(1) if criterion.bins.is_none() => {
                places.insert(format!("/criteria/{index}/false"))
            }
            Some(bin) => places.insert(format!("/criteria/{index}/bins/{bin}")),
            None => false,
        };
    }
    places
}

/// Points after each limit that is called worthless.
fn limited(card: &Scorecard, compiled: &Card, lead: &Value, at: &str) -> Option<i64> {
    let Card { program, texts } = compiled;
    let frame = compiled.frame(lead);
    let lead = lead::read(program, &frame).unwrap();
    let (situation, _) = Situation::new(program, lead, NOW);
    let scored = earn(program, &matching(program, &situation));
    match at {
        "/limits/fit" => return Some(scored.fit.now),
        "/limits/engagement" => return Some(scored.engagement.now),
        _ => {}
    }
    let index = at
        .strip_prefix("/criteria/")?
        .strip_suffix("/limit")?
        .parse::<usize>()
        .ok()?;
    let mut ids = texts.criteria.iter();
    let place = ids.position(|other| other.id == card.criteria[index].id)?;
    let limit = &program.criteria[place].limit;
    let points = scored.criteria[place].now;
    let points = limit.max.map_or(points, |max| points.min(max.into()));
    Some(limit.min.map_or(points, |min| points.max(min.into())))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_proved_impossible_never_happens(
        card in prop::collection::vec(any::<u16>(), 0..300),
        leads in prop::collection::vec(prop::collection::vec(any::<u16>(), 0..100), 40),
    ) {
        let json = scorecard(&mut Tape::new(&card));
        let proved = read(&json.to_string()).problems;
        for problem in &proved {
            let ours = [Code::NeverReached, Code::NeverFires, Code::Worthless].contains(&problem.code);
            // The generator makes no other errors.
            prop_assert!(ours || problem.severity == crate::problem::Severity::Warning, "{problem}\n{json}");
        }
        let card: Scorecard = serde_json::from_value(json.clone()).unwrap();
        let compiled = compiled(&card, Audience::Server);
        let leads: Vec<Value> = leads.iter().map(|tape| generate::lead(&mut Tape::new(tape))).collect();
        for lead in &leads {
            let reached = reached(&card, &compiled, lead);
            for problem in proved.iter().filter(|problem| problem.code != Code::Worthless) {
                prop_assert!(!reached.contains(&problem.at), "{problem}\n{json}\n{lead}");
            }
        }
        for problem in proved.iter().filter(|problem| problem.code == Code::Worthless) {
            let points: BTreeSet<_> = leads.iter().filter_map(|lead| limited(&card, &compiled, lead, &problem.at)).collect();
            prop_assert!(points.len() <= 1, "{problem}\n{json}\n{points:?}");
        }
    }
}

/// How much is found is no promise, but it must not be nothing.
#[test]
fn random_scorecards_have_faults_that_are_found() {
    let mut found = BTreeSet::new();
    for seed in 0..300_u32 {
        let tape: Vec<u16> = (0..300_u32)
            .map(|at| ((seed * 7919 + at).wrapping_mul(2_654_435_761) >> 16) as u16)
            .collect();
        let card: Scorecard = serde_json::from_value(scorecard(&mut Tape::new(&tape))).unwrap();
        found.extend(prove(&card).into_iter().map(|problem| {
            (
                problem.code,
                problem.at.split('/').nth(1).unwrap_or_default().to_owned(),
            )
        }));
    }
    for (code, section) in [
        (Code::NeverReached, "routes"),
        (Code::NeverReached, "stages"),
        (Code::NeverReached, "bands"),
        (Code::NeverFires, "criteria"),
        (Code::NeverFires, "disqualify"),
        (Code::Worthless, "criteria"),
    ] {
        assert!(
            found.contains(&(code, section.to_owned())),
            "{code:?} {section}"
        );
    }
}

/// A search that would take too long ends, and claims nothing.
#[test]
fn hostile_conditions_take_bounded_time() {
    let test = |n: usize| format!(r#"{{"fact":{{"id":"seats","above":{n}}}}}"#);
    let join = |parts: Vec<String>| parts.join(",");
    let any = |range: std::ops::Range<usize>| {
        format!(r#"{{"any":[{}]}}"#, join(range.map(test).collect()))
    };
    let pigeons = format!(
        r#"{{"all":[{}]}}"#,
        join((0..60).map(|n| any(n * 60..n * 60 + 60)).collect())
    );
    let at_least = format!(
        r#"{{"atLeast":{{"n":200,"of":[{}]}}}}"#,
        join(
            (0..400)
                .map(|n| format!(r#"{{"not":{}}}"#, test(n)))
                .collect()
        )
    );
    let texts = format!(
        r#"{{"all":[{}]}}"#,
        join(
            (0..40)
                .map(|n| format!(
                    r#"{{"not":{{"fact":{{"id":"email","in":[{}]}}}}}}"#,
                    join((0..500).map(|m| format!("\"{}\"", n * 500 + m)).collect())
                ))
                .collect()
        ),
    );
    let whens = [pigeons, at_least, texts];
    let routes = (0..9).map(|n| {
        format!(
            r#"{{"id":"r{n}","when":{},"action":{{"show":{{"element":"x"}}}}}}"#,
            whens[n % 3]
        )
    });
    let text = format!(
        r#"{{"leadfit":1,"id":"hostile","revision":1,"title":"x","facts":[{{"id":"seats","type":"number"}}],"routes":[{}],
        "fallback":{{"unmatched":{{"id":"a","action":{{"show":{{"element":"x"}}}}}},"disqualified":{{"id":"b","action":{{"show":{{"element":"x"}}}}}}}}}}"#,
        join(routes.collect()),
    );
    assert!(
        text.len() > 500_000 && text.len() < crate::scorecard::MAX_BYTES,
        "{}",
        text.len()
    );
    let start = std::time::Instant::now();
    let problems = read(&text).problems;
    // Far above the budget of an optimized build, far below anything that hangs.
    assert!(
        start.elapsed() < std::time::Duration::from_secs(30),
        "{:?}",
        start.elapsed()
    );
    println!("{:?} {problems:?}", start.elapsed());
}
