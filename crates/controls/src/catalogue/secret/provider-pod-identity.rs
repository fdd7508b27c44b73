//! A SecretProviderClass reads Key Vault through AAD pod identity, which has been retired.
//!
//! ## What it checks
//! `parameters.usePodIdentity: "true"` in a SecretProviderClass of the Azure provider, or another text that it reads so
//! (`"1"`, `"t"`, `"True"`). For the AWS provider the same parameter means EKS Pod Identity, which is fine.
//!
//! ## Why it matters
//! Pod identity is archived since September 2023 and gets no fixes. It intercepts calls to the node's metadata service:
//! a pod on the host network, or one that starts before the interception, gets the identity of another.
//!
//! ## How to fix
//! Use Microsoft Entra Workload ID: a federated identity for the pod's service account, its `clientID` here, and
//! `usePodIdentity: "false"`.
//!
//! ```yaml bad
//! apiVersion: secrets-store.csi.x-k8s.io/v1
//! kind: SecretProviderClass
//! metadata:
//!   name: votes
//! spec:
//!   provider: azure
//!   parameters:
//!     usePodIdentity: "true" # <- here
//!     keyvaultName: kv-votes
//! ---
//! apiVersion: secrets-store.csi.x-k8s.io/v1
//! kind: SecretProviderClass
//! metadata:
//!   name: results
//! spec:
//!   provider: azure
//!   parameters:
//!     usePodIdentity: "t" # <- here
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
//!     usePodIdentity: "false"
//!     clientID: 00000000-0000-0000-0000-000000000001
//!     keyvaultName: kv-votes
//! ```
//! ```yaml near-miss
//! apiVersion: secrets-store.csi.x-k8s.io/v1
//! kind: SecretProviderClass
//! metadata:
//!   name: votes
//! spec:
//!   provider: aws
//!   parameters:
//!     usePodIdentity: "true"
//! ```

use crate::prelude::*;
use crate::support::go;

const KINDS: &[GroupKind] = &[GroupKind::new("secrets-store.csi.x-k8s.io", "SecretProviderClass")];

pub const CONTROL: Control = Control {
    id: "secret/provider-pod-identity",
    title: "Secrets store uses pod identity",
    severity: Medium,
    frameworks: &[owasp("K08")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let field = object.get("spec.parameters.usePodIdentity");
    // The provider reads the text, without what stands around it.
    if object.get("spec.provider").is("azure") && go::parse_bool(field.text().trim()) == Some(true) {
        found.at(&field, "AAD pod identity is retired: use a workload identity's clientID");
    }
}
