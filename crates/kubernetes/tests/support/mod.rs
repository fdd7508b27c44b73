//! The Go program that makes objects, and our verdict on a body.

use std::sync::Arc;

use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_kubernetes::{Object, objects};
use plimsoll_test_support::{GoProgram, lines};
use serde_json::Value as Json;

/// The Go program; `None` where it can't be built.
pub fn program() -> Option<GoProgram> {
    GoProgram::build("go-strict", env!("CARGO_TARGET_TMPDIR"))
}

/// Objects that the program makes, and what Go's decoder says of each.
pub fn made(program: &GoProgram, seed: u64, count: usize) -> Vec<Json> {
    lines(program.command().args([seed.to_string(), count.to_string()]), |_| Ok(()))
}

pub fn read(body: &str) -> Document {
    let file = Arc::new(SourceFile::new("object", body.as_bytes().to_vec()));
    let mut documents = parse(&file, &Limits::default()).into_iter();
    let document = documents.next().expect("a document").unwrap_or_else(|error| panic!("{error}\n{body}"));
    assert!(documents.next().is_none(), "{body}");
    document
}

pub fn object(document: &Document) -> Object<'_> {
    let mut found = Vec::new();
    objects(document.root(), |object| found.push(object.expect("an object")));
    assert_eq!(found.len(), 1);
    found[0]
}
