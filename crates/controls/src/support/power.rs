//! How much a set of rules gives away.

use plimsoll_kubernetes::Inventory;

use super::rbac::{Binding, Extent, GROUP, Resource, Rule, Scope, is_misspelt, is_user_facing};

/// Whether rules amount to cluster-admin, or to all that matters of it: everything, everything of
/// the core group (which has impersonation and secrets), or everything of RBAC itself (which has
/// `escalate` and `bind`).
pub(crate) fn is_admin(rules: &[Rule<'_>]) -> bool {
    rules.iter().any(|rule| rule.grants_all_of("") || rule.grants_all_of(GROUP))
}

/// Whether a binding gives all there is to give where it counts: to the whole cluster, or to its
/// namespace. Of a role that wasn't read, only `cluster-admin` is known.
pub(crate) fn admin_binding<'d>(binding: &Binding<'d>, inventory: &Inventory<'d>) -> bool {
    if binding.refers_to_cluster_role("cluster-admin") {
        return true;
    }
    let Some(rules) = binding.rules(inventory) else { return false };
    if binding.is_cluster_wide() {
        is_admin(&rules)
    } else {
        rules.iter().any(|rule| rule.grants_all_of("") && rule.takes_every_group())
    }
}

/// Grants by which an account becomes another one, or reads what it lives on.
const TAKEOVER: &[(&[&str], Resource)] = &[
    (&["create", "update", "patch"], Resource::namespaced("", "pods")),
    (&["create", "update", "patch"], Resource::namespaced("", "replicationcontrollers")),
    (&["create", "update", "patch"], Resource::namespaced("apps", "deployments")),
    (&["create", "update", "patch"], Resource::namespaced("apps", "daemonsets")),
    (&["create", "update", "patch"], Resource::namespaced("apps", "statefulsets")),
    (&["create", "update", "patch"], Resource::namespaced("apps", "replicasets")),
    (&["create", "update", "patch"], Resource::namespaced("batch", "jobs")),
    (&["create", "update", "patch"], Resource::namespaced("batch", "cronjobs")),
    (&["get", "create"], Resource::namespaced("", "pods/exec")),
    (&["get", "create"], Resource::namespaced("", "pods/attach")),
    (&["update", "patch"], Resource::namespaced("", "pods/ephemeralcontainers")),
    (&["get", "list", "watch"], Resource::namespaced("", "secrets")),
    (&["create"], Resource::namespaced("", "serviceaccounts/token")),
    (&["get", "create"], Resource::cluster("", "nodes/proxy")),
    (&["impersonate"], Resource::cluster("", "users")),
    (&["impersonate"], Resource::cluster("", "groups")),
    (&["impersonate"], Resource::namespaced("", "serviceaccounts")),
    (&["bind", "escalate"], Resource::namespaced(GROUP, "roles")),
    // ClusterRoles are written outside namespaces, and bound within them too.
    (&["escalate"], Resource::cluster(GROUP, "clusterroles")),
    (&["bind"], Resource::namespaced(GROUP, "clusterroles")),
];

/// What of a takeover the rules grant over objects of every name, as `get pods/exec`.
/// `cluster_wide` says whether a ClusterRoleBinding grants them.
pub(crate) fn takeover(rules: &[Rule<'_>], cluster_wide: bool) -> Option<String> {
    TAKEOVER.iter().find_map(|(verbs, resource)| {
        if !cluster_wide && resource.scope == Scope::Cluster {
            return None;
        }
        // Most rules are about other resources.
        let of_resource: Vec<_> = rules
            .iter()
            .filter(|rule| rule.resource(resource.name).is_some() && rule.group(resource.group).is_some())
            .collect();
        let grants = |verb: &&&str| {
            let has_verb = of_resource.iter().filter(|rule| rule.verb(verb).is_some());
            has_verb.map(|rule| rule.extent(verb, resource)).any(|extent| extent == Some(Extent::All))
        };
        verbs.iter().find(grants).map(|verb| format!("{verb} {}", resource.name))
    })
}

/// What a crowd (all users, all service accounts) should have no verb on.
const SENSITIVE: &[Resource] = &[
    Resource::namespaced("", "secrets"),
    Resource::namespaced("", "pods"),
    Resource::namespaced("", "pods/exec"),
    Resource::namespaced("", "pods/attach"),
    Resource::namespaced("", "pods/portforward"),
    Resource::namespaced("", "pods/proxy"),
    Resource::namespaced("", "pods/log"),
    Resource::cluster("", "nodes"),
    Resource::cluster("", "nodes/proxy"),
    Resource::namespaced("apps", "deployments"),
    Resource::namespaced("apps", "statefulsets"),
    Resource::namespaced("apps", "daemonsets"),
    Resource::namespaced("apps", "replicasets"),
    Resource::namespaced("", "replicationcontrollers"),
    Resource::namespaced("batch", "jobs"),
    Resource::namespaced("batch", "cronjobs"),
];

/// Groups whose `create` asks a question and changes nothing.
const REVIEWS: &[&str] = &["authentication.k8s.io", "authorization.k8s.io"];

/// What a rule gives that is too much for a crowd: any verb on what is sensitive, be it one object of a name,
/// and any verb at all that changes something. As `get secrets`. `cluster_wide` says whether
/// a ClusterRoleBinding grants it.
fn excessive(rule: &Rule<'_>, cluster_wide: bool) -> Option<String> {
    let field = rule.field();
    let only_asks = field.get("apiGroups").strings().all(|group| REVIEWS.contains(&group));
    field.get("apiGroups").items().next()?;
    let verbs = || rule.verbs().filter(|verb| !verb.is_empty() && !is_misspelt(verb));
    let sensitive = SENSITIVE.iter().find_map(|resource| {
        if !cluster_wide && resource.scope == Scope::Cluster {
            return None;
        }
        let verb = verbs().find(|verb| rule.grants(verb, resource).is_some())?;
        Some(format!("{verb} {}", resource.name))
    });
    if sensitive.is_some() {
        return sensitive;
    }
    let changes =
        |verb: &str| !matches!(verb, "get" | "list" | "watch" | "use") && (verb != "create" || !only_asks);
    rule.resources().find_map(|resource| {
        // What is created at the top has no name that the rule could be limited to.
        let has_no_name = |verb: &str| verb == "create" && !resource.contains('/');
        let is_granted = |verb: &str| {
            !(has_no_name(verb) && rule.is_named() && !rule.names().any(str::is_empty))
                && (cluster_wide || !rule.is_outside_namespaces(verb, resource))
        };
        let verb = verbs().find(|verb| changes(verb) && is_granted(verb))?;
        Some(format!("{verb} {resource}"))
    })
}

/// What a binding gives that is too much for a crowd. Of roles that weren't read, only those that
/// Kubernetes ships for people are known.
pub(crate) fn excess<'d>(binding: &Binding<'d>, inventory: &Inventory<'d>) -> Option<String> {
    let role = binding.role_name().text();
    if binding.role_kind() == "ClusterRole" && is_user_facing(role) {
        return Some(format!("do all that {role} may"));
    }
    let cluster_wide = binding.is_cluster_wide();
    binding.rules(inventory)?.iter().find_map(|rule| excessive(rule, cluster_wide))
}
