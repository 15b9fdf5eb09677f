//! Golden pairs of scorecards, and what must always hold of a difference.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::scorecard::samples::{SAMPLES, card, root, sample};

/// Every `<case>.new.json` differs from its `<case>.old.json`, else from `base.json`, by the
/// lines of `<case>.txt`.
#[test]
fn golden() {
    let folder = root().join("tests/golden/diff");
    let files = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut news: Vec<PathBuf> = files
        .filter(|path| path.to_string_lossy().ends_with(".new.json"))
        .collect();
    news.sort();
    assert!(!news.is_empty());
    for new in news {
        let case = new.to_string_lossy().replace(".new.json", "");
        let own = PathBuf::from(format!("{case}.old.json"));
        let old = if own.exists() {
            own
        } else {
            folder.join("base.json")
        };
        let read = |path: &Path| card(&fs::read_to_string(path).unwrap());
        let changes = diff(&read(&old), &read(&new));
        let found: String = changes
            .iter()
            .map(|change| format!("{} {}\n  {}\n", change.kind.id(), change.at, change.words))
            .collect();
        let expected = format!("{case}.txt");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            assert!(
                std::env::var_os("CI").is_none(),
                "golden files are not rewritten in CI"
            );
            fs::write(&expected, &found).unwrap();
        }
        let expected = fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(
            found, expected,
            "{case}: UPDATE_GOLDEN=1 cargo test rewrites it"
        );
    }
}

/// Pointers to all plain values of a file.
fn leaves(value: &Value, at: String, out: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                leaves(item, format!("{at}/{index}"), out);
            }
        }
        Value::Object(fields) => {
            for (key, value) in fields {
                leaves(value, format!("{at}/{key}"), out);
            }
        }
        _ => out.push(at),
    }
}

/// Every value of a sample is covered: change it, and the difference tells of it.
#[test]
fn every_mutation_shows() {
    for name in SAMPLES {
        let file: Value = serde_json::from_str(&sample(name)).unwrap();
        let old = parts(&card(&sample(name)));
        let mut places = Vec::new();
        leaves(&file, String::new(), &mut places);
        for place in &places {
            let mutated = mutations(file.pointer(place).unwrap())
                .into_iter()
                .find_map(|value| {
                    let mut file = file.clone();
                    *file.pointer_mut(place).unwrap() = value;
                    serde_json::from_value::<Scorecard>(file).ok()
                });
            let Some(new) = mutated else {
                // The only place whose vocabulary may have no second word.
                assert!(
                    place.contains("/targetDepartments/"),
                    "{name}: {place} stays as it is"
                );
                continue;
            };
            let changes = difference(&old, &parts(&new));
            assert!(!changes.is_empty(), "{name}: {place} is not told");
        }
    }
}

/// Other values, the likeliest first: a word outside a closed vocabulary is no scorecard.
fn mutations(value: &Value) -> Vec<Value> {
    let words = "engagement fit rising falling sales marketing mql sal text choice month year \
        sunday monday emailKind seniority count daysSinceLast";
    match value {
        Value::Bool(value) => vec![(!value).into()],
        Value::Number(number) if number.is_f64() => vec![(number.as_f64().unwrap() + 0.01).into()],
        Value::Number(number) => vec![(number.as_i64().unwrap() + 1).into()],
        Value::String(text) => {
            let words = words
                .split_whitespace()
                .filter(|word| word != text)
                .map(Value::from);
            [format!("{text}x").into()]
                .into_iter()
                .chain(words)
                .collect()
        }
        _ => Vec::new(),
    }
}

/// Taking away any item or optional key shows as well.
#[test]
fn every_removal_shows() {
    fn keys(value: &Value, at: String, out: &mut Vec<(String, String)>) {
        let children: Vec<(String, &Value)> = match value {
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, item)| (index.to_string(), item))
                .collect(),
            Value::Object(fields) => fields.iter().map(|(key, v)| (key.clone(), v)).collect(),
            _ => return,
        };
        for (key, child) in children {
            out.push((at.clone(), key.clone()));
            keys(child, format!("{at}/{key}"), out);
        }
    }
    let file: Value = serde_json::from_str(&sample("b2b-software")).unwrap();
    let old = card(&sample("b2b-software"));
    let before = parts(&old);
    let mut places = Vec::new();
    keys(&file, String::new(), &mut places);
    for (at, key) in places {
        let mut file = file.clone();
        match file.pointer_mut(&at).unwrap() {
            Value::Array(items) => drop(items.remove(key.parse().unwrap())),
            Value::Object(fields) => drop(fields.remove(&key)),
            _ => unreachable!(),
        }
        let Ok(new) = serde_json::from_value::<Scorecard>(file) else {
            continue;
        };
        // A default that was written out may go.
        if new == old {
            continue;
        }
        let after = parts(&new);
        let gone = difference(&before, &after);
        assert!(!gone.is_empty(), "{at}/{key} goes without a word");
        let came = difference(&after, &before);
        assert!(!came.is_empty(), "{at}/{key} comes without a word");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// No change, no words; and the order of what has none says nothing.
    #[test]
    fn same_is_silent(name in prop::sample::select(&SAMPLES[..]), seed in any::<u64>()) {
        let old = card(&sample(name));
        prop_assert_eq!(diff(&old, &old), vec![]);
        let mut new = old.clone();
        let turn = |length: usize| if length == 0 { 0 } else { seed as usize % length };
        let by = turn(new.criteria.len());
        new.criteria.rotate_left(by);
        let by = turn(new.groups.len());
        new.groups.rotate_left(by);
        let by = turn(new.disqualify.len());
        new.disqualify.rotate_left(by);
        new.facts.reverse();
        new.calendars.reverse();
        prop_assert_eq!(diff(&old, &new), vec![]);
    }

    /// Routes in another order: told, and by no more moves than there are routes.
    #[test]
    fn order_of_routes_shows(order in Just(vec![0_usize, 1, 2, 3, 4]).prop_shuffle()) {
        let old = card(&sample("b2b-software"));
        let mut new = old.clone();
        new.routes = order.iter().map(|index| old.routes[*index].clone()).collect();
        let changes = diff(&old, &new);
        prop_assert_eq!(changes.is_empty(), order.is_sorted());
        prop_assert!(changes.iter().all(|change| change.kind == ChangeKind::Moved));
        prop_assert!(changes.len() < order.len());
    }
}
