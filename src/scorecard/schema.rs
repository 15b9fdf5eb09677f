//! The JSON Schema of the format, made from the shapes, so that it cannot drift from them.

use serde_json::{Map, Value};

use super::file::Scorecard;

const PATH: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/pkg-config/scorecard.schema.json"
);

const COMMENT: &str = "GENERATED from the Rust types by `UPDATE_GENERATED=1 cargo test`; `cargo test` fails when it is stale.";

/// The format has no `null`: an optional member is left out.
fn without_null(schema: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(any)) = schema.get_mut("anyOf") {
        any.retain(|part| part.get("type").is_none_or(|name| name != "null"));
        if let [Value::Object(only)] = any.as_slice() {
            let only = only.clone();
            schema.remove("anyOf");
            schema.extend(only);
        }
    }
    for (_, part) in schema.iter_mut() {
        match part {
            Value::Object(part) => without_null(part),
            Value::Array(parts) => {
                parts
                    .iter_mut()
                    .filter_map(Value::as_object_mut)
                    .for_each(without_null);
            }
            _ => {}
        }
    }
}

/// The schema of a scorecard file.
pub(super) fn schema() -> Map<String, Value> {
    let mut schema = schemars::generate::SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Scorecard>();
    let schema = schema.as_object_mut().expect("an object");
    without_null(schema);
    std::mem::take(schema)
}

#[test]
fn schema_is_up_to_date() {
    let mut schema = schema();
    // JSON has no comments; this is the word that JSON Schema has for them.
    schema.shift_insert(1, "$comment".to_owned(), COMMENT.into());
    let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON") + "\n";
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        std::fs::write(PATH, &text).expect("the schema can be written");
    }
    let committed = std::fs::read_to_string(PATH).unwrap_or_default();
    assert!(
        committed == text,
        "scorecard.schema.json is stale: UPDATE_GENERATED=1 cargo test"
    );
}
