//! Rules in an order: the first that matches decides.

use plimsoll_kubernetes::Field;

use super::super::selector::Match;

/// How a kind of policy writes such rules.
pub(super) struct FirstMatch {
    /// The field of a rule that holds its verdict.
    pub action: &'static str,
    /// The verdicts that keep something away.
    pub denials: &'static [&'static str],
    /// Whether what no rule matches is denied.
    pub denies_rest: bool,
}

impl FirstMatch {
    /// Whether the first rule that matches denies, or one before it may.
    pub(super) fn denies<'d>(&self, rules: &Field<'d>, matches: impl Fn(&Field<'d>) -> Match) -> bool {
        for rule in rules.items() {
            match (matches(&rule), self.denials.contains(&rule.get(self.action).text())) {
                (Match::Yes | Match::Unknown, true) => return true,
                (Match::Yes, false) => return false,
                _ => {}
            }
        }
        self.denies_rest
    }
}
