//! The text of one input, and where in it things stand.

use std::sync::OnceLock;

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
    text: String,
    verbatim: bool,
    /// Offsets of the bytes that were not UTF-8 and are [`DAMAGED`] in the text, in order.
    damaged: Vec<u32>,
    lines: OnceLock<Vec<u32>>,
    characters: OnceLock<Vec<u32>>,
}

/// Bytes of text that columns are counted over at most, twice.
const BLOCK: usize = 4096;

/// Stands for a byte that is not UTF-8: one byte, so that offsets stay true, and a control character,
/// so that no document with it in its text is taken for sound.
const DAMAGED: u8 = 0x1a;

impl SourceFile {
    /// Takes the bytes of an input. Invalid UTF-8 keeps every offset true and spoils only the
    /// documents that it stands in; UTF-16 with a byte-order mark is read as UTF-16.
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        let (text, verbatim, damaged) = if let [0xff, 0xfe, rest @ ..] = bytes.as_slice() {
            let (text, damaged) = from_utf16(rest, u16::from_le_bytes);
            (text, false, damaged)
        } else if let [0xfe, 0xff, rest @ ..] = bytes.as_slice() {
            let (text, damaged) = from_utf16(rest, u16::from_be_bytes);
            (text, false, damaged)
        } else {
            match String::from_utf8(bytes) {
                Ok(text) => (text, true, Vec::new()),
                Err(error) => {
                    let (text, damaged) = from_damaged(error.into_bytes());
                    (text, false, damaged)
                }
            }
        };
        SourceFile {
            name: name.into(),
            text,
            verbatim,
            damaged,
            lines: OnceLock::new(),
            characters: OnceLock::new(),
        }
    }
    /// Takes text that was made from other files, such as the output of a renderer. It is not
    /// verbatim: there is no file to edit.
    pub fn generated(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        SourceFile { verbatim: false, ..SourceFile::new(name, bytes) }
    }
    /// The name that people know the input by, such as its path.
    pub fn name(&self) -> &str {
        &self.name
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
        let offset = offset.min(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        let lines = self.lines();
        let line = lines.partition_point(|&start| start <= offset).max(1);
        let start = lines.get(line - 1).copied().unwrap_or(0) as usize;
        let mut column = self.characters_in(start, offset as usize);
        if start == 0 && offset as usize >= BOM.len() && self.text.as_bytes().starts_with(BOM) {
            column -= 1;
        }
        Position { line: line as u32, column: column + 1 }
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
        let lines = self.lines();
        let length = self.text.len() as u32;
        let Some(&start) = (line as usize).checked_sub(1).and_then(|index| lines.get(index)) else {
            return Span { start: length, end: length };
        };
        let mut end = match lines.get(line as usize) {
            Some(&next) => next - 1,
            None => length,
        };
        if end > start && self.text.as_bytes().get(end as usize - 1) == Some(&b'\r') {
            end -= 1;
        }
        Span { start, end }
    }
    /// Whether a byte in the range was not UTF-8.
    pub(crate) fn is_damaged(&self, span: Span) -> bool {
        let first = self.damaged.partition_point(|&offset| offset < span.start);
        self.damaged.get(first).is_some_and(|&offset| offset < span.end)
    }
    /// Offsets at which lines begin.
    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let mut lines = Vec::with_capacity(self.text.len() / 24 + 1);
            lines.push(0);
            lines.extend(line_starts(self.text.as_bytes()));
            lines
        })
    }
}

/// Where lines begin after the first, as far as offsets reach.
fn line_starts(text: &[u8]) -> impl Iterator<Item = u32> {
    memchr::memchr_iter(b'\n', text).map_while(|at| u32::try_from(at + 1).ok())
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

fn from_damaged(bytes: Vec<u8>) -> (String, Vec<u32>) {
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
        assert!(!SourceFile::generated("x", "a: b".into()).is_verbatim());
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
