//! The documents that manifests are: a parser of the YAML that Kubernetes files are written in.
//!
//! It reads block collections, plain and quoted scalars, block scalars and flow collections of them, in
//! one pass and without copying text. On whatever it doesn't know for certain it gives up, and the
//! document is read by all the rules instead: it never reports an error and never guesses.

use std::sync::Arc;

use crate::arena::{self, Arena, Key};
use crate::key;
use crate::resolve;
use crate::scalar::Block;
use crate::scanner::MAX_DEPTH;
use crate::seen::Seen;
use crate::source::BOM;
use crate::{Document, Kind, Limits, SourceFile, Span, Style};

/// What came of an attempt.
pub(crate) enum Fast {
    Document(Document),
    Empty,
    /// The document leaves the subset.
    Leaves,
}

/// Bytes of a text from which on its lines are counted before it is read.
const LONG: usize = 1 << 16;

/// Tries to read the document of a piece of a file, which has a separator before its content, or none.
pub(crate) fn read(
    file: &Arc<SourceFile>,
    piece: Span,
    content: Span,
    seen: Option<&Seen>,
    limits: &Limits,
) -> Fast {
    let text = file.text().as_bytes();
    let between = |start: u32, end: u32| text.get(start as usize..end as usize);
    let (Some(separator), Some(bytes)) =
        (between(piece.start, content.start), between(content.start, content.end))
    else {
        return Fast::Leaves;
    };
    let start = if content.start == 0 && bytes.starts_with(BOM) { BOM.len() } else { 0 };
    if is_strange(separator) {
        return Fast::Leaves;
    }
    if let Some(document) = seen.and_then(|seen| seen.find(file, content)) {
        return Fast::Document(document);
    }
    if is_strange(&bytes[start..]) {
        return Fast::Leaves;
    }
    // Most lines have a node, and some have two. A short text has few of both.
    let lines = if bytes.len() < LONG { 0 } else { file.lines_about(content) };
    let arena = Arena::new(file, content.start, lines + lines / 4);
    let mut parser = Parser { bytes, at: start, arena, depth: limits.depth.min(MAX_DEPTH) };
    let is_read = parser.document();
    if is_read == Some(true) {
        let document = parser.arena.finish(content);
        if let Some(seen) = seen {
            seen.keep(&document);
        }
        return Fast::Document(document);
    }
    parser.arena.give_up();
    is_read.map_or(Fast::Leaves, |_| Fast::Empty)
}

/// Whether a text has control characters other than tabs and line feeds, or characters that YAML 1.1
/// counts as line breaks, or a byte-order mark.
fn is_strange(bytes: &[u8]) -> bool {
    // Most texts are plain ASCII, which is told many bytes at a time.
    let is_plain = |&byte: &u8| (0x20..0x7f).contains(&byte) | (byte == b'\n') | (byte == b'\t');
    let mut wide = false;
    for chunk in bytes.chunks(256) {
        if !chunk.iter().fold(true, |plain, byte| plain & is_plain(byte)) {
            if chunk.iter().any(|byte| *byte < 0x80 && !is_plain(byte)) {
                return true;
            }
            wide = true;
        }
    }
    wide && has_strange_characters(bytes)
}

fn has_strange_characters(bytes: &[u8]) -> bool {
    memchr::memchr3_iter(0xc2, 0xe2, 0xef, bytes).any(|at| match bytes[at..] {
        [0xc2, second, ..] => second < 0xa0,
        [0xe2, 0x80, third, ..] => matches!(third, 0xa8 | 0xa9),
        [0xef, 0xbb, 0xbf, ..] | [0xef, 0xbf, 0xbe | 0xbf, ..] => true,
        _ => false,
    })
}

/// A key longer than this may be none.
const MAX_KEY: usize = 1000;

struct Parser<'t> {
    bytes: &'t [u8],
    at: usize,
    arena: Arena,
    depth: usize,
}

/// How a plain scalar ended.
enum Ended {
    /// Before the `:` of a key.
    Key,
    Line,
    Comment,
}

