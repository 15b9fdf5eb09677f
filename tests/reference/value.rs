//! Single values: how they compare, which bin they fall into, what is left of their points.

use leadfit::text::fold;
use serde_json::Value;

use super::{DAY, Known, all, list};

/// What one comparison tells of a value.
fn compare(key: &str, with: &Value, value: &Known) -> Option<bool> {
    let bound = || with.as_f64().unwrap();
    match (key, value) {
        ("is", _) => compare("in", &Value::Array(vec![with.clone()]), value),
        ("in", Known::Number(number)) => Some(
            with.as_array()
                .unwrap()
                .iter()
                .any(|one| one.as_f64() == Some(*number)),
        ),
        ("in", Known::Range(from, to)) => {
            let inside = with
                .as_array()
                .unwrap()
                .iter()
                .filter_map(Value::as_f64)
                .any(|one| (*from..*to).contains(&one));
            if inside { None } else { Some(false) }
        }
        ("in", Known::Text(text)) => Some(
            with.as_array()
                .unwrap()
                .iter()
                .any(|one| one == text.as_str()),
        ),
        ("in", Known::List(members)) => Some(
            with.as_array()
                .unwrap()
                .iter()
                .any(|one| members.iter().any(|member| one == member.as_str())),
        ),
        ("in", Known::Boolean(value)) => Some(
            with.as_array()
                .unwrap()
                .iter()
                .any(|one| one == &Value::Bool(*value)),
        ),
        ("atLeast", Known::Number(number)) => Some(*number >= bound()),
        ("above", Known::Number(number)) => Some(*number > bound()),
        ("atMost", Known::Number(number)) => Some(*number <= bound()),
        ("below", Known::Number(number)) => Some(*number < bound()),
        // All numbers of a range, or none.
        ("atLeast" | "above", Known::Range(from, to)) => {
            let all_pass = if key == "above" {
                *from > bound()
            } else {
                *from >= bound()
            };
            if all_pass {
                Some(true)
            } else if *to <= bound() {
                Some(false)
            } else {
                None
            }
        }
        ("atMost" | "below", Known::Range(from, to)) => {
            let none_pass = if key == "below" {
                *from >= bound()
            } else {
                *from > bound()
            };
            if *to <= bound() {
                Some(true)
            } else if none_pass {
                Some(false)
            } else {
                None
            }
        }
        (_, Known::Text(text)) => {
            let folded = fold(text);
            let patterns: Vec<String> = with
                .as_array()
                .unwrap()
                .iter()
                .map(|one| fold(one.as_str().unwrap()))
                .collect();
            Some(patterns.iter().any(|pattern| match key {
                "contains" => folded.contains(pattern),
                "startsWith" => folded.starts_with(pattern),
                "endsWith" => folded.ends_with(pattern),
                other => panic!("the reference knows no `{other}`"),
            }))
        }
        other => panic!("the reference cannot compare {other:?}"),
    }
}

/// A test: all comparisons of it.
pub fn test(of: &Value, value: Option<&Known>) -> Option<bool> {
    let comparisons = of.as_object().unwrap().iter().filter(|(key, _)| {
        [
            "is",
            "in",
            "atLeast",
            "above",
            "atMost",
            "below",
            "contains",
            "startsWith",
            "endsWith",
            "known",
        ]
        .contains(&key.as_str())
    });
    all(comparisons.map(|(key, with)| match key.as_str() {
        "known" => Some(with.as_bool() == Some(value.is_some())),
        key => value.and_then(|value| compare(key, with, value)),
    }))
}

/// Whether an event's property passes a test.
pub fn property(test: &Value, event: &Value) -> bool {
    let value = match &event[test["property"].as_str().unwrap()] {
        Value::String(text) => Known::Text(text.clone()),
        Value::Number(number) => Known::Number(number.as_f64().unwrap()),
        _ => return false,
    };
    let mut comparisons = test
        .as_object()
        .unwrap()
        .iter()
        .filter(|(key, _)| *key != "property");
    comparisons.all(|(key, with)| compare(key, with, &value) == Some(true))
}

/// The points of the bin that a value falls into; of a range all bins that it touches.
pub fn bin(bins: &[Value], value: &Known) -> Option<i64> {
    let otherwise = bins.iter().find(|bin| bin["else"] == true);
    let ends = |bin: &Value| {
        let is_range = bin.get("from").is_some() || bin.get("to").is_some();
        is_range.then(|| {
            (
                bin["from"].as_f64().unwrap_or(f64::NEG_INFINITY),
                bin["to"].as_f64().unwrap_or(f64::INFINITY),
            )
        })
    };
    let has =
        |bin: &&Value, passes: &dyn Fn(&Value) -> bool| list(bin, "values").iter().any(passes);
    let found = match value {
        Known::Number(number) => {
            let exact = bins
                .iter()
                .find(|bin| has(bin, &|one| one.as_f64() == Some(*number)));
            let inside =
                |bin: &&Value| ends(bin).is_some_and(|(from, to)| (from..to).contains(number));
            exact.or_else(|| bins.iter().find(inside)).or(otherwise)
        }
        Known::Range(from, to) => {
            let mut touched: Vec<&Value> = Vec::new();
            let mut ranges = Vec::new();
            for bin in bins {
                let touches = ends(bin).is_some_and(|(start, end)| start < *to && *from < end);
                if touches || has(&bin, &|one| (*from..*to).contains(&one.as_f64().unwrap())) {
                    touched.push(bin);
                }
                ranges.extend(ends(bin));
            }
            // What no range covers is for `else`.
            ranges.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut reached = *from;
            let mut gap = false;
            for (start, end) in ranges {
                if end > *from && start < *to {
                    gap |= start > reached;
                    reached = reached.max(end);
                }
            }
            if gap || reached < *to {
                touched.extend(otherwise);
            }
            match touched.as_slice() {
                [one] => Some(*one),
                _ => None,
            }
        }
        Known::Text(text) => bins
            .iter()
            .find(|bin| has(bin, &|one| one == text.as_str()))
            .or(otherwise),
        Known::List(members) => {
            let member = |one: &Value| members.iter().any(|member| one == member.as_str());
            bins.iter().find(|bin| has(bin, &member)).or(otherwise)
        }
        other => panic!("the reference has no bins for {other:?}"),
    };
    found.map(|bin| bin["points"].as_i64().unwrap())
}

/// What is left of an event, in 64ths.
pub fn strength(decay: &Value, age: i64) -> i64 {
    let left = if let Some(days) = decay["halfLifeDays"].as_f64() {
        (-(age as f64) / (days * DAY as f64)).exp2()
    } else if let (Some(percent), Some(days)) = (
        decay["linear"]["percent"].as_f64(),
        decay["linear"]["everyDays"].as_f64(),
    ) {
        1.0 - (age as f64 / (days * DAY as f64)).floor() * percent / 100.0
    } else {
        1.0
    };
    (64.0 * left.max(0.0)).round() as i64
}

/// Rounded once, half away from zero.
pub fn faded(points: i64, strength: i64) -> i64 {
    (points as f64 * strength as f64 / 64.0).round() as i64
}
