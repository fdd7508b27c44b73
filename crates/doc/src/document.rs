//! Documents: one arena of nodes each.

mod draft;

use std::sync::{Arc, OnceLock};

use crate::scalar::Block;
use crate::{Keys, Kind, SourceFile, Span, Style, Value, scalar};

pub(crate) use draft::Draft;

/// Marks the absence of a node.
pub(crate) const NONE: u32 = u32::MAX;

/// One node: a value, with the key that it stands under. Places are counted from the document's base. Documents are
/// searched more often than they are read: the smaller a node, the more of them are at hand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub start: u32,
    pub end: u32,
    /// Where the key begins; for the item of a sequence, its index.
    pub key_start: u32,
    pub parent: u32,
    /// The next item or entry of the same collection. The first child of a collection follows it in the arena.
    pub next: u32,
    /// The [`bit`](crate::key::bit)s of a mapping's keys: most keys that are asked for aren't there. Of a scalar that
    /// isn't verbatim, the number of its text.
    pub content: u32,
    /// The [`short`](crate::key::short) hash of the key that it stands under.
    pub hash: u16,
    /// The bytes of the key, with its quotes; [`LONG`] where [`Rest::long_keys`] has its end.
    pub key_length: u16,
    pub kind: Kind,
    pub style: Style,
    pub key_style: Style,
    pub flags: u8,
}

const _: () = assert!(size_of::<Node>() == 32);

/// The length of a key that is longer than can be said.
pub(crate) const LONG: u16 = u16::MAX;

/// The value stands under a key.
pub(crate) const KEYED: u8 = 1;
/// The key's text is in [`Rest::keys`], since it isn't verbatim in the file.
pub(crate) const KEY_DECODED: u8 = 1 << 1;
/// The scalar's text is in [`Rest::texts`].
pub(crate) const DECODED: u8 = 1 << 2;
/// A later entry of the same mapping has the same key.
pub(crate) const LOST: u8 = 1 << 3;
/// Came through an alias or a merge key, or is what they refer to.
pub(crate) const SHARED: u8 = 1 << 4;
/// Came through a merge key.
pub(crate) const MERGED: u8 = 1 << 5;
/// A float by its tag alone.
pub(crate) const TAGGED: u8 = 1 << 6;

/// The text of a scalar that isn't verbatim in the file, decoded when asked.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub cell: OnceLock<Box<str>>,
    /// How a block scalar is to be read.
    pub block: Block,
}

/// One document, read. What was read of its text is shared with every document of the same text, wherever that stands.
#[derive(Clone, Debug)]
pub struct Document {
    pub(crate) file: Arc<SourceFile>,
    pub(crate) span: Span,
    /// The place in the file that those of the nodes are counted from.
    pub(crate) base: u32,
    pub(crate) nodes: Arc<[Node]>,
    pub(crate) rest: Arc<Rest>,
}

/// What a document has besides its nodes.
#[derive(Debug, Default)]
pub(crate) struct Rest {
    pub texts: Vec<Text>,
    /// The keys of all its mappings.
    pub all_keys: Keys,
    /// Keys that aren't verbatim in the file, by node, in order.
    pub keys: Vec<(u32, Box<str>)>,
    /// Where keys end that are [`LONG`], by node, in order.
    pub long_keys: Vec<(u32, u32)>,
    /// Lost and kept entries, by node.
    pub duplicates: Vec<(u32, u32)>,
    /// The first entry of each mapping whose key belongs before that of the entry above it, in order; where
    /// that was looked at.
    pub early: Option<Vec<u32>>,
}

/// A mapping key that stands twice; the API server takes the last.
#[derive(Clone, Copy, Debug)]
pub struct Duplicate<'d> {
    /// The value that is lost, with its key span.
    pub lost: Value<'d>,
    /// The value that counts.
    pub kept: Value<'d>,
}

