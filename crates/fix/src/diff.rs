//! What a change does to a text, for people and for `patch`.

use similar::TextDiff;

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// A unified diff; empty where the texts are equal.
pub fn diff(old: &str, new: &str, name: &str) -> String {
    if old == new {
        return String::new();
    }
    TextDiff::from_lines(old, new)
        .unified_diff()
        .context_radius(CONTEXT)
        .header(&format!("a/{name}"), &format!("b/{name}"))
        .to_string()
}
