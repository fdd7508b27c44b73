//! Templates that have not been rendered.

/// Whether a text that is not YAML looks like a template: an action (`{{ … }}`) stands alone on a line, or
/// where a value begins, or next to the line (from 1) that broke. In quotes an action is text like any other, as
/// alerts have it, unless its own line broke.
pub(crate) fn is_template(text: &str, broken: usize) -> bool {
    let mut from = 0;
    let mut line = 1;
    let bytes = text.as_bytes();
    while let Some(found) = memchr::memmem::find(&bytes[from..], b"{{") {
        let at = from + found;
        let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1);
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end);
        let before = text[start..at].trim_start();
        line += memchr::memchr_iter(b'\n', &bytes[from..at]).count();
        let distance = if is_quoted(before) { 0 } else { 1 };
        if !before.starts_with('#') && (begins_value(before) || line.abs_diff(broken) <= distance) {
            return true;
        }
        from = end;
    }
    false
}

/// Whether what stands before a place on its line leaves it the beginning of a value.
fn begins_value(before: &str) -> bool {
    let trimmed = before.trim_end();
    trimmed.is_empty() || trimmed.ends_with(['-', ':', ',', '[']) || trimmed.ends_with("- ")
}

/// Whether what stands before a place on its line leaves a quote open.
fn is_quoted(before: &str) -> bool {
    let is_open = |quote| before.matches(quote).count() % 2 == 1;
    is_open('"') || is_open('\'')
}

#[cfg(test)]
mod tests {
    use super::is_template;

    #[test]
    fn actions_are_found_where_they_break() {
        assert!(is_template("a: {{ .Values.a }}\n", 1));
        assert!(is_template("{{- if .Values.x }}\na: b\n{{- end }}\n", 1));
        assert!(is_template("a:\n  {{- toYaml . | nindent 2 }}\n", 9));
        assert!(is_template("a: b{{ .x }}: c\n", 1));
        assert!(is_template("a: b\nc: \"{{ .x | default \"d\" }}\"\n", 2));
        assert!(!is_template("a: \"{{ $labels.x }} is down\"\nb: c: d\n", 2));
        assert!(!is_template("a: \"it is {{ $labels.x }}\"\nb: c: d\n", 2));
        assert!(!is_template("a: '{{ x }}'\nb: c: d\n", 2));
        assert!(!is_template("# {{ .x }}\na: [\n", 2));
        assert!(!is_template("a: {b: c}\n", 1));
        assert!(!is_template("a: |\n  echo {{ x }}\nb: c\nd: c\ne: [\n", 5));
    }
}
