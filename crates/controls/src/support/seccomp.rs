//! Seccomp profiles.

use plimsoll_kubernetes::Field;

/// Whether a `seccompProfile.type` filters system calls: the runtime's profile, or one of the node's.
pub(crate) fn is_filter(kind: &Field<'_>) -> bool {
    matches!(kind.text(), "RuntimeDefault" | "Localhost")
}
