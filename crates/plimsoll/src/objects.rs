//! The Kubernetes objects of documents.

use plimsoll_doc::Document;
use plimsoll_engine::Incomplete;
use plimsoll_kubernetes::{Object, objects};

/// The objects of documents, and what looks like an object and can't be read as one.
pub fn objects_of(documents: &[Document]) -> (Vec<Object<'_>>, Vec<Incomplete>) {
    let mut found = Vec::new();
    let mut incomplete = Vec::new();
    for document in documents {
        objects(document.root(), |object| match object {
            Ok(object) => found.push(object),
            Err(error) => incomplete.push(Incomplete {
                file: document.file().name().to_owned(),
                line: Some(document.file().position(error.at.span().start).line),
                reason: format!("this looks like a Kubernetes object, but {}", error.reason),
            }),
        });
    }
    (found, incomplete)
}
