//! Reading an input: its documents, one by one.

mod piece;

use std::sync::Arc;

use rayon::prelude::*;

use crate::json_reader::{self, Read};
use crate::seen::Seen;
use crate::split::{self, Piece};
use crate::{Document, ErrorKind, Kind, Limits, ParseError, SourceFile, Span};

/// What stood between two document separators: a document, or why it could not be read.
pub type Entry = Result<Document, ParseError>;

/// Reads every document of a file. Empty documents are left out. A document that cannot be read is
/// an error in its place; the rest of the file is still read. Text that kubectl would pass over in
/// silence is an error of kind [`ErrorKind::Ignored`].
pub fn parse(file: &Arc<SourceFile>, limits: &Limits) -> Vec<Entry> {
    Reading { file, limits, seen: None, direct: true, entries: Vec::new() }.read()
}

/// Reads many files as [`parse`] reads one. Documents of the same text share what was read of it, and are read once,
/// as long as the reader lives; its memory holds on to them.
#[derive(Debug)]
pub struct Reader {
    limits: Limits,
    seen: Seen,
}

impl Reader {
    pub fn new(limits: Limits) -> Reader {
        Reader { limits, seen: Seen::default() }
    }
    pub fn limits(&self) -> &Limits {
        &self.limits
    }
    /// Reads every document of a file.
    pub fn parse(&self, file: &Arc<SourceFile>) -> Vec<Entry> {
        let seen = Some(&self.seen);
        Reading { file, limits: &self.limits, seen, direct: true, entries: Vec::new() }.read()
    }
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
    Reading { file, limits, seen: None, direct: false, entries: Vec::new() }.read()
}

struct Reading<'a> {
    file: &'a Arc<SourceFile>,
    limits: &'a Limits,
    /// Where texts are looked for that were read already.
    seen: Option<&'a Seen>,
    /// Whether the direct parser may read what it knows.
    direct: bool,
    entries: Vec<Entry>,
}

/// Documents of a text of so many bytes are read by all threads.
const LONG: usize = 1 << 17;

/// So many of them at a time.
const TOGETHER: usize = 256;

/// kubectl looks this far for the brace that makes a stream one of JSON.
const LOOKAHEAD: usize = 4096;

impl Reading<'_> {
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
                    let error = piece::explain(self.file, "", span, failure);
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
        let mut pieces = split::pieces(self.file.text(), from);
        let (file, direct, seen, limits) = (self.file, self.direct, self.seen, self.limits);
        let read = |piece: &Piece| piece::read(*piece, file, direct, seen, limits);
        if self.file.text().len() - from < LONG {
            for piece in pieces {
                let entries = read(&piece);
                if !self.take(&piece, entries) {
                    return;
                }
            }
            return;
        }
        loop {
            // A limit on documents is one on memory too, so not all pieces are read before it is looked at.
            let batch: Vec<Piece> = pieces.by_ref().take(TOGETHER).collect();
            let entries: Vec<_> = batch.par_iter().with_max_len(1).map(read).collect();
            if batch.is_empty()
                || !batch.iter().zip(entries).all(|(piece, entries)| self.take(piece, entries))
            {
                return;
            }
        }
    }

    /// Adds what was read of a piece, unless it is one too many.
    fn take(&mut self, piece: &Piece, entries: [Option<Entry>; 2]) -> bool {
        let (Piece::Document { read: place, .. } | Piece::BadSeparator(place)) = piece;
        let is_taken = !self.is_full(place.start);
        if is_taken {
            self.entries.extend(entries.into_iter().flatten());
        }
        is_taken
    }
}

fn error(file: &SourceFile, kind: ErrorKind, message: impl Into<String>, offset: u32) -> ParseError {
    ParseError { kind, message: message.into(), position: file.position(offset) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Documents that say their number, of which every seventh is broken, every ninth empty, and every eleventh left
    /// by the direct parser.
    fn text(documents: usize) -> String {
        let document = |number: usize| match number {
            number if number % 7 == 0 => format!("n: {number}\n  x: y\n"),
            number if number % 9 == 0 => "# nothing\n".to_owned(),
            number if number % 11 == 0 => format!("n: &a {number}\nb: *a\n"),
            number => format!("n: {number}\ntext: {}\n", "long ".repeat(40)),
        };
        (0..documents).map(document).collect::<Vec<_>>().join("---\n")
    }

    /// What was read, in words: numbers of documents, lines of errors.
    fn said(entries: Vec<Entry>) -> Vec<String> {
        let said = |entry: Entry| match entry {
            Ok(document) => document.root().get("n").and_then(crate::Value::as_i64).map(|n| n.to_string()),
            Err(error) => Some(format!("{:?} in line {}", error.kind, error.position.line)),
        };
        entries.into_iter().map(|entry| said(entry).unwrap_or_default()).collect()
    }

    #[test]
    fn a_long_text_is_read_as_a_short_one() {
        let text = text(1000);
        assert!(text.len() >= LONG);
        let file = Arc::new(SourceFile::new("test.yaml", text.clone().into()));
        for documents in [1, 255, 256, 257, 700, 10_000] {
            let limits = Limits { documents, ..Limits::default() };
            let mut short =
                Reading { file: &file, limits: &limits, seen: None, direct: true, entries: Vec::new() };
            for piece in split::pieces(&text, 0) {
                let entries = piece::read(piece, &file, true, None, &limits);
                if !short.take(&piece, entries) {
                    break;
                }
            }
            let long = said(parse(&file, &limits));
            assert_eq!(long, said(short.entries), "at most {documents}");
            assert_eq!(
                long.iter().filter(|said| said.starts_with("Limit")).count(),
                usize::from(documents < 900)
            );
        }
    }
}
