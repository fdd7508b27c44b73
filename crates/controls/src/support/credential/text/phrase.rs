//! Passwords that follow their names without a sign between them: in commands, SQL, redis.conf, .netrc.

use super::super::in_words;
use super::super::name::{Meaning, meaning};

use super::literal::is_literal;
use super::signs::{Signs, has_word};

/// First words of a line of redis.conf.
const REDIS: [&str; 2] = ["requirepass", "masterauth"];

/// Whether a line may be one of [`phrases`], at a quick look.
fn may_be_phrase(line: &str, signs: Signs) -> bool {
    let start = line.trim_start().as_bytes();
    let is_of_redis =
        |word: &str| start.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()));
    let signs = signs.within(line);
    signs.curl
        || signs.identified
        || has_word(line.as_bytes(), b"password", 4)
        || REDIS.into_iter().any(is_of_redis)
}

/// Ways to give a password that name it without a separator.
pub(super) fn phrases(line: &str, signs: Signs) -> Option<(&'static str, &str)> {
    if may_be_phrase(line, signs) { phrase(line) } else { None }
}

pub(super) fn phrase(line: &str) -> Option<(&'static str, &str)> {
    let mut words = line.split_whitespace().peekable();
    let mut before = "";
    let mut is_curl = false;
    let is_netrc = line.contains("login ") && line.contains("machine ");
    while let Some(word) = words.next() {
        let next = words.peek().copied().unwrap_or("");
        let is = |text: &str| word.eq_ignore_ascii_case(text);
        let quoted = next.strip_prefix(['\'', '"']).and_then(|rest| rest.split(['\'', '"']).next());
        is_curl |= word.ends_with("curl");
        let value = if is("password") && next.starts_with('\'')
            || is("by") && before.eq_ignore_ascii_case("identified")
        {
            // SQL: PASSWORD 'value', IDENTIFIED BY 'value'.
            quoted
        } else if before.is_empty() && REDIS.iter().any(|first| is(first)) {
            Some(next.trim_matches('"'))
        } else if is("password") && is_netrc {
            // .netrc
            Some(next)
        } else if is_curl && (word == "-u" || word == "--user") {
            next.trim_matches(['"', '\'']).split_once(':').map(|(_, password)| password)
        } else {
            None
        };
        if let Some(value) = value
            && !value.contains(' ')
            && is_literal(value, Meaning::Password, "phrase", true)
        {
            return Some((in_words(Meaning::Password, value), word.trim_start_matches('-')));
        }
        before = word;
    }
    None
}

/// `--password value` and `-u user:password` within a command.
pub(super) fn flags(line: &str) -> Option<(&'static str, &str)> {
    memchr::memmem::find(line.as_bytes(), b"--")?;
    let mut words = line.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let Some(flag) = word.strip_prefix("--").filter(|flag| !flag.contains('=')) else { continue };
        let Some(next) = words.peek().filter(|next| !next.starts_with('-')) else { continue };
        let bare = next.trim_matches(['"', '\'', '\\']);
        if let Some(meaning) = meaning(flag)
            && is_literal(bare, meaning, flag, bare.len() < next.len())
        {
            return Some((in_words(meaning, bare), flag));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::in_text;

    #[test]
    fn passwords_behind_words() {
        for (text, name, line) in [
            ("redis-cli --requirepass hunter2 ping", "requirepass", 1),
            ("CREATE USER app WITH PASSWORD 'hunter2';", "PASSWORD", 1),
            ("ALTER USER 'root'@'%' IDENTIFIED BY 'hunter2';", "BY", 1),
            ("bind 0.0.0.0\nrequirepass hunter2", "requirepass", 2),
            ("machine git.example.com login ci password hunter2", "password", 1),
            ("curl -u admin:hunter2 https://a.example.com", "u", 1),
        ] {
            let found = in_text(text).map(|found| (found.name, found.line));
            assert_eq!(found, Some((name, line)), "{text}");
        }
    }

    #[test]
    fn words_with_no_password_behind_them() {
        for text in [
            "--password-file /run/secrets/db",
            "--token $(TOKEN)",
            "CREATE USER app WITH PASSWORD '$PASSWORD';",
            "a password \"must be\" long",
            "curl -u \"$USER:$PASSWORD\" https://a.example.com",
            "chown -u root:root /a",
            "requirepass",
        ] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }
}
