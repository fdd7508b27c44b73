//! Manifests as an inventory.

use std::sync::Arc;

use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_kubernetes::{Inventory, objects};

/// Calls `look` with an inventory of what `text` holds.
pub fn with<T>(text: &str, look: impl FnOnce(&Inventory<'_>) -> T) -> T {
    let file = Arc::new(SourceFile::new("rbac.yaml", text.as_bytes().to_vec()));
    let documents: Vec<Document> =
        parse(&file, &Limits::default()).into_iter().map(|document| document.expect("YAML")).collect();
    let mut found = Vec::new();
    for document in &documents {
        objects(document.root(), |object| found.push(object.expect("an object")));
    }
    look(&Inventory::new(found, "default"))
}
