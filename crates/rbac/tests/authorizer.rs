//! What the authorizer allows, does not, and can't tell.

use plimsoll_rbac::{Attributes, Authorizer, Decision, Target, User};

mod common;

const AGGREGATED: &str = "
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: all-of-it}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: 'yes'}}]}
rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: nested, labels: {part: 'yes'}}
aggregationRule: {clusterRoleSelectors: [{matchExpressions: [{key: deep, operator: Exists}]}, {matchLabels: {part: 'yes'}}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: leaf, labels: {deep: ''}}
rules: [{apiGroups: [''], resources: [secrets], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: other, labels: {part: 'no'}}
rules: [{apiGroups: [''], resources: [nodes], verbs: [get]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: b}
roleRef: {kind: ClusterRole, name: all-of-it}
subjects: [{kind: User, name: jane}]
";

/// A role of one rule, bound to one subject, everywhere.
fn bound(rule: &str, subject: &str) -> String {
    format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: r}}\nrules: [{rule}]\n---\n\
         apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {{name: b}}\n\
         roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r}}\nsubjects: [{subject}]\n"
    )
}

/// The same in the namespace `ns` alone, with a Role.
fn bound_in_ns(rule: &str, subject: &str) -> String {
    bound(rule, subject)
        .replace("Cluster", "")
        .replace("{name: r}\nrules", "{name: r, namespace: ns}\nrules")
        .replace("{name: b}", "{name: b, namespace: ns}")
}

fn says(text: &str, user: &User<'_>, request: &Attributes<'_>) -> &'static str {
    common::with(text, |inventory| match Authorizer::new(inventory).authorize(user, request) {
        Decision::Allow(_) => "yes",
        Decision::NoOpinion(undecided) if undecided.is_empty() => "no",
        Decision::NoOpinion(_) => "unknown",
    })
}

const JANE: &str = "{kind: User, name: jane}";

#[test]
fn a_rule_is_verb_and_group_and_resource_and_name() {
    let jane = User::authenticated("jane", []);
    let pods = |verb| Attributes::resource(verb, "", "pods");
    let exec = Attributes::resource("create", "", "pods/exec");
    for (rule, request, expected) in [
        ("{apiGroups: [''], resources: [pods], verbs: [get]}", pods("get"), "yes"),
        ("{apiGroups: [''], resources: [pods], verbs: [get]}", pods("list"), "no"),
        ("{apiGroups: [''], resources: [pods], verbs: [GET]}", pods("get"), "no"),
        ("{apiGroups: [''], resources: [Pods], verbs: [get]}", pods("get"), "no"),
        ("{apiGroups: [null], resources: [pods], verbs: [get]}", pods("get"), "yes"),
        ("{apiGroups: [apps], resources: [pods], verbs: [get]}", pods("get"), "no"),
        ("{apiGroups: ['*'], resources: ['*'], verbs: ['*']}", pods("get"), "yes"),
        ("{resources: [pods], verbs: [get]}", pods("get"), "no"),
        ("{apiGroups: [''], resources: [pods], verbs: ['*']}", exec, "no"),
        ("{apiGroups: [''], resources: ['*'], verbs: ['*']}", exec, "yes"),
        ("{apiGroups: [''], resources: ['pods/*'], verbs: ['*']}", exec, "no"),
        ("{apiGroups: [''], resources: ['*/exec'], verbs: ['*']}", exec, "yes"),
        ("{apiGroups: [''], resources: ['*/xec'], verbs: ['*']}", exec, "no"),
        ("{apiGroups: [''], resources: ['pods/exec'], verbs: ['*']}", exec, "yes"),
        ("{apiGroups: [''], resources: ['pods/exec'], verbs: ['*']}", pods("create"), "no"),
        (
            "{apiGroups: [''], resources: [pods], verbs: [get], resourceNames: [a]}",
            pods("get").named("a"),
            "yes",
        ),
        (
            "{apiGroups: [''], resources: [pods], verbs: [get], resourceNames: ['*']}",
            pods("get").named("a"),
            "no",
        ),
        ("{apiGroups: [''], resources: [pods], verbs: [list], resourceNames: [a]}", pods("list"), "no"),
        (
            "{apiGroups: [''], resources: [pods], verbs: [get], resourceNames: []}",
            pods("get").named("a"),
            "yes",
        ),
    ] {
        assert_eq!(says(&bound(rule, JANE), &jane, &request), expected, "{rule} {request:?}");
    }
}

