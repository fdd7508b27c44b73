//! Documents: one arena of nodes each.

use std::sync::Arc;

use crate::{Limits, ParseError, SourceFile, Span, Value};

/// One document, read.
#[derive(Debug)]
pub struct Document {
    file: Arc<SourceFile>,
}

/// What stood between two document separators: a document, or why it could not be read.
pub type Entry = Result<Document, ParseError>;

/// A mapping key that stands twice; the API server takes the last.
#[derive(Clone, Copy, Debug)]
pub struct Duplicate<'d> {
    /// The value that is lost, with its key span.
    pub lost: Value<'d>,
    /// The value that counts.
    pub kept: Value<'d>,
}

/// Reads every document of a file. Empty documents are left out. A document that cannot be read is
/// an error in its place; the rest of the file is still read.
pub fn parse(file: &Arc<SourceFile>, limits: &Limits) -> Vec<Entry> {
    let _ = (file, limits);
    todo!()
}

impl Document {
    pub fn file(&self) -> &Arc<SourceFile> {
        &self.file
    }
    pub fn root(&self) -> Value<'_> {
        todo!()
    }
    /// The bytes of the document between its separators.
    pub fn span(&self) -> Span {
        todo!()
    }
    /// Mapping keys that stand more than once, in the order of the text.
    pub fn duplicates(&self) -> impl Iterator<Item = Duplicate<'_>> {
        std::iter::empty()
    }
    /// Comments of the document (span from `#` to the end of the line), in the order of the text.
    /// Found when asked: cheap to never call.
    pub fn comments(&self) -> Vec<Span> {
        todo!()
    }
}
