//! The lines of a text.

/// As [`str::lines`]: their ends are found many bytes at a time.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let Some(end) = memchr::memchr(b'\n', rest.as_bytes()) else {
            let last = std::mem::take(&mut rest);
            return (!last.is_empty()).then_some(last);
        };
        let line = &rest[..end];
        rest = &rest[end + 1..];
        Some(line.strip_suffix('\r').unwrap_or(line))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_the_standard_library() {
        for text in ["", "a", "\n", "a\n", "a\r", "a\r\n\r\nb", "\n\na\nb", "é\n\u{2028}ü\r\r\n", "a\nb\r"]
        {
            assert!(lines(text).eq(text.lines()), "{text:?}");
        }
    }
}
