//! The documents of an input, separated as kubectl's reader separates them.

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
pub(crate) fn pieces(text: &str, from: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = from;
    let mut content = from;
    let mut line = from;
    let finder = memchr::memmem::Finder::new("\n---");
    loop {
        if text[line..].starts_with("---") {
            let after =
                memchr::memchr(b'\n', &text.as_bytes()[line..]).map_or(text.len(), |found| line + found + 1);
            let rest = text[line + 3..after].trim();
            let separates = rest.is_empty() || rest.starts_with('#');
            if start < line {
                pieces.push(Piece::Document { read: span(start, line), content: span(content, line) });
            }
            if !separates {
                pieces.push(Piece::BadSeparator(span(line, after)));
                start = line;
                content = line;
            } else if start < line {
                start = after;
                content = after;
            } else if rest.is_empty() || text[line + 3..].starts_with([' ', '\t']) {
                // The reader drops a separator only when it ends a document; here the parser sees it,
                // for which `---#` is none.
                content = after;
            }
        }
        match finder.find(&text.as_bytes()[line..]) {
            Some(found) => line += found + 1,
            None => break,
        }
    }
    if start < text.len() {
        pieces.push(Piece::Document { read: span(start, text.len()), content: span(content, text.len()) });
    }
    pieces
}

fn span(start: usize, end: usize) -> Span {
    Span { start: start as u32, end: end as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = pieces(text, 0)
            .into_iter()
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
        let found = pieces("--- # c\na\n", 0);
        assert_eq!(found, [Piece::Document { read: span(0, 10), content: span(8, 10) }]);
    }
}
