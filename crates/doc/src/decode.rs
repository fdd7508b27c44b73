//! From the tree to the document: aliases and merge keys expanded, tags obeyed, keys made strings, in
//! the order and with the precedence of the library behind `sigs.k8s.io/yaml`.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::document::{DECODED, Draft, KEY_DECODED, KEYED, LOST, MERGED, NONE, Node, SHARED, TAGGED, Text};
use crate::key;
use crate::resolve::{self, BINARY, Scalar};
use crate::scalar::Block;
use crate::tree::{Raw, RawKind, Tree};
use crate::{Document, ErrorKind, Kind, Limits, SourceFile, Span, Style, base64, duplicates};

/// Why a tree has no meaning as JSON.
#[derive(Debug)]
pub(crate) struct Failure {
    pub kind: ErrorKind,
    pub message: String,
    pub offset: u32,
    /// The line of the document, from 1, where the library reports one.
    pub line: Option<u32>,
}

/// Gives a tree its meaning.
pub(crate) fn decode(
    tree: &Tree<'_>,
    file: &Arc<SourceFile>,
    span: Span,
    limits: &Limits,
) -> Result<Document, Failure> {
    let document = Draft::new(file, 0, Vec::with_capacity(tree.nodes.len()));
    // The library counts the document as an operation of its own.
    let mut decoder = Decoder {
        tree,
        document,
        limits,
        frames: Vec::new(),
        texts: Vec::new(),
        operations: 1,
        aliased: 0,
        shared_nodes: 0,
        in_alias: vec![false; tree.nodes.len()],
        alias_depth: 0,
        suspects: Vec::new(),
    };
    decoder.run()?;
    decoder.finish(span)
}

struct Decoder<'a, 't> {
    tree: &'a Tree<'t>,
    document: Draft,
    limits: &'a Limits,
    frames: Vec<Frame>,
    /// Where the text of a node of the tree is in the document, by node of the tree.
    texts: Vec<u32>,
    operations: u64,
    aliased: u64,
    shared_nodes: usize,
    /// Aliases being expanded, by node of the tree.
    in_alias: Vec<bool>,
    alias_depth: u32,
    /// Nodes that JSON cannot carry; they count where no later duplicate takes their place.
    suspects: Vec<(u32, String)>,
}

/// A collection being decoded.
struct Frame {
    job: Job,
    /// The node that receives, in the document.
    node: u32,
    /// Its last child so far.
    last: u32,
    /// Its items so far.
    items: u32,
    /// The alias that led here, in the tree.
    alias: u32,
    /// Whether what is decoded here came through an alias or a merge key.
    shared: bool,
    merged: bool,
}

enum Job {
    /// The next child in the tree.
    Sequence(u32),
    /// The next key in the tree.
    Mapping(u32),
    /// Mappings to merge, the next one last.
    Merge(Vec<u32>),
}

