//! Putting expressions together.

/// Of the variables those that an expression needs, straight or through each other, in the given order.
pub(crate) fn needed<'v>(
    variables: impl IntoIterator<Item = (&'v str, &'v str)>,
    expression: &str,
) -> Vec<(&'v str, &'v str)> {
    let variables: Vec<_> = variables.into_iter().collect();
    let mut wanted = used(expression);
    let mut needed = Vec::new();
    // A variable builds on those before it alone.
    for (name, expression) in variables.into_iter().rev() {
        if wanted.contains(&name.to_owned()) {
            wanted.extend(used(expression));
            needed.push((name, expression));
        }
    }
    needed.reverse();
    needed
}

/// Names of the variables that an expression uses.
pub(crate) fn used(expression: &str) -> Vec<String> {
    let mut names = Vec::new();
    for after in expression.split("variables.").skip(1) {
        let name: String = after.chars().take_while(char::is_ascii_alphanumeric).collect();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// A text as a string of CEL.
pub(crate) fn string(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(letter);
            }
            '\n' => quoted.push_str("\\n"),
            letter if letter.is_control() => quoted.push_str(&format!("\\u{:04x}", u32::from(letter))),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

/// Texts as a list of CEL.
pub(crate) fn list<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let texts: Vec<String> = texts.into_iter().map(string).collect();
    format!("[{}]", texts.join(", "))
}

/// The same with a line for each few texts, for long lists.
pub(crate) fn long_list<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let mut lines = vec![String::new()];
    for text in texts {
        let item = string(text);
        if lines.last().is_some_and(|line| line.len() + item.len() > 90) {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(if line.is_empty() { "" } else { ", " });
            line.push_str(&item);
        }
    }
    format!("[\n  {}\n]", lines.join(",\n  "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_taken_with_what_they_need() {
        let all = [("a", "1"), ("b", "variables.a"), ("c", "variables.a + 1"), ("d", "variables.c")];
        assert_eq!(needed(all, "variables.d == 2"), [all[0], all[2], all[3]]);
        assert_eq!(needed(all, "true"), []);
        assert_eq!(needed(all, "variables.aa"), []);
    }

    #[test]
    fn strings_are_quoted() {
        assert_eq!(string("a\"b\\c\u{1}"), r#""a\"b\\c\u0001""#);
        assert_eq!(list(["a", "b"]), r#"["a", "b"]"#);
        let long = long_list(std::iter::repeat_n("0123456789", 9));
        assert_eq!(long.lines().count(), 4, "{long}");
    }
}
