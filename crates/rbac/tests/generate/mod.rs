//! Roles, bindings and requests from a seed: few words, so that they meet often.

use plimsoll_test_support::Random;
use serde_json::{Value as Json, json};

/// One to three words, or none.
fn some<'a>(random: &mut Random, from: &[&'a str], none: usize) -> Vec<&'a str> {
    if random.chance(none) {
        return Vec::new();
    }
    (0..=random.below(3)).map(|_| random.pick(from)).collect()
}

const VERBS: &[&str] = &["get", "list", "create", "use", "*", "*", "GET", ""];
const GROUPS: &[&str] = &["", "", "apps", "policy", "*", "*"];
const RESOURCES: &[&str] = &[
    "pods",
    "pods",
    "pods/exec",
    "pods/log",
    "*",
    "*",
    "*/exec",
    "pods/*",
    "*/*",
    "exec",
    "*exec",
    "secrets",
    "",
];
const NAMES: &[&str] = &["a", "b", "*", ""];
const PATHS: &[&str] =
    &["/healthz", "/healthz/", "/healthz/*", "/healthz/etcd", "*", "/*", "/metrics", "/me**", "/h*z"];
const NAMESPACES: &[&str] = &["one", "two"];
const ROLES: &[&str] = &["r1", "r2", "r3", "r4", "gone"];
const USERS: &[&str] =
    &["jane", "Jane", "system:serviceaccount:one:sa", "system:serviceaccount:two:sa", "o\"dd"];
const USER_GROUPS: &[&str] =
    &["devs", "system:authenticated", "system:serviceaccounts", "system:serviceaccounts:one", "jane"];
const LABELS: &[&str] = &["x", "y", "z"];

/// Roles, bindings and requests.
pub fn question(random: &mut Random) -> Json {
    let mut objects = Vec::new();
    // Each name once, as in a cluster.
    for role in &ROLES[..4] {
        if random.chance(85) {
            objects.push(cluster_role(random, role));
        }
        for namespace in NAMESPACES {
            if random.chance(50) {
                let rules = rules(random);
                objects.push(object(
                    "Role",
                    json!({"name": role, "namespace": namespace}),
                    json!({"rules": rules}),
                ));
            }
        }
    }
    for number in 0..2 + random.below(6) {
        objects.push(binding(random, "ClusterRoleBinding", json!({"name": format!("c{number}")})));
    }
    for number in 0..3 + random.below(8) {
        let namespace = random.pick(NAMESPACES);
        objects.push(binding(
            random,
            "RoleBinding",
            json!({"name": format!("b{number}"), "namespace": namespace}),
        ));
    }
    let requests: Vec<_> = (0..60).map(|_| request(random)).collect();
    json!({"objects": objects, "requests": requests})
}

fn object(kind: &str, metadata: Json, rest: Json) -> Json {
    let mut object =
        json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": kind, "metadata": metadata});
    for (key, value) in rest.as_object().into_iter().flatten() {
        object[key] = value.clone();
    }
    object
}

fn rules(random: &mut Random) -> Vec<Json> {
    let rule = |random: &mut Random| {
        if random.chance(20) {
            return json!({"verbs": some(random, VERBS, 5), "nonResourceURLs": some(random, PATHS, 5)});
        }
        json!({
            "verbs": some(random, VERBS, 5),
            "apiGroups": some(random, GROUPS, 5),
            "resources": some(random, RESOURCES, 5),
            "resourceNames": some(random, NAMES, 60),
        })
    };
    (0..1 + random.below(4)).map(|_| rule(random)).collect()
}

fn cluster_role(random: &mut Random, name: &str) -> Json {
    let mut labels = json!({});
    for label in LABELS {
        if random.chance(40) {
            labels[label] = json!(random.pick(&["1", "2"]));
        }
    }
    let mut rest = json!({"rules": rules(random)});
    if random.chance(35) {
        let selectors: Vec<_> = (0..random.below(3)).map(|_| selector(random)).collect();
        rest["aggregationRule"] = json!({"clusterRoleSelectors": selectors});
    }
    object("ClusterRole", json!({"name": name, "labels": labels}), rest)
}

fn selector(random: &mut Random) -> Json {
    let label = random.pick(LABELS);
    match random.below(6) {
        0 => json!({}),
        1 => json!({"matchExpressions": [{"key": label, "operator": "Exists"}]}),
        2 => json!({"matchExpressions": [{"key": label, "operator": "NotIn", "values": ["1"]}]}),
        3 => json!({"matchExpressions": [{"key": label, "operator": "In", "values": ["1", "2"]}]}),
        4 => json!({"matchExpressions": [{"key": label, "operator": "DoesNotExist"}]}),
        _ => json!({"matchLabels": {label: "1"}}),
    }
}

fn binding(random: &mut Random, kind: &str, metadata: Json) -> Json {
    let subject = |random: &mut Random| match random.below(8) {
        0 | 1 => json!({"kind": "User", "name": random.pick(USERS)}),
        2 | 3 => json!({"kind": "Group", "name": random.pick(USER_GROUPS)}),
        4 | 5 => json!({"kind": "ServiceAccount", "name": "sa", "namespace": random.pick(NAMESPACES)}),
        6 => json!({"kind": "ServiceAccount", "name": "sa"}),
        _ => json!({"kind": random.pick(&["user", "Robot", ""]), "name": "jane"}),
    };
    let subjects: Vec<_> = (0..1 + random.below(4)).map(|_| subject(random)).collect();
    let role = json!({
        "apiGroup": "rbac.authorization.k8s.io",
        "kind": random.pick(&["ClusterRole", "ClusterRole", "ClusterRole", "Role", "Role", "role"]),
        "name": random.pick(ROLES),
    });
    object(kind, metadata, json!({"roleRef": role, "subjects": subjects}))
}

fn request(random: &mut Random) -> Json {
    let mut groups = some(random, USER_GROUPS, 20);
    if random.chance(2) {
        groups.push("system:masters");
    }
    let (user, verb) = (random.pick(USERS), random.pick(&["get", "list", "create", "use", "delete"]));
    if random.chance(15) {
        let path = random.pick(&["/healthz", "/healthz/", "/healthz/etcd", "/metrics", "/m", "/healthy"]);
        return json!({"user": user, "groups": groups, "verb": verb, "path": path});
    }
    json!({
        "user": user,
        "groups": groups,
        "verb": verb,
        "namespace": random.pick(&["", "one", "two"]),
        "group": random.pick(&["", "apps", "policy", "batch"]),
        "resource": random.pick(&["pods", "secrets", "nodes", "pods/exec"]),
        "subresource": random.pick(&["", "", "exec", "log", "ec"]),
        "name": random.pick(&["", "a", "b", "c"]),
    })
}
