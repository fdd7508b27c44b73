//! Label selectors over labels that are known in part: what a scan holds doesn't tell everything.

use plimsoll_kubernetes::{Inventory, LabelSelector, Labels};

/// The label that the API server gives every namespace: its name.
pub(crate) const NAMESPACE_NAME: &str = "kubernetes.io/metadata.name";

/// An answer that may lie outside what was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    Yes,
    No,
    Unknown,
}

impl Match {
    pub(crate) fn and(self, other: Match) -> Match {
        match (self, other) {
            (Match::No, _) | (_, Match::No) => Match::No,
            (Match::Yes, Match::Yes) => Match::Yes,
            _ => Match::Unknown,
        }
    }

    pub(crate) fn or(self, other: Match) -> Match {
        match (self, other) {
            (Match::Yes, _) | (_, Match::Yes) => Match::Yes,
            (Match::No, Match::No) => Match::No,
            _ => Match::Unknown,
        }
    }

    pub(crate) fn negated(self) -> Match {
        match self {
            Match::Yes => Match::No,
            Match::No => Match::Yes,
            Match::Unknown => Match::Unknown,
        }
    }

    /// Whether one of several is yes; of none, no.
    pub(crate) fn any(matches: impl IntoIterator<Item = Match>) -> Match {
        let mut found = Match::No;
        for one in matches {
            found = found.or(one);
            if found == Match::Yes {
                break;
            }
        }
        found
    }

    /// Yes, or not known to be no.
    pub(crate) fn is_possible(self) -> bool {
        self != Match::No
    }
}

impl From<bool> for Match {
    fn from(value: bool) -> Self {
        if value { Match::Yes } else { Match::No }
    }
}

/// What is known of a label.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Known<'a> {
    Is(&'a str),
    Absent,
    Unknown,
}

impl Known<'_> {
    /// Whether the label's value is such, or the label is absent and `absent` is as good.
    pub(crate) fn meets(self, absent: bool, holds: impl Fn(&str) -> bool) -> Match {
        match self {
            Known::Is(value) => holds(value).into(),
            Known::Absent => absent.into(),
            Known::Unknown => Match::Unknown,
        }
    }
}

impl<'a> From<Option<&'a str>> for Known<'a> {
    fn from(label: Option<&'a str>) -> Self {
        label.map_or(Known::Absent, Known::Is)
    }
}

/// Whether labels that are known in part meet a selector. An operator that isn't known matches
/// nothing, as in the API server.
pub(crate) fn match_selector<'a>(selector: LabelSelector<'_>, label: impl Fn(&str) -> Known<'a>) -> Match {
    match_selector_but(selector, None, label)
}

/// The same where what `matchLabels` asks of one key doesn't count.
pub(crate) fn match_selector_but<'a>(
    selector: LabelSelector<'_>,
    ignored: Option<&str>,
    label: impl Fn(&str) -> Known<'a>,
) -> Match {
    let mut result = Match::Yes;
    for (key, value) in selector.field().get("matchLabels").entries().filter(|(key, _)| Some(*key) != ignored)
    {
        let equals = |value: &str| label(key).meets(false, |label| label == value);
        result = result.and(value.as_str().map_or(Match::No, equals));
    }
    for expression in selector.field().get("matchExpressions").items() {
        let label = label(expression.get("key").text());
        let values = expression.get("values");
        result = result.and(match expression.get("operator").text() {
            "In" => label.meets(false, |label| values.contains(label)),
            "NotIn" => label.meets(true, |label| !values.contains(label)),
            "Exists" => label.meets(false, |_| true),
            "DoesNotExist" => label.meets(true, |_| false),
            _ => Match::No,
        });
    }
    result
}

/// Whether a selector matches a namespace. Of a namespace that wasn't read only the name is known.
pub(crate) fn match_namespace(
    selector: LabelSelector<'_>,
    namespace: &str,
    inventory: &Inventory<'_>,
) -> Match {
    match_selector(selector, |key| namespace_label(key, namespace, inventory))
}

pub(crate) fn namespace_label<'a>(key: &str, namespace: &'a str, inventory: &Inventory<'a>) -> Known<'a> {
    if key == NAMESPACE_NAME {
        return Known::Is(namespace);
    }
    match inventory.namespace(namespace) {
        Some(object) => Labels(object.labels()).get(key).into(),
        None => Known::Unknown,
    }
}

/// Whether a selector can't but match: it asks for nothing, or that a namespace has its name.
pub(crate) fn is_every_namespace(selector: LabelSelector<'_>) -> bool {
    let field = selector.field();
    field.get("matchLabels").is_empty()
        && field.get("matchExpressions").items().all(|expression| {
            expression.get("key").is(NAMESPACE_NAME) && expression.get("operator").is("Exists")
        })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::with_inventory;
    use super::*;

    #[test]
    fn labels_known_in_part_match_in_part() {
        let text = "apiVersion: v1\nkind: Pod\nspec:\n  a: {matchLabels: {app: web}}\n  b: {matchExpressions: [{key: tier, operator: Exists}]}\n  c: {matchLabels: {app: db, tier: x}}\n  d: {matchExpressions: [{key: app, operator: Matches, values: [web]}]}\n  e: {matchExpressions: [{key: app, operator: NotIn, values: [db]}, {key: role, operator: DoesNotExist}]}\n";
        let label = |key: &str| match key {
            "app" => Known::Is("web"),
            "role" => Known::Absent,
            _ => Known::Unknown,
        };
        with_inventory(text, |inventory| {
            let object = inventory.objects().first().expect("an object");
            for (path, expected) in [
                ("spec.a", Match::Yes),
                ("spec.b", Match::Unknown),
                ("spec.c", Match::No),
                ("spec.d", Match::No),
                ("spec.e", Match::Yes),
            ] {
                assert_eq!(match_selector(LabelSelector::new(object.get(path)), label), expected, "{path}");
            }
        });
    }
}
