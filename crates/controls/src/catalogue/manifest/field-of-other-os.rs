//! A pod for one operating system has settings of the other: the API server refuses it.
//!
//! ## What it checks
//! Pods and pod templates with `os.name`. For `windows`: the pod's `hostPID: true`, `hostIPC: true` and any `hostUsers`
//! and `shareProcessNamespace`; in the pod's `securityContext` `appArmorProfile`, `fsGroup`, `fsGroupChangePolicy`,
//! `runAsGroup`, `runAsUser`, `seLinuxChangePolicy`, `seLinuxOptions`, `seccompProfile`, `supplementalGroups`,
//! `supplementalGroupsPolicy` and a list of `sysctls`; in a container's `allowPrivilegeEscalation`, `appArmorProfile`,
//! `capabilities`, `privileged`, `procMount`, `readOnlyRootFilesystem`, `runAsGroup`, `runAsUser`, `seLinuxOptions` and
//! `seccompProfile`, whatever they say. For `linux`: `windowsOptions`.
//!
//! ## Why it matters
//! The API server refuses the object, and what it was to mend stays as it is.
//!
//! ## How to fix
//! Take the settings out, or correct `os.name` if it is wrong.
//!
//! ```yaml bad
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   os: {name: windows}
//!   hostUsers: true # <- here
//!   securityContext:
//!     seccompProfile: {type: RuntimeDefault} # <- here
//!     windowsOptions: {runAsUserName: ContainerUser}
//!     runAsNonRoot: true
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!     securityContext:
//!       allowPrivilegeEscalation: false # <- here
//!       runAsNonRoot: true
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   selector: {matchLabels: {app: web}}
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec:
//!       os: {name: linux}
//!       containers:
//!       - name: web
//!         image: registry.example.com/web:1.4
//!         securityContext:
//!           windowsOptions: {runAsUserName: ContainerUser} # <- here
//! ```
//! ```yaml fixed
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   os: {name: windows}
//!   securityContext:
//!     windowsOptions: {runAsUserName: ContainerUser}
//!     runAsNonRoot: true
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!     securityContext:
//!       runAsNonRoot: true
//! ---
//! apiVersion: apps/v1
//! kind: Deployment
//! metadata: {name: web}
//! spec:
//!   selector: {matchLabels: {app: web}}
//!   template:
//!     metadata: {labels: {app: web}}
//!     spec:
//!       os: {name: linux}
//!       containers:
//!       - name: web
//!         image: registry.example.com/web:1.4
//!         securityContext: {}
//! ```
//! ```yaml good
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   os: {name: windows}
//!   hostPID: false
//!   securityContext:
//!     sysctls: []
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!     securityContext:
//!       windowsOptions: {runAsUserName: ContainerUser}
//! ```
//! ```yaml near-miss
//! # Where the pod doesn't say what it runs on, settings of both are let be.
//! apiVersion: v1
//! kind: Pod
//! metadata: {name: web}
//! spec:
//!   nodeSelector: {kubernetes.io/os: windows}
//!   containers:
//!   - name: web
//!     image: registry.example.com/web:1.4
//!     securityContext:
//!       allowPrivilegeEscalation: false
//!       windowsOptions: {runAsUserName: ContainerUser}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "manifest/field-of-other-os",
    title: "Setting of another operating system",
    severity: Medium,
    frameworks: &[],
    aliases: &[],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Key(&["os"]), check),
};

/// Of these the API server asks whether they are true.
const SWITCHES: &[&str] = &["hostPID", "hostIPC"];

const OF_POD: &[&str] = &[
    "appArmorProfile",
    "fsGroup",
    "fsGroupChangePolicy",
    "runAsGroup",
    "runAsUser",
    "seLinuxChangePolicy",
    "seLinuxOptions",
    "seccompProfile",
    "supplementalGroups",
    "supplementalGroupsPolicy",
    "sysctls",
];

const OF_CONTAINER: &[&str] = &[
    "allowPrivilegeEscalation",
    "appArmorProfile",
    "capabilities",
    "privileged",
    "procMount",
    "readOnlyRootFilesystem",
    "runAsGroup",
    "runAsUser",
    "seLinuxOptions",
    "seccompProfile",
];

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    let (of_pod, of_container, system) = match pod.get("os.name").text() {
        "windows" => (OF_POD, OF_CONTAINER, "Windows"),
        "linux" => (&["windowsOptions"][..], &["windowsOptions"][..], "Linux"),
        _ => return,
    };
    let mut report = |field: Field<'d>, name: &str| {
        let message = format!("a pod for {system} can't have {name}: remove it, or correct os.name");
        found.at(&field, message).unsafe_fix(remove(&field));
    };
    if system == "Windows" {
        SWITCHES.iter().filter(|name| pod.get(name).is_true()).for_each(|name| report(pod.get(name), name));
        for name in ["hostUsers", "shareProcessNamespace"] {
            let field = pod.get(name);
            if field.exists() {
                report(field, name);
            }
        }
    }
    // Of the lists, only this one is as good as absent when it is empty.
    let is_set = |field: &Field<'d>, name: &str| field.exists() && !(name == "sysctls" && field.is_empty());
    for name in of_pod {
        let field = pod.security(name);
        if is_set(&field, name) {
            report(field, name);
        }
    }
    for container in pod.containers() {
        for name in of_container {
            let field = container.security(name);
            if field.exists() {
                report(field, name);
            }
        }
    }
}
