//! Label selectors, as the API server matches them.

use crate::Field;

/// The labels of an object or a pod template.
#[derive(Clone, Copy)]
pub struct Labels<'d>(pub Field<'d>);

impl<'d> Labels<'d> {
    pub fn get(&self, key: &str) -> Option<&'d str> {
        self.0.value()?.get(key)?.as_str()
    }
}

/// A `LabelSelector` (`matchLabels`, `matchExpressions`), or the plain map of a Service.
#[derive(Clone, Copy)]
pub struct LabelSelector<'d> {
    field: Field<'d>,
    plain: bool,
}

impl<'d> LabelSelector<'d> {
    pub fn new(field: Field<'d>) -> Self {
        LabelSelector { field, plain: false }
    }

    /// A selector that is a plain map of labels, as in a Service or a ReplicationController.
    pub fn plain(field: Field<'d>) -> Self {
        LabelSelector { field, plain: true }
    }

    pub fn field(&self) -> Field<'d> {
        self.field
    }

    /// Whether the selector has no requirement: it then matches everything where it is written
    /// (`{}`), and nothing where it is absent.
    pub fn is_empty(&self) -> bool {
        if self.plain {
            self.field.is_empty()
        } else {
            self.field.get("matchLabels").is_empty() && self.field.get("matchExpressions").is_empty()
        }
    }

    /// The labels that whatever it matches has: key and value.
    pub fn labels(&self) -> impl Iterator<Item = (&'d str, &'d str)> + use<'d> {
        self.map().entries().filter_map(|(key, value)| Some((key, value.as_str()?)))
    }

    fn map(&self) -> Field<'d> {
        if self.plain { self.field } else { self.field.get("matchLabels") }
    }

    /// Whether labels meet every requirement. An operator that isn't known matches nothing.
    pub fn matches(&self, labels: Labels<'_>) -> bool {
        self.matches_by(|key| labels.get(key))
    }

    /// The same of labels that stand in several places.
    pub fn matches_by<'l>(&self, label: impl Fn(&str) -> Option<&'l str>) -> bool {
        self.can_match_by(label, |_| false)
    }

    /// Whether labels can meet every requirement, where some that they have aren't known: what is asked of those is
    /// taken to be met.
    pub fn can_match_by<'l>(
        &self,
        label: impl Fn(&str) -> Option<&'l str>,
        is_unknown: impl Fn(&str) -> bool,
    ) -> bool {
        let is_met = |(key, value): (&str, Field<'_>)| {
            value.as_str().is_some() && label(key) == value.as_str() || is_unknown(key)
        };
        if !self.map().entries().all(is_met) {
            return false;
        }
        self.plain
            || self.field.get("matchExpressions").items().all(|expression| {
                let key = expression.get("key").text();
                meets(&expression, label(key)) || is_unknown(key)
            })
    }
}

fn meets(expression: &Field<'_>, label: Option<&str>) -> bool {
    let values = expression.get("values");
    match expression.get("operator").text() {
        "In" => label.is_some_and(|label| values.contains(label)),
        // A label that isn't there is not in any set.
        "NotIn" => label.is_none_or(|label| !values.contains(label)),
        "Exists" => label.is_some(),
        "DoesNotExist" => label.is_none(),
        _ => false,
    }
}
