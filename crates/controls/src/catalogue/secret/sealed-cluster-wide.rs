//! A SealedSecret may be unsealed in every namespace.
//!
//! ## What it checks
//! The annotation `sealedsecrets.bitnami.com/cluster-wide: "true"` of a SealedSecret.
//!
//! ## Why it matters
//! Who may create a SealedSecret in any namespace can copy this one there, under any name, and read what the
//! controller unseals.
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
//!     sealedsecrets.bitnami.com/cluster-wide: "true" # <- here
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
//!     sealedsecrets.bitnami.com/cluster-wide: "false"
//! spec:
//!   encryptedData: {}
//! ```

use crate::prelude::*;

const KINDS: &[GroupKind] = &[GroupKind::new("bitnami.com", "SealedSecret")];

pub const CONTROL: Control = Control {
    id: "secret/sealed-cluster-wide",
    title: "Sealed for the whole cluster",
    severity: Medium,
    frameworks: &[owasp("K03")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let annotations = object.get("metadata.annotations");
    let scope = annotations.key("sealedsecrets.bitnami.com/cluster-wide");
    if scope.is("true") {
        found.at(&scope, "the scope is cluster-wide: seal again with the scope strict");
    }
}
