//! Text that sets many names: properties, environment files, INI, JSON, YAML, shell commands.

use super::name::{Meaning, meaning};
use super::value::{is_placeholder, is_random, is_reference};
use super::{by_form, in_words, value};

/// Where a text sets a name to a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Assignment<'t> {
    /// `a password`
    pub(crate) what: &'static str,
    /// `db.password`
    pub(crate) name: &'t str,
    /// From 1.
    pub(crate) line: usize,
}

/// Longest text that is read; what follows it is not.
const LONGEST: usize = 1 << 20;

/// The first assignment in a text that sets a telling name to what may be a credential. Stricter than a
/// name by itself: text also holds code, templates and descriptions.
pub(crate) fn in_text(text: &str) -> Option<Assignment<'_>> {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].lines().zip(1..).find_map(|(line, number)| {
        if is_comment(line) {
            return None;
        }
        let found = in_line(line)?;
        Some(Assignment { what: found.0, name: found.1, line: number })
    })
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    ["#", "//", ";", "*", "/*", "<!--", "%", "rem "].iter().any(|start| line.starts_with(start))
}

fn in_line(line: &str) -> Option<(&'static str, &str)> {
    let bytes = line.as_bytes();
    for (index, &byte) in bytes.iter().enumerate() {
        if byte != b'=' && byte != b':' {
            continue;
        }
        // `==`, `::`, `://`, `!=`, `=>` assign nothing.
        let next = bytes.get(index + 1).copied().unwrap_or(0);
        if matches!(next, b'=' | b':' | b'>' | b'~') || (byte == b':' && next == b'/') {
            continue;
        }
        let (Some(before), Some(after)) = (line.get(..index), line.get(index + 1..)) else { continue };
        let Some(name) = name_before(before) else { continue };
        let Some(meaning) = meaning(name) else { continue };
        if let Some(what) = value_after(after, byte, meaning, name) {
            return Some((what, name));
        }
    }
    flags(line)
}

/// `--password value` and `-u user:password` within a command.
fn flags(line: &str) -> Option<(&'static str, &str)> {
    if !line.contains('-') {
        return None;
    }
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

/// The name right before a separator: `db.password`, `"password"`, `Pwd`.
fn name_before(before: &str) -> Option<&str> {
    let before = before.trim_end();
    // `:=` assigns in Go and in makefiles.
    let before = before.strip_suffix(':').unwrap_or(before).trim_end();
    let quote = before.chars().next_back().filter(|c| matches!(c, '"' | '\''));
    let before = quote.map_or(before, |quote| before.strip_suffix(quote).unwrap_or(before));
    let before = before.strip_suffix('\\').unwrap_or(before);
    let start = before
        .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    before.get(start..).map(|name| name.trim_start_matches(['-', '.'])).filter(|name| name.len() >= 3)
}

fn value_after(after: &str, separator: u8, meaning: Meaning, name: &str) -> Option<&'static str> {
    let spaced = after.starts_with([' ', '\t']);
    let after = after.trim_start();
    let after = after.strip_prefix('\\').unwrap_or(after);
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        let inner = &after[1..];
        let end = inner.find(quote)?;
        let value = inner[..end].trim_end_matches('\\');
        return is_literal(value, meaning, name, true).then(|| in_words(meaning, value));
    }
    // A bare value of YAML or of properties ends with the line, in a connection string with a semicolon.
    let end = after.find([';', '&', '"', '\'', ' ', '\t', '|']).unwrap_or(after.len());
    let value = after.get(..end)?;
    let rest = after.get(end..).unwrap_or("").trim_start();
    // More words: a sentence, or code (`password = get(x)`, `token: &str,`).
    let is_whole = rest.is_empty()
        || rest.starts_with([';', '&', '"', '\'', '|', '#', '-'])
        || separator == b'=' && !spaced;
    (is_whole && is_literal(value, meaning, name, false)).then(|| in_words(meaning, value))
}

