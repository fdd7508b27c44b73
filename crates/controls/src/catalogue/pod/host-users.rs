//! A pod has the node's users for its own.
//!
//! ## What it checks
//! `hostUsers: false` on every pod. Pods for Windows have no user namespaces and pass, and so do all where
//! `kubernetes-version` is below 1.25, which hasn't the field.
//!
//! ## Why it matters
//! In a user namespace, root in the container is nobody on the node: an escape arrives there without rights.
//! Without one, user 0 inside is user 0 outside.
//!
//! ## How to fix
//! Set `hostUsers: false`. The nodes need Linux 6.3 or later, and a container runtime and volumes that know
//! id-mapped mounts; a pod that shares a namespace of the node, or has block devices (`volumeDevices`), can't have
//! its own users.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//! spec: # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: shared
//! spec:
//!   hostUsers: true # <- here
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml fixed
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: app
//! spec:
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//!   hostUsers: false
//! ---
//! apiVersion: v1
//! kind: Pod
//! metadata:
//!   name: shared
//! spec:
//!   hostUsers: false
//!   containers:
//!   - name: app
//!     image: registry.example.com/app:1.4
//! ```
//! ```yaml bad
//! # The API server refuses a user namespace with a block device.
//! hostUsers: true # <- here
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   volumeDevices: [{name: data, devicePath: /dev/xvda}]
//! ```
//! ```yaml fixed
//! # The API server refuses a user namespace with a block device.
//! hostUsers: true
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   volumeDevices: [{name: data, devicePath: /dev/xvda}]
//! ```
//! ```yaml good
//! hostUsers: false
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//! ```yaml near-miss parameters={"kubernetes-version":"1.24"}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
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
//! os: {name: windows}
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! ```
//!
//! ```cel
//! variables.kubernetesMinor >= 25 && !variables.isWindows && variables.spec.?hostUsers.orValue(true) ?
//!   ["the pod has no users of its own: set hostUsers to false"] : []
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/host-users",
    title: "No user namespace",
    severity: Low,
    frameworks: &[mitre("T1611"), owasp("K01")],
    aliases: &["kubesec:HostUsers"],
    profiles: &[],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Nothing, check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let host_users = pod.get("hostUsers");
    // The field is there since 1.25.
    if found.parameters().kubernetes_minor() < 25 {
        return;
    }
    if host_users.is_false() || pod.is_windows() || pod.is_partial() {
        return;
    }
    let draft = found.at(&host_users, "the pod has no users of its own: set hostUsers to false");
    // The API server refuses a user namespace next to any of these.
    let shares_node = ["hostNetwork", "hostPID", "hostIPC"].iter().any(|field| pod.get(field).is_true());
    let has_device = pod.containers().any(|container| !container.get("volumeDevices").is_empty());
    if !shares_node && !has_device {
        draft.unsafe_fix(set(&host_users, false));
    }
}
