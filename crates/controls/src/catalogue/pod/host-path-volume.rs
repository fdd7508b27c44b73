//! A hostPath volume opens the node's file system to a pod.
//!
//! ## What it checks
//! Every volume of every pod: `hostPath`, whatever its path and whether it is mounted or not.
//!
//! ## Why it matters
//! What a pod reads and writes on the node is out of reach of every limit that containers have: files of
//! other pods, credentials of the kubelet, logs that lead elsewhere through symbolic links. Admission by
//! path prefix has been evaded before, so the Pod Security Standards allow none.
//!
//! ## How to fix
//! Use a `configMap`, `secret`, `emptyDir` or a claim. Storage, network and monitoring agents that need the
//! node belong in a namespace of their own with a waiver.
//!
//! ## How others differ
//! Kubescape passes the pod unless a container mounts something. KICS excuses the namespace kube-system.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: logs
//!   hostPath: # <- here
//!     path: /var/log/app
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: data
//!   persistentVolumeClaim:
//!     claimName: data
//! ```
//! ```yaml near-miss
//! # null is absent, and a volume without a source is an emptyDir.
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: scratch
//!   hostPath: null
//! - name: hostPath
//! ```
//!
//! ```cel
//! variables.volumes
//!   .filter(v, v.?hostPath.hasValue())
//!   .map(v, 'the volume "' + v.name + '" is a path of the node: use a claim, emptyDir or configMap')
//! ```

use crate::prelude::*;
use crate::support::host_path;

pub const CONTROL: Control = Control {
    id: "pod/host-path-volume",
    title: "hostPath volume",
    severity: High,
    frameworks: &[
        pss("baseline/hostPathVolumes"),
        pss("restricted/restrictedVolumes"),
        cis("5.2.11"),
        nsa("pod-security/host-path"),
        mitre("T1611"),
        microsoft("MS-TA9013"),
        owasp("K01"),
    ],
    aliases: &[
        "kubescape:C-0048",
        "trivy:KSV-0023",
        "polaris:hostPathSet",
        "kics:Non-Kube-System-Pod-With-Host-Mount",
    ],
    profiles: &[Baseline, Restricted, Recommended],
    fix: None,
    check: Check::Pod(Needs::Key(&["hostPath"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for (volume, path) in host_path::volumes(pod) {
        let message = format!(
            "the volume {:?} is the node's {:?}: use a claim, emptyDir or configMap",
            volume.name(),
            path.text()
        );
        found.at(&volume.get("hostPath"), message);
    }
}
