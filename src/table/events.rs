//! Events of a lead as one cell of a table: a list in JSON.

use serde_json::Value;

use crate::lead::date;

/// The events that a cell lists in JSON; what is no list stays as it is, for the engine to say so.
pub fn of(cell: &str) -> Value {
    serde_json::from_str(cell).unwrap_or_else(|_| Value::from(cell))
}

/// Whether a cell lists events in JSON, each with its type and its date.
pub fn are(cell: &str) -> bool {
    let is_event = |event: &Value| {
        event.get("type").is_some_and(Value::is_string)
            && event.get("at").and_then(moment_of).is_some()
    };
    matches!(of(cell), Value::Array(events) if events.iter().all(is_event))
}

/// Takes out events that are dated after a moment; gives how many.
pub fn drop_later(events: &mut Value, moment: i64) -> usize {
    let Value::Array(events) = events else {
        return 0;
    };
    let all = events.len();
    let in_time = |event: &Value| {
        let at = event.get("at").and_then(moment_of);
        at.is_none_or(|at| at <= moment)
    };
    events.retain(in_time);
    all - events.len()
}

/// When an event was, as the engine reads it.
fn moment_of(at: &Value) -> Option<i64> {
    match at {
        Value::String(text) => date(text),
        Value::Number(number) => number.as_f64().map(|millis| millis as i64),
        _ => None,
    }
}
