//! JSON, as Go's `encoding/json` reads it.

use std::sync::Arc;

use crate::arena::{Arena, Key};
use crate::decode::Failure;
use crate::key;
use crate::limits::TOO_MANY_NODES;
use crate::scalar::Block;
use crate::scanner::MAX_DEPTH;
use crate::{Document, ErrorKind, Kind, Limits, SourceFile, Span, Style, number};

/// What stands at a place of a text.
pub(crate) enum Read {
    /// A document, and where it ends.
    Document(Document, usize),
    /// Not JSON, or not to its end.
    NotJson,
    /// JSON that cannot be taken.
    Failure(Failure),
}

/// Reads one JSON object that begins at `from` of the file.
pub(crate) fn read(file: &Arc<SourceFile>, from: usize, limits: &Limits) -> Read {
    let text = file.text();
    let mut reader =
        Reader { bytes: text.as_bytes(), at: from, arena: Arena::new(file, 0, 0), limits, too_large: None };
    match reader.value() {
        Ok(()) => {
            if let Some(offset) = reader.too_large {
                let message = "a number is too large".to_owned();
                return Read::Failure(Failure { kind: ErrorKind::Syntax, message, offset, line: None });
            }
            let end = reader.at;
            let span = Span { start: from as u32, end: end as u32 };
            Read::Document(reader.arena.finish(span), end)
        }
        Err(Stop::NotJson) => Read::NotJson,
        Err(Stop::Failure(failure)) => Read::Failure(failure),
    }
}

enum Stop {
    NotJson,
    Failure(Failure),
}

struct Reader<'t, 'l> {
    bytes: &'t [u8],
    at: usize,
    arena: Arena,
    limits: &'l Limits,
    /// Where a number begins that is too large.
    too_large: Option<u32>,
}

impl Reader<'_, '_> {
    fn byte(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    #[inline]
    fn blanks(&mut self) {
        while matches!(self.byte(), b' ' | b'\n' | b'\t' | b'\r') {
            self.at += 1;
        }
    }

    fn failure(&self, kind: ErrorKind, message: String) -> Stop {
        Stop::Failure(Failure { kind, message, offset: self.at as u32, line: None })
    }

    /// Reads a value and all that stands in it.
    fn value(&mut self) -> Result<(), Stop> {
        loop {
            // A value begins.
            self.blanks();
            let start = self.at;
            if self.arena.is_full() {
                return Err(self.failure(ErrorKind::Limit, TOO_MANY_NODES.to_owned()));
            }
            match self.byte() {
                open @ (b'{' | b'[') => {
                    if self.arena.open.len() >= self.limits.depth {
                        let message = format!("collections are nested more than {} deep", self.limits.depth);
                        return Err(self.failure(ErrorKind::Limit, message));
                    }
                    if self.arena.open.len() >= MAX_DEPTH {
                        return Err(Stop::NotJson);
                    }
                    let mapping = open == b'{';
                    self.arena.begin(mapping, Style::Flow, start as u32, 0, false);
                    self.at += 1;
                    self.blanks();
                    if self.byte() == if mapping { b'}' } else { b']' } {
                        self.at += 1;
                        self.arena.close(Some(self.at as u32));
                    } else {
                        if mapping {
                            self.key()?;
                        }
                        continue;
                    }
                }
                b'"' => {
                    let escaped = self.string()?;
                    let (start, end) = (start as u32, self.at as u32);
                    if escaped {
                        let block = Block { json: true, ..Block::default() };
                        self.arena.push_text(Style::DoubleQuoted, start, end, block);
                    } else {
                        self.arena.push(Kind::String, Style::DoubleQuoted, start, end);
                    }
                }
                b't' => self.word("true", Kind::Bool)?,
                b'f' => self.word("false", Kind::Bool)?,
                b'n' => self.word("null", Kind::Null)?,
                _ => self.number()?,
            }
            // A value has ended: so may collections around it.
            loop {
                let Some(open) = self.arena.open.last() else { return Ok(()) };
                let mapping = open.mapping;
                self.blanks();
                match self.byte() {
                    b',' => {
                        self.at += 1;
                        if mapping {
                            self.blanks();
                            self.key()?;
                        }
                        break;
                    }
                    b'}' if mapping => {}
                    b']' if !mapping => {}
                    _ => return Err(Stop::NotJson),
                }
                self.at += 1;
                self.arena.close(Some(self.at as u32));
            }
        }
    }

    #[inline]
    fn key(&mut self) -> Result<(), Stop> {
        if self.byte() != b'"' {
            return Err(Stop::NotJson);
        }
        let start = self.at;
        let escaped = self.string()?;
        let written = &self.bytes[start + 1..self.at - 1];
        let mut key = Key {
            start: start as u32,
            end: self.at as u32,
            style: Style::DoubleQuoted,
            hash: 0,
            decoded: false,
        };
        if escaped {
            let text = self.arena.document.text_at(key.start, key.end);
            let text = decode(text);
            self.arena.set_decoded_key(key, text);
        } else {
            key.hash = key::hash(written);
            self.arena.set_key(key);
        }
        self.blanks();
        if self.byte() != b':' {
            return Err(Stop::NotJson);
        }
        self.at += 1;
        Ok(())
    }

    fn word(&mut self, word: &str, kind: Kind) -> Result<(), Stop> {
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return Err(Stop::NotJson);
        }
        let start = self.at;
        self.at += word.len();
        self.arena.push(kind, Style::Plain, start as u32, self.at as u32);
        Ok(())
    }

