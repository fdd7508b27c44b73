//! Tokens of YAML, as the library behind `sigs.k8s.io/yaml` finds them.
//!
//! That library reads YAML 1.1 in the way of libyaml, which takes and refuses other texts than a parser
//! of YAML 1.2 does. What it takes decides what reaches a cluster, so its rules are kept here one by one,
//! where it looks ahead included: that decides which of two errors is reported.

mod characters;
mod directives;
mod scalars;
mod tokens;

use std::borrow::Cow;
use std::collections::VecDeque;

use crate::Style;

use characters::wall;

/// A place in the text: a byte offset, and line, column and index in characters, from 0.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mark {
    pub offset: usize,
    pub line: u32,
    pub column: u32,
    index: u32,
}

#[derive(Debug)]
pub(crate) struct Token<'t> {
    pub kind: TokenKind<'t>,
    pub start: Mark,
    pub end: Mark,
}

#[derive(Debug)]
pub(crate) enum TokenKind<'t> {
    StreamEnd,
    VersionDirective(u8, u8),
    /// Handle and prefix.
    TagDirective(Cow<'t, str>, String),
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias(&'t str),
    Anchor(&'t str),
    /// Handle and suffix.
    Tag(Cow<'t, str>, String),
    Scalar(Cow<'t, str>, Style),
}

/// Where and why scanning or parsing stopped.
#[derive(Debug)]
pub(crate) struct Problem {
    pub message: &'static str,
    pub offset: usize,
    /// The line that the library reports, from 1, where it reports one.
    pub line: Option<u32>,
    /// The text holds a character that YAML has no place for.
    pub character: bool,
}

/// A token that may turn out to be a key, once a `:` follows.
#[derive(Clone, Copy, Debug, Default)]
struct SimpleKey {
    possible: bool,
    required: bool,
    token: usize,
    mark: Mark,
}

/// The library's own bound on nesting.
pub(crate) const MAX_DEPTH: usize = 10_000;

#[derive(Debug)]
pub(crate) struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    mark: Mark,
    /// The first character that YAML has no place for, and how far the library has read before it reads that.
    wall: Option<Wall>,
    tokens: VecDeque<Token<'t>>,
    taken: usize,
    ready: bool,
    ended: bool,
    indent: i64,
    indents: Vec<i64>,
    key_allowed: bool,
    keys: Vec<SimpleKey>,
    /// Which token may be which key, by number of the token.
    keys_by_token: VecDeque<(usize, usize)>,
    flow: usize,
}

#[derive(Clone, Copy, Debug)]
struct Wall {
    reached: usize,
    character: usize,
}

type Scan<T = ()> = Result<T, Problem>;

impl<'t> Scanner<'t> {
    pub fn new(text: &'t str) -> Self {
        let start =
            if text.as_bytes().starts_with(crate::source::BOM) { crate::source::BOM.len() } else { 0 };
        Scanner { wall: wall(text, start), ..Scanner::within(text, start) }
    }

    /// A scanner of a part of a text whose characters have been looked at before.
    fn within(text: &'t str, start: usize) -> Self {
        Scanner {
            text,
            bytes: text.as_bytes(),
            mark: Mark { offset: start, ..Mark::default() },
            wall: None,
            tokens: VecDeque::new(),
            taken: 0,
            ready: false,
            ended: false,
            indent: -1,
            indents: Vec::new(),
            key_allowed: true,
            keys: vec![SimpleKey::default()],
            keys_by_token: VecDeque::new(),
            flow: 0,
        }
    }

    /// The text of the scalar that the text begins with; for a block scalar with its indentation.
    pub fn scalar(text: &'t str, style: Style, indent: i64) -> Option<String> {
        let mut scanner = Scanner::within(text, 0);
        // It does not begin its line: three points or dashes are no document's end.
        scanner.mark.column = 1;
        let scanned = match style {
            Style::Literal | Style::Folded => scanner.scan_block_scalar(indent),
            Style::SingleQuoted | Style::DoubleQuoted => scanner.scan_quoted(),
            _ => scanner.scan_plain(),
        };
        scanned.ok()?;
        match scanner.tokens.pop_front()?.kind {
            TokenKind::Scalar(text, _) => Some(text.into_owned()),
            _ => None,
        }
    }

    /// The next token, which stays.
    pub fn peek(&mut self) -> Scan<&Token<'t>> {
        if !self.ready {
            self.fetch_more()?;
            self.ready = true;
        }
        match self.tokens.front() {
            Some(token) => Ok(token),
            None => Err(self.problem("unexpected end of the document")),
        }
    }

    /// Takes the token that [`Scanner::peek`] showed.
    pub fn take(&mut self) -> Option<Token<'t>> {
        self.ready = false;
        self.taken += 1;
        self.tokens.pop_front()
    }
}

fn hex(byte: u8) -> Option<u32> {
    (byte as char).to_digit(16)
}
