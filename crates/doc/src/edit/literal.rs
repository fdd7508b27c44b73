//! Values as text: what the API server reads as that value.

use std::fmt::Write;
use std::sync::Arc;

use crate::edit::layout::Layout;
use crate::{Kind, Limits, Literal, SourceFile, Style, parse};

/// How strings are quoted where they need quotes, or where what stands around them has some.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quote {
    /// Only where it must be.
    Least,
    Single,
    Double,
}

impl Quote {
    pub fn of(style: Style) -> Quote {
        match style {
            Style::SingleQuoted => Quote::Single,
            Style::DoubleQuoted => Quote::Double,
            _ => Quote::Least,
        }
    }
}

/// Whether a literal is written on one line in block style too.
pub(super) fn is_inline(literal: &Literal) -> bool {
    match literal {
        Literal::Bool(_) | Literal::Integer(_) | Literal::String(_) => true,
        Literal::Sequence(items) => items.is_empty(),
        Literal::Mapping(entries) => entries.is_empty(),
    }
}

/// A scalar, or an empty collection.
pub(super) fn inline(layout: &Layout<'_>, literal: &Literal, quote: Quote, in_flow: bool) -> String {
    match literal {
        Literal::Bool(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::String(text) => string(layout, text, quote, in_flow),
        Literal::Sequence(_) => "[]".to_owned(),
        Literal::Mapping(_) => "{}".to_owned(),
    }
}

/// A string, or a key.
pub(super) fn string(layout: &Layout<'_>, text: &str, quote: Quote, in_flow: bool) -> String {
    if layout.json {
        return double_quoted(text);
    }
    let quote = match quote {
        Quote::Least if is_plain(text, in_flow) => return text.to_owned(),
        Quote::Least => layout.quote,
        quote => quote,
    };
    if quote == Quote::Single && !text.chars().any(needs_escape) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        double_quoted(text)
    }
}

/// A string as YAML on one line: as it is where every reader takes it for that string, else in double quotes.
/// Inside brackets and braces (`in_flow`) fewer can stand as they are.
pub fn yaml_string(text: &str, in_flow: bool) -> String {
    if is_plain(text, in_flow) { text.to_owned() } else { double_quoted(text) }
}

/// Escapes that are the same in JSON and in YAML.
fn double_quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if needs_escape(c) => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Control characters, line breaks of YAML 1.1, and the byte-order mark.
fn needs_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether a string reads as itself without quotes, with room to spare: what some YAML reader may take
/// for a number, a boolean, a date or a null is quoted.
fn is_plain(text: &str, in_flow: bool) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let starts_well =
        first.is_ascii_alphanumeric() || matches!(first, '/' | '_') || first == '.' && text.starts_with("./");
    let is_quiet = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(
                c,
                '/' | '_' | '.' | '-' | '+' | '@' | '=' | '$' | '(' | ')' | '%' | '~' | '^' | ';' | '\''
            )
            || (!in_flow && matches!(c, ' ' | ':' | ',' | '*' | '&' | '!' | '?' | '<' | '>'))
    };
    starts_well
        && text.chars().all(is_quiet)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains("  ")
        && !looks_like_number(text)
        && reads_back(text)
}

/// Digits, signs and the letters that numbers and dates may hold, and nothing else.
fn looks_like_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| {
            b.is_ascii_hexdigit()
                || matches!(
                    b,
                    b'x' | b'X'
                        | b'o'
                        | b'O'
                        | b'_'
                        | b'.'
                        | b':'
                        | b'+'
                        | b'-'
                        | b'T'
                        | b't'
                        | b'Z'
                        | b'z'
                        | b' '
                )
        })
}

/// Whether the parser takes the text for this string.
fn reads_back(text: &str) -> bool {
    let file = Arc::new(SourceFile::new("", text.as_bytes().to_vec()));
    match parse(&file, &Limits::default()).as_slice() {
        [Ok(document)] => document.root().kind() == Kind::String && document.root().as_str() == Some(text),
        _ => false,
    }
}

