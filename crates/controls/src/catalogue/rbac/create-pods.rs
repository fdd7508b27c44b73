//! Who creates pods holds every account, Secret and volume of the namespace.
//!
//! ## What it checks
//! `create` on pods and on the controllers that make them (ReplicationControllers, Deployments,
//! DaemonSets, StatefulSets, ReplicaSets, Jobs, CronJobs), each in its own API group or through
//! wildcards. `create` with `resourceNames` is not found: the authorizer sees no name when an object is
//! created, so such a rule grants nothing. Changing those that exist is `rbac/change-workloads`.
//!
//! ## Why it matters
//! A pod names the service account it runs as and the Secrets it mounts, and the API server asks for no
//! further permission. Where Pod Security does not hold it back, a privileged pod takes the node.
//!
//! ## How to fix
//! Leave creating workloads to the delivery system, and give it a Role in each namespace it delivers to
//! instead of a ClusterRole.
//!
//! ## How others differ
//! Kubescape and KICS look at pods alone, so that `create deployments` passes. kube-linter reports the binding, and
//! knows CronJobs by a misspelt name. KICS takes whatever has a `*` in it for a wildcard, `p*ds` too.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: deployer
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["deployments"] # <- here
//!   verbs: ["create", "get"]
//! - apiGroups: [""]
//!   resources: ["pods"] # <- here
//!   verbs: ["*"]
//! - apiGroups: ["batch"]
//!   resources: ["*"] # <- here
//!   verbs: ["create"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: viewer
//!   namespace: shop
//! rules:
//! - apiGroups: ["apps"]
//!   resources: ["deployments"]
//!   verbs: ["get", "list", "watch"]
//! - apiGroups: [""]
//!   resources: ["pods"]
//!   verbs: ["delete"]
//! ```
//! ```yaml near-miss
//! # Deployments are not in the core group; a subresource is no pod; a name can't be known yet.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: deployer
//! rules:
//! - apiGroups: [""]
//!   resources: ["deployments"]
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["pods/eviction", "pods/*"]
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["pods"]
//!   resourceNames: ["web"]
//!   verbs: ["create"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource};

pub const CONTROL: Control = Control {
    id: "rbac/create-pods",
    title: "Role may create pods or workloads",
    severity: Medium,
    frameworks: &[
        cis("5.1.4"),
        aks("4.1.4"),
        eks("4.1.4"),
        nsa("auth/least-privilege"),
        mitre("T1610"),
        mitre("T1543.005"),
        mitre("T1053.007"),
        microsoft("MS-TA9008"),
        microsoft("MS-TA9012"),
        microsoft("MS-TA9014"),
        owasp("K02"),
    ],
    aliases: &[
        "kubescape:C-0188",
        "trivy:KSV-0048",
        "kube-linter:access-to-create-pods",
        "kics:Permissive-Access-to-Create-Pods",
    ],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create"],
    resources: &[
        Resource::namespaced("", "pods"),
        Resource::namespaced("", "replicationcontrollers"),
        Resource::namespaced("apps", "deployments"),
        Resource::namespaced("apps", "daemonsets"),
        Resource::namespaced("apps", "statefulsets"),
        Resource::namespaced("apps", "replicasets"),
        Resource::namespaced("batch", "jobs"),
        Resource::namespaced("batch", "cronjobs"),
    ],
    names: Names::Narrow,
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, "what it creates may run as any service account of the namespace", found);
}
