//! A name and its value with a sign between them, `name: value` and `name=value` in many formats.

use super::super::in_words;
use super::super::name::Meaning;
use super::super::value::is_port;

use super::connection::is_of_connection;
use super::flow::is_in_flow;
use super::literal::is_literal;
use super::property::is_property;

/// The name right before a separator: `db.password`, `"password"`, `Pwd`.
pub(super) fn name_before(before: &str) -> Option<&str> {
    let before = before.trim_end();
    // `:=` assigns in Go and in makefiles.
    let before = before.strip_suffix(':').map_or(before, str::trim_end);
    let unquoted = before.strip_suffix(['"', '\'']);
    let is_quoted = unquoted.is_some();
    let before = unquoted.unwrap_or(before);
    let before = before.strip_suffix('\\').unwrap_or(before);
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let start = before.bytes().rposition(|byte| !is_of_name(&byte)).map_or(0, |at| at + 1);
    // A shell compares what a variable holds: `[ "$PASSWORD" = "" ]`.
    if is_quoted && before.get(..start).is_some_and(|before| before.ends_with('$')) {
        return None;
    }
    before.get(start..).map(|name| name.trim_start_matches(['-', '.'])).filter(|name| name.len() >= 3)
}

/// What a value is that follows its name and a separator, where it is a credential.
pub(super) fn value_after(
    before: &str,
    after: &str,
    separator: u8,
    meaning: Meaning,
    name: &str,
) -> Option<&'static str> {
    let spaced = after.starts_with([' ', '\t']);
    if separator == b'=' && !spaced && is_property(before, after, meaning, name) {
        return Some(in_words(meaning, after.trim_end()));
    }
    // psql puts a variable in: PASSWORD :'app_password'.
    if separator == b':'
        && before.ends_with([' ', '\t'])
        && after.starts_with(['"', '\''])
        && !ends_quoted(before)
    {
        return None;
    }
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
    let is_yaml = separator == b':' && spaced;
    let in_flow = is_yaml && is_in_flow(before, after);
    let end = after.find(|c| {
        matches!(c, '"' | '\'' | ' ' | '\t' | '|')
            || !is_yaml && matches!(c, ';' | '&')
            || in_flow && matches!(c, ',' | '}')
    });
    let end = end.unwrap_or(after.len());
    let value = after.get(..end)?;
    // A host and its port: http://password:8080.
    if separator == b':'
        && !spaced
        && (is_port(value) || before.strip_suffix(name).is_some_and(|of| of.ends_with("//")))
    {
        return None;
    }
    // Of a version that a package manager installs (`passwd=1:4.8`), and of a name with colons in it that goes on.
    if separator == b'='
        && value.starts_with(|c: char| c.is_ascii_digit())
        && value.contains(':')
        && name == "passwd"
        || separator == b':' && !spaced && value.contains(':')
    {
        return None;
    }
    // Between braces code has names too, which are words.
    if in_flow && !value.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    // Reports count what passes: `pass: 1500`.
    if separator == b':' && name.eq_ignore_ascii_case("pass") && value.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let rest = after.get(end..).unwrap_or("").trim_start();
    // A quote that ends what wasn't begun here: a message in code ("password: missing").
    if separator == b':' && spaced && rest.starts_with(['"', '\'']) {
        return None;
    }
    // More words: a sentence, or code (`password = get(x)`, `token: &str,`).
    let is_whole = rest.is_empty()
        || rest.starts_with([';', '&', '"', '\'', '|', '#', '-'])
        || in_flow && rest.starts_with([',', '}'])
        || separator == b'=' && !spaced;
    // In a connection string a value may be anything: Server=db;Password=Pa(ss)w0rd;
    let is_quoted = separator == b'=' && is_of_connection(before) && !value.contains('$');
    (is_whole && is_literal(value, meaning, name, is_quoted)).then(|| in_words(meaning, value))
}

/// Whether the name before a separator stands in quotes.
pub(super) fn ends_quoted(before: &str) -> bool {
    before.trim_end().ends_with(['"', '\''])
}

#[cfg(test)]
mod tests {
    use super::super::in_text;

    #[test]
    fn values_behind_a_sign() {
        for (text, name, line) in [
            ("db.user=postgres\ndb.password=hunter2-not-real", "db.password", 2),
            ("[db]\npassword = hunter2", "password", 2),
            ("db:\n  host: db\n  password: hunter2\n", "password", 3),
            ("{\"user\":\"a\",\"password\":\"hunter2\"}", "password", 1),
            ("jdbc:postgresql://db/x?user=a&password=hunter2", "password", 1),
            ("export API_TOKEN='abc123def456'", "API_TOKEN", 1),
            ("mysql --password=hunter2 -e 'select 1'", "password", 1),
            ("requirepass: hunter2", "requirepass", 1),
            ("password: ab&cd12", "password", 1),
            ("password:hunter2", "password", 1),
            ("{\"password\" :\"hunter2\"}", "password", 1),
            ("$db_password = \"hunter2\";", "db_password", 1),
        ] {
            let found = in_text(text).map(|found| (found.name, found.line));
            assert_eq!(found, Some((name, line)), "{text}");
        }
    }

    #[test]
    fn signs_with_no_credential_behind_them() {
        for text in [
            "password=",
            "password:",
            "password: \"\"",
            "PASSWORD=$(cat /run/secrets/db)",
            "PASSWORD=\"$DB_PASSWORD\"",
            "password = os.environ[\"DB_PASSWORD\"]",
            "token := getToken(ctx)",
            "func login(user, password string) error {",
            "the password: it must be long",
            "if password == other {",
            "password, err := read()",
            "throw new Error(\"password: missing\")",
            "ein Passwort: ä",
            "if [ -z \"$PASSWORD\" ]; then echo password: missing; fi",
            "[ \"$PASSWORD\" = \"hunter\" ]",
            "apt-get install -y passwd=1:4.8",
            "- record: password:failures:rate5m",
            "credentials:1389.vd7a_b_f5fa_50a_2",
            "password:1.2.3",
            "plain-credentials:183.va_de8f1dd5a_2b_",
            "ALTER ROLE app WITH PASSWORD :'app_password1';",
            "url = http://password:8080",
            "url = http://password:8080/reset1",
            "upstream password:8080",
            "pass: 1500",
        ] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }
}
