//! Which groups a pod or a container has.

use super::{IdRange, shown};
use crate::psp::error::{FieldError, numbers};

/// `runAsGroup`, `fsGroup` or `supplementalGroups`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Group {
    /// There must be one, within ranges; the least of the first by default.
    MustRunAs(Vec<IdRange>),
    /// Within ranges, if there is one.
    MayRunAs(Vec<IdRange>),
    RunAsAny,
}

impl Group {
    /// `what` is how the message calls the field: `FSGroup`.
    pub(crate) fn read(what: &str, rule: &str, ranges: Vec<IdRange>) -> Result<Self, String> {
        match rule {
            "MustRunAs" | "MayRunAs" if ranges.is_empty() => {
                Err(format!("ranges must be supplied for {rule}"))
            }
            "MustRunAs" => Ok(Group::MustRunAs(ranges)),
            "MayRunAs" => Ok(Group::MayRunAs(ranges)),
            "RunAsAny" => Ok(Group::RunAsAny),
            _ => Err(format!("Unrecognized {what} strategy type {rule}")),
        }
    }

    /// The group of what has none.
    pub(crate) fn default(&self) -> Option<i64> {
        match self {
            Group::MustRunAs(ranges) => ranges.first().map(|range| range.min),
            Group::MayRunAs(_) | Group::RunAsAny => None,
        }
    }

    /// What is wrong with groups; `None` is a list that isn't there.
    pub(crate) fn validate(&self, path: &str, groups: Option<&[i64]>) -> Vec<FieldError> {
        let (ranges, is_required) = match self {
            Group::RunAsAny => return Vec::new(),
            Group::MayRunAs(ranges) => (ranges, false),
            Group::MustRunAs(ranges) => (ranges, true),
        };
        let listed = groups.unwrap_or_default();
        let invalid = |detail: &str| FieldError::invalid(path, numbers(groups), detail);
        if listed.is_empty() && is_required {
            return vec![invalid("unable to validate empty groups against required ranges")];
        }
        let outside = listed.iter().filter(|group| !ranges.iter().any(|range| range.contains(**group)));
        outside
            .map(|group| invalid(&format!("group {group} must be in the ranges: {}", shown(ranges))))
            .collect()
    }
}
