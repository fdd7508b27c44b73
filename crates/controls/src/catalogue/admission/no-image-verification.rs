//! Nothing verifies where images come from before they run.
//!
//! ## What it checks
//! Where the scan holds workloads: any object that verifies signatures at admission (Sigstore ClusterImagePolicy,
//! Kyverno `verifyImages` or ImageValidatingPolicy, namespaced or not, Ratify's verifiers or executors, Notation's
//! trust policies by it, policies of Kubewarden with the module `verify-image-signatures`, Portieris' ImagePolicy and
//! ClusterImagePolicy, an ImagePolicyWebhook in an AdmissionConfiguration). One finding, at the first workload. In
//! the profile `all` alone, since policies are often kept elsewhere.
//!
//! ## Why it matters
//! Who can push to a registry runs code in the cluster.
//!
//! ## How to fix
//! Sign images where they are built, and verify the signature at admission.
//!
//! ## How others differ
//! Kubescape's C-0236 and C-0237 ask the registry for each image, which needs the network.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod # <- here
//! metadata: {name: web}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: api}
//! spec: {containers: [{name: api, image: registry.example.com/api:1.4}]}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: kyverno.io/v1
//! kind: ClusterPolicy
//! metadata: {name: signed}
//! spec:
//!   rules:
//!   - name: signed
//!     verifyImages:
//!     - imageReferences: ["*"]
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: config.ratify.dev/v2alpha1
//! kind: Executor
//! metadata: {name: signed}
//! spec: {scopes: [registry.example.com]}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: policies.kubewarden.io/v1
//! kind: ClusterAdmissionPolicy
//! metadata: {name: signed}
//! spec:
//!   module: registry://ghcr.io/kubewarden/policies/verify-image-signatures:v0.3.0
//!   mutating: true
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: policies.kubewarden.io/v1
//! kind: AdmissionPolicyGroup
//! metadata: {name: signed}
//! spec:
//!   policies:
//!     by-key: {module: "ghcr.io/kubewarden/policies/verify-image-signatures:v0.3.0"}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: portieris.cloud.ibm.com/v1
//! kind: ClusterImagePolicy
//! metadata: {name: signed}
//! spec:
//!   repositories:
//!   - name: "*"
//!     policy: {simple: {requirements: [{type: signedBy, keySecret: keys}]}}
//! ```
//! ```yaml bad
//! # A policy of Kubewarden that verifies no signature.
//! apiVersion: v1
//! kind: Pod # <- here
//! metadata: {name: web}
//! spec: {containers: [{name: web, image: registry.example.com/web:1.4}]}
//! ---
//! apiVersion: policies.kubewarden.io/v1
//! kind: ClusterAdmissionPolicy
//! metadata: {name: privileged}
//! spec: {module: "registry://ghcr.io/kubewarden/policies/pod-privileged:v0.3.0"}
//! ```
//! ```yaml near-miss
//! # No workload, nothing to verify.
//! apiVersion: v1
//! kind: ConfigMap
//! metadata: {name: web}
//! ```

use crate::prelude::*;
use crate::support::accounts::WORKLOADS;

pub const CONTROL: Control = Control {
    id: "admission/no-image-verification",
    title: "No verification of image signatures",
    severity: Low,
    frameworks: &[
        cis("5.5.1"),
        nsa("pod-security/images"),
        mitre("T1525"),
        microsoft("MS-TA9002"),
        owasp("K04"),
    ],
    aliases: &["kubescape:C-0236", "kubescape:C-0237", "kubescape:C-0289"],
    profiles: &[],
    fix: None,
    check: Check::Inventory(WORKLOADS, check),
};

const VERIFIERS: &[(&str, &str)] = &[
    ("policy.sigstore.dev", "ClusterImagePolicy"),
    ("policies.kyverno.io", "ImageValidatingPolicy"),
    ("policies.kyverno.io", "NamespacedImageValidatingPolicy"),
    ("config.ratify.deislabs.io", "Verifier"),
    ("config.ratify.deislabs.io", "NamespacedVerifier"),
    ("config.ratify.dev", "Verifier"),
    ("config.ratify.dev", "Executor"),
    ("config.ratify.sh", "Executor"),
    ("config.ratify.sh", "NamespacedExecutor"),
    ("portieris.cloud.ibm.com", "ImagePolicy"),
    ("portieris.cloud.ibm.com", "ClusterImagePolicy"),
];

fn check<'d>(inventory: &Inventory<'d>, found: &mut Findings<'_, 'd>) {
    let Some(pod) = inventory.pods().first() else { return };
    let by_kyverno = |object: &Object<'_>| {
        object.group() == "kyverno.io"
            && object.get("spec.rules").items().any(|rule| !rule.get("verifyImages").is_empty())
    };
    let by_webhook = |object: &Object<'_>| {
        object.kind() == "AdmissionConfiguration"
            && object.get("plugins").items().any(|plugin| plugin.get("name").is("ImagePolicyWebhook"))
    };
    // Policies of Kubewarden name the module that judges; those of a group have one for each of its policies.
    let by_kubewarden = |object: &Object<'_>| {
        let verifies = |field: Field<'_>| field.get("module").text().contains("verify-image-signatures");
        object.group() == "policies.kubewarden.io"
            && (verifies(object.get("spec"))
                || object.get("spec.policies").entries().any(|(_, policy)| verifies(policy)))
    };
    let verified = VERIFIERS.iter().any(|(group, kind)| inventory.has(group, kind))
        || inventory
            .objects()
            .iter()
            .any(|object| by_kyverno(object) || by_webhook(object) || by_kubewarden(object));
    if !verified {
        found.on(&pod.object(), "nothing in the scan verifies image signatures: add a policy that does");
    }
}
