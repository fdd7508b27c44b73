//! Reading an input: its documents, one by one.

use std::sync::Arc;

use crate::decode::{self, Failure};
use crate::fast::{self, Fast};
use crate::json_reader::{self, Read};
use crate::split::{self, Piece};
use crate::{Document, ErrorKind, Kind, Limits, ParseError, Position, SourceFile, Span, grammar, template};

/// What stood between two document separators: a document, or why it could not be read.
pub type Entry = Result<Document, ParseError>;

/// Reads every document of a file. Empty documents are left out. A document that cannot be read is
/// an error in its place; the rest of the file is still read. Text that kubectl would pass over in
/// silence is an error of kind [`ErrorKind::Ignored`].
pub fn parse(file: &Arc<SourceFile>, limits: &Limits) -> Vec<Entry> {
    Reader { file, limits, direct: true, entries: Vec::new() }.read()
}

/// Reads a text that is one JSON value and nothing else, as Go's `encoding/json` reads it. Of two equal keys
/// the last counts; [`Document::duplicates`] has the others.
pub fn parse_json(file: &Arc<SourceFile>, limits: &Limits) -> Entry {
    let refused = |kind, message: String| Err(error(file, kind, message, 0));
    let text = file.text();
    let most = limits.bytes.min(u32::MAX as usize - 16);
    if text.len() > most {
        return refused(ErrorKind::Limit, format!("the input is larger than {most} bytes"));
    }
    if !file.is_verbatim() {
        return refused(ErrorKind::Encoding, "this is not text in UTF-8".to_owned());
    }
    match json_reader::read(file, 0, limits) {
        Read::Document(document, end) => {
            let rest = text.as_bytes().get(end..).unwrap_or(&[]);
            match rest.iter().position(|byte| !b" \t\r\n".contains(byte)) {
                None => Ok(document),
                Some(at) => {
                    Err(error(file, ErrorKind::Syntax, "something follows the JSON value", (end + at) as u32))
                }
            }
        }
        Read::Failure(failure) => Err(error(file, failure.kind, failure.message, failure.offset)),
        Read::NotJson => refused(ErrorKind::Syntax, "this is not JSON, or not to its end".to_owned()),
    }
}

/// Reads a file as [`parse`] does, but every YAML document by all the rules: for tests, which compare.
#[doc(hidden)]
pub fn parse_by_all_rules(file: &Arc<SourceFile>, limits: &Limits) -> Vec<Entry> {
    Reader { file, limits, direct: false, entries: Vec::new() }.read()
}

struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    limits: &'a Limits,
    /// Whether the direct parser may read what it knows.
    direct: bool,
    entries: Vec<Entry>,
}

/// kubectl looks this far for the brace that makes a stream one of JSON.
const LOOKAHEAD: usize = 4096;

impl Reader<'_> {
    fn read(mut self) -> Vec<Entry> {
        let text = self.file.text();
        // Offsets are of 32 bits, and a little further.
        let most = self.limits.bytes.min(u32::MAX as usize - 16);
        if text.len() > most {
            self.refuse(ErrorKind::Limit, format!("the input is larger than {most} bytes"), 0);
            return self.entries;
        }
        let begins = text.len() - text.trim_start().len();
        let from = if begins < LOOKAHEAD && text[begins..].starts_with('{') { self.json() } else { Some(0) };
        if let Some(from) = from {
            self.yaml(from);
        }
        self.entries
    }

    fn refuse(&mut self, kind: ErrorKind, message: impl Into<String>, offset: u32) {
        self.entries.push(Err(error(self.file, kind, message, offset)));
    }

    /// Whether another document is one too many; says so.
    fn is_full(&mut self, offset: u32) -> bool {
        let full = self.entries.len() >= self.limits.documents;
        if full {
            let message = format!("the input has more than {} documents", self.limits.documents);
            self.refuse(ErrorKind::Limit, message, offset);
        }
        full
    }

    /// Reads JSON objects that follow one another. What is left may be YAML: from where.
    fn json(&mut self) -> Option<usize> {
        let bytes = self.file.text().as_bytes();
        let mut at = 0;
        let mut objects = 0;
        loop {
            let start = at + bytes[at..].iter().take_while(|byte| b" \t\r\n".contains(byte)).count();
            if start == bytes.len() {
                return None;
            }
            if self.is_full(start as u32) {
                return None;
            }
            match json_reader::read(self.file, start, self.limits) {
                Read::Document(document, end) => {
                    at = end;
                    if document.root().kind() != Kind::Null {
                        self.entries.push(Ok(document));
                    }
                }
                Read::Failure(failure) => {
                    let span = Span { start: start as u32, end: bytes.len() as u32 };
                    let error = explain(self.file, "", span, failure);
                    self.entries.push(Err(error));
                    return None;
                }
                Read::NotJson => {
                    if objects > 1 {
                        let message = "after several JSON objects kubectl takes nothing but JSON objects";
                        self.refuse(ErrorKind::Syntax, message, start as u32);
                    }
                    return self.after_json(at);
                }
            }
            objects += 1;
        }
    }

    /// Where YAML may begin behind JSON: blanks are passed, up to the end of their line. kubectl gives up
    /// when fewer than four bytes are left.
    fn after_json(&mut self, mut at: usize) -> Option<usize> {
        let text = self.file.text();
        while let Some(rest) = text.get(at..)
            && rest.len() >= 4
        {
            match rest.chars().next() {
                Some('\n') => return Some(at + 1),
                Some(blank) if blank.is_whitespace() => at += blank.len_utf8(),
                _ => return Some(at),
            }
        }
        self.refuse(
            ErrorKind::Syntax,
            "this is not JSON, and too short for kubectl to read it as YAML",
            at as u32,
        );
        None
    }

    fn yaml(&mut self, from: usize) {
        for piece in split::pieces(self.file.text(), from) {
            let (Piece::Document { read: place, .. } | Piece::BadSeparator(place)) = piece;
            if self.is_full(place.start) {
                return;
            }
            match piece {
                Piece::Document { read, content } => self.document(read, content),
                Piece::BadSeparator(span) => {
                    let message = "kubectl takes nothing but a comment after a document separator (---)";
                    self.refuse(ErrorKind::Syntax, message, span.start);
                }
            }
        }
    }

    /// Reads the document of a piece of the file, if it has one.
    fn document(&mut self, span: Span, content: Span) {
        if self.direct {
            match fast::read(self.file, span, content, self.limits) {
                Fast::Document(document) => return self.entries.push(Ok(document)),
                Fast::Empty => return,
                Fast::Leaves => {}
            }
        }
        let Some(text) = self.file.text().get(span.start as usize..span.end as usize) else { return };
        match strict(self.file, text, span, self.limits) {
            Ok((document, ignored)) => {
                self.entries.extend(document.map(|mut document| {
                    document.span = content;
                    Ok(document)
                }));
                if let Some(offset) = ignored {
                    let message = "kubectl passes over what stands here, after the end of the document";
                    self.refuse(ErrorKind::Ignored, message, offset);
                }
            }
            Err(failure) => self.entries.push(Err(explain(self.file, text, span, failure))),
        }
    }
}

fn error(file: &SourceFile, kind: ErrorKind, message: impl Into<String>, offset: u32) -> ParseError {
    ParseError { kind, message: message.into(), position: file.position(offset) }
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

fn explain(file: &SourceFile, text: &str, span: Span, failure: Failure) -> ParseError {
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
