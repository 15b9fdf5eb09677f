//! The JSON Schema of the format, made from the shapes, so that it cannot drift from them.

use serde_json::Value;

use super::file::Scorecard;

const PATH: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/pkg-config/scorecard.schema.json"
);

/// The format has no `null`: an optional member is left out.
fn without_null(schema: &mut serde_json::Map<String, Value>) {
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

#[test]
fn schema_is_up_to_date() {
    let mut schema = schemars::generate::SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Scorecard>();
    without_null(schema.as_object_mut().expect("an object"));
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
