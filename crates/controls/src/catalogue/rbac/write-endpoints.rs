//! An endpoint sends a service's traffic to any address.
//!
//! ## What it checks
//! `create`, `update` and `patch` on `endpoints` and on `endpointslices` of `discovery.k8s.io`, over
//! objects of every name.
//!
//! ## Why it matters
//! Nothing checks that the address is a pod of the namespace: traffic can be led to other namespaces
//! past an Ingress, to the node or out of the cluster (CVE-2021-25740). Since 1.22 the role `edit` no
//! longer has it for this reason.
//!
//! ## How to fix
//! Leave it to the control plane. For leader election use Leases; where an old program uses Endpoints,
//! name them.
//!
//! ## How others differ
//! Trivy does not look at names.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: elector
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["endpoints"] # <- here
//!   verbs: ["create", "update"]
//! - apiGroups: ["discovery.k8s.io"]
//!   resources: ["endpointslices"] # <- here
//!   verbs: ["patch"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: elector
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["endpoints"]
//!   resourceNames: ["leader"]
//!   verbs: ["update"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: elector
//! rules:
//! - apiGroups: ["coordination.k8s.io"]
//!   resources: ["leases"]
//!   verbs: ["create", "update"]
//! - apiGroups: ["discovery.k8s.io"]
//!   resources: ["endpoints"]
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["endpointslices"]
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["endpoints"]
//!   verbs: ["get", "watch"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/write-endpoints",
    title: "Role may write the endpoints of services",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), microsoft("MS-TA9034"), owasp("K02")],
    aliases: &["trivy:KSV-0056"],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create", "update", "patch"],
    resources: &[
        Resource::namespaced("", "endpoints"),
        Resource::namespaced("discovery.k8s.io", "endpointslices"),
    ],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "it can lead traffic to any address: leave it to the control plane", found);
}
