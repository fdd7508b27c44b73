//! A mount of the node's system folders gives away the node.
//!
//! ## What it checks
//! The path of every hostPath volume, after resolving `//`, `.`, `..` and the root of a process (`/proc/1/root`):
//! the root, the folders of the operating system, those of the container runtime, and everything at or below the
//! folders of the kubelet, of etcd, of the control plane and of root.
//!
//! ## Why it matters
//! `/` and `/etc` hold the node's credentials and what runs at its start; `/proc` and `/sys` its kernel's
//! switches; `/var/lib/kubelet` the tokens and secrets of every pod on it; `/etc/kubernetes` the keys of the
//! control plane; `/var/lib/etcd` the whole cluster. Read access is enough for most of these.
//!
//! ## How to fix
//! Mount the one folder that is needed, read-only. Node agents that need more belong in a namespace of their
//! own with a waiver.
//!
//! ## How others differ
//! Trivy and kube-linter compare the text as it stands: `/etc/` with a slash, `//etc` and `/etc/kubernetes` pass
//! there. KICS takes whatever begins as the name of such a folder does: `/etc/nginx`, and `/variable` too.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: root
//!   hostPath: {path: /} # <- here
//! - name: etc
//!   hostPath:
//!     path: //etc/ # <- here
//! - name: pki
//!   hostPath:
//!     path: /etc/kubernetes/pki # <- here
//! - name: pods
//!   hostPath:
//!     path: /tmp/../var/lib/kubelet/pods # <- here
//! - name: init
//!   hostPath: {path: /proc/1/root} # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: logs
//!   hostPath: {path: /var/log}
//! ```
//! ```yaml near-miss
//! # One file of a system folder, and names that begin alike.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: zone
//!   hostPath: {path: /etc/localtime}
//! - name: data
//!   hostPath: {path: /etcd-backup}
//! - name: site
//!   hostPath: {path: /srv}
//! ```

use crate::prelude::*;
use crate::support::host_path;

pub const CONTROL: Control = Control {
    id: "pod/host-path-sensitive",
    title: "hostPath to a system folder",
    severity: High,
    frameworks: &[
        pss("baseline/hostPathVolumes"),
        cis("5.2.11"),
        nsa("pod-security/host-path"),
        mitre("T1611"),
        microsoft("MS-TA9013"),
        microsoft("MS-TA9017"),
        owasp("K01"),
    ],
    aliases: &[
        "trivy:KSV-0121",
        "kube-linter:sensitive-host-mounts",
        "kubesec:ProcMount",
        "kics:Workload-Mounting-With-Sensitive-OS-Directory",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Key(&["hostPath"]), check),
};

/// Folders that are sensitive as a whole; one file or folder below them may be harmless.
const WHOLE: &[&str] = &[
    "/",
    "/bin",
    "/boot",
    "/dev",
    "/etc",
    "/home",
    "/lib",
    "/lib64",
    "/proc",
    "/run",
    "/sbin",
    "/sys",
    "/usr",
    "/usr/bin",
    "/usr/lib",
    "/usr/local/bin",
    "/usr/sbin",
    "/var",
    "/var/lib",
    "/var/lib/containerd",
    "/var/lib/containers",
    "/var/lib/docker",
];

/// Folders of which every part is sensitive.
const WITH_ALL_BELOW: &[&str] = &[
    "/etc/cron.d",
    "/etc/kubernetes",
    "/etc/ssh",
    "/etc/systemd",
    "/root",
    "/var/lib/etcd",
    "/var/lib/kubelet",
    "/var/lib/rancher",
    "/var/spool/cron",
];

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for (volume, path) in host_path::volumes(pod) {
        if !path.text().starts_with('/') {
            continue;
        }
        let normal = host_path::normal(path.text());
        let sensitive = WHOLE.contains(&normal.as_str())
            || WITH_ALL_BELOW.iter().any(|folder| host_path::is_within(&normal, folder));
        if sensitive {
            let message = format!(
                "the volume {:?} opens the node's {normal}: mount only what is needed",
                volume.name()
            );
            found.at(&path, message);
        }
    }
}