/// Whether a value of text is one that is written out, and not code, a type, a column or a default.
pub(super) fn is_literal(text: &str, meaning: Meaning, name: &str, quoted: bool) -> bool {
    const TYPES: &[&str] = &[
        "string", "str", "text", "bytes", "number", "object", "any", "password", "token", "secret", "key",
        "varchar", "bool", "boolean", "int", "self", "this", "args", "env", "field", "keyword", "basic",
        "bearer", "plain", "scram", "md5", "trust", "peer", "cert", "file", "prompt", "opaque", "value",
        "files", "compat", "sss",
    ];
    if !value::is_plausible(meaning, name, text) || is_placeholder(text) || is_reference(text) {
        return false;
    }
    let last_word = name.rsplit(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or(name);
    if text.eq_ignore_ascii_case(name)
        || !quoted && TYPES.iter().any(|known| known.eq_ignore_ascii_case(text))
        || text.eq_ignore_ascii_case(last_word) && !quoted
        || text.contains(['(', ')', '{', '}', '[', ']', '<', '>', '\\', '`'])
        || text.starts_with(['$', '@', '%', '&', '*', '!', '?', ',', '.', ':', '=', '|'])
    {
        return false;
    }
    let is_code = !quoted
        && (text.ends_with([',', ';', ':'])
            || text.contains("->")
            || text.contains('.') && text.split('.').all(is_identifier));
    if is_code {
        return false;
    }
    match meaning {
        Meaning::Password => text.len() >= 4 || quoted && text.len() >= 3,
        // Names such as token and secret stand in all sorts of text: their values must look made.
        _ => text.len() >= 8 && (is_mixed(text) || is_random(text)) && by_form(text).is_none(),
    }
}

fn is_identifier(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Letters and digits, and no words with separators: `web-tls-2`, `v1.2.3`.
pub(super) fn is_mixed(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    digits >= 2 && letters >= 2 && !text.contains(['/', ' '])
        || digits >= 1
            && text.bytes().any(|b| b.is_ascii_uppercase())
            && text.bytes().any(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assignments_in_many_formats() {
        for (text, name, line) in [
            ("db.user=postgres\ndb.password=hunter2-not-real", "db.password", 2),
            ("[db]\npassword = hunter2", "password", 2),
            ("db:\n  host: db\n  password: hunter2\n", "password", 3),
            ("db: {password: \"hunter2\"}", "password", 1),
            ("{\"user\":\"a\",\"password\":\"hunter2\"}", "password", 1),
            ("Server=db;User=sa;Password=hunter2;", "Password", 1),
            ("jdbc:postgresql://db/x?user=a&password=hunter2", "password", 1),
            ("export API_TOKEN='abc123def456'", "API_TOKEN", 1),
            ("redis-cli --requirepass hunter2 ping", "requirepass", 1),
            ("mysql --password=hunter2 -e 'select 1'", "password", 1),
            ("secret_key: q7RtZ1pW9xKc4LmB", "secret_key", 1),
            ("requirepass: hunter2", "requirepass", 1),
            ("# nothing\npassword: admin", "password", 2),
        ] {
            let found = in_text(text).map(|found| (found.name, found.line));
            assert_eq!(found, Some((name, line)), "{text}");
        }
    }

    #[test]
    fn text_without_credentials() {
        for text in [
            "",
            "password=",
            "password:",
            "password: \"\"",
            "# password: hunter2",
            "// password = hunter2",
            "password: ${DB_PASSWORD}",
            "password: {{ .Values.password }}",
            "PASSWORD=$(cat /run/secrets/db)",
            "PASSWORD=\"$DB_PASSWORD\"",
            "password = os.environ[\"DB_PASSWORD\"]",
            "password = request.password",
            "token := getToken(ctx)",
            "func login(user, password string) error {",
            "password: string",
            "\"password\": {\"type\": \"string\"}",
            "the password: it must be long",
            "if password == other {",
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
            "password, err := read()",
            "accessToken: session.accessToken,",
            "--password-file /run/secrets/db",
            "--token $(TOKEN)",
            "ein Passwort: ä",
            "passwd: files sss",
            "passwd: compat",
        ] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }
}
