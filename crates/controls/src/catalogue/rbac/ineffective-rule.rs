//! A rule that the authorizer can never match leaves people believing in it.
//!
//! ## What it checks
//! Rules of Roles and ClusterRoles that match no request: a resource such as `pods/*` (only `*` and
//! `*/exec` are patterns); upper case in a verb of the API server or in a resource; an API group with
//! a version (`apps/v1`), or `core` or `v1` for the core group, whose name is empty; `create` alone
//! with `resourceNames`, since what is created has no name yet; in a Role, the built-in resources that
//! stand outside namespaces (but for `bind` on ClusterRoles), `create`, `list`, `watch` and
//! `deletecollection` alone on namespaces, and `nonResourceURLs`, with which the API server refuses the
//! Role.
//!
//! ## Why it matters
//! Somebody adds the wider rule that does work, and the one that doesn't stays for a review to misread.
//!
//! ## How to fix
//! Write what is meant: subresources one by one, `""` for the core group, a ClusterRole for what stands
//! outside namespaces.
//!
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: mistaken
//! rules:
//! - apiGroups: [""]
//!   resources:
//!   - pods/* # <- here
//!   - Pods # <- here
//!   verbs: ["get"]
//! - apiGroups: ["apps/v1"] # <- here
//!   resources: ["deployments"]
//!   verbs: ["get"]
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   resourceNames: ["settings"] # <- here
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   verbs: ["List"] # <- here
//! ```
//! ```yaml bad
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: mistaken
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources:
//!   - pods
//!   - nodes # <- here
//!   verbs: ["get"]
//! - apiGroups: [""]
//!   resources: ["namespaces"] # <- here
//!   verbs: ["list", "watch"]
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterroles"] # <- here
//!   verbs: ["get"]
//! - apiGroups: ["authentication.k8s.io"]
//!   resources:
//!   - tokenreviews # <- here
//!   - userextras/scopes # <- here
//!   verbs: ["create", "impersonate"]
//! - nonResourceURLs: ["/metrics"] # <- here
//!   verbs: ["get"]
//! ```
//! ```yaml good
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: exact
//! rules:
//! - apiGroups: [""]
//!   resources: ["pods", "pods/log", "*/scale"]
//!   verbs: ["get"]
//! - nonResourceURLs: ["/metrics/*"]
//!   verbs: ["get"]
//! ```
//! ```yaml near-miss
//! # A namespace is in itself; ClusterRoles can be bound in a namespace; a name that is there already.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: Role
//! metadata:
//!   name: exact
//!   namespace: shop
//! rules:
//! - apiGroups: [""]
//!   resources: ["namespaces"]
//!   verbs: ["get", "list"]
//! - apiGroups: ["rbac.authorization.k8s.io"]
//!   resources: ["clusterroles"]
//!   verbs: ["bind"]
//! - apiGroups: [""]
//!   resources: ["serviceaccounts/token"]
//!   resourceNames: ["web"]
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["configmaps"]
//!   resourceNames: ["settings"]
//!   verbs: ["create", "update"]
//! - apiGroups: ["example.com"]
//!   resources: ["nodes"]
//!   verbs: ["get"]
//! ```
//! ```yaml near-miss
//! # A verb of another program, which asks the API server about it as it is spelt.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: pipelines
//! rules:
//! - apiGroups: ["pipelines.example.com"]
//!   resources: ["runs"]
//!   verbs: ["reportMetrics"]
//! ```

use crate::prelude::*;
use crate::support::rbac::{ROLES, is_misspelt, is_shipped_role, written_rules};

pub const CONTROL: Control = Control {
    id: "rbac/ineffective-rule",
    title: "Rule grants nothing",
    severity: Low,
    frameworks: &[nsa("auth/least-privilege"), owasp("K02")],
    aliases: &[],
    profiles: &[Recommended],
    fix: None,
    check: Check::Object(ROLES, check),
};

fn check<'d>(role: &Object<'d>, found: &mut Findings<'_, 'd>) {
    if is_shipped_role(role) {
        return;
    }
    for rule in written_rules(role) {
        let field = rule.field();
        for verb in field.get("verbs").items().filter(|verb| is_misspelt(verb.text())) {
            found.at(&verb, format!("no request has the verb {:?}: write it in lower case", verb.text()));
        }
        for group in field.get("apiGroups").items() {
            let text = group.text();
            if text.contains('/') {
                found.at(&group, format!("no API group is called {text:?}: leave the version out"));
            } else if matches!(text, "core" | "v1") {
                found.at(&group, format!("no API group is called {text:?}: the core group is \"\""));
            }
        }
        for resource in field.get("resources").items() {
            let text = resource.text();
            let name = text.split_once('/').map_or(text, |(name, _)| name);
            if text.ends_with("/*") {
                found.at(
                    &resource,
                    format!("{text:?} is no pattern and matches nothing: name the subresources"),
                );
            } else if has_upper_case(name) {
                found.at(&resource, format!("no resource is called {text:?}: write it in lower case"));
            } else if role.kind() == "Role"
                && rule.verbs().next().is_some()
                && rule.verbs().all(|verb| rule.is_outside_namespaces(verb, text))
            {
                let message = if name == "namespaces" {
                    let verbs = rule.verbs().collect::<Vec<_>>().join(", ");
                    format!("{verbs} on namespaces is asked for in none of them: a Role can't grant it")
                } else {
                    format!("{text} stand outside namespaces: a Role can't grant them")
                };
                found.at(&resource, message);
            }
        }
        let names = field.get("resourceNames");
        let creates_alone =
            field.get("verbs").items().all(|verb| verb.is("create")) && !field.get("verbs").is_empty();
        let is_top = field.get("resources").strings().all(|resource| !resource.contains(['/', '*']));
        if rule.is_named() && creates_alone && is_top && !rule.names().any(str::is_empty) {
            found.at(&names, "what is created has no name yet: create with resourceNames grants nothing");
        }
        let urls = field.get("nonResourceURLs");
        if role.kind() == "Role" && !urls.is_empty() {
            found.at(&urls, "URLs stand outside namespaces: the API server refuses them in a Role");
        }
    }
}

fn has_upper_case(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_uppercase())
}
