//! A value as YAML, laid out as Helm's `toYaml` does: sorted keys, lists under their key.

use serde_json::Value;

/// The value as a block of YAML without a final newline.
pub fn to_yaml(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, &mut out);
    out.truncate(out.trim_end_matches('\n').len());
    out
}

fn write(value: &Value, margin: usize, out: &mut String) {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            for (at, (key, value)) in entries.iter().enumerate() {
                indent(if at == 0 { 0 } else { margin }, out);
                out.push_str(&scalar(key));
                out.push(':');
                match value {
                    Value::Object(entries) if !entries.is_empty() => {
                        out.push('\n');
                        indent(margin + 2, out);
                        write(value, margin + 2, out);
                    }
                    Value::Array(items) if !items.is_empty() => {
                        out.push('\n');
                        indent(margin, out);
                        write(value, margin, out);
                    }
                    Value::String(text) if text.contains('\n') => block(text, margin + 2, out),
                    _ => {
                        out.push(' ');
                        write(value, margin, out);
                    }
                }
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (at, item) in items.iter().enumerate() {
                indent(if at == 0 { 0 } else { margin }, out);
                out.push_str("- ");
                write(item, margin + 2, out);
            }
        }
        Value::Object(_) => out.push_str("{}\n"),
        Value::Array(_) => out.push_str("[]\n"),
        Value::String(text) => {
            out.push_str(&scalar(text));
            out.push('\n');
        }
        other => {
            out.push_str(&other.to_string());
            out.push('\n');
        }
    }
}

/// Text of several lines as a literal block, where that keeps it as it is.
fn block(text: &str, margin: usize, out: &mut String) {
    let is_plain = text.chars().all(|c| c == '\n' || (' '..='\u{7e}').contains(&c) || c >= '\u{a0}');
    if !is_plain || text.starts_with([' ', '\n']) {
        out.push(' ');
        out.push_str(&Value::from(text).to_string());
        out.push('\n');
        return;
    }
    let body = text.trim_end_matches('\n');
    out.push_str(match text.len() - body.len() {
        0 => " |-\n",
        1 => " |\n",
        _ => " |+\n",
    });
    for line in body.split('\n') {
        if !line.is_empty() {
            indent(margin, out);
            out.push_str(line);
        }
        out.push('\n');
    }
    // Further empty lines that are kept.
    out.extend(std::iter::repeat_n('\n', (text.len() - body.len()).saturating_sub(1)));
}

fn indent(by: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', by));
}

/// Plain where nothing can take it for something else, else in double quotes.
fn scalar(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c));
    const WORDS: &[&str] = &["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    if is_plain && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        text.to_owned()
    } else {
        Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_come_back_as_they_were() {
        let value = json!({
            "a": [{"b": [], "c": {"d": "1"}}, ["x", ["y"]], "no", "*", "", "a b", null, 1.5, true],
            "text": "one\n\n  two: {}\n", "kept": "a\n\n\n", "bare": "a\nb", "tab": "\ta\nb", "odd": " a\nb",
            "m": {}, "n": null, "key with space": {"/healthz": "a:b"},
        });
        let file = std::sync::Arc::new(plimsoll_doc::SourceFile::new("t", to_yaml(&value).into_bytes()));
        let parsed = plimsoll_doc::parse(&file, &plimsoll_doc::Limits::default());
        let mut json = String::new();
        for entry in parsed {
            plimsoll_doc::to_json(entry.expect("it is YAML").root(), &mut json);
        }
        assert_eq!(serde_json::from_str::<Value>(&json).ok(), Some(value.clone()), "{}", to_yaml(&value));
    }
}