#[test]
fn paths_are_exact_or_begin_as_a_rule_says() {
    let jane = User::authenticated("jane", []);
    for (rule, path, expected) in [
        ("/healthz", "/healthz", "yes"),
        ("/healthz", "/healthz/etcd", "no"),
        ("/healthz/*", "/healthz/etcd", "yes"),
        ("/healthz/*", "/healthz", "no"),
        ("/healthz*", "/healthz", "yes"),
        ("*", "/anything", "yes"),
        ("/*/etcd", "/healthz/etcd", "no"),
    ] {
        let request = Attributes { verb: "get", target: Target::Path(path) };
        let rule = format!("{{nonResourceURLs: ['{rule}'], verbs: [get]}}");
        assert_eq!(says(&bound(&rule, JANE), &jane, &request), expected, "{rule} {path}");
        assert_eq!(says(&bound_in_ns(&rule, JANE), &jane, &request), "no", "a Role grants no path");
    }
}

#[test]
fn a_role_binding_grants_in_its_namespace_alone() {
    let jane = User::authenticated("jane", []);
    let text = bound_in_ns("{apiGroups: [''], resources: [pods], verbs: [list]}", JANE);
    let pods = Attributes::resource("list", "", "pods");
    assert_eq!(says(&text, &jane, &pods.within("ns")), "yes");
    assert_eq!(says(&text, &jane, &pods.within("m")), "no");
    assert_eq!(says(&text, &jane, &pods), "no", "for all namespaces");
    let to_cluster_role = text.replace("kind: Role,", "kind: ClusterRole,");
    assert_eq!(says(&to_cluster_role, &jane, &pods.within("ns")), "unknown", "another role of that name");
}

#[test]
fn subjects_are_exact() {
    let rule = "{apiGroups: [''], resources: [pods], verbs: [list]}";
    let pods = Attributes::resource("list", "", "pods").within("ns");
    let account = User::service_account("ns", "a");
    for (subject, user, cluster, namespaced) in [
        (JANE, User::authenticated("jane", []), "yes", "yes"),
        (JANE, User::authenticated("Jane", []), "no", "no"),
        ("{kind: user, name: jane}", User::authenticated("jane", []), "no", "no"),
        ("{kind: Group, name: devs}", User::authenticated("jane", ["devs"]), "yes", "yes"),
        ("{kind: Group, name: devs}", User::authenticated("devs", []), "no", "no"),
        ("{kind: Group, name: 'system:authenticated'}", account.clone(), "yes", "yes"),
        ("{kind: Group, name: 'system:authenticated'}", User::account_of_pod("ns", "a"), "no", "no"),
        ("{kind: Group, name: 'system:unauthenticated'}", User::anonymous(), "yes", "yes"),
        ("{kind: Group, name: 'system:nodes'}", User::node("x"), "yes", "yes"),
        ("{kind: Group, name: 'system:serviceaccounts:ns'}", account.clone(), "yes", "yes"),
        ("{kind: Group, name: 'system:serviceaccounts:m'}", account.clone(), "no", "no"),
        ("{kind: User, name: 'system:serviceaccount:ns:a'}", account.clone(), "yes", "yes"),
        ("{kind: ServiceAccount, name: a, namespace: ns}", account.clone(), "yes", "yes"),
        ("{kind: ServiceAccount, name: a, namespace: m}", account.clone(), "no", "no"),
        ("{kind: ServiceAccount, name: a}", account.clone(), "no", "yes"),
    ] {
        assert_eq!(says(&bound(rule, subject), &user, &pods), cluster, "{subject} {user:?}");
        assert_eq!(says(&bound_in_ns(rule, subject), &user, &pods), namespaced, "{subject} {user:?}");
    }
    let masters = User::authenticated("x", ["system:masters"]);
    assert_eq!(says("{}", &masters, &pods), "yes");
    let alpha = bound(rule, "{kind: User, name: '*'}");
    assert_eq!(says(&alpha, &account, &pods), "no");
    assert_eq!(says(&alpha.replace("k8s.io/v1", "k8s.io/v1alpha1"), &account, &pods), "yes");
}

#[test]
fn aggregated_roles_are_the_union_of_what_they_select() {
    let jane = User::authenticated("jane", []);
    let get = |resource| Attributes::resource("get", "", resource);
    assert_eq!(says(AGGREGATED, &jane, &get("secrets")), "yes", "through a role that is aggregated itself");
    assert_eq!(says(AGGREGATED, &jane, &get("nodes")), "no");
    assert_eq!(says(AGGREGATED, &jane, &get("pods")), "no", "its own rules are overwritten");
    let broken = AGGREGATED.replace("operator: Exists", "operator: Is");
    assert_eq!(says(&broken, &jane, &get("secrets")), "unknown");
}

