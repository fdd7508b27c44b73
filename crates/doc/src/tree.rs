//! The tree that parsing yields, before aliases, merge keys and tags are given their meaning.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::document::NONE;
use crate::{Span, Style};

/// A node of the tree. Children of a mapping are keys and values in turn.
#[derive(Debug)]
pub(crate) struct Raw<'t> {
    pub kind: RawKind,
    pub style: Style,
    pub span: Span,
    /// Empty for none.
    pub tag: Cow<'t, str>,
    /// A scalar's decoded text.
    pub text: Cow<'t, str>,
    /// Whether a scalar is plain, or has the tag `!`.
    pub implicit: bool,
    pub first: u32,
    pub next: u32,
    /// What an alias refers to.
    pub target: u32,
    /// Whether an alias refers to it.
    pub referenced: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RawKind {
    Scalar,
    Sequence,
    Mapping,
    Alias,
}

/// The tree of one document; the root is node 0.
#[derive(Debug, Default)]
pub(crate) struct Tree<'t> {
    pub nodes: Vec<Raw<'t>>,
    open: Vec<Open>,
    anchors: HashMap<&'t str, u32>,
}

#[derive(Debug)]
struct Open {
    node: u32,
    last: u32,
}

impl<'t> Tree<'t> {
    pub fn scalar(&mut self, raw: Raw<'t>, anchor: Option<&'t str>) {
        let node = self.push(raw);
        self.anchor(node, anchor);
    }
    /// An alias; `false` for one that no anchor has named before.
    pub fn alias(&mut self, name: &str, span: Span) -> bool {
        let Some(&target) = self.anchors.get(name) else { return false };
        if let Some(raw) = self.nodes.get_mut(target as usize) {
            raw.referenced = true;
        }
        let alias = Raw { kind: RawKind::Alias, target, ..Raw::scalar(Style::Plain, span) };
        self.push(alias);
        true
    }
    pub fn begin(&mut self, raw: Raw<'t>, anchor: Option<&'t str>) {
        let node = self.push(raw);
        self.anchor(node, anchor);
        self.open.push(Open { node, last: NONE });
    }
    /// Closes a collection. `end` is where its own text ends; one by indentation ends with its last child.
    pub fn end(&mut self, end: Option<u32>) {
        let Some(open) = self.open.pop() else { return };
        let last = self.nodes.get(open.last as usize).map(|raw| raw.span.end);
        if let Some(raw) = self.nodes.get_mut(open.node as usize)
            && let Some(end) = end.or(last)
        {
            raw.span.end = raw.span.end.max(end);
        }
    }
    pub fn depth(&self) -> usize {
        self.open.len()
    }
    fn anchor(&mut self, node: u32, anchor: Option<&'t str>) {
        if let Some(name) = anchor {
            self.anchors.insert(name, node);
        }
    }
    fn push(&mut self, raw: Raw<'t>) -> u32 {
        let node = self.nodes.len() as u32;
        if let Some(open) = self.open.last_mut() {
            let link = if open.last == NONE {
                self.nodes.get_mut(open.node as usize).map(|raw| &mut raw.first)
            } else {
                self.nodes.get_mut(open.last as usize).map(|raw| &mut raw.next)
            };
            if let Some(link) = link {
                *link = node;
            }
            open.last = node;
        }
        self.nodes.push(raw);
        node
    }
}

impl<'t> Raw<'t> {
    /// A plain scalar without text, tag or anchor.
    pub fn scalar(style: Style, span: Span) -> Self {
        Raw {
            kind: RawKind::Scalar,
            style,
            span,
            tag: Cow::Borrowed(""),
            text: Cow::Borrowed(""),
            implicit: style == Style::Plain,
            first: NONE,
            next: NONE,
            target: NONE,
            referenced: false,
        }
    }
    /// Whether this is a merge key.
    pub fn is_merge(&self) -> bool {
        self.kind == RawKind::Scalar
            && self.text == "<<"
            && (self.implicit || self.tag == crate::resolve::MERGE)
    }
}
