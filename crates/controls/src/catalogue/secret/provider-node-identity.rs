//! A SecretProviderClass reads Key Vault as the node.
//!
//! ## What it checks
//! `parameters.useVMManagedIdentity: "true"` in a SecretProviderClass of the Azure provider.
//!
//! ## Why it matters
//! Every pod of the node can take the node's identity from the metadata service, and so read all that any
//! SecretProviderClass of this kind may read.
//!
//! ## How to fix
//! Use a workload identity: `clientID` of an identity that is federated with the pod's own service account, and
//! `useVMManagedIdentity: "false"`.
//!
//! ```yaml bad
//! apiVersion: secrets-store.csi.x-k8s.io/v1
//! kind: SecretProviderClass
//! metadata:
//!   name: votes
//! spec:
//!   provider: azure
//!   parameters:
//!     useVMManagedIdentity: "true" # <- here
//!     userAssignedIdentityID: 00000000-0000-0000-0000-000000000001
//!     keyvaultName: kv-votes
//! ```
//! ```yaml good
//! apiVersion: secrets-store.csi.x-k8s.io/v1
//! kind: SecretProviderClass
//! metadata:
//!   name: votes
//! spec:
//!   provider: azure
//!   parameters:
//!     useVMManagedIdentity: "false"
//!     clientID: 00000000-0000-0000-0000-000000000001
//!     keyvaultName: kv-votes
//! ```
//! ```yaml near-miss
//! apiVersion: secrets-store.csi.x-k8s.io/v1
//! kind: SecretProviderClass
//! metadata:
//!   name: votes
//! spec:
//!   provider: azure
//!   parameters:
//!     clientID: 00000000-0000-0000-0000-000000000001
//!     keyvaultName: kv-votes
//! ```

use crate::prelude::*;

const KINDS: &[GroupKind] = &[GroupKind::new("secrets-store.csi.x-k8s.io", "SecretProviderClass")];

pub const CONTROL: Control = Control {
    id: "secret/provider-node-identity",
    title: "Secrets store uses the node identity",
    severity: Medium,
    frameworks: &[aks("5.2.1"), microsoft("MS-TA9028"), owasp("K08")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let field = object.get("spec.parameters.useVMManagedIdentity");
    // The provider reads the text, not a boolean.
    if object.get("spec.provider").is("azure") && field.text().eq_ignore_ascii_case("true") {
        found.at(&field, "every pod of the node shares this identity: use a workload identity's clientID");
    }
}
