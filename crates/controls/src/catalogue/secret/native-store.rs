//! Secrets are kept in the cluster alone.
//!
//! ## What it checks
//! Every Secret with values, where the scan holds no SecretProviderClass, ExternalSecret, ClusterExternalSecret,
//! SealedSecret or VaultStaticSecret. Secrets of Helm and of service accounts are left out.
//!
//! ## Why it matters
//! The cluster's own Secrets have no versions, no rotation and no log of who read which; without encryption at rest they
//! lie readable in etcd and its backups.
//!
//! ## How to fix
//! Keep them in an external store, and bring them in with the Secrets Store CSI driver or External Secrets.
//!
//! ## How others differ
//! Kubescape's C-0208 asks the cluster for its encryption configuration, C-0234 wants a SecretProviderClass in every
//! workload; KICS knows SecretProviderClass alone.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Secret # <- here
//! metadata: {name: db}
//! stringData: {user: postgres}
//! ```
//! ```yaml good
//! apiVersion: external-secrets.io/v1
//! kind: ExternalSecret
//! metadata: {name: db}
//! spec: {}
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: Secret
//! metadata: {name: webhook-cert}
//! ---
//! apiVersion: v1
//! kind: Secret
//! metadata: {name: sh.helm.release.v1.votes.v1}
//! type: helm.sh/release.v1
//! data: {release: b2s=}
//! ```

use crate::prelude::*;

const KINDS: &[GroupKind] = &[GroupKind::new("", "Secret")];

pub const CONTROL: Control = Control {
    id: "secret/native-store",
    title: "Secret without an external store",
    severity: Low,
    frameworks: &[cis("5.4.2"), aks("4.5.2"), eks("4.4.2"), owasp("K03")],
    aliases: &["kubescape:C-0208", "kubescape:C-0234", "kics:Using-Kubernetes-Native-Secret-Management"],
    profiles: &[],
    fix: None,
    check: Check::Object(KINDS, check),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    const STORES: &[(&str, &str)] = &[
        ("secrets-store.csi.x-k8s.io", "SecretProviderClass"),
        ("external-secrets.io", "ExternalSecret"),
        ("external-secrets.io", "ClusterExternalSecret"),
        ("bitnami.com", "SealedSecret"),
        ("secrets.hashicorp.com", "VaultStaticSecret"),
    ];
    let kind = object.get("type").text();
    let is_left_out = kind.starts_with("helm.sh/") || kind == "kubernetes.io/service-account-token";
    let is_empty = object.get("data").is_empty() && object.get("stringData").is_empty();
    if !is_left_out && !is_empty && !STORES.iter().any(|(group, kind)| found.inventory().has(group, kind)) {
        found.on(object, "the Secret is kept in the cluster alone: use an external store");
    }
}
