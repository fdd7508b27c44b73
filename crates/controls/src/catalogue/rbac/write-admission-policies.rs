//! Who writes the policies is bound by none.
//!
//! ## What it checks
//! `create`, `update`, `patch`, `delete` and `deletecollection` on ValidatingAdmissionPolicies,
//! MutatingAdmissionPolicies and their bindings, on Kyverno's policies and exceptions (`kyverno.io` and
//! `policies.kyverno.io`), and on Gatekeeper's constraint templates and constraints. `create` with
//! `resourceNames` grants nothing.
//!
//! ## Why it matters
//! A changed policy lets through what it refused, and a mutating one rewrites every object. An
//! exception does the same in silence.
//!
//! ## How to fix
//! Leave policies to one team and its delivery system.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: tuner
//! rules:
//! - apiGroups: ["admissionregistration.k8s.io"]
//!   resources: ["validatingadmissionpolicybindings"] # <- here
//!   verbs: ["delete"]
//! - apiGroups: ["kyverno.io"]
//!   resources: ["policyexceptions"] # <- here
//!   verbs: ["create"]
//! - apiGroups: ["policies.kyverno.io"]
//!   resources: ["validatingpolicies"] # <- here
//!   verbs: ["delete"]
//! - apiGroups: ["constraints.gatekeeper.sh"]
//!   resources: ["*"] # <- here
//!   verbs: ["patch"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: tuner
//! rules:
//! - apiGroups: ["admissionregistration.k8s.io"]
//!   resources: ["validatingadmissionpolicies"]
//!   verbs: ["get", "list"]
//! ```
//! ```yaml near-miss
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: tuner
//! rules:
//! - apiGroups: ["networking.k8s.io"]
//!   resources: ["policies"]
//!   verbs: ["create"]
//! - apiGroups: ["admissionregistration.k8s.io"]
//!   resources: ["validatingadmissionpolicies/status"]
//!   verbs: ["update"]
//! - apiGroups: ["constraints.gatekeeper.sh"]
//!   resources: ["k8sallowedrepos"]
//!   resourceNames: ["repos"]
//!   verbs: ["create"]
//! ```

use crate::prelude::*;
use crate::support::grants::{Grant, Names, report};
use crate::support::rbac::{ROLES, Resource, is_shipped_role, written_rules};

pub const CONTROL: Control = Control {
    id: "rbac/write-admission-policies",
    title: "Role may write admission policies",
    severity: High,
    frameworks: &[nsa("auth/least-privilege"), mitre("T1685"), owasp("K02"), owasp("K04")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GRANT: Grant = Grant {
    verbs: &["create", "update", "patch", "delete", "deletecollection"],
    resources: &[
        Resource::cluster("admissionregistration.k8s.io", "validatingadmissionpolicies"),
        Resource::cluster("admissionregistration.k8s.io", "validatingadmissionpolicybindings"),
        Resource::cluster("admissionregistration.k8s.io", "mutatingadmissionpolicies"),
        Resource::cluster("admissionregistration.k8s.io", "mutatingadmissionpolicybindings"),
        Resource::cluster("kyverno.io", "clusterpolicies"),
        Resource::namespaced("kyverno.io", "policies"),
        Resource::namespaced("kyverno.io", "policyexceptions"),
        Resource::cluster("kyverno.io", "clustercleanuppolicies"),
        Resource::namespaced("kyverno.io", "cleanuppolicies"),
        Resource::cluster("policies.kyverno.io", "validatingpolicies"),
        Resource::namespaced("policies.kyverno.io", "namespacedvalidatingpolicies"),
        Resource::cluster("policies.kyverno.io", "mutatingpolicies"),
        Resource::namespaced("policies.kyverno.io", "namespacedmutatingpolicies"),
        Resource::cluster("policies.kyverno.io", "generatingpolicies"),
        Resource::namespaced("policies.kyverno.io", "namespacedgeneratingpolicies"),
        Resource::cluster("policies.kyverno.io", "deletingpolicies"),
        Resource::namespaced("policies.kyverno.io", "namespaceddeletingpolicies"),
        Resource::cluster("policies.kyverno.io", "imagevalidatingpolicies"),
        Resource::namespaced("policies.kyverno.io", "namespacedimagevalidatingpolicies"),
        Resource::namespaced("policies.kyverno.io", "policyexceptions"),
        Resource::cluster("templates.gatekeeper.sh", "constrainttemplates"),
    ],
    names: Names::Irrelevant,
};

const ADVICE: &str = "it can switch off what guards the cluster: leave it to the team that owns the policies";

/// Each constraint is a kind of its own, so that every resource of the group counts.
const CONSTRAINTS: Resource = Resource::cluster("constraints.gatekeeper.sh", "*");

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    report(role, &GRANT, ADVICE, found);
    if role.kind() != "ClusterRole" || is_shipped_role(role) {
        return;
    }
    for rule in written_rules(role) {
        if !rule.group(CONSTRAINTS.group).is_some_and(|group| group.is(CONSTRAINTS.group)) {
            continue;
        }
        let grants = |verb: &&&str| rule.verb(verb).is_some() && rule.extent(verb, &CONSTRAINTS).is_some();
        let Some(verb) = GRANT.verbs.iter().find(grants) else { continue };
        for resource in rule.field().get("resources").items().filter(|item| !item.text().contains('/')) {
            found.at(&resource, format!("grants {verb} on constraints: {ADVICE}"));
        }
    }
}
