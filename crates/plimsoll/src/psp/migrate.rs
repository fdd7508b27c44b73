//! What takes the place of policies: namespace labels, rules for what the standards can't say, a configuration for
//! Plimsoll, and the pods that need a change first.

use std::collections::{BTreeMap, BTreeSet};

use plimsoll_kubernetes::Inventory;
use plimsoll_podsecurity::{Level, Version, labels};
use serde_json::{Value as Json, json};

use super::limits::{CONTAINERS, Limit, VOLUMES, limits};
use super::standard::next;
use super::survey::{NamespaceReport, PolicyReport, Survey, Verdict};
use super::yaml;

/// One file of the migration.
pub struct File {
    pub name: &'static str,
    pub text: String,
}

/// All files, in the order in which to apply them.
pub fn migration(survey: &Survey<'_>, inventory: &Inventory<'_>, version: Version) -> Vec<File> {
    vec![
        File { name: "1-changes.yaml", text: changes(survey) },
        File { name: "2-namespaces.yaml", text: namespaces(survey, version) },
        File { name: "3-policies.yaml", text: policies(survey) },
        File { name: "plimsoll.yaml", text: configuration(survey, inventory) },
    ]
}

/// The labels of a namespace; none where a pod in it can't be told, or none runs.
pub fn labels_of(namespace: &NamespaceReport<'_>, version: Version) -> BTreeMap<&'static str, String> {
    let (Some(enforce), Some(fixed)) = (namespace.level.written, namespace.level.fixed) else {
        return BTreeMap::new();
    };
    // Worth to be told about: what the fixes make possible, else what comes next.
    let aim = if fixed > enforce { fixed } else { next(enforce).unwrap_or(enforce) };
    BTreeMap::from([
        (labels::ENFORCE, enforce.to_string()),
        (labels::ENFORCE_VERSION, version.to_string()),
        (labels::WARN, aim.to_string()),
        (labels::WARN_VERSION, version.to_string()),
        (labels::AUDIT, aim.to_string()),
        (labels::AUDIT_VERSION, version.to_string()),
    ])
}

fn comment(text: &str, out: &mut String) {
    for line in text.lines() {
        // Names come from outside, and must not end the comment.
        out.push_str("# ");
        out.push_str(&plimsoll_report::shown(line));
        out.push('\n');
    }
}

fn document(value: &Json, out: &mut String) {
    out.push_str("---\n");
    yaml::write(value, 0, out);
}

/// The pods that need a change, as a list for people and programs.
fn changes(survey: &Survey<'_>) -> String {
    let mut out = String::new();
    comment(
        "Fields that PodSecurityPolicies filled in and that nothing fills in once they are gone: write them\n\
         before, so that the pods stay what they are.",
        &mut out,
    );
    let changing = survey.pods.iter().filter(|pod| !pod.fixes.is_empty());
    let items: Vec<Json> = changing
        .map(|pod| {
            let fixes: Vec<_> =
                pod.fixes.iter().map(|fix| json!({"path": fix.path, "value": fix.value})).collect();
            json!({
                "object": format!("{} {}/{}", pod.kind, pod.namespace, pod.name),
                "file": format!("{}:{}", pod.place.file, pod.place.line),
                "policy": pod.policy.or(pod.candidates.first().copied()),
                "write": fixes,
            })
        })
        .collect();
    let denied = survey.pods.iter().filter(|pod| pod.verdict == Verdict::Denied);
    let denied: Vec<Json> = denied
        .map(|pod| json!({"object": format!("{} {}/{}", pod.kind, pod.namespace, pod.name), "why": pod.message}))
        .collect();
    let value = json!({"changes": items, "denied": denied});
    yaml::write(&value, 0, &mut out);
    out
}

fn namespaces(survey: &Survey<'_>, version: Version) -> String {
    let mut out = String::new();
    comment(
        "The strictest standards that admit what runs, as it is written: safe to apply before anything else\n\
         changes. Warnings and audit notes say what keeps pods from more.",
        &mut out,
    );
    for namespace in &survey.namespaces {
        let labels = labels_of(namespace, version);
        if labels.is_empty() {
            let why = "a pod in it can't be judged, or none of its pods is admitted";
            comment(&format!("{}: no labels, {why}", namespace.name), &mut out);
            continue;
        }
        document(
            &json!({
                "apiVersion": "v1",
                "kind": "Namespace",
                "metadata": {"name": namespace.name, "labels": labels},
            }),
            &mut out,
        );
    }
    out
}

/// A policy, the namespaces where it alone decides, and what the standard there doesn't say.
struct Left<'s, 'd> {
    policy: &'s PolicyReport<'d>,
    namespaces: Vec<&'s NamespaceReport<'d>>,
    limits: Vec<Limit>,
    /// Whether a pod there would break them until it is changed.
    needs_changes: bool,
}

/// What is left of each policy. A namespace of several can't be said in rules that hold for all of its pods.
fn left<'s, 'd>(survey: &'s Survey<'d>) -> (Vec<Left<'s, 'd>>, Vec<&'s NamespaceReport<'d>>) {
    let is_decided = |namespace: &NamespaceReport<'_>| {
        let pods = survey.pods.iter().filter(|pod| pod.namespace == namespace.name);
        pods.into_iter().all(|pod| pod.verdict != Verdict::Unknown && (pod.policy.is_some() || !pod.is_live))
    };
    let (mut all, mut mixed) = (Vec::new(), Vec::new());
    for policy in &survey.policies {
        let mut by_level: BTreeMap<Level, Vec<&NamespaceReport<'_>>> = BTreeMap::new();
        for namespace in survey.namespaces.iter().filter(|one| one.policies == [policy.name]) {
            if let Some(level) = namespace.level.written.filter(|_| is_decided(namespace)) {
                by_level.entry(level).or_default().push(namespace);
            }
        }
        for (level, namespaces) in by_level {
            let needs_changes = survey.pods.iter().any(|pod| {
                !pod.fixes.is_empty() && namespaces.iter().any(|namespace| namespace.name == pod.namespace)
            });
            all.push(Left { policy, namespaces, limits: limits(&policy.policy, level), needs_changes });
        }
    }
    for namespace in &survey.namespaces {
        if namespace.policies.len() != 1 || !is_decided(namespace) {
            mixed.push(namespace);
        }
    }
    (all, mixed)
}

