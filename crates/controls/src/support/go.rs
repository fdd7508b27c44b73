//! Values as programs in Go read them.

/// A boolean as `strconv.ParseBool` reads it: that is how flags are read, annotations of most controllers,
/// and what a ConfigMap holds for one. `None` for any other text.
pub(crate) fn parse_bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}
