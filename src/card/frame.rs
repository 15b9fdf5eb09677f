//! Writing frames of JSON data, for native callers; JavaScript writes its own.
//!
//! INVARIANT: the same lead makes the same bytes as in `pkg-config/crossing.js`.

use serde_json::Value;

use crate::lead::frame::tag;
use crate::lead::{MAX_EVENTS, MAX_EVENTS_BYTES, MAX_LIST, MAX_LIST_BYTES, MAX_TEXT, Odd};
use crate::texts::Texts;

/// The frame of a lead. What is no object has no facts.
pub fn lead(texts: &Texts, lead: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    for fact in &texts.facts {
        value(fact_of(lead, &fact.id, &fact.names), &mut out);
    }
    for question in &texts.questions {
        value(at(lead, ["answers", &question.id]), &mut out);
    }
    events(&texts.properties, lead.get("events"), &mut out);
    for name in &texts.aggregates {
        let given = at(lead, ["aggregates", name]);
        let (measured, last_at) = match given.and_then(Value::as_object) {
            Some(dated) if dated.contains_key("value") => (dated.get("value"), dated.get("lastAt")),
            Some(dated) => (given, dated.get("lastAt")),
            None => (given, None),
        };
        value(measured, &mut out);
        value(last_at, &mut out);
    }
    out
}

/// A fact stands at its own path, else at the top under one of its names.
fn fact_of<'v>(lead: &'v Value, id: &str, names: &[String]) -> Option<&'v Value> {
    let known = |value: &&Value| !value.is_null();
    let group = id.split_once('.').map(|(group, _)| group);
    let named = |name: &str| {
        let value = lead.get(name).filter(known)?;
        // `company` may be the name of the company, but also the object that `company.name`
        // stands in.
        (group != Some(name) || !value.is_object()).then_some(value)
    };
    at(lead, id.split('.'))
        .filter(known)
        .or_else(|| names.iter().find_map(|name| named(name)))
        .or_else(|| named(id))
}

fn at<'v, 'k>(value: &'v Value, path: impl IntoIterator<Item = &'k str>) -> Option<&'v Value> {
    path.into_iter()
        .try_fold(value, |value, key| value.get(key))
}

/// Appends events, or what stands in their place.
pub fn events(properties: &[String], given: Option<&Value>, out: &mut Vec<u8>) {
    let write = |event: &Value, out: &mut Vec<u8>| {
        value(event.get("type"), out);
        value(event.get("at"), out);
        for property in properties {
            value(event.get(property), out);
        }
    };
    match given {
        None | Some(Value::Null) => out.push(tag::ABSENT),
        Some(Value::Array(items)) => list(items, MAX_EVENTS, MAX_EVENTS_BYTES, write, out),
        Some(_) => odd(Odd::Object, out),
    }
}

/// Appends a value: a plain one, a range, or a list of plain ones.
pub fn value(value: Option<&Value>, out: &mut Vec<u8>) {
    match value {
        Some(Value::Array(members)) => {
            let write = |member: &Value, out: &mut Vec<u8>| plain(Some(member), out);
            list(members, MAX_LIST, MAX_LIST_BYTES, write, out);
        }
        plain_value => plain(plain_value, out),
    }
}

fn list(
    items: &[Value],
    most: usize,
    bytes: usize,
    write: impl Fn(&Value, &mut Vec<u8>),
    out: &mut Vec<u8>,
) {
    if items.len() > most {
        return odd(Odd::LongList, out);
    }
    let start = out.len();
    out.push(tag::LIST);
    out.extend((items.len() as u32).to_le_bytes());
    for item in items {
        write(item, out);
        if out.len() - start > bytes {
            out.truncate(start);
            return odd(Odd::LongList, out);
        }
    }
}

fn plain(value: Option<&Value>, out: &mut Vec<u8>) {
    match value {
        None | Some(Value::Null) => out.push(tag::ABSENT),
        Some(Value::String(text)) if text.len() > MAX_TEXT => odd(Odd::LongText, out),
        Some(Value::String(text)) => {
            out.push(tag::TEXT);
            out.extend((text.len() as u32).to_le_bytes());
            out.extend(text.as_bytes());
        }
        Some(Value::Number(number)) => {
            out.push(tag::NUMBER);
            out.extend(number.as_f64().unwrap_or(f64::NAN).to_le_bytes());
        }
        Some(Value::Bool(value)) => out.push(if *value { tag::TRUE } else { tag::FALSE }),
        Some(Value::Array(_)) => odd(Odd::Object, out),
        Some(Value::Object(fields)) => {
            let end = |key, open| match fields.get(key) {
                None | Some(Value::Null) => Some(open),
                Some(end) => end.as_f64(),
            };
            let ends = (end("from", f64::NEG_INFINITY), end("to", f64::INFINITY));
            match ends {
                (Some(from), Some(to))
                    if fields.contains_key("from") || fields.contains_key("to") =>
                {
                    out.push(tag::RANGE);
                    out.extend(from.to_le_bytes());
                    out.extend(to.to_le_bytes());
                }
                _ => odd(Odd::Object, out),
            }
        }
    }
}

