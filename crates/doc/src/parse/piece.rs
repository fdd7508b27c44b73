//! Reading what stands between two separators.

use std::sync::Arc;

use super::{Entry, error};
use crate::decode::{self, Failure};
use crate::fast::{self, Fast};
use crate::seen::Seen;
use crate::split::Piece;
use crate::{Document, ErrorKind, Limits, ParseError, Position, SourceFile, Span, grammar, template};

/// Reads the document of a piece, if it has one, and what is wrong with the piece; directly, where that is wanted and
/// can be done.
pub(super) fn read(
    piece: Piece,
    file: &Arc<SourceFile>,
    directly: bool,
    seen: Option<&Seen>,
    limits: &Limits,
) -> [Option<Entry>; 2] {
    let (span, content) = match piece {
        Piece::Document { read, content } => (read, content),
        Piece::BadSeparator(span) => {
            let message = "kubectl takes nothing but a comment after a document separator (---)";
            return [Some(Err(error(file, ErrorKind::Syntax, message, span.start))), None];
        }
    };
    if directly {
        match fast::read(file, span, content, seen, limits) {
            Fast::Document(document) => return [Some(Ok(document)), None],
            Fast::Empty => return [None, None],
            Fast::Leaves => {}
        }
    }
    let Some(text) = file.text().get(span.start as usize..span.end as usize) else { return [None, None] };
    match strict(file, text, span, limits) {
        Ok((document, ignored)) => {
            let document = document.map(|mut document| {
                document.span = content;
                Ok(document)
            });
            let ignored = ignored.map(|offset| {
                let message = "kubectl passes over what stands here, after the end of the document";
                Err(error(file, ErrorKind::Ignored, message, offset))
            });
            [document, ignored]
        }
        Err(failure) => [Some(Err(explain(file, text, span, failure))), None],
    }
}

/// Reads a document by every rule of the library.
fn strict(
    file: &Arc<SourceFile>,
    text: &str,
    span: Span,
    limits: &Limits,
) -> Result<(Option<Document>, Option<u32>), Failure> {
    if text.starts_with("\u{feff}\u{feff}") {
        // The library then passes over the first character of lines.
        let message = "two byte-order marks stand here; kubectl would misread what follows".to_owned();
        return Err(Failure { kind: ErrorKind::Encoding, message, offset: span.start, line: None });
    }
    let parsed = grammar::parse(text, span.start, limits)?;
    let Some(tree) = parsed.tree else { return Ok((None, parsed.ignored)) };
    if let [root] = tree.nodes.as_slice()
        && root.span.start == root.span.end
        && root.tag.is_empty()
    {
        return Ok((None, parsed.ignored));
    }
    let document = decode::decode(&tree, file, span, limits)?;
    Ok((Some(document), parsed.ignored))
}

/// A failure in the words and at the place that people are told.
pub(super) fn explain(file: &SourceFile, text: &str, span: Span, failure: Failure) -> ParseError {
    let place = file.position(failure.offset);
    let start = file.position(span.start).line;
    let position = match failure.line {
        Some(line) if start + line - 1 != place.line => {
            // The library's line; where it differs, its column says nothing.
            let line = start + line - 1;
            let written = file.line_span(line);
            let text = file.text().get(written.start as usize..written.end as usize).unwrap_or("");
            let blanks = text.chars().take_while(|character| character.is_whitespace()).count();
            Position { line, column: blanks as u32 + 1 }
        }
        _ => place,
    };
    let (kind, message) = match failure.kind {
        ErrorKind::Syntax if template::is_template(text, (place.line - start) as usize + 1) => {
            let message = format!("this is a template that has not been rendered ({})", failure.message);
            (ErrorKind::Template, message)
        }
        ErrorKind::Encoding if file.is_damaged(Span { start: failure.offset, end: failure.offset + 1 }) => {
            (ErrorKind::Encoding, "this is not text in UTF-8".to_owned())
        }
        kind => (kind, failure.message),
    };
    ParseError { kind, message, position }
}
