//! Patterns of names, as backup tools write them.

/// Whether a name is one that a pattern stands for: `*` for any characters, `?` for one, `[abc]` and `[a-z]` for one
/// of those. A pattern whose bracket is empty or doesn't end stands for nothing, as tools refuse it.
pub(crate) fn matches(pattern: &str, name: &str) -> bool {
    let (mut pattern, mut name) = (pattern, name);
    // The last asterisk, with what is behind it and the name from there: it takes one character more each time that
    // the rest doesn't fit. Those before it need not, since it can take whatever they would.
    let mut retry = None;
    loop {
        if let Some(rest) = pattern.strip_prefix('*') {
            pattern = rest;
            retry = Some((rest, name));
            continue;
        }
        if pattern.is_empty() && name.is_empty() {
            return true;
        }
        let mut characters = name.chars();
        let fits = characters.next().and_then(|character| one(pattern, character));
        if let Some(rest) = fits {
            (pattern, name) = (rest, characters.as_str());
            continue;
        }
        let Some((rest, from)) = retry else { return false };
        let mut from = from.chars();
        if from.next().is_none() {
            return false;
        }
        (pattern, name) = (rest, from.as_str());
        retry = Some((rest, name));
    }
}

/// What of a pattern is left behind its first item, if that stands for the character.
fn one(pattern: &str, character: char) -> Option<&str> {
    let mut items = pattern.chars();
    let first = items.next()?;
    let rest = items.as_str();
    match first {
        '?' => Some(rest),
        '[' => {
            let (set, rest) = rest.split_once(']')?;
            is_in(set, character).then_some(rest)
        }
        _ => (first == character).then_some(rest),
    }
}

fn is_in(set: &str, character: char) -> bool {
    let mut set = set.chars();
    while let Some(first) = set.next() {
        let mut range = set.clone();
        let last = match (range.next(), range.next()) {
            (Some('-'), Some(last)) => {
                set = range;
                last
            }
            _ => first,
        };
        if (first..=last).contains(&character) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_stand_for_anything() {
        assert!(matches("*", "shop"));
        assert!(matches("shop-*", "shop-eu"));
        assert!(matches("*-eu", "shop-eu"));
        assert!(!matches("shop", "shop-eu"));
        assert!(!matches("shop-*", "shop"));
        assert!(matches("s*o*-*u", "shop-eu"));
        assert!(matches("a*b*b", "abb"));
        assert!(!matches("a*b*b", "ab"));
        assert!(!matches("*ab*ab", "ab"));
        assert!(matches("shop*", "shop"));
    }

    #[test]
    fn others_stand_for_one() {
        assert!(matches("ban?", "bank"));
        assert!(!matches("bank?", "bank"));
        assert!(!matches("ban?", "banks"));
        assert!(matches("[ab]ank", "bank"));
        assert!(!matches("[ac]ank", "bank"));
        assert!(matches("team-[0-9]", "team-7"));
        assert!(!matches("team-[0-9]", "team-77"));
        assert!(matches("*-[a-c]?", "team-b7"));
        assert!(matches("team[-_]a", "team-a"));
    }

    #[test]
    fn brackets_that_are_no_set_stand_for_nothing() {
        assert!(!matches("[]bank", "bank"));
        assert!(!matches("bank[", "bank["));
        assert!(!matches("[bank", "bank"));
    }
}