/// Appends something odd.
pub fn odd(odd: Odd, out: &mut Vec<u8>) {
    out.push(match odd {
        Odd::Object => tag::OBJECT,
        Odd::LongText => tag::LONG_TEXT,
        Odd::LongList => tag::LONG_LIST,
        Odd::Unreadable => tag::UNREADABLE,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::compile::{Audience, compiled};
    use serde_json::json;

    /// Leads that show every way of writing a value. `tests/package/frames.test.mjs` gives them to
    /// the JavaScript writer, whose frames must be the same.
    fn leads() -> Value {
        json!([
            {},
            { "jobTitle": "VP Marketing", "company": { "employees": 200, "country": "DE" }, "events": [] },
            { "jobTitle": "Größe 🙂 日本 \u{0}\u{7f}\u{80}\u{7ff}\u{800}\u{ffff}", "email": "", "seniority": null },
            { "jobtitle": "CEO", "numemployees": "51-200", "company": "Acme" },
            { "company": { "name": null, "employees": { "from": 50 } }, "company.country": "FR", "utm_source": "x" },
            { "company": ["Acme", null, true, 1.5, ["nested"], { "to": 3 }, {}], "budget": -0.0 },
            { "company": { "employees": { "from": "50", "to": 100 } }, "budget": { "from": null, "to": null } },
            { "jobTitle": "x".repeat(MAX_TEXT), "email": "é".repeat(MAX_TEXT / 2 + 1) },
            { "department": vec!["y"; MAX_LIST], "jobTitle": vec!["y"; MAX_LIST + 1] },
            { "department": vec!["z".repeat(1000); MAX_LIST] },
            { "events": [
                { "type": "pageView", "at": "2026-11-18T10:00:00Z", "path": "/pricing", "other": 1 },
                { "type": "pageView", "at": 1_790_000_000_000_i64, "path": ["/a", "/b"] },
                {}, null, "text", [1], { "type": 7, "at": false }
            ] },
            { "events": { "type": "pageView" } },
            { "events": vec![json!(null); MAX_EVENTS + 1] },
            { "events": vec![json!({ "type": "w".repeat(300) }); MAX_EVENTS] },
            { "answers": { "companySize": "51-200", "role": [1, 2], "email": { "from": 1 } }, "aggregates": { "pricingViews60d": 3 } },
            { "answers": "none", "aggregates": [1] },
            { "aggregates": { "pricingViews60d": { "value": 3, "lastAt": "2026-11-01" }, "demoRequests": { "lastAt": 5 } } },
            { "aggregates": { "pricingViews60d": { "value": null }, "demoRequests": [1], "webinars": "4" } },
        ])
    }

    #[test]
    fn frames_are_as_recorded_for_javascript() {
        let text = include_str!("../../www/sample/b2b-software.json");
        let card = crate::scorecard::read(text).scorecard.unwrap();
        let card = compiled(&card, Audience::Server);
        let cases: Vec<Value> = leads()
            .as_array()
            .unwrap()
            .iter()
            .map(|case| {
                let frame = lead(&card.texts, case);
                assert!(crate::lead::read(&card.program, &frame).is_ok(), "{case}");
                let hash = frame.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                    (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
                });
                json!({ "lead": compact(case), "bytes": frame.len(), "fnv1a": format!("{hash:016x}") })
            })
            .collect();
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/frames.json");
        let text = cases
            .iter()
            .map(Value::to_string)
            .collect::<Vec<_>>()
            .join(",\n");
        let text = format!("[\n{text}\n]\n");
        if std::env::var_os("UPDATE_GENERATED").is_some() {
            std::fs::write(path, text).unwrap();
            return;
        }
        let recorded = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            text == recorded,
            "tests/golden/frames.json is stale: run `UPDATE_GENERATED=1 cargo test`"
        );
    }

    /// What repeats is written once: `{"repeat": n, "of": x}`.
    fn compact(value: &Value) -> Value {
        match value {
            Value::Array(items) if items.len() > 50 => {
                json!({ "repeat": items.len(), "of": [compact(&items[0])] })
            }
            Value::String(text) if text.len() > 200 => {
                let first: String = text.chars().take(1).collect();
                json!({ "repeat": text.chars().count(), "of": first })
            }
            Value::Array(items) => items.iter().map(compact).collect(),
            Value::Object(fields) => {
                let fields = fields
                    .iter()
                    .map(|(key, value)| (key.clone(), compact(value)));
                Value::Object(fields.collect())
            }
            plain => plain.clone(),
        }
    }
}
