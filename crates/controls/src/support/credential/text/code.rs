//! Code that sets names in quotes: `'password' => 'value'`, `config['password'] = 'value'`,
//! `define('PASSWORD', 'value')`.

use super::super::in_words;
use super::super::name::meaning;

use super::assigned::name_before;
use super::literal::is_literal;

/// `'password' => 'value'` of PHP and Ruby, where rules of forms stand too: `'password' => 'required'`.
pub(super) fn pair<'t>(before: &'t str, after: &str) -> Option<(&'static str, &'t str)> {
    let after = after.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, _) = after[1..].split_once(quote)?;
    let name = name_before(before)?;
    let meaning = meaning(name)?;
    // 'password2' => 'Passwort2' of a translation.
    let number = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let is_label = !number.is_empty() && value.ends_with(number);
    let is_rule = is_label || value.contains(['|', ':', ' ']) || !value.bytes().any(|b| b.is_ascii_digit());
    (!is_rule && is_literal(value, meaning, name, true)).then(|| (in_words(meaning, value), name))
}

/// PHP: define('DB_PASSWORD', 'value');
pub(super) fn constant(line: &str) -> Option<(&'static str, &str)> {
    let (name, value) = line.trim_start().strip_prefix("define(")?.split_once(',')?;
    let name = name.trim().trim_matches(['"', '\'']);
    let value = value.trim().trim_end_matches([';', ')', ' ']);
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = value.strip_prefix(quote)?.strip_suffix(quote)?;
    let meaning = meaning(name)?;
    is_literal(value, meaning, name, true).then(|| (in_words(meaning, value), name))
}

#[cfg(test)]
mod tests {
    use super::super::in_text;

    #[test]
    fn names_in_quotes() {
        for (text, name, line) in [
            ("'password' => 'hunter2',", "password", 1),
            ("define('DB_PASSWORD', 'hunter2');", "DB_PASSWORD", 1),
            ("app.config['SECRET_KEY'] = '8f2a9c1d4e5b6a7f8f2a9c1d'", "SECRET_KEY", 1),
            ("$cfg['Servers'][1]['password'] = 'hunter2-not-real';", "password", 1),
            ("gitlab_rails['initial_root_password'] = \"hunter2\"", "initial_root_password", 1),
        ] {
            let found = in_text(text).map(|found| (found.name, found.line));
            assert_eq!(found, Some((name, line)), "{text}");
        }
    }

    #[test]
    fn rules_labels_and_calls_beside_names_in_quotes() {
        for text in [
            "'password' => 'required|min:8',",
            "'password' => 'secret',",
            "define('DB_PASSWORD', getenv('DB_PASSWORD'));",
            "SECRET_KEY = os.environ['SECRET_KEY']",
            "$lang['password2'] = 'Passwort2';",
            "$lang['new_password'] = 'Neues Passwort';",
            "$rules['password'] = 'required|min:8';",
            "if ($a['password'] == 'hunter2') {",
            "app.config['SECRET_KEY'] = os.environ['SECRET_KEY1']",
        ] {
            assert_eq!(in_text(text), None, "{text}");
        }
    }
}
