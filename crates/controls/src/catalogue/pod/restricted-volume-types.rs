//! Only some volume types keep a pod to what its namespace may have.
//!
//! ## What it checks
//! The source of every volume: `configMap`, `csi`, `downwardAPI`, `emptyDir`, `ephemeral`, `image`,
//! `persistentVolumeClaim`, `projected` and `secret` pass. A volume that names no source that Kubernetes knows is an
//! `emptyDir`. `hostPath` is the matter of `pod/host-path-volume`.
//!
//! ## Why it matters
//! The other types reach storage, and often run code of the storage, with the node's rights and past the
//! claims that an administrator grants: an NFS path or an iSCSI target of the user's choice, a git clone
//! as root (`gitRepo`, CVE-2024-10220).
//!
//! ## How to fix
//! Use a claim, with a CSI driver behind it.
//!
//! ## How others differ
//! Trivy misses `cephfs`.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: share
//!   nfs: # <- here
//!     server: nfs.example.com
//!     path: /export
//! - name: site
//!   gitRepo: # <- here
//!     repository: https://git.example.com/site.git
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: data
//!   persistentVolumeClaim: {claimName: data}
//! - name: model
//!   image: {reference: registry.example.com/model:3}
//! ```
//! ```yaml near-miss
//! # No source is an emptyDir, and neither null nor what the API server drops is one.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: nfs
//! - name: misspelt
//!   NFS: {server: nfs.example.com, path: /export}
//! - name: scratch
//!   nfs: null
//!   emptyDir: {}
//! - name: node
//!   hostPath: {path: /srv}
//! ```
//!
//! ```cel
//! variables.volumes
//!   .filter(v, !(
//!     v.?configMap.hasValue() || v.?csi.hasValue() || v.?downwardAPI.hasValue() || v.?emptyDir.hasValue() ||
//!     v.?ephemeral.hasValue() || v.?hostPath.hasValue() || v.?image.hasValue() ||
//!     v.?persistentVolumeClaim.hasValue() || v.?projected.hasValue() || v.?secret.hasValue()
//!   ))
//!   .map(v, 'the volume "' + v.name + '" is of a type that restricted doesn\'t allow: use a claim')
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/restricted-volume-types",
    title: "Volume type outside the restricted set",
    severity: Medium,
    frameworks: &[pss("restricted/restrictedVolumes"), owasp("K01")],
    aliases: &["trivy:KSV-0028"],
    profiles: &[Restricted],
    fix: None,
    check: Check::Pod(Needs::Key(&["volumes"]), check),
};

/// Types that the standard allows, and the one that another control speaks of.
const PASSED: &[&str] = &[
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "hostPath",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for volume in pod.volumes() {
        let (kind, source) = volume.source();
        if !PASSED.contains(&kind) {
            let message = format!(
                "the volume {:?} is of type {kind}: use a claim or another allowed type",
                volume.name()
            );
            found.at(&source, message);
        }
    }
}
