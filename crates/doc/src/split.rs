//! The documents of an input, separated as kubectl's reader separates them.

use memchr::memmem;

use crate::Span;

/// A piece of an input between separators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// What kubectl hands to the parser, and in it what follows the separator that it may begin with.
    Document { read: Span, content: Span },
    /// A line that begins with `---` and goes on with something else; kubectl reads no further.
    BadSeparator(Span),
}

/// Separates the text from `from` on. A separator is a line that begins with `---`, with nothing or a
/// comment after it.
pub(crate) fn pieces(text: &str, from: usize) -> Pieces<'_> {
    Pieces {
        text,
        start: from,
        content: from,
        line: Some(from),
        finder: memmem::Finder::new("\n---"),
        bad: None,
    }
}

pub(crate) struct Pieces<'t> {
    text: &'t str,
    /// Where the next piece begins, and where its content does.
    start: usize,
    content: usize,
    /// The next line that may separate; `None` at the end.
    line: Option<usize>,
    finder: memmem::Finder<'static>,
    /// A bad separator that follows the piece that was given last.
    bad: Option<Span>,
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if let Some(bad) = self.bad.take() {
            return Some(Piece::BadSeparator(bad));
        }
        while let Some(line) = self.line {
            let piece = self.separate(line);
            let rest = self.text.as_bytes().get(line..).unwrap_or(&[]);
            self.line = self.finder.find(rest).map(|found| line + found + 1);
            if piece.is_some() {
                return piece;
            }
            if let Some(bad) = self.bad.take() {
                return Some(Piece::BadSeparator(bad));
            }
        }
        let end = self.text.len();
        let piece = self.document(end);
        self.start = end;
        self.content = end;
        piece
    }
}

impl Pieces<'_> {
    /// The piece up to a place, if it has any bytes.
    fn document(&self, end: usize) -> Option<Piece> {
        (self.start < end)
            .then(|| Piece::Document { read: span(self.start, end), content: span(self.content, end) })
    }

    /// Looks at a line, and gives the piece that it ends.
    fn separate(&mut self, line: usize) -> Option<Piece> {
        let (text, start) = (self.text, self.start);
        if !text[line..].starts_with("---") {
            return None;
        }
        let after =
            memchr::memchr(b'\n', &text.as_bytes()[line..]).map_or(text.len(), |found| line + found + 1);
        let line_end = &text[line + 3..after];
        let rest = line_end.trim();
        let piece = self.document(line);
        if !rest.is_empty() && !rest.starts_with('#') {
            self.bad = Some(span(line, after));
            self.start = line;
            self.content = line;
        } else if start < line {
            self.start = after;
            self.content = after;
        } else if is_separator(line_end) {
            // The reader drops a separator only when it ends a document; here the parser sees it.
            self.content = after;
        }
        piece
    }
}

/// Whether the parser too takes what follows three dashes for the end of a separator: `---#` is none for it, and white
/// space beyond ASCII is text.
fn is_separator(line_end: &str) -> bool {
    let rest = line_end.trim_matches([' ', '\t', '\r', '\n']);
    rest.is_empty() || line_end.starts_with([' ', '\t']) && rest.starts_with('#')
}

fn span(start: usize, end: usize) -> Span {
    Span { start: start as u32, end: end as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = pieces(text, 0)
            .map(|piece| match piece {
                Piece::Document { read, .. } => text[read.start as usize..read.end as usize].to_owned(),
                Piece::BadSeparator(span) => format!("!{}", &text[span.start as usize..span.end as usize]),
            })
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn separators() {
        check("a\n---\nb\n", &["a\n", "b\n"]);
        check("---\na\n--- # c\nb", &["---\na\n", "b"]);
        check("--- \r\na\r\n---\r\n", &["--- \r\na\r\n"]);
        check("a\n ---\nb\n", &["a\n ---\nb\n"]);
        check("a\n---\n---\nb\n", &["a\n", "---\nb\n"]);
        check("---\n---\nb\n", &["---\n", "b\n"]);
        check("a\n---", &["a\n"]);
        check("", &[]);
        check("---\n", &["---\n"]);
    }

    #[test]
    fn separators_with_content() {
        check("a\n--- b\nc\n", &["a\n", "!--- b\n", "--- b\nc\n"]);
        check("----\n", &["!----\n", "----\n"]);
        check("--- a\n---\nb\n", &["!--- a\n", "--- a\n", "b\n"]);
    }

    #[test]
    fn content_begins_behind_the_separator() {
        let found: Vec<Piece> = pieces("--- # c\na\n", 0).collect();
        assert_eq!(found, [Piece::Document { read: span(0, 10), content: span(8, 10) }]);
    }
}
