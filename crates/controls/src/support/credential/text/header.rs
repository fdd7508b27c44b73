//! Logins in headers of HTTP: beside their names, and in directives of proxies.

use super::super::value::is_random;
use super::super::{in_header, is_header_of_login};

use super::begin;
use super::literal::is_mixed;

/// How directives of nginx, HAProxy and Caddy end that give a request a header.
const SETS_HEADER: [&str; 4] = ["set_header ", "set-header ", "add-header ", "header_up "];

/// Whether a directive is one of [`SETS_HEADER`], by where `header` stands in it.
pub(super) fn is_set(text: &[u8], at: usize) -> bool {
    ["set_", "set-", "add-"].iter().any(|start| text[..at].ends_with(start.as_bytes()))
        || text[at..].starts_with(b"header_up ")
}

/// A login in a directive of nginx, HAProxy or Caddy that gives a request a header:
/// `proxy_set_header Authorization "Basic …";`.
pub(super) fn set_header(line: &str) -> Option<(&'static str, &str)> {
    let (_, rest) = SETS_HEADER.iter().find_map(|directive| line.split_once(directive))?;
    let (name, value) = rest.trim_start().split_once([' ', '\t'])?;
    let value = begin(value.trim_start());
    // A condition may follow it.
    let value = match value.split_once(' ') {
        Some((first, _)) if !value.starts_with(['"', '\'']) => first,
        _ => value,
    };
    header(name, value.trim_end_matches(';')).map(|what| (what, name))
}

/// A login in what a text gives a header: its value alone, as it is written there.
pub(super) fn header(name: &str, after: &str) -> Option<&'static str> {
    if !is_header_of_login(name) {
        return None;
    }
    let after = after.trim_start();
    let after = after.strip_prefix('\\').unwrap_or(after);
    let value = match after.strip_prefix('"').or_else(|| after.strip_prefix('\'')) {
        Some(inner) => inner.split(after.chars().next()?).next()?,
        None => after.split(['"', '\'', ',', '}']).next()?,
    };
    let value = value.split(" #").next()?.trim_end_matches(['\\', ' ']);
    // Text also tells where a key is looked for: `x-api-key: header`.
    let scheme = value.split_once(' ').map(|(scheme, _)| scheme);
    let looks_made = match scheme {
        Some(scheme) => ["basic", "bearer", "token"].iter().any(|known| known.eq_ignore_ascii_case(scheme)),
        None => is_mixed(value) || is_random(value),
    };
    if looks_made && !value.contains('$') { in_header(name, value) } else { None }
}

#[cfg(test)]
mod tests {
    use super::super::in_text;

    #[test]
    fn logins_in_headers() {
        for (text, name, line) in [
            ("Authorization: Bearer 3f2a9c77aa01bbcc", "Authorization", 1),
            ("Authorization: Basic Y2k6aHVudGVyMi1ub3QtcmVhbA==", "Authorization", 1),
            ("proxy-authorization: basic Y2k6aHVudGVyMi1ub3QtcmVhbA==", "proxy-authorization", 1),
            ("{\"a\":{\"Authorization\":\"Bearer 3f2a9c77aa01bbcc\"},\"b\":\"${B}\"}", "Authorization", 1),
            ("{\\\"x-api-key\\\": \\\"3f2a9c77aa01bbcc\\\"}", "x-api-key", 1),
            ("curl -H \"X-Auth-Token: 3f2a9c77aa01bbcc\" $URL", "X-Auth-Token", 1),
            ("  proxy_set_header  Authorization \"Basic Y2k6aHVudGVyMi1ub3QtcmVhbA==\";", "Authorization", 1),
            ("proxy_set_header X-Api-Key 3f2a9c77aa01bbcc;", "X-Api-Key", 1),
            ("http-request set-header X-Api-Key 3f2a9c77aa01bbcc if is_api", "X-Api-Key", 1),
            ("header_up Authorization \"Bearer 3f2a9c77aa01bbcc\"", "Authorization", 1),
        ] {
            let found = in_text(text).map(|found| (found.name, found.line));
            assert_eq!(found, Some((name, line)), "{text}");
        }
    }

    #[test]
    fn headers_without_logins() {
        for text in [
            "{\"headers\":{\"Authorization\":\"Bearer $TOKEN\"},\"Retries\":12}",
            "{\"x-api-key\":\"\",\"commit\":\"3f2a9c77aa01bbcc\"}",
            "x-api-key: header",
            "Authorization: Bearer tokens that the server gives",
            "Authorization: Bearer $TOKEN",
            "proxy_set_header Authorization \"\";",
            "proxy_set_header Authorization $http_authorization;",
            "proxy_set_header Authorization \"Bearer $token1\";",
            "proxy_set_header X-Api-Key $http_x_api_key;",
            "add_header Access-Control-Allow-Headers \"Authorization, X-Api-Key\";",
            "http-request set-header Authorization \"Basic %[env(LOGIN)]\"",
        ] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }
}
