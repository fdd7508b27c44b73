//! Values as YAML, for files that people go on with.

use plimsoll_doc::yaml_string;
use serde_json::Value as Json;

/// Writes a mapping or list below an indentation, in block style.
pub fn write(value: &Json, indent: usize, out: &mut String) {
    match value {
        Json::Object(map) => {
            for (key, value) in map {
                pad(indent, out);
                out.push_str(&string(key));
                out.push(':');
                entry(value, indent + 2, out);
            }
        }
        Json::Array(items) => items.iter().for_each(|each| item(each, indent, out)),
        other => {
            pad(indent, out);
            out.push_str(&inline(other));
            out.push('\n');
        }
    }
}

/// What follows a colon.
fn entry(value: &Json, indent: usize, out: &mut String) {
    match value {
        Json::Object(map) if !map.is_empty() => {
            out.push('\n');
            write(value, indent, out);
        }
        // The items of a list stand where its key does.
        Json::Array(items) if !items.is_empty() => {
            out.push('\n');
            write(value, indent.saturating_sub(2), out);
        }
        other => {
            out.push(' ');
            out.push_str(&inline(other));
            out.push('\n');
        }
    }
}

fn item(value: &Json, indent: usize, out: &mut String) {
    let from = out.len();
    match value {
        Json::Object(map) if !map.is_empty() => write(value, indent + 2, out),
        other => {
            pad(indent + 2, out);
            out.push_str(&inline(other));
            out.push('\n');
        }
    }
    // The dash takes the place of two spaces of the first line.
    out.replace_range(from + indent..from + indent + 1, "-");
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}

/// A value on one line.
pub fn inline(value: &Json) -> String {
    match value {
        Json::String(text) => string(text),
        // JSON is YAML.
        other => other.to_string(),
    }
}

/// Words stand alone, and text in quotes: where brackets would ask for them too.
fn string(text: &str) -> String {
    yaml_string(text, true)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn text_is_quoted_where_it_must_be() {
        let value = json!({
            "a": {"b": ["x", {"c": 1, "d": []}, "no", ""], "e": {}},
            "k/l": "has: colon",
            "list": [[1, 2]],
            "n": null,
        });
        let mut out = String::new();
        write(&value, 0, &mut out);
        let expected = "a:\n  b:\n  - x\n  - c: 1\n    d: []\n  - \"no\"\n  - \"\"\n  e: {}\nk/l: \"has: colon\"\nlist:\n- [1,2]\n\"n\": null\n";
        assert_eq!(out, expected);
    }
}