fn policies(survey: &Survey<'_>) -> String {
    let mut out = String::new();
    comment(
        "What the standards can't say, as ValidatingAdmissionPolicies (Kubernetes 1.30 and newer). They hold\n\
         where one PodSecurityPolicy alone decided.",
        &mut out,
    );
    let (all, mixed) = left(survey);
    for namespace in mixed {
        let policies =
            if namespace.policies.is_empty() { "no policy for sure" } else { &namespace.policies.join(", ") };
        comment(&format!("{}: left out, what decides there is {policies}", namespace.name), &mut out);
    }
    let mut names = BTreeSet::new();
    for left in &all {
        if left.limits.is_empty() {
            comment(&format!("{}: the standard says it all", left.policy.name), &mut out);
            continue;
        }
        let mut name = format!("psp-{}", left.policy.name);
        if !names.insert(name.clone()) {
            // The same policy beside another standard.
            name = format!("{name}-{}", left.namespaces.first().map_or("other", |one| one.name));
            names.insert(name.clone());
        }
        write_policy(&name, left, &mut out);
    }
    out
}

fn write_policy(name: &str, left: &Left<'_, '_>, out: &mut String) {
    let validations: Vec<Json> = left
        .limits
        .iter()
        .map(|limit| json!({"expression": limit.rule, "message": format!("{} ({})", limit.message, limit.field)}))
        .collect();
    document(
        &json!({
            "apiVersion": "admissionregistration.k8s.io/v1",
            "kind": "ValidatingAdmissionPolicy",
            "metadata": {"name": name},
            "spec": {
                "failurePolicy": "Fail",
                "matchConstraints": {"resourceRules": [{
                    "apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                    "resources": ["pods", "pods/ephemeralcontainers"],
                }]},
                "variables": [
                    {"name": "containers", "expression": CONTAINERS},
                    {"name": "volumes", "expression": VOLUMES},
                ],
                "validations": validations,
            },
        }),
        out,
    );
    if left.needs_changes {
        comment("Deny, once the changes are made.", out);
    }
    let actions = if left.needs_changes { json!(["Warn", "Audit"]) } else { json!(["Deny"]) };
    let names: Vec<&str> = left.namespaces.iter().map(|namespace| namespace.name).collect();
    document(
        &json!({
            "apiVersion": "admissionregistration.k8s.io/v1",
            "kind": "ValidatingAdmissionPolicyBinding",
            "metadata": {"name": name},
            "spec": {
                "policyName": name,
                "validationActions": actions,
                "matchResources": {"namespaceSelector": {"matchExpressions": [
                    {"key": "kubernetes.io/metadata.name", "operator": "In", "values": names},
                ]}},
            },
        }),
        out,
    );
}

/// Controls that mind in files what the policies minded in the cluster.
fn configuration(survey: &Survey<'_>, inventory: &Inventory<'_>) -> String {
    let mut out = String::new();
    comment(
        "A configuration for plimsoll scan: the controls that mind what the policies did and the standards\n\
         don't. PodSecurityPolicy said nothing of registries; these are the ones in use.",
        &mut out,
    );
    let images = inventory.containers().filter_map(|container| container.image());
    let registries: BTreeSet<String> = images.map(|image| image.registry.to_owned()).collect();
    let mut namespaces = Vec::new();
    for left in left(survey).0 {
        let controls: BTreeSet<&str> = left.limits.iter().filter_map(|limit| limit.control).collect();
        for namespace in left.namespaces.iter().filter(|_| !controls.is_empty()) {
            namespaces.push(json!({"match": namespace.name, "select": controls}));
        }
    }
    let value = json!({
        "version": 1,
        "parameters": {"allowed-registries": registries},
        "namespaces": namespaces,
    });
    yaml::write(&value, 0, &mut out);
    out
}
