//! Escaping for XML and HTML.

/// Text for an element or a quoted attribute. Characters that XML 1.0 cannot hold are replaced;
/// line ends and tabs are written so that attributes keep them.
pub(crate) fn push(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn escapes() {
        let mut out = String::new();
        super::push(&mut out, "<a href=\"x\">]]>&'\n\t\u{1}\u{ffff}船");
        assert_eq!(out, "&lt;a href=&quot;x&quot;&gt;]]&gt;&amp;&#39;&#10;&#9;\u{fffd}\u{fffd}船");
    }
}
