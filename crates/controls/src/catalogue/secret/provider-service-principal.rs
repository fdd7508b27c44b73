//! The secrets store logs in with a credential that is kept in a Secret.
//!
//! ## What it checks
//! `csi.nodePublishSecretRef` of volumes of the driver `secrets-store.csi.k8s.io`.
//!
//! ## Why it matters
//! The store's secrets are as safe as the one credential that opens them, and that one lies in a Secret, doesn't
//! expire and is the same for all who can read it.
//!
//! ## How to fix
//! Let the provider log in with the pod's own identity: a workload identity (`clientID`) on Azure, a role of the service
//! account on AWS and Google Cloud, the Kubernetes login of Vault.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: secrets
//!   csi:
//!     driver: secrets-store.csi.k8s.io
//!     readOnly: true
//!     nodePublishSecretRef: # <- here
//!       name: service-principal
//!     volumeAttributes: {secretProviderClass: votes}
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: secrets
//!   csi:
//!     driver: secrets-store.csi.k8s.io
//!     readOnly: true
//!     volumeAttributes: {secretProviderClass: votes}
//! ```
//! ```yaml near-miss
//! # Another driver: it has no other way.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: files
//!   csi:
//!     driver: smb.csi.k8s.io
//!     nodePublishSecretRef: {name: share}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "secret/provider-service-principal",
    title: "Secrets store logs in with a stored credential",
    severity: Medium,
    frameworks: &[owasp("K03"), owasp("K08")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Key(&["nodePublishSecretRef"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for volume in pod.volumes() {
        let reference = volume.get("csi.nodePublishSecretRef");
        if volume.get("csi.driver").is("secrets-store.csi.k8s.io") && reference.exists() {
            found.at(
                &reference,
                format!(
                    "volume {:?} logs in with a stored credential: use the pod's workload identity",
                    volume.name()
                ),
            );
        }
    }
}
