//! What is wrong with a configuration.

use std::fmt;

use plimsoll_doc::Position;

/// One thing that is wrong with a configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ConfigurationError {
    pub file: String,
    pub position: Position,
    /// One plain line: what is wrong, and what is allowed.
    pub message: String,
}

impl fmt::Display for ConfigurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column } = self.position;
        write!(f, "{}:{line}:{column}: {}", self.file, self.message)
    }
}

impl std::error::Error for ConfigurationError {}
