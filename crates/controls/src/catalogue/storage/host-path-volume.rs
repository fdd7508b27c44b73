//! A PersistentVolume of type hostPath carries a node's folder past Pod Security.
//!
//! ## What it checks
//! `spec.hostPath` of every PersistentVolume.
//!
//! ## Why it matters
//! Pod Security sees a claim and allows it; the pod that mounts it reads and writes the node's folder. Who may
//! create PersistentVolumes holds the nodes.
//!
//! ## How to fix
//! Use a CSI driver. For node-local disks, `local` volumes on a path of their own, made by a provisioner.
//!
//! ## How others differ
//! KICS asks the same in two queries that are about pods: of every volume, unless it says the namespace `kube-system`,
//! and of paths that begin as the folders of the operating system do.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: PersistentVolume
//! metadata:
//!   name: data
//! spec:
//!   hostPath: # <- here
//!     path: /srv/data
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: PersistentVolume
//! metadata:
//!   name: data
//! spec:
//!   csi:
//!     driver: disk.csi.azure.com
//!     volumeHandle: data
//! ```
//! ```yaml near-miss
//! apiVersion: v1
//! kind: PersistentVolume
//! metadata:
//!   name: data
//! spec:
//!   local:
//!     path: /mnt/disks/ssd1
//! ```
//!
//! ```cel
//! object.spec.?hostPath.hasValue() ?
//!   ["the volume is a path of the node: use a CSI driver"] : []
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "storage/host-path-volume",
    title: "PersistentVolume of type hostPath",
    severity: High,
    frameworks: &[nsa("pod-security/host-path"), mitre("T1611"), microsoft("MS-TA9013"), owasp("K01")],
    aliases: &[
        "kics:Non-Kube-System-Pod-With-Host-Mount",
        "kics:Workload-Mounting-With-Sensitive-OS-Directory",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(&[GroupKind::new("", "PersistentVolume")], check),
};

fn check<'d>(volume: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let host_path = volume.get("spec.hostPath");
    if host_path.exists() {
        let message =
            format!("the volume is the node's {:?}: use a CSI driver", host_path.get("path").text());
        found.at(&host_path, message);
    }
}
