//! A value of a document: a cheap, copyable view of a node.

use crate::document::{KEY_DECODED, KEYED, LOST, MERGED, NONE, Node, SHARED, TAGGED};
use crate::key::{self, Key};
use crate::resolve::{self, Scalar};
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

/// How one gets to a value from the collection that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'d> {
    Key(&'d str),
    /// From 0.
    Index(usize),
    /// It stands in none.
    Root,
}

/// A view of one node. Two are equal when they are the same node.
#[derive(Clone, Copy)]
pub struct Value<'d> {
    document: &'d Document,
    node: u32,
}

impl<'d> Value<'d> {
    pub(crate) fn new(document: &'d Document, node: u32) -> Self {
        Value { document, node }
    }
    pub fn document(self) -> &'d Document {
        self.document
    }
    /// The node's number in its document: stable, and ordered as the text is.
    pub fn node(self) -> u32 {
        self.node
    }
    /// The view of a node by its number, as [`Value::node`] gave it.
    pub fn at(document: &'d Document, node: u32) -> Option<Value<'d>> {
        ((node as usize) < document.nodes.len()).then_some(Value { document, node })
    }
    pub fn kind(self) -> Kind {
        self.raw().kind
    }
    pub fn style(self) -> Style {
        self.raw().style
    }
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }
    pub fn as_bool(self) -> Option<bool> {
        match self.scalar() {
            Some(Scalar::Bool(value)) => Some(value),
            _ => None,
        }
    }
    /// An integer, or a float without a fraction that fits: JSON knows one kind of number.
    pub fn as_i64(self) -> Option<i64> {
        match self.scalar()? {
            Scalar::Integer(value) => i64::try_from(value).ok(),
            // Both bounds are powers of two, so exact; the upper one is out.
            Scalar::Float(value)
                if value.fract() == 0.0
                    && (-9223372036854775808.0..9223372036854775808.0).contains(&value) =>
            {
                Some(value as i64)
            }
            _ => None,
        }
    }
    pub fn as_f64(self) -> Option<f64> {
        match self.scalar()? {
            Scalar::Integer(value) => Some(value as f64),
            Scalar::Float(value) => Some(value),
            _ => None,
        }
    }
    /// The text of a string value, decoded; `None` for any other kind.
    pub fn as_str(self) -> Option<&'d str> {
        let node = self.raw();
        (node.kind == Kind::String).then(|| self.document.scalar(node))
    }
    /// The value of a key of a mapping, the last one where the key stands twice. Keys are compared
    /// as the JSON strings that the API server sees (`on:` is `"true"`, `1:` is `"1"`).
    #[inline(always)]
    pub fn get(self, key: &str) -> Option<Value<'d>> {
        self.get_key(Key::new(key))
    }
    /// The same, of a key that is hashed already.
    pub fn get_key(self, key: Key<'_>) -> Option<Value<'d>> {
        let node = self.raw();
        if node.content & key::bit(key.hash) == 0 || node.kind != Kind::Mapping {
            return None;
        }
        let hash = key::short(key.hash);
        let mut next = self.node + 1;
        while let Some(child) = self.document.nodes.get(next as usize) {
            if child.hash == hash && child.flags & (LOST | KEYED) == KEYED {
                let value = Value { document: self.document, node: next };
                if value.is_at(key.text) {
                    return Some(value);
                }
            }
            next = child.next;
        }
        None
    }
    /// The entries of a mapping in the order of the text: key as the API server sees it, and value.
    /// Of two duplicate keys only the last is here.
    pub fn entries(self) -> impl Iterator<Item = (&'d str, Value<'d>)> + use<'d> {
        let first = if self.kind() == Kind::Mapping { self.first_child() } else { NONE };
        Children { document: self.document, next: first }.filter_map(|child| Some((child.key()?, child)))
    }
    /// The entries of a mapping as they are written: with those that a later one of the same key takes the
    /// place of, which are marked, and without those that came through a merge key and don't count.
    pub fn written_entries(self) -> impl Iterator<Item = (&'d str, Value<'d>, bool)> + use<'d> {
        let document = self.document;
        let mut next = if self.kind() == Kind::Mapping { self.first_child() } else { NONE };
        std::iter::from_fn(move || {
            loop {
                let value = Value::at(document, next)?;
                let flags = value.raw().flags;
                next = value.raw().next;
                if flags & (LOST | MERGED) != LOST | MERGED
                    && let Some(key) = value.key()
                {
                    return Some((key, value, flags & LOST != 0));
                }
            }
        })
    }
    /// The items of a sequence; nothing for any other kind.
    pub fn items(self) -> impl Iterator<Item = Value<'d>> + use<'d> {
        let first = if self.kind() == Kind::Sequence { self.first_child() } else { NONE };
        Children { document: self.document, next: first }
    }
    /// Number of entries or items; 0 for scalars.
    pub fn len(self) -> usize {
        self.children().count()
    }
    pub fn is_empty(self) -> bool {
        self.children().next().is_none()
    }
    /// The collection this value stands in.
    pub fn parent(self) -> Option<Value<'d>> {
        Value::at(self.document, self.raw().parent)
    }
    /// The key under which this value stands in a mapping, as the API server sees it.
    pub fn key(self) -> Option<&'d str> {
        self.document.key(self.node)
    }
    /// Whether the value stands under this key.
    #[inline]
    pub fn is_under(self, key: Key<'_>) -> bool {
        let node = self.raw();
        node.hash == key::short(key.hash) && node.flags & KEYED != 0 && self.is_at(key.text)
    }
    /// Visits all that is below this value, in the order of the text; below a collection for which `visit` says
    /// `false` nothing is visited.
    pub fn walk(self, mut visit: impl FnMut(Value<'d>) -> bool) {
        let nodes = &self.document.nodes;
        let mut next = self.first_child();
        while let Some(node) = nodes.get(next as usize) {
            let value = Value { document: self.document, node: next };
            let goes_down = node.flags & LOST == 0 && visit(value);
            next = if goes_down { value.first_child() } else { NONE };
            let mut last = node;
            while next == NONE {
                next = last.next;
                match nodes.get(last.parent as usize) {
                    Some(parent) if next == NONE && last.parent != self.node => last = parent,
                    _ => break,
                }
            }
        }
    }
    /// Whether the value, which stands under some key, stands under this one.
    fn is_at(self, key: &str) -> bool {
        let node = self.raw();
        if node.flags & KEY_DECODED != 0 {
            return self.key() == Some(key);
        }
        let quotes = u32::from(matches!(node.key_style, Style::SingleQuoted | Style::DoubleQuoted));
        let place = self
            .document
            .place(node.key_start + quotes, self.document.key_end(self.node).saturating_sub(quotes));
        let written = self.document.file.text().as_bytes().get(place.start as usize..place.end as usize);
        written.is_some_and(|written| is_same(written, key.as_bytes()))
    }
    /// How one gets here from the collection around.
    pub fn step(self) -> Step<'d> {
        let node = self.raw();
        match self.key() {
            Some(key) => Step::Key(key),
            None if node.parent == NONE => Step::Root,
            None => Step::Index(node.key_start as usize),
        }
    }
    /// Place of that key in the text.
    pub fn key_span(self) -> Option<Span> {
        let node = self.raw();
        (node.flags & KEYED != 0)
            .then(|| self.document.place(node.key_start, self.document.key_end(self.node)))
    }
    /// The position of this value in its sequence, from 0.
    pub fn index(self) -> Option<usize> {
        let is_item = self.parent()?.kind() == Kind::Sequence;
        is_item.then_some(self.raw().key_start as usize)
    }
    /// Place of the value in the text: a scalar with its quotes, a collection from its first to its
    /// last byte of content. Empty (start == end) for a value that isn't written (`key:`). Tags and
    /// anchors are outside. What came through an alias has the place where it is written.
    pub fn span(self) -> Span {
        let node = self.raw();
        self.document.place(node.start, node.end)
    }
    /// Whether the value came through an alias or a merge key, or is what one refers to: an edit
    /// here would change other places.
    pub fn is_shared(self) -> bool {
        self.raw().flags & SHARED != 0
    }
    pub(crate) fn raw(self) -> &'d Node {
        self.document.node(self.node)
    }
    /// All entries or items that count.
    pub fn children(self) -> Children<'d> {
        Children { document: self.document, next: self.first_child() }
    }
    /// The first of all entries or items, whether it counts or not.
    fn first_child(self) -> u32 {
        self.document.first_child(self.node)
    }
    /// The meaning of a scalar; `None` for collections.
    pub(crate) fn scalar(self) -> Option<Scalar> {
        let node = self.raw();
        match node.kind {
            Kind::Null => Some(Scalar::Null),
            Kind::String => Some(Scalar::String),
            Kind::Sequence | Kind::Mapping => None,
            Kind::Bool | Kind::Integer | Kind::Float => {
                let value = resolve::plain(self.document.scalar(node));
                match value {
                    Scalar::Integer(integer) if node.flags & TAGGED != 0 => {
                        Some(Scalar::Float(integer as f64))
                    }
                    _ => Some(value),
                }
            }
        }
    }
}

/// Whether two keys are the same. They mostly are, and short, for which a call costs more than the comparison.
#[inline(always)]
fn is_same(a: &[u8], b: &[u8]) -> bool {
    let long = |from: &[u8]| Some((*from.first_chunk::<8>()?, *from.last_chunk::<8>()?));
    let short = |from: &[u8]| Some((*from.first_chunk::<4>()?, *from.last_chunk::<4>()?));
    if a.len() != b.len() {
        return false;
    }
    match a.len() {
        8..=16 => long(a) == long(b),
        4..=7 => short(a) == short(b),
        _ => a == b,
    }
}

/// The children of a collection that count, in the order of the text.
pub struct Children<'d> {
    document: &'d Document,
    next: u32,
}

impl<'d> Iterator for Children<'d> {
    type Item = Value<'d>;

    fn next(&mut self) -> Option<Value<'d>> {
        loop {
            let value = Value::at(self.document, self.next)?;
            self.next = value.raw().next;
            if value.raw().flags & LOST == 0 {
                return Some(value);
            }
        }
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
