//! Errors about a field, in the words of the API machinery.

use std::fmt::{self, Display, Formatter};

use crate::go;

/// Why a policy doesn't admit a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The path of the field, as the API server writes it: `spec.containers[0].securityContext.privileged`.
    pub field: String,
    /// What is wrong with it, as the API server writes it: `Invalid value: true: Privileged containers are not
    /// allowed`.
    pub body: String,
}

impl FieldError {
    /// A value that may not be. `value` is as [`value`] writes it.
    pub(crate) fn invalid(field: impl Into<String>, value: impl Display, detail: &str) -> Self {
        let colon = if detail.is_empty() { "" } else { ": " };
        FieldError { field: field.into(), body: format!("Invalid value: {value}{colon}{detail}") }
    }

    pub(crate) fn forbidden(field: impl Into<String>, detail: &str) -> Self {
        FieldError { field: field.into(), body: format!("Forbidden: {detail}") }
    }

    pub(crate) fn required(field: impl Into<String>, detail: &str) -> Self {
        let colon = if detail.is_empty() { "" } else { ": " };
        FieldError { field: field.into(), body: format!("Required value{colon}{detail}") }
    }
}

impl Display for FieldError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.body)
    }
}

/// A string as an error shows it.
pub(crate) fn text(value: &str) -> String {
    go::quoted(value)
}

/// A boolean that may be absent.
pub(crate) fn boolean(value: Option<bool>) -> String {
    value.map_or_else(|| NULL.to_owned(), |value| value.to_string())
}

/// A pointer to nothing.
pub(crate) const NULL: &str = "\"null\"";

/// A list of numbers, with its type as Go shows it; `None` is a list that isn't there.
pub(crate) fn numbers(values: Option<&[i64]>) -> String {
    let list = |values: &[i64]| values.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    values.map_or_else(|| "[]int64(nil)".to_owned(), |values| format!("[]int64{{{}}}", list(values)))
}

/// A list of capabilities, with its type as Go shows it; `None` is a list that isn't there.
pub(crate) fn capabilities(values: Option<&[&str]>) -> String {
    const TYPE: &str = "[]core.Capability";
    let list = |values: &[&str]| values.iter().map(|value| text(value)).collect::<Vec<_>>().join(", ");
    values.map_or_else(|| format!("{TYPE}(nil)"), |values| format!("{TYPE}{{{}}}", list(values)))
}
