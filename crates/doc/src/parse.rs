//! Reading an input: its documents, one by one.

use std::sync::Arc;

use crate::decode::{self, Failure};
use crate::split::{self, Piece};
use crate::{Document, ErrorKind, Limits, ParseError, SourceFile, Span, granit};

/// What stood between two document separators: a document, or why it could not be read.
pub type Entry = Result<Document, ParseError>;

/// Reads every document of a file. Empty documents are left out. A document that cannot be read is
/// an error in its place; the rest of the file is still read.
pub fn parse(file: &Arc<SourceFile>, limits: &Limits) -> Vec<Entry> {
    let text = file.text();
    if text.len() > limits.bytes.min(u32::MAX as usize - 16) {
        let message = format!("the input is larger than {} bytes", limits.bytes);
        return vec![Err(error(file, ErrorKind::Limit, message, 0))];
    }
    let mut entries = Vec::new();
    for piece in split::pieces(text, 0) {
        let place = match piece {
            Piece::Document(span) | Piece::BadSeparator(span) => span,
        };
        if entries.len() >= limits.documents {
            let message = format!("the input has more than {} documents", limits.documents);
            entries.push(Err(error(file, ErrorKind::Limit, message, place.start)));
            break;
        }
        match piece {
            Piece::Document(span) => {
                if let Some(entry) = document(file, span, limits) {
                    entries.push(entry);
                }
            }
            Piece::BadSeparator(span) => {
                let message = "kubectl takes nothing but a comment after a document separator (---)";
                entries.push(Err(error(file, ErrorKind::Syntax, message, span.start)));
            }
        }
    }
    entries
}

fn error(file: &SourceFile, kind: ErrorKind, message: impl Into<String>, offset: u32) -> ParseError {
    ParseError { kind, message: message.into(), position: file.position(offset) }
}

fn document(file: &Arc<SourceFile>, span: Span, limits: &Limits) -> Option<Entry> {
    let text = file.text().get(span.start as usize..span.end as usize)?;
    let fail = |failure: Failure| {
        let kind = if text.contains("{{") && failure.kind == ErrorKind::Syntax {
            ErrorKind::Template
        } else {
            failure.kind
        };
        Some(Err(error(file, kind, failure.message, failure.offset)))
    };
    if file.is_damaged(span) {
        let failure = Failure { kind: ErrorKind::Encoding, message: "not UTF-8".into(), offset: span.start };
        return fail(failure);
    }
    let tree = match granit::parse(text, span.start) {
        Ok(tree) => tree?,
        Err(failure) => return fail(failure),
    };
    if let [root] = tree.nodes.as_slice()
        && root.span.start == root.span.end
        && root.tag.is_empty()
    {
        return None;
    }
    match decode::decode(&tree, file, span, limits) {
        Ok(document) => Some(Ok(document)),
        Err(failure) => fail(failure),
    }
}
