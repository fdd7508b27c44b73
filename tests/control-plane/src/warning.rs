/// The text of a `Warning` header as the API server writes it: `299 - "text"`, with backslashes before quotes and
/// backslashes. `None` for anything else.
pub fn text(header: &str) -> Option<String> {
    let quoted = header.strip_prefix("299 ")?.split_once(' ')?.1;
    let quoted = quoted.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        text.push(if character == '\\' { characters.next()? } else { character });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn reads_what_the_api_server_writes() {
        assert_eq!(
            text(r#"299 - "unknown field \"spec.x\\y\"""#).as_deref(),
            Some(r#"unknown field "spec.x\y""#)
        );
        assert_eq!(text(r#"299 - """#).as_deref(), Some(""));
        assert_eq!(text("299 - bare"), None);
        assert_eq!(text(r#"199 - "other""#), None);
    }
}
