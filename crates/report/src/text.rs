//! Text for people: plurals, wrapping, and characters that must not reach a terminal.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

/// `1 file`, `2 files`
pub fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Whether a character can change what a person sees around it: control characters start terminal
/// sequences, bidirectional marks reorder text.
pub(crate) fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether a text is ASCII that is neither hostile nor a line end. Without a way out early, it takes many
/// bytes at a time.
pub(crate) fn is_plain(text: &str) -> bool {
    text.bytes().fold(true, |plain, byte| plain & (0x20..0x7f).contains(&byte))
}

/// Text from outside, on one line and safe to show: tabs and line ends become spaces, other hostile
/// characters the replacement character.
pub fn shown(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.chars().any(is_hostile) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|c| match c {
                '\t' | '\n' | '\r' => ' ',
                c if is_hostile(c) => char::REPLACEMENT_CHARACTER,
                c => c,
            })
            .collect(),
    )
}

/// Columns that text takes on a screen.
pub(crate) fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// Breaks text at spaces into lines of at most `width` columns; a longer word stands alone.
pub(crate) fn wrap(text: &str, width: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    let is_ascii = text.is_ascii();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if rest.len() <= width || (!is_ascii && columns(rest) <= width) {
            return Some(std::mem::take(&mut rest));
        }
        if is_ascii {
            // The last space that leaves the line within its width, else the first one after it.
            let (near, far) = rest.as_bytes().split_at((width + 1).min(rest.len()));
            let is_space = |byte: &u8| *byte == b' ';
            let end = near.iter().rposition(is_space);
            let end = end.or_else(|| far.iter().position(is_space).map(|at| near.len() + at));
            let Some(end) = end else { return Some(std::mem::take(&mut rest)) };
            let (line, tail) = rest.split_at(end);
            rest = tail.trim_start();
            return Some(line);
        }
        let mut end = None;
        for (at, _) in rest.match_indices(' ') {
            if columns(rest.get(..at)?) > width && end.is_some() {
                break;
            }
            end = Some(at);
            if columns(rest.get(..at)?) > width {
                break;
            }
        }
        let Some(end) = end else { return Some(std::mem::take(&mut rest)) };
        let (line, tail) = rest.split_at(end);
        rest = tail.trim_start();
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_at_spaces() {
        let lines: Vec<_> = wrap("one two three four", 9).collect();
        assert_eq!(lines, ["one two", "three", "four"]);
        let lines: Vec<_> = wrap("a incomprehensibilities b", 6).collect();
        assert_eq!(lines, ["a", "incomprehensibilities", "b"]);
        assert_eq!(wrap("short", 80).collect::<Vec<_>>(), ["short"]);
        assert_eq!(wrap("", 80).count(), 0);
        assert_eq!(wrap("日本 日本", 5).collect::<Vec<_>>(), ["日本", "日本"]);
    }

    #[test]
    fn hostile_characters_are_not_shown() {
        assert_eq!(shown("a\x1b[31mb"), "a\u{fffd}[31mb");
        assert_eq!(shown("a\u{202e}b\nc\td"), "a\u{fffd}b c d");
        assert_eq!(shown("日本 🚢 é"), "日本 🚢 é");
        assert!(matches!(shown("plain"), Cow::Borrowed(_)));
    }
}
