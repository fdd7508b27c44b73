//! What a change does to a text, for people and for `patch`.

use std::path::{Component, Path};

use similar::TextDiff;

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// A unified diff; empty where the texts are equal.
pub fn diff(old: &str, new: &str, name: &str) -> String {
    if old == new {
        return String::new();
    }
    let name = name.strip_prefix("./").unwrap_or(name).trim_start_matches('/');
    TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(CONTEXT)
        .header(&header("a/", name), &header("b/", name))
        .to_string()
}

/// Whether `patch` can find a file by its name: it refuses one that leads upwards.
pub fn is_patchable(name: &str) -> bool {
    !Path::new(name).components().any(|part| part == Component::ParentDir)
}

/// A name as git writes it: in quotes where it could be taken for something else, and with a tab behind it where a
/// space could end it.
fn header(prefix: &str, name: &str) -> String {
    let end = if name.contains(' ') { "\t" } else { "" };
    if !name.contains(|c: char| c.is_ascii_control() || matches!(c, '"' | '\\')) {
        return format!("{prefix}{name}{end}");
    }
    let mut quoted = format!("\"{prefix}");
    for c in name.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_ascii_control() => quoted.push_str(&format!("\\{:03o}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\"" + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_three_lines_around_a_change() {
        let old = "a\nb\nc\nd\ne\nf\ng\nh\n";
        assert_eq!(
            diff(old, &old.replace('e', "x"), "./dir/a.yaml"),
            "--- a/dir/a.yaml\n+++ b/dir/a.yaml\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+x\n f\n g\n h\n"
        );
        assert_eq!(diff(old, old, "a"), "");
    }

    #[test]
    fn names_are_written_as_git_does() {
        for (name, expected) in [
            ("my app.yaml", "a/my app.yaml\t"),
            ("a\tb.yaml", "\"a/a\\tb.yaml\""),
            ("a\n\r\u{1}.yaml", "\"a/a\\n\\r\\001.yaml\""),
            ("\"q\" \\.yaml", "\"a/\\\"q\\\" \\\\.yaml\"\t"),
            ("日本.yaml", "a/日本.yaml"),
        ] {
            assert_eq!(header("a/", name), expected, "{name}");
        }
        assert!(is_patchable("a/..b.yaml") && !is_patchable("../b.yaml") && !is_patchable("a/../b.yaml"));
    }

    #[test]
    fn a_missing_last_line_break_is_said() {
        assert_eq!(
            diff("a", "b", "f"),
            "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n"
        );
    }
}
