//! YAML and JSON documents with positions, read as the Kubernetes API server reads them.
//!
//! A [`SourceFile`] is the text of one input. [`parse`] splits it into documents and reads each into
//! an arena of small nodes that keep their place in the text. A [`Value`] is a cheap view of a node.

mod arena;
pub mod base64;
mod comments;
mod decode;
mod document;
mod duplicates;
mod edit;
mod error;
mod fast;
mod grammar;
mod json;
mod json_reader;
mod key;
mod limits;
mod number;
mod operation;
mod parse;
mod resolve;
mod scalar;
mod scanner;
mod seen;
mod source;
mod split;
mod template;
mod tree;
mod value;

pub use document::{Document, Duplicate};
pub use edit::{EditError, TextEdit, apply, lower, lower_to_patch, verify, yaml_string};
pub use error::{ErrorKind, ParseError};
pub use json::{to_json, write_string as write_json_string};
pub use key::{Key, Keys};
pub use limits::Limits;
pub use operation::{Action, Literal, Operation};
#[doc(hidden)]
pub use parse::parse_by_all_rules;
pub use parse::{Entry, Reader, parse, parse_json};
pub use source::{Position, SourceFile, Span};
pub use value::{Children, Kind, Step, Style, Value};
