//! Tokens of YAML, as the library behind `sigs.k8s.io/yaml` finds them.
//!
//! That library reads YAML 1.1 in the way of libyaml, which takes and refuses other texts than a parser
//! of YAML 1.2 does. What it takes decides what reaches a cluster, so its rules are kept here one by one,
//! where it looks ahead included: that decides which of two errors is reported.

use std::borrow::Cow;
use std::collections::VecDeque;

use crate::Style;

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

    // Characters.

    fn byte(&self, ahead: usize) -> u8 {
        let at = self.mark.offset + ahead;
        match self.bytes.get(at) {
            Some(&byte) => byte,
            // kubectl's reader ends every line.
            None if at == self.bytes.len() && !self.bytes.ends_with(b"\n") => b'\n',
            None => 0,
        }
    }

    /// Has the library read that many characters from here on?
    fn need(&self, characters: usize) -> Scan {
        let Some(wall) = self.wall else { return Ok(()) };
        let left = wall.reached.saturating_sub(self.mark.offset);
        if left >= characters * 4 {
            return Ok(());
        }
        let there = self.bytes.get(self.mark.offset..wall.reached).unwrap_or(&[]);
        if there.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() >= characters {
            return Ok(());
        }
        Err(Problem {
            message: "a control character stands here, which YAML has no place for",
            offset: wall.character,
            line: None,
            character: true,
        })
    }

    fn is_blank(&self, ahead: usize) -> bool {
        matches!(self.byte(ahead), b' ' | b'\t')
    }

    fn is_break(&self, ahead: usize) -> bool {
        match self.byte(ahead) {
            b'\n' | b'\r' => true,
            0xc2 => self.byte(ahead + 1) == 0x85,
            0xe2 => self.byte(ahead + 1) == 0x80 && matches!(self.byte(ahead + 2), 0xa8 | 0xa9),
            _ => false,
        }
    }

    fn is_break_or_end(&self, ahead: usize) -> bool {
        self.byte(ahead) == 0 || self.is_break(ahead)
    }

    fn is_blank_or_end(&self, ahead: usize) -> bool {
        self.is_blank(ahead) || self.is_break_or_end(ahead)
    }

    fn is_alpha(&self) -> bool {
        matches!(self.byte(0), b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'-')
    }

    /// Three bytes at the beginning of a line that end or begin a document.
    fn is_document_indicator(&self) -> bool {
        self.mark.column == 0
            && matches!([self.byte(0), self.byte(1), self.byte(2)], [b'-', b'-', b'-'] | [b'.', b'.', b'.'])
            && self.is_blank_or_end(3)
    }

    /// Passes one character.
    fn skip(&mut self) {
        self.mark.index += 1;
        self.mark.column += 1;
        self.mark.offset += width(self.byte(0));
    }

    /// Passes one line break, if one stands here, and gives what it stands for in a scalar.
    fn line_break(&mut self) -> &'static str {
        let (width, stands_for) = match [self.byte(0), self.byte(1), self.byte(2)] {
            // kubectl's reader takes one carriage return from the end of each line.
            [b'\r', b'\r', b'\n'] if self.mark.offset + 2 < self.bytes.len() => {
                self.mark.index += 1;
                (3, "\n")
            }
            [b'\r', b'\n', _] => {
                self.mark.index += 1;
                (2, "\n")
            }
            [b'\r' | b'\n', ..] => (1, "\n"),
            [0xc2, 0x85, _] => (2, "\n"),
            [0xe2, 0x80, 0xa8] => (3, "\u{2028}"),
            [0xe2, 0x80, 0xa9] => (3, "\u{2029}"),
            _ => return "",
        };
        self.mark.offset += width;
        self.mark.index += 1;
        self.mark.column = 0;
        self.mark.line += 1;
        stands_for
    }

    fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end.min(self.text.len())).unwrap_or("")
    }

    /// Passes one character and adds it to the text.
    fn read(&mut self, text: &mut String) {
        let start = self.mark.offset;
        self.skip();
        text.push_str(self.slice(start, self.mark.offset));
    }

    fn problem(&self, message: &'static str) -> Problem {
        let line = (self.mark.line != 0).then_some(self.mark.line + 1);
        Problem { message, offset: self.mark.offset, line, character: false }
    }

    fn fail<T>(&self, message: &'static str) -> Scan<T> {
        Err(self.problem(message))
    }

    // Tokens.

    fn push(&mut self, kind: TokenKind<'t>, start: Mark) {
        self.tokens.push_back(Token { kind, start, end: self.mark });
    }

    /// Inserts a token at a place of the queue; at its end where that place is gone.
    fn insert(&mut self, number: usize, kind: TokenKind<'t>, mark: Mark) {
        let token = Token { kind, start: mark, end: mark };
        match number.checked_sub(self.taken) {
            Some(at) if at <= self.tokens.len() => self.tokens.insert(at, token),
            _ => self.tokens.push_back(token),
        }
    }

    fn fetch_more(&mut self) -> Scan {
        loop {
            if !self.tokens.is_empty() {
                // The first token may be a key: then a key token has to come before it.
                while self.keys_by_token.front().is_some_and(|&(token, _)| token < self.taken) {
                    self.keys_by_token.pop_front();
                }
                match self.keys_by_token.front() {
                    Some(&(token, key)) if token == self.taken => {
                        if !self.is_key_valid(key)? {
                            return Ok(());
                        }
                    }
                    _ => return Ok(()),
                }
            } else if self.ended {
                return Ok(());
            }
            self.fetch()?;
        }
    }

    fn fetch(&mut self) -> Scan {
        self.need(1)?;
        self.pass_to_token()?;
        self.unroll(i64::from(self.mark.column));
        self.need(4)?;
        let byte = self.byte(0);
        if byte == 0 {
            return self.fetch_end();
        }
        if self.mark.column == 0 && byte == b'%' {
            return self.fetch_directive();
        }
        if self.is_document_indicator() {
            return self.fetch_document_indicator();
        }
        match byte {
            b'[' => self.fetch_flow_start(TokenKind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(TokenKind::FlowMappingStart),
            b']' => self.fetch_flow_end(TokenKind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(TokenKind::FlowMappingEnd),
            b',' => self.fetch_flow_entry(),
            b'-' if self.is_blank_or_end(1) => self.fetch_block_entry(),
            b'?' if self.flow > 0 || self.is_blank_or_end(1) => self.fetch_key(),
            b':' if self.flow > 0 || self.is_blank_or_end(1) => self.fetch_value(),
            b'*' | b'&' => self.fetch_anchor(),
            b'!' => self.fetch_tag(),
            b'|' | b'>' if self.flow == 0 => self.fetch_block_scalar(),
            b'\'' | b'"' => {
                self.save_key()?;
                self.key_allowed = false;
                self.scan_quoted()
            }
            b'-' | b'?' | b':' => self.fetch_plain(),
            b'\t' | b'|' | b'>' | b'%' | b'@' | b'`' => {
                self.fail("this character cannot begin a value; quote the value")
            }
            _ => self.fetch_plain(),
        }
    }

    fn is_key_valid(&mut self, key: usize) -> Scan<bool> {
        let Some(&simple) = self.keys.get(key) else { return Ok(false) };
        if !simple.possible {
            return Ok(false);
        }
        if simple.mark.line < self.mark.line || simple.mark.index + 1024 < self.mark.index {
            if simple.required {
                return self.fail("a key lacks its ':'");
            }
            self.keys[key].possible = false;
            return Ok(false);
        }
        Ok(true)
    }

    fn save_key(&mut self) -> Scan {
        let required = self.flow == 0 && self.indent == i64::from(self.mark.column);
        if self.key_allowed {
            let token = self.taken + self.tokens.len();
            self.remove_key()?;
            let key = SimpleKey { possible: true, required, token, mark: self.mark };
            if let Some(last) = self.keys.last_mut() {
                *last = key;
            }
            if self.keys_by_token.back().is_some_and(|&(known, _)| known == token) {
                self.keys_by_token.pop_back();
            }
            self.keys_by_token.push_back((token, self.keys.len() - 1));
        }
        Ok(())
    }

    fn remove_key(&mut self) -> Scan {
        let Some(&key) = self.keys.last() else { return Ok(()) };
        if key.possible {
            if key.required {
                return self.fail("a key lacks its ':'");
            }
            if let Some(last) = self.keys.last_mut() {
                last.possible = false;
            }
            self.forget_key(key.token);
        }
        Ok(())
    }

    fn forget_key(&mut self, token: usize) {
        if let Some(at) = self.keys_by_token.iter().rposition(|&(known, _)| known <= token)
            && self.keys_by_token[at].0 == token
        {
            self.keys_by_token.remove(at);
        }
    }

    /// Opens a block collection where the column is deeper than the last one's.
    fn roll(&mut self, column: u32, number: Option<usize>, kind: TokenKind<'t>, mark: Mark) -> Scan {
        let column = i64::from(column);
        if self.flow > 0 || self.indent >= column {
            return Ok(());
        }
        self.indents.push(self.indent);
        self.indent = column;
        if self.indents.len() > MAX_DEPTH {
            return self.fail("collections are nested too deep");
        }
        match number {
            Some(number) => self.insert(number, kind, mark),
            None => self.tokens.push_back(Token { kind, start: mark, end: mark }),
        }
        Ok(())
    }

    /// Closes the block collections that are deeper than the column.
    fn unroll(&mut self, column: i64) {
        if self.flow > 0 {
            return;
        }
        while self.indent > column {
            self.push(TokenKind::BlockEnd, self.mark);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    fn fetch_end(&mut self) -> Scan {
        if self.mark.column != 0 {
            self.mark.column = 0;
            self.mark.line += 1;
        }
        self.unroll(-1);
        self.remove_key()?;
        self.key_allowed = false;
        self.push(TokenKind::StreamEnd, self.mark);
        self.ended = true;
        Ok(())
    }

    fn fetch_directive(&mut self) -> Scan {
        self.unroll(-1);
        self.remove_key()?;
        self.key_allowed = false;
        self.scan_directive()
    }

    fn fetch_document_indicator(&mut self) -> Scan {
        let kind = if self.byte(0) == b'-' { TokenKind::DocumentStart } else { TokenKind::DocumentEnd };
        self.unroll(-1);
        self.remove_key()?;
        self.key_allowed = false;
        let start = self.mark;
        for _ in 0..3 {
            self.skip();
        }
        self.push(kind, start);
        Ok(())
    }

    fn fetch_flow_start(&mut self, kind: TokenKind<'t>) -> Scan {
        self.save_key()?;
        let token = self.taken + self.tokens.len();
        self.keys.push(SimpleKey { token, mark: self.mark, ..SimpleKey::default() });
        self.flow += 1;
        if self.flow > MAX_DEPTH {
            return self.fail("collections are nested too deep");
        }
        self.key_allowed = true;
        self.indicator(kind);
        Ok(())
    }

    fn fetch_flow_end(&mut self, kind: TokenKind<'t>) -> Scan {
        self.remove_key()?;
        if self.flow > 0 {
            self.flow -= 1;
            if let Some(key) = self.keys.pop() {
                self.forget_key(key.token);
            }
        }
        self.key_allowed = false;
        self.indicator(kind);
        Ok(())
    }

    fn fetch_flow_entry(&mut self) -> Scan {
        self.remove_key()?;
        self.key_allowed = true;
        self.indicator(TokenKind::FlowEntry);
        Ok(())
    }

    fn fetch_block_entry(&mut self) -> Scan {
        if self.flow == 0 {
            if !self.key_allowed {
                return self.fail("a sequence item (-) cannot stand here");
            }
            self.roll(self.mark.column, None, TokenKind::BlockSequenceStart, self.mark)?;
        }
        self.remove_key()?;
        self.key_allowed = true;
        self.indicator(TokenKind::BlockEntry);
        Ok(())
    }

    fn fetch_key(&mut self) -> Scan {
        if self.flow == 0 {
            if !self.key_allowed {
                return self.fail("a key cannot stand here");
            }
            self.roll(self.mark.column, None, TokenKind::BlockMappingStart, self.mark)?;
        }
        self.remove_key()?;
        self.key_allowed = self.flow == 0;
        self.indicator(TokenKind::Key);
        Ok(())
    }

    fn fetch_value(&mut self) -> Scan {
        let last = self.keys.len().saturating_sub(1);
        if self.is_key_valid(last)? {
            let key = self.keys[last];
            self.insert(key.token, TokenKind::Key, key.mark);
            self.roll(key.mark.column, Some(key.token), TokenKind::BlockMappingStart, key.mark)?;
            self.keys[last].possible = false;
            self.forget_key(key.token);
            self.key_allowed = false;
        } else {
            if self.flow == 0 {
                if !self.key_allowed {
                    return self
                        .fail("a mapping value cannot stand here; quote the value, or begin a new line");
                }
                self.roll(self.mark.column, None, TokenKind::BlockMappingStart, self.mark)?;
            }
            self.key_allowed = self.flow == 0;
        }
        self.indicator(TokenKind::Value);
        Ok(())
    }

    /// A token of one character.
    fn indicator(&mut self, kind: TokenKind<'t>) {
        let start = self.mark;
        self.skip();
        self.push(kind, start);
    }

    fn fetch_anchor(&mut self) -> Scan {
        self.save_key()?;
        self.key_allowed = false;
        let start = self.mark;
        let alias = self.byte(0) == b'*';
        self.skip();
        self.need(1)?;
        let from = self.mark.offset;
        while self.is_alpha() {
            self.skip();
            self.need(1)?;
        }
        let name = self.slice(from, self.mark.offset);
        let ends = self.is_blank_or_end(0)
            || matches!(self.byte(0), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if name.is_empty() || !ends {
            return self.fail("the name of an anchor or alias is letters, digits, - and _");
        }
        self.push(if alias { TokenKind::Alias(name) } else { TokenKind::Anchor(name) }, start);
        Ok(())
    }

    fn fetch_block_scalar(&mut self) -> Scan {
        self.remove_key()?;
        self.key_allowed = true;
        self.scan_block_scalar(0)
    }

    fn fetch_plain(&mut self) -> Scan {
        self.save_key()?;
        self.key_allowed = false;
        self.scan_plain()
    }

    fn fetch_tag(&mut self) -> Scan {
        self.save_key()?;
        self.key_allowed = false;
        self.scan_tag()
    }

    fn pass_to_token(&mut self) -> Scan {
        loop {
            self.need(1)?;
            while self.byte(0) == b' ' || ((self.flow > 0 || !self.key_allowed) && self.byte(0) == b'\t') {
                self.skip();
                self.need(1)?;
            }
            self.comment()?;
            if !self.is_break(0) {
                return Ok(());
            }
            self.need(2)?;
            self.line_break();
            if self.flow == 0 {
                self.key_allowed = true;
            }
        }
    }

    fn blanks(&mut self) -> Scan {
        self.need(1)?;
        while self.is_blank(0) {
            self.skip();
            self.need(1)?;
        }
        Ok(())
    }

    fn comment(&mut self) -> Scan {
        if self.byte(0) == b'#' {
            while !self.is_break_or_end(0) {
                self.skip();
                self.need(1)?;
            }
        }
        Ok(())
    }

    /// Blanks and a comment, then the end of the line.
    fn rest_of_line(&mut self) -> Scan {
        self.blanks()?;
        self.comment()?;
        if !self.is_break_or_end(0) {
            return self.fail("only a comment can stand here");
        }
        if self.is_break(0) {
            self.need(2)?;
            self.line_break();
        }
        Ok(())
    }

    // Directives and tags.

    fn scan_directive(&mut self) -> Scan {
        let start = self.mark;
        self.skip();
        self.need(1)?;
        let from = self.mark.offset;
        while self.is_alpha() {
            self.skip();
            self.need(1)?;
        }
        let name = self.slice(from, self.mark.offset);
        if name.is_empty() {
            return self.fail("a directive (%) lacks its name");
        }
        if !self.is_blank_or_end(0) {
            return self.fail("the name of a directive is letters");
        }
        let (kind, end) = match name {
            "YAML" => {
                self.blanks()?;
                let major = self.scan_version()?;
                if self.byte(0) != b'.' {
                    return self.fail("the version of a %YAML directive is a number, a point and a number");
                }
                self.skip();
                let minor = self.scan_version()?;
                (TokenKind::VersionDirective(major, minor), self.mark)
            }
            "TAG" => {
                self.blanks()?;
                let handle = self.scan_tag_handle(true)?;
                self.need(1)?;
                if !self.is_blank(0) {
                    return self
                        .fail("a blank belongs between the handle and the prefix of a %TAG directive");
                }
                while self.is_blank(0) {
                    self.skip();
                }
                let prefix = self.scan_tag_uri("", false)?;
                self.need(1)?;
                if !self.is_blank_or_end(0) {
                    return self.fail("the prefix of a %TAG directive has a character that it cannot have");
                }
                (TokenKind::TagDirective(handle, prefix), self.mark)
            }
            _ => return self.fail("only the directives %YAML and %TAG are known"),
        };
        self.rest_of_line()?;
        self.tokens.push_back(Token { kind, start, end });
        Ok(())
    }

    fn scan_version(&mut self) -> Scan<u8> {
        self.need(1)?;
        let mut value = 0;
        let mut length = 0;
        while self.byte(0).is_ascii_digit() {
            length += 1;
            if length > 2 {
                return self.fail("the version of a %YAML directive is too long");
            }
            value = value * 10 + (self.byte(0) - b'0');
            self.skip();
            self.need(1)?;
        }
        if length == 0 {
            return self.fail("a %YAML directive lacks its version");
        }
        Ok(value)
    }

    fn scan_tag(&mut self) -> Scan {
        let start = self.mark;
        self.need(2)?;
        let (handle, suffix) = if self.byte(1) == b'<' {
            self.skip();
            self.skip();
            let suffix = self.scan_tag_uri("", false)?;
            if self.byte(0) != b'>' {
                return self.fail("a tag lacks its '>'");
            }
            self.skip();
            (Cow::Borrowed(""), suffix)
        } else {
            let handle = self.scan_tag_handle(false)?;
            if handle.len() > 1 && handle.ends_with('!') {
                let suffix = self.scan_tag_uri("", false)?;
                (handle, suffix)
            } else {
                let suffix = self.scan_tag_uri(&handle[1..], true)?;
                if suffix.is_empty() {
                    (Cow::Borrowed(""), "!".to_owned())
                } else {
                    (Cow::Borrowed("!"), suffix)
                }
            }
        };
        self.need(1)?;
        if !self.is_blank_or_end(0) {
            return self.fail("a blank belongs after a tag");
        }
        self.push(TokenKind::Tag(handle, suffix), start);
        Ok(())
    }

    fn scan_tag_handle(&mut self, directive: bool) -> Scan<Cow<'t, str>> {
        self.need(1)?;
        if self.byte(0) != b'!' {
            return self.fail("the handle of a tag begins with '!'");
        }
        let from = self.mark.offset;
        self.skip();
        self.need(1)?;
        while self.is_alpha() {
            self.skip();
            self.need(1)?;
        }
        if self.byte(0) == b'!' {
            self.skip();
        } else if directive && self.mark.offset - from != 1 {
            return self.fail("the handle of a %TAG directive ends with '!'");
        }
        Ok(Cow::Borrowed(self.slice(from, self.mark.offset)))
    }

    fn scan_tag_uri(&mut self, head: &str, mut found: bool) -> Scan<String> {
        let mut uri = head.as_bytes().to_vec();
        self.need(1)?;
        while self.is_alpha() || b";/?:@&=+$,.!~*'()[]%".contains(&self.byte(0)) {
            if self.byte(0) == b'%' {
                self.scan_uri_escapes(&mut uri)?;
            } else {
                uri.push(self.byte(0));
                self.skip();
            }
            self.need(1)?;
            found = true;
        }
        if !found {
            return self.fail("a tag lacks its name");
        }
        Ok(String::from_utf8_lossy(&uri).into_owned())
    }

    fn scan_uri_escapes(&mut self, uri: &mut Vec<u8>) -> Scan {
        const MESSAGE: &str = "an escape (%) in a tag is two hexadecimal digits for each byte of UTF-8";
        let mut left: Option<usize> = None;
        while left != Some(0) {
            self.need(3)?;
            let (high, low) = (hex(self.byte(1)), hex(self.byte(2)));
            let (b'%', Some(high), Some(low)) = (self.byte(0), high, low) else { return self.fail(MESSAGE) };
            let octet = (high << 4 | low) as u8;
            left = Some(match left {
                None => match octet {
                    0..0x80 => 0,
                    0xc0..0xe0 => 1,
                    0xe0..0xf0 => 2,
                    0xf0..0xf8 => 3,
                    _ => return self.fail(MESSAGE),
                },
                Some(_) if octet & 0xc0 != 0x80 => return self.fail(MESSAGE),
                Some(left) => left - 1,
            });
            uri.push(octet);
            for _ in 0..3 {
                self.skip();
            }
        }
        Ok(())
    }

    // Scalars.

    /// Scans a block scalar; `known` is the indentation of its text, or 0 to find it.
    fn scan_block_scalar(&mut self, known: i64) -> Scan {
        let start = self.mark;
        let literal = self.byte(0) == b'|';
        self.skip();
        self.need(1)?;
        let mut chomping = None;
        let mut increment = None;
        for _ in 0..2 {
            match self.byte(0) {
                sign @ (b'+' | b'-') if chomping.is_none() => chomping = Some(sign),
                b'0' if increment.is_none() => return self.fail("a block scalar cannot be indented by 0"),
                digit @ b'1'..=b'9' if increment.is_none() => increment = Some(i64::from(digit - b'0')),
                _ => break,
            }
            self.skip();
            self.need(1)?;
        }
        let mut end = self.mark;
        self.rest_of_line()?;
        let mut indent = match increment {
            _ if known > 0 => known,
            Some(increment) => self.indent.max(0) + increment,
            None => 0,
        };
        let mut text = String::new();
        let mut leading = "";
        let mut trailing = String::new();
        self.scan_block_breaks(&mut indent, &mut trailing)?;
        self.need(1)?;
        let mut leading_blank = false;
        while i64::from(self.mark.column) == indent && self.byte(0) != 0 {
            let blank = self.is_blank(0);
            if !literal && leading == "\n" && !leading_blank && !blank {
                if trailing.is_empty() {
                    text.push(' ');
                }
            } else {
                text.push_str(leading);
            }
            text.push_str(&trailing);
            trailing.clear();
            leading_blank = blank;
            let from = self.mark.offset;
            while !self.is_break_or_end(0) {
                self.skip();
                self.need(1)?;
            }
            text.push_str(self.slice(from, self.mark.offset));
            end = self.mark;
            self.need(2)?;
            leading = self.line_break();
            self.scan_block_breaks(&mut indent, &mut trailing)?;
        }
        if chomping != Some(b'-') {
            text.push_str(leading);
        }
        if chomping == Some(b'+') {
            text.push_str(&trailing);
        }
        let style = if literal { Style::Literal } else { Style::Folded };
        self.tokens.push_back(Token { kind: TokenKind::Scalar(Cow::Owned(text), style), start, end });
        Ok(())
    }

    /// Passes indentation and empty lines; finds the indentation where it isn't known (0).
    fn scan_block_breaks(&mut self, indent: &mut i64, breaks: &mut String) -> Scan {
        let mut deepest = 0;
        loop {
            self.need(1)?;
            while (*indent == 0 || i64::from(self.mark.column) < *indent) && self.byte(0) == b' ' {
                self.skip();
                self.need(1)?;
            }
            deepest = deepest.max(i64::from(self.mark.column));
            if (*indent == 0 || i64::from(self.mark.column) < *indent) && self.byte(0) == b'\t' {
                return self.fail("a tab stands where a block scalar is indented; use spaces");
            }
            if !self.is_break(0) {
                break;
            }
            self.need(2)?;
            breaks.push_str(self.line_break());
        }
        if *indent == 0 {
            *indent = deepest.max(self.indent + 1).max(1);
        }
        Ok(())
    }

    fn scan_quoted(&mut self) -> Scan {
        let start = self.mark;
        let quote = self.byte(0);
        let single = quote == b'\'';
        let style = if single { Style::SingleQuoted } else { Style::DoubleQuoted };
        self.skip();
        let from = self.mark.offset;
        // The text while it isn't verbatim; before that, everything since `from` is.
        let mut owned: Option<String> = None;
        loop {
            self.need(4)?;
            if self.is_document_indicator() {
                return self.fail("a document separator stands inside a quoted string");
            }
            if self.byte(0) == 0 {
                return self.fail("a quoted string lacks its closing quote");
            }
            let mut leading_blanks = false;
            while !self.is_blank_or_end(0) {
                let plain = self.plain_run(quote);
                if plain > 0 {
                    if let Some(text) = &mut owned {
                        text.push_str(self.slice(self.mark.offset, self.mark.offset + plain));
                    }
                    self.mark.index += plain as u32;
                    self.mark.column += plain as u32;
                    self.mark.offset += plain;
                    continue;
                }
                let byte = self.byte(0);
                if single && byte == quote && self.byte(1) == quote {
                    let text = owned.get_or_insert_with(|| self.slice(from, self.mark.offset).to_owned());
                    text.push('\'');
                    self.skip();
                    self.skip();
                } else if byte == quote {
                    break;
                } else if !single && byte == b'\\' && self.is_break(1) {
                    self.need(3)?;
                    owned.get_or_insert_with(|| self.slice(from, self.mark.offset).to_owned());
                    self.skip();
                    self.line_break();
                    leading_blanks = true;
                    break;
                } else if !single && byte == b'\\' {
                    let mut text =
                        owned.take().unwrap_or_else(|| self.slice(from, self.mark.offset).to_owned());
                    self.scan_escape(&mut text)?;
                    owned = Some(text);
                } else {
                    match &mut owned {
                        None => self.skip(),
                        Some(_) => {
                            let mut text = owned.take().unwrap_or_default();
                            self.read(&mut text);
                            owned = Some(text);
                        }
                    }
                }
                self.need(2)?;
            }
            self.need(1)?;
            if self.byte(0) == quote {
                break;
            }
            let blanks = self.mark.offset;
            let mut breaks = Breaks::default();
            let escaped = leading_blanks;
            let mut blanks_end = blanks;
            while self.is_blank(0) || self.is_break(0) {
                if self.is_blank(0) {
                    self.skip();
                    if !leading_blanks {
                        blanks_end = self.mark.offset;
                    }
                } else {
                    self.need(2)?;
                    owned.get_or_insert_with(|| self.slice(from, blanks).to_owned());
                    let stands_for = self.line_break();
                    if leading_blanks {
                        breaks.trailing.push_str(stands_for);
                    } else {
                        breaks.leading = stands_for;
                        leading_blanks = true;
                    }
                }
                self.need(1)?;
            }
            if let Some(text) = &mut owned {
                if leading_blanks || escaped {
                    breaks.fold(text);
                } else {
                    text.push_str(self.slice(blanks, blanks_end));
                }
            }
        }
        let text = match owned {
            Some(text) => Cow::Owned(text),
            None => Cow::Borrowed(self.slice(from, self.mark.offset)),
        };
        self.skip();
        self.push(TokenKind::Scalar(text, style), start);
        Ok(())
    }

    /// Bytes from here on that stand for themselves in quotes, as far as that is plain to see.
    fn plain_run(&self, quote: u8) -> usize {
        // Before a wall each character counts.
        if self.wall.is_some() {
            return 0;
        }
        let rest = self.bytes.get(self.mark.offset..).unwrap_or(&[]);
        rest.iter().take_while(|&&byte| byte.is_ascii_graphic() && byte != quote && byte != b'\\').count()
    }

    fn scan_escape(&mut self, text: &mut String) -> Scan {
        let digits = match self.byte(1) {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            simple => {
                let stands_for = match simple {
                    b'0' => "\0",
                    b'a' => "\x07",
                    b'b' => "\x08",
                    b't' | b'\t' => "\t",
                    b'n' => "\n",
                    b'v' => "\x0b",
                    b'f' => "\x0c",
                    b'r' => "\r",
                    b'e' => "\x1b",
                    b' ' => " ",
                    b'"' => "\"",
                    b'\'' => "'",
                    b'\\' => "\\",
                    b'N' => "\u{85}",
                    b'_' => "\u{a0}",
                    b'L' => "\u{2028}",
                    b'P' => "\u{2029}",
                    _ => return self.fail("this escape (\\) is unknown; double the backslash to mean one"),
                };
                text.push_str(stands_for);
                0
            }
        };
        self.skip();
        self.skip();
        if digits > 0 {
            self.need(digits)?;
            let mut value: u32 = 0;
            for at in 0..digits {
                let Some(digit) = hex(self.byte(at)) else {
                    return self.fail("an escape (\\x, \\u, \\U) lacks hexadecimal digits");
                };
                value = value << 4 | digit;
            }
            let Some(character) = char::from_u32(value) else {
                return self.fail("an escape (\\u, \\U) names no Unicode character");
            };
            text.push(character);
            for _ in 0..digits {
                self.skip();
            }
        }
        Ok(())
    }

    fn scan_plain(&mut self) -> Scan {
        let start = self.mark;
        let mut end = start;
        let indent = self.indent + 1;
        let mut owned: Option<String> = None;
        let mut leading_blanks = false;
        let mut breaks = Breaks::default();
        loop {
            self.need(4)?;
            if self.is_document_indicator() || self.byte(0) == b'#' {
                break;
            }
            while !self.is_blank_or_end(0) {
                let byte = self.byte(0);
                if (byte == b':' && self.is_blank_or_end(1))
                    || (self.flow > 0 && matches!(byte, b',' | b'?' | b'[' | b']' | b'{' | b'}'))
                {
                    break;
                }
                if leading_blanks {
                    let text = owned.get_or_insert_with(|| self.slice(start.offset, end.offset).to_owned());
                    breaks.fold(text);
                    breaks = Breaks::default();
                    leading_blanks = false;
                } else if let Some(text) = &mut owned {
                    text.push_str(self.slice(end.offset, self.mark.offset));
                }
                let from = self.mark.offset;
                self.skip();
                if let Some(text) = &mut owned {
                    text.push_str(self.slice(from, self.mark.offset));
                }
                end = self.mark;
                self.need(2)?;
            }
            if !(self.is_blank(0) || self.is_break(0)) {
                break;
            }
            self.need(1)?;
            while self.is_blank(0) || self.is_break(0) {
                if self.is_blank(0) {
                    if leading_blanks && i64::from(self.mark.column) < indent && self.byte(0) == b'\t' {
                        return self.fail("a tab stands in the indentation; use spaces");
                    }
                    self.skip();
                } else {
                    self.need(2)?;
                    let stands_for = self.line_break();
                    if leading_blanks {
                        breaks.trailing.push_str(stands_for);
                    } else {
                        breaks.leading = stands_for;
                        leading_blanks = true;
                    }
                }
                self.need(1)?;
            }
            if self.flow == 0 && i64::from(self.mark.column) < indent {
                break;
            }
        }
        let text = match owned {
            Some(text) => Cow::Owned(text),
            None => Cow::Borrowed(self.slice(start.offset, end.offset)),
        };
        self.tokens.push_back(Token { kind: TokenKind::Scalar(text, Style::Plain), start, end });
        if leading_blanks {
            self.key_allowed = true;
        }
        Ok(())
    }
}

/// The line breaks between two lines of a plain or quoted scalar.
#[derive(Default)]
struct Breaks {
    leading: &'static str,
    trailing: String,
}

impl Breaks {
    /// One break is a space, more are one less; a separator of lines or paragraphs stays.
    fn fold(&self, text: &mut String) {
        if self.leading == "\n" {
            if self.trailing.is_empty() {
                text.push(' ');
            }
        } else {
            text.push_str(self.leading);
        }
        text.push_str(&self.trailing);
    }
}

fn hex(byte: u8) -> Option<u32> {
    (byte as char).to_digit(16)
}

/// Bytes of a character, by its first.
fn width(byte: u8) -> usize {
    match byte {
        0..0x80 => 1,
        0x80..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    }
}

/// Bytes that the library reads at once.
const CHUNK: usize = 512;

/// Finds the first character that YAML has no place for. The library reads in chunks and looks at each
/// character of one, so it meets that character when it needs anything of its chunk.
fn wall(text: &str, start: usize) -> Option<Wall> {
    let character = first_unreadable(text.as_bytes(), start)?;
    // Chunks begin where the mark of byte order begins; a character that a chunk cuts waits for the next.
    let mut reached = start;
    loop {
        let from = if reached == start { 0 } else { reached };
        let mut next = (from + CHUNK).min(text.len());
        while !text.is_char_boundary(next) {
            next -= 1;
        }
        if character < next || next <= reached {
            return Some(Wall { reached, character });
        }
        reached = next;
    }
}

/// The first control character but tab and line ends, or noncharacter U+FFFE or U+FFFF.
pub(crate) fn first_unreadable(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        let unreadable = match byte {
            b'\t' | b'\n' | b'\r' | 0x20..=0x7e => false,
            0..0x20 | 0x7f => true,
            0xc2 => matches!(bytes.get(at + 1), Some(0x80..=0x84 | 0x86..=0x9f)),
            0xef => matches!(bytes.get(at + 1..at + 3), Some([0xbf, 0xbe | 0xbf])),
            _ => false,
        };
        if unreadable {
            return Some(at);
        }
        at += 1;
    }
    None
}