    /// Passes a string; whether it has escapes.
    #[inline]
    fn string(&mut self) -> Result<bool, Stop> {
        let mut escaped = false;
        let mut at = self.at + 1;
        loop {
            while let Some(eight) = self.bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
                let stops = stops(u64::from_le_bytes(*eight));
                if stops != 0 {
                    at += stops.trailing_zeros() as usize / 8;
                    break;
                }
                at += 8;
            }
            while self.bytes.get(at).is_some_and(|&byte| !STRING_STOPS[byte as usize]) {
                at += 1;
            }
            match self.bytes.get(at) {
                Some(b'"') => {
                    self.at = at + 1;
                    return Ok(escaped);
                }
                Some(b'\\') => {
                    escaped = true;
                    at += match self.bytes.get(at + 1) {
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
                        Some(b'u') if unit(self.bytes, at).is_some() => 6,
                        _ => return Err(Stop::NotJson),
                    };
                }
                _ => return Err(Stop::NotJson),
            }
        }
    }

    fn number(&mut self) -> Result<(), Stop> {
        let start = self.at;
        if self.byte() == b'-' {
            self.at += 1;
        }
        let mut float = false;
        match self.byte() {
            b'0' => self.at += 1,
            b'1'..=b'9' => self.digits()?,
            _ => return Err(Stop::NotJson),
        }
        if self.byte() == b'.' {
            float = true;
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), b'e' | b'E') {
            float = true;
            self.at += 1;
            if matches!(self.byte(), b'+' | b'-') {
                self.at += 1;
            }
            self.digits()?;
        }
        // Up to 18 digits always fit.
        if float || self.at - start > 18 {
            let text = self.arena.document.text_at(start as u32, self.at as u32);
            float = number::integer(text).is_none();
            if float && number::float(text).is_none() {
                self.too_large.get_or_insert(start as u32);
            }
        }
        let kind = if float { Kind::Float } else { Kind::Integer };
        self.arena.push(kind, Style::Plain, start as u32, self.at as u32);
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Stop> {
        let from = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        if self.at > from { Ok(()) } else { Err(Stop::NotJson) }
    }
}

/// Eight bytes at once: of those that a run of characters in a string stops at, the first has its highest bit set.
#[inline(always)]
const fn stops(bytes: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    // A byte of 0 borrows from its highest bit; so may those above it, which come later.
    const fn zeros(bytes: u64) -> u64 {
        bytes.wrapping_sub(ONES) & !bytes
    }
    let controls = bytes.wrapping_sub(ONES * 0x20) & !bytes;
    (controls | zeros(bytes ^ (ONES * b'"' as u64)) | zeros(bytes ^ (ONES * b'\\' as u64))) & HIGH
}

/// What a run of characters in a string stops at.
pub(crate) static STRING_STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        stops[byte] = true;
        byte += 1;
    }
    stops[b'"' as usize] = true;
    stops[b'\\' as usize] = true;
    stops
};

/// The UTF-16 unit of an escape (`\u00e9`) at a place.
fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    digits.iter().try_fold(0, |unit, &digit| Some(unit << 4 | (digit as char).to_digit(16)? as u16))
}

/// Decodes the string that a text begins with. It is known to be sound.
pub(crate) fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = String::new();
    let mut at = 1;
    let mut verbatim = 1;
    loop {
        match bytes.get(at) {
            Some(b'\\') => {}
            Some(b'"') | None => {
                decoded.push_str(text.get(verbatim..at).unwrap_or(""));
                return decoded;
            }
            Some(_) => {
                at += 1;
                continue;
            }
        }
        decoded.push_str(text.get(verbatim..at).unwrap_or(""));
        let (character, length) = match bytes.get(at + 1) {
            Some(b'b') => ('\x08', 2),
            Some(b'f') => ('\x0c', 2),
            Some(b'n') => ('\n', 2),
            Some(b'r') => ('\r', 2),
            Some(b't') => ('\t', 2),
            Some(b'u') => {
                let first = unit(bytes, at).unwrap_or(0xfffd);
                match (first, unit(bytes, at + 6)) {
                    (0xd800..0xdc00, Some(second @ 0xdc00..0xe000)) => {
                        let character = char::decode_utf16([first, second]).next();
                        (character.and_then(Result::ok).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
                    }
                    // Half of a pair stands for nothing.
                    _ => (char::from_u32(first.into()).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
                }
            }
            Some(&simple) => (simple as char, 2),
            None => (char::REPLACEMENT_CHARACTER, 1),
        };
        decoded.push(character);
        at += length;
        verbatim = at;
    }
}

#[cfg(test)]
mod tests {
    use super::{STRING_STOPS, decode, stops};

    #[test]
    fn eight_bytes_stop_where_one_does() {
        for place in 0..8 {
            for byte in 0..=255 {
                for others in [b'a', 0x7f, 0xff, 0x80, b' ', b'!', b'#', b'[', b']'] {
                    let mut bytes = [others; 8];
                    bytes[place] = byte;
                    let found = stops(u64::from_le_bytes(bytes));
                    let expected = if STRING_STOPS[usize::from(byte)] { place } else { 8 };
                    assert_eq!(found.trailing_zeros() as usize / 8, expected, "{bytes:?}");
                }
            }
        }
    }

    #[test]
    fn escapes() {
        assert_eq!(decode(r#""a\n\/\u00e9\\b""#), "a\n/é\\b");
        assert_eq!(decode(r#""\ud83d\ude00""#), "😀");
        assert_eq!(decode(r#""\ud83dx\ude00""#), "\u{fffd}x\u{fffd}");
        assert_eq!(decode(r#""\ud83d\u0041""#), "\u{fffd}A");
    }
}
