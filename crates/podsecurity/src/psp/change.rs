//! What a policy fills in.

use super::security::SeLinux;

/// A value that a policy puts into a pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The path from the pod: `spec.containers[0].securityContext.runAsUser`.
    pub path: String,
    pub value: NewValue,
    /// Whether it only repeats what the pod says already elsewhere: the annotation of its seccomp field.
    pub is_repetition: bool,
}

/// The value of a [`Change`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewValue {
    Bool(bool),
    Integer(i64),
    Integers(Vec<i64>),
    Text(String),
    Capabilities {
        add: Vec<String>,
        drop: Vec<String>,
    },
    SeLinux {
        user: String,
        role: String,
        kind: String,
        level: String,
    },
    /// A seccomp profile, as the annotation that the plugin writes.
    Seccomp(String),
    /// An AppArmor profile, as the annotation that the plugin writes.
    AppArmor(String),
}

impl Change {
    pub(crate) fn new(path: impl Into<String>, value: NewValue) -> Self {
        Change { path: path.into(), value, is_repetition: false }
    }
}

impl From<SeLinux<'_>> for NewValue {
    fn from(options: SeLinux<'_>) -> Self {
        NewValue::SeLinux {
            user: options.user.to_owned(),
            role: options.role.to_owned(),
            kind: options.kind.to_owned(),
            level: options.level.to_owned(),
        }
    }
}
