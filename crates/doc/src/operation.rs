//! Operations: what an edit is meant to do, before it is lowered to text or to a JSON Patch.

use crate::{Document, Value};

/// One change to a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Number of the node in its document ([`Value::node`]) that the change starts from.
    pub anchor: u32,
    /// Keys below the anchor that are absent and have to be written first.
    pub absent: Vec<String>,
    pub action: Action,
}

/// What happens at the place that an [`Operation`] names.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Write the value, in place of what is there.
    Set(Literal),
    /// Add an item to the end of the sequence, which is made where it is absent.
    Append(Literal),
    /// Remove the entry or item.
    Remove,
}

/// A value to write.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Bool(bool),
    Integer(i64),
    String(String),
    Sequence(Vec<Literal>),
    Mapping(Vec<(String, Literal)>),
}

impl Operation {
    /// The value that the change starts from.
    pub fn anchor_in<'d>(&self, document: &'d Document) -> Option<Value<'d>> {
        Value::at(document, self.anchor)
    }
}

impl From<bool> for Literal {
    fn from(value: bool) -> Self {
        Literal::Bool(value)
    }
}

impl From<i64> for Literal {
    fn from(value: i64) -> Self {
        Literal::Integer(value)
    }
}

impl From<&str> for Literal {
    fn from(value: &str) -> Self {
        Literal::String(value.to_owned())
    }
}

impl From<String> for Literal {
    fn from(value: String) -> Self {
        Literal::String(value)
    }
}

impl<T: Into<Literal>> From<Vec<T>> for Literal {
    fn from(values: Vec<T>) -> Self {
        Literal::Sequence(values.into_iter().map(Into::into).collect())
    }
}

impl<const N: usize> From<[(&str, Literal); N]> for Literal {
    fn from(entries: [(&str, Literal); N]) -> Self {
        Literal::Mapping(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }
}
