//! Values as JSON, byte for byte as `YAMLToJSON` of `sigs.k8s.io/yaml` writes them.

use std::fmt::Write;

use crate::json_reader::STRING_STOPS;
use crate::resolve::Scalar;
use crate::{Kind, Value, number};

/// Adds the value as JSON: keys sorted by their bytes, text escaped and numbers written as Go's
/// `encoding/json` does, no blanks.
pub fn to_json(value: Value<'_>, out: &mut String) {
    let mut open = Vec::new();
    let mut next = Some((None, value));
    loop {
        if let Some((key, value)) = next.take() {
            if let Some(key) = key {
                write_string(key, out);
                out.push(':');
            }
            match value.kind() {
                Kind::Sequence => {
                    out.push('[');
                    let items: Vec<_> = value.items().map(|item| (None, item)).collect();
                    open.push((items.into_iter(), ']', true));
                }
                Kind::Mapping => {
                    out.push('{');
                    let mut entries: Vec<_> =
                        value.entries().map(|(key, value)| (Some(key), value)).collect();
                    entries.sort_by_key(|&(key, _)| key);
                    open.push((entries.into_iter(), '}', true));
                }
                _ => write_scalar(value, out),
            }
        }
        let Some((rest, close, first)) = open.last_mut() else { return };
        next = rest.next();
        if next.is_none() {
            out.push(*close);
            open.pop();
        } else if !std::mem::take(first) {
            out.push(',');
        }
    }
}

fn write_scalar(value: Value<'_>, out: &mut String) {
    match value.scalar() {
        Some(Scalar::Bool(value)) => out.push_str(if value { "true" } else { "false" }),
        Some(Scalar::Integer(value)) => {
            // Writing to a string cannot fail.
            let _ = write!(out, "{value}");
        }
        Some(Scalar::Float(value)) => number::write_json(value, out),
        Some(Scalar::String) => write_string(value.as_str().unwrap_or_default(), out),
        Some(Scalar::Null) | None => out.push_str("null"),
    }
}

/// Bytes that are written in another way, or that may begin what is.
static MAY_BE_ESCAPED: [bool; 256] = {
    let mut escaped = STRING_STOPS;
    let (others, mut index) = (b"<>&\xe2", 0);
    while index < others.len() {
        escaped[others[index] as usize] = true;
        index += 1;
    }
    escaped
};

/// Adds a text as a JSON string, escaped as Go's `encoding/json` does.
pub fn write_string(text: &str, out: &mut String) {
    out.push('"');
    let mut verbatim = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !MAY_BE_ESCAPED[usize::from(byte)] {
            continue;
        }
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0x08 => "\\b",
            0x0c => "\\f",
            b'<' | b'>' | b'&' | 0..0x20 => "",
            // U+2028 and U+2029.
            0xe2 if matches!(text.as_bytes().get(at + 1..at + 3), Some([0x80, 0xa8 | 0xa9])) => "",
            _ => continue,
        };
        out.push_str(&text[verbatim..at]);
        verbatim = at + 1;
        if byte == 0xe2 {
            verbatim = at + 3;
            out.push_str(if text.as_bytes()[at + 2] == 0xa8 { "\\u2028" } else { "\\u2029" });
        } else if escape.is_empty() {
            let _ = write!(out, "\\u{byte:04x}");
        } else {
            out.push_str(escape);
        }
    }
    out.push_str(&text[verbatim..]);
    out.push('"');
}
