use std::sync::Arc;

use plimsoll_doc::{Document, Limits, SourceFile, parse};
use plimsoll_kubernetes::{Field, Inventory, objects};

use super::*;

const PODS: Resource = Resource::namespaced("", "pods");
const EXEC: Resource = Resource::namespaced("", "pods/exec");
const TOKEN: Resource = Resource::namespaced("", "serviceaccounts/token");

fn read(text: &str) -> Vec<Document> {
    let file = Arc::new(SourceFile::new("roles.yaml", text.as_bytes().to_vec()));
    parse(&file, &Limits::default()).into_iter().map(|entry| entry.expect("it parses")).collect()
}

fn inventory(documents: &[Document]) -> Inventory<'_> {
    let mut found = Vec::new();
    for document in documents {
        objects(document.root(), |object| found.push(object.expect("an object")));
    }
    Inventory::new(found, "default")
}

/// How far a rule grants a verb on a resource.
fn grants(rule: &str, verb: &str, resource: &Resource) -> Option<Extent> {
    let documents = read(rule);
    Rule::new(Field::new(documents[0].root())).grants(verb, resource)
}

#[test]
fn a_rule_needs_verb_and_group_and_resource() {
    let all = Some(Extent::All);
    for (rule, expected) in [
        (r#"{verbs: [get], apiGroups: [""], resources: [pods]}"#, all),
        (r#"{verbs: ["*"], apiGroups: ["*"], resources: ["*"]}"#, all),
        ("{verbs: [get], apiGroups: [null], resources: [pods]}", all),
        (r#"{verbs: [GET], apiGroups: [""], resources: [pods]}"#, None),
        (r#"{verbs: [get], apiGroups: [core], resources: [pods]}"#, None),
        (r#"{verbs: [get], apiGroups: [], resources: [pods]}"#, None),
        (r#"{verbs: [get], resources: [pods]}"#, None),
        (r#"{verbs: [get], apiGroups: [""], resources: [pod]}"#, None),
        (r#"{verbs: [get], apiGroups: [""], resources: [pods/exec, "pods/*", "*/*"]}"#, None),
        (r#"{verbs: get, apiGroups: [""], resources: [pods]}"#, None),
        (r#"{verbs: [{get: 1}, 7], apiGroups: [""], resources: [pods]}"#, None),
    ] {
        assert_eq!(grants(rule, "get", &PODS), expected, "{rule}");
    }
}

#[test]
fn subresources_are_named_or_taken_from_every_resource() {
    for (resources, expected) in [
        ("[pods/exec]", true),
        (r#"["*/exec"]"#, true),
        (r#"["*"]"#, true),
        ("[pods]", false),
        (r#"["pods/*"]"#, false),
        (r#"["*/ex"]"#, false),
        (r#"["*/attach"]"#, false),
        ("[exec]", false),
    ] {
        let rule = format!(r#"{{verbs: [create], apiGroups: [""], resources: {resources}}}"#);
        assert_eq!(grants(&rule, "create", &EXEC).is_some(), expected, "{resources}");
    }
}

#[test]
fn names_limit_all_but_what_has_none() {
    let named = |names: &str, verb, resource| {
        let rule = format!(r#"{{verbs: ["*"], apiGroups: [""], resources: ["*"], resourceNames: {names}}}"#);
        grants(&rule, verb, resource)
    };
    assert_eq!(named("[web]", "get", &PODS), Some(Extent::Named));
    assert_eq!(named("[web]", "list", &PODS), Some(Extent::Named), "with a field selector");
    assert_eq!(named("[web]", "create", &PODS), None, "it has no name yet");
    assert_eq!(named("[web]", "create", &TOKEN), Some(Extent::Named), "its account has one");
    assert_eq!(named("[]", "create", &PODS), Some(Extent::All));
    assert_eq!(named("null", "get", &PODS), Some(Extent::All));
    assert_eq!(named(r#"["", web]"#, "list", &PODS), Some(Extent::All), "no name is the empty name");
    assert_eq!(named(r#"["", web]"#, "get", &PODS), Some(Extent::Named));
    assert_eq!(named(r#"[""]"#, "get", &PODS), None, "every pod has a name");
    assert_eq!(named(r#"[""]"#, "create", &TOKEN), None, "so has every account");
}

#[test]
fn a_role_reaches_no_further_than_its_namespace() {
    let documents = read("apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: a}\n");
    let inventory = inventory(&documents);
    let role = inventory.objects()[0];
    let namespaces = Resource { group: "", name: "namespaces", scope: Scope::Namespace };
    assert!(PODS.is_grantable_by(&role, "list"));
    assert!(!Resource::cluster("", "nodes").is_grantable_by(&role, "get"));
    assert!(namespaces.is_grantable_by(&role, "patch"), "a request for a namespace is made in it");
    assert!(!namespaces.is_grantable_by(&role, "create"));
}

const AGGREGATED: &str = r#"
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: all, labels: {part: "yes"}}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: "yes"}}]}
rules: [{verbs: [own], apiGroups: [""], resources: [pods]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: part, labels: {part: "yes"}}
rules: [{verbs: [direct], apiGroups: [""], resources: [pods]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: through, labels: {part: "yes"}}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {deep: "yes"}}, {matchLabels: {part: "yes"}}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: deep, labels: {deep: "yes"}}
rules: [{verbs: [indirect], apiGroups: [""], resources: [pods]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: other, labels: {part: "no"}}
rules: [{verbs: [never], apiGroups: [""], resources: [pods]}]
"#;

#[test]
fn aggregation_takes_the_rules_of_others_and_not_its_own() {
    let documents = read(AGGREGATED);
    let inventory = inventory(&documents);
    let role = inventory.find(GROUP, "ClusterRole", "", "all").expect("the role");
    let rules = effective_rules(role, &inventory);
    let has = |verb| rules.iter().any(|rule| rule.grants(verb, &PODS).is_some());
    assert!(has("direct") && has("indirect"));
    assert!(!has("own"), "the controller overwrites it");
    assert!(!has("never"));
    assert_eq!(rules.len(), 2, "each role once, in spite of the circle");
}

#[test]
fn only_label_and_prefix_together_are_shipped() {
    for (kind, name, label, expected) in [
        ("ClusterRole", "view", "", true),
        ("Role", "view", "", false),
        ("ClusterRole", "system:node", "rbac-defaults", true),
        ("Role", "system:controller:token-cleaner", "rbac-defaults", true),
        ("ClusterRole", "system:mine", "", false),
        ("ClusterRole", "mine", "rbac-defaults", false),
    ] {
        let documents = read(&format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: {name:?}, labels: {{kubernetes.io/bootstrapping: {label:?}}}}}\n"
        ));
        let inventory = inventory(&documents);
        assert_eq!(is_shipped_role(&inventory.objects()[0]), expected, "{kind} {name}");
    }
}

fn identities(kind: &str, subjects: &str) -> Vec<Option<(String, bool)>> {
    let documents = read(&format!(
        "apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: a, namespace: shop}}\nsubjects: {subjects}\n"
    ));
    let inventory = inventory(&documents);
    let binding = Binding::new(&inventory.objects()[0], &inventory).expect("a binding");
    binding
        .subjects()
        .map(|subject| {
            let identity = subject.identity()?;
            let held: Held<'_, ()> = std::iter::once((identity, ())).collect();
            Some((format!("{identity:?}"), held.by("shop", "web").is_some()))
        })
        .collect()
}

#[test]
fn subjects_match_by_kind_and_exact_name() {
    let includes = |kind, subject: &str| {
        identities(kind, &format!("[{subject}]")).remove(0).map(|(_, includes)| includes)
    };
    for (kind, subject, expected) in [
        ("RoleBinding", "{kind: ServiceAccount, name: web}", Some(true)),
        ("ClusterRoleBinding", "{kind: ServiceAccount, name: web}", None),
        ("ClusterRoleBinding", "{kind: ServiceAccount, name: web, namespace: shop}", Some(true)),
        ("RoleBinding", "{kind: ServiceAccount, name: web, namespace: tools}", Some(false)),
        ("RoleBinding", "{kind: User, name: 'system:serviceaccount:shop:web'}", Some(true)),
        ("RoleBinding", "{kind: User, name: 'system:serviceaccount:tools:web'}", Some(false)),
        ("RoleBinding", "{kind: Group, name: 'system:serviceaccounts:shop'}", Some(true)),
        ("RoleBinding", "{kind: Group, name: 'system:serviceaccounts:sh'}", Some(false)),
        ("RoleBinding", "{kind: Group, name: 'system:serviceaccounts'}", Some(true)),
        ("RoleBinding", "{kind: Group, name: 'system:authenticated'}", Some(true)),
        ("RoleBinding", "{kind: User, name: 'system:authenticated'}", Some(false)),
        ("RoleBinding", "{kind: Group, name: '*'}", Some(false)),
        ("RoleBinding", "{kind: serviceaccount, name: web}", None),
        ("RoleBinding", "{kind: User}", None),
    ] {
        assert_eq!(includes(kind, subject), expected, "{kind} {subject}");
    }
}

#[test]
fn a_binding_finds_its_role_by_kind_and_namespace() {
    let roles = r#"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: same, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: same}
---
"#;
    for (kind, namespace, role, expected) in [
        ("RoleBinding", "shop", "Role", Some("Role")),
        ("RoleBinding", "shop", "ClusterRole", Some("ClusterRole")),
        ("RoleBinding", "tools", "Role", None),
        ("ClusterRoleBinding", "shop", "Role", None),
        ("ClusterRoleBinding", "shop", "ClusterRole", Some("ClusterRole")),
    ] {
        let documents = read(&format!(
            "{roles}apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: b, namespace: {namespace}}}\nroleRef: {{kind: {role}, name: same}}\n"
        ));
        let inventory = inventory(&documents);
        let binding = Binding::all(&inventory).next().expect("a binding");
        assert_eq!(binding.role(&inventory).map(|role| role.kind()), expected, "{kind} {role}");
    }
}

#[test]
fn of_two_roles_of_one_name_either_may_be_in_force() {
    let role = |verb| {
        format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: same}}\nrules: [{{verbs: [{verb}], apiGroups: [''], resources: [pods]}}]\n---\n"
        )
    };
    let documents = read(&format!(
        "{}{}apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {{name: b}}\nroleRef: {{kind: ClusterRole, name: same}}\n",
        role("get"),
        role("list")
    ));
    let inventory = inventory(&documents);
    let binding = Binding::all(&inventory).next().expect("a binding");
    let rules = binding.rules(&inventory).expect("the role");
    let has = |verb| rules.iter().any(|rule| rule.grants(verb, &PODS).is_some());
    assert!(has("get") && has("list"));
}
