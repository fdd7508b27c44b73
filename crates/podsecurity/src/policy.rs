//! The policy of a namespace: a level and version for each mode.

use std::fmt;

use crate::labels::{self, PolicyLabels};
use crate::{Level, LevelVersion, Version, go};

/// What holds for the pods of a namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Pods that violate it are denied.
    pub enforce: LevelVersion,
    /// Violations are noted in the audit log.
    pub audit: LevelVersion,
    /// Violations are told to who makes the request.
    pub warn: LevelVersion,
}

impl Default for Policy {
    /// Privileged at the latest version: what a cluster without configuration starts from.
    fn default() -> Self {
        let privileged = LevelVersion::latest(Level::Privileged);
        Policy { enforce: privileged, audit: privileged, warn: privileged }
    }
}

impl Policy {
    /// The policy that a namespace's labels choose, and what is wrong with them. A policy holds even
    /// where labels are wrong: then `enforce` is restricted, `audit` and `warn` are privileged, and a
    /// version is `latest`.
    pub fn of_namespace(labels: &PolicyLabels<'_>, defaults: Policy) -> (Policy, Vec<LabelError>) {
        let mut policy = defaults;
        let mut errors = Vec::new();
        let mut has_enforce = false;
        if let Some(text) = &labels.enforce {
            let level = text.parse();
            has_enforce = level.is_ok();
            policy.enforce.level = or_error(level, Level::Restricted, labels::ENFORCE, text, &mut errors);
        }
        let version = |text: &str, label, errors: &mut Vec<LabelError>| {
            or_error(text.parse(), Version::Latest, label, text, errors)
        };
        if let Some(text) = &labels.enforce_version {
            policy.enforce.version = version(text, labels::ENFORCE_VERSION, &mut errors);
        }
        if let Some(text) = &labels.audit {
            policy.audit.level = or_error(text.parse(), Level::Privileged, labels::AUDIT, text, &mut errors);
        }
        if let Some(text) = &labels.audit_version {
            policy.audit.version = version(text, labels::AUDIT_VERSION, &mut errors);
        }
        if let Some(text) = &labels.warn {
            policy.warn.level = or_error(text.parse(), Level::Privileged, labels::WARN, text, &mut errors);
        }
        if let Some(text) = &labels.warn_version {
            policy.warn.version = version(text, labels::WARN_VERSION, &mut errors);
        }
        if labels.warn.is_none() && has_enforce && policy.enforce.level > policy.warn.level {
            policy.warn.level = policy.enforce.level;
            if labels.warn_version.is_none() {
                policy.warn.version = policy.enforce.version;
            }
        }
        (policy, errors)
    }

    pub fn is_fully_privileged(&self) -> bool {
        [self.enforce, self.audit, self.warn].iter().all(|mode| mode.level == Level::Privileged)
    }

    /// Whether both mean the same in every mode.
    pub fn is_equivalent(&self, other: &Policy) -> bool {
        self.enforce.is_equivalent(other.enforce)
            && self.audit.is_equivalent(other.audit)
            && self.warn.is_equivalent(other.warn)
    }
}

/// A label whose value is no level or no version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelError {
    /// The label's key.
    pub label: &'static str,
    pub value: String,
    /// What the value must be.
    pub detail: String,
}

impl LabelError {
    /// The path of the label: `metadata.labels[pod-security.kubernetes.io/enforce]`.
    pub fn path(&self) -> String {
        format!("metadata.labels[{}]", self.label)
    }

    /// The message without the path.
    pub fn body(&self) -> String {
        format!("Invalid value: {}: {}", go::quoted(&self.value), self.detail)
    }
}

impl fmt::Display for LabelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path(), self.body())
    }
}

impl std::error::Error for LabelError {}

fn or_error<T, E: ToString>(
    parsed: Result<T, E>,
    fallback: T,
    label: &'static str,
    value: &str,
    errors: &mut Vec<LabelError>,
) -> T {
    parsed.unwrap_or_else(|error| {
        errors.push(LabelError { label, value: value.to_owned(), detail: error.to_string() });
        fallback
    })
}
