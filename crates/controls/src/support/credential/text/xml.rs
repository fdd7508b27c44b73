//! Elements and attributes of XML.

use super::super::in_words;
use super::super::name::meaning;

use super::assigned::name_before;
use super::literal::is_literal;
use super::near;

/// What an element of XML calls itself in an attribute before another: `<add key="ApiPassword" `.
pub(super) fn attribute(before: &str) -> Option<&str> {
    let before = near(before).rsplit_once('<')?.1;
    // Words and fields of forms.
    let element = before.split(' ').next().unwrap_or(before);
    if ["string", "label", "input", "option", "button"].contains(&element) {
        return None;
    }
    let name = ["name=\"", "key=\""].iter().find_map(|start| before.rsplit_once(start))?.1;
    name.split('"').next()
}

/// `<password>value</password>`
pub(super) fn element(line: &str, end: usize) -> Option<(&'static str, &str)> {
    let before = line.get(..end)?;
    let name = name_before(before)?;
    let opens = before.strip_suffix(name).is_some_and(|rest| rest.ends_with('<'))
        // <property name="password">
        || attribute(before) == Some(name);
    let meaning = meaning(name).filter(|_| opens)?;
    let (value, rest) = line.get(end + 1..)?.split_once('<')?;
    let closes = rest.starts_with('/');
    (closes && is_literal(value, meaning, name, true)).then(|| (in_words(meaning, value), name))
}

#[cfg(test)]
mod tests {
    use super::super::in_text;

    #[test]
    fn elements_and_attributes() {
        for (text, name, line) in [
            ("<password>hunter2</password>", "password", 1),
            ("<login user=\"a\" password=\"hunter2\"/>", "password", 1),
            ("<property name=\"db.password\">hunter2</property>", "db.password", 1),
            ("<add key=\"ApiPassword\" value=\"hunter2\"/>", "ApiPassword", 1),
        ] {
            let found = in_text(text).map(|found| (found.name, found.line));
            assert_eq!(found, Some((name, line)), "{text}");
        }
    }

    #[test]
    fn elements_without_credentials() {
        for text in [
            "<password>${db.password}</password>",
            "<password></password>",
            "<passwordPolicy>strong1A</passwordPolicy>",
            "<add key=\"PasswordPolicy\" value=\"strong1A\"/>",
            "<string name=\"password\">Passwort1</string>",
            "<input type=\"password\" name=\"password\" value=\"Password1\"/>",
        ] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }
}
