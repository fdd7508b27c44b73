//! Who writes the parameters of a policy decides what it lets through.
//!
//! ## What it checks
//! `update` and `patch` on the object that a ValidatingAdmissionPolicyBinding or
//! MutatingAdmissionPolicyBinding of the scan names in `paramRef`, by its own name or over every name,
//! in a ClusterRole, or in a Role of its namespace; where `paramRef` has a `selector`, on any name, and
//! `create` too. The kind is the policy's `paramKind`; what its resource is called comes from the custom
//! resource definition where the scan holds it, else from the kind by the usual plurals.
//!
//! ## Why it matters
//! A policy that reads allowed registries from a ConfigMap is worth as little as the right to write
//! that ConfigMap. With a selector, whoever makes an object with the right labels gives parameters too.
//!
//! ## How to fix
//! Keep parameters in a namespace of their own, written by who writes the policies.
//!
//! ```yaml bad
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicy
//! metadata:
//!   name: registries
//! spec:
//!   paramKind:
//!     apiVersion: v1
//!     kind: ConfigMap
//! ---
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicyBinding
//! metadata:
//!   name: registries
//! spec:
//!   policyName: registries
//!   validationActions: [Deny]
//!   paramRef:
//!     name: registries
//!     namespace: policy
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: editor
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"] # <- here
//!   verbs: ["patch"]
//! ```
//! ```yaml bad
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicy
//! metadata:
//!   name: registries
//! spec:
//!   paramKind:
//!     apiVersion: v1
//!     kind: ConfigMap
//! ---
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicyBinding
//! metadata:
//!   name: registries
//! spec:
//!   policyName: registries
//!   validationActions: [Deny]
//!   paramRef:
//!     name: registries
//!     namespace: policy
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: editor
//!   namespace: policy
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"] # <- here
//!   resourceNames: ["registries"]
//!   verbs: ["update"]
//! ```
//! ```yaml bad
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicy
//! metadata:
//!   name: registries
//! spec:
//!   paramKind:
//!     apiVersion: example.com/v1
//!     kind: RegistryPolicy
//! ---
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicyBinding
//! metadata:
//!   name: registries
//! spec:
//!   policyName: registries
//!   validationActions: [Deny]
//!   paramRef:
//!     selector: {matchLabels: {policy: registries}}
//!     parameterNotFoundAction: Deny
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: editor
//! rules:
//! - apiGroups: ["example.com"]
//!   resources: ["registrypolicies"] # <- here
//!   verbs: ["create"]
//! ```
//! ```yaml good
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicy
//! metadata:
//!   name: registries
//! spec:
//!   paramKind:
//!     apiVersion: v1
//!     kind: ConfigMap
//! ---
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicyBinding
//! metadata:
//!   name: registries
//! spec:
//!   policyName: registries
//!   validationActions: [Deny]
//!   paramRef:
//!     name: registries
//!     namespace: policy
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: editor
//!   namespace: policy
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   verbs: ["get", "create"]
//! ```
//! ```yaml near-miss
//! # Another name, and another namespace.
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicy
//! metadata:
//!   name: registries
//! spec:
//!   paramKind:
//!     apiVersion: v1
//!     kind: ConfigMap
//! ---
//! apiVersion: admissionregistration.k8s.io/v1
//! kind: ValidatingAdmissionPolicyBinding
//! metadata:
//!   name: registries
//! spec:
//!   policyName: registries
//!   validationActions: [Deny]
//!   paramRef:
//!     name: registries
//!     namespace: policy
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: editor
//!   namespace: policy
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   resourceNames: ["settings"]
//!   verbs: ["update"]
//! ---
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: editor
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   verbs: ["update"]
//! ```

use plimsoll_kubernetes::group_of;

use crate::prelude::*;
use crate::support::rbac::{ROLES, is_shipped_role, reaches, written_rules};

