//! Logins of registries, as Docker's configuration holds them.

use plimsoll_doc::base64;

use super::super::value::is_placeholder;

/// `"auth": "base64 of user:password"`, below `"auths"`: the logins of registries.
pub(super) fn registry_login(text: &str, quote: usize) -> Option<&'static str> {
    // Within a text of JSON the quotes have a backslash before them.
    let after = text.get(quote..)?.strip_prefix("\"auth")?.trim_start_matches('\\').strip_prefix('"')?;
    let after =
        after.trim_start().strip_prefix(':')?.trim_start().trim_start_matches('\\').strip_prefix('"')?;
    let decoded = base64::decode(after.split(['"', '\\']).next()?.as_bytes())?;
    let (user, password) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
    let is_written = !password.is_empty() && !is_placeholder(password) && !user.is_empty();
    is_written.then_some("a registry's user and password")
}

#[cfg(test)]
mod tests {
    use super::super::by_form;

    #[test]
    fn logins_of_registries() {
        for text in [
            r#"{"auths":{"registry.example.com":{"auth":"Y2k6aHVudGVyMi1ub3QtcmVhbA=="}}}"#,
            r#"{"a":"{\"auths\":{\"registry.example.com\":{\"auth\":\"Y2k6aHVudGVyMi1ub3QtcmVhbA==\"}}}"}"#,
        ] {
            assert!(by_form(text).is_some(), "{text}");
        }
        for text in [
            r#"{"auths":{"registry.example.com":{"auth":""}}}"#,
            r#"{"auth": "basic"}"#,
            r#"{"a":"{\"auth\":\"\"}"}"#,
        ] {
            assert_eq!(by_form(text), None, "{text}");
        }
    }
}
