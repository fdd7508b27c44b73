//! Waivers in comments: `# plimsoll: waive …`.

use plimsoll_doc::{Document, SourceFile, Span};

/// Whatever in a file is meant for the program has its name: most files don't have it anywhere.
pub(super) const NAME: &str = "plimsoll";

/// Begins a comment that is meant for the program.
const MARK: &str = "plimsoll:";

/// A comment that is meant for the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Comment<'d> {
    /// What stands after [`MARK`].
    pub text: &'d str,
    pub line: u32,
    pub covers: Covers,
}

/// Whether a text has a word in it: every text that is read is asked.
pub(super) fn has(text: &str, word: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some()
}

/// What a comment holds for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Covers {
    /// One line.
    Line(u32),
    /// The document that it stands at the head of.
    Document,
}

/// The comments of a document. One that shares its line with something holds for that line; one on a
/// line of its own for the next line that is no comment; one before the document's content for all
/// of it. Those behind its content may be meant for a document that follows: they begin where the
/// document's own end, which is given too.
pub(super) fn inside(document: &Document, is_followed: bool) -> (Vec<Comment<'_>>, u32) {
    let file = document.file();
    let mut end = document.span().end;
    if !has(text_at(file, document.span()), NAME) {
        return (Vec::new(), end);
    }
    let head = document.root().span().start;
    let comments = document.comments();
    if is_followed {
        end = tail(document, &comments);
    }
    let mut found = Vec::new();
    // The last comment on a line of its own, and the line that it stands above.
    let mut below: Option<(u32, u32)> = None;
    for span in comments.into_iter().rev().filter(|span| span.start < end) {
        let line = file.position(span.start).line;
        let before = Span { start: file.line_span(line).start, end: span.start };
        // A dash alone opens an item whose content stands on the next line.
        let is_alone =
            text_at(file, before).chars().all(|c| c.is_whitespace() || c == '-' || c == '\u{feff}');
        let mut target = line;
        if is_alone {
            target = match below {
                Some((next, target)) if next == line + 1 => target,
                _ => line + 1,
            };
            below = Some((line, target));
        }
        if let Some(text) = directive(text_at(file, span)) {
            let covers = if span.start < head { Covers::Document } else { Covers::Line(target) };
            found.push(Comment { text, line, covers });
        }
    }
    found.reverse();
    (found, end)
}

/// Where the comments begin behind which nothing but comments stands: not before the first that isn't
/// indented, since an indented one belongs to what it stands under.
fn tail(document: &Document, comments: &[Span]) -> u32 {
    let file = document.file();
    let (mut tail, mut from) = (document.span().end, document.span().end);
    for span in comments.iter().rev() {
        let line = file.line_span(file.position(span.start).line).start;
        let is_blank = |start, end| text_at(file, Span { start, end }).trim().is_empty();
        if !is_blank(span.end, from) || !is_blank(line, span.start) {
            break;
        }
        from = span.start;
        if line == span.start {
            tail = line;
        }
    }
    tail
}

/// The comments between two documents that stand at the head of the second: above its separator, or
/// on it. The text is what lies between the first one's end, see [`inside`], and the second.
pub(super) fn between(file: &SourceFile, gap: Span) -> Vec<Comment<'_>> {
    let mut found = Vec::new();
    if !has(text_at(file, gap), NAME) {
        return found;
    }
    // Text between two separators that is more than comments is a document that could not be read:
    // its comments are its own.
    let mut is_document = false;
    let mut at = gap.start;
    while at < gap.end {
        let line = file.position(at).line;
        let span = file.line_span(line);
        let text = text_at(file, Span { start: at, end: span.end.min(gap.end) });
        let text = text.trim_start_matches('\u{feff}');
        let remark = match text.strip_prefix("---") {
            Some(rest) => {
                if is_document {
                    found.clear();
                }
                is_document = false;
                rest
            }
            None => text,
        };
        match directive(remark.trim()) {
            Some(text) => found.push(Comment { text, line, covers: Covers::Document }),
            None => {
                let remark = remark.trim();
                is_document |= !(remark.is_empty() || remark.starts_with(['#', '%']));
            }
        }
        let next = file.line_span(line + 1).start;
        if next <= at {
            break;
        }
        at = next;
    }
    if is_document {
        found.clear();
    }
    found
}

/// What a comment says to the program, where it does: the mark stands at its beginning, or after
/// another `#`. Where the colon is missing, all of it: that means nothing, and is to be told.
fn directive(comment: &str) -> Option<&str> {
    if !comment.starts_with('#') {
        return None;
    }
    let said = comment.trim_start_matches('#').trim_start();
    if said.strip_prefix(NAME).is_some_and(|rest| rest.trim_start().starts_with("waive ")) {
        return Some(said);
    }
    comment
        .match_indices(MARK)
        .find(|(at, _)| comment.get(..*at).is_some_and(|before| before.trim_end().ends_with('#')))
        .and_then(|(at, _)| comment.get(at + MARK.len()..))
}

