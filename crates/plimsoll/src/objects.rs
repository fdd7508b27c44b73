//! The Kubernetes objects of documents.

use plimsoll_doc::Document;
use plimsoll_engine::Incomplete;
use plimsoll_kubernetes::{Object, objects};
use rayon::prelude::*;

/// Documents that one thread looks at in a row.
const TOGETHER: usize = 64;

/// The objects of documents, and what looks like an object and can't be read as one.
pub fn objects_of<'d>(documents: &'d [Document]) -> (Vec<Object<'d>>, Vec<Incomplete>) {
    let of_some = |documents: &'d [Document]| {
        let (mut found, mut incomplete) = (Vec::with_capacity(documents.len()), Vec::new());
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
    };
    let parts: Vec<_> = documents.par_chunks(TOGETHER).map(of_some).collect();
    let (found, incomplete): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    (found.concat(), incomplete.concat())
}
