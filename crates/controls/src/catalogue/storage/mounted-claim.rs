//! A workload reads and writes a persistent volume.
//!
//! ## What it checks
//! Volumes of every pod: `persistentVolumeClaim`. It is an inventory, for who wants to see
//! what a workload can reach.
//!
//! ## Why it matters
//! What lies on the volume outlives the pod, and is open to who gets into it.
//!
//! ## How to fix
//! Look whether the workload needs it; mount it read-only, and only into the container that does.
//!
//! ## How others differ
//! Kubescape reports only what an app container mounts and whose object is part of the scan.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: data
//!   persistentVolumeClaim: {claimName: votes} # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: scratch
//!   emptyDir: {}
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//! volumes:
//! - name: db
//!   secret: {secretName: db}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "storage/mounted-claim",
    title: "Workload mounts a claim",
    severity: Low,
    frameworks: &[],
    aliases: &["kubescape:C-0257"],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Key(&["persistentVolumeClaim"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for volume in pod.volumes() {
        let source = volume.get("persistentVolumeClaim");
        if source.exists() {
            found.at(
                &source,
                format!(
                    "the pod mounts PersistentVolumeClaim {:?}: look whether it must",
                    source.get("claimName").text()
                ),
            );
        }
    }
}
