//! Calico's selectors: expressions over labels, read as Calico reads them.

use super::super::super::selector::{Known, Match};

/// How deep parentheses may stand in one another.
const DEPTH: usize = 32;

/// Whether labels that are known in part meet a selector. Nothing is known of one that can't be read.
pub(super) fn matches<'a>(selector: &str, label: &dyn Fn(&str) -> Known<'a>) -> Match {
    let mut reader = Reader { rest: selector, label };
    reader.skip_blanks();
    if reader.rest.is_empty() {
        return Match::Yes;
    }
    match reader.alternatives(DEPTH) {
        Some(found) if reader.rest.is_empty() => found,
        _ => Match::Unknown,
    }
}

/// What is left to read. Blanks in front are skipped after each step, but inside of words.
struct Reader<'s, 'f, 'a> {
    rest: &'s str,
    label: &'f dyn Fn(&str) -> Known<'a>,
}

impl<'s, 'a> Reader<'s, '_, 'a> {
    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
    }

    fn take(&mut self, sign: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(sign) else { return false };
        self.rest = rest;
        self.skip_blanks();
        true
    }

    /// Takes words that follow each other, with blanks between them or none, and no letter after the last.
    fn take_words(&mut self, words: &[&str]) -> bool {
        let before = self.rest;
        let taken = words.iter().all(|word| self.take(word)) && !self.rest.starts_with(is_of_label);
        if !taken {
            self.rest = before;
        }
        taken
    }

    /// `||` binds less than `&&`.
    fn alternatives(&mut self, depth: usize) -> Option<Match> {
        let mut found = self.conjunction(depth)?;
        while self.take("||") {
            found = found.or(self.conjunction(depth)?);
        }
        Some(found)
    }

    fn conjunction(&mut self, depth: usize) -> Option<Match> {
        let mut found = self.operation(depth)?;
        while self.take("&&") {
            found = found.and(self.operation(depth)?);
        }
        Some(found)
    }

    fn operation(&mut self, depth: usize) -> Option<Match> {
        let mut negated = false;
        while !self.rest.starts_with("!=") && self.take("!") {
            negated = !negated;
        }
        let found = self.operand(depth)?;
        Some(if negated { found.negated() } else { found })
    }

    fn operand(&mut self, depth: usize) -> Option<Match> {
        if self.take("(") {
            let found = self.alternatives(depth.checked_sub(1)?)?;
            return self.take(")").then_some(found);
        }
        if self.take("all(") {
            return self.take(")").then_some(Match::Yes);
        }
        // What has no namespace; every pod has one.
        if self.take("global(") {
            return self.take(")").then_some(Match::No);
        }
        if self.take("has(") {
            let label = self.name()?;
            return self.take(")").then_some(label.meets(false, |_| true));
        }
        let label = self.name()?;
        if self.take("==") {
            let text = self.text()?;
            Some(label.meets(false, |value| value == text))
        } else if self.take("!=") {
            let text = self.text()?;
            Some(label.meets(true, |value| value != text))
        } else if self.take_words(&["contains"]) {
            let text = self.text()?;
            Some(label.meets(false, |value| value.contains(text)))
        } else if self.take_words(&["starts", "with"]) {
            let text = self.text()?;
            Some(label.meets(false, |value| value.starts_with(text)))
        } else if self.take_words(&["ends", "with"]) {
            let text = self.text()?;
            Some(label.meets(false, |value| value.ends_with(text)))
        } else if self.take_words(&["not", "in"]) {
            let set = self.set()?;
            Some(label.meets(true, |value| !set.contains(&value)))
        } else if self.take_words(&["in"]) {
            let set = self.set()?;
            Some(label.meets(false, |value| set.contains(&value)))
        } else {
            None
        }
    }

    /// What is known of the label that is named here.
    fn name(&mut self) -> Option<Known<'a>> {
        let end = self.rest.find(|letter| !is_of_label(letter)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at_checked(end).filter(|(name, _)| !name.is_empty())?;
        self.rest = rest;
        self.skip_blanks();
        Some((self.label)(name))
    }

    fn text(&mut self) -> Option<&'s str> {
        let quote = ['"', '\''].into_iter().find(|quote| self.rest.starts_with(*quote))?;
        let (text, rest) = self.rest.strip_prefix(quote)?.split_once(quote)?;
        self.rest = rest;
        self.skip_blanks();
        Some(text)
    }

    fn set(&mut self) -> Option<Vec<&'s str>> {
        let mut set = Vec::new();
        if !self.take("{") {
            return None;
        }
        while !self.take("}") {
            set.push(self.text()?);
            if !self.take(",") && !self.rest.starts_with('}') {
                return None;
            }
        }
        Some(set)
    }
}

