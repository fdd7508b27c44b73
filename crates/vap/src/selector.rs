//! Label selectors as `kubectl --selector` takes them.

use std::fmt;

/// One condition of a label selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    pub key: String,
    /// `In`, `NotIn`, `Exists` or `DoesNotExist`.
    pub operator: &'static str,
    pub values: Vec<String>,
}

/// A text that is no selector: which part of it, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectorError(String);

impl fmt::Display for SelectorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SelectorError {}

/// Reads `a=b`, `a!=b`, `a in (b,c)`, `a notin (b,c)`, `a` and `!a`, separated by commas.
pub fn parse_selector(text: &str) -> Result<Vec<Requirement>, SelectorError> {
    parts(text).map(requirement).collect()
}

/// The parts between the commas that stand outside of brackets.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0usize;
    text.split(move |letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ',' && depth == 0
    })
}

fn requirement(part: &str) -> Result<Requirement, SelectorError> {
    let part = part.trim();
    let (key, operator, values) = if let Some((key, value)) = part.split_once("!=") {
        (key, "NotIn", vec![value])
    } else if let Some((key, value)) = part.split_once("==").or_else(|| part.split_once('=')) {
        (key, "In", vec![value])
    } else if let Some((head, values)) = part.split_once('(') {
        let values = values.strip_suffix(')').ok_or_else(|| error(part, "the bracket isn't closed"))?;
        let (key, word) = head.trim().rsplit_once(' ').unwrap_or((head, ""));
        let operator = match word {
            "in" => "In",
            "notin" => "NotIn",
            _ => return Err(error(part, "before the bracket goes `in` or `notin`")),
        };
        (key, operator, values.split(',').collect())
    } else if let Some(key) = part.strip_prefix('!') {
        (key, "DoesNotExist", Vec::new())
    } else {
        (part, "Exists", Vec::new())
    };
    let key = key.trim();
    if !is_key(key) {
        return Err(error(part, "its key is no label"));
    }
    let values: Vec<String> = values.into_iter().map(|value| value.trim().to_owned()).collect();
    if let Some(value) = values.iter().find(|value| !is_name(value) && !value.is_empty()) {
        return Err(error(part, &format!("{value:?} is no value of a label")));
    }
    Ok(Requirement { key: key.to_owned(), operator, values })
}

fn error(part: &str, problem: &str) -> SelectorError {
    SelectorError(format!("{part:?} is no condition on labels: {problem}"))
}

/// `name` or `prefix/name`.
fn is_key(key: &str) -> bool {
    match key.split_once('/') {
        Some((prefix, name)) => is_name(prefix) && prefix.len() <= 253 && is_label(name),
        None => is_label(key),
    }
}

fn is_label(name: &str) -> bool {
    name.len() <= 63 && is_name(name)
}

/// Letters, digits, `-`, `_` and `.`, with a letter or a digit at both ends.
fn is_name(name: &str) -> bool {
    let at_end = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    name.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.'))
        && at_end(name.chars().next())
        && at_end(name.chars().next_back())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, &'static str, Vec<String>)> {
        let requirements = parse_selector(text).expect(text);
        requirements.into_iter().map(|r| (r.key, r.operator, r.values)).collect()
    }

    #[test]
    fn every_form_is_read() {
        let strings = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            read("a=b, c!=d,example.com/e in (f, g),h notin (i),j,!k,l==m,n="),
            [
                ("a".to_owned(), "In", strings(&["b"])),
                ("c".to_owned(), "NotIn", strings(&["d"])),
                ("example.com/e".to_owned(), "In", strings(&["f", "g"])),
                ("h".to_owned(), "NotIn", strings(&["i"])),
                ("j".to_owned(), "Exists", strings(&[])),
                ("k".to_owned(), "DoesNotExist", strings(&[])),
                ("l".to_owned(), "In", strings(&["m"])),
                ("n".to_owned(), "In", strings(&[""])),
            ]
        );
    }

    #[test]
    fn what_is_no_selector_is_refused() {
        for text in ["", "=b", "a=b=c", "a in (b", "a of (b)", "-a", "a b", "a=b c", "!", "a/b/c", "a=\"b\""]
        {
            assert!(parse_selector(text).is_err(), "{text:?}");
        }
    }
}
