//! A name and its value in fields beside each other: in two lines, or in one object.

use super::super::name::{Meaning, meaning};

use super::assigned::value_after;
use super::near;

/// What a line calls the value in the next one: `- name: DB_PASSWORD`, `"name": "DB_PASSWORD",`.
pub(super) fn name_alone(line: &str) -> Option<&str> {
    let line = line.trim_start().trim_start_matches(['-', ' ', '{', '"']);
    let (key, name) = ["name", "type"].iter().find_map(|key| Some((*key, line.strip_prefix(key)?)))?;
    let name = name.trim_start_matches('"').strip_prefix(':')?;
    let name = name.trim().trim_end_matches(',').trim_matches(['"', '\'']);
    called_by(key, name).filter(|name| meaning(name).is_some())
}

/// A line that gives a value to the name above.
pub(super) fn value_beside(line: &str, name: &str) -> Option<&'static str> {
    let line = line.trim_start().trim_start_matches('"');
    let value = line.strip_prefix("value")?.trim_start_matches('"').strip_prefix(':')?;
    value_after("", value, b':', meaning(name)?, name)
}

/// What a field of an object calls the value beside it. A realm of Keycloak's has a password of the type `password`.
pub(crate) fn called_by<'t>(key: &str, text: &'t str) -> Option<&'t str> {
    let tells = matches!(key, "name" | "key") || key == "type" && text == "password";
    tells.then_some(text)
}

/// What the object that a value is part of calls it, before it in the same line.
pub(super) fn name_beside(before: &str) -> Option<&str> {
    let (_, fields) = near(before).rsplit_once('{')?;
    let quotes = ['"', '\'', '\\'];
    fields.split(',').find_map(|field| {
        let (key, text) = field.split_once(':')?;
        called_by(key.trim().trim_matches(quotes), text.trim().trim_matches(quotes))
    })
}

/// `password: password` below `username: postgres`: where a user is named, it is no word of a description.
pub(super) fn default_beside<'t>(line: &'t str, above: &str) -> Option<(&'static str, &'t str)> {
    const USERS: &[&str] =
        &["admin", "administrator", "elastic", "guest", "mysql", "neo4j", "postgres", "root", "sa"];
    let indentation = |line: &str| line.len() - line.trim_start().len();
    let (name, _) = field_of(line).filter(|(_, value)| *value == "password")?;
    let (key, user) = field_of(above)?;
    let is_default = matches!(key, "user" | "username" | "userName" | "login")
        && USERS.contains(&user)
        && indentation(line) == indentation(above)
        && meaning(name) == Some(Meaning::Password);
    is_default.then_some(("a default password", name))
}

/// The key and the value of a line of YAML or JSON.
fn field_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let quotes = ['"', '\''];
    Some((key.trim().trim_matches(quotes), value.trim().trim_end_matches(',').trim_matches(quotes)))
}

#[cfg(test)]
mod tests {
    use super::super::in_text;

    #[test]
    fn values_beside_their_names() {
        for (text, name, line) in [
            ("  username: postgres\n  password: password", "password", 2),
            ("\"user\": \"root\",\n\"password\": \"password\"", "password", 2),
            ("{\"name\": \"DB_PASSWORD\", \"value\": \"hunter2\"}", "DB_PASSWORD", 1),
            ("[{\\\"name\\\": \\\"DB_PASSWORD\\\", \\\"value\\\": \\\"hunter2\\\"}]", "DB_PASSWORD", 1),
            ("- {name: DB_PASSWORD, value: hunter2}", "DB_PASSWORD", 1),
            ("\"credentials\":[{\"type\":\"password\",\"value\":\"hunter2\"}]", "password", 1),
            ("\"type\": \"password\",\n\"value\": \"hunter2\"", "password", 2),
            ("env:\n- name: DB_PASSWORD\n  value: hunter2", "DB_PASSWORD", 3),
            ("{\n\"name\": \"DB_PASSWORD\",\n\"value\": \"hunter2\"}", "DB_PASSWORD", 3),
        ] {
            let found = in_text(text).map(|found| (found.name, found.line));
            assert_eq!(found, Some((name, line)), "{text}");
        }
    }

    #[test]
    fn fields_beside_each_other_that_hold_no_credential() {
        for text in [
            "- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef: {name: db, key: password}",
            "- name: DB_PASSWORD\n  value: $(PASSWORD)",
            "username: username\npassword: password",
            "fields:\n  user: login\n  password: password",
            "username: postgres\n  password: password",
            "username: postgres\nauthentication: password",
            "{\"name\": \"DB_PASSWORD\", \"value\": \"${DB_PASSWORD}\"}",
            "{\"name\": \"DB_USER\", \"value\": \"hunter2\"}",
            "{\"name\": \"DB_PASSWORD\"}, {\"value\": \"hunter2\"}",
            "{\"type\": \"text\", \"value\": \"hunter2\"}",
            "{\"type\":\"password\",\"value\":\"\"}",
            "- type: password\n  label: hunter2",
        ] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }
}
