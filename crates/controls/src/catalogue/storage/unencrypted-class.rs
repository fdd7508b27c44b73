//! A storage class whose disks are made without encryption.
//!
//! ## What it checks
//! The parameters of a StorageClass of the AWS EBS driver (`ebs.csi.aws.com`, `ebs.csi.eks.amazonaws.com` of EKS Auto
//! Mode, `kubernetes.io/aws-ebs`): `encrypted: "true"` must stand there, or a `kmsKeyId`, with which the driver
//! encrypts whatever `encrypted` says. Letters are of any size for the names and small for the value, as the driver
//! compares them. Disks of Azure and Google Cloud are always encrypted, and classes of other drivers are not judged.
//!
//! ## Why it matters
//! A snapshot that is shared or a disk that is retired hands over its content. Whether an account encrypts by
//! default is a setting per region that a manifest cannot see.
//!
//! ## How to fix
//! Set `encrypted: "true"`, and `kmsKeyId` for a key of your own. A class cannot be changed: make a new one.
//!
//! ## How others differ
//! Kubescape asks the same parameter of Azure's and Google's drivers, which don't have it.
//!
//! ```yaml bad
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: fast
//! provisioner: ebs.csi.aws.com
//! parameters: # <- here
//!   type: gp3
//! ---
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: slow
//! provisioner: ebs.csi.aws.com
//! parameters:
//!   encrypted: "false" # <- here
//! ---
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: auto
//! provisioner: ebs.csi.eks.amazonaws.com
//! parameters:
//!   Encrypted: "True" # <- here
//!   kmsKeyId: ""
//! ```
//! ```yaml fixed
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: fast
//! provisioner: ebs.csi.aws.com
//! parameters:
//!   type: gp3
//!   encrypted: "true"
//! ---
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: slow
//! provisioner: ebs.csi.aws.com
//! parameters:
//!   encrypted: "true"
//! ---
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: auto
//! provisioner: ebs.csi.eks.amazonaws.com
//! parameters:
//!   Encrypted: "true"
//!   kmsKeyId: ""
//! ```
//! ```yaml good
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: fast
//! provisioner: ebs.csi.aws.com
//! parameters:
//!   type: gp3
//!   encrypted: "true"
//! ```
//! ```yaml near-miss
//! # A key is named: these disks are encrypted with it.
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: keyed
//! provisioner: ebs.csi.aws.com
//! parameters:
//!   KmsKeyID: arn:aws:kms:eu-central-1:111122223333:key/1
//! ---
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: contrary
//! provisioner: ebs.csi.aws.com
//! parameters:
//!   encrypted: "false"
//!   kmsKeyId: arn:aws:kms:eu-central-1:111122223333:key/1
//! ---
//! # The driver reads the names of parameters in any case.
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: other
//! provisioner: ebs.csi.aws.com
//! parameters:
//!   Encrypted: "true"
//! ---
//! # Encrypted by the cloud, always.
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: fast
//! provisioner: disk.csi.azure.com
//! parameters:
//!   skuName: Premium_LRS
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "storage/unencrypted-class",
    title: "Storage class without encryption",
    severity: Medium,
    frameworks: &[],
    aliases: &["kubescape:C-0264"],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Object(&[GroupKind::new("storage.k8s.io", "StorageClass")], check),
};

fn check<'d>(class: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if !matches!(
        class.get("provisioner").text(),
        "ebs.csi.aws.com" | "ebs.csi.eks.amazonaws.com" | "kubernetes.io/aws-ebs"
    ) {
        return;
    }
    let parameters = class.get("parameters");
    let written = |key: &str| parameters.entries().find(|(name, _)| name.eq_ignore_ascii_case(key));
    let has_key = written("kmsKeyId").is_some_and(|(_, key)| !key.text().is_empty());
    let encrypted = written("encrypted").map_or(class.get("parameters.encrypted"), |(_, value)| value);
    if !has_key && !encrypted.is("true") {
        found
            .at(
                &encrypted,
                "disks of this class are made without encryption: set the parameter encrypted to \"true\"",
            )
            .unsafe_fix(set(&encrypted, "true"));
    }
}
