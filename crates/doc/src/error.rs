//! Why a document could not be read.

use crate::Position;

/// What kind of trouble it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Not YAML and not JSON.
    Syntax,
    /// A template (`{{ … }}`) that has not been rendered.
    Template,
    /// Not text in a known encoding.
    Encoding,
    /// One of the [`Limits`](crate::Limits) was passed.
    Limit,
}

/// A document that could not be read, and where it broke.
#[derive(Clone, Debug)]
pub struct ParseError {
    pub kind: ErrorKind,
    /// One plain line, without the place.
    pub message: String,
    pub position: Position,
}

impl std::fmt::Display for ParseError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, column {}: {}", self.position.line, self.position.column, self.message)
    }
}

impl std::error::Error for ParseError {}
