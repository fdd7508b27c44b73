//! A value of a document: a cheap, copyable view of a node.

use crate::{Document, Span};

/// What a value is, as the API server takes it (after YAML 1.1 resolution).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Null,
    Bool,
    Integer,
    Float,
    String,
    Sequence,
    Mapping,
}

/// How a value is written; edits keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
    /// A collection by indentation.
    Block,
    /// A collection in `[]` or `{}`; JSON too.
    Flow,
}

/// A view of one node. Two are equal when they are the same node.
#[derive(Clone, Copy)]
pub struct Value<'d> {
    document: &'d Document,
    node: u32,
}

impl<'d> Value<'d> {
    pub fn document(self) -> &'d Document {
        self.document
    }
    /// The node's number in its document: stable, and ordered as the text is.
    pub fn node(self) -> u32 {
        self.node
    }
    /// The view of a node by its number, as [`Value::node`] gave it.
    pub fn at(document: &'d Document, node: u32) -> Option<Value<'d>> {
        Some(Value { document, node })
    }
    pub fn kind(self) -> Kind {
        todo!()
    }
    pub fn style(self) -> Style {
        todo!()
    }
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }
    pub fn as_bool(self) -> Option<bool> {
        todo!()
    }
    /// An integer, or a float without a fraction that fits: JSON knows one kind of number.
    pub fn as_i64(self) -> Option<i64> {
        todo!()
    }
    pub fn as_f64(self) -> Option<f64> {
        todo!()
    }
    /// The text of a string value, decoded; `None` for any other kind.
    pub fn as_str(self) -> Option<&'d str> {
        todo!()
    }
    /// The value of a key of a mapping, the last one where the key stands twice. Keys are compared
    /// as the JSON strings that the API server sees (`on:` is `"true"`, `1:` is `"1"`).
    pub fn get(self, key: &str) -> Option<Value<'d>> {
        let _ = key;
        todo!()
    }
    /// The entries of a mapping in the order of the text: key as the API server sees it, and value.
    /// Of two duplicate keys only the last is here.
    pub fn entries(self) -> impl Iterator<Item = (&'d str, Value<'d>)> + use<'d> {
        std::iter::empty()
    }
    /// The items of a sequence; nothing for any other kind.
    pub fn items(self) -> impl Iterator<Item = Value<'d>> + use<'d> {
        std::iter::empty()
    }
    /// Number of entries or items; 0 for scalars.
    pub fn len(self) -> usize {
        todo!()
    }
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }
    /// The collection this value stands in.
    pub fn parent(self) -> Option<Value<'d>> {
        todo!()
    }
    /// The key under which this value stands in a mapping, as the API server sees it.
    pub fn key(self) -> Option<&'d str> {
        todo!()
    }
    /// Place of that key in the text.
    pub fn key_span(self) -> Option<Span> {
        todo!()
    }
    /// The position of this value in its sequence, from 0.
    pub fn index(self) -> Option<usize> {
        todo!()
    }
    /// Place of the value in the text: a scalar with its quotes, a collection from its first to its
    /// last byte of content. Empty (start == end) for a value that isn't written (`key:`).
    pub fn span(self) -> Span {
        todo!()
    }
    /// Whether the value came through an alias or a merge key: an edit here would change other places.
    pub fn is_shared(self) -> bool {
        todo!()
    }
}

impl PartialEq for Value<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.document, other.document) && self.node == other.node
    }
}

impl Eq for Value<'_> {}

impl std::fmt::Debug for Value<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Value({})", self.node)
    }
}
