//! Scalars: from how they are written to their text, when that is asked for.

use crate::Style;
use crate::scanner::Scanner;

/// How a scalar is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// Columns of indentation of the text of a block scalar.
    pub indent: u32,
    /// A string of JSON, which has other escapes than YAML.
    pub json: bool,
}

/// Decodes the scalar that a text begins with, which takes about so many bytes of it: what follows a block scalar may
/// be more. It is known to be sound.
pub(crate) fn decode(text: &str, length: usize, style: Style, block: Block) -> String {
    if block.json {
        return crate::json_reader::decode(text);
    }
    let simple = match style {
        Style::Literal => literal(text, length, block.indent as usize),
        Style::DoubleQuoted => double_quoted(text),
        _ => None,
    };
    simple.or_else(|| Scanner::scalar(text, style, i64::from(block.indent))).unwrap_or_default()
}

/// A literal block scalar whose lines end in line feeds. `None` for any other.
fn literal(text: &str, length: usize, indent: usize) -> Option<String> {
    if indent == 0 {
        return None;
    }
    let bytes = text.as_bytes();
    let body = memchr::memchr(b'\n', bytes)? + 1;
    let indicators =
        bytes.get(1..body)?.iter().take_while(|byte| byte.is_ascii_digit() || b"+-".contains(byte));
    let chomping = indicators.copied().find(|byte| !byte.is_ascii_digit());
    let mut decoded = String::with_capacity(length);
    let mut at = body;
    // Line ends since the last line with something on it. Its own is decoded with it.
    let mut ends = 0;
    while at < bytes.len() {
        let spaces = bytes[at..].iter().take(indent).take_while(|&&byte| byte == b' ').count();
        let from = at + spaces;
        match bytes.get(from) {
            // The last line ends, written or not.
            Some(b'\n') | None => {
                ends += 1;
                at = from + 1;
                continue;
            }
            Some(_) if spaces == indent => {}
            _ => break,
        }
        if ends > 0 {
            decoded.extend(std::iter::repeat_n('\n', ends));
            ends = 0;
        }
        let end = memchr::memchr(b'\n', &bytes[from..]);
        at = end.map_or(bytes.len(), |end| from + end + 1);
        decoded.push_str(text.get(from..at)?);
        if end.is_none() {
            decoded.push('\n');
        }
    }
    let read = text.get(..at.min(text.len()))?;
    if memchr::memchr2(b'\r', 0, read.as_bytes()).is_some() || has_other_breaks(read) {
        return None;
    }
    match chomping {
        Some(b'-') => _ = decoded.pop(),
        Some(_) => decoded.extend(std::iter::repeat_n('\n', ends)),
        None => {}
    }
    Some(decoded)
}

/// A double-quoted scalar whose lines end in line feeds. `None` for any other, and for escapes that are rare.
fn double_quoted(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    if memchr::memchr2(b'\r', 0, bytes).is_some() || has_other_breaks(text) {
        return None;
    }
    let mut decoded = String::with_capacity(text.len());
    let mut at = 1;
    loop {
        let stop = at + memchr::memchr3(b'"', b'\\', b'\n', bytes.get(at..)?)?;
        let run = text.get(at..stop)?;
        at = stop + 2;
        match (bytes[stop], bytes.get(stop + 1)) {
            (b'"', _) => {
                decoded.push_str(run);
                return Some(decoded);
            }
            (b'\n', _) => {
                // A line end is a space, empty lines are line feeds, blanks around them are nothing.
                decoded.push_str(run.trim_end_matches([' ', '\t']));
                let (next, ends) = blank_lines(bytes, stop + 1);
                if ends == 0 {
                    decoded.push(' ');
                }
                decoded.extend(std::iter::repeat_n('\n', ends));
                at = next;
            }
            (_, Some(b'\n')) => {
                decoded.push_str(run);
                let (next, ends) = blank_lines(bytes, stop + 2);
                decoded.extend(std::iter::repeat_n('\n', ends));
                at = next;
            }
            (_, Some(escaped)) => {
                decoded.push_str(run);
                decoded.push(match escaped {
                    b'n' => '\n',
                    b't' => '\t',
                    b'r' => '\r',
                    b'"' | b'\\' | b' ' => char::from(*escaped),
                    b'x' | b'u' | b'U' => {
                        let digits = match escaped {
                            b'x' => 2,
                            b'u' => 4,
                            _ => 8,
                        };
                        let number = text.get(at..at + digits)?;
                        at += digits;
                        char::from_u32(u32::from_str_radix(number, 16).ok()?)?
                    }
                    _ => return None,
                });
            }
            (_, None) => return None,
        }
    }
}

