//! What makes a whole run impossible.

use std::fmt;

/// Why nothing was read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// A path that was named is not there.
    NotFound { path: String },
    /// A glob that was named matches nothing.
    NoMatch { pattern: String },
    /// A glob cannot be read.
    Glob { pattern: String, reason: String },
    /// The working directory cannot be found.
    Directory { reason: String },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NotFound { path } => {
                write!(f, "{path}: there is no such file or directory; check the path")
            }
            Error::NoMatch { pattern } => {
                write!(f, "{pattern}: the glob matches no file and no directory; check the pattern")
            }
            Error::Glob { pattern, reason } => {
                write!(f, "{pattern}: not a valid glob: {reason}; correct the pattern")
            }
            Error::Directory { reason } => {
                write!(f, "the working directory cannot be found: {reason}; change to one that exists")
            }
        }
    }
}

impl std::error::Error for Error {}
