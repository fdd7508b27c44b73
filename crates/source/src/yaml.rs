//! Small YAML files that say how other files are to be read.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use plimsoll_doc::{Document, Limits, SourceFile, parse};

use crate::read;

/// The only document of a file; `None` where the file is empty.
///
/// # Errors
/// Why it cannot be read, in one line: it is missing, has no meaning, or more than one document.
pub(crate) fn single(path: &Path, limits: &Limits) -> Result<Option<Document>, String> {
    let mut documents = all(path, limits)?;
    if documents.len() > 1 {
        return Err("it has more than one document".to_owned());
    }
    Ok(documents.pop())
}

/// All documents of a file.
///
/// # Errors
/// Why one of them cannot be read.
pub(crate) fn all(path: &Path, limits: &Limits) -> Result<Vec<Document>, String> {
    text(read::open(path, limits)?, limits)
}

/// All documents of a text.
///
/// # Errors
/// Why one of them cannot be read.
pub(crate) fn text(bytes: impl Into<Bytes>, limits: &Limits) -> Result<Vec<Document>, String> {
    let file = Arc::new(SourceFile::of("", bytes.into()));
    parse(&file, limits).into_iter().collect::<Result<_, _>>().map_err(|error| error.to_string())
}
