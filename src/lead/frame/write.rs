//! Writing frames of JSON data, for native callers; JavaScript writes its own.
//!
//! INVARIANT: the same lead makes the same bytes as in `pkg-config/crossing.js`.

use serde_json::Value;

use super::tag;
use crate::lead::{MAX_EVENTS, MAX_EVENTS_BYTES, MAX_LIST, MAX_LIST_BYTES, MAX_TEXT, Odd};
use crate::program::Program;

/// The frame of a lead. What is no object has no facts.
pub fn lead(program: &Program, lead: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    for fact in &program.facts {
        value(fact_of(lead, &fact.id, &fact.names), &mut out);
    }
    for question in &program.questions {
        value(at(lead, ["answers", &question.id]), &mut out);
    }
    events(&program.properties, lead.get("events"), &mut out);
    for name in &program.aggregates {
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
    path.into_iter().try_fold(value, |value, key| value.get(key))
}

fn events(properties: &[String], given: Option<&Value>, out: &mut Vec<u8>) {
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
