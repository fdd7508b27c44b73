//! What is written into objects, and that it is written once.

mod support;

use serde_json::{Value, json};
use support::{errors, gate, mutate, object, patched, review};

const ALL: &str = "mutate:
  always-pull: true
  seccomp: true
  no-service-account-token: true
  drop-capabilities: true
  no-privilege-escalation: true
  internal-load-balancers: azure
  requests: {cpu: 50m, memory: 64Mi}
  limits: {memory: 256Mi}
";

fn pod() -> Value {
    object(
        "apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  initContainers: [{name: i, image: i, imagePullPolicy: IfNotPresent}]
  containers:
  - name: c
    image: 'c:1'
    imagePullPolicy: IfNotPresent
    securityContext: {capabilities: {drop: [NET_RAW]}}
    resources: {requests: {memory: 512Mi}}
    volumeMounts:
    - {name: data, mountPath: /data}
    - {name: kube-api-access-x2x9q, mountPath: /var/run/secrets/kubernetes.io/serviceaccount, readOnly: true}
  volumes:
  - {name: data, emptyDir: {}}
  - {name: kube-api-access-x2x9q, projected: {sources: [{serviceAccountToken: {path: token}}]}}
",
    )
}

/// The object after the patch; asked again, the server has nothing to write.
#[track_caller]
fn settled(text: &str, object: &Value) -> Value {
    let gate = gate(text);
    let Some(patch) = mutate(&gate, &review(object, None)) else { return object.clone() };
    let after = patched(object, &patch);
    assert_eq!(mutate(&gate, &review(&after, None)), None, "a second patch of {after}");
    after
}

#[test]
fn everything_that_is_asked_for_is_written_once() {
    let after = settled(ALL, &pod());
    let spec = &after["spec"];
    assert_eq!(spec["automountServiceAccountToken"], false);
    assert_eq!(spec["securityContext"], json!({"seccompProfile": {"type": "RuntimeDefault"}}));
    assert_eq!(spec["volumes"], json!([{"name": "data", "emptyDir": {}}]));
    let container = &spec["containers"][0];
    assert_eq!(container["volumeMounts"], json!([{"name": "data", "mountPath": "/data"}]));
    assert_eq!(container["imagePullPolicy"], "Always");
    assert_eq!(
        container["securityContext"],
        json!({"capabilities": {"drop": ["NET_RAW", "ALL"]}, "allowPrivilegeEscalation": false})
    );
    // The limit would be less than what it requests.
    assert_eq!(container["resources"], json!({"requests": {"memory": "512Mi", "cpu": "50m"}}));
    let init = &spec["initContainers"][0];
    assert_eq!(
        init["resources"],
        json!({"requests": {"memory": "64Mi", "cpu": "50m"}, "limits": {"memory": "256Mi"}})
    );
}

#[test]
fn nothing_is_written_that_is_not_asked_for() {
    for text in ["", "mutate: {}", "mutate: {templates: true}", "mutate: {always-pull: false}"] {
        assert_eq!(mutate(&gate(text), &review(&pod(), None)), None, "{text}");
    }
    assert_eq!(
        mutate(&gate("mutate: {seccomp: true, except-namespaces: shop}"), &review(&pod(), None)),
        None
    );
    assert_eq!(mutate(&gate("mutate: {seccomp: true, namespaces: bank}"), &review(&pod(), None)), None);
}

#[test]
fn what_somebody_wrote_stays() {
    let mut written = pod();
    written["spec"]["automountServiceAccountToken"] = true.into();
    written["spec"]["securityContext"] = json!({"seccompProfile": {"type": "Unconfined"}});
    written["spec"]["containers"][0]["securityContext"] = json!({"allowPrivilegeEscalation": true});
    let text = "mutate: {seccomp: true, no-service-account-token: true, no-privilege-escalation: true}";
    let after = settled(text, &written);
    assert_eq!(after["spec"]["volumes"], written["spec"]["volumes"]);
    assert_eq!(after["spec"]["securityContext"], written["spec"]["securityContext"]);
    assert_eq!(after["spec"]["containers"], written["spec"]["containers"]);
    // What the API server would refuse beside it is not written.
    written["spec"]["containers"][0]["securityContext"] = json!({"privileged": true});
    let after = settled(text, &written);
    assert_eq!(after["spec"]["containers"][0]["securityContext"], json!({"privileged": true}));
}

#[test]
fn pods_are_changed_when_they_are_made_and_no_more() {
    let gate = gate(ALL);
    assert_eq!(mutate(&gate, &review(&pod(), Some(&pod()))), None);
    let mut mirror = pod();
    mirror["metadata"]["annotations"] = json!({"kubernetes.io/config.mirror": "x"});
    assert_eq!(mutate(&gate, &review(&mirror, None)), None);
    // An ephemeral container is made later; the others have been there.
    let mut new = pod();
    let old = {
        let mut old = pod();
        old["spec"]["ephemeralContainers"] = json!([{"name": "old", "image": "o"}]);
        old
    };
    new["spec"]["ephemeralContainers"] =
        json!([{"name": "old", "image": "o"}, {"name": "new", "image": "n"}]);
    let mut asked = review(&new, Some(&old));
    asked["request"]["subResource"] = "ephemeralcontainers".into();
    let after = patched(&new, &mutate(&gate, &asked).expect("a patch"));
    assert_eq!(after["spec"]["containers"], new["spec"]["containers"]);
    assert_eq!(after["spec"]["ephemeralContainers"][0], new["spec"]["ephemeralContainers"][0]);
    let debug = &after["spec"]["ephemeralContainers"][1];
    assert_eq!((&debug["imagePullPolicy"], &debug["resources"]), (&json!("Always"), &Value::Null));
    assert_eq!(debug["securityContext"]["capabilities"]["drop"], json!(["ALL"]));
    let mut again = review(&after, Some(&old));
    again["request"]["subResource"] = "ephemeralcontainers".into();
    assert_eq!(mutate(&gate, &again), None);
}

#[test]
fn templates_are_changed_where_that_is_asked_for() {
    let deployment = object(
        "apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {template: {spec: {containers: [{name: c, image: c}]}}}
",
    );
    assert_eq!(mutate(&gate("mutate: {seccomp: true}"), &review(&deployment, None)), None);
    let after = settled("mutate: {seccomp: true, templates: true}", &deployment);
    assert_eq!(
        after["spec"]["template"]["spec"]["securityContext"]["seccompProfile"]["type"],
        "RuntimeDefault"
    );
}

#[test]
fn load_balancers_become_internal() {
    let service = |annotations: &str| {
        object(&format!(
            "apiVersion: v1\nkind: Service\nmetadata: {{name: web, namespace: shop, annotations: {annotations}}}\nspec: {{type: LoadBalancer, ports: [{{port: 80}}]}}\n"
        ))
    };
    let after = settled("mutate: {internal-load-balancers: azure}", &service("null"));
    let annotations = json!({"service.beta.kubernetes.io/azure-load-balancer-internal": "true"});
    assert_eq!(after["metadata"]["annotations"], annotations);
    for cloud in ["aws", "google", "oracle", "openstack", "alibaba", "digitalocean"] {
        let after = settled(&format!("mutate: {{internal-load-balancers: {cloud}}}"), &service("{a: b}"));
        assert_eq!(after["metadata"]["annotations"].as_object().map(|all| all.len()), Some(2), "{cloud}");
    }
    let internal = service("{networking.gke.io/load-balancer-type: Internal}");
    assert_eq!(settled("mutate: {internal-load-balancers: google}", &internal), internal);
    assert!(!errors("mutate: {internal-load-balancers: clouds}").is_empty());
}
