//! Disks are encrypted with a key that the cloud holds alone.
//!
//! ## What it checks
//! StorageClasses of the disk drivers of Azure (`diskEncryptionSetID`), AWS (`kmsKeyId`) and Google Cloud
//! (`disk-encryption-kms-key`): the parameter that names a key of your own must be there.
//!
//! ## Why it matters
//! A key of your own can be withdrawn, rotated and audited; some rules ask for it. The platform's key
//! protects against lost disks all the same: this control is in the profile `all` alone.
//!
//! ## How to fix
//! Make a disk encryption set (Azure) or a KMS key, and a new class that names it. A default set on an AKS
//! cluster (`diskEncryptionSetID` of the cluster) covers classes that name none; a manifest cannot see it.
//!
//! ```yaml bad
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: fast
//! provisioner: disk.csi.azure.com
//! parameters: # <- here
//!   skuName: Premium_LRS
//! ---
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: auto
//! provisioner: ebs.csi.eks.amazonaws.com
//! parameters: # <- here
//!   encrypted: "true"
//! ```
//! ```yaml good
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: fast
//! provisioner: disk.csi.azure.com
//! parameters:
//!   diskEncryptionSetID: /subscriptions/0/resourceGroups/shop/providers/Microsoft.Compute/diskEncryptionSets/shop
//! ```
//! ```yaml near-miss
//! # The Azure driver reads its parameters in any case; other drivers are not judged.
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: fast
//! provisioner: disk.csi.azure.com
//! parameters:
//!   diskencryptionsetid: /subscriptions/0/resourceGroups/shop/providers/Microsoft.Compute/diskEncryptionSets/shop
//! ---
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: local
//! provisioner: kubernetes.io/no-provisioner
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "storage/no-customer-key",
    title: "Storage class without a key of your own",
    severity: Low,
    frameworks: &[],
    aliases: &[],
    profiles: &[],
    fix: None,
    check: Check::Object(&[GroupKind::new("storage.k8s.io", "StorageClass")], check),
};

fn check<'d>(class: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let key = match class.get("provisioner").text() {
        "disk.csi.azure.com" | "kubernetes.io/azure-disk" => "diskEncryptionSetID",
        "ebs.csi.aws.com" | "ebs.csi.eks.amazonaws.com" | "kubernetes.io/aws-ebs" => "kmsKeyId",
        "pd.csi.storage.gke.io" => "disk-encryption-kms-key",
        _ => return,
    };
    let parameters = class.get("parameters");
    if !parameters.entries().any(|(name, value)| name.eq_ignore_ascii_case(key) && !value.text().is_empty()) {
        found.at(
            &parameters.key(key),
            format!("disks of this class use the cloud's own key: name yours in {key}"),
        );
    }
}
