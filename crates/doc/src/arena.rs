//! What the two direct parsers build documents with: nodes in the order of the text, collections that
//! are still open, and the duplicates among their keys.

use std::cell::Cell;
use std::sync::{Arc, OnceLock};

use crate::document::{DECODED, Draft, KEY_DECODED, LOST, NONE, Node, Text};
use crate::key::{bit, hash, short};
use crate::limits::MAX_NODES;
use crate::number;
use crate::resolve::{self, Scalar};
use crate::scalar::Block;
use crate::{Document, Kind, SourceFile, Span, Style, duplicates};

/// A document under construction.
pub(crate) struct Arena {
    pub document: Draft,
    pub open: Vec<Open>,
    /// A hash of each key of the open mappings.
    hashes: Vec<(u32, u32)>,
    /// The key that the next node stands under.
    key: Option<Key>,
}

/// A collection that is not closed yet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open {
    pub node: u32,
    last: u32,
    /// Items so far.
    items: u32,
    /// A key of it belongs before the one above it.
    is_unordered: bool,
    hashes: u32,
    pub indent: i32,
    pub mapping: bool,
    /// A key or a dash waits for its value.
    pub pending: bool,
    /// Where that value would stand.
    pending_at: u32,
    /// A sequence whose dashes stand in the column of the mapping around it.
    pub indentless: bool,
}

impl Open {
    /// A key or dash is read, which ends at a place.
    #[inline]
    pub fn wait(&mut self, at: u32) {
        self.pending = true;
        self.pending_at = at;
    }
    pub fn pending_at(&self) -> u32 {
        self.pending_at
    }
}

/// How a key is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub start: u32,
    pub end: u32,
    pub style: Style,
    /// A hash of the key's text.
    pub hash: u32,
    pub decoded: bool,
}

/// Nodes that there is room for from the beginning: most documents have fewer. It is kept for the next document; what
/// one with more nodes takes is given back.
const ROOM: usize = 1 << 13;

thread_local! {
    /// How many nodes a text has is known when it is read, and documents are to take no more memory than they need:
    /// they are read into this, and copied.
    static READ_INTO: Cell<(Vec<Node>, Vec<Text>)> = const { Cell::new((Vec::new(), Vec::new())) };
}

/// Memory for about so many nodes, and for the texts among them.
fn room(nodes: usize) -> (Vec<Node>, Vec<Text>) {
    if nodes > ROOM {
        return (Vec::with_capacity(nodes.min(MAX_NODES)), Vec::new());
    }
    let (mut kept, texts) = READ_INTO.take();
    kept.reserve_exact(ROOM);
    (kept, texts)
}

/// Keeps memory for the next document.
fn keep(mut nodes: Vec<Node>, mut texts: Vec<Text>) {
    if nodes.capacity() <= ROOM {
        nodes.clear();
        texts.clear();
        READ_INTO.set((nodes, texts));
    }
}

impl Arena {
    /// An arena of nodes whose places are counted from a base. It will have about so many, as far as that is known.
    pub fn new(file: &Arc<SourceFile>, base: u32, nodes: usize) -> Self {
        let (nodes, texts) = room(nodes);
        let mut document = Draft::new(file, base, nodes);
        document.rest.texts = texts;
        Arena { document, open: Vec::with_capacity(32), hashes: Vec::with_capacity(64), key: None }
    }

