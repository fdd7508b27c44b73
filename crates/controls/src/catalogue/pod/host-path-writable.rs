//! A writable mount of a node's folder lets a container change the node.
//!
//! ## What it checks
//! Every mount of a hostPath volume by any container, init and ephemeral ones too, that isn't
//! `readOnly: true`.
//!
//! ## Why it matters
//! Writing a cron job, a systemd unit, a kubelet manifest or an executable in the right folder is code
//! execution as root on the node.
//!
//! ## How to fix
//! Set `readOnly: true` on the mount, or do without the volume. `recursiveReadOnly: Enabled` extends it to
//! what is mounted below.
//!
//! ## How others differ
//! Kubescape doesn't look at ephemeral containers. The check of KICS goes by the path inside the container,
//! whatever the volume is.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   volumeMounts:
//!   - name: data # <- here
//!     mountPath: /data
//!   - name: data
//!     mountPath: /more
//!     readOnly: false # <- here
//! volumes:
//! - name: data
//!   hostPath: {path: /srv/data}
//! ```
//! ```yaml fixed
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   volumeMounts:
//!   - name: data
//!     mountPath: /data
//!     readOnly: true
//!   - name: data
//!     mountPath: /more
//!     readOnly: true
//! volumes:
//! - name: data
//!   hostPath: {path: /srv/data}
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   volumeMounts:
//!   - {name: data, mountPath: /data, readOnly: yes}
//! volumes:
//! - name: data
//!   hostPath: {path: /srv/data}
//! ```
//! ```yaml near-miss
//! # The volume of the mount is no folder of the node, and that of the node isn't mounted.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   volumeMounts:
//!   - {name: scratch, mountPath: /srv/data}
//! volumes:
//! - name: data
//!   hostPath: {path: /srv/data}
//! - name: scratch
//!   emptyDir: {}
//! ```

use crate::prelude::*;
use crate::support::host_path;

pub const CONTROL: Control = Control {
    id: "pod/host-path-writable",
    title: "hostPath mounted writable",
    severity: High,
    frameworks: &[
        pss("baseline/hostPathVolumes"),
        cis("5.2.11"),
        nsa("pod-security/host-path"),
        mitre("T1611"),
        microsoft("MS-TA9013"),
        owasp("K01"),
    ],
    aliases: &[
        "kubescape:C-0045",
        "kube-linter:writable-host-mount",
        "kics:Volume-Mount-With-OS-Directory-Write-Permissions",
    ],
    profiles: &[Recommended],
    fix: Some(Unsafe),
    check: Check::Pod(Needs::Key(&["hostPath"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for (container, mount, path) in host_path::mounts(pod) {
        if mount.is_read_only() {
            continue;
        }
        let read_only = mount.get("readOnly");
        let message =
            format!("{} can write to the node's {:?}: set readOnly to true", container.title(), path.text());
        found.at(&read_only, message).unsafe_fix(set(&read_only, true));
    }
}