impl Document {
    pub fn file(&self) -> &Arc<SourceFile> {
        &self.file
    }
    pub fn root(&self) -> Value<'_> {
        Value::new(self, 0)
    }
    /// The bytes of the document between its separators.
    pub fn span(&self) -> Span {
        self.span
    }
    /// The keys of all its mappings, as far as a short summary tells.
    pub fn all_keys(&self) -> &Keys {
        &self.rest.all_keys
    }
    /// Mapping keys that stand more than once, in the order of the text. A key that a merge key
    /// overwrites is one of them; a merged key that a written one overwrites is not.
    pub fn duplicates(&self) -> impl Iterator<Item = Duplicate<'_>> {
        let duplicates = self.rest.duplicates.iter();
        duplicates
            .map(|&(lost, kept)| Duplicate { lost: Value::new(self, lost), kept: Value::new(self, kept) })
    }
    /// In a value and all that stands below it, the first entry of each mapping whose key belongs before the key above
    /// it, in the order of their bytes. `None` where that isn't so simple: keys that stand twice, aliases and merge keys.
    pub fn early_keys(&self, of: Value<'_>) -> Option<impl ExactSizeIterator<Item = Value<'_>>> {
        let early = self.rest.early.as_deref().filter(|_| self.rest.duplicates.is_empty())?;
        let end = self.end_of(of.node());
        let from = early.partition_point(|&node| node <= of.node());
        let to = early.partition_point(|&node| node < end);
        let within = early.get(from..to).unwrap_or(&[]);
        Some(within.iter().map(|&node| Value::new(self, node)))
    }
    /// The number of the node that follows a node and all that stands below it: in the order of the text.
    fn end_of(&self, mut node: u32) -> u32 {
        loop {
            match self.nodes.get(node as usize) {
                Some(found) if found.next != NONE => return found.next,
                Some(found) if found.parent != NONE => node = found.parent,
                _ => return NONE,
            }
        }
    }
    /// Comments of the document (span from `#` to the end of the line), in the order of the text.
    /// Found when asked: cheap to never call.
    pub fn comments(&self) -> Vec<Span> {
        crate::comments::find(self)
    }
    pub(crate) fn node(&self, node: u32) -> &Node {
        &self.nodes[node as usize]
    }
    /// The first child of a collection, whether it counts or not; [`NONE`] of what has none.
    #[inline]
    pub(crate) fn first_child(&self, node: u32) -> u32 {
        first_child(&self.nodes, node)
    }
    /// Where the key of a node ends.
    #[inline]
    pub(crate) fn key_end(&self, number: u32) -> u32 {
        key_end(self.node(number), number, &self.rest)
    }
    /// Where something stands in the file that is counted from the document's base.
    #[inline]
    pub(crate) fn place(&self, start: u32, end: u32) -> Span {
        Span { start: self.base + start, end: self.base + end }
    }
    /// The text between two places of nodes, empty for what isn't there.
    pub(crate) fn text_at(&self, start: u32, end: u32) -> &str {
        text_at(&self.file, self.base, start, end)
    }
    /// The text of a scalar of any kind.
    pub(crate) fn scalar(&self, node: &Node) -> &str {
        if node.flags & DECODED == 0 {
            return self.verbatim(node.start, node.end, node.style);
        }
        match self.rest.texts.get(node.content as usize) {
            Some(text) => text.cell.get_or_init(|| {
                // Empty lines after a block scalar may be part of it.
                let is_block = matches!(node.style, Style::Literal | Style::Folded);
                let end = if is_block { self.span.end - self.base } else { node.end };
                let length = node.end.saturating_sub(node.start) as usize;
                scalar::decode(self.text_at(node.start, end), length, node.style, text.block).into_boxed_str()
            }),
            None => "",
        }
    }
    pub(crate) fn key(&self, number: u32) -> Option<&str> {
        key(&self.file, self.base, self.node(number), number, &self.rest)
    }
    fn verbatim(&self, start: u32, end: u32, style: Style) -> &str {
        verbatim(&self.file, self.base, start, end, style)
    }
}

/// The text between two places that are counted from a base.
#[inline]
fn text_at(file: &SourceFile, base: u32, start: u32, end: u32) -> &str {
    file.text().get((base + start) as usize..(base + end) as usize).unwrap_or("")
}

/// The first child of a node: it follows its parent.
#[inline]
fn first_child(nodes: &[Node], node: u32) -> u32 {
    match nodes.get(node as usize + 1) {
        Some(child) if child.parent == node => node + 1,
        _ => NONE,
    }
}

/// Where the key of a node ends.
#[inline]
fn key_end(node: &Node, number: u32, rest: &Rest) -> u32 {
    if node.key_length < LONG {
        return node.key_start + u32::from(node.key_length);
    }
    let found = rest.long_keys.binary_search_by_key(&number, |&(node, _)| node);
    found.ok().and_then(|at| rest.long_keys.get(at)).map_or(node.key_start, |&(_, end)| end)
}

/// The key that a node stands under.
#[inline]
fn key<'d>(file: &'d SourceFile, base: u32, node: &Node, number: u32, rest: &'d Rest) -> Option<&'d str> {
    if node.flags & KEYED == 0 {
        return None;
    }
    if node.flags & KEY_DECODED == 0 {
        return Some(verbatim(file, base, node.key_start, key_end(node, number, rest), node.key_style));
    }
    let found = rest.keys.binary_search_by_key(&number, |&(node, _)| node).ok()?;
    Some(&rest.keys[found].1)
}

/// Text that means what is written, without its quotes.
#[inline]
fn verbatim(file: &SourceFile, base: u32, start: u32, end: u32, style: Style) -> &str {
    match style {
        Style::SingleQuoted | Style::DoubleQuoted => text_at(file, base, start + 1, end.saturating_sub(1)),
        _ => text_at(file, base, start, end),
    }
}
