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

/// Decodes the scalar that a text begins with. It is known to be sound.
pub(crate) fn decode(text: &str, style: Style, block: Block) -> String {
    if block.json {
        return crate::json_reader::decode(text);
    }
    let simple = match style {
        Style::Literal => literal(text, block.indent as usize),
        Style::DoubleQuoted => double_quoted(text),
        _ => None,
    };
    simple.or_else(|| Scanner::scalar(text, style, i64::from(block.indent))).unwrap_or_default()
}

/// A literal block scalar whose lines end in line feeds. `None` for any other.
fn literal(text: &str, indent: usize) -> Option<String> {
    if indent == 0 {
        return None;
    }
    let bytes = text.as_bytes();
    let body = memchr::memchr(b'\n', bytes)? + 1;
    let indicators =
        bytes.get(1..body)?.iter().take_while(|byte| byte.is_ascii_digit() || b"+-".contains(byte));
    let chomping = indicators.copied().find(|byte| !byte.is_ascii_digit());
    let mut decoded = String::new();
    let mut at = body;
    // Line ends since the last line with something on it, and its own.
    let mut ends = 0;
    let mut own = false;
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
        let to = memchr::memchr(b'\n', &bytes[from..]).map_or(bytes.len(), |end| from + end);
        decoded.extend(std::iter::repeat_n('\n', ends + usize::from(own)));
        decoded.push_str(text.get(from..to)?);
        (ends, own) = (0, true);
        at = to + 1;
    }
    let read = text.get(..at.min(text.len()))?;
    let other_breaks = |text: &str| !text.is_ascii() && text.contains(['\u{85}', '\u{2028}', '\u{2029}']);
    if memchr::memchr2(b'\r', 0, read.as_bytes()).is_some() || other_breaks(read) {
        return None;
    }
    let kept = match chomping {
        Some(b'-') => 0,
        Some(_) => ends + usize::from(own),
        None => usize::from(own),
    };
    decoded.extend(std::iter::repeat_n('\n', kept));
    Some(decoded)
}

/// A double-quoted scalar on one line with the escapes that text is written with. `None` for any other.
fn double_quoted(text: &str) -> Option<String> {
    let mut rest = text.strip_prefix('"')?;
    let mut decoded = String::new();
    loop {
        let at = memchr::memchr2(b'"', b'\\', rest.as_bytes())?;
        let run = rest.get(..at)?;
        if memchr::memchr3(b'\n', b'\r', 0, run.as_bytes()).is_some() || !run.is_ascii() {
            return None;
        }
        decoded.push_str(run);
        let escaped = match rest.as_bytes().get(at..)? {
            [b'"', ..] => return Some(decoded),
            [_, b'n', ..] => '\n',
            [_, b't', ..] => '\t',
            [_, b'r', ..] => '\r',
            [_, quoted @ (b'"' | b'\\'), ..] => char::from(*quoted),
            _ => return None,
        };
        decoded.push(escaped);
        rest = rest.get(at + 2..)?;
    }
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
                check(&text, Style::Literal, 2, literal(&text, 2));
            }
        }
        for text in ["|\r\n  a\r\n", "|\n  a\u{2028}  b\n", "|"] {
            assert_eq!(literal(text, 2), None, "{text:?}");
        }
    }

    #[test]
    fn quoted_text_is_read_as_by_all_rules() {
        for text in [r#""""#, r#""a""#, r#""a \" b\\ \n\t\r" # c"#, r#""  a  " "b""#] {
            check(text, Style::DoubleQuoted, 0, double_quoted(text));
        }
        for text in [r#""a"#, r#""\x41""#, "\"a\n b\"", "\"é\"", r#""\"#] {
            assert_eq!(double_quoted(text), None, "{text}");
        }
    }
}
