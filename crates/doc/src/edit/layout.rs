//! How a document is written, so that what is added looks like what is there.

use crate::document::MERGED;
use crate::edit::lines::Lines;
use crate::edit::literal::{Block, Quote};
use crate::{Document, Kind, Style, Value};

/// How a document is written as a whole.
pub(super) struct Layout<'d> {
    pub document: &'d Document,
    pub lines: Lines<'d>,
    pub newline: &'static str,
    /// Every key and string has double quotes.
    pub json: bool,
    /// The quotes that strings have most often.
    pub quote: Quote,
    /// Between two entries or items in flow style on one line.
    pub comma: &'static str,
    /// Between key and value in flow style.
    pub colon: &'static str,
    /// What a level of JSON is indented by, where it is written over several lines.
    pub unit: Option<String>,
    block: Block,
}

/// Columns by which a mapping stands deeper than its key where the document doesn't show.
const STEP: usize = 2;

impl<'d> Layout<'d> {
    pub fn of(document: &'d Document) -> Self {
        let lines = Lines(document.file().text());
        let text = lines.0;
        let newline = match text.find(['\n', '\r']) {
            Some(at) if text[at..].starts_with("\r\n") => "\r\n",
            Some(at) if text[at..].starts_with('\r') => "\r",
            _ => "\n",
        };
        let mut values = (0..document.nodes.len() as u32).map(|node| Value::new(document, node));
        let first = values.find(|value| value.key_span().is_some());
        let root = document.root();
        let json = root.style() == Style::Flow
            && match first {
                Some(value) => value.raw().key_style == Style::DoubleQuoted,
                None => document.file().name().ends_with(".json"),
            };
        let mut layout = Layout {
            document,
            lines,
            newline,
            json,
            quote: most_used_quote(document),
            comma: ", ",
            colon: ": ",
            unit: None,
            block: Block { step: STEP, sequence: 0 },
        };
        if json {
            layout.read_json(root, first);
        }
        let step = |kind| {
            (0..document.nodes.len() as u32).find_map(|node| layout.depth_below_key(layout.value(node), kind))
        };
        let (step, sequence) = (step(Kind::Mapping), step(Kind::Sequence));
        layout.block = Block { step: step.unwrap_or(STEP), sequence: sequence.unwrap_or(0) };
        layout
    }

    fn read_json(&mut self, root: Value<'d>, first: Option<Value<'_>>) {
        let key = first.and_then(Value::key_span);
        let colon = key.map(|key| self.lines.skip_blanks(key.end as usize));
        let is_spaced = colon.is_some_and(|colon| self.lines.byte(colon + 1) == Some(b' '));
        if !is_spaced {
            self.colon = ":";
            self.comma = ",";
        }
        let start = root.span().start as usize;
        let child =
            root.children().next().map(|child| child.key_span().unwrap_or(child.span()).start as usize);
        if let Some(child) = child
            && self.lines.start(child) > start
        {
            let outer = self.lines.indent(start);
            self.unit = self.lines.indent(child).strip_prefix(outer).map(str::to_owned);
        }
    }

    pub fn value(&self, node: u32) -> Value<'d> {
        Value::new(self.document, node)
    }

    /// Where the key of a node begins and ends; at 0 for one without a key.
    pub fn key_place(&self, node: u32) -> (usize, usize) {
        self.value(node).key_span().map_or((0, 0), |key| (key.start as usize, key.end as usize))
    }

    /// Where the value of a node begins and ends.
    pub fn place(&self, node: u32) -> (usize, usize) {
        let span = self.value(node).span();
        (span.start as usize, span.end as usize)
    }

    /// Whether a node is a collection in flow style.
    pub fn is_flow(&self, node: u32) -> bool {
        self.value(node).style() == Style::Flow
    }

    /// Whether a node stands in a collection in flow style, or is the root of a JSON document.
    pub fn is_in_flow(&self, node: u32) -> bool {
        self.value(node).parent().map_or(self.json, |parent| parent.style() == Style::Flow)
    }

    /// Entries or items as they are written, those that are lost to a later key too.
    pub fn written(&self, node: u32) -> impl Iterator<Item = u32> + use<'d> {
        let nodes = &self.document.nodes;
        let first = self.document.first_child(node);
        let first = nodes.get(first as usize).map(|_| first);
        std::iter::successors(first, move |node| {
            let next = nodes.get(*node as usize)?.next;
            nodes.get(next as usize).map(|_| next)
        })
        .filter(move |node| nodes.get(*node as usize).is_some_and(|node| node.flags & MERGED == 0))
    }

    /// The column of a place, from 0, where only spaces and dashes stand before it.
    pub fn column(&self, at: usize) -> Option<usize> {
        let prefix = self.lines.prefix(at);
        prefix.bytes().all(|b| matches!(b, b' ' | b'-')).then_some(prefix.len())
    }

    /// A line break, and spaces up to a column.
    pub fn line_break(&self, column: usize) -> String {
        format!("{}{}", self.newline, " ".repeat(column))
    }

    /// How much deeper than its key a block collection stands.
    fn depth_below_key(&self, value: Value<'_>, kind: Kind) -> Option<usize> {
        if value.kind() != kind || value.style() != Style::Block {
            return None;
        }
        let key = value.key_span()?;
        let column = |at: u32| self.column(at as usize);
        let depth = column(value.span().start)?.checked_sub(column(key.start)?)?;
        (kind == Kind::Sequence || depth > 0).then_some(depth)
    }

    /// The block style around a node: what its nearest ancestors show, else the document.
    pub fn block_near(&self, node: u32) -> Block {
        let mut style = self.block;
        let mut found = (false, false);
        for value in std::iter::successors(Some(self.value(node)), |value| value.parent()) {
            if !found.0
                && let Some(step) = self.depth_below_key(value, Kind::Mapping)
            {
                style.step = step;
                found.0 = true;
            }
            if !found.1
                && let Some(step) = self.depth_below_key(value, Kind::Sequence)
            {
                style.sequence = step;
                found.1 = true;
            }
        }
        style
    }

    /// The quotes that all keys of a mapping have.
    pub fn key_quote(&self, node: u32) -> Quote {
        self.shared_quote(self.written(node).map(|child| self.document.node(child).key_style))
    }

    /// The quotes that all strings of a sequence have.
    pub fn item_quote(&self, node: u32) -> Quote {
        let children = self.written(node).map(|child| self.document.node(child));
        self.shared_quote(children.filter(|child| child.kind == Kind::String).map(|child| child.style))
    }

    fn shared_quote(&self, styles: impl Iterator<Item = Style>) -> Quote {
        let mut quotes = styles.map(Quote::of);
        match quotes.next() {
            Some(first) if quotes.all(|quote| quote == first) => first,
            _ => Quote::Least,
        }
    }
}

fn most_used_quote(document: &Document) -> Quote {
    let count = |style| document.nodes.iter().filter(|node| node.style == style).count();
    if count(Style::SingleQuoted) > count(Style::DoubleQuoted) { Quote::Single } else { Quote::Double }
}
