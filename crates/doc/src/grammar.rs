//! The grammar of YAML: from tokens to a tree, for one document.

use std::borrow::Cow;

use crate::decode::Failure;
use crate::limits::{MAX_DIRECTIVES, MAX_NODES, TOO_MANY_NODES};
use crate::scanner::{Mark, Problem, Scanner, Token, TokenKind};
use crate::tree::{Raw, RawKind, Tree};
use crate::{ErrorKind, Limits, Span, Style};

/// What a piece of text holds.
pub(crate) struct Parsed<'t> {
    /// `None` where there is no content.
    pub tree: Option<Tree<'t>>,
    /// Where text begins that the library passes over.
    pub ignored: Option<u32>,
}

/// Parses the first document of a text, which begins at byte `base` of its file, as the library does:
/// what follows it is not looked at.
pub(crate) fn parse<'t>(text: &'t str, base: u32, limits: &Limits) -> Result<Parsed<'t>, Failure> {
    let mut grammar = Grammar {
        scanner: Scanner::new(text),
        base,
        length: text.len(),
        limits,
        state: State::DocumentStart,
        states: Vec::new(),
        directives: Vec::new(),
        tree: Tree::default(),
        last: 0,
    };
    let found = loop {
        match grammar.step() {
            Ok(Step::More) => {}
            Ok(Step::End { content }) => break content,
            Err(Stop::Problem(problem)) => return Err(failure(problem, base)),
            Err(Stop::Failure(failure)) => return Err(failure),
        }
    };
    let ignored = if found { grammar.rest() } else { None };
    Ok(Parsed { tree: found.then_some(grammar.tree), ignored })
}

fn failure(problem: Problem, base: u32) -> Failure {
    let kind = if problem.character { ErrorKind::Encoding } else { ErrorKind::Syntax };
    Failure {
        kind,
        message: problem.message.to_owned(),
        offset: base + problem.offset as u32,
        line: problem.line,
    }
}

enum Stop {
    Problem(Problem),
    Failure(Failure),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Stop::Problem(problem)
    }
}

enum Step {
    More,
    End { content: bool },
}

#[derive(Clone, Copy, Debug)]
enum State {
    DocumentStart,
    DocumentContent,
    DocumentEnd,
    BlockNode,
    BlockSequence,
    IndentlessSequence,
    BlockMappingKey,
    BlockMappingValue,
    FlowSequenceFirst,
    FlowSequence,
    FlowPairKey,
    FlowPairValue,
    FlowPairEnd,
    FlowMappingFirst,
    FlowMapping,
    FlowMappingValue,
    FlowMappingNoValue,
}

struct Grammar<'t, 'l> {
    scanner: Scanner<'t>,
    base: u32,
    length: usize,
    limits: &'l Limits,
    state: State,
    states: Vec<State>,
    /// Handles and prefixes of tags.
    directives: Vec<(Cow<'t, str>, String)>,
    tree: Tree<'t>,
    /// Where the last token that was taken ends.
    last: usize,
}

/// What stands before a node.
#[derive(Default)]
struct Properties<'t> {
    anchor: Option<&'t str>,
    tag: Option<(Cow<'t, str>, String, Mark)>,
}

type Parse<T = ()> = Result<T, Stop>;

impl<'t> Grammar<'t, '_> {
    fn step(&mut self) -> Parse<Step> {
        if self.tree.nodes.len() > MAX_NODES {
            return self.limit(TOO_MANY_NODES.to_owned(), self.last);
        }
        match self.state {
            State::DocumentStart => return self.document_start(),
            State::DocumentContent => self.document_content()?,
            State::DocumentEnd => return self.document_end(),
            State::BlockNode => self.node(true, false)?,
            State::BlockSequence => self.block_sequence()?,
            State::IndentlessSequence => self.indentless_sequence()?,
            State::BlockMappingKey => self.block_mapping_key()?,
            State::BlockMappingValue => self.block_mapping_value()?,
            State::FlowSequenceFirst => self.flow_sequence(true)?,
            State::FlowSequence => self.flow_sequence(false)?,
            State::FlowPairKey => self.flow_pair_key()?,
            State::FlowPairValue => self.flow_pair_value()?,
            State::FlowPairEnd => {
                self.peek()?;
                self.state = State::FlowSequence;
                self.tree.end(None);
            }
            State::FlowMappingFirst => self.flow_mapping(true)?,
            State::FlowMapping => self.flow_mapping(false)?,
            State::FlowMappingValue => self.flow_mapping_value()?,
            State::FlowMappingNoValue => {
                self.peek()?;
                self.empty(State::FlowMapping);
            }
        }
        Ok(Step::More)
    }