impl Parser<'_> {
    /// The byte at a place; the text ends with a line end.
    #[inline]
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b'\n')
    }

    /// Passes spaces, eight at a time: an indentation is mostly shorter.
    #[inline]
    fn spaces(&self, mut at: usize) -> usize {
        while let Some(chunk) = self.bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
            let others = u64::from_le_bytes(*chunk) ^ u64::from_le_bytes([b' '; 8]);
            if others != 0 {
                return at + others.trailing_zeros() as usize / 8;
            }
            at += 8;
        }
        while self.byte(at) == b' ' {
            at += 1;
        }
        at
    }

    fn next_line(&self, from: usize) -> usize {
        match self.bytes.get(from..) {
            Some(rest) => memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |found| from + found + 1),
            None => self.bytes.len(),
        }
    }

    /// Reads the document: whether there is one. `None` when it leaves the subset.
    fn document(&mut self) -> Option<bool> {
        while self.at < self.bytes.len() {
            let line = self.at;
            let start = self.spaces(line);
            if self.arena.is_full() {
                return None;
            }
            match self.byte(start) {
                b'\n' => self.at = start + 1,
                b'#' => self.at = self.next_line(start),
                _ => self.line(start, (start - line) as i32)?,
            }
        }
        if self.arena.next() == 0 {
            return Some(false);
        }
        while !self.arena.open.is_empty() {
            self.close()?;
        }
        Some(true)
    }

    /// Whether nothing but spaces, empty lines and comments follows.
    fn is_last(&self, from: usize) -> bool {
        if self.arena.next() == 0 || !matches!(self.byte(from), b' ' | b'\n') {
            return false;
        }
        let mut at = from;
        while at < self.bytes.len() {
            at = self.spaces(at);
            match self.byte(at) {
                b'\n' => at += 1,
                b'#' => at = self.next_line(at),
                _ => return false,
            }
        }
        true
    }

    /// Closes the block collection that was opened last.
    #[inline]
    fn close(&mut self) -> Option<()> {
        self.settle();
        self.arena.close(None);
        Some(())
    }

    /// Writes null for a key or dash that has no value.
    #[inline]
    fn settle(&mut self) {
        if let Some(open) = self.arena.open.last()
            && open.pending
        {
            let at = open.pending_at();
            self.arena.push(Kind::Null, Style::Plain, at, at);
        }
    }

    /// Reads a line that has content, and the lines that its last scalar goes on to.
    #[inline]
    fn line(&mut self, mut at: usize, mut column: i32) -> Option<()> {
        if column == 0 && matches!(self.byte(at), b'.' | b'%' | b'-') {
            // A directive, or the end of the document.
            let indicator = [self.byte(at), self.byte(at + 1), self.byte(at + 2)];
            if indicator == *b"..." && self.is_last(at + 3) {
                self.at = self.bytes.len();
                return Some(());
            }
            if indicator[0] == b'%' || indicator == *b"..." || indicator == *b"---" {
                return None;
            }
        }
        let dash = self.byte(at) == b'-' && matches!(self.byte(at + 1), b' ' | b'\n');
        // Close what this line is not part of.
        loop {
            let Some(open) = self.arena.open.last() else {
                if self.arena.next() > 0 {
                    return None;
                }
                break;
            };
            if open.indent > column || (open.indent == column && open.indentless && !dash) {
                self.close()?;
                continue;
            }
            if open.indent < column {
                if !open.pending {
                    return None;
                }
                break;
            }
            // In the column of an open collection: its next entry or item.
            if open.mapping == dash {
                if dash && open.pending {
                    self.begin(false, at, column, true)?;
                    break;
                }
                return None;
            }
            self.settle();
            break;
        }
        // The content of the line: dashes, then a key and its value, or a value.
        loop {
            if self.byte(at) == b'-' && matches!(self.byte(at + 1), b' ' | b'\n') {
                let inside =
                    self.arena.open.last().is_some_and(|open| !open.mapping && open.indent == column);
                if !inside {
                    self.begin(false, at, column, false)?;
                }
                self.wait(at + 1);
                let next = self.spaces(at + 1);
                match self.byte(next) {
                    b'\n' => {
                        self.at = next + 1;
                        return Some(());
                    }
                    b'#' => {
                        self.at = self.next_line(next);
                        return Some(());
                    }
                    _ => {}
                }
                column += (next - at) as i32;
                at = next;
                continue;
            }
            return self.entry(at, column);
        }
    }

    #[inline]
    fn wait(&mut self, at: usize) {
        if let Some(open) = self.arena.open.last_mut() {
            open.wait(at as u32);
        }
    }

    #[inline]
    fn begin(&mut self, mapping: bool, at: usize, column: i32, indentless: bool) -> Option<()> {
        if self.arena.open.len() >= self.depth {
            return None;
        }
        self.arena.begin(mapping, Style::Block, at as u32, column, indentless);
        Some(())
    }

    /// Reads a key and what follows it on its line, or a value alone.
    #[inline]
    fn entry(&mut self, at: usize, column: i32) -> Option<()> {
        let first = self.byte(at);
        let (end, style, colon);
        match first {
            b'"' | b'\'' => {
                let (close, verbatim) = self.quoted(at)?;
                let after = self.spaces(close);
                if self.byte(after) != b':' || !matches!(self.byte(after + 1), b' ' | b'\n') {
                    return self.value(at);
                }
                if !verbatim || memchr::memchr(b'\n', &self.bytes[at..close]).is_some() {
                    return None;
                }
                end = close;
                colon = after;
                style = if first == b'"' { Style::DoubleQuoted } else { Style::SingleQuoted };
            }
            _ if self.is_indicator(at) => return self.value(at),
            _ => {
                let (stop, ended) = self.plain(at)?;
                if !matches!(ended, Ended::Key) {
                    return self.value(at);
                }
                end = self.trim(at, stop);
                colon = stop;
                style = Style::Plain;
            }
        }
        if colon - at > MAX_KEY {
            return None;
        }
        let inside = self.arena.open.last().is_some_and(|open| open.mapping && open.indent == column);
        if !inside {
            self.begin(true, at, column, false)?;
        }
        self.key(at, end, style)?;
        self.wait(colon + 1);
        let value = self.spaces(colon + 1);
        match self.byte(value) {
            b'\n' => {
                self.at = value + 1;
                Some(())
            }
            b'#' => {
                self.at = self.next_line(value);
                Some(())
            }
            // A sequence cannot begin on the line of its key.
            b'-' if matches!(self.byte(value + 1), b' ' | b'\n') => None,
            _ => self.value(value),
        }
    }

    /// Whether a scalar of the subset cannot begin here.
    #[inline]
    fn is_indicator(&self, at: usize) -> bool {
        match self.byte(at) {
            b':' | b'?' => matches!(self.byte(at + 1), b' ' | b'\n' | b'\t'),
            first => INDICATORS[first as usize],
        }
    }

    #[inline]
    fn trim(&self, start: usize, mut end: usize) -> usize {
        while end > start && self.bytes[end - 1] == b' ' {
            end -= 1;
        }
        end
    }

    #[inline]
    fn key(&mut self, start: usize, end: usize, style: Style) -> Option<()> {
        let mut key = Key { start: start as u32, end: end as u32, style, hash: 0, decoded: false };
        if style == Style::Plain {
            if resolve::may_not_be_text(self.bytes[start]) {
                let text = self.arena.document.text_at(key.start, key.end);
                if let Some(text) = arena::key_text(resolve::plain(text)).ok()? {
                    self.arena.set_decoded_key(key, text);
                    return Some(());
                }
            }
            if &self.bytes[start..end] == b"<<" {
                return None;
            }
            key.hash = key::hash(&self.bytes[start..end]);
        } else {
            key.hash = key::hash(&self.bytes[start + 1..end - 1]);
        }
        self.arena.set_key(key);
        Some(())
    }

    /// Finds the end of a plain scalar on its line: at a line end, a comment, or the `:` of a key.
    #[inline]
    fn plain(&self, start: usize) -> Option<(usize, Ended)> {
        let mut at = start;
        loop {
            at = self.plain_run(at);
            match self.byte(at) {
                b'\n' => return Some((at, Ended::Line)),
                b':' if matches!(self.byte(at + 1), b' ' | b'\n') => return Some((at, Ended::Key)),
                b':' if self.byte(at + 1) == b'\t' => return None,
                b'#' if self.bytes[at - 1] == b' ' => return Some((at, Ended::Comment)),
                b'\t' => return None,
                _ => at += 1,
            }
        }
    }

    /// Passes a run of bytes that a plain scalar doesn't stop at, eight at a time.
    #[inline]
    fn plain_run(&self, mut at: usize) -> usize {
        const LOW: u64 = 0x0101_0101_0101_0101;
        const HIGH: u64 = LOW << 7;
        // The high bit of an ASCII byte is set where it is less than a small number; it may be wrong above the first.
        let less = |word: u64, than: u8| word.wrapping_sub(LOW * u64::from(than));
        while let Some(chunk) = self.bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
            let word = u64::from_le_bytes(*chunk);
            // Of what is less than a space there are only line feeds and tabs.
            let ends =
                less(word, b' ') | less(word ^ (LOW * b':' as u64), 1) | less(word ^ (LOW * b'#' as u64), 1);
            let found = ends & !word & HIGH;
            if found != 0 {
                return at + found.trailing_zeros() as usize / 8;
            }
            at += 8;
        }
        while self.bytes.get(at).is_some_and(|&byte| !PLAIN_STOPS[byte as usize]) {
            at += 1;
        }
        at
    }

    /// The end of a quoted scalar, behind its quote, and whether its text is verbatim.
    #[inline]
    fn quoted(&self, start: usize) -> Option<(usize, bool)> {
        let mut at = start + 1;
        let mut verbatim = true;
        let single = self.bytes[start] == b'\'';
        loop {
            let rest = self.bytes.get(at..)?;
            if single {
                at += memchr::memchr2(b'\'', b'\n', rest)?;
            } else {
                at += memchr::memchr3(b'"', b'\\', b'\n', rest)?;
            }
            match self.bytes[at] {
                b'\n' => {
                    verbatim = false;
                    at += 1;
                    // A line that begins with these may end the document.
                    if matches!(self.byte(at), b'-' | b'.') {
                        return None;
                    }
                }
                b'\\' => {
                    verbatim = false;
                    at += 1 + self.escape(at + 1)?;
                }
                b'\'' if self.byte(at + 1) == b'\'' => {
                    verbatim = false;
                    at += 2;
                }
                _ => return Some((at + 1, verbatim)),
            }
        }
    }

    /// Bytes of an escape after its backslash.
    fn escape(&self, at: usize) -> Option<usize> {
        let digits = match self.byte(at) {
            b'0' | b'a' | b'b' | b't' | b'n' | b'v' | b'f' | b'r' | b'e' | b' ' | b'"' | b'\'' | b'\\'
            | b'N' | b'_' | b'L' | b'P' => return Some(1),
            // An escaped line end: the next turn sees the line end.
            b'\n' => return Some(0),
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            _ => return None,
        };
        let digits = self.bytes.get(at + 1..at + 1 + digits)?;
        let value =
            digits.iter().try_fold(0u32, |value, &digit| Some(value << 4 | (digit as char).to_digit(16)?))?;
        char::from_u32(value)?;
        Some(1 + digits.len())
    }

    /// Reads a value that begins at a place of its line, to the end of its last line.
    #[inline]
    fn value(&mut self, start: usize) -> Option<()> {
        let open = self.arena.open.last()?;
        if !open.pending {
            return None;
        }
        let indent = open.indent;
        match self.byte(start) {
            b'"' | b'\'' => {
                let style = if self.bytes[start] == b'"' { Style::DoubleQuoted } else { Style::SingleQuoted };
                let (end, verbatim) = self.quoted(start)?;
                if verbatim {
                    self.arena.push(Kind::String, style, start as u32, end as u32);
                } else {
                    self.arena.push_text(style, start as u32, end as u32, Block::default());
                }
                self.end_of_line(end)
            }
            b'[' | b'{' => {
                let end = self.flow(start)?;
                self.end_of_line(end)
            }
            b'|' | b'>' => self.block_scalar(start, indent),
            _ if self.is_indicator(start) => None,
            _ => self.plain_value(start, indent),
        }
    }

    /// Passes blanks and a comment to the next line.
    #[inline]
    fn end_of_line(&mut self, from: usize) -> Option<()> {
        let at = self.spaces(from);
        match self.byte(at) {
            b'\n' => self.at = at + 1,
            b'#' if at > from => self.at = self.next_line(at),
            _ => return None,
        }
        Some(())
    }

    #[inline]
    fn plain_value(&mut self, start: usize, indent: i32) -> Option<()> {
        let (stop, ended) = self.plain(start)?;
        let end = self.trim(start, stop);
        match ended {
            Ended::Key => return None,
            Ended::Comment => {
                self.at = self.next_line(stop);
            }
            Ended::Line => {
                // Does it go on?
                self.at = stop + 1;
                let next = self.spaces(self.at);
                if ((next - self.at) as i32 > indent || self.byte(next) == b'\n')
                    && let Some(end) = self.continued(stop, indent)?
                {
                    self.arena.push_text(Style::Plain, start as u32, end as u32, Block::default());
                    return Some(());
                }
            }
        }
        let kind = if resolve::may_not_be_text(self.bytes[start]) {
            arena::plain_kind(self.arena.document.text_at(start as u32, end as u32))?
        } else {
            Kind::String
        };
        self.arena.push(kind, Style::Plain, start as u32, end as u32);
        Some(())
    }

    /// Passes the further lines of a plain scalar; its end, where it has any.
    fn continued(&mut self, first_end: usize, indent: i32) -> Option<Option<usize>> {
        let mut end = None;
        let mut line = first_end + 1;
        loop {
            let start = self.spaces(line);
            match self.byte(start) {
                _ if start >= self.bytes.len() => break,
                b'\n' => {
                    line = start + 1;
                    continue;
                }
                b'\t' => return None,
                b'#' => break,
                _ if (start - line) as i32 <= indent => break,
                _ => {}
            }
            let (stop, ended) = self.plain(start)?;
            end = Some(self.trim(start, stop));
            line = match ended {
                Ended::Key => return None,
                Ended::Comment => {
                    self.at = self.next_line(stop);
                    return Some(end);
                }
                Ended::Line => stop + 1,
            };
            self.at = line;
        }
        Some(end)
    }

    fn block_scalar(&mut self, start: usize, indent: i32) -> Option<()> {
        let style = if self.bytes[start] == b'|' { Style::Literal } else { Style::Folded };
        let mut at = start + 1;
        if matches!(self.byte(at), b'-' | b'+') {
            at += 1;
        }
        let mut end = at;
        at = self.spaces(at);
        match self.byte(at) {
            b'\n' => at += 1,
            b'#' => at = self.next_line(at),
            _ => return None,
        }
        // Empty lines before the text may not be deeper than it.
        let mut deepest = 0;
        let mut line = at;
        let content = loop {
            let next = self.spaces(line);
            if next >= self.bytes.len() {
                deepest = deepest.max(next.saturating_sub(line));
                break None;
            }
            if self.byte(next) != b'\n' {
                break Some(next);
            }
            deepest = deepest.max(next - line);
            line = next + 1;
        };
        let least = (indent + 1).max(1) as usize;
        let columns = match content {
            Some(next) => {
                let columns = next - line;
                if columns < deepest || self.byte(next) == b'\t' {
                    return None;
                }
                columns.max(least)
            }
            None => deepest.max(least),
        };
        // Past the text: lines that are indented enough, or empty.
        self.at = line;
        line = at;
        while line < self.bytes.len() {
            let limit = (line + columns).min(self.bytes.len());
            let next = self.spaces(line).min(limit);
            match self.byte(next) {
                _ if next >= self.bytes.len() => {
                    line = next;
                    break;
                }
                b'\n' => {
                    line = next + 1;
                    continue;
                }
                b'\t' if next - line < columns => return None,
                _ if next - line < columns => break,
                _ => {}
            }
            line = self.next_line(next);
            end = if self.bytes[line - 1] == b'\n' && line > next { line - 1 } else { line };
        }
        self.at = line;
        self.arena.push_text(style, start as u32, end as u32, Block { indent: columns as u32, json: false });
        Some(())
    }

    /// Reads a flow collection; where it ends.
    fn flow(&mut self, start: usize) -> Option<usize> {
        let outer = self.arena.open.len();
        let mut at = start;
        loop {
            // A value begins.
            let first = self.byte(at);
            match first {
                b'[' | b'{' => {
                    if self.arena.open.len() >= self.depth || self.arena.is_full() {
                        return None;
                    }
                    let mapping = first == b'{';
                    self.arena.begin(mapping, Style::Flow, at as u32, 0, false);
                    at = self.flow_blanks(at + 1)?;
                    if self.byte(at) != if mapping { b'}' } else { b']' } {
                        if mapping {
                            at = self.flow_key(at)?;
                        }
                        continue;
                    }
                    at += 1;
                    self.arena.close(Some(at as u32));
                }
                b'"' | b'\'' => {
                    let (end, verbatim) = self.quoted(at)?;
                    let style = if first == b'"' { Style::DoubleQuoted } else { Style::SingleQuoted };
                    if verbatim {
                        self.arena.push(Kind::String, style, at as u32, end as u32);
                    } else {
                        self.arena.push_text(style, at as u32, end as u32, Block::default());
                    }
                    at = end;
                }
                _ => {
                    let (stop, colon) = self.flow_plain(at)?;
                    if colon {
                        return None;
                    }
                    let end = self.trim(at, stop);
                    let kind = arena::plain_kind(self.arena.document.text_at(at as u32, end as u32))?;
                    self.arena.push(kind, Style::Plain, at as u32, end as u32);
                    at = stop;
                }
            }
            // A value has ended: so may collections around it.
            loop {
                if self.arena.open.len() == outer {
                    return Some(at);
                }
                let mapping = self.arena.open.last()?.mapping;
                at = self.flow_blanks(at)?;
                match self.byte(at) {
                    b',' => {
                        at = self.flow_blanks(at + 1)?;
                        let closes = self.byte(at) == if mapping { b'}' } else { b']' };
                        if !closes {
                            if mapping {
                                at = self.flow_key(at)?;
                            }
                            break;
                        }
                    }
                    b'}' if mapping => {}
                    b']' if !mapping => {}
                    _ => return None,
                }
                at += 1;
                self.arena.close(Some(at as u32));
            }
        }
    }

    /// Passes spaces and line ends inside a flow collection.
    fn flow_blanks(&self, mut at: usize) -> Option<usize> {
        loop {
            match self.bytes.get(at)? {
                b' ' => at += 1,
                b'\n' => {
                    at += 1;
                    // A line that begins with these may end the document, or be a directive.
                    if matches!(self.byte(at), b'-' | b'.' | b'%') {
                        return None;
                    }
                }
                _ => return Some(at),
            }
        }
    }

    /// Reads a key of a flow mapping and its `:`; where its value begins.
    fn flow_key(&mut self, start: usize) -> Option<usize> {
        let first = self.byte(start);
        let (end, colon, style) = match first {
            b'"' | b'\'' => {
                let (end, verbatim) = self.quoted(start)?;
                let colon = self.spaces(end);
                if !verbatim || self.byte(colon) != b':' {
                    return None;
                }
                (end, colon, if first == b'"' { Style::DoubleQuoted } else { Style::SingleQuoted })
            }
            _ => {
                let (colon, is_key) = self.flow_plain(start)?;
                if !is_key {
                    return None;
                }
                (self.trim(start, colon), colon, Style::Plain)
            }
        };
        if colon - start > MAX_KEY {
            return None;
        }
        self.key(start, end, style)?;
        let value = self.flow_blanks(colon + 1)?;
        // A value that isn't written.
        if matches!(self.byte(value), b',' | b'}') {
            return None;
        }
        Some(value)
    }

    /// Finds the end of a plain scalar in a flow collection, and whether it is a key.
    fn flow_plain(&self, start: usize) -> Option<(usize, bool)> {
        let first = self.byte(start);
        if !(first.is_ascii_alphanumeric()
            || matches!(
                first,
                b'/' | b'.' | b'_' | b'$' | b'-' | b'~' | b'+' | b'^' | b'(' | b'<' | b'=' | b';'
            ))
            || (first == b'-' && !self.byte(start + 1).is_ascii_alphanumeric())
        {
            return None;
        }
        let mut at = start;
        loop {
            match self.byte(at) {
                b',' | b']' | b'}' => return Some((at, false)),
                b':' => match self.byte(at + 1) {
                    b' ' | b'\n' => return Some((at, true)),
                    b',' | b'[' | b']' | b'{' | b'}' | b'\t' => return None,
                    _ => at += 1,
                },
                b'\n' => {
                    // It may go on, on the next line.
                    let next = self.flow_blanks(at)?;
                    return matches!(self.byte(next), b',' | b']' | b'}').then_some((at, false));
                }
                b'#' | b'[' | b'{' | b'?' | b'\t' => return None,
                _ => at += 1,
            }
        }
    }
}

/// Bytes that a plain scalar of the subset does not begin with.
static INDICATORS: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b"\t\n-?:,[]{}#&*!|>'\"%@`";
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    // A dash is looked at before: one that begins a scalar is not followed by a blank.
    table[b'-' as usize] = false;
    table
};

/// Bytes that a run of a plain scalar stops at.
static PLAIN_STOPS: [bool; 256] = {
    let mut table = [false; 256];
    table[b':' as usize] = true;
    table[b'#' as usize] = true;
    table[b'\n' as usize] = true;
    table[b'\t' as usize] = true;
    table
};
