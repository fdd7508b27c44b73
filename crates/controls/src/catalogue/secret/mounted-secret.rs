//! A workload reads a Secret.
//!
//! ## What it checks
//! Volumes of every pod: `secret`, and the same in projected volumes. It is an inventory, for who wants to see
//! what a workload can reach.
//!
//! ## Why it matters
//! Who gets into the pod has the credential.
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
//! - name: db
//!   secret: {secretName: db} # <- here
//! - name: all
//!   projected:
//!     sources:
//!     - secret: {name: api} # <- here
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
//! - name: settings
//!   configMap: {name: app}
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "secret/mounted-secret",
    title: "Workload mounts a Secret",
    severity: Low,
    frameworks: &[owasp("K03")],
    aliases: &["kubescape:C-0255"],
    profiles: &[],
    fix: None,
    check: Check::Pod(Needs::Key(&["secret"]), check),
};

fn check<'d>(pod: &Pod<'d>, found: &mut Findings<'_, 'd>) {
    for volume in pod.volumes() {
        let projected = volume.get("projected.sources").items().map(|source| source.get("secret"));
        for source in std::iter::once(volume.get("secret")).chain(projected).filter(Field::exists) {
            let name = [source.get("name"), source.get("secretName")]
                .iter()
                .map(Field::text)
                .find(|name| !name.is_empty());
            found
                .at(&source, format!("the pod mounts Secret {:?}: look whether it must", name.unwrap_or("")));
        }
    }
}