    fn peek(&mut self) -> Parse<&TokenKind<'t>> {
        Ok(&self.scanner.peek()?.kind)
    }

    fn take(&mut self) -> Option<Token<'t>> {
        let token = self.scanner.take()?;
        self.last = token.end.offset;
        Some(token)
    }

    /// Refuses the next token.
    fn refuse<T>(&mut self, message: &'static str) -> Parse<T> {
        let start = self.scanner.peek()?.start;
        self.refuse_at(message, start)
    }

    fn refuse_at<T>(&self, message: &'static str, mark: Mark) -> Parse<T> {
        // For these the library counts lines from 0, and reports none for the first.
        let line = (mark.line != 0).then_some(mark.line);
        Err(Problem { message, offset: mark.offset, line, character: false }.into())
    }

    fn pop(&mut self) {
        self.state = self.states.pop().unwrap_or(State::DocumentEnd);
    }

    fn place(&self, start: usize, end: usize) -> Span {
        let at = |offset: usize| self.base + offset.min(self.length) as u32;
        Span { start: at(start), end: at(end) }
    }

    /// A value that isn't written, after the last token that was taken.
    fn empty(&mut self, next: State) {
        self.state = next;
        let span = self.place(self.last, self.last);
        self.tree.scalar(Raw::scalar(Style::Plain, span), None);
    }

    fn limit<T>(&self, message: String, at: usize) -> Parse<T> {
        let offset = self.place(at, at).start;
        Err(Stop::Failure(Failure { kind: ErrorKind::Limit, message, offset, line: None }))
    }

    fn begin(&mut self, kind: RawKind, style: Style, start: usize, anchor: Option<&'t str>) -> Parse {
        if self.tree.depth() >= self.limits.depth {
            return self.limit(format!("collections are nested more than {} deep", self.limits.depth), start);
        }
        let span = self.place(start, start);
        self.tree.begin(Raw { kind, ..Raw::scalar(style, span) }, anchor);
        Ok(())
    }

    // Documents.

    fn document_start(&mut self) -> Parse<Step> {
        match self.peek()? {
            TokenKind::StreamEnd => return Ok(Step::End { content: false }),
            TokenKind::VersionDirective(..) | TokenKind::TagDirective(..) | TokenKind::DocumentStart => {
                self.directives()?;
                if !matches!(self.peek()?, TokenKind::DocumentStart) {
                    return self.refuse("a document that has directives begins with '---'");
                }
                self.take();
                self.state = State::DocumentContent;
            }
            _ => {
                self.directives()?;
                self.state = State::BlockNode;
            }
        }
        self.states.push(State::DocumentEnd);
        Ok(Step::More)
    }

    fn directives(&mut self) -> Parse {
        let mut version = false;
        loop {
            let token = self.scanner.peek()?;
            let start = token.start;
            match &token.kind {
                TokenKind::VersionDirective(major, minor) => {
                    if version {
                        return self.refuse_at("the directive %YAML stands twice", start);
                    }
                    if (*major, *minor) != (1, 1) {
                        return self.refuse_at("only version 1.1 of YAML is read", start);
                    }
                    version = true;
                }
                TokenKind::TagDirective(handle, _) => {
                    if self.directives.iter().any(|(known, _)| known == handle) {
                        return self.refuse_at("a %TAG directive stands twice", start);
                    }
                }
                _ => break,
            }
            if let Some(Token { kind: TokenKind::TagDirective(handle, prefix), .. }) = self.take() {
                if self.directives.len() >= MAX_DIRECTIVES {
                    let message = format!("the document has more than {MAX_DIRECTIVES} %TAG directives");
                    return self.limit(message, start.offset);
                }
                self.directives.push((handle, prefix));
            }
        }
        for (handle, prefix) in [("!", "!"), ("!!", "tag:yaml.org,2002:")] {
            if !self.directives.iter().any(|(known, _)| known == handle) {
                self.directives.push((Cow::Borrowed(handle), prefix.to_owned()));
            }
        }
        Ok(())
    }

    fn document_content(&mut self) -> Parse {
        match self.peek()? {
            TokenKind::VersionDirective(..)
            | TokenKind::TagDirective(..)
            | TokenKind::DocumentStart
            | TokenKind::DocumentEnd
            | TokenKind::StreamEnd => {
                self.pop();
                self.empty(self.state);
                Ok(())
            }
            _ => self.node(true, false),
        }
    }

    fn document_end(&mut self) -> Parse<Step> {
        if matches!(self.peek()?, TokenKind::DocumentEnd) {
            self.take();
        }
        Ok(Step::End { content: true })
    }

    /// Where text stands after the document that the library has not looked at.
    fn rest(&mut self) -> Option<u32> {
        loop {
            match self.scanner.peek() {
                Ok(Token { kind: TokenKind::DocumentEnd, .. }) => {}
                Ok(Token { kind: TokenKind::StreamEnd, .. }) => return None,
                Ok(token) => return Some(self.base + token.start.offset as u32),
                Err(problem) => return Some(self.base + problem.offset as u32),
            }
            self.take();
        }
    }

    // Nodes.

    fn node(&mut self, block: bool, indentless: bool) -> Parse {
        if let TokenKind::Alias(name) = *self.peek()? {
            self.pop();
            let Some(token) = self.take() else { return Ok(()) };
            let span = self.place(token.start.offset, token.end.offset);
            if !self.tree.alias(name, span) {
                return Err(Stop::Failure(Failure {
                    kind: ErrorKind::Syntax,
                    message: format!("the alias *{name} refers to an anchor that isn't there"),
                    offset: span.start,
                    line: None,
                }));
            }
            return Ok(());
        }
        let mut properties = Properties::default();
        let mut has_anchor = false;
        if let TokenKind::Anchor(name) = *self.peek()? {
            properties.anchor = Some(name);
            has_anchor = true;
            self.take();
        }
        if matches!(self.peek()?, TokenKind::Tag(..)) {
            if let Some(Token { kind: TokenKind::Tag(handle, suffix), start, .. }) = self.take() {
                properties.tag = Some((handle, suffix, start));
            }
            if !has_anchor && let TokenKind::Anchor(name) = *self.peek()? {
                properties.anchor = Some(name);
                self.take();
            }
        }
        let start = self.scanner.peek()?.start.offset;
        let tag = self.resolve_tag(properties.tag)?;
        let anchor = properties.anchor;
        match self.peek()? {
            TokenKind::BlockEntry if indentless => {
                self.state = State::IndentlessSequence;
                self.begin(RawKind::Sequence, Style::Block, start, anchor)
            }
            TokenKind::Scalar(..) => {
                self.pop();
                let Some(Token { kind: TokenKind::Scalar(text, style), start, end }) = self.take() else {
                    return Ok(());
                };
                let span = self.place(start.offset, end.offset);
                let mut raw = Raw::scalar(style, span);
                raw.implicit = (tag.is_empty() && style == Style::Plain) || tag == "!";
                raw.text = text;
                raw.tag = tag;
                self.tree.scalar(raw, anchor);
                Ok(())
            }
            TokenKind::FlowSequenceStart => {
                self.take();
                self.state = State::FlowSequenceFirst;
                self.begin(RawKind::Sequence, Style::Flow, start, anchor)
            }
            TokenKind::FlowMappingStart => {
                self.take();
                self.state = State::FlowMappingFirst;
                self.begin(RawKind::Mapping, Style::Flow, start, anchor)
            }
            TokenKind::BlockSequenceStart if block => {
                self.take();
                self.state = State::BlockSequence;
                self.begin(RawKind::Sequence, Style::Block, start, anchor)
            }
            TokenKind::BlockMappingStart if block => {
                self.take();
                self.state = State::BlockMappingKey;
                self.begin(RawKind::Mapping, Style::Block, start, anchor)
            }
            _ if anchor.is_some() || !tag.is_empty() => {
                self.pop();
                let span = self.place(self.last, self.last);
                let mut raw = Raw::scalar(Style::Plain, span);
                raw.implicit = tag.is_empty();
                raw.tag = tag;
                self.tree.scalar(raw, anchor);
                Ok(())
            }
            _ => self.refuse("a value is missing here, or this cannot stand here"),
        }
    }

    fn resolve_tag(&self, tag: Option<(Cow<'t, str>, String, Mark)>) -> Parse<Cow<'t, str>> {
        let Some((handle, suffix, mark)) = tag else { return Ok(Cow::Borrowed("")) };
        if handle.is_empty() {
            return Ok(Cow::Owned(suffix));
        }
        let prefix = self.directives.iter().find(|(known, _)| *known == handle);
        let tag = prefix.map(|(_, prefix)| format!("{prefix}{suffix}")).unwrap_or_default();
        if tag.is_empty() {
            return self.refuse_at("a tag has a handle that no %TAG directive defines", mark);
        }
        Ok(Cow::Owned(tag))
    }

    // Block collections.

    fn block_sequence(&mut self) -> Parse {
        match self.peek()? {
            TokenKind::BlockEntry => {
                self.take();
                match self.peek()? {
                    TokenKind::BlockEntry | TokenKind::BlockEnd => self.empty(State::BlockSequence),
                    _ => {
                        self.states.push(State::BlockSequence);
                        self.node(true, false)?;
                    }
                }
                Ok(())
            }
            TokenKind::BlockEnd => {
                self.pop();
                self.scanner.take();
                self.tree.end(None);
                Ok(())
            }
            _ => self.refuse("a sequence item (-) was expected here; is the indentation right?"),
        }
    }

    fn indentless_sequence(&mut self) -> Parse {
        if !matches!(self.peek()?, TokenKind::BlockEntry) {
            self.pop();
            self.tree.end(None);
            return Ok(());
        }
        self.take();
        match self.peek()? {
            TokenKind::BlockEntry | TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => {
                self.empty(State::IndentlessSequence);
            }
            _ => {
                self.states.push(State::IndentlessSequence);
                self.node(true, false)?;
            }
        }
        Ok(())
    }

    fn block_mapping_key(&mut self) -> Parse {
        match self.peek()? {
            TokenKind::Key => {
                self.take();
                match self.peek()? {
                    TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => {
                        self.empty(State::BlockMappingValue);
                    }
                    _ => {
                        self.states.push(State::BlockMappingValue);
                        self.node(true, true)?;
                    }
                }
                Ok(())
            }
            TokenKind::BlockEnd => {
                self.pop();
                self.scanner.take();
                self.tree.end(None);
                Ok(())
            }
            _ => self.refuse("a key was expected here; is the indentation right?"),
        }
    }

    fn block_mapping_value(&mut self) -> Parse {
        if !matches!(self.peek()?, TokenKind::Value) {
            self.empty(State::BlockMappingKey);
            return Ok(());
        }
        self.take();
        match self.peek()? {
            TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => self.empty(State::BlockMappingKey),
            _ => {
                self.states.push(State::BlockMappingKey);
                self.node(true, true)?;
            }
        }
        Ok(())
    }

    // Flow collections.

    fn flow_end(&mut self) {
        self.pop();
        self.take();
        let end = self.place(self.last, self.last).end;
        self.tree.end(Some(end));
    }

    fn flow_sequence(&mut self, first: bool) -> Parse {
        if !first && !matches!(self.peek()?, TokenKind::FlowSequenceEnd) {
            if !matches!(self.peek()?, TokenKind::FlowEntry) {
                return self.refuse("',' or ']' was expected here");
            }
            self.take();
        }
        match self.peek()? {
            TokenKind::FlowSequenceEnd => {
                self.flow_end();
                Ok(())
            }
            TokenKind::Key => {
                let start = self.scanner.peek()?.start.offset;
                self.scanner.take();
                self.state = State::FlowPairKey;
                self.begin(RawKind::Mapping, Style::Flow, start, None)
            }
            _ => {
                self.states.push(State::FlowSequence);
                self.node(false, false)
            }
        }
    }

    fn flow_pair_key(&mut self) -> Parse {
        match self.peek()? {
            TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowSequenceEnd => {
                // The library takes this token away, whatever it is.
                self.take();
                self.empty(State::FlowPairValue);
                Ok(())
            }
            _ => {
                self.states.push(State::FlowPairValue);
                self.node(false, false)
            }
        }
    }

    fn flow_pair_value(&mut self) -> Parse {
        if matches!(self.peek()?, TokenKind::Value) {
            self.take();
            if !matches!(self.peek()?, TokenKind::FlowEntry | TokenKind::FlowSequenceEnd) {
                self.states.push(State::FlowPairEnd);
                return self.node(false, false);
            }
        }
        self.empty(State::FlowPairEnd);
        Ok(())
    }

    fn flow_mapping(&mut self, first: bool) -> Parse {
        if !first && !matches!(self.peek()?, TokenKind::FlowMappingEnd) {
            if !matches!(self.peek()?, TokenKind::FlowEntry) {
                return self.refuse("',' or '}' was expected here");
            }
            self.take();
        }
        match self.peek()? {
            TokenKind::FlowMappingEnd => {
                self.flow_end();
                Ok(())
            }
            TokenKind::Key => {
                self.scanner.take();
                match self.peek()? {
                    TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowMappingEnd => {
                        self.empty(State::FlowMappingValue);
                        Ok(())
                    }
                    _ => {
                        self.states.push(State::FlowMappingValue);
                        self.node(false, false)
                    }
                }
            }
            _ => {
                self.states.push(State::FlowMappingNoValue);
                self.node(false, false)
            }
        }
    }

    fn flow_mapping_value(&mut self) -> Parse {
        if matches!(self.peek()?, TokenKind::Value) {
            self.take();
            if !matches!(self.peek()?, TokenKind::FlowEntry | TokenKind::FlowMappingEnd) {
                self.states.push(State::FlowMapping);
                return self.node(false, false);
            }
        }
        self.empty(State::FlowMapping);
        Ok(())
    }
}
