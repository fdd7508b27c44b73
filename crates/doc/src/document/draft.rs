//! A document while it is being read.

use std::sync::Arc;

use super::{Document, KEY_DECODED, KEYED, LONG, Node, Rest};
use crate::{SourceFile, Span, Style};

/// Nodes that are added one after the other, and what belongs to them.
pub(crate) struct Draft {
    pub file: Arc<SourceFile>,
    /// The place in the file that those of the nodes are counted from.
    pub base: u32,
    pub nodes: Vec<Node>,
    pub rest: Rest,
}

impl Draft {
    pub fn new(file: &Arc<SourceFile>, base: u32, nodes: Vec<Node>) -> Draft {
        Draft { file: Arc::clone(file), base, nodes, rest: Rest::default() }
    }
    /// The document that stands at a place of the file; its nodes are moved to where they stay.
    pub fn finish(self, span: Span, nodes: Arc<[Node]>) -> Document {
        Document { file: self.file, span, base: self.base, nodes, rest: Arc::new(self.rest) }
    }
    pub fn node(&self, node: u32) -> &Node {
        &self.nodes[node as usize]
    }
    /// The text between two places of nodes, empty for what isn't there.
    pub fn text_at(&self, start: u32, end: u32) -> &str {
        super::text_at(&self.file, self.base, start, end)
    }
    /// The first child of a collection, whether it counts or not; nothing of what has none.
    pub fn first_child(&self, number: u32) -> u32 {
        super::first_child(&self.nodes, number)
    }
    /// Puts the next node under a key that stands at a place.
    #[inline]
    pub fn put_under(&mut self, node: &mut Node, start: u32, end: u32, style: Style) {
        node.flags |= KEYED;
        node.key_start = start;
        node.key_style = style;
        node.key_length = u16::try_from(end - start).unwrap_or(LONG);
        if node.key_length == LONG {
            self.rest.long_keys.push((self.nodes.len() as u32, end));
        }
    }
    /// What a plain key begins with.
    #[inline]
    pub fn first_byte(&self, number: u32) -> Option<u8> {
        let node = self.node(number);
        let is_plain = node.flags & (KEYED | KEY_DECODED) == KEYED && node.key_style == Style::Plain;
        let place = (self.base + node.key_start) as usize;
        if is_plain { self.file.text().as_bytes().get(place).copied() } else { None }
    }
    pub fn key(&self, number: u32) -> Option<&str> {
        super::key(&self.file, self.base, self.node(number), number, &self.rest)
    }
}
