//! The text of one input, and where in it things stand.

use std::sync::OnceLock;

use bytes::Bytes;
use bytestring::ByteString;

/// A range of bytes in a [`SourceFile`]'s text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

/// A place for people: line and column count from 1, columns in characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

/// One input: a file, standard input, or the output of a renderer.
#[derive(Debug)]
pub struct SourceFile {
    name: String,
    /// Where it comes from, if its name says more than that.
    origin: Option<String>,
    text: ByteString,
    verbatim: bool,
    /// Offsets of the bytes that were not UTF-8 and are [`DAMAGED`] in the text, in order.
    damaged: Vec<u32>,
    /// Line feeds before each [`STRIDE`] of bytes.
    feeds: OnceLock<Box<[u32]>>,
    characters: OnceLock<Vec<u32>>,
}

/// Bytes of text that are looked through at most to know a line, a few times.
const STRIDE: usize = 1024;

/// Bytes of text that columns are counted over at most, twice.
const BLOCK: usize = 4096;

/// Stands for a byte that is not UTF-8: one byte, so that offsets stay true, and a control character,
/// so that no document with it in its text is taken for sound.
const DAMAGED: u8 = 0x1a;

impl SourceFile {
    /// Takes the bytes of an input. Invalid UTF-8 keeps every offset true and spoils only the
    /// documents that it stands in; UTF-16 with a byte-order mark is read as UTF-16.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        SourceFile::of(name, bytes.into())
    }

    /// Takes bytes that may share their memory with others.
    pub fn of(name: impl Into<String>, bytes: Bytes) -> Self {
        let (text, verbatim, damaged) = if let [0xff, 0xfe, rest @ ..] = &*bytes {
            let (text, damaged) = from_utf16(rest, u16::from_le_bytes);
            (text.into(), false, damaged)
        } else if let [0xfe, 0xff, rest @ ..] = &*bytes {
            let (text, damaged) = from_utf16(rest, u16::from_be_bytes);
            (text.into(), false, damaged)
        } else if let Ok(text) = ByteString::try_from(bytes.clone()) {
            (text, true, Vec::new())
        } else {
            let (text, damaged) = from_damaged(&bytes);
            (text.into(), false, damaged)
        };
        SourceFile {
            name: name.into(),
            origin: None,
            text,
            verbatim,
            damaged,
            feeds: OnceLock::new(),
            characters: OnceLock::new(),
        }
    }

    /// Takes text that was made from other files, such as the output of a renderer, and the file or the folder that
    /// it was made from. It is not verbatim: there is no file to edit.
    pub fn generated(name: impl Into<String>, origin: impl Into<String>, bytes: Vec<u8>) -> Self {
        SourceFile { verbatim: false, origin: Some(origin.into()), ..SourceFile::new(name, bytes) }
    }

    /// The name that people know the input by, such as its path.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The path that settings know the input by: of what was rendered, the template or the folder.
    pub fn path(&self) -> &str {
        self.origin.as_deref().unwrap_or(&self.name)
    }

    pub fn text(&self) -> &str {
        &self.text
    }
    /// Whether `text` is byte for byte what was read (not transcoded, not damaged, not generated): only
    /// then can it be edited.
    pub fn is_verbatim(&self) -> bool {
        self.verbatim
    }
    /// Line and column of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.clamped(offset);
        let (feeds, start) = self.start_of_line(offset);
        let mut column = self.characters_in(start, offset);
        if start == 0 && offset >= BOM.len() && self.text.as_bytes().starts_with(BOM) {
            column -= 1;
        }
        Position { line: feeds + 1, column: column + 1 }
    }
    /// The number of the line (from 1) that a byte stands in, and its bytes without its line end.
    pub fn line_at(&self, offset: u32) -> (u32, Span) {
        let (feeds, start) = self.start_of_line(self.clamped(offset));
        (feeds + 1, self.line_from(start, feeds))
    }
    /// Number of characters in a range of bytes: of a long one without reading it, since a file of
    /// JSON can be one line.
    fn characters_in(&self, start: usize, end: usize) -> u32 {
        let bytes = self.text.as_bytes();
        if end - start <= BLOCK {
            return count(bytes.get(start..end).unwrap_or(&[]));
        }
        let blocks = self.characters.get_or_init(|| {
            let mut sum = 0;
            let before = |block| {
                let before = sum;
                sum += count(block);
                before
            };
            bytes.chunks(BLOCK).chain([&[][..]]).map(before).collect()
        });
        let until = |at: usize| {
            let block = at / BLOCK;
            let before = blocks.get(block).copied().unwrap_or(0);
            before + count(bytes.get(block * BLOCK..at).unwrap_or(&[]))
        };
        until(end) - until(start)
    }
    /// The bytes of a line (from 1), without its line end. Empty, at the end, for a line that isn't there.
    pub fn line_span(&self, line: u32) -> Span {
        match line.checked_sub(1) {
            Some(feeds) if feeds <= self.feeds_before(self.text.len()).0 => {
                self.line_from(self.behind_feed(feeds), feeds)
            }
            _ => Span { start: self.text.len() as u32, end: self.text.len() as u32 },
        }
    }
    /// The line that begins at a place, behind so many line feeds.
    fn line_from(&self, start: usize, feeds: u32) -> Span {
        let mut end = self.feed_after(start, feeds).unwrap_or(self.text.len());
        if end > start && self.text.as_bytes().get(end - 1) == Some(&b'\r') {
            end -= 1;
        }
        Span { start: start as u32, end: end as u32 }
    }
    /// Whether a byte in the range was not UTF-8.
    pub(crate) fn is_damaged(&self, span: Span) -> bool {
        let first = self.damaged.partition_point(|&offset| offset < span.start);
        self.damaged.get(first).is_some_and(|&offset| offset < span.end)
    }
    /// About how many lines a part of the text has.
    pub(crate) fn lines_about(&self, span: Span) -> usize {
        let before = |offset: u32| self.feeds().get(offset as usize / STRIDE).or(self.feeds().last());
        before(span.end).zip(before(span.start)).map_or(0, |(end, start)| (end - start) as usize)
    }
    fn clamped(&self, offset: u32) -> usize {
        (offset as usize).min(self.text.len())
    }
    /// How many line feeds stand before each stride. A line can be a whole file of JSON, so none is looked
    /// through from end to end; and most files have many lines, of which few are asked for.
    fn feeds(&self) -> &[u32] {
        self.feeds.get_or_init(|| {
            let mut sum = 0;
            let before = |stride: &[u8]| {
                let before = sum;
                sum += memchr::memchr_iter(b'\n', stride).count() as u32;
                before
            };
            self.text.as_bytes().chunks(STRIDE).map(before).collect()
        })
    }
    /// A stride from a place on, and where it ends.
    fn stride(&self, from: usize) -> (&[u8], usize) {
        let end = (from / STRIDE * STRIDE + STRIDE).min(self.text.len());
        (self.text.as_bytes().get(from..end).unwrap_or(&[]), end)
    }
    /// How many line feeds stand before a place, and where the last one stands if that isn't far.
    fn feeds_before(&self, offset: usize) -> (u32, Option<usize>) {
        // Behind a whole number of strides there may be none.
        let stride = offset.saturating_sub(1) / STRIDE;
        let before = self.feeds().get(stride).copied().unwrap_or(0);
        let near = self.text.as_bytes().get(stride * STRIDE..offset).unwrap_or(&[]);
        let last = memchr::memrchr(b'\n', near);
        let count = last.map_or(0, |last| memchr::memchr_iter(b'\n', &near[..last]).count() as u32 + 1);
        (before + count, last.map(|last| stride * STRIDE + last))
    }
    /// How many line feeds stand before a place, and where its line begins.
    fn start_of_line(&self, offset: usize) -> (u32, usize) {
        let (feeds, last) = self.feeds_before(offset);
        (feeds, last.map_or_else(|| self.behind_feed(feeds), |last| last + 1))
    }
    /// Where the line behind so many line feeds begins, of which there are at least as many.
    fn behind_feed(&self, feeds: u32) -> usize {
        let Some(earlier) = feeds.checked_sub(1) else { return 0 };
        // The last stride before which there are fewer.
        let stride = self.feeds().partition_point(|&before| before <= earlier).saturating_sub(1);
        let before = self.feeds().get(stride).copied().unwrap_or(0);
        let (bytes, _) = self.stride(stride * STRIDE);
        let feed = memchr::memchr_iter(b'\n', bytes).nth((earlier - before) as usize);
        stride * STRIDE + feed.map_or(bytes.len(), |feed| feed + 1)
    }
    /// The first line feed from a place on, before which there are so many.
    fn feed_after(&self, from: usize, feeds: u32) -> Option<usize> {
        let (bytes, end) = self.stride(from);
        if let Some(feed) = memchr::memchr(b'\n', bytes) {
            return Some(from + feed);
        }
        if end == self.text.len() {
            return None;
        }
        let stride = self.feeds().partition_point(|&before| before <= feeds).saturating_sub(1);
        let (bytes, _) = self.stride(stride * STRIDE);
        memchr::memchr(b'\n', bytes).map(|feed| stride * STRIDE + feed)
    }
}

