//! An Azure disk can be exported over the internet unless it says otherwise.
//!
//! ## What it checks
//! StorageClasses of the Azure disk driver: the parameter `networkAccessPolicy` must be `DenyAll`, or
//! `AllowPrivate` with `diskAccessID`. Without it a disk is `AllowAll`.
//!
//! ## Why it matters
//! Who gets a role that may make a shared access signature downloads the disk from anywhere, and no network
//! boundary stands between.
//!
//! ## How to fix
//! Set `networkAccessPolicy: DenyAll`; a class cannot be changed, so make a new one. Backup that exports
//! disks needs `AllowPrivate` and a disk access resource.
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
//!   name: private
//! provisioner: disk.csi.azure.com
//! parameters:
//!   networkAccessPolicy: AllowPrivate # <- here
//! ```
//! ```yaml fixed
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: fast
//! provisioner: disk.csi.azure.com
//! parameters:
//!   skuName: Premium_LRS
//!   networkAccessPolicy: DenyAll
//! ---
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: private
//! provisioner: disk.csi.azure.com
//! parameters:
//!   networkAccessPolicy: DenyAll
//! ```
//! ```yaml good
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: fast
//! provisioner: disk.csi.azure.com
//! parameters:
//!   networkAccessPolicy: AllowPrivate
//!   diskAccessID: /subscriptions/0/resourceGroups/shop/providers/Microsoft.Compute/diskAccesses/shop
//! ```
//! ```yaml near-miss
//! # The driver reads its parameters in any case; the file driver has no such parameter.
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: fast
//! provisioner: disk.csi.azure.com
//! parameters:
//!   networkaccesspolicy: denyall
//! ---
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: share
//! provisioner: file.csi.azure.com
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "storage/disk-network-access",
    title: "Disks that can be exported from anywhere",
    severity: Medium,
    frameworks: &[],
    aliases: &[],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Object(&[GroupKind::new("storage.k8s.io", "StorageClass")], check),
};

fn check<'d>(class: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if !matches!(class.get("provisioner").text(), "disk.csi.azure.com" | "kubernetes.io/azure-disk") {
        return;
    }
    let parameters = class.get("parameters");
    let named = |key: &str| {
        parameters.entries().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    };
    let policy = named("networkAccessPolicy").unwrap_or(parameters.key("networkAccessPolicy"));
    let is_private = policy.text().eq_ignore_ascii_case("AllowPrivate")
        && named("diskAccessID").is_some_and(|access| !access.text().is_empty());
    if !policy.text().eq_ignore_ascii_case("DenyAll") && !is_private {
        found
            .at(
                &policy,
                "disks of this class can be exported from any network: set networkAccessPolicy to DenyAll",
            )
            .unsafe_fix(set(&policy, "DenyAll"));
    }
}
