//! A SealedSecret may be unsealed under any name in its namespace.
//!
//! ## What it checks
//! The annotation `sealedsecrets.bitnami.com/namespace-wide: "true"` of a SealedSecret. Cluster-wide goes before it.
//!
//! ## Why it matters
//! Who may create a SealedSecret in the namespace can unseal the values under another name, next to other keys, and
//! get around rules that go by the name of a Secret.
//!
//! ## How to fix
//! Seal the value again with the scope `strict`, the default: the name and the namespace are then part of what is
//! sealed.
//!
//! ```yaml bad
//! apiVersion: bitnami.com/v1alpha1
//! kind: SealedSecret
//! metadata:
//!   name: smtp
//!   annotations:
//!     sealedsecrets.bitnami.com/namespace-wide: "true" # <- here
//! spec:
//!   encryptedData: {}
//! ```
//! ```yaml good
//! apiVersion: bitnami.com/v1alpha1
//! kind: SealedSecret
//! metadata:
//!   name: smtp
//! spec:
//!   encryptedData: {}
//! ```
//! ```yaml near-miss
//! apiVersion: bitnami.com/v1alpha1
//! kind: SealedSecret
//! metadata:
//!   name: smtp
//!   annotations:
//!     sealedsecrets.bitnami.com/namespace-wide: "false"
//! spec:
//!   encryptedData: {}
//! ```

use crate::prelude::*;

const KINDS: &[GroupKind] = &[GroupKind::new("bitnami.com", "SealedSecret")];

pub const CONTROL: Control = Control {
    id: "secret/sealed-namespace-wide",
    title: "Sealed for a whole namespace",
    severity: Low,
    frameworks: &[owasp("K03")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let annotations = object.get("metadata.annotations");
    let scope = annotations.key("sealedsecrets.bitnami.com/namespace-wide");
    if scope.is("true") && !annotations.key("sealedsecrets.bitnami.com/cluster-wide").is("true") {
        found.at(&scope, "the scope is namespace-wide: seal again with the scope strict");
    }
}