fn text_at(file: &SourceFile, span: Span) -> &str {
    file.text().get(span.start as usize..span.end as usize).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::documents;

    #[test]
    fn every_comment_for_the_program_begins_with_its_name() {
        assert!(MARK.starts_with(NAME));
    }

    /// The line of each comment, and the line that it holds for; 0 for the document.
    #[track_caller]
    fn check(text: &str, expected: &[(u32, u32)]) {
        let documents = documents("x.yaml", text);
        let found: Vec<_> = documents
            .iter()
            .flat_map(|document| inside(document, false).0)
            .map(|comment| match comment.covers {
                Covers::Line(line) => (comment.line, line),
                Covers::Document => (comment.line, 0),
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn on_a_line_or_above_it() {
        check("a: 1\nb: 2 # plimsoll: waive x\n", &[(2, 2)]);
        check("a: 1\n# plimsoll: waive x\nb: 2\n", &[(2, 3)]);
        check("a: 1\n# plimsoll: waive x\n# because\n# of this\nb: 2\n", &[(2, 5)]);
        check("a: 1\n# plimsoll: waive x\n  # plimsoll: waive y\nb: 2\n", &[(2, 4), (3, 4)]);
        check("a: 1\n# plimsoll: waive x\n\nb: 2\n", &[(2, 3)]);
        check("a: 1 # plimsoll: waive x\n# plimsoll: waive y\nb: 2\n", &[(1, 1), (2, 3)]);
        check("a:\n- # plimsoll: waive x\n  b: 2\n", &[(2, 3)]);
        check("a:\n  # plimsoll: waive x\n  - b: 2\n", &[(2, 3)]);
        check("a: {b: 1} # plimsoll: waive x\r\nc: 1\r\n", &[(1, 1)]);
        check("a: | # plimsoll: waive x\n  text\n", &[(1, 1)]);
        check("a: 1\n# plimsoll: waive x", &[(2, 3)]);
    }

    #[test]
    fn behind_the_content() {
        for (text, end) in [
            ("a: 1\n# plimsoll: waive x\n", 5),
            ("a: 1 # x\n# plimsoll: waive x\n  # y\n", 9),
            ("a: 1\n\n# y\n\n# plimsoll: waive x\n\n", 6),
            ("a: 1\n...\n# plimsoll: waive x\n", 9),
            // Near misses: what stands in the document.
            ("a: 1\n# plimsoll: waive x\n...\n", 29),
            ("a:\n  b: 1\n  # plimsoll: waive x\n", 32),
            ("a: 1 # plimsoll: waive x\n", 25),
            ("a: |\n  # x\n\n  # plimsoll: waive x\n", 34),
        ] {
            assert_eq!(inside(&documents("x.yaml", text)[0], true).1, end, "{text}");
        }
    }

    #[test]
    fn before_the_content() {
        check("# plimsoll: waive x\na: 1\n", &[(1, 0)]);
        check("\u{feff}# plimsoll: waive x\n\n# more\na: 1\n", &[(1, 0)]);
        check("a: 1\n---\n# plimsoll: waive x\n\nb: 1\n", &[(3, 0)]);
    }

    #[test]
    fn what_is_no_comment_for_us() {
        for text in [
            "a: \"# plimsoll: waive x\"\n",
            "a: '# plimsoll: waive x'\n",
            "a: |\n  # plimsoll: waive x\n",
            "a: >\n  text\n  # plimsoll: waive x\n",
            "a: b# plimsoll: waive x\n",
            "a: 1 # see plimsoll: waive x\n",
            "a: 1 # Plimsoll: waive x\n",
            "a: 1 # plimsoll waives x\n",
            "# a comment\na: 1\n",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn marks_in_comments() {
        for (comment, expected) in [
            ("# plimsoll: waive x", Some(" waive x")),
            ("#plimsoll:waive x", Some("waive x")),
            ("##  plimsoll: waive x", Some(" waive x")),
            ("# needs devices # plimsoll: waive x", Some(" waive x")),
            ("# so says plimsoll: waive x", None),
            ("# xplimsoll: waive x", None),
            ("#", None),
        ] {
            assert_eq!(directive(comment), expected, "{comment}");
        }
    }

    #[test]
    fn comments_above_a_separator() {
        for (text, expected) in [
            ("# plimsoll: waive x\n---\n", &[1][..]),
            ("# plimsoll: waive x\n--- # plimsoll: waive y\n", &[1, 2]),
            ("\u{feff}# plimsoll: waive x\r\n\r\n---\r\n", &[1]),
            ("%YAML 1.1\n# plimsoll: waive x\n---\n", &[2]),
            ("broken: [\n# plimsoll: waive x\n---\n", &[]),
            ("broken: [\n---\n# plimsoll: waive x\n---\n", &[3]),
            ("# plimsoll: waive x\n---\nbroken: [\n", &[]),
            ("---\n", &[]),
        ] {
            let file = SourceFile::new("x.yaml", text.into());
            let gap = Span { start: 0, end: text.len() as u32 };
            let found: Vec<_> = between(&file, gap).iter().map(|comment| comment.line).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
