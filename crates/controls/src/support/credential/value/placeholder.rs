//! Values that stand for others: placeholders, defaults, examples.

use super::super::name::Meaning;
use super::{is_random, starts_with_any_case};

/// Whether a value is one that every attacker tries first.
pub(crate) fn is_default_password(value: &str) -> bool {
    const DEFAULTS: &[&str] = &[
        "admin",
        "administrator",
        "changeme",
        "change-me",
        "change_me",
        "changeit",
        "default",
        "guest",
        "letmein",
        "master",
        "minio",
        "minio123",
        "minioadmin",
        "mysql",
        "pass",
        "passw0rd",
        "password",
        "password1",
        "password123",
        "postgres",
        "qwerty",
        "rabbitmq",
        "redis",
        "root",
        "secret",
        "test",
        "toor",
        "user",
        "welcome",
        "1234",
        "12345",
        "123456",
        "12345678",
        "123456789",
        "1234567890",
    ];
    DEFAULTS.iter().any(|default| default.eq_ignore_ascii_case(value))
}

/// Whether a value is one that every attacker tries first where a name promises this: of secrets and keys, those of
/// the words that are not names of something as well.
pub(crate) fn is_default(meaning: Meaning, value: &str) -> bool {
    let names_others = [
        "admin",
        "administrator",
        "default",
        "guest",
        "master",
        "minio",
        "mysql",
        "pass",
        "postgres",
        "rabbitmq",
        "redis",
        "root",
        "test",
        "user",
        "welcome",
    ];
    let is_any = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(value));
    match meaning {
        Meaning::Password => is_default_password(value),
        // What a Secret may be called, too.
        Meaning::Secret { may_be_a_name: true } if is_any(&["secret", "password"]) => false,
        Meaning::Key { may_be_of_data: true } => false,
        _ if value.len() < 6 || value.bytes().all(|b| b.is_ascii_digit()) => false,
        _ => {
            is_default_password(value) && !is_any(&names_others)
                || is_any(&["supersecret", "mysecretkey", "supersecretkey"])
        }
    }
}

/// Whether a value stands for another that is put in later, or for none.
pub(crate) fn is_placeholder(value: &str) -> bool {
    let value = value.trim().trim_matches(['"', '\'', '`']);
    let bytes = value.as_bytes();
    let Some((&first, rest)) = bytes.split_first() else { return true };
    let last = bytes.last().copied().unwrap_or(first);
    // One character over and over: ****, xxxx, 0000.
    if rest.iter().all(|byte| *byte == first) {
        return true;
    }
    let is_marked = bytes.iter().any(|byte| matches!(byte, b'$' | b'{' | b'<' | b'%'));
    if is_marked
        && ["${", "$(", "{{", "<%", "$[", "%(", "#{", "!{", "@{", "%{"]
            .iter()
            .any(|mark| value.contains(mark))
    {
        return true;
    }
    let is_name = |text: &str| {
        !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.' || b == b'-')
    };
    match (first, last) {
        (b'<', b'>') | (b'[', b']') | (b'{', b'}') => return true,
        (b'%' | b'@' | b'#', _) if last == first && is_name(&value[1..value.len() - 1]) => return true,
        (b'%', _) if bytes.len() == 2 => return true,
        // The marks of Concourse, of MSBuild and of others.
        (b'(', b')') if value.starts_with("((") && value.ends_with("))") => return true,
        (b'@', b'@') if value.starts_with("@@") && value.ends_with("@@") => return true,
        // Android's texts, and what was struck out.
        (b'@', _) if value.starts_with("@string/") => return true,
        (b'*', b'*') => return true,
        (b'*', _) if value.starts_with("***") => return true,
        (b'>', b'<') if value.starts_with(">>") && value.ends_with("<<") => return true,
        (b'_', b'_') if value.starts_with("__") && value.ends_with("__") => return true,
        // $NAME, but not $2y$10$… (a hash) nor a password that begins with a dollar sign.
        (b'$', _)
            if value[1..].bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_') =>
        {
            return !value[1..].starts_with(|c: char| c.is_ascii_digit());
        }
        _ => {}
    }
    const WHOLE: &[&str] = &[
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "none",
        "null",
        "nil",
        "undefined",
        "unset",
        "empty",
        "n/a",
        "na",
        "enabled",
        "disabled",
        "optional",
        "required",
        "auto",
        "automatic",
        "random",
        "generated",
        "string",
        "str",
        "text",
        "hidden",
        "masked",
        "omitted",
        "data+omitted",
        "set-me",
        "set_me",
        "setme",
        "to-be-set",
        "to-be-defined",
        "from-secret",
        "unused",
        "not-used",
        "ignored",
        "secretKeyRef",
        "valueFrom",
        "~",
        "-",
        "foo",
        "bar",
        "baz",
        "foobar",
        "xyz",
        "...",
    ];
    if WHOLE.iter().any(|word| word.eq_ignore_ascii_case(value)) {
        return true;
    }
    const WORDS: &[&str] = &[
        "your",
        "yours",
        "replace",
        "replaceme",
        "replaced",
        "placeholder",
        // Rails wants a key where assets are built, and uses it for nothing.
        "precompile",
        "redacted",
        "todo",
        "tbd",
        "fixme",
        "insert",
        "dummy",
        "example",
        "sample",
        "here",
        "enter",
        "put",
        "fill",
        "omitted",
        "obfuscated",
        "some",
        "mocked",
        "xxx",
        "xxxx",
        "xxxxx",
        "xxxxxx",
        "xxxxxxxx",
    ];
    // Words that only a sentence to a reader holds; a random value isn't split into such words.
    value
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)))
        && !is_random(value)
        || starts_with_any_case(value, "yourpassword")
        || starts_with_any_case(value, "yoursecret")
        || starts_with_any_case(value, "replaceme")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders() {
        for value in
            ["x", "xxxx", "<token>", "${A}", "$(A)", "$A_B", "{{ a }}", "%TOKEN%", "__TOKEN__", "N/A"]
        {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["$2y$10$abcdefgh", "pa$$word", "ab", "here4you"] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
