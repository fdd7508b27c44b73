//! Hashes of passwords, as password files and directories hold them.

use plimsoll_doc::base64;

/// Whether a value is a salted hash. They can be guessed at.
pub(super) fn is_password_hash(after: &str) -> bool {
    let after = after.trim_start().trim_start_matches(['"', '\'']);
    if after.starts_with('{') {
        return is_sha(after);
    }
    if !after.starts_with('$') {
        return false;
    }
    HASHES
        .iter()
        .any(|start| after.strip_prefix(start).is_some_and(|rest| rest.len() >= 20 && rest.contains('$')))
}

/// The hashes of SHA-1 that Apache's password files and directories hold, without and with a salt (RFC 2307).
fn is_sha(after: &str) -> bool {
    let word = after.split([' ', '\t', '\r', '"', '\'', ',']).next().unwrap_or(after);
    let bytes = |start| Some(base64::decode(word.strip_prefix(start)?.as_bytes())?.len());
    bytes("{SHA}") == Some(20) || bytes("{SSHA}").is_some_and(|bytes| (21..=64).contains(&bytes))
}

/// What the salted hashes begin with that password files hold: Apache's, bcrypt, SHA-crypt, Argon2.
const HASHES: [&str; 7] = ["$apr1$", "$2a$", "$2b$", "$2y$", "$5$", "$6$", "$argon2"];

pub(super) fn begins_hash(text: &str) -> bool {
    HASHES.iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::super::in_text;

    #[test]
    fn hashes_of_passwords() {
        for (text, name, line) in [
            ("admin:$apr1$H6uskkkW$IgXLP6ewTrSuBkTrqE8wj/", "admin", 1),
            ("# htpasswd -s\nadmin:{SHA}0DPiKuNIrrVmD8IUCuw1hQxNqZc=", "admin", 2),
            ("dn: uid=ci\nuserPassword: {SSHA}0DPiKuNIrrVmD8IUCuw1hQxNqZc5Z7kQ", "userPassword", 2),
        ] {
            let found = in_text(text).map(|found| (found.name, found.line));
            assert_eq!(found, Some((name, line)), "{text}");
        }
    }

    #[test]
    fn what_only_begins_as_a_hash() {
        for text in ["commit: {SHA} of the release", "image:{SHA}0DPiKuNIrrVmD8IUCuw1hQ=="] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }
}
