//! Which user a container runs as.

use super::{IdRange, shown};
use crate::psp::error::FieldError;

/// `runAsUser`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum User {
    /// Within ranges, the least of the first by default.
    MustRunAs(Vec<IdRange>),
    /// Anybody but root; `runAsNonRoot` by default, so that the kubelet looks at the image's user.
    MustRunAsNonRoot,
    RunAsAny,
}

impl User {
    pub(crate) fn read(rule: &str, ranges: Vec<IdRange>) -> Result<Self, String> {
        match rule {
            "MustRunAs" if ranges.is_empty() => Err("MustRunAs requires at least one range".to_owned()),
            "MustRunAs" => Ok(User::MustRunAs(ranges)),
            "MustRunAsNonRoot" => Ok(User::MustRunAsNonRoot),
            "RunAsAny" => Ok(User::RunAsAny),
            _ => Err(format!("Unrecognized RunAsUser strategy type {rule}")),
        }
    }

    /// The user of a container that has none.
    pub(crate) fn default(&self) -> Option<i64> {
        match self {
            User::MustRunAs(ranges) => ranges.first().map(|range| range.min),
            User::MustRunAsNonRoot | User::RunAsAny => None,
        }
    }

    /// What is wrong with the user that a container runs as. `path` is that of its security context.
    pub(crate) fn validate(
        &self,
        path: &str,
        non_root: Option<bool>,
        user: Option<i64>,
    ) -> Option<FieldError> {
        let run_as_user = || format!("{path}.runAsUser");
        let run_as_non_root = || format!("{path}.runAsNonRoot");
        match self {
            User::RunAsAny => None,
            User::MustRunAs(ranges) => match user {
                None => Some(FieldError::required(run_as_user(), "")),
                Some(user) if ranges.iter().any(|range| range.contains(user)) => None,
                Some(user) => {
                    let detail = format!("must be in the ranges: {}", shown(ranges));
                    Some(FieldError::invalid(run_as_user(), user, &detail))
                }
            },
            User::MustRunAsNonRoot => match (non_root, user) {
                (None, None) => Some(FieldError::required(run_as_non_root(), "must be true")),
                (Some(false), _) => Some(FieldError::invalid(run_as_non_root(), false, "must be true")),
                (_, Some(0)) => {
                    Some(FieldError::invalid(run_as_user(), 0, "running with the root UID is forbidden"))
                }
                _ => None,
            },
        }
    }
}
