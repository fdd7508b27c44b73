//! The text of one input, and where in it things stand.

use std::sync::OnceLock;

/// A range of bytes in a [`SourceFile`]'s text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// A place for people: line and column count from 1, columns in characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// One input: a file, standard input, or the output of a renderer.
#[derive(Debug)]
pub struct SourceFile {
    name: String,
    text: String,
    lines: OnceLock<Vec<u32>>,
}

impl SourceFile {
    /// Takes the bytes of an input. Invalid UTF-8 keeps every offset true and spoils only the
    /// documents that it stands in; UTF-16 with a byte-order mark is read as UTF-16.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        let _ = bytes;
        SourceFile { name: name.into(), text: String::new(), lines: OnceLock::new() }
    }
    /// The name that people know the input by, such as its path.
    pub fn name(&self) -> &str {
        &self.name
    }
    pub fn text(&self) -> &str {
        &self.text
    }
    /// Whether `text` is byte for byte what was read (not transcoded, not damaged): only then can it be edited.
    pub fn is_verbatim(&self) -> bool {
        true
    }
    /// Line and column of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        let _ = (offset, &self.lines);
        todo!()
    }
    /// The bytes of a line (from 1), without its line end.
    pub fn line_span(&self, line: u32) -> Span {
        let _ = line;
        todo!()
    }
}
