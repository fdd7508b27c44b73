//! The characters that the scanner stands before, and the wall that it may stand before.

use super::{Problem, Scan, Scanner, Wall};

impl<'t> Scanner<'t> {
    pub(super) fn byte(&self, ahead: usize) -> u8 {
        let at = self.mark.offset + ahead;
        match self.bytes.get(at) {
            Some(&byte) => byte,
            // kubectl's reader ends every line.
            None if at == self.bytes.len() && !self.bytes.ends_with(b"\n") => b'\n',
            None => 0,
        }
    }

    /// Has the library read that many characters from here on?
    pub(super) fn need(&self, characters: usize) -> Scan {
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

    pub(super) fn is_blank(&self, ahead: usize) -> bool {
        matches!(self.byte(ahead), b' ' | b'\t')
    }

    pub(super) fn is_break(&self, ahead: usize) -> bool {
        match self.byte(ahead) {
            b'\n' | b'\r' => true,
            0xc2 => self.byte(ahead + 1) == 0x85,
            0xe2 => self.byte(ahead + 1) == 0x80 && matches!(self.byte(ahead + 2), 0xa8 | 0xa9),
            _ => false,
        }
    }

    pub(super) fn is_break_or_end(&self, ahead: usize) -> bool {
        self.byte(ahead) == 0 || self.is_break(ahead)
    }

    pub(super) fn is_blank_or_end(&self, ahead: usize) -> bool {
        self.is_blank(ahead) || self.is_break_or_end(ahead)
    }

    pub(super) fn is_alpha(&self) -> bool {
        matches!(self.byte(0), b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'-')
    }

    /// Three bytes at the beginning of a line that end or begin a document.
    pub(super) fn is_document_indicator(&self) -> bool {
        self.mark.column == 0
            && matches!([self.byte(0), self.byte(1), self.byte(2)], [b'-', b'-', b'-'] | [b'.', b'.', b'.'])
            && self.is_blank_or_end(3)
    }

    /// Passes one character.
    pub(super) fn skip(&mut self) {
        self.mark.index += 1;
        self.mark.column += 1;
        self.mark.offset += width(self.byte(0));
    }

    /// Passes one line break, if one stands here, and gives what it stands for in a scalar.
    pub(super) fn line_break(&mut self) -> &'static str {
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

    /// Passes letters, digits, `-` and `_`, and gives them.
    pub(super) fn word(&mut self) -> Scan<&'t str> {
        let from = self.mark.offset;
        while self.is_alpha() {
            self.skip();
            self.need(1)?;
        }
        Ok(self.slice(from, self.mark.offset))
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end.min(self.text.len())).unwrap_or("")
    }

    /// Passes one character and adds it to the text.
    pub(super) fn read(&mut self, text: &mut String) {
        let start = self.mark.offset;
        self.skip();
        text.push_str(self.slice(start, self.mark.offset));
    }

    pub(super) fn problem(&self, message: &'static str) -> Problem {
        let line = (self.mark.line != 0).then_some(self.mark.line + 1);
        Problem { message, offset: self.mark.offset, line, character: false }
    }

    pub(super) fn fail<T>(&self, message: &'static str) -> Scan<T> {
        Err(self.problem(message))
    }
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
pub(super) fn wall(text: &str, start: usize) -> Option<Wall> {
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
fn first_unreadable(bytes: &[u8], start: usize) -> Option<usize> {
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
