//! Why a document could not be read.

use crate::Position;

/// What kind of trouble it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Not YAML and not JSON, or with a meaning that JSON cannot carry.
    Syntax,
    /// A template (`{{ … }}`) that has not been rendered.
    Template,
    /// Not text in a known encoding.
    Encoding,
    /// One of the [`Limits`](crate::Limits) was passed.
    Limit,
    /// Text that kubectl passes over in silence, such as what follows `...`.
    Ignored,
}

/// A document that could not be read, and where it broke.
#[derive(Clone, Debug)]
pub struct ParseError {
    pub kind: ErrorKind,
    /// One plain line, without the place.
    pub message: String,
    /// The line is the one that the Go library reports, where it reports one.
    pub position: Position,
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, column {}: {}", self.position.line, self.position.column, self.message)
    }
}

impl std::error::Error for ParseError {}