/// The byte-order mark of UTF-8.
pub(crate) const BOM: &[u8] = "\u{feff}".as_bytes();

/// Number of characters: of bytes that do not continue one.
fn count(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() as u32
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, Vec<u32>) {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut damaged = Vec::new();
    for character in char::decode_utf16(pairs.iter().copied().map(unit)) {
        match character {
            Ok(character) => text.push(character),
            Err(_) => {
                damaged.push(text.len() as u32);
                text.push(DAMAGED as char);
            }
        }
    }
    if !odd.is_empty() {
        damaged.push(text.len() as u32);
        text.push(DAMAGED as char);
    }
    (text, damaged)
}

fn from_damaged(bytes: &[u8]) -> (String, Vec<u32>) {
    let mut text = String::with_capacity(bytes.len());
    let mut damaged = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for _ in chunk.invalid() {
            damaged.push(text.len() as u32);
            text.push(DAMAGED as char);
        }
    }
    (text, damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_lines() {
        let file = SourceFile::new("x", "a: é!\r\nb\n".into());
        assert_eq!(file.position(0), Position { line: 1, column: 1 });
        assert_eq!(file.position(5), Position { line: 1, column: 5 });
        assert_eq!(file.position(8), Position { line: 2, column: 1 });
        assert_eq!(file.position(99), Position { line: 3, column: 1 });
        assert_eq!(file.line_span(1), Span { start: 0, end: 6 });
        assert_eq!(file.line_span(2), Span { start: 8, end: 9 });
        assert_eq!(file.line_span(3), Span { start: 10, end: 10 });
        assert_eq!(file.line_span(4), Span { start: 10, end: 10 });
        assert_eq!(file.line_span(0), Span { start: 10, end: 10 });
    }

    #[test]
    fn lines_of_any_length_are_known_from_every_place_in_them() {
        let lengths = [0, 1, 5, STRIDE - 1, STRIDE, STRIDE + 1, 0, 0, 3 * STRIDE, 2, STRIDE / 2 - 1, 7];
        let ends = ["\n", "\r\n", "\r"];
        for turn in 0..lengths.len() {
            let mut text = String::new();
            for (number, length) in lengths.iter().cycle().skip(turn).take(2 * lengths.len()).enumerate() {
                text.push_str(&"a".repeat(*length));
                text.push_str(ends[(number + turn) % ends.len()]);
            }
            text.push_str(&"b".repeat(turn % 3));
            let file = SourceFile::new("x", text.clone().into());
            let mut start = 0;
            for (line, whole) in (1..).zip(text.split('\n')) {
                let end = start + whole.strip_suffix('\r').unwrap_or(whole).len();
                let span = Span { start: start as u32, end: end as u32 };
                assert_eq!(file.line_span(line), span, "line {line}");
                for offset in start..=start + whole.len() {
                    let column = (offset - start + 1) as u32;
                    assert_eq!(file.position(offset as u32), Position { line, column }, "byte {offset}");
                    assert_eq!(file.line_at(offset as u32), (line, span), "byte {offset}");
                }
                start += whole.len() + 1;
                let next = text.split('\n').count() as u32 + 1;
                assert_eq!(file.line_span(next), Span { start: text.len() as u32, end: text.len() as u32 });
            }
        }
    }

    #[test]
    fn columns_of_a_long_line_count_characters() {
        let text = format!("\u{feff}first\n{}", "aé船\u{1f6a2}".repeat(3 * BLOCK / 10 + 1));
        for text in [text.as_str(), &text["\u{feff}first\n".len()..], &"a".repeat(2 * BLOCK)] {
            let file = SourceFile::new("x", text.into());
            let mut expected = Position { line: 1, column: 1 };
            for (offset, c) in text.char_indices() {
                assert_eq!(file.position(offset as u32), expected, "byte {offset}");
                match c {
                    '\u{feff}' => {}
                    '\n' => expected = Position { line: expected.line + 1, column: 1 },
                    _ => expected.column += 1,
                }
            }
            assert_eq!(file.position(text.len() as u32), expected);
        }
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        let file = SourceFile::new("x", "\u{feff}a: b".into());
        assert_eq!(file.position(3), Position { line: 1, column: 1 });
        assert!(file.is_verbatim());
    }

    #[test]
    fn what_is_generated_cannot_be_edited() {
        assert!(!SourceFile::generated("x", "y", "a: b".into()).is_verbatim());
        assert!(SourceFile::new("x", "a: b".into()).is_verbatim());
    }

    #[test]
    fn utf16_is_read_and_cannot_be_edited() {
        let bytes =
            [&[0xff, 0xfe][..], &"a: ü".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()];
        let file = SourceFile::new("x", bytes.concat());
        assert_eq!(file.text(), "a: ü");
        assert!(!file.is_verbatim());
        assert!(!file.is_damaged(Span { start: 0, end: 5 }));
    }

    #[test]
    fn invalid_utf8_keeps_offsets() {
        let file = SourceFile::new("x", b"a: \xff\xfe\nb: c".to_vec());
        assert_eq!(file.text().len(), 10);
        assert_eq!(&file.text()[6..], "b: c");
        assert!(file.is_damaged(Span { start: 0, end: 5 }));
        assert!(!file.is_damaged(Span { start: 5, end: 10 }));
        assert!(!file.is_verbatim());
    }
}
