//! The JSON Schema of the format, made from the shapes, so that it cannot drift from them.

use super::file::Scorecard;

const PATH: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/pkg-config/scorecard.schema.json"
);

#[test]
fn schema_is_up_to_date() {
    let schema = schemars::generate::SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Scorecard>();
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
