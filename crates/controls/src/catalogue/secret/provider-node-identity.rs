//! A SecretProviderClass reads Key Vault as the node.
//!
//! ## What it checks
//! `parameters.useVMManagedIdentity: "true"` in a SecretProviderClass of the Azure provider, or another text that it
//! reads so (`"1"`, `"t"`, `"True"`).
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
//! ---
//! apiVersion: secrets-store.csi.x-k8s.io/v1
//! kind: SecretProviderClass
//! metadata:
//!   name: results
//! spec:
//!   provider: azure
//!   parameters:
//!     useVMManagedIdentity: " 1" # <- here
//!     keyvaultName: kv-results
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
//! ---
//! # No boolean to the provider, which refuses it.
//! apiVersion: secrets-store.csi.x-k8s.io/v1
//! kind: SecretProviderClass
//! metadata:
//!   name: results
//! spec:
//!   provider: azure
//!   parameters:
//!     useVMManagedIdentity: "yes"
//! ```

use crate::prelude::*;
use crate::support::go;

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
    // The provider reads the text, without what stands around it.
    if object.get("spec.provider").is("azure") && go::parse_bool(field.text().trim()) == Some(true) {
        found.at(&field, "every pod of the node shares this identity: use a workload identity's clientID");
    }
}
