//! What an EncryptionConfiguration says of Secrets.

use plimsoll_kubernetes::{Field, GroupKind};

/// The kind, and its first name, which the API server still reads.
pub(crate) const KINDS: &[GroupKind] = &[
    GroupKind::new("apiserver.config.k8s.io", "EncryptionConfiguration"),
    GroupKind::new("", "EncryptionConfig"),
];

/// Whether an entry of `resources` is about Secrets: by name, or by `*.` (the core group) or `*.*`.
pub(crate) fn takes_secrets(entry: &Field<'_>) -> bool {
    entry.get("resources").strings().any(|resource| matches!(resource, "secrets" | "secrets." | "*." | "*.*"))
}
