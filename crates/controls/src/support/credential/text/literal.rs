//! Whether a value is written out: text also holds code, types, names of columns, templates.

use super::super::name::Meaning;
use super::super::value::{self, has_random_word, is_placeholder, is_random, is_reference};

/// Whether a value of text is one that is written out, and not code, a type, a column or a default.
pub(crate) fn is_literal(text: &str, meaning: Meaning, name: &str, quoted: bool) -> bool {
    const TYPES: &[&str] = &[
        "string", "str", "text", "bytes", "number", "object", "any", "password", "token", "secret", "key",
        "varchar", "bool", "boolean", "int", "self", "this", "args", "env", "field", "keyword", "basic",
        "bearer", "plain", "scram", "md5", "trust", "peer", "cert", "file", "prompt", "opaque", "value",
        "files", "compat", "sss",
    ];
    if !value::is_plausible(meaning, name, text)
        || is_placeholder(text)
        || is_reference(text)
        || value::is_version(text)
    {
        return false;
    }
    let last_word = name.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or(name);
    if text.eq_ignore_ascii_case(name)
        || !quoted && TYPES.iter().any(|known| known.eq_ignore_ascii_case(text))
        || text.eq_ignore_ascii_case(last_word) && !quoted
        || has_signs(text)
            && !(quoted && meaning == Meaning::Password && is_password_with_signs(text))
            && !(quoted && meaning == (Meaning::Key { may_be_of_data: false }) && is_key_with_signs(text))
        // What is called secretKey is the name of a key where secrets are fetched from a store.
        || name == "secretKey" && !is_random(text) && !has_random_word(text) && !value::is_default(meaning, text)
    {
        return false;
    }
    // A word with a capital: how forms and translations label a field.
    let mut letters = text.chars();
    if letters.next().is_some_and(|c| c.is_ascii_uppercase()) && letters.all(|c| c.is_ascii_lowercase()) {
        return false;
    }
    let is_code = !quoted
        && (text.ends_with([',', ';', ':'])
            || text.contains("->")
            // `request.password`, and not `hunter2.x1y`.
            || text.contains('.')
                && text.split('.').all(is_identifier)
                && text.split('.').filter(|part| part.contains(|c: char| c.is_ascii_digit())).count() < 2);
    if is_code {
        return false;
    }
    match meaning {
        Meaning::Password | Meaning::Token { may_be_a_word: true } => {
            text.len() >= 4 || quoted && text.len() >= 3
        }
        // Names such as token and secret stand in all sorts of text: their values must look made.
        _ => text.len() >= 8 && (is_mixed(text) || is_random(text)) && !value::is_object_name(text),
    }
}

/// Whether a value has letters and digits, as passwords do that have signs in them too.
pub(super) fn is_made_up(value: &str) -> bool {
    value.len() >= 8
        && value.bytes().any(|b| b.is_ascii_alphabetic())
        && value.bytes().any(|b| b.is_ascii_digit())
        && !value.contains(['\\', '`', '<', '>', '^', '$'])
}

/// Whether a value has what code, templates and expressions consist of.
fn has_signs(text: &str) -> bool {
    text.contains(['(', ')', '{', '}', '[', ']', '<', '>', '\\', '`'])
        || text.starts_with(['$', '@', '%', '&', '*', '!', '?', ',', '.', ':', '=', '|'])
}

/// Whether a quoted value with such signs is a password all the same: letters and digits, and neither a template nor
/// an expression.
fn is_password_with_signs(text: &str) -> bool {
    const EXPRESSIONS: &[&str] = &["[a-", "[A-", "[0-", "[^", ".*", ".+", "()", "?:", "]+", "]*", "){", "]{"];
    let is_wrapped = matches!(
        (text.bytes().next(), text.bytes().last()),
        (Some(b'('), Some(b')')) | (Some(b'['), Some(b']')) | (Some(b'{'), Some(b'}'))
    );
    let is_variable = text.starts_with('$') || text.starts_with('%') && text.ends_with('%');
    is_made_up(text)
        && !is_wrapped
        && !is_variable
        && !text.contains(' ')
        && !EXPRESSIONS.iter().any(|sign| text.contains(sign))
}

/// Whether a quoted value is a key as Django makes one, of 50 small letters, digits and signs.
fn is_key_with_signs(text: &str) -> bool {
    let count = |is: fn(&u8) -> bool| text.bytes().filter(is).count();
    let (digits, letters) = (count(u8::is_ascii_digit), count(u8::is_ascii_alphabetic));
    let signs = count(|byte| b"!@#$%^&*(-_=+)".contains(byte));
    (32..=128).contains(&text.len())
        && digits + letters + signs == text.len()
        && digits >= 3
        && letters >= 8
        && signs >= 4
}

fn is_identifier(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Letters and digits, and no words with separators: `web-tls-2`, `v1.2.3`.
pub(crate) fn is_mixed(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    digits >= 2 && letters >= 2 && !text.contains(['/', ' '])
        || digits >= 1
            && text.bytes().any(|b| b.is_ascii_uppercase())
            && text.bytes().any(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::super::in_text;

    #[test]
    fn values_that_are_written_out() {
        for (text, name, line) in [
            ("secret_key: q7RtZ1pW9xKc4LmB", "secret_key", 1),
            ("client-key-data: q7RtZ1pW9xKc4LmB2vNs8YhD6fGjT3eU", "client-key-data", 1),
            ("password: \"!Summer2026\"", "password", 1),
            ("\"password\": \"p@ss{w0rd}1\"", "password", 1),
            ("password: \"Pa(ss)w0rd1\"", "password", 1),
            ("password: hunter2.x1y", "password", 1),
            ("secretKey: q7RtZ1pW9xKc4LmB", "secretKey", 1),
            ("SECRET_KEY = '8j#)x1l9^k$2@w(p0z&v5q!m7n3b=c6t4r+e-y_u*i%o8'", "SECRET_KEY", 1),
        ] {
            let found = in_text(text).map(|found| (found.name, found.line));
            assert_eq!(found, Some((name, line)), "{text}");
        }
    }

    #[test]
    fn types_code_templates_and_names() {
        for text in [
            "password: ${DB_PASSWORD}",
            "password: {{ .Values.password }}",
            "password = request.password",
            "password: string",
            "\"password\": {\"type\": \"string\"}",
            "password_file: /etc/db/password",
            "password-encryption: scram-sha-256",
            "token: bearer",
            "tokenEndpoint: https://login.example.com/token",
            "secret: web-tls",
            "key: value",
            "credentials: include",
            "apiKey: OPENAI_API_KEY",
            "client-key: /etc/kubernetes/pki/admin.key",
            "password: /run/secrets/db",
            "accessToken: session.accessToken,",
            "passwd: files sss",
            "passwd: compat",
            "password: required|min:8",
            "password: \"^[a-z0-9]{8,}$\"",
            "password: \"[A-Za-z0-9]{8}\"",
            "password: \"(8 characters)\"",
            "password: \"getPassword1()\"",
            "password: \"$password1a\"",
            "password: \"<8 digits>\"",
            "secretKey: auth0ClientSecret",
            "secretKey: db12-password",
            "- secretKey: AWS_S3_KEY_V2",
            "token: my-token-v12",
            "sshKey: git-ssh-key-12",
            "\"password\": \"@string/password1\"",
            "password = $__file{/etc/secrets/db1}",
            "password: password",
            "SECRET_KEY = 'get(secret)[\"django\"][0123456789](a, b)'",
        ] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }
}