    /// Whether a document cannot have more values.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.document.nodes.len() > MAX_NODES
    }

    pub fn next(&self) -> u32 {
        self.document.nodes.len() as u32
    }

    pub fn set_key(&mut self, key: Key) {
        self.key = Some(key);
    }

    /// Sets a key whose text isn't verbatim.
    pub fn set_decoded_key(&mut self, mut key: Key, text: String) {
        key.decoded = true;
        key.hash = hash(text.as_bytes());
        let node = self.next();
        self.document.rest.keys.push((node, text.into_boxed_str()));
        self.key = Some(key);
    }

    /// Adds a node to the collection that was opened last.
    #[inline]
    pub fn push(&mut self, kind: Kind, style: Style, start: u32, end: u32) -> u32 {
        let number = self.next();
        let mut node = Node {
            start,
            end,
            key_start: 0,
            parent: NONE,
            next: NONE,
            content: 0,
            hash: 0,
            key_length: 0,
            kind,
            style,
            key_style: Style::Plain,
            flags: 0,
        };
        if let Some(key) = self.key.take() {
            self.document.put_under(&mut node, key.start, key.end, key.style);
            if key.decoded {
                node.flags |= KEY_DECODED;
            }
            node.hash = short(key.hash);
            self.hashes.push((key.hash, number));
        }
        if let Some(open) = self.open.last_mut() {
            node.parent = open.node;
            if !open.mapping {
                node.key_start = open.items;
                open.items += 1;
            }
            open.pending = false;
            let last = std::mem::replace(&mut open.last, number);
            if last != NONE {
                self.document.nodes[last as usize].next = number;
                if open.mapping && !open.is_unordered {
                    self.document.nodes.push(node);
                    self.note_if_early(last, number);
                    return number;
                }
            }
        }
        self.document.nodes.push(node);
        number
    }

    /// Notes whether the key of an entry belongs before that of the one above it.
    #[inline]
    fn note_if_early(&mut self, above: u32, entry: u32) {
        let document = &self.document;
        let is_early = match (document.first_byte(entry), document.first_byte(above)) {
            (Some(byte), Some(byte_above)) if byte != byte_above => byte < byte_above,
            _ => document.key(entry) < document.key(above),
        };
        if is_early && let Some(open) = self.open.last_mut() {
            open.is_unordered = true;
            self.document.rest.early.get_or_insert_default().push(entry);
        }
    }

    /// Adds a scalar whose text isn't verbatim, to be decoded when asked.
    pub fn push_text(&mut self, style: Style, start: u32, end: u32, block: Block) {
        let number = self.push(Kind::String, style, start, end);
        let text = self.document.rest.texts.len() as u32;
        self.document.rest.texts.push(Text { cell: OnceLock::new(), block });
        let node = &mut self.document.nodes[number as usize];
        node.content = text;
        node.flags |= DECODED;
    }

    #[inline]
    pub fn begin(&mut self, mapping: bool, style: Style, start: u32, indent: i32, indentless: bool) {
        let kind = if mapping { Kind::Mapping } else { Kind::Sequence };
        let node = self.push(kind, style, start, start);
        let hashes = self.hashes.len() as u32;
        self.open.push(Open {
            node,
            last: NONE,
            items: 0,
            is_unordered: false,
            hashes,
            indent,
            mapping,
            pending: false,
            pending_at: 0,
            indentless,
        });
    }

    /// Closes the collection that was opened last. `end` is where its own text ends; one by
    /// indentation ends with its last child.
    #[inline]
    pub fn close(&mut self, end: Option<u32>) {
        let Some(open) = self.open.pop() else { return };
        let last = self.document.nodes.get(open.last as usize).map(|node| node.end);
        if let Some(end) = end.or(last) {
            self.document.nodes[open.node as usize].end = end;
        }
        if open.mapping {
            let keys = &self.hashes[open.hashes as usize..];
            let (mut bits, mut is_unique) = (0, true);
            for &(hash, _) in keys {
                is_unique &= bits & bit(hash) == 0;
                bits |= bit(hash);
                self.document.rest.all_keys.add(hash);
            }
            self.document.nodes[open.node as usize].content = bits;
            if is_unique {
                self.hashes.truncate(open.hashes as usize);
            } else {
                self.mark_duplicates(open.hashes as usize);
            }
        }
    }

    #[inline]
    fn mark_duplicates(&mut self, base: usize) {
        let keys = &self.hashes[base..];
        let suspect = match keys.len() {
            0 | 1 => false,
            2..=24 => keys
                .iter()
                .enumerate()
                .any(|(at, &(hash, _))| keys[..at].iter().any(|&(other, _)| other == hash)),
            // Long mappings are compared by a table in any case.
            _ => true,
        };
        if suspect {
            let entries: Vec<u32> = keys.iter().map(|&(_, node)| node).collect();
            let mut pairs = Vec::new();
            duplicates::find(&self.document, &entries, &mut pairs);
            for &(lost, _) in &pairs {
                self.document.nodes[lost as usize].flags |= LOST;
            }
            self.document.rest.duplicates.append(&mut pairs);
        }
        self.hashes.truncate(base);
    }

    /// The document, once every collection is closed.
    pub fn finish(mut self, span: Span) -> Document {
        self.document.rest.duplicates.sort_unstable();
        self.document.rest.early.get_or_insert_default();
        let nodes = Arc::from(self.document.nodes.as_slice());
        let texts = std::mem::take(&mut self.document.rest.texts);
        self.document.rest.texts.clone_from(&texts);
        keep(std::mem::take(&mut self.document.nodes), texts);
        self.document.finish(span, nodes)
    }

    /// Ends without a document.
    pub fn give_up(self) {
        keep(self.document.nodes, self.document.rest.texts);
    }
}

/// What a plain key is as a string, where that isn't its own text; an error for one that JSON has no
/// place for.
pub(crate) fn key_text(value: Scalar) -> Result<Option<String>, String> {
    Ok(match value {
        Scalar::String => None,
        Scalar::Bool(value) => Some(value.to_string()),
        Scalar::Integer(value) if i64::try_from(value).is_ok() => Some(value.to_string()),
        Scalar::Integer(_) => return Err("a key is an integer of more than 63 bits".to_owned()),
        Scalar::Float(value) => Some(number::key(value)),
        Scalar::Null => return Err("a key is null, which JSON has no place for".to_owned()),
    })
}

/// The kind of a plain scalar; `None` for a number that JSON has no place for.
#[inline]
pub(crate) fn plain_kind(text: &str) -> Option<Kind> {
    Some(match resolve::plain(text) {
        Scalar::String => Kind::String,
        Scalar::Null => Kind::Null,
        Scalar::Bool(_) => Kind::Bool,
        Scalar::Integer(_) => Kind::Integer,
        Scalar::Float(value) if value.is_finite() => Kind::Float,
        Scalar::Float(_) => return None,
    })
}
