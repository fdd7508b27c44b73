//! subPath mounts have let containers out to the node's file system.
//!
//! ## What it checks
//! `subPath` and `subPathExpr` of every mount, of every container.
//!
//! ## Why it matters
//! The kubelet follows a path that the pod can change while it is followed. Kubelets before 1.19.15,
//! 1.20.11, 1.21.5 and 1.22.2 could be raced out of the volume (CVE-2021-25741), earlier ones too
//! (CVE-2017-1002101). Current kubelets are mended; this control is for clusters that may hold old ones, and
//! in the profile `all` alone.
//!
//! ## How to fix
//! Mount a volume of its own, or upgrade the nodes.
//!
//! ## How others differ
//! Kubescape looks at the versions of live nodes and at regular containers' `subPath` alone.
//!
//! ```yaml bad
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   volumeMounts:
//!   - name: data
//!     mountPath: /data
//!     subPath: app # <- here
//!   - name: data
//!     mountPath: /logs
//!     subPathExpr: $(POD_NAME) # <- here
//! ```
//! ```yaml good
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   volumeMounts:
//!   - name: data
//!     mountPath: /data
//! ```
//! ```yaml near-miss
//! containers:
//! - name: app
//!   image: registry.example.com/app:1.4
//!   volumeMounts:
//!   - name: data
//!     mountPath: /data
//!     subPath: ""
//! ```
//!
//! ```cel
//! variables.containers
//!   .filter(c, c.?volumeMounts.orValue([]).exists(m, m.?subPath.orValue("") != "" || m.?subPathExpr.orValue("") != ""))
//!   .map(c, 'container "' + c.name + '" mounts a path within a volume: give it a volume of its own')
//! ```

use crate::prelude::*;

pub const CONTROL: Control = Control {
    id: "pod/sub-path",
    title: "subPath mount",
    severity: Low,
    frameworks: &[mitre("T1611")],
    aliases: &["kubescape:C-0058"],
    profiles: &[],
    fix: None,
    check: Check::Container(Needs::Key(&["subPath", "subPathExpr"]), check),
};

fn check<'d>(container: &Container<'_, 'd>, found: &mut Findings<'_, 'd>) {
    for mount in container.mounts() {
        for field in [mount.get("subPath"), mount.get("subPathExpr")] {
            if !field.text().is_empty() {
                let message = format!(
                    "{} mounts a path within a volume: give it a volume of its own",
                    container.title()
                );
                found.at(&field, message);
            }
        }
    }
}
