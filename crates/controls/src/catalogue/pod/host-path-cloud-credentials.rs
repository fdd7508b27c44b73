//! A node keeps credentials of its cloud identity in files.
//!
//! ## What it checks
//! The path of every hostPath volume, resolved: the credential files and folders of Azure
//! (`/etc/kubernetes/azure.json`, `.azure`), AWS (`.aws`) and Google Cloud (`.config/gcloud`, and `/gcloud` of the
//! root), in the home of any user, and the folders right above that hold nothing else (`/etc/kubernetes`).
//!
//! ## Why it matters
//! The node's identity may attach disks, read registries and often more: with its credentials, access to
//! one pod becomes access to the cloud account.
//!
//! ## How to fix
//! Give the workload an identity of its own: workload identity on AKS, EKS Pod Identity or IAM roles for
//! service accounts on EKS.
//!
//! ## How others differ
//! Kubescape decides this only where it knows the cloud provider.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: azure
//!   hostPath:
//!     path: /etc/kubernetes/azure.json # <- here
//! - name: aws
//!   hostPath:
//!     path: /root/.aws/credentials # <- here
//! - name: gcloud
//!   hostPath:
//!     path: /home/deploy/.config/gcloud/ # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: data
//!   hostPath: {path: /srv/data}
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: data
//!   hostPath: {path: /srv/azure.json.d}
//! - name: aws
//!   hostPath: {path: /srv/aws}
//! - name: gcloud
//!   hostPath: {path: /var/log/gcloud}
//! ```

use crate::prelude::*;
use crate::support::host_path;

pub const CONTROL: Control = Control {
    id: "pod/host-path-cloud-credentials",
    title: "Cloud credentials of the node mounted",
    severity: High,
    frameworks: &[
        pss("baseline/hostPathVolumes"),
        cis("5.2.11"),
        nsa("pod-security/host-path"),
        microsoft("MS-TA9013"),
        microsoft("MS-TA9026"),
        owasp("K08"),
    ],
    aliases: &["kubescape:C-0020"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Pod(Needs::Key(&["hostPath"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for (volume, path) in host_path::volumes(pod) {
        let normal = host_path::normal(path.text());
        let parts: Vec<&str> = normal.split('/').collect();
        let in_home = parts.iter().any(|part| matches!(*part, ".aws" | ".azure"))
            || parts.windows(2).any(|pair| pair == [".config", "gcloud"])
            || host_path::is_within(&normal, "/gcloud");
        if in_home || normal == "/etc/kubernetes" || normal == "/etc/kubernetes/azure.json" {
            let message = format!(
                "the volume {:?} can hold the node's cloud credentials: give the workload an identity of its own",
                volume.name()
            );
            found.at(&path, message);
        }
    }
}
