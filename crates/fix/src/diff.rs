//! What a change does to a text, for people and for `patch`.

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
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_string()
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
    fn a_missing_last_line_break_is_said() {
        assert_eq!(
            diff("a", "b", "f"),
            "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n"
        );
    }
}
