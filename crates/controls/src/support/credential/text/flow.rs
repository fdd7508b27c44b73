//! Mappings of YAML in one line.

/// Whether a name and its value are part of a mapping of YAML in one line that is all there is in it:
/// `basic_auth: {username: a, password: b}`. An object of code has a call or a declaration before it, or a comma or a
/// semicolon behind it.
pub(super) fn is_in_flow(before: &str, after: &str) -> bool {
    const LONGEST: usize = 1024;
    if before.len() > LONGEST || !after.trim_end().ends_with(['}', ']']) {
        return false;
    }
    let Some((key, inner)) = before.trim_start().trim_start_matches("- ").split_once('{') else {
        return false;
    };
    let is_of_key = |byte: u8| byte.is_ascii_alphanumeric() || b"_-./\"'".contains(&byte);
    let is_key =
        key.is_empty() || key.trim_end().strip_suffix(':').is_some_and(|key| key.bytes().all(is_of_key));
    is_key && !inner.contains(['(', ';', '=']) && inner.rfind('}') <= inner.rfind('{')
}

#[cfg(test)]
mod tests {
    use super::super::in_text;

    #[test]
    fn values_in_flow_mappings() {
        for (text, name, line) in [
            ("db: {password: \"hunter2\"}", "password", 1),
            ("db: {password: hunter2}", "password", 1),
            ("- basic_auth: {username: admin, password: hunter2-not-real}", "password", 1),
            ("- {password: hunter2-not-real, username: admin}", "password", 1),
        ] {
            let found = in_text(text).map(|found| (found.name, found.line));
            assert_eq!(found, Some((name, line)), "{text}");
        }
    }

    #[test]
    fn objects_of_code_and_counts() {
        for text in [
            "db: {password: password}",
            "summary: {pass: 1500, fail: 12}",
            "db: {password: {length: 12}}",
            "db: {password: ${PASSWORD1}, a: b}",
            "const a = {user: user1, password: pass1}",
            "login({user: user1, password: pass1})",
            "auth: {user: user1, password: pass1},",
            "auth: {user: env.USER, password: env.PASS1}",
        ] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }
}