#[test]
fn what_was_not_read_is_not_a_no() {
    let jane = User::authenticated("jane", []);
    let text = bound("{}", JANE);
    let to = |name: &str| text.replace("ClusterRole, name: r", &format!("ClusterRole, name: {name}"));
    let (used, read) = (Attributes::resource("use", "policy", "x"), Attributes::resource("get", "", "x"));
    assert_eq!(says(&to("r"), &jane, &read), "no");
    assert_eq!(says(&to("gone"), &jane, &read), "unknown");
    assert_eq!(says(&to("gone"), &User::authenticated("joe", []), &read), "no", "it isn't bound to them");
    assert_eq!(says(&to("cluster-admin"), &jane, &used), "yes", "every cluster has it");
    assert_eq!(says(&to("edit"), &jane, &read), "unknown");
    assert_eq!(says(&to("edit"), &jane, &used), "no", "no release has that verb there");
    let adds = |to: &str| {
        format!(
            "{}---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: plus, labels: \
             {{rbac.authorization.k8s.io/aggregate-to-{to}: 'true'}}}}\nrules: [{{apiGroups: [policy], resources: \
             [x], verbs: [use]}}]\n",
            self::bound("{}", JANE).replace("ClusterRole, name: r", "ClusterRole, name: edit")
        )
    };
    assert_eq!(says(&adds("view"), &jane, &used), "yes");
    assert_eq!(says(&adds("edit"), &jane, &used), "yes");
    assert_eq!(says(&adds("admin"), &jane, &used), "no");
    let role_for_all = text.replace("kind: ClusterRole, name: r", "kind: Role, name: r");
    assert_eq!(says(&role_for_all, &jane, &read), "no", "the API server follows no such reference");
    for (rule, expected) in [
        ("{apiGroups: [''], resources: [x], verbs: get}", "unknown"),
        ("{apiGroups: [''], resources: [x], verbs: [1]}", "unknown"),
        ("text", "unknown"),
        ("null", "no"),
        ("text, {apiGroups: [''], resources: [x], verbs: [get]}", "yes"),
    ] {
        assert_eq!(says(&bound(rule, JANE), &jane, &read), expected, "{rule}");
    }
    let rule = "{apiGroups: [''], resources: [x], verbs: [get]}";
    assert_eq!(says(&bound(rule, "{kind: User, name: [jane]}"), &jane, &read), "unknown");
    assert_eq!(
        says(&bound("{}", "{kind: User, name: [jane]}"), &jane, &read),
        "no",
        "it grants nobody anything"
    );
}

#[test]
fn what_nobody_can_tell_is_found_where_it_grants() {
    let text = bound_in_ns("{}", JANE).replace("kind: Role, name: r}", "kind: Role, name: gone}");
    common::with(&text, |inventory| {
        let authorizer = Authorizer::new(inventory);
        let all = Attributes::resource("list", "", "pods");
        assert_eq!(authorizer.undecided(&all).count(), 0);
        assert_eq!(authorizer.undecided(&all.within("ns")).count(), 1);
        let told: Vec<_> = authorizer.undecided_somewhere(&all).map(|one| one.to_string()).collect();
        assert_eq!(told, ["RoleBinding \"b/ns\" of Role \"gone\": the role is not among what was read"]);
    });
}

#[test]
fn it_says_who_may() {
    let rule = "{apiGroups: [''], resources: [pods], verbs: [list]}";
    let subjects = "{kind: User, name: jane}, {kind: ServiceAccount, name: a}, {kind: Group, name: devs}";
    let text = format!("{}---\n{}", bound(rule, subjects), bound_in_ns(rule, subjects));
    common::with(&text, |inventory| {
        let authorizer = Authorizer::new(inventory);
        let all = Attributes::resource("list", "", "pods");
        let who = |request: &Attributes<'_>| -> Vec<String> {
            authorizer.who_may(request).map(|grant| grant.to_string()).collect()
        };
        assert_eq!(
            who(&all),
            [
                "ClusterRoleBinding \"b\" of ClusterRole \"r\" to User \"jane\"",
                "ClusterRoleBinding \"b\" of ClusterRole \"r\" to Group \"devs\"",
            ],
        );
        assert_eq!(who(&all.within("ns")).len(), 5);
        assert_eq!(
            who(&all.within("ns"))[3],
            "RoleBinding \"b/ns\" of Role \"r\" to ServiceAccount \"a/ns\""
        );
        assert_eq!(authorizer.undecided(&all).count(), 0);
        assert_eq!(authorizer.who_may_somewhere(&all).count(), 5, "the role binding too, in its namespace");
    });
}