/// A value in flow style on one line, or, given the indentation of its line, over several (JSON).
pub(super) fn flow(layout: &Layout<'_>, literal: &Literal, quote: Quote, indent: Option<&str>) -> String {
    let deeper = match (indent, &layout.unit) {
        (Some(indent), Some(unit)) => Some(format!("{indent}{unit}")),
        _ => None,
    };
    let parts: Vec<String> = match literal {
        Literal::Sequence(items) => {
            items.iter().map(|item| flow(layout, item, quote, deeper.as_deref())).collect()
        }
        Literal::Mapping(entries) => entries
            .iter()
            .map(|(key, value)| flow_entry(layout, key, value, Quote::Least, deeper.as_deref()))
            .collect(),
        scalar => return inline(layout, scalar, quote, true),
    };
    let (open, close) = if matches!(literal, Literal::Sequence(_)) { ('[', ']') } else { ('{', '}') };
    match (&deeper, indent) {
        (Some(deeper), Some(indent)) if !parts.is_empty() => {
            let newline = layout.newline;
            let between = format!(",{newline}{deeper}");
            format!("{open}{newline}{deeper}{}{newline}{indent}{close}", parts.join(&between))
        }
        _ => format!("{open}{}{close}", parts.join(layout.comma)),
    }
}

/// An entry of a mapping in flow style.
pub(super) fn flow_entry(
    layout: &Layout<'_>,
    key: &str,
    value: &Literal,
    key_quote: Quote,
    indent: Option<&str>,
) -> String {
    let key = string(layout, key, key_quote, true);
    format!("{key}{}{}", layout.colon, flow(layout, value, Quote::Least, indent))
}

/// Where and how block style is written.
#[derive(Clone, Copy)]
pub(super) struct Block {
    /// Columns by which a mapping stands deeper than its key.
    pub step: usize,
    /// Columns by which a sequence stands deeper than its key.
    pub sequence: usize,
}

/// An entry of a mapping in block style, from its key on; its further lines stand below `column`.
pub(super) fn block_entry(
    layout: &Layout<'_>,
    style: Block,
    column: usize,
    (key, value): (&str, &Literal),
    key_quote: Quote,
) -> String {
    let mut out = string(layout, key, key_quote, false);
    out.push(':');
    out.push_str(&block_value(layout, style, column, value));
    out
}

/// What follows the colon of an entry whose key stands at `column`.
pub(super) fn block_value(layout: &Layout<'_>, style: Block, column: usize, value: &Literal) -> String {
    if is_inline(value) {
        return format!(" {}", inline(layout, value, Quote::Least, false));
    }
    let deeper = if matches!(value, Literal::Sequence(_)) { style.sequence } else { style.step };
    let column = column + deeper;
    let mut out = String::new();
    for line in block_lines(layout, style, column, value, Quote::Least) {
        out.push_str(&layout.line_break(column));
        out.push_str(&line);
    }
    out
}

/// The entries or items of a collection in block style at `column`, each from its key or dash on.
pub(super) fn block_lines(
    layout: &Layout<'_>,
    style: Block,
    column: usize,
    value: &Literal,
    quote: Quote,
) -> Vec<String> {
    match value {
        Literal::Mapping(entries) => entries
            .iter()
            .map(|(key, value)| block_entry(layout, style, column, (key, value), Quote::Least))
            .collect(),
        Literal::Sequence(items) => {
            items.iter().map(|item| block_item(layout, style, column, item, quote)).collect()
        }
        scalar => vec![inline(layout, scalar, quote, false)],
    }
}

/// An item of a sequence whose dashes stand at `column`, from the dash on.
pub(super) fn block_item(
    layout: &Layout<'_>,
    style: Block,
    column: usize,
    item: &Literal,
    quote: Quote,
) -> String {
    if is_inline(item) {
        return format!("- {}", inline(layout, item, quote, false));
    }
    let column = column + 2;
    let between = layout.line_break(column);
    format!("- {}", block_lines(layout, style, column, item, quote).join(&between))
}
