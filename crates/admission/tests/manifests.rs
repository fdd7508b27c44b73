//! What the manifests grant, register and leave alone.

use std::collections::BTreeSet;

use plimsoll_admission::cluster::calls::{self, Call};
use plimsoll_admission::install::{Demand, FailurePolicy, Installation, Part, Purpose, manifests};
use plimsoll_kubernetes::GroupKind;
use serde_json::{Value, json};

mod support;

use support::documents;

fn objects(installation: &Installation, demand: &Demand) -> Vec<Value> {
    let text = manifests(installation, demand, None).expect("manifests");
    documents(&text)
}

fn of_kind<'o>(objects: &'o [Value], kind: &str) -> Vec<&'o Value> {
    objects.iter().filter(|object| object["kind"] == kind).collect()
}

fn demand() -> Demand {
    let mut demand = Demand::default();
    demand.add_pod_security();
    demand.add_exec();
    demand
}

fn items(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

/// A right: verb, group, resource, the name where there is one, and whether it is for one namespace.
type Right = (String, String, String, Option<String>, bool);

fn granted(objects: &[Value]) -> BTreeSet<Right> {
    let mut rights = BTreeSet::new();
    for (kind, is_namespaced) in [("Role", true), ("ClusterRole", false)] {
        for role in of_kind(objects, kind) {
            for rule in role["rules"].as_array().into_iter().flatten() {
                let names = match rule.get("resourceNames") {
                    None => vec![None],
                    Some(names) => items(names).into_iter().map(Some).collect(),
                };
                for (verb, group, resource) in items(&rule["verbs"]).into_iter().flat_map(|verb| {
                    items(&rule["apiGroups"]).into_iter().flat_map(move |group| {
                        let verb = verb.clone();
                        items(&rule["resources"])
                            .into_iter()
                            .map(move |resource| (verb.clone(), group.clone(), resource))
                    })
                }) {
                    for name in &names {
                        let right =
                            (verb.clone(), group.clone(), resource.clone(), name.clone(), is_namespaced);
                        assert!(rights.insert(right.clone()), "granted twice: {right:?}");
                    }
                }
            }
        }
    }
    rights
}

fn needed(calls: &[Call]) -> BTreeSet<Right> {
    calls
        .iter()
        .map(|call| {
            let name = match call.resource {
                "secrets" => "plimsoll-certificates",
                _ => "plimsoll",
            };
            // What is named in a namespace is in the server's own; anything else is everywhere.
            let is_own = matches!(call.resource, "secrets" | "leases");
            let name = call.is_named.then(|| name.to_owned());
            (call.verb.rbac().to_owned(), call.group.to_owned(), call.resource.to_owned(), name, is_own)
        })
        .collect()
}

#[test]
fn the_roles_grant_what_is_called_and_nothing_else() {
    let own = Installation::default();
    let base = [calls::CERTIFICATES, calls::NAMESPACES].concat();
    let mut pod_security = Demand::default();
    pod_security.add_pod_security();
    for (demand, further) in [
        (Demand::default(), vec![]),
        (pod_security, vec![calls::LIST_PODS]),
        (demand(), vec![calls::GET_POD, calls::LIST_PODS]),
    ] {
        let expected = needed(&[base.clone(), further.clone()].concat());
        assert_eq!(granted(&objects(&own, &demand)), expected);
        let cert_manager = Installation { cert_manager: true, ..Installation::default() };
        let expected = needed(&[calls::NAMESPACES.to_vec(), further].concat());
        assert_eq!(granted(&objects(&cert_manager, &demand)), expected);
    }
}

#[test]
fn every_webhook_stays_out_of_the_way() {
    let mut demand = demand();
    demand.add(Purpose::Mutate, GroupKind::new("", "Pod"));
    let installation = Installation {
        namespace: "policy".to_owned(),
        excluded_namespaces: vec!["kube-system".to_owned(), "storage".to_owned()],
        ..Installation::default()
    };
    let objects = objects(&installation, &demand);
    let mut seen = Vec::new();
    for configuration in objects
        .iter()
        .filter(|object| object["kind"].as_str().is_some_and(|kind| kind.ends_with("WebhookConfiguration")))
    {
        for webhook in configuration["webhooks"].as_array().into_iter().flatten() {
            let name = webhook["name"].as_str().unwrap_or_default();
            seen.push(name.to_owned());
            assert_eq!(webhook["sideEffects"], "None", "{name}");
            assert_eq!(webhook["matchPolicy"], "Equivalent", "{name}");
            assert!(webhook["timeoutSeconds"].as_i64().is_some_and(|seconds| seconds <= 5), "{name}");
            let is_enforcing = name == "enforce.admission.plimsoll";
            assert_eq!(webhook["failurePolicy"], if is_enforcing { "Fail" } else { "Ignore" }, "{name}");
            let selector = &webhook["namespaceSelector"]["matchExpressions"][0];
            assert_eq!(selector["operator"], "NotIn");
            assert_eq!(selector["values"], json!(["policy", "kube-system", "storage"]));
            let conditions: Vec<_> = webhook["matchConditions"].as_array().into_iter().flatten().collect();
            let names: Vec<_> = conditions.iter().map(|condition| condition["name"].as_str()).collect();
            assert_eq!(names, [Some("namespace"), Some("bootstrap"), Some("lifeline"), Some("own-role")]);
            assert_eq!(
                conditions[0]["expression"],
                "!has(request.namespace) || !(request.namespace in [\"kube-system\", \"storage\", \"policy\"])"
            );
            for rule in webhook["rules"].as_array().into_iter().flatten() {
                assert!(
                    !items(&rule["operations"])
                        .iter()
                        .any(|operation| operation == "DELETE" || operation == "*")
                );
                for resource in items(&rule["resources"]) {
                    assert!(!["*", "*/*", "nodes", "leases", "events"].contains(&resource.as_str()));
                }
            }
        }
    }
    assert_eq!(
        seen,
        ["mutate.admission.plimsoll", "enforce.admission.plimsoll", "advise.admission.plimsoll"],
        "in the order in which they are applied"
    );
}

#[test]
fn the_failure_policy_is_the_operators_for_what_denies_alone() {
    let installation = Installation { failure_policy: FailurePolicy::Ignore, ..Installation::default() };
    let text = manifests(&installation, &demand(), Some(Part::Webhooks)).expect("manifests");
    assert!(!text.contains("failurePolicy: Fail") && text.matches("failurePolicy: Ignore").count() == 2);
}

#[test]
fn parts_are_all_of_it() {
    let (installation, demand) = (Installation::default(), demand());
    let part = |only| manifests(&installation, &demand, only).expect("manifests");
    assert_eq!(part(None), format!("{}---\n{}", part(Some(Part::Server)), part(Some(Part::Webhooks))));
    assert_eq!(part(None), part(None), "the same choices give the same bytes");
    assert!(!part(Some(Part::Server)).contains("WebhookConfiguration\n"));
    assert!(part(Some(Part::Webhooks)).contains("WebhookConfiguration\n"));
}

#[test]
fn nothing_to_ask_about_registers_nothing() {
    let objects = objects(&Installation::default(), &Demand::default());
    assert!(of_kind(&objects, "ValidatingWebhookConfiguration").is_empty());
    assert!(of_kind(&objects, "MutatingWebhookConfiguration").is_empty());
}

#[test]
fn cert_manager_takes_the_place_of_own_certificates() {
    let objects = objects(&Installation { cert_manager: true, ..Installation::default() }, &demand());
    assert_eq!((of_kind(&objects, "Certificate").len(), of_kind(&objects, "Issuer").len()), (2, 2));
    let webhook = of_kind(&objects, "ValidatingWebhookConfiguration")[0];
    assert_eq!(webhook["metadata"]["annotations"]["cert-manager.io/inject-ca-from"], "plimsoll/plimsoll");
    assert!(of_kind(&objects, "Role").is_empty());
}
