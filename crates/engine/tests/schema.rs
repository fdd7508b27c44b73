//! The schema that editors read is the one that the program goes by.

use std::path::Path;

use serde_json::Value;

#[test]
fn schema_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/plimsoll.schema.json");
    let text = std::fs::read_to_string(path).expect("schemas/plimsoll.schema.json");
    let kept: Value = serde_json::from_str(&text).expect("JSON");
    assert!(
        kept == plimsoll_engine::configuration_schema(),
        "stale: cargo run -q -p plimsoll-engine --example schema > schemas/plimsoll.schema.json"
    );
}

/// Every key says what it is for, at every depth.
#[test]
fn every_key_is_described() {
    fn walk(value: &Value, path: &str, count: &mut usize) {
        for (key, property) in value.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let path = format!("{path}/{key}");
            let description = property.get("description").and_then(Value::as_str).unwrap_or_default();
            assert!(description.ends_with('.'), "{path} has no description");
            *count += 1;
            walk(property, &path, count);
            walk(property.get("items").unwrap_or(&Value::Null), &path, count);
        }
    }
    let mut count = 0;
    walk(&plimsoll_engine::configuration_schema(), "", &mut count);
    assert!(count > 35, "{count}");
}

/// The page for people names every key that editors are told of.
#[test]
fn every_key_is_documented() {
    fn keys(value: &Value, found: &mut Vec<String>) {
        for (key, property) in value.get("properties").and_then(Value::as_object).into_iter().flatten() {
            found.push(key.clone());
            keys(property, found);
            keys(property.get("items").unwrap_or(&Value::Null), found);
        }
    }
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let read = |name: &str| std::fs::read_to_string(docs.join(name)).expect("a page");
    let text = read("configuration.md") + &read("waivers.md");
    let mut found = Vec::new();
    keys(&plimsoll_engine::configuration_schema(), &mut found);
    for key in found {
        assert!(text.contains(&format!("`{key}`")) || text.contains(&format!("{key}: ")), "{key}");
    }
}