fn is_of_label(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.' | '/' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_are_read_as_calico_reads_them() {
        let label = |key: &str| match key {
            "app" => Known::Is("web"),
            "team.example.com/name" => Known::Is("a-b"),
            "hidden" => Known::Unknown,
            _ => Known::Absent,
        };
        for (selector, expected) in [
            ("", Match::Yes),
            (" \t", Match::Yes),
            ("all()", Match::Yes),
            ("all( ) ", Match::Yes),
            ("global()", Match::No),
            ("!global()", Match::Yes),
            ("app == 'web'", Match::Yes),
            ("app==\"web\"", Match::Yes),
            ("app == 'db'", Match::No),
            ("tier == 'fe'", Match::No),
            ("app != 'web'", Match::No),
            ("tier != 'fe'", Match::Yes),
            ("app in {'db', \"web\"}", Match::Yes),
            ("app in{'db'}", Match::No),
            ("app in {}", Match::No),
            ("app in {'web',}", Match::Yes),
            ("app not in {'db', 'web'}", Match::No),
            ("app notin {'db'}", Match::Yes),
            ("tier not in {'db'}", Match::Yes),
            ("tier in {'db'}", Match::No),
            ("has(app)", Match::Yes),
            ("has( tier )", Match::No),
            ("! has(tier)", Match::Yes),
            ("!!has(tier)", Match::No),
            ("team.example.com/name contains '-'", Match::Yes),
            ("team.example.com/name starts with 'a'", Match::Yes),
            ("team.example.com/name ends with 'a'", Match::No),
            ("app == 'db' || app == 'web'", Match::Yes),
            ("(app == 'db' || app == 'web') && has(tier)", Match::No),
            ("app == 'web' || app == 'db' && has(tier)", Match::Yes),
            ("!(app == 'web' && !has(tier))", Match::No),
            ("hidden == 'x'", Match::Unknown),
            ("hidden != 'x' && app == 'db'", Match::No),
            ("hidden in {'x'} || app == 'web'", Match::Yes),
            ("!has(hidden)", Match::Unknown),
            // What follows isn't Calico's.
            ("app", Match::Unknown),
            ("app = 'web'", Match::Unknown),
            ("app == web", Match::Unknown),
            ("app == 'web", Match::Unknown),
            ("app == 'web' &&", Match::Unknown),
            ("app == 'web' all()", Match::Unknown),
            ("app inside {'web'}", Match::Unknown),
            ("app in {'web' 'db'}", Match::Unknown),
            ("(all()", Match::Unknown),
            ("!= 'x'", Match::Unknown),
            ("ä == 'x'", Match::Unknown),
        ] {
            assert_eq!(matches(selector, &label), expected, "{selector}");
        }
    }

    #[test]
    fn deep_selectors_end() {
        let deep = format!("{}all(){}", "(".repeat(100_000), ")".repeat(100_000));
        assert_eq!(matches(&deep, &|_| Known::Absent), Match::Unknown);
        let deep = format!("{}all(){}", "(".repeat(20), ")".repeat(20));
        assert_eq!(matches(&deep, &|_| Known::Absent), Match::Yes);
    }
}
