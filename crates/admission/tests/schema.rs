//! The schema that editors read is the one that the server goes by, and the page for people names every key.

use std::path::Path;

use serde_json::Value;

fn file(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn schema_is_up_to_date() {
    let kept: Value = serde_json::from_str(&file("schemas/admission.schema.json")).expect("JSON");
    assert!(
        kept == plimsoll_admission::configuration::schema(),
        "stale: cargo run -q -p plimsoll-admission --example schema > schemas/admission.schema.json"
    );
}

#[test]
fn every_key_is_described_and_documented() {
    fn keys(value: &Value, found: &mut Vec<String>) {
        for (key, property) in value.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let description = property.get("description").and_then(Value::as_str).unwrap_or_default();
            assert!(description.ends_with('.'), "{key} has no description");
            found.push(key.clone());
            keys(property, found);
            keys(property.get("items").unwrap_or(&Value::Null), found);
        }
    }
    let pages = file("docs/admission.md") + &file("docs/configuration.md") + &file("docs/waivers.md");
    let mut found = Vec::new();
    keys(&plimsoll_admission::configuration::schema(), &mut found);
    assert!(found.len() > 30, "{}", found.len());
    for key in found {
        assert!(pages.contains(&format!("`{key}`")) || pages.contains(&format!("{key}: ")), "{key}");
    }
}
