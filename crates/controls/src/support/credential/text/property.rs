//! Lines of properties files.

use super::super::name::Meaning;
use super::super::value;

use super::literal::is_made_up;

/// Whether a line is a property and no more, `db.password=!Summer2026`: what follows the sign is the value as it is.
pub(super) fn is_property(before: &str, after: &str, meaning: Meaning, name: &str) -> bool {
    let value = after.trim_end();
    // A line may be a whole document: nothing but an indentation and `export` stands before a property.
    let is_all = before.len() <= name.len() + 64
        && before.trim().trim_start_matches("export ") == name
        && !value.contains(char::is_whitespace);
    if !is_all {
        return false;
    }
    // `password=password` hands on an argument in code; no argument has a dot or a dash in its name.
    let has_prefix = name.contains(['.', '-', '_']);
    // `label.password=Password` is how a form calls it.
    let is_label = value.starts_with(|c: char| c.is_ascii_uppercase());
    has_prefix && !is_label && value::is_default(meaning, value)
        || meaning == Meaning::Password
            && value.starts_with(['!', '@', '%', '*', '?'])
            && is_made_up(value)
            && value::is_plausible(meaning, name, value)
}

#[cfg(test)]
mod tests {
    use super::super::in_text;

    #[test]
    fn values_of_properties() {
        for (text, name, line) in [
            ("db.password=password", "db.password", 1),
            ("spring.datasource.password=secret\r", "spring.datasource.password", 1),
            ("jwt.secret=secret", "jwt.secret", 1),
            ("spring.datasource.password=!Qaz2wsx#9", "spring.datasource.password", 1),
            ("password=@bc12345", "password", 1),
        ] {
            let found = in_text(text).map(|found| (found.name, found.line));
            assert_eq!(found, Some((name, line)), "{text}");
        }
    }

    #[test]
    fn properties_without_credentials() {
        for text in [
            "login.password=Passwort",
            "password=password",
            "db.password=${DB_PASSWORD}",
            "db.password=@DB_PASSWORD@",
            "password=*args",
            "label.password=Password",
            "db.password=!{secret:db1}",
            "spring.datasource.password=*****12ab",
        ] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }
}
