//! Deleting a claim deletes its data.
//!
//! ## What it checks
//! `reclaimPolicy` of every StorageClass, and `persistentVolumeReclaimPolicy` of every PersistentVolume that
//! says so itself: `Retain` passes. A class that says nothing means `Delete`.
//!
//! ## Why it matters
//! A namespace removed by mistake, or by who wants a ransom, takes its disks with it. Where backups are
//! tested, `Delete` is sound: this control is in the profile `all` alone.
//!
//! ## How to fix
//! Use a class with `reclaimPolicy: Retain` for data that must outlive its claim.
//!
//! ```yaml bad
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass # <- here
//! metadata:
//!   name: fast
//! provisioner: disk.csi.azure.com
//! ---
//! apiVersion: v1
//! kind: PersistentVolume
//! metadata:
//!   name: data
//! spec:
//!   persistentVolumeReclaimPolicy: Recycle # <- here
//! ```
//! ```yaml good
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: fast
//! provisioner: disk.csi.azure.com
//! reclaimPolicy: Retain
//! ```
//! ```yaml near-miss
//! # A volume made by hand is retained by default.
//! apiVersion: v1
//! kind: PersistentVolume
//! metadata:
//!   name: data
//! spec:
//!   csi: {driver: disk.csi.azure.com, volumeHandle: data}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "storage/reclaim-policy",
    title: "Data deleted with its claim",
    severity: Low,
    frameworks: &[mitre("T1485"), microsoft("MS-TA9038")],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(
        &[GroupKind::new("storage.k8s.io", "StorageClass"), GroupKind::new("", "PersistentVolume")],
        check,
    ),
};

fn check<'d>(object: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let message = "the data goes with its claim: set the reclaim policy to Retain";
    if object.kind() == "StorageClass" {
        let policy = object.get("reclaimPolicy");
        match policy.text() {
            "Retain" => {}
            "" => drop(found.on(object, message)),
            _ => drop(found.at(&policy, message)),
        }
    } else {
        let policy = object.get("spec.persistentVolumeReclaimPolicy");
        if !matches!(policy.text(), "" | "Retain") {
            found.at(&policy, message);
        }
    }
}
