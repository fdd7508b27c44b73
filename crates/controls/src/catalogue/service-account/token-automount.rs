//! A token for the API server lies in every container, wanted or not.
//!
//! ## What it checks
//! Whether the kubelet would mount a service account token: not where the pod says
//! `automountServiceAccountToken: false`, nor where the pod says nothing and its ServiceAccount,
//! when it is part of the scan, says `false`; nor where every container mounts something else at
//! `/var/run/secrets/kubernetes.io/serviceaccount`, which keeps the token away.
//!
//! ## Why it matters
//! Who gets into any container of the pod speaks to the API server in the name of its account, and
//! sees at least what every authenticated account may see.
//!
//! ## How to fix
//! Set `automountServiceAccountToken: false` on the pod. A workload that does call the API server keeps
//! the token, with an account of its own and a waiver that says why.
//!
//! ## How others differ
//! Checkov looks at the pod alone. Trivy finds only an explicit `true` or a mount by hand.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec: # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml fixed
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!   automountServiceAccountToken: false
//! ```
//! ```yaml bad
//! # The pod overrules its account.
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: web
//! automountServiceAccountToken: false
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   serviceAccountName: web
//!   automountServiceAccountToken: true # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml good
//! automountServiceAccountToken: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml bad
//! # One container of two is left with it.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec: # <- here
//!   initContainers:
//!   - name: setup
//!     image: registry.example.com/app:1.4
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!     volumeMounts:
//!     - name: nothing
//!       mountPath: /var/run/secrets/kubernetes.io/serviceaccount
//!   volumes:
//!   - name: nothing
//!     emptyDir: {}
//! ```
//! ```yaml near-miss
//! # A list is no pod: `manifest/wrong-type` finds it.
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//! - containers: [{name: web, image: registry.example.com/web:1.4}]
//! ```
//! ```yaml near-miss
//! # These join other pods, and can't say it for them.
//! apiVersion: apps.kruise.io/v1alpha1
//! kind: SidecarSet
//! metadata: {name: logs}
//! spec:
//!   selector: {matchLabels: {app: shop}}
//!   containers:
//!   - name: logs
//!     image: registry.example.com/logs:1.4
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: ServiceAccount
//! metadata:
//!   name: web
//!   namespace: shop
//! automountServiceAccountToken: false
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//!   namespace: shop
//! spec:
//!   serviceAccountName: web
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss
//! # Something else is mounted where the token would be.
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: web
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!     volumeMounts:
//!     - name: nothing
//!       mountPath: /var/run/secrets/kubernetes.io/serviceaccount
//!   volumes:
//!   - name: nothing
//!     emptyDir: {}
//! ```

use crate::prelude::*;
use crate::support::accounts::automounts_token;

pub const CONTROL: Control = Control {
    id: "service-account/token-automount",
    title: "Service account token mounted",
    severity: Medium,
    frameworks: &[
        cis("5.1.6"),
        aks("4.1.6"),
        eks("4.1.6"),
        nsa("pod-security/service-account-tokens"),
        mitre("T1528"),
        microsoft("MS-TA9016"),
        owasp("K01"),
    ],
    aliases: &[
        "checkov:CKV_K8S_38",
        "kubescape:C-0034",
        "kubescape:C-0190",
        "trivy:KSV-0036",
        "polaris:automountServiceAccountToken",
        "kubesec:AutomountServiceAccountToken",
        "popeye:POP-301",
        "popeye:POP-303",
        "kics:Service-Account-Token-Automount-Not-Disabled",
    ],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let field = pod.get("automountServiceAccountToken");
    if automounts_token(pod, found.inventory()) {
        found
            .at(&field, "a service account token is mounted: set automountServiceAccountToken to false")
            .unsafe_fix(set(&field, false));
    }
}
