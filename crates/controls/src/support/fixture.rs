//! Manifests for tests.

use std::sync::Arc;

use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_kubernetes::{Inventory, objects};

/// Reads a text as a scan would and shows what it holds.
pub(crate) fn with_inventory<T>(text: &str, look: impl FnOnce(&Inventory<'_>) -> T) -> T {
    let file = Arc::new(SourceFile::new("test.yaml", text.as_bytes().to_vec()));
    let documents: Vec<Document> =
        parse(&file, &Limits::default()).into_iter().map(|entry| entry.expect("a document")).collect();
    let mut found = Vec::new();
    for document in &documents {
        objects(document.root(), |object| found.push(object.expect("an object")));
    }
    look(&Inventory::new(found, "default"))
}
