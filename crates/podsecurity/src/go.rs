//! Text as Go writes it: what the API server's messages are made with.

use std::fmt::Write;

/// A text in quotes, as `%q` does it.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            ' '..='~' => out.push(c),
            '\x07' => out.push_str("\\a"),
            '\x08' => out.push_str("\\b"),
            '\x0c' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x0b' => out.push_str("\\v"),
            c => {
                // Writing to a string cannot fail.
                let _ = match u32::from(c) {
                    code @ (..0x20 | 0x7f) => write!(out, "\\x{code:02x}"),
                    _ if is_printable(c) => write!(out, "{c}"),
                    code @ ..0x1_0000 => write!(out, "\\u{code:04x}"),
                    code => write!(out, "\\U{code:08x}"),
                };
            }
        }
    }
    out.push('"');
    out
}

/// Whether a character beyond ASCII is shown as it is. Behind another character, the standard library
/// escapes what isn't printable and nothing else.
fn is_printable(c: char) -> bool {
    format!("a{c}").escape_debug().nth(1) != Some('\\')
}

/// Items in quotes with commas between, without escapes: `"a", "b"`.
pub(crate) fn join_quoted<'t>(items: impl IntoIterator<Item = &'t str>) -> String {
    let mut out = String::new();
    for item in items {
        out.push_str(if out.is_empty() { "\"" } else { ", \"" });
        out.push_str(item);
        out.push('"');
    }
    out
}

/// The first form for one, the second for any other number.
pub(crate) fn plural(one: &'static str, many: &'static str, count: usize) -> &'static str {
    if count == 1 { one } else { many }
}

/// Errors in one line: each text once, in brackets where there are several.
pub(crate) fn aggregate(errors: impl IntoIterator<Item = String>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for error in errors {
        if !seen.contains(&error) {
            seen.push(error);
        }
    }
    match seen.as_slice() {
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    }
}

/// `KIND.GROUP` of a kind or resource; the core group has no name.
pub(crate) fn grouped(name: &str, group: &str) -> String {
    if group.is_empty() { name.to_owned() } else { format!("{name}.{group}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_those_of_go() {
        for (text, expected) in [
            ("plain", r#""plain""#),
            ("a\"b\\c'", r#""a\"b\\c'""#),
            ("\u{7}\u{8}\u{c}\n\r\t\u{b}", r#""\a\b\f\n\r\t\v""#),
            ("\0\u{1b}\u{7f}", r#""\x00\x1b\x7f""#),
            ("é船🚢", r#""é船🚢""#),
            ("\u{85}\u{a0}\u{ad}\u{200b}\u{feff}\u{e0001}", r#""\u0085\u00a0\u00ad\u200b\ufeff\U000e0001""#),
            ("e\u{301}\u{301}", "\"e\u{301}\u{301}\""),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }

    #[test]
    fn errors_are_told_once() {
        let all = |errors: &[&str]| aggregate(errors.iter().map(ToString::to_string));
        assert_eq!(all(&["a"]), "a");
        assert_eq!(all(&["a", "b", "a"]), "[a, b]");
        assert_eq!(all(&["a", "a"]), "a");
    }
}
