//! The labels of a namespace that choose its policy.

use std::borrow::Cow;

use plimsoll_kubernetes::Field;

pub const ENFORCE: &str = "pod-security.kubernetes.io/enforce";
pub const ENFORCE_VERSION: &str = "pod-security.kubernetes.io/enforce-version";
pub const AUDIT: &str = "pod-security.kubernetes.io/audit";
pub const AUDIT_VERSION: &str = "pod-security.kubernetes.io/audit-version";
pub const WARN: &str = "pod-security.kubernetes.io/warn";
pub const WARN_VERSION: &str = "pod-security.kubernetes.io/warn-version";

/// What the API server puts before the keys of this crate's audit annotations.
pub const AUDIT_ANNOTATION_PREFIX: &str = "pod-security.kubernetes.io/";

/// The values of a namespace's six labels, as far as they are there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyLabels<'l> {
    pub enforce: Option<Cow<'l, str>>,
    pub enforce_version: Option<Cow<'l, str>>,
    pub audit: Option<Cow<'l, str>>,
    pub audit_version: Option<Cow<'l, str>>,
    pub warn: Option<Cow<'l, str>>,
    pub warn_version: Option<Cow<'l, str>>,
}

impl<'l> PolicyLabels<'l> {
    /// Those of `metadata.labels`, absent or not. A `null` is an empty text, as the API server takes it;
    /// a value that isn't a string can't be read there, and is none here.
    pub fn of(labels: &Field<'l>) -> Self {
        Self::from_pairs(labels.value().into_iter().flat_map(|labels| {
            labels.entries().filter_map(|(key, value)| {
                let value = if value.is_null() { Some("") } else { value.as_str() };
                Some((key, value?))
            })
        }))
    }

    /// Those among all labels.
    pub fn from_pairs<V: Into<Cow<'l, str>>>(labels: impl IntoIterator<Item = (impl AsRef<str>, V)>) -> Self {
        let mut found = PolicyLabels::default();
        for (key, value) in labels {
            let place = match key.as_ref() {
                ENFORCE => &mut found.enforce,
                ENFORCE_VERSION => &mut found.enforce_version,
                AUDIT => &mut found.audit,
                AUDIT_VERSION => &mut found.audit_version,
                WARN => &mut found.warn,
                WARN_VERSION => &mut found.warn_version,
                _ => continue,
            };
            *place = Some(value.into());
        }
        found
    }

    /// The labels that are there, by key.
    pub fn pairs(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            (ENFORCE, &self.enforce),
            (ENFORCE_VERSION, &self.enforce_version),
            (AUDIT, &self.audit),
            (AUDIT_VERSION, &self.audit_version),
            (WARN, &self.warn),
            (WARN_VERSION, &self.warn_version),
        ]
        .into_iter()
        .filter_map(|(key, value)| Some((key, value.as_deref()?)))
    }

    pub fn into_owned(self) -> PolicyLabels<'static> {
        let owned = |label: Option<Cow<'l, str>>| label.map(|label| Cow::Owned(label.into_owned()));
        PolicyLabels {
            enforce: owned(self.enforce),
            enforce_version: owned(self.enforce_version),
            audit: owned(self.audit),
            audit_version: owned(self.audit_version),
            warn: owned(self.warn),
            warn_version: owned(self.warn_version),
        }
    }
}
