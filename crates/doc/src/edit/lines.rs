//! Lines of a text, and what stands between its tokens.

/// A text whose lines end with `\n`, `\r\n` or `\r`, with or without a byte-order mark.
#[derive(Clone, Copy)]
pub(super) struct Lines<'t>(pub &'t str);

const BOM: &str = "\u{feff}";

impl<'t> Lines<'t> {
    pub fn byte(self, at: usize) -> Option<u8> {
        self.0.as_bytes().get(at).copied()
    }

    pub fn slice(self, start: usize, end: usize) -> &'t str {
        self.0.get(start..end).unwrap_or("")
    }

    /// The first byte of a line, after a byte-order mark.
    pub fn start(self, at: usize) -> usize {
        let before = self.0.as_bytes().get(..at).unwrap_or_default();
        match before.iter().rposition(|b| matches!(b, b'\n' | b'\r')) {
            Some(at) => at + 1,
            None if self.0.starts_with(BOM) => BOM.len().min(at),
            None => 0,
        }
    }

    /// The end of a line, before its break.
    pub fn end(self, at: usize) -> usize {
        let after = self.0.as_bytes().get(at..).unwrap_or_default();
        after.iter().position(|b| matches!(b, b'\n' | b'\r')).map_or(self.0.len(), |found| at + found)
    }

    /// The first byte of the next line, given the end of one; the end of the text where there is none.
    pub fn after(self, end: usize) -> usize {
        match (self.byte(end), self.byte(end + 1)) {
            (Some(b'\r'), Some(b'\n')) => end + 2,
            (Some(b'\r' | b'\n'), _) => end + 1,
            _ => self.0.len(),
        }
    }

    /// The end of the line before the one that starts at `start`.
    pub fn end_before(self, start: usize) -> Option<usize> {
        match (
            start.checked_sub(2).and_then(|at| self.byte(at)),
            start.checked_sub(1).and_then(|at| self.byte(at)),
        ) {
            (Some(b'\r'), Some(b'\n')) => Some(start - 2),
            (_, Some(b'\n' | b'\r')) => Some(start - 1),
            _ => None,
        }
    }

    /// The first place from `at` on that is no space or tab.
    pub fn skip_blanks(self, at: usize) -> usize {
        let after = self.0.as_bytes().get(at..).unwrap_or_default();
        at + after.iter().take_while(|b| matches!(b, b' ' | b'\t')).count()
    }

    /// The first place from `at` on that is neither white space, nor a line break, nor a comment.
    pub fn skip_gap(self, mut at: usize) -> usize {
        loop {
            at = self.skip_blanks(at);
            match self.byte(at) {
                Some(b'\n' | b'\r') => at += 1,
                // A comment starts a line or follows white space.
                Some(b'#') if self.may_start_comment(at) => at = self.end(at),
                _ => return at,
            }
        }
    }

    fn may_start_comment(self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.byte(at));
        at == self.start(at) || matches!(before, Some(b' ' | b'\t' | b',' | b'[' | b'{'))
    }

    /// Whether nothing but white space and a comment stands from `at` to the end of its line.
    pub fn is_rest_empty(self, at: usize) -> bool {
        let next = self.skip_blanks(at);
        match self.byte(next) {
            None | Some(b'\n' | b'\r') => true,
            Some(b'#') => self.may_start_comment(next),
            _ => false,
        }
    }

    /// What stands on a line before `at`.
    pub fn prefix(self, at: usize) -> &'t str {
        self.slice(self.start(at), at)
    }

    /// The white space that a line begins with.
    pub fn indent(self, at: usize) -> &'t str {
        let start = self.start(at);
        self.slice(start, self.skip_blanks(start))
    }
}
