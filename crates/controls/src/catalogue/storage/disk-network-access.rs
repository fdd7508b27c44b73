//! A class of Azure disks opens them to any network.
//!
//! ## What it checks
//! The parameters of StorageClasses of the Azure disk driver: `networkAccessPolicy: AllowAll` together with
//! `publicNetworkAccess: Enabled`, and `AllowPrivate` without `diskAccessID`, of which the driver makes no disk. Names
//! of parameters are read in letters of any size and values as they are, as the driver does. It refuses other values.
//!
//! Since 1.33.3 of July 2025 the driver makes disks with `DenyAll` and with public access `Disabled` where a class says
//! nothing, and `publicNetworkAccess: Disabled` holds beside `AllowAll` too. What a class leaves out is therefore no
//! finding. Older versions, and Azure Stack, which has neither setting, leave such disks open to all networks.
//!
//! ## Why it matters
//! Who gets a role that may make a shared access signature downloads the disk from anywhere, and no network
//! boundary stands between.
//!
//! ## How to fix
//! Set `networkAccessPolicy: DenyAll`; a class cannot be changed, so make a new one. Backup that exports disks needs
//! `AllowPrivate` and a disk access resource, which the driver takes with no other policy. With a driver before 1.33.3
//! write `DenyAll` in every class.
//!
//! ```yaml bad
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: fast
//! provisioner: disk.csi.azure.com
//! parameters:
//!   skuName: Premium_LRS
//!   NetworkAccessPolicy: AllowAll # <- here
//!   publicNetworkAccess: Enabled
//! ---
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: private
//! provisioner: disk.csi.azure.com
//! parameters:
//!   networkAccessPolicy: AllowPrivate # <- here
//!   diskAccessID: ""
//! ---
//! # The driver refuses a disk access resource beside any other policy.
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: exported
//! provisioner: disk.csi.azure.com
//! parameters:
//!   networkAccessPolicy: AllowAll # <- here
//!   publicNetworkAccess: Enabled
//!   diskAccessID: /subscriptions/0/resourceGroups/shop/providers/Microsoft.Compute/diskAccesses/shop
//! ```
//! ```yaml fixed
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: fast
//! provisioner: disk.csi.azure.com
//! parameters:
//!   skuName: Premium_LRS
//!   NetworkAccessPolicy: DenyAll
//!   publicNetworkAccess: Enabled
//! ---
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: private
//! provisioner: disk.csi.azure.com
//! parameters:
//!   networkAccessPolicy: DenyAll
//!   diskAccessID: ""
//! ---
//! # The driver refuses a disk access resource beside any other policy.
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: exported
//! provisioner: disk.csi.azure.com
//! parameters:
//!   networkAccessPolicy: AllowPrivate
//!   publicNetworkAccess: Enabled
//!   diskAccessID: /subscriptions/0/resourceGroups/shop/providers/Microsoft.Compute/diskAccesses/shop
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
//! # The driver denies what the class leaves out.
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: silent
//! provisioner: disk.csi.azure.com
//! parameters:
//!   skuName: Premium_LRS
//! ---
//! # No network gets to the disk but by what is private.
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: inside
//! provisioner: disk.csi.azure.com
//! parameters:
//!   networkAccessPolicy: AllowAll
//!   publicnetworkaccess: Disabled
//! ---
//! # Public access is off by default.
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: half
//! provisioner: disk.csi.azure.com
//! parameters:
//!   networkAccessPolicy: AllowAll
//! ---
//! # The driver reads the names of its parameters in any case; the file driver has no such parameter.
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: fast
//! provisioner: disk.csi.azure.com
//! parameters:
//!   networkaccesspolicy: DenyAll
//!   publicNetworkAccess: Enabled
//! ---
//! apiVersion: storage.k8s.io/v1
//! kind: StorageClass
//! metadata:
//!   name: share
//! provisioner: file.csi.azure.com
//! parameters:
//!   networkAccessPolicy: AllowAll
//!   publicNetworkAccess: Enabled
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
    let Some(policy) = named("networkAccessPolicy") else { return };
    let has_access = named("diskAccessID").is_some_and(|access| !access.text().is_empty());
    let is_public = || named("publicNetworkAccess").is_some_and(|access| access.is("Enabled"));
    let (message, instead) = match policy.text() {
        "AllowAll" if is_public() && has_access => (
            "disks of this class can be exported from any network: set networkAccessPolicy to AllowPrivate",
            "AllowPrivate",
        ),
        "AllowAll" if is_public() => (
            "disks of this class can be exported from any network: set networkAccessPolicy to DenyAll",
            "DenyAll",
        ),
        "AllowPrivate" if !has_access => (
            "no disk is made with AllowPrivate and no diskAccessID: name a disk access resource, or set DenyAll",
            "DenyAll",
        ),
        _ => return,
    };
    found.at(&policy, message).unsafe_fix(set(&policy, instead));
}
