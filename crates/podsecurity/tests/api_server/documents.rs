use std::sync::Arc;

use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_kubernetes::Object;
use serde_json::Value as Json;

/// An object as Plimsoll reads it.
pub fn document(object: &Json) -> Document {
    let file = Arc::new(SourceFile::new("object.json", object.to_string().into_bytes()));
    let mut documents = parse(&file, &Limits::default());
    assert_eq!(documents.len(), 1, "{object}");
    documents.remove(0).unwrap_or_else(|error| panic!("{error}\n{object}"))
}

pub fn object(document: &Document) -> Object<'_> {
    Object::new(document.root()).expect("an object")
}
