//! Documents in, findings out.

use plimsoll_doc::Document;
use plimsoll_engine::{Finding, Incomplete, Selection, run};
use plimsoll_kubernetes::{Inventory, objects};

/// What the controls said of a set of documents.
pub struct Judged {
    pub findings: Vec<Finding>,
    /// Kubernetes objects among the documents.
    pub objects: usize,
    /// What looks like an object and can't be read as one.
    pub incomplete: Vec<Incomplete>,
}

pub fn judge(documents: &[Document], namespace: &str, selection: &Selection) -> Judged {
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
    let objects = found.len();
    let inventory = Inventory::new(found, namespace);
    let findings = run(documents, &inventory, selection);
    Judged { findings, objects, incomplete }
}