pub const CONTROL: Control = Control {
    id: "rbac/write-policy-parameters",
    title: "Role may change what an admission policy goes by",
    severity: Medium,
    frameworks: &[nsa("auth/least-privilege"), mitre("T1685"), owasp("K02"), owasp("K04")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

const GROUP: &str = "admissionregistration.k8s.io";

/// An object that a policy reads its parameters from.
struct Parameter {
    group: String,
    /// What it may be called.
    resources: Vec<String>,
    /// Empty where a selector chooses among all of them.
    name: String,
    /// Empty where the parameter stands in the namespace of what is judged, or in none.
    namespace: String,
}

/// The parameters that the policies of the scan go by.
struct Parameters(Vec<Parameter>);

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    let inventory = found.inventory();
    if is_shipped_role(role)
        || !inventory.has(GROUP, "ValidatingAdmissionPolicyBinding")
            && !inventory.has(GROUP, "MutatingAdmissionPolicyBinding")
    {
        return;
    }
    let parameters = inventory.derived(|inventory| Parameters(parameters(inventory)));
    for rule in written_rules(role) {
        let changes = rule.verb("update").or_else(|| rule.verb("patch")).is_some();
        // What is created at the top has no name that the rule could be limited to.
        let creates = rule.verb("create").is_some() && (!rule.is_named() || rule.names().any(str::is_empty));
        for parameter in &parameters.0 {
            let selects = parameter.name.is_empty();
            let takes_in_name =
                !rule.is_named() || selects || rule.names().any(|name| name == parameter.name);
            if (changes && takes_in_name || creates && selects)
                && rule.group(&parameter.group).is_some()
                && let Some((resource, item)) =
                    parameter.resources.iter().find_map(|resource| Some((resource, rule.resource(resource)?)))
                && (parameter.namespace.is_empty() || reaches(role, &parameter.namespace, inventory))
            {
                let parameter =
                    if selects { resource.clone() } else { format!("{resource} {:?}", parameter.name) };
                found.at(&item, format!("may change {parameter}, which an admission policy goes by: leave it to who writes the policies"));
                break;
            }
        }
    }
}

fn parameters(inventory: &Inventory<'_>) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    for (policy, binding) in [
        ("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"),
        ("MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"),
    ] {
        for binding in inventory.of_kind(GROUP, binding) {
            let reference = binding.get("spec.paramRef");
            let policy = inventory.find(GROUP, policy, "", binding.get("spec.policyName").text());
            let (true, Some(policy)) = (reference.exists(), policy) else { continue };
            let group = group_of(policy.get("spec.paramKind.apiVersion").text());
            let kind = policy.get("spec.paramKind.kind").text();
            if kind.is_empty() {
                continue;
            }
            parameters.push(Parameter {
                group: group.to_owned(),
                resources: resources(group, kind, inventory),
                name: reference.get("name").text().to_owned(),
                namespace: reference.get("namespace").text().to_owned(),
            });
        }
    }
    parameters
}

/// What the resource of a kind is called: as its definition says, else by the usual plural, or as the kind
/// where that is a plural already.
fn resources(group: &str, kind: &str, inventory: &Inventory<'_>) -> Vec<String> {
    let defined = inventory
        .referring("apiextensions.k8s.io", "CustomResourceDefinition", "spec.names.kind", kind)
        .into_iter()
        .find(|definition| {
            definition.get("spec.group").is(group) && definition.get("spec.names.kind").is(kind)
        })
        .map(|definition| definition.get("spec.names.plural").text().to_owned())
        .filter(|plural| !plural.is_empty());
    match defined {
        Some(plural) => vec![plural],
        None => {
            let singular = kind.to_ascii_lowercase();
            vec![plural(&singular), singular]
        }
    }
}

fn plural(singular: &str) -> String {
    const VOWELS: [char; 5] = ['a', 'e', 'i', 'o', 'u'];
    match singular.strip_suffix('y') {
        Some(stem) if !stem.ends_with(VOWELS) => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh"].iter().any(|end| singular.ends_with(end)) => format!("{singular}es"),
        _ => format!("{singular}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::plural;

    #[test]
    fn plurals_are_the_usual_ones() {
        for (kind, expected) in [
            ("configmap", "configmaps"),
            ("registrypolicy", "registrypolicies"),
            ("gateway", "gateways"),
            ("ingress", "ingresses"),
            ("box", "boxes"),
            ("branch", "branches"),
        ] {
            assert_eq!(plural(kind), expected);
        }
    }
}
