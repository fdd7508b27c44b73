//! YAML and JSON documents with positions, read as the Kubernetes API server reads them.
//!
//! A [`SourceFile`] is the text of one input. [`parse`] splits it into documents and reads each into
//! an arena of small nodes that keep their place in the text. A [`Value`] is a cheap view of a node.

mod document;
mod error;
mod limits;
mod source;
mod value;

pub use document::{Document, Duplicate, Entry, parse};
pub use error::{ErrorKind, ParseError};
pub use limits::Limits;
pub use source::{Position, SourceFile, Span};
pub use value::{Kind, Style, Value};
