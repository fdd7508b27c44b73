//! Documents of texts.

use std::sync::Arc;

use plimsoll_doc::{Document, Limits, SourceFile, parse};

/// The one document of a text.
pub fn document(text: &str) -> Document {
    let file = Arc::new(SourceFile::new("test.yaml", text.as_bytes().to_vec()));
    let mut documents: Vec<Document> = parse(&file, &Limits::default())
        .into_iter()
        .map(|entry| entry.unwrap_or_else(|error| panic!("{error}\n{text}")))
        .collect();
    assert_eq!(documents.len(), 1, "{text}");
    documents.remove(0)
}