impl<'t> Decoder<'_, 't> {
    fn raw(&self, node: u32) -> &Raw<'t> {
        &self.tree.nodes[node as usize]
    }

    fn fail<T>(&self, node: u32, message: impl Into<String>) -> Result<T, Failure> {
        let offset = self.raw(node).span.start;
        Err(Failure { kind: ErrorKind::Syntax, message: message.into(), offset, line: None })
    }

    /// Counts an operation as the library does, and refuses what it refuses.
    fn count(&mut self, node: u32) -> Result<(), Failure> {
        self.operations += 1;
        if self.alias_depth > 0 {
            self.aliased += 1;
        }
        if self.aliased > 100 && self.operations > 1000 {
            let share = self.aliased as f64 / self.operations as f64;
            let allowed = match self.operations {
                ..=400_000 => 0.99,
                4_000_000.. => 0.10,
                operations => 0.99 - 0.89 * ((operations - 400_000) as f64 / 3_600_000.0),
            };
            if share > allowed {
                return self.limit(node, "aliases make too much of the document".to_owned());
            }
        }
        Ok(())
    }

    fn limit<T>(&self, node: u32, message: String) -> Result<T, Failure> {
        // What an alias adds is told where the outermost one stands.
        let alias = self.frames.iter().map(|frame| frame.alias).find(|&alias| alias != NONE);
        let offset = self.raw(alias.unwrap_or(node)).span.start;
        Err(Failure { kind: ErrorKind::Limit, message, offset, line: None })
    }

    fn run(&mut self) -> Result<(), Failure> {
        self.value(0, None)?;
        while let Some(frame) = self.frames.last_mut() {
            match &mut frame.job {
                Job::Sequence(NONE) | Job::Mapping(NONE) => {
                    if let Some(frame) = self.frames.pop() {
                        self.close(frame);
                    }
                }
                Job::Sequence(cursor) => {
                    let child = *cursor;
                    *cursor = self.tree.nodes[child as usize].next;
                    self.value(child, None)?;
                }
                Job::Mapping(cursor) => {
                    let key = *cursor;
                    let value = self.tree.nodes[key as usize].next;
                    // A mapping's children come in pairs.
                    *cursor = self.tree.nodes.get(value as usize).map_or(NONE, |raw| raw.next);
                    if self.raw(key).is_merge() {
                        self.merge(value)?;
                    } else {
                        let key = self.key(key)?;
                        self.value(value, Some(key))?;
                    }
                }
                Job::Merge(sources) => match sources.pop() {
                    Some(source) => self.merge_mapping(source)?,
                    None => {
                        if let Some(frame) = self.frames.pop() {
                            self.hand_back(&frame);
                        }
                    }
                },
            }
        }
        Ok(())
    }

    fn close(&mut self, frame: Frame) {
        if frame.alias != NONE {
            self.in_alias[frame.alias as usize] = false;
            self.alias_depth -= 1;
        }
        self.hand_back(&frame);
    }

    /// A merge adds to the mapping of the frame below, which has to know its last child.
    fn hand_back(&mut self, frame: &Frame) {
        if let Some(below) = self.frames.last_mut()
            && below.node == frame.node
        {
            below.last = frame.last;
        }
    }

    /// Follows an alias: the node that counts, and the alias that led there.
    fn follow(&mut self, node: u32) -> Result<(u32, u32), Failure> {
        self.count(node)?;
        if self.raw(node).kind != RawKind::Alias {
            return Ok((node, NONE));
        }
        if self.in_alias[node as usize] {
            return self.fail(node, "an anchor's value contains itself");
        }
        self.in_alias[node as usize] = true;
        self.alias_depth += 1;
        let target = self.raw(node).target;
        self.count(target)?;
        Ok((target, node))
    }

    fn leave(&mut self, alias: u32) {
        if alias != NONE {
            self.in_alias[alias as usize] = false;
            self.alias_depth -= 1;
        }
    }

    fn value(&mut self, node: u32, key: Option<Key>) -> Result<(), Failure> {
        let (target, alias) = self.follow(node)?;
        let raw = self.raw(target);
        let (from_shared, merged) =
            self.frames.last().map_or((false, false), |frame| (frame.shared, frame.merged));
        let shared = from_shared || alias != NONE;
        let span = raw.span;
        let mut made = Node {
            start: span.start,
            end: span.end,
            key_start: 0,
            parent: self.frames.last().map_or(NONE, |frame| frame.node),
            next: NONE,
            content: 0,
            hash: 0,
            key_length: 0,
            kind: Kind::Null,
            style: raw.style,
            key_style: Style::Plain,
            flags: 0,
        };
        let below_shared =
            self.document.nodes.get(made.parent as usize).is_some_and(|parent| parent.flags & SHARED != 0);
        if shared || raw.referenced || below_shared {
            made.flags |= SHARED;
        }
        // What is merged itself, not what stands below it.
        if merged {
            made.flags |= MERGED;
        }
        let job = match raw.kind {
            RawKind::Sequence => {
                made.kind = Kind::Sequence;
                Some(Job::Sequence(raw.first))
            }
            RawKind::Mapping => {
                made.kind = Kind::Mapping;
                Some(Job::Mapping(raw.first))
            }
            _ => None,
        };
        if job.is_some() && self.frames.len() >= self.limits.depth {
            return self.limit(node, format!("collections are nested more than {} deep", self.limits.depth));
        }
        if shared {
            self.shared_nodes += 1;
            if self.shared_nodes > self.limits.alias_nodes {
                let message = format!("aliases add more than {} values", self.limits.alias_nodes);
                return self.limit(node, message);
            }
        }
        if job.is_none() {
            self.scalar(target, &mut made)?;
        }
        let number = self.document.nodes.len() as u32;
        if let Some(key) = key {
            self.document.put_under(&mut made, key.span.start, key.span.end, key.style);
            match key.text {
                None => {}
                Some(text) => {
                    made.flags |= KEY_DECODED;
                    self.document.rest.keys.push((number, text.into()));
                }
            }
            if let Some(problem) = key.problem {
                self.suspects.push((number, problem));
            }
        }
        if made.kind == Kind::Float {
            let text = &self.raw(target).text;
            if matches!(resolve::plain(text), Scalar::Float(value) if !value.is_finite()) {
                self.suspects.push((number, "JSON has no infinite numbers and no NaN".to_owned()));
            }
        }
        if let Some(frame) = self.frames.last_mut() {
            if matches!(frame.job, Job::Sequence(_)) {
                made.key_start = frame.items;
                frame.items += 1;
            }
            if let Some(last) = self.document.nodes.get_mut(frame.last as usize) {
                last.next = number;
            }
            frame.last = number;
        }
        self.document.nodes.push(made);
        match job {
            Some(job) => {
                self.frames.push(Frame {
                    job,
                    node: number,
                    last: NONE,
                    items: 0,
                    alias,
                    shared,
                    merged: false,
                });
            }
            None => self.leave(alias),
        }
        Ok(())
    }

    /// Gives a scalar its kind, and its text where that isn't verbatim in the file.
    fn scalar(&mut self, number: u32, made: &mut Node) -> Result<(), Failure> {
        let raw = &self.tree.nodes[number as usize];
        let mut text = Cow::Borrowed(raw.text.as_ref());
        let value = self.meaning(number, &mut text)?;
        made.kind = match value {
            Scalar::Null => Kind::Null,
            Scalar::Bool(_) => Kind::Bool,
            Scalar::Integer(_) => Kind::Integer,
            Scalar::Float(_) => Kind::Float,
            Scalar::String => Kind::String,
        };
        if made.kind == Kind::Float && matches!(resolve::plain(&text), Scalar::Integer(_)) {
            made.flags |= TAGGED;
        }
        if !self.is_verbatim(raw, &text) {
            made.flags |= DECODED;
            if self.texts.is_empty() {
                self.texts = vec![NONE; self.tree.nodes.len()];
            }
            let known = &mut self.texts[number as usize];
            if *known == NONE {
                *known = self.document.rest.texts.len() as u32;
                let cell = OnceLock::from(Box::from(text.as_ref()));
                self.document.rest.texts.push(Text { cell, block: Block::default() });
            }
            made.content = *known;
        }
        Ok(())
    }

    fn meaning(&self, number: u32, text: &mut Cow<'_, str>) -> Result<Scalar, Failure> {
        let raw = self.raw(number);
        if raw.tag.is_empty() {
            return Ok(if raw.implicit { resolve::plain(text) } else { Scalar::String });
        }
        if raw.tag == BINARY {
            let Some(bytes) = base64::decode(text.as_bytes()) else {
                return self.fail(number, "the tag !!binary stands on text that is not base64");
            };
            *text = Cow::Owned(lossy(&bytes));
            return Ok(Scalar::String);
        }
        match resolve::tagged(&raw.tag, text) {
            Ok(value) => Ok(value),
            Err(message) => self.fail(number, message),
        }
    }

    fn is_verbatim(&self, raw: &Raw<'_>, text: &str) -> bool {
        let Span { start, end } = raw.span;
        let written = match raw.style {
            Style::Plain => self.document.text_at(start, end),
            Style::SingleQuoted | Style::DoubleQuoted => {
                self.document.text_at(start + 1, end.saturating_sub(1))
            }
            _ => return false,
        };
        written == text
    }

    fn key(&mut self, node: u32) -> Result<Key, Failure> {
        let (target, alias) = self.follow(node)?;
        let raw = &self.tree.nodes[target as usize];
        if raw.kind != RawKind::Scalar {
            return self.fail(node, "a key is a mapping or a sequence, which JSON has no place for");
        }
        let mut text = Cow::Borrowed(raw.text.as_ref());
        let value = self.meaning(target, &mut text)?;
        let (name, problem) = match crate::arena::key_text(value) {
            Ok(None) if self.is_verbatim(raw, &text) => (None, None),
            Ok(None) => (Some(text.into_owned()), None),
            Ok(name) => (name, None),
            // No other key has this text: it is never seen, since the document fails.
            Err(problem) => (Some(format!("\0{text}")), Some(problem)),
        };
        let (span, style) = (raw.span, raw.style);
        self.leave(alias);
        Ok(Key { span, style, text: name, problem })
    }

    fn merge(&mut self, value: u32) -> Result<(), Failure> {
        const WANTED: &str = "a merge key (<<) takes a mapping, or a sequence of mappings";
        let raw = self.raw(value);
        let is_mapping = |raw: &Raw<'_>| match raw.kind {
            RawKind::Alias => self.raw(raw.target).kind == RawKind::Mapping,
            kind => kind == RawKind::Mapping,
        };
        if is_mapping(raw) {
            return self.merge_mapping(value);
        }
        if raw.kind != RawKind::Sequence {
            return self.fail(value, WANTED);
        }
        let mut sources = Vec::new();
        let mut next = raw.first;
        while next != NONE {
            if !is_mapping(self.raw(next)) {
                return self.fail(next, WANTED);
            }
            sources.push(next);
            next = self.raw(next).next;
        }
        // Earlier ones take precedence, so they are written last.
        let Some(frame) = self.frames.last() else { return Ok(()) };
        let frame = Frame {
            job: Job::Merge(sources),
            node: frame.node,
            last: frame.last,
            items: 0,
            alias: NONE,
            shared: frame.shared,
            merged: true,
        };
        self.push_frame(frame, value)
    }

    fn merge_mapping(&mut self, node: u32) -> Result<(), Failure> {
        let (target, alias) = self.follow(node)?;
        let first = self.raw(target).first;
        let Some(frame) = self.frames.last() else { return Ok(()) };
        let frame = Frame {
            job: Job::Mapping(first),
            node: frame.node,
            last: frame.last,
            items: 0,
            alias,
            shared: frame.shared || alias != NONE,
            merged: true,
        };
        self.push_frame(frame, node)
    }

    fn push_frame(&mut self, frame: Frame, node: u32) -> Result<(), Failure> {
        if self.frames.len() >= self.limits.depth {
            let message = format!("collections are nested more than {} deep", self.limits.depth);
            return self.limit(node, message);
        }
        self.frames.push(frame);
        Ok(())
    }

    fn finish(mut self, span: Span) -> Result<Document, Failure> {
        duplicates::mark(&mut self.document);
        key::hash_all(&mut self.document);
        for (suspect, message) in &self.suspects {
            let mut node = *suspect;
            let counts = loop {
                let Some(at) = self.document.nodes.get(node as usize) else { break true };
                if at.flags & LOST != 0 {
                    break false;
                }
                node = at.parent;
            };
            if counts {
                let node = self.document.node(*suspect);
                let offset = if node.flags & KEYED != 0 { node.key_start } else { node.start };
                return Err(Failure {
                    kind: ErrorKind::Syntax,
                    message: message.clone(),
                    offset,
                    line: None,
                });
            }
        }
        let nodes = Arc::from(self.document.nodes.as_slice());
        Ok(self.document.finish(span, nodes))
    }
}

struct Key {
    span: Span,
    style: Style,
    /// The key as JSON has it, where that isn't verbatim in the file.
    text: Option<String>,
    problem: Option<String>,
}

/// Text of bytes, as Go's `encoding/json` writes it: one mark for each byte that is not UTF-8.
fn lossy(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for _ in chunk.invalid() {
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    text
}
