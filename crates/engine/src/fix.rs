//! Fixes that controls offer.

use plimsoll_doc::{Action, Literal, Operation};
use plimsoll_kubernetes::Field;

/// Whether a fix can change how a workload behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safety {
    /// Takes away what nothing should need; written by default.
    Safe,
    /// Can change behaviour; written only when asked for.
    Unsafe,
}

/// What would make a finding go away.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    pub safety: Safety,
    pub operations: Vec<Operation>,
}

/// Writes a value to a field, present or absent.
pub fn set(field: &Field<'_>, value: impl Into<Literal>) -> Operation {
    operation(field, Action::Set(value.into()))
}

/// Adds an item to a sequence, present or absent.
pub fn append(field: &Field<'_>, value: impl Into<Literal>) -> Operation {
    operation(field, Action::Append(value.into()))
}

/// Removes an entry of a mapping or an item of a sequence.
pub fn remove(field: &Field<'_>) -> Operation {
    operation(field, Action::Remove)
}

fn operation(field: &Field<'_>, action: Action) -> Operation {
    Operation { anchor: field.anchor().node(), absent: field.absent().map(str::to_owned).collect(), action }
}
