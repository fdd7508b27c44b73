//! A rule that the authorizer can never match leaves people believing in it.
//!
//! ## What it checks
//! Rules of Roles and ClusterRoles that match no request: a resource such as `pods/*` (only `*` and
//! `*/exec` are patterns); upper case in a verb of the API server or in a resource; an API group with
//! a version (`apps/v1`), or `core` or `v1` for the core group, whose name is empty; `create` alone
//! with `resourceNames`, since what is created has no name yet; in a Role, the built-in resources that
//! stand outside namespaces (but for `bind` on ClusterRoles), `create`, `list`, `watch` and
//! `deletecollection` alone on namespaces. And rules with which the API server refuses the whole role: without a
//! verb, without an API group or a resource, with resources and `nonResourceURLs` in one, and in a Role with
//! `nonResourceURLs` at all.
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
//! ```yaml bad
//! # Each of these the API server refuses.
//! apiVersion: rbac.authorization.k8s.io/v1
//! kind: ClusterRole
//! metadata:
//!   name: mistaken
//! rules:
//! - resources: ["secrets"] # <- here
//!   verbs: ["get"]
//! - apiGroups: [] # <- here
//!   resources: ["secrets"]
//!   verbs: ["get"]
//! - apiGroups: [""] # <- here
//!   verbs: ["get"]
//! - apiGroups: [""]
//!   resources: ["secrets"]
//!   verbs: [] # <- here
//! - apiGroups: [""]
//!   resources: ["nodes/metrics"]
//!   nonResourceURLs: ["/metrics"] # <- here
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
//! # Server-side apply of an object that isn't there asks for both, by the name.
//! - apiGroups: [""]
//!   resources: ["secrets"]
//!   resourceNames: ["token"]
//!   verbs: ["create"]
//! - apiGroups: [""]
//!   resources: ["secrets"]
//!   resourceNames: ["token"]
//!   verbs: ["patch"]
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
use crate::support::rbac::{ROLES, Rule, is_misspelt, is_shipped_role, written_rules};

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
    let rules: Vec<_> = written_rules(role).collect();
    for rule in &rules {
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
        if creates_nothing(rule, &rules) {
            let names = field.get("resourceNames");
            found.at(&names, "what is created has no name yet: create with resourceNames grants nothing");
        }
        refused(role, &field, found);
    }
}

/// Whether all that a rule grants is to create what has no name yet that the authorizer could see. Where another
/// rule lets the same be changed, server-side apply asks for both by the name.
fn creates_nothing(rule: &Rule<'_>, all: &[Rule<'_>]) -> bool {
    let is_top = rule.resources().all(|resource| !resource.contains(['/', '*']));
    let groups = rule.field().get("apiGroups");
    let changes = |other: &Rule<'_>| {
        ["patch", "update"].iter().any(|verb| other.verb(verb).is_some())
            && groups.strings().all(|group| other.group(group).is_some())
            && rule.resources().all(|resource| other.resource(resource).is_some())
            && (!other.is_named() || rule.names().all(|name| other.names().any(|known| known == name)))
    };
    rule.is_named()
        && rule.verbs().next().is_some()
        && rule.verbs().all(|verb| verb == "create")
        && is_top
        && !rule.names().any(str::is_empty)
        && !all.iter().any(changes)
}

/// What the API server refuses a role for. That `verbs` may not be absent, its type says.
fn refused<'d>(role: &Object<'d>, rule: &Field<'d>, found: &mut Findings<'_, 'd>) {
    let [verbs, urls, groups, resources, names] =
        ["verbs", "nonResourceURLs", "apiGroups", "resources", "resourceNames"].map(|list| rule.get(list));
    if verbs.exists() && verbs.is_empty() {
        found.at(&verbs, "the rule has no verb: the API server refuses the role");
    }
    if !urls.is_empty() {
        if role.kind() == "Role" {
            found.at(&urls, "URLs stand outside namespaces: the API server refuses them in a Role");
        } else if [groups, resources, names].iter().any(|list| !list.is_empty()) {
            found
                .at(&urls, "resources and URLs in one rule: the API server refuses the role, make two of it");
        }
    } else if groups.is_empty() {
        found.at(
            &groups,
            "the rule has no API group: the API server refuses the role, write \"\" for the core group",
        );
    } else if resources.is_empty() {
        found.at(&resources, "the rule has no resource: the API server refuses the role");
    }
}

fn has_upper_case(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_uppercase())
}