/// Passes blanks and line feeds: where the next character stands, and how many lines ended.
fn blank_lines(bytes: &[u8], from: usize) -> (usize, usize) {
    let rest = bytes.get(from..).unwrap_or(&[]);
    let blanks = rest.iter().take_while(|byte| b" \t\n".contains(byte));
    let (length, ends) =
        blanks.fold((0, 0), |(length, ends), byte| (length + 1, ends + usize::from(*byte == b'\n')));
    (from + length, ends)
}

/// Whether a text has characters that YAML 1.1 counts as line breaks besides those of ASCII.
fn has_other_breaks(text: &str) -> bool {
    !text.is_ascii() && text.contains(['\u{85}', '\u{2028}', '\u{2029}'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, style: Style, indent: u32, simple: Option<String>) {
        let simple = simple.unwrap_or_else(|| panic!("{text:?} is read by all rules"));
        assert_eq!(Some(simple), Scanner::scalar(text, style, i64::from(indent)), "{text:?}");
    }

    #[test]
    fn literals_are_read_as_by_all_rules() {
        let bodies = [
            "  a\n",
            "  a",
            "  a\n\n\n",
            "\n\n  a\n",
            "  a\n   b \n  c\n",
            "  a\n\n \n  \n   \n  b\n",
            "  a\n b: c\n",
            "  a\n# no part of it\n",
            "  # part of it\n",
            "\n",
            "",
            "   a\n",
            "  a\n   ",
            "  a\n ",
            "  é \t船\n",
            "  \ta\n",
        ];
        for header in ["|", "|-", "|+", "|2", "|2-", "|+2", "| # words\n", "|- \t"] {
            for body in bodies {
                let text = format!("{}\n{body}", header.trim_end_matches('\n'));
                check(&text, Style::Literal, 2, literal(&text, text.len(), 2));
            }
        }
        for text in ["|\r\n  a\r\n", "|\n  a\u{2028}  b\n", "|"] {
            assert_eq!(literal(text, 0, 2), None, "{text:?}");
        }
    }

    #[test]
    fn quoted_text_is_read_as_by_all_rules() {
        for text in [
            r#""""#,
            r#""a""#,
            r#""a \" b\\ \n\t\r" # c"#,
            r#""  a  " "b""#,
            r#""\ \x41\u00e9\U0001f6a2 \\x41""#,
            "\"é 船\"",
            "\"\u{feff}\"",
        ] {
            check(text, Style::DoubleQuoted, 0, double_quoted(text));
        }
        for text in [r#""a"#, r#""\a""#, "\"a\r\n b\"", "\"a\u{2028} b\"", "\"\u{85}\"", r#""\"#, r#""\u00"#]
        {
            assert_eq!(double_quoted(text), None, "{text}");
        }
    }

    /// All that can stand before and after a line end, in any number.
    #[test]
    fn quoted_lines_are_joined_as_by_all_rules() {
        let pieces = ["a", " ", "\t", "\n", "\\\n", "\\ ", "\\n", "\\t", "é"];
        let mut texts = vec![String::new()];
        for _ in 0..5 {
            texts = texts
                .iter()
                .flat_map(|text| pieces.iter().map(move |piece| format!("{text}{piece}")))
                .collect();
            for text in texts.iter().map(|text| format!("\"{text}\"")) {
                check(&text, Style::DoubleQuoted, 0, double_quoted(&text));
            }
        }
    }
}
